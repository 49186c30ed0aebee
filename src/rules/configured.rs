//! What a rule finds in a workspace with text and a riprap.toml, for the tests of rules that need both.

use std::sync::atomic::AtomicBool;

use super::Violation;
use crate::analysis::{Analysis, Gathered, analyze};
use crate::fixture;
use crate::source::SourceFile;

/// `workspace` as in [`crate::fixture`]; panics on problems of the riprap.toml.
#[track_caller]
pub(super) fn analyzed(config: &str, workspace: &str) -> Analysis {
    let fixture::Fixture { workspace, sources } = fixture::parse(workspace);
    let config = Some(SourceFile::new("riprap.toml".to_owned(), config.into()));
    let gathered = Gathered { workspace: workspace.into(), sources: sources.into(), config, ..Gathered::default() };
    let analysis = analyze(gathered, &|_| {}, &AtomicBool::new(false)).unwrap();
    assert_eq!(analysis.problems, []);
    analysis
}

#[track_caller]
pub(super) fn violations(rule: &str, config: &str, workspace: &str) -> Vec<Violation> {
    let analysis = analyzed(config, workspace);
    let violations = analysis.verdict.violations.into_iter().map(|judged| judged.violation);
    violations.filter(|violation| violation.rule == rule).collect()
}

/// `from -> to (places)`
#[track_caller]
pub(super) fn check(rule: &str, config: &str, workspace: &str, expected: &[&str]) {
    let line = |it: &Violation| format!("{} -> {} ({})", it.from, it.to, it.removal());
    let found: Vec<String> = violations(rule, config, workspace).iter().map(line).collect();
    assert_eq!(found, expected);
}
