//! A dependency that a `[[forbid]]` rules out, directly or, with `unless_through`, over other modules.
//!
//! In: resolved `[[forbid]]`s, and references.  Out: one violation per referring module and item.  Not here: what
//! boundaries say about themselves (`undeclared_dependency`).
//!
//! With `unless_through`, the references that lead into `to` are judged: one is forbidden if its module, or one in `from`
//! that leads to it without passing that place, is meant.  What that place itself shows of `to` is used through it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::smallest_change::Use;
use super::{Context, Rule, Violation};
use crate::boundary::{Forbidden, Role, Selector};
use crate::model::{EdgeId, NodeId, Reference, ReferenceId};

pub(super) const RULE: Rule = Rule {
    name: "forbidden-dependency",
    group: "boundaries",
    summary: "a `[[forbid]]` matches",
    documentation: include_str!("forbidden_dependency.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Violation> {
    let mut violations: BTreeMap<(String, String), Violation> = BTreeMap::new();
    for forbidden in context.boundaries.forbidden() {
        for violation in of_one(context, forbidden) {
            violations.entry((violation.from.clone(), violation.to.clone())).or_insert(violation);
        }
    }
    violations.into_values().collect()
}

fn of_one(context: &Context<'_>, forbidden: &Forbidden) -> Vec<Violation> {
    let (model, boundaries) = (context.model, context.boundaries);
    // Each node is asked for once, and named by many references.
    let target: Vec<bool> = model.node_ids().map(|node| forbidden.to.covers(model, boundaries, node)).collect();
    let is_target = |node: NodeId| target[node.0 as usize];
    let ways = forbidden.unless_through.as_ref().map(|through| ways(context, forbidden, through));
    let mut found: BTreeMap<(NodeId, NodeId), Vec<ReferenceId>> = BTreeMap::new();
    for edge in model.edge_ids() {
        let from = model.edge(edge).from;
        let is_meant = match &ways {
            Some(ways) => ways.contains_key(&from),
            None => forbidden.from.covers(model, boundaries, from),
        };
        // What helps tests counts as a test.
        if !is_meant || is_target(from) || boundaries.has_role(from, Role::TestSupport) {
            continue;
        }
        for (id, reference) in model.references_of(edge) {
            // What the route names, and what it means in the end.
            let steps = model.steps_of(reference.route);
            if is_shown_by(context, forbidden, reference) {
                continue;
            }
            let named = || steps.iter().any(|step| is_target(step.module) || is_target(step.node));
            if reference.counts() && (is_target(reference.to_item) || named()) {
                found.entry((from, reference.to_item)).or_default().push(id);
            }
        }
    }
    let mut violations = Vec::new();
    for ((from, to), mut references) in found {
        references.sort_by_key(|id| (!model.reference(*id).proves(), *id));
        if model.reference(references[0]).proves() {
            let way = ways.as_ref().map(|ways| way(ways, from)).unwrap_or_default();
            violations.push(violation(context, forbidden, from, to, references, &way));
        }
    }
    violations
}

/// Whether the place that things must go through shows what is named.
fn is_shown_by(context: &Context<'_>, forbidden: &Forbidden, reference: &Reference) -> bool {
    let (model, boundaries) = (context.model, context.boundaries);
    forbidden.unless_through.as_ref().is_some_and(|through| {
        let facades = model.nodes_of(reference.facades).iter().copied();
        let looked_in = model.steps_of(reference.route).iter().map(|step| step.module);
        facades.chain(looked_in).any(|module| through.covers(model, boundaries, module))
    })
}

/// For each module that something in `from` leads to without passing `through`: the module before it on the way.
type Ways = BTreeMap<NodeId, Option<NodeId>>;

fn ways(context: &Context<'_>, forbidden: &Forbidden, through: &Selector) -> Ways {
    let (model, boundaries) = (context.model, context.boundaries);
    let mut next: BTreeMap<NodeId, BTreeSet<NodeId>> = BTreeMap::new();
    for edge in model.edge_ids() {
        let helps_tests = boundaries.has_role(model.edge(edge).from, Role::TestSupport);
        if !helps_tests && is_built(context, forbidden, edge) {
            next.entry(model.edge(edge).from).or_default().insert(model.edge(edge).to);
        }
    }
    let passes = |node: NodeId| through.covers(model, boundaries, node) || forbidden.to.covers(model, boundaries, node);
    let starts: Vec<NodeId> =
        model.module_ids().filter(|id| forbidden.from.covers(model, boundaries, *id) && !passes(*id)).collect();
    let mut ways: Ways = starts.iter().map(|start| (*start, None)).collect();
    let mut queue: VecDeque<NodeId> = starts.into();
    while let Some(module) = queue.pop_front() {
        for to in next.get(&module).into_iter().flatten().filter(|to| !passes(**to)) {
            if !ways.contains_key(to) {
                ways.insert(*to, Some(module));
                queue.push_back(*to);
            }
        }
    }
    ways
}

fn is_built(context: &Context<'_>, forbidden: &Forbidden, edge: EdgeId) -> bool {
    let mut references = context.model.references_of(edge);
    references.any(|(_, reference)| reference.proves() && !is_shown_by(context, forbidden, reference))
}

/// The modules that lead to one, the first one first; empty if it is meant itself.
fn way(ways: &Ways, to: NodeId) -> Vec<NodeId> {
    let mut way: Vec<NodeId> = std::iter::successors(Some(to), |module| ways.get(module).copied().flatten()).collect();
    way.reverse();
    if way.len() > 1 { way } else { Vec::new() }
}

fn violation(
    context: &Context<'_>,
    forbidden: &Forbidden,
    from: NodeId,
    to: NodeId,
    references: Vec<ReferenceId>,
    way: &[NodeId],
) -> Violation {
    let model = context.model;
    let (from_path, to_path) = (model.path(from), model.path(to));
    let declared = &forbidden.declared;
    let (meant, target) = (&declared.from.value, &declared.to.value);
    let through = declared.unless_through.as_ref().map(|through| through.value.as_str());
    let mut why = match through {
        Some(through) => format!("`{meant}` may get to `{target}` through `{through}` alone"),
        None => format!("`{meant}` must not use `{target}`"),
    };
    if let Some(reason) = &declared.reason {
        why += &format!(": {reason}");
    }
    if !way.is_empty() {
        let names: Vec<String> = way.iter().map(|module| format!("`{}`", model.path(*module))).collect();
        why += &format!("; the way here is {}", names.join(" → "));
    }
    let change = || {
        let (user, used) = (context.boundaries.of(from)?, context.boundaries.of(to)?);
        context.smallest_change(Use { from, user, used, thing: to })
    };
    let route = match through {
        Some(through) => format!("ask `{through}` for it, and let that use `{to_path}`"),
        None => {
            let change = change().unwrap_or_else(|| "do without it".to_owned());
            format!("{change}, or change the `[[forbid]]` together with those who decided it")
        }
    };
    Violation {
        message: format!("`{from_path}` uses `{to_path}`, which a `[[forbid]]` rules out"),
        label: format!("`{target}` is out of bounds here"),
        why,
        route: Some(route),
        ..Violation::of_reference(RULE.name, model, from, to, references)
    }
}

#[cfg(test)]
mod tests {
    use crate::boundary::fixture::{Fixture, declarations};
    use crate::boundary::{Forbid, Intent, Placed};
    use crate::rules::Context;
    use crate::source::Span;

    const WORKSPACE: &str = "
        package web web
        mod web::cart
        pub struct web::Cart
        package cards cards
        pub struct cards::Card
        package orders orders
        pub struct orders::Order
        pub use orders::Card = cards::Card
        package authz authz
        pub struct authz::Token
    ";

    fn forbid(from: &str, to: &str, unless_through: Option<&str>) -> Forbid {
        let placed = |text: &str| Placed { value: text.to_owned(), span: Span::default() };
        Forbid {
            span: Span::default(),
            from: placed(from),
            to: placed(to),
            unless_through: unless_through.map(placed),
            reason: Some("PCI scope".to_owned()),
        }
    }

    #[track_caller]
    fn check(references: &str, forbid: Forbid, expected: &[&str]) {
        let fixture = Fixture::new(&format!("{WORKSPACE}{references}"));
        let boundaries = declarations(&[
            ("web", "contains web"),
            ("orders", "contains orders"),
            ("cards", "contains cards; tags pci"),
            ("authz", "contains authz"),
        ]);
        let boundaries = fixture.boundaries(Intent { boundaries, forbids: vec![forbid], ..Intent::default() });
        let found = super::check(&Context::new(&fixture.model, &boundaries));
        let lines: Vec<String> = found.iter().map(|it| format!("{} -> {}: {}", it.from, it.to, it.why)).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn what_is_forbidden_is_found_and_the_rest_is_not() {
        check(
            "web -> cards::Card\norders -> cards::Card\nweb -> orders::Order",
            forbid("web", "cards", None),
            &["web -> cards::Card: `web` must not use `cards`: PCI scope"],
        );
    }

    #[test]
    fn a_re_export_is_no_way_around() {
        check(
            "web::cart -> orders::Card",
            forbid("web", "tag:pci", None),
            &["web::cart -> cards::Card: `web` must not use `tag:pci`: PCI scope"],
        );
    }

    #[test]
    fn a_way_over_others_is_forbidden_unless_it_leads_through_the_gate() {
        check(
            "web -> orders::Order\norders -> cards::Card",
            forbid("web", "cards", Some("authz")),
            &[
                "orders -> cards::Card: `web` may get to `cards` through `authz` alone: PCI scope; the way here is `web` → \
               `orders`",
            ],
        );
        check("web -> authz::Token\nauthz -> cards::Card", forbid("**", "tag:pci", Some("authz")), &[]);
    }

    #[test]
    fn what_the_gate_itself_shows_is_used_through_it() {
        let gate = "pub use authz::Card = cards::Card\nweb -> authz::Card";
        check(gate, forbid("web", "cards", Some("authz")), &[]);
        let why = "`web` must not use `cards`: PCI scope";
        check(gate, forbid("web", "cards", None), &[&format!("web -> cards::Card: {why}")]);
    }

    #[test]
    fn code_within_the_target_and_tests_are_free() {
        check("orders -> cards::Card type test", forbid("**", "cards", None), &[]);
        check("cards -> authz::Token", forbid("**", "cards", None), &[]);
    }
}
