//! Violations that differ, and the references of the union that prove them.
//!
//! In: two documents, and what differs in their violations.  Out: [`Finding`]s: what is worse, what is fixed, what is not
//! quite the same, each in the order of the comparison.  Not here: judging.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Fate, Finding, Side, Union};
use crate::compare::moves::Moves;
use crate::compare::violations::{Place, Violation};
use crate::compare::{Comparison, Violations};
use crate::model::{Model, ReferenceId};
use crate::snapshot::{self, Document};
use crate::verdict::Standing;

/// A place of one revision: file, line, column.
type At<'a> = (Side, &'a str, u32, u32);

pub(super) fn findings(
    before: &Document<'_>,
    after: &Document<'_>,
    moves: &Moves,
    comparison: &Comparison,
    model: &Model,
    places: &[Place],
) -> Vec<Finding> {
    let Violations { worse, fixed, changed, .. } = &comparison.violations;
    let told: Vec<(Side, Fate, &Violation)> = worse
        .iter()
        .map(|it| (Side::After, Fate::Added, &it.violation))
        .chain(fixed.iter().map(|it| (Side::Before, Fate::Removed, it)))
        .chain(changed.iter().map(|it| (Side::After, Fate::Changed, &it.after)))
        .collect();
    let by_id = |document: &'_ Document<'_>| -> BTreeMap<String, usize> {
        document.violations.iter().enumerate().map(|(index, it)| (it.id.to_string(), index)).collect()
    };
    let (ids_before, ids_after) = (by_id(before), by_id(after));
    let evidence_of = |side: Side, violation: &Violation| -> &[snapshot::Place<'_>] {
        let (document, ids) = if side == Side::Before { (before, &ids_before) } else { (after, &ids_after) };
        ids.get(&violation.id).map_or(&[], |index| &document.violations[*index].references)
    };
    let wanted: FxHashSet<At<'_>> = told
        .iter()
        .flat_map(|(side, _, violation)| evidence_of(*side, violation).iter().map(|at| position(*side, at)))
        .collect();
    let mut found: FxHashMap<At<'_>, Vec<ReferenceId>> = FxHashMap::default();
    for (index, reference) in model.references().iter().enumerate() {
        let place = &places[reference.span.start as usize];
        let at = (Union::side(reference), place.file.as_str(), place.line, reference.column);
        if wanted.contains(&at) {
            found.entry(at).or_default().push(ReferenceId(index as u32));
        }
    }
    let finding = |(side, fate, violation): (Side, Fate, &Violation)| {
        let name = |name: &str| if side == Side::Before { now(name, moves, model) } else { name.to_owned() };
        let places = evidence_of(side, violation).iter().map(|at| position(side, at));
        Finding {
            fate,
            standing: standing(violation),
            from: name(&violation.from),
            to: name(&violation.to),
            evidence: places.filter_map(|at| found.get(&at)).flatten().copied().collect(),
        }
    };
    told.into_iter().map(finding).collect()
}

fn position<'a>(side: Side, at: &'a snapshot::Place<'_>) -> At<'a> {
    (side, &at.file, at.line, at.column)
}

/// What is gone is in the union under its own name.
fn now(name: &str, moves: &Moves, model: &Model) -> String {
    if model.find(name).is_some() { name.to_owned() } else { moves.name(name) }
}

fn standing(violation: &Violation) -> Standing {
    match &violation.accepted {
        Some(_) => Standing::Accepted,
        None if violation.is_denied() => Standing::Denied,
        None => Standing::Warned,
    }
}
