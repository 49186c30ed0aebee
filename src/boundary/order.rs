//! Layers, and what is forbidden or meant to stay between parts: the statements about more than one boundary.
//!
//! In: what riprap.toml declares, and the boundaries on a model.  Out: the layer of each boundary, and resolved
//! [`Forbidden`] dependencies.  Not here: judging.

use super::boundaries::{Boundaries, Forbidden, Kept};
use super::selector;
use super::spelling::did_you_mean;
use super::{BoundaryId, Code, Forbid, Keep, Layers, Problem};
use crate::model::{Model, NodeId};

/// The rank of each boundary's own layer, 0 for the highest.
pub(super) fn ranks(boundaries: &Boundaries, layers: &Layers) -> (Vec<Option<u32>>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut ranks = Vec::new();
    for id in boundaries.ids() {
        let Some(layer) = &boundaries.declaration(id).layer else {
            ranks.push(None);
            continue;
        };
        let rank = layers.order.iter().position(|known| known.value == layer.value);
        if rank.is_none() {
            let message = format!("`{}` is no layer", layer.value);
            let help = match layers.order.is_empty() {
                true => {
                    Some("declare the layers first, the highest first: `layers = [\"apps\", \"domain\"]`".to_owned())
                }
                false => did_you_mean(&layer.value, layers.order.iter().map(|known| known.value.as_str())),
            };
            problems.push(Problem::new(layer.span, message, "unknown layer").with_help(help));
        }
        ranks.push(rank.map(|rank| rank as u32));
    }
    (ranks, problems)
}

pub(super) fn forbidden(
    code: Code<'_>,
    boundaries: &Boundaries,
    declared: Vec<Forbid>,
) -> (Vec<Forbidden>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut forbidden = Vec::new();
    for forbid in declared {
        let mut select = |key: &str, entry| {
            let selector = selector::resolve(code, boundaries, key, entry);
            selector.map_err(|problem| problems.push(problem)).ok()
        };
        let from = select("from", &forbid.from);
        let to = select("to", &forbid.to);
        let through = forbid.unless_through.as_ref().map(|entry| select("unless_through", entry));
        if let (Some(from), Some(to), None | Some(Some(_))) = (from, to, &through) {
            forbidden.push(Forbidden { from, to, unless_through: through.flatten(), declared: forbid });
        }
    }
    (forbidden, problems)
}

pub(super) fn kept(code: Code<'_>, boundaries: &Boundaries, declared: &[Keep]) -> (Vec<Kept>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut kept = Vec::new();
    for keep in declared {
        let mut select = |entry| {
            let selector = selector::resolve(code, boundaries, "keep", entry);
            selector.map_err(|problem| problems.push(problem)).ok()
        };
        if let (Some(from), Some(to)) = (select(&keep.from), select(&keep.to)) {
            kept.push(Kept { from, to });
        }
    }
    (kept, problems)
}

impl Boundaries {
    /// Whether the use of `to` by `from` is one that stays when cuts are looked for.
    pub fn keeps(&self, model: &Model, from: NodeId, to: NodeId) -> bool {
        self.kept.iter().any(|kept| kept.from.covers(model, self, from) && kept.to.covers(model, self, to))
    }

    /// The rank of a boundary's layer, 0 for the highest: its own, else that of the boundary around it.
    pub fn layer(&self, id: BoundaryId) -> Option<u32> {
        self.outwards(id).find_map(|id| self.ranks[id.0 as usize])
    }

    /// The layers, the highest first, and whether each may use only the next one.
    pub fn layers(&self) -> &Layers {
        &self.layers
    }

    pub fn forbidden(&self) -> &[Forbidden] {
        &self.forbidden
    }
}
