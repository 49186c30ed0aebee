//! Two revisions written as text, and what differs between them.

use std::sync::atomic::AtomicBool;

use super::{Comparison, Union};
use crate::analysis::{Analysis, Gathered, analyze};
use crate::fixture;
use crate::source::SourceFile;

/// `text` as in [`crate::fixture`].
#[track_caller]
pub(crate) fn analyzed(config: &str, text: &str) -> Analysis {
    let fixture::Fixture { workspace, sources } = fixture::parse(text);
    let config = (!config.is_empty()).then(|| SourceFile::new("riprap.toml".to_owned(), config.into()));
    let gathered = Gathered { workspace: workspace.into(), sources: sources.into(), config, ..Gathered::default() };
    let analysis = analyze(gathered, &|_| {}, &AtomicBool::new(false)).unwrap();
    assert_eq!(analysis.problems, []);
    analysis
}

/// Two revisions under one riprap.toml; without text there is none.
#[track_caller]
pub(crate) fn compared(config: &str, before: &str, after: &str) -> Comparison {
    let (before, after) = (analyzed(config, before), analyzed(config, after));
    Comparison::of(("old", &before.document()), ("new", &after.document()))
}

/// The same with the union of both.
#[track_caller]
pub(crate) fn united(config: &str, before: &str, after: &str) -> (Comparison, Union) {
    let (before, after) = (analyzed(config, before), analyzed(config, after));
    let (before, after) = (before.document(), after.document());
    let comparison = Comparison::of(("old", &before), ("new", &after));
    let union = Union::new(&before, &after, &comparison);
    (comparison, union)
}

pub(crate) const CONFIG: &str =
    "version = 1\n[boundary.a]\ncontains = [\"a\"]\n[boundary.b]\ncontains = [\"b\"]\nmay_use = []\n";

/// Two crates, of which one uses the other.
pub(crate) const BEFORE: &str = "
//- /a/src/lib.rs lib:a
pub mod kept;
pub mod old_name;
pub mod gone;
//- /a/src/kept.rs
pub fn same() {}
pub fn left() {}
//- /a/src/old_name.rs
pub fn one() {}
pub fn two() {}
pub fn three() {}
//- /a/src/gone.rs
pub fn lost() { crate::kept::same(); }
//- /b/src/lib.rs lib:b deps:a
pub fn user() { a::kept::left(); }
";

/// One module renamed, one gone, one come; another dependency that breaks a rule.
pub(crate) const AFTER: &str = "
//- /a/src/lib.rs lib:a
pub mod kept;
pub mod new_name;
pub mod come;
//- /a/src/kept.rs
pub fn same() {}
pub fn came() {}
//- /a/src/new_name.rs
pub fn one() {}
pub fn two() {}
pub fn three() {}
//- /a/src/come.rs
pub fn found() { crate::kept::same(); }
//- /b/src/lib.rs lib:b deps:a
pub fn user() { a::come::found(); a::new_name::one(); }
";
