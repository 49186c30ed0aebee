//! More boundaries side by side than people can keep apart.
//!
//! In: declarations.  Out: one violation per container: the workspace, or a boundary with nested ones.  Not here: how large
//! each is.

use super::{Context, Rule, Violation};
use crate::boundary::{BoundaryId, Role};

pub(super) const RULE: Rule = Rule {
    name: "boundary-count",
    group: "shape",
    summary: "there are too many boundaries side by side",
    documentation: include_str!("boundary_count.md"),
    check,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// So many boundaries may stand side by side.
    pub max: u64,
}

/// A boundary for each crate of quickwit would be 39, of lemmy 41, and a list of so many is no picture any more.
impl Default for Options {
    fn default() -> Self {
        Self { max: 40 }
    }
}

fn check(context: &Context<'_>) -> Vec<Violation> {
    let boundaries = context.boundaries;
    let containers = boundaries.ids().map(Some).chain([None]);
    let mut violations: Vec<Violation> = containers.filter_map(|container| violation(context, container)).collect();
    violations.sort_by(|a, b| a.from.cmp(&b.from));
    violations
}

fn violation(context: &Context<'_>, container: Option<BoundaryId>) -> Option<Violation> {
    let boundaries = context.boundaries;
    let max = context.options.boundary_count.max;
    let counts = |id: &BoundaryId| {
        let role = boundaries.declaration(*id).role;
        boundaries.parent(*id) == container && !matches!(role, Some(Role::Generated | Role::TestSupport))
    };
    let count = boundaries.ids().filter(counts).count();
    if count as u64 <= max {
        return None;
    }
    let (from, place) = match container {
        Some(id) => (boundaries.name(id).to_owned(), format!("boundary `{}`", boundaries.name(id))),
        None => ("workspace".to_owned(), "this workspace".to_owned()),
    };
    Some(Violation {
        message: format!("{place} has {count} boundaries side by side, more than {max}"),
        label: format!("{count} boundaries"),
        why: "nobody can keep so many apart: what belongs where is guessed, and every change crosses several"
            .to_owned(),
        route: Some(
            "put boundaries that change together into one, or one around them; to allow more, set \
             `boundary-count = { max = .. }` in `[rules]`"
                .to_owned(),
        ),
        declared: container.map(|id| boundaries.declaration(id).span),
        ..Violation::between(RULE.name, from, "")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::fixture::{Fixture, declarations};
    use crate::rules;

    const WORKSPACE: &str = "package a a\nmod a::x\nmod a::y\nmod a::z\npackage b b\npackage c c";

    #[track_caller]
    fn check(max: u64, declared: &[(&str, &str)], expected: &[&str]) {
        let fixture = Fixture::new(WORKSPACE);
        let boundaries = fixture.boundaries(declarations(declared));
        let options = rules::Options { boundary_count: Options { max }, ..rules::Options::default() };
        let found = super::check(&Context::new(&fixture.model, &boundaries).with_options(options));
        let messages: Vec<&str> = found.iter().map(|violation| violation.message.as_str()).collect();
        assert_eq!(messages, expected);
    }

    const THREE: [(&str, &str); 3] = [("a", "contains a"), ("b", "contains b"), ("c", "contains c")];

    #[test]
    fn one_more_than_allowed_is_found() {
        check(2, &THREE, &["this workspace has 3 boundaries side by side, more than 2"]);
        check(3, &THREE, &[]);
    }

    #[test]
    fn nested_boundaries_count_where_they_are() {
        let nested = [("a", "contains a"), ("x", "contains a::x"), ("y", "contains a::y"), ("z", "contains a::z")];
        check(2, &nested, &["boundary `a` has 3 boundaries side by side, more than 2"]);
        check(3, &nested, &[]);
    }

    #[test]
    fn generated_code_and_test_support_are_not_counted() {
        let declared =
            [("a", "contains a"), ("b", "contains b; role generated"), ("c", "contains c; role test-support")];
        check(1, &declared, &[]);
    }
}
