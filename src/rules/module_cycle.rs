//! Sibling modules that depend on each other, each with all that is below it.
//!
//! In: the edges of the model, lifted to the children of the lowest common ancestor.  Out: one violation per container
//! and ring.  Not here: a module and its own parent or child, modules of different boundaries, and finding rings
//! (`metrics::lift`).

use super::ring;
use super::{Context, Rule, Violation, identity};
use crate::metrics::cycles::Ring;
use crate::metrics::lift::{self, Named};
use crate::model::{Model, NodeId};

pub(super) const RULE: Rule = Rule {
    name: "module-cycle",
    group: "boundaries",
    summary: "sibling modules inside one boundary depend on each other",
    documentation: include_str!("module_cycle.md"),
    check,
};

/// What is worth a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// A ring of fewer lines is left alone, tests not counted: it can be read in one go.
    pub min_lines: u64,
}

fn check(context: &Context<'_>) -> Vec<Violation> {
    let siblings = lift::siblings(context.model);
    let lines = |ring: &Ring<Named<'_>>| ring.members.iter().map(|member| lines(context.model, member.1)).sum::<u64>();
    lift::module_rings(context.model, context.boundaries, &siblings)
        .into_iter()
        .filter(|(_, ring)| lines(ring) >= context.options.module_cycle.min_lines)
        .map(|(container, ring)| violation(context, container, ring))
        .collect()
}

/// Of a module and those below it, without tests.
fn lines(model: &Model, module: NodeId) -> u64 {
    let node = model.node(module);
    if node.test {
        return 0;
    }
    let below = model.children(module).iter().filter(|child| model.node(**child).kind.is_module());
    u64::from(node.lines) + below.map(|child| lines(model, *child)).sum::<u64>()
}

fn violation(context: &Context<'_>, container: NodeId, found: Ring<Named<'_>>) -> Violation {
    let path = context.model.path(container);
    let (members, cuts) = ring::named(
        context,
        path,
        found,
        |member| member.0.to_owned(),
        |member, module| context.model.is_within(module, member.1),
    );
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
