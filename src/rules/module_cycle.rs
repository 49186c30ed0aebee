//! Sibling modules that depend on each other, each with all that is below it.
//!
//! In: the edges of the model, lifted to the children of the lowest common ancestor.  Out: one violation per container
//! and ring.  Not here: a module and its own parent or child, modules of different boundaries, and finding rings
//! (`metrics::lift`).

use super::ring;
use super::{Context, Rule, Violation, identity};
use crate::metrics::cycles::Ring;
use crate::metrics::lift::{self, Named};
use crate::model::NodeId;

pub(super) const RULE: Rule = Rule {
    name: "module-cycle",
    group: "boundaries",
    summary: "sibling modules inside one boundary depend on each other",
    documentation: include_str!("module_cycle.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Violation> {
    let siblings = lift::siblings(context.model);
    lift::module_rings(context.model, context.boundaries, &siblings)
        .into_iter()
        .map(|(container, ring)| violation(context, container, ring))
        .collect()
}

fn violation(context: &Context<'_>, container: NodeId, found: Ring<Named<'_>>) -> Violation {
    let path = context.model.path(container);
    let (members, cuts) = ring::named(context.model, path, found, |member| member.0.to_owned());
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
