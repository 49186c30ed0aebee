//! Two revisions written as text, and what differs between them.

use std::sync::atomic::AtomicBool;

use super::Comparison;
use crate::analysis::{Analysis, Gathered, analyze};
use crate::fixture;
use crate::source::SourceFile;

/// `text` as in [`crate::fixture`].
#[track_caller]
pub(super) fn analyzed(config: &str, text: &str) -> Analysis {
    let fixture::Fixture { workspace, sources } = fixture::parse(text);
    let config = (!config.is_empty()).then(|| SourceFile::new("riprap.toml".to_owned(), config.into()));
    let gathered = Gathered { workspace: workspace.into(), sources: sources.into(), config, ..Gathered::default() };
    let analysis = analyze(gathered, &|_| {}, &AtomicBool::new(false)).unwrap();
    assert_eq!(analysis.problems, []);
    analysis
}

/// Two revisions under one riprap.toml; without text there is none.
#[track_caller]
pub(super) fn compared(config: &str, before: &str, after: &str) -> Comparison {
    let (before, after) = (analyzed(config, before), analyzed(config, after));
    Comparison::of(("old", &before.document()), ("new", &after.document()))
}
