//! Which place in the files the selection stands for.
//!
//! In: a document.  Out: the [`Spot`] that an editor would show.  Not here: opening it.

use super::relations;
use super::spot::Spot;
use super::state::Document;
use crate::scene::thing::Thing;

impl Document {
    /// What an editor would show of the selection: the reference that is shown, the chosen violation, the declaration.
    pub(crate) fn spot(&self) -> Option<Spot> {
        let analysis = &*self.analysis;
        let reference = self.relations.references.get(self.reference);
        let of_violation = || Spot::of_violation(analysis, analysis.verdict.violations.get(self.violation?)?);
        match self.selection {
            Some(Thing::Edge { .. }) => {
                reference.map(|id| Spot::of_reference(analysis, analysis.model.reference(*id))).or_else(of_violation)
            }
            Some(thing) => of_violation().or_else(|| self.spot_of(thing)),
            None => of_violation(),
        }
    }

    /// Where a box is declared.
    pub(crate) fn spot_of(&self, thing: Thing) -> Option<Spot> {
        match thing {
            Thing::Node(node) => Spot::of_node(&self.analysis, node),
            Thing::Boundary { boundary, .. } => Spot::of_boundary(&self.analysis, boundary),
            Thing::Edge { from, to } => {
                let edge = Thing::Edge { from, to };
                let relations = relations::of(&self.analysis, &self.evidence, self.view.filter, edge);
                let first = relations.references.first()?;
                Some(Spot::of_reference(&self.analysis, self.analysis.model.reference(*first)))
            }
        }
    }
}
