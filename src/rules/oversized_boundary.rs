//! A boundary so large that it is no boundary any more.
//!
//! In: the lines of each boundary's own modules, tests left out.  Out: one violation per boundary.  Not here: how many
//! boundaries there are.

use super::{Context, Rule, Violation};
use crate::boundary::BoundaryId;
use crate::model::NodeId;

pub(super) const RULE: Rule = Rule {
    name: "oversized-boundary",
    group: "shape",
    summary: "a boundary is too large for the people who own it",
    documentation: include_str!("oversized_boundary.md"),
    check,
};

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Lines of one boundary, tests and nested boundaries left out.
    pub max_lines: u64,
    /// The part of the lines of all boundaries that one may have, over 0 and at most 1.
    pub max_share: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { max_lines: 40_000, max_share: 0.5 }
    }
}

/// With fewer boundaries one of them always has a large share.
const SHARE_FROM: usize = 5;

/// A workspace of fewer lines has no boundary that is too large, whatever its share.
const SHARE_FROM_LINES: u64 = 10_000;

fn check(context: &Context<'_>) -> Vec<Violation> {
    let boundaries = context.boundaries;
    let Options { max_lines, max_share } = context.options.oversized_boundary;
    let sizes: Vec<(BoundaryId, u64)> = sizes(context);
    let total: u64 = sizes.iter().map(|(_, lines)| lines).sum();
    let shares_count = sizes.len() >= SHARE_FROM && total >= SHARE_FROM_LINES;
    let mut violations = Vec::new();
    for (id, lines) in sizes {
        let share = lines as f64 / total.max(1) as f64;
        let what = if lines > max_lines {
            format!("has {lines} lines, more than {max_lines}")
        } else if shares_count && share > max_share {
            format!(
                "has {lines} lines, {:.0} % of all boundaries and more than {:.0} %",
                share * 100.0,
                max_share * 100.0
            )
        } else {
            continue;
        };
        let name = boundaries.name(id);
        violations.push(Violation {
            message: format!("boundary `{name}` {what}"),
            label: format!("{lines} lines"),
            why: "inside it everything may use everything: the larger it is, the less the boundaries say".to_owned(),
            route: Some(format!(
                "split `{name}`, or declare boundaries for parts of it ({}): nested ones count for themselves",
                largest_parts(context, id)
            )),
            declared: Some(boundaries.declaration(id).span),
            ..Violation::between(RULE.name, name, "")
        });
    }
    violations
}

/// Lines of modules by their innermost boundary, in the order of names; what nobody writes by hand is left out.
fn sizes(context: &Context<'_>) -> Vec<(BoundaryId, u64)> {
    let boundaries = context.boundaries;
    let lines =
        |id: BoundaryId| own_modules(context, id).map(|module| u64::from(context.model.node(module).lines)).sum();
    boundaries.ids().map(|id| (id, lines(id))).collect()
}

/// The modules of a boundary that are not those of a nested one, without tests.
fn own_modules<'a>(context: &'a Context<'_>, id: BoundaryId) -> impl Iterator<Item = NodeId> + 'a {
    let model = context.model;
    model.module_ids().filter(move |module| {
        let is_test = || {
            let target = model.target_of(*module).map(|target| model.node(target).kind);
            let is_test_target = matches!(target, Some(crate::model::NodeKind::Target(kind)) if kind.is_test());
            is_test_target || model.node(*module).test
        };
        context.boundaries.of(*module) == Some(id) && !is_test() && !context.is_generated(*module)
    })
}

/// Where to begin: the largest parts, by crate, or by module where there is one crate.
fn largest_parts(context: &Context<'_>, id: BoundaryId) -> String {
    const SHOWN: usize = 3;
    let model = context.model;
    let roots = context.boundaries.roots(id);
    let part_of = |module: NodeId| {
        let root = model.ancestors(module).find(|above| roots.contains(above))?;
        let below = model.ancestors(module).take_while(|above| *above != root).last();
        if roots.len() > 1 { Some(root) } else { Some(below.unwrap_or(root)) }
    };
    let mut parts: Vec<(u64, NodeId)> = Vec::new();
    for module in own_modules(context, id) {
        let Some(part) = part_of(module) else { continue };
        let lines = u64::from(model.node(module).lines);
        match parts.iter_mut().find(|(_, known)| *known == part) {
            Some((sum, _)) => *sum += lines,
            None => parts.push((lines, part)),
        }
    }
    parts.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| model.path(a.1).cmp(model.path(b.1))));
    let words: Vec<String> =
        parts.iter().take(SHOWN).map(|(lines, part)| format!("`{}` has {lines} lines", model.path(*part))).collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::fixture::{Fixture, declarations};
    use crate::rules;

    /// Each module of a fixture has one line.
    const WORKSPACE: &str = "
        package a a
        mod a::x
        mod a::y
        mod a::y::z
        package b b
    ";

    #[track_caller]
    fn check(max_lines: u64, declared: &[(&str, &str)], expected: &[&str]) {
        let fixture = Fixture::new(WORKSPACE);
        let boundaries = fixture.boundaries(declarations(declared));
        let oversized_boundary = Options { max_lines, ..Options::default() };
        let options = rules::Options { oversized_boundary, ..rules::Options::default() };
        let found = super::check(&Context::new(&fixture.model, &boundaries).with_options(options));
        let lines: Vec<String> =
            found.iter().map(|it| format!("{}; {}", it.message, it.route.clone().unwrap())).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn more_lines_than_allowed_are_found_with_the_largest_parts() {
        check(
            3,
            &[("a", "contains a"), ("b", "contains b")],
            &["boundary `a` has 4 lines, more than 3; split `a`, or declare boundaries for parts of it \
               (`a::y` has 2 lines, `a` has 1 lines, `a::x` has 1 lines): nested ones count for themselves"],
        );
        check(4, &[("a", "contains a"), ("b", "contains b")], &[]);
    }

    #[test]
    fn a_nested_boundary_counts_for_itself() {
        check(2, &[("a", "contains a"), ("y", "contains a::y")], &[]);
    }

    #[test]
    fn generated_code_has_no_size() {
        check(3, &[("a", "contains a; role generated"), ("b", "contains b")], &[]);
    }
}
