//! Code that belongs to no boundary, where boundaries are declared.
//!
//! In: the boundary of each node.  Out: one violation per package, or per module where a package is assigned in part.
//! Not here: tests, examples, benchmarks and build scripts, which offer nothing.

use super::{Context, Rule, Violation};
use crate::model::{NodeId, NodeKind};
use crate::workspace::TargetKind;

pub(super) const RULE: Rule = Rule {
    name: "unassigned-code",
    group: "boundaries",
    summary: "code belongs to no boundary",
    documentation: include_str!("unassigned_code.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Violation> {
    if context.boundaries.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for package in context.model.packages() {
        collect(context, package, &mut found);
    }
    let mut violations: Vec<Violation> = found.into_iter().map(|node| violation(context, node)).collect();
    violations.sort_by(|a, b| a.from.cmp(&b.from));
    violations
}

/// The topmost nodes below which nothing is assigned; where something is, its own items count.
fn collect(context: &Context<'_>, node: NodeId, found: &mut Vec<NodeId>) {
    if context.boundaries.of(node).is_some() {
        return;
    }
    if !has_assigned(context, node) {
        found.push(node);
        return;
    }
    let model = context.model;
    let is_item = |child: &NodeId| matches!(model.node(*child).kind, NodeKind::Item(_));
    if model.children(node).iter().any(is_item) {
        found.push(node);
    }
    for child in model.children(node).iter().filter(|child| is_offered(context, **child)) {
        collect(context, *child, found);
    }
}

fn has_assigned(context: &Context<'_>, node: NodeId) -> bool {
    let mut children = context.model.children(node).iter();
    children.any(|child| context.boundaries.of(*child).is_some() || has_assigned(context, *child))
}

fn is_offered(context: &Context<'_>, node: NodeId) -> bool {
    match context.model.node(node).kind {
        NodeKind::Target(kind) => kind.is_library() || kind == TargetKind::Bin,
        NodeKind::Module => !context.model.node(node).test,
        _ => false,
    }
}

fn violation(context: &Context<'_>, node: NodeId) -> Violation {
    let model = context.model;
    let path = model.path(node);
    let what = match model.node(node).kind {
        NodeKind::Package => "package",
        NodeKind::Target(_) => "crate",
        _ => "module",
    };
    Violation {
        from_node: Some(node),
        message: format!("{what} `{path}` belongs to no boundary"),
        label: "in no boundary".to_owned(),
        why: "what belongs to no boundary may use everything and be used by everybody".to_owned(),
        route: Some(format!("add \"{path}\" to `contains` of the boundary that it belongs to, or declare one for it")),
        ..Violation::between(RULE.name, path, "")
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    const ADD: &str = "to `contains` of the boundary that it belongs to, or declare one for it";

    #[test]
    fn packages_that_nobody_claims_are_found_once() {
        check(
            "unassigned-code",
            "package a a\npackage b b lib bin\nmod b::deep",
            &[("a", "contains a")],
            &[&format!("b ->  (0): add \"b\" {ADD}")],
        );
    }

    #[test]
    fn of_a_package_that_is_assigned_in_part_the_rest_is_found() {
        check(
            "unassigned-code",
            "package a a\nmod a::mine\nmod a::rest\nmod a::rest::deep",
            &[("mine", "contains a::mine")],
            &[&format!("a::rest ->  (0): add \"a::rest\" {ADD}")],
        );
    }

    #[test]
    fn without_boundaries_nothing_is_missing() {
        check("unassigned-code", "package a a", &[], &[]);
    }
}
