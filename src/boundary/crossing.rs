//! Where a written route enters other boundaries, and whether by what they show.
//!
//! In: the steps of a route, and who wrote it.  Out: the first boundary entered, and the first thing that its boundary
//! does not show.  Not here: what an API is (`api`), and what follows (rules and numbers).

use super::{Boundaries, BoundaryId};
use crate::model::{Model, NodeId, NodeKind, Step};

/// Where a written route enters another boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The innermost boundary at `place`.
    pub boundary: BoundaryId,
    /// The first module of it that the route names or looks a name up in.
    pub place: NodeId,
    /// The index of the step that does.
    pub step: usize,
}

/// The first thing on a route that its boundary does not show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trespass {
    pub boundary: BoundaryId,
    /// The path of the name.
    pub name: String,
}

impl Boundaries {
    /// The first place of the route that is in a boundary that `from` is not in: because a name is looked up there, or
    /// because it is named as a crate or a child module.  What another boundary's names stand for is not followed.
    pub fn entry(&self, model: &Model, from: NodeId, steps: &[Step]) -> Option<Entry> {
        let foreign = |place: NodeId| self.of(place).filter(|boundary| !self.contains(*boundary, from));
        steps.iter().enumerate().find_map(|(index, step)| {
            let places = [Some(step.module), named_module(model, step)];
            places
                .into_iter()
                .flatten()
                .find_map(|place| foreign(place).map(|boundary| Entry { boundary, place, step: index }))
        })
    }

    /// The first name of the route that a boundary, which `from` is not in, does not show.
    pub fn trespass(&self, model: &Model, from: NodeId, steps: &[Step]) -> Option<Trespass> {
        let is_foreign = |boundary: &BoundaryId| !self.contains(*boundary, from);
        steps.iter().find_map(|step| {
            let looked_up = self
                .chain(step.module)
                .filter(is_foreign)
                .find(|boundary| !self.is_api_step(model, *boundary, from, step))
                .map(|boundary| (boundary, format!("{}::{}", model.path(step.module), model.symbol(step.name))));
            let entered = || {
                let module = named_module(model, step)?;
                let mut around = self.chain(module).filter(is_foreign);
                let boundary = around.find(|boundary| {
                    !self.contains(*boundary, step.module) && !self.shows_module(model, *boundary, from, module)
                })?;
                Some((boundary, model.path(module).to_owned()))
            };
            looked_up.or_else(entered).map(|(boundary, name)| Trespass { boundary, name })
        })
    }
}

/// The module that a step names in its own place: a crate, or a child of the module looked in; no re-export.
pub fn named_module(model: &Model, step: &Step) -> Option<NodeId> {
    let node = model.node(step.node);
    let is_crate = matches!(node.kind, NodeKind::Target(_));
    (is_crate || (node.kind.is_module() && node.parent == Some(step.module))).then_some(step.node)
}
