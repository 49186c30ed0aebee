//! Boundaries that depend on each other in a ring.
//!
//! In: the rings among the boundaries that written routes enter.  Out: one violation per container and ring.  Not here:
//! rings of modules inside one boundary, and finding rings (`metrics::lift`).

use super::ring;
use super::{Context, Rule, Violation, identity};
use crate::metrics::cycles::Ring;
use crate::metrics::lift::{self, OUTERMOST};

pub(super) const RULE: Rule = Rule {
    name: "boundary-cycle",
    group: "boundaries",
    summary: "boundaries depend on each other in a ring",
    documentation: include_str!("boundary_cycle.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Violation> {
    lift::boundary_rings(context.model, context.boundaries, &context.authors)
        .into_iter()
        .map(|(container, ring)| violation(context, container, ring))
        .collect()
}

fn violation(context: &Context<'_>, container: &str, found: Ring<&str>) -> Violation {
    let (members, cuts) = ring::named(
        context,
        container,
        found,
        |member| (*member).to_owned(),
        |member, module| {
            let boundary = context.boundaries.find(member);
            boundary.is_some_and(|boundary| context.boundaries.contains(boundary, module))
        },
    );
    let place = if container == OUTERMOST { String::new() } else { format!(" inside boundary `{container}`") };
    Violation {
        rule: RULE.name,
        id: identity::of_cycle(RULE.name, container, &members),
        from: container.to_owned(),
        to: String::new(),
        from_node: None,
        to_node: None,
        message: format!("boundaries {}{place} depend on each other", ring::listed(container, &members)),
        label: "part of the ring".to_owned(),
        why: "no boundary of a ring can be understood, tested, changed or extracted without all the others".to_owned(),
        route: Some(ring::advice(container, &cuts)),
        references: cuts.iter().flat_map(|cut| cut.references.iter().copied()).collect(),
        members,
        cuts,
        ..Violation::default()
    }
}

#[cfg(test)]
mod tests;
