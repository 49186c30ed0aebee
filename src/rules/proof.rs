//! The places that prove a violation, whatever kind they are of.
//!
//! In: a violation and its model.  Out: [`Evidence`], the best first.  Not here: how a format shows a place.

use super::{Cut, Violation, ring};
use crate::model::{Model, ReferenceId};
use crate::source::{FileId, Span};

/// A place in the source that proves a violation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub file: FileId,
    pub span: Span,
    /// The short form, for the caret.
    pub label: String,
}

impl Violation {
    /// How many places must change for it to go.
    pub fn removal(&self) -> usize {
        self.references.len() + self.places.len()
    }

    /// So many places, the best evidence first; of a cycle one of each cut before a second of any.
    pub fn evidence(&self, model: &Model, most: usize) -> Vec<Evidence> {
        let firsts = self.cuts.iter().filter_map(|cut| cut.references.first());
        let mut shown: Vec<ReferenceId> = Vec::new();
        for reference in firsts.chain(&self.references) {
            if shown.len() < most && !shown.contains(reference) {
                shown.push(*reference);
            }
        }
        let references = shown.into_iter().map(|id| self.reference(model, id));
        references.chain(self.other_places()).take(most).collect()
    }

    /// Every place; of a cycle in the order of its cuts.
    pub fn all_evidence(&self, model: &Model) -> Vec<Evidence> {
        self.references.iter().map(|id| self.reference(model, *id)).chain(self.other_places()).collect()
    }

    /// How each of its first cuts could be made, a sentence for each.
    pub fn remedies(&self) -> Vec<String> {
        const MOST: usize = 3;
        let sentence = |cut: &Cut| {
            let (from, to) = (ring::short(&self.from, &cut.from), ring::short(&self.from, &cut.to));
            format!("to cut `{from}` -> `{to}`: {}", cut.remedy)
        };
        self.cheapest_cuts().into_iter().take(MOST).map(sentence).collect()
    }

    /// Of a cycle, the cuts with the fewest references first.
    pub fn cheapest_cuts(&self) -> Vec<&Cut> {
        ring::cheapest_first(&self.cuts)
    }

    /// The short form for one of its references.
    pub(super) fn label_of(&self, reference: ReferenceId) -> String {
        match self.cuts.iter().find(|cut| cut.references.contains(&reference)) {
            Some(cut) => {
                let (from, to) = (ring::short(&self.from, &cut.from), ring::short(&self.from, &cut.to));
                format!("`{from}` uses `{to}`")
            }
            None => self.label.clone(),
        }
    }

    fn reference(&self, model: &Model, id: ReferenceId) -> Evidence {
        let reference = model.reference(id);
        Evidence { file: reference.file, span: reference.span, label: self.label_of(id) }
    }

    fn other_places(&self) -> impl Iterator<Item = Evidence> + '_ {
        self.places.iter().map(|(file, span)| Evidence { file: *file, span: *span, label: self.label.clone() })
    }
}
