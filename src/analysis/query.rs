//! What a query finds in an analysed workspace.
//!
//! In: an analysis, the text of a query.  Out: [`Found`].  Not here: the grammar (`query`), what a set means (`boundary`),
//! and telling it.

use super::Analysis;
use crate::boundary::{Ground, Selection, select};
use crate::model::{EdgeId, Model, ReferenceId};
use crate::query::{Kinds, Mistake, Query};
use crate::reasons::{Reasons, reasons};

/// The answer to a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Nodes(Selection),
    Crossing(Crossing),
    Ways(Reasons),
}

/// References from one selection to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crossing {
    /// Each edge with those of its references that are meant.
    pub edges: Vec<(EdgeId, Vec<ReferenceId>)>,
    /// Uses of third-party packages: numbers of [`Model::external_uses`].
    pub outside: Vec<usize>,
}

impl Analysis {
    /// What a query finds; with `tests` also by references that only tests have.
    ///
    /// # Errors
    /// What is wrong with the text, or a name that nothing has.
    pub fn query(&self, text: &str, tests: bool) -> Result<Found, Mistake> {
        let folders = self.package_folders();
        let ground = Ground {
            model: &self.model,
            folders: &folders,
            boundaries: &self.boundaries,
            sources: &self.sources,
            tests,
        };
        let whole = |set| select(ground, set).map(|selection| selection.with_below(&self.model));
        match Query::parse(text)? {
            Query::Set(set) => select(ground, &set).map(Found::Nodes),
            Query::Edges { from, to, by } => Ok(Found::Crossing(crossing(ground, &whole(&from)?, &whole(&to)?, &by))),
            Query::Ways { from, to } => {
                let (from, to) = (whole(&from)?, whole(&to)?);
                Ok(Found::Ways(reasons(&self.model, &|node| from.has(node), &|node| to.has(node))))
            }
        }
    }
}

fn crossing(ground: Ground<'_>, from: &Selection, to: &Selection, by: &Kinds) -> Crossing {
    let model: &Model = ground.model;
    let mut found = Crossing::default();
    for id in model.edge_ids() {
        let edge = model.edge(id);
        let meant = model.references_of(id).filter(|(_, reference)| {
            ground.counts(reference, by)
                && (from.has(reference.from_item) || from.has(edge.from))
                && (to.has(reference.to_item) || to.has(edge.to))
        });
        let meant: Vec<ReferenceId> = meant.map(|(reference, _)| reference).collect();
        if !meant.is_empty() {
            found.edges.push((id, meant));
        }
    }
    let outside = model.external_uses().iter().enumerate().filter(|(_, used)| {
        ground.counts_outside(used, by) && (from.has(used.from_item) || from.has(used.from)) && to.has_crate(used.krate)
    });
    found.outside = outside.map(|(index, _)| index).collect();
    found
}
