//! What a rule finds, as lines of text, for the tests of the rules.

use super::{Context, Violation, find};
use crate::boundary::fixture::{Fixture, declarations};

/// The violations of one rule in a workspace of [`Fixture`] with boundaries of [`declarations`].
pub(super) fn violations(rule: &str, workspace: &str, declared: &[(&str, &str)]) -> Vec<Violation> {
    let fixture = Fixture::new(workspace);
    let boundaries = fixture.boundaries(declarations(declared));
    (find(rule).unwrap().check)(&Context::new(&fixture.model, &boundaries))
}

/// `from -> to (n): legal route`, and for a cycle `container: members: legal route`.
#[track_caller]
pub(super) fn check(rule: &str, workspace: &str, declared: &[(&str, &str)], expected: &[&str]) {
    let line = |violation: &Violation| {
        let route = violation.route.as_deref().unwrap_or_default();
        if violation.members.is_empty() {
            format!("{} -> {} ({}): {route}", violation.from, violation.to, violation.removal())
        } else {
            format!("{}: {}: {route}", violation.from, violation.members.join(" "))
        }
    };
    let found: Vec<String> = violations(rule, workspace, declared).iter().map(line).collect();
    assert_eq!(found, expected);
}
