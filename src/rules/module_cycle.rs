//! Sibling modules that depend on each other, each with all that is below it.
//!
//! In: the edges of the model, lifted to the children of the lowest common ancestor.  Out: one violation per container
//! and ring.  Not here: a module and its own parent or child, and modules of different boundaries.

use std::collections::BTreeMap;

use super::evidence::{counts, proves};
use super::ring::{self, Dependencies, Ring};
use super::{Context, Rule, Violation, identity};
use crate::boundary::Role;
use crate::model::{EdgeId, NodeId, ReferenceId};

pub(super) const RULE: Rule = Rule {
    name: "module-cycle",
    group: "boundaries",
    summary: "sibling modules inside one boundary depend on each other",
    documentation: include_str!("module_cycle.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Violation> {
    let model = context.model;
    let mut uses: BTreeMap<(NodeId, NodeId), Vec<ReferenceId>> = BTreeMap::new();
    for edge in model.edge_ids().filter(|edge| !model.edge(*edge).test) {
        let Some(ends) = siblings(context, edge) else { continue };
        let counted = model.references_of(edge).filter(|(_, reference)| counts(reference)).map(|(id, _)| id);
        uses.entry(ends).or_default().extend(counted);
    }
    let mut containers: BTreeMap<(&str, NodeId), Dependencies> = BTreeMap::new();
    for ((from, to), mut references) in uses {
        if !references.iter().any(|id| proves(model.reference(*id))) {
            continue;
        }
        references.sort_by_key(|id| (!proves(model.reference(*id)), *id));
        let Some(container) = model.node(from).parent else { continue };
        let ends = (model.path(from).to_owned(), model.path(to).to_owned());
        containers.entry((model.path(container), container)).or_default().insert(ends, references);
    }
    containers
        .iter()
        .flat_map(|((_, container), uses)| {
            ring::rings(uses).into_iter().map(|ring| violation(context, *container, ring))
        })
        .collect()
}

/// The two siblings between which an edge counts; none between a module and one below it, between crates, and where the
/// siblings are of different boundaries.
fn siblings(context: &Context<'_>, edge: EdgeId) -> Option<(NodeId, NodeId)> {
    let (model, boundaries) = (context.model, context.boundaries);
    let edge = model.edge(edge);
    let common = model.common_ancestor(edge.from, edge.to);
    model.target_of(common)?;
    let child = |end: NodeId| model.ancestors(end).take_while(|node| *node != common).last();
    let (from, to) = (child(edge.from)?, child(edge.to)?);
    let is_judged = boundaries.of(from) == boundaries.of(to) && !boundaries.has_role(common, Role::Generated);
    is_judged.then_some((from, to))
}

fn violation(context: &Context<'_>, container: NodeId, Ring { members, cuts }: Ring) -> Violation {
    let path = context.model.path(container);
    Violation {
        rule: RULE.name,
        id: identity::of_cycle(RULE.name, path, &members),
        from: path.to_owned(),
        to: String::new(),
        from_node: Some(container),
        to_node: None,
        message: format!("modules {} of `{path}` depend on each other", ring::listed(path, &members)),
        label: "part of the ring".to_owned(),
        why: "modules of a ring can only be understood, tested and moved together".to_owned(),
        route: Some(ring::advice(path, &cuts)),
        references: cuts.iter().flat_map(|cut| cut.references.iter().copied()).collect(),
        members,
        cuts,
        ..Violation::default()
    }
}

#[cfg(test)]
mod tests;
