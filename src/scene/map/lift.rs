//! Edges between what is visible: all references between two boxes are one edge.
//!
//! In: a model, its violations, and the visible set.  Out: [`LiftedEdge`]s, sorted by their ends.  Containment is never an
//! edge; an edge between a box and one around it is kept only where it breaks a rule.
//! Not here: where edges run, and which of them are drawn.

use std::collections::BTreeMap;

use super::Filter;
use super::cut::Cut;
use super::offence::Offences;
use crate::model::{EdgeId, Model, Reference};
use crate::verdict::{Standing, Tally};

/// All shown references from one visible box to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LiftedEdge {
    /// Indices into [`Cut::boxes`].
    pub from: u32,
    pub to: u32,
    /// The edges of the model it stands for, ascending.
    pub edges: Vec<EdgeId>,
    pub references: u32,
    /// How many of the references are evidence of each broken rule, sorted by rule.
    pub violating: Vec<(&'static str, u32)>,
    /// What of these is denied, warned of, accepted.
    pub broken: Tally,
    /// All its references are in tests.
    pub test: bool,
    /// It runs against the levels of its container: known once the boxes are arranged.
    pub upward: bool,
    /// One end is around the other.
    pub nested: bool,
}

impl LiftedEdge {
    pub fn is_violating(&self) -> bool {
        !self.violating.is_empty()
    }

    /// The worst of what breaks a rule on it.
    pub fn standing(&self) -> Option<Standing> {
        self.broken.worst()
    }

    /// It breaks a rule, and not everything about that is accepted.
    pub fn is_open_violation(&self) -> bool {
        matches!(self.standing(), Some(Standing::Denied | Standing::Warned))
    }
}

pub(super) fn lift(model: &Model, offences: &Offences, cut: &Cut, filter: Filter) -> Vec<LiftedEdge> {
    let mut lifted: BTreeMap<(u32, u32), LiftedEdge> = BTreeMap::new();
    for id in model.edge_ids() {
        let edge = model.edge(id);
        let (Some(from), Some(to)) = (cut.box_of(edge.from), cut.box_of(edge.to)) else { continue };
        if (edge.test && !filter.tests) || (!edge.active && !filter.inactive) {
            continue;
        }
        let has_items = [from, to].iter().any(|end| shows_items(cut, *end));
        if from == to && !has_items {
            continue;
        }
        for (reference_id, reference) in model.references_of(id) {
            if !is_shown(reference, filter) {
                continue;
            }
            let (from, to) = if has_items {
                (cut.box_of(reference.from_item).unwrap_or(from), cut.box_of(reference.to_item).unwrap_or(to))
            } else {
                (from, to)
            };
            let nested = cut.is_within(from, to) || cut.is_within(to, from);
            let mut broken = offences.of_reference(id, reference_id).peekable();
            if from == to || (nested && broken.peek().is_none()) {
                continue;
            }
            let edge = lifted.entry((from, to)).or_insert_with(|| LiftedEdge {
                from,
                to,
                nested,
                test: true,
                ..LiftedEdge::default()
            });
            edge.references += 1;
            edge.test &= reference.test;
            if edge.edges.last() != Some(&id) {
                edge.edges.push(id);
            }
            for offence in broken {
                edge.broken.add(offence.standing);
                match edge.violating.iter_mut().find(|(rule, _)| *rule == offence.rule) {
                    Some((_, count)) => *count += 1,
                    None => edge.violating.push((offence.rule, 1)),
                }
            }
        }
    }
    let mut lifted: Vec<LiftedEdge> = lifted.into_values().collect();
    for edge in &mut lifted {
        edge.violating.sort();
    }
    lifted
}

pub(super) fn is_shown(reference: &Reference, filter: Filter) -> bool {
    (filter.tests || !reference.test) && (filter.inactive || reference.active)
}

/// Whether the box is a module that is open into its items.
pub(super) fn shows_items(cut: &Cut, index: u32) -> bool {
    cut.children[index as usize]
        .first()
        .is_some_and(|child| matches!(cut.boxes[*child as usize].kind, super::census::BoxKind::Item(_)))
}
