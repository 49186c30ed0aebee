//! Boundaries that depend on each other in a ring.
//!
//! In: the boundaries that written routes enter.  Out: one violation per container and ring.  Not here: rings of modules
//! inside one boundary.

use std::collections::BTreeMap;

use super::evidence::proves;
use super::ring::{self, Dependencies, Ring};
use super::{Context, Rule, Violation, identity};
use crate::boundary::{Boundaries, BoundaryId};
use crate::model::ReferenceId;

pub(super) const RULE: Rule = Rule {
    name: "boundary-cycle",
    group: "boundaries",
    summary: "boundaries depend on each other in a ring",
    documentation: include_str!("boundary_cycle.md"),
    check,
};

/// The container of boundaries that are nested in no other.
const OUTERMOST: &str = "workspace";

fn check(context: &Context<'_>) -> Vec<Violation> {
    let boundaries = context.boundaries;
    let found = context.collect(|from, steps| {
        let user = boundaries.of(from)?;
        siblings(boundaries, user, context.entry(from, steps)?.boundary)
    });
    let mut uses: BTreeMap<(Option<BoundaryId>, BoundaryId, BoundaryId), Vec<ReferenceId>> = BTreeMap::new();
    for (reference, key) in found.into_values().flatten() {
        uses.entry(key).or_default().push(reference);
    }
    let mut containers: BTreeMap<String, Dependencies> = BTreeMap::new();
    for ((container, from, to), mut references) in uses {
        if !references.iter().any(|id| proves(context.model.reference(*id))) {
            continue;
        }
        references.sort_by_key(|id| (!proves(context.model.reference(*id)), *id));
        let container = container.map_or(OUTERMOST, |id| boundaries.name(id));
        let ends = (boundaries.name(from).to_owned(), boundaries.name(to).to_owned());
        containers.entry(container.to_owned()).or_default().insert(ends, references);
    }
    containers
        .iter()
        .flat_map(|(container, uses)| ring::rings(uses).into_iter().map(|ring| violation(container, ring)))
        .collect()
}

/// The two boundaries between which a use counts, children of the innermost boundary around both ends; none between a
/// boundary and one nested in it.
fn siblings(
    boundaries: &Boundaries,
    user: BoundaryId,
    used: BoundaryId,
) -> Option<(Option<BoundaryId>, BoundaryId, BoundaryId)> {
    let used_chain: Vec<BoundaryId> = boundaries.outwards(used).collect();
    let mut from = None;
    for outer in boundaries.outwards(user) {
        if let Some(common) = used_chain.iter().position(|id| *id == outer) {
            return Some((Some(outer), from?, *used_chain.get(common.checked_sub(1)?)?));
        }
        from = Some(outer);
    }
    Some((None, from?, *used_chain.last()?))
}

fn violation(container: &str, Ring { members, cuts }: Ring) -> Violation {
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
