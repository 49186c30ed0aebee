//! Violations as the map needs them: where each begins, and which references of which edges break a rule.
//!
//! In: a model with its boundaries and its verdict.  Out: [`Offences`].  Not here: judging, and words for people.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::boundary::Boundaries;
use crate::model::{EdgeId, Model, NodeId, ReferenceId};
use crate::scene::address;
use crate::scene::thing::Place;
use crate::verdict::{Standing, Verdict};

/// One violation, at its place in the code tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offence {
    pub(super) rule: &'static str,
    pub(super) standing: Standing,
    /// The referring module; for what is said of a boundary as a whole, that boundary.
    pub(super) from: Place,
    /// The other end, where it is part of this workspace.
    pub(super) to: Option<NodeId>,
}

/// All violations of a verdict.
#[derive(Debug, Default)]
pub(super) struct Offences {
    all: Vec<Offence>,
    /// The evidence that each edge holds, sorted: a reference, and the violation it belongs to by index into `all`.
    by_edge: FxHashMap<EdgeId, Vec<(ReferenceId, u32)>>,
}

impl Offences {
    pub(super) fn new(model: &Model, boundaries: &Boundaries, verdict: &Verdict) -> Self {
        let mut offences = Self::default();
        for judged in &verdict.violations {
            let violation = &judged.violation;
            let mut references: Vec<ReferenceId> = violation.references.clone();
            let mut seen = FxHashSet::default();
            references.retain(|reference| seen.insert(*reference));
            let first = references.first().map(|reference| model.edge(model.reference(*reference).edge));
            let from = violation.from_node.or(first.map(|edge| edge.from));
            let to = violation.to_node.or(first.map(|edge| edge.to));
            let of_boundary = || address::place_of_boundary(model, boundaries, judged.boundary(boundaries)?);
            let from = from.map(Place::Node).or_else(of_boundary);
            // A violation about something that is neither code nor a boundary has no place on the map.
            let Some(from) = from else { continue };
            let index = offences.all.len() as u32;
            offences.all.push(Offence { rule: violation.rule, standing: judged.standing(), from, to });
            for reference in references {
                let edge = model.reference(reference).edge;
                offences.by_edge.entry(edge).or_default().push((reference, index));
            }
        }
        offences.by_edge.values_mut().for_each(|evidence| evidence.sort_unstable());
        offences
    }

    pub(super) fn all(&self) -> &[Offence] {
        &self.all
    }

    /// The violations that a reference of an edge is evidence of.
    pub(super) fn of_reference(&self, edge: EdgeId, reference: ReferenceId) -> impl Iterator<Item = &Offence> + '_ {
        let evidence = self.by_edge.get(&edge).map_or(&[][..], Vec::as_slice);
        let start = evidence.partition_point(|(earlier, _)| *earlier < reference);
        let these = evidence[start..].iter().take_while(move |(found, _)| *found == reference);
        these.map(|(_, index)| &self.all[*index as usize])
    }
}
