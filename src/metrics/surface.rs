//! What a boundary shows, how much of it is used, and who goes around it.
//!
//! In: a model, its boundaries, the references that count.  Out: API breadth and leak ratio of each boundary.  Both are
//! riprap's own: `breadth = used / exposed` and `leak = references around the API / references into it`, each reference
//! judged by the route that is written, as `internal-access` does.  Not here: which references those are (`rules`).

use std::collections::{BTreeMap, BTreeSet};

use super::value::{Better, Measure, Metric};
use crate::boundary::{Authors, Boundaries, BoundaryId, Extent};
use crate::model::{Model, NodeId, ReferenceId};

/// Distinct items that the API offers to some code outside.
pub(super) static EXPOSED: Metric = Metric {
    key: "exposed",
    name: "Items in its API",
    meaning: "Distinct items that code outside may name",
    of: &[Extent::Boundary],
    better: Better::Less,
};

/// Those of them that code outside names.
pub(super) static USED_ITEMS: Metric = Metric {
    key: "used",
    name: "Of them used",
    meaning: "Distinct items of its API that code outside does name",
    of: &[Extent::Boundary],
    better: Better::Neither,
};

/// `used / exposed`.
pub(super) static BREADTH: Metric = Metric {
    key: "breadth",
    name: "API breadth used",
    meaning: "The share of its API that anybody uses: what nobody uses could be hidden, unless the library is published",
    of: &[Extent::Boundary],
    better: Better::More,
};

/// References whose written route enters the boundary.
pub(super) static REFERENCES_IN: Metric = Metric {
    key: "references_in",
    name: "References into it",
    meaning: "References outside tests whose written path enters it",
    of: &[Extent::Boundary],
    better: Better::Less,
};

/// Those of them that name what it does not show.
pub(super) static REFERENCES_AROUND: Metric = Metric {
    key: "references_around",
    name: "Around its API",
    meaning: "References into it that name what it does not show",
    of: &[Extent::Boundary],
    better: Better::Less,
};

/// `references around / references in`.
pub(super) static LEAK_RATIO: Metric = Metric {
    key: "leak_ratio",
    name: "Leak ratio",
    meaning: "The share of the references into it that go around its API: 0 where the API is the only way in",
    of: &[Extent::Workspace, Extent::Boundary],
    better: Better::Less,
};

#[derive(Clone, Debug, Default)]
pub(super) struct Surface {
    exposed: BTreeSet<NodeId>,
    used: BTreeSet<NodeId>,
    pub(super) references_in: u64,
    pub(super) references_around: u64,
}

impl Surface {
    pub(super) fn measures(&self) -> impl Iterator<Item = Measure> {
        let (exposed, used) = (self.exposed.len() as u64, self.used.len() as u64);
        let counts = [EXPOSED.count(exposed), USED_ITEMS.count(used)];
        let inbound = [REFERENCES_IN.count(self.references_in), REFERENCES_AROUND.count(self.references_around)];
        let leak = LEAK_RATIO.ratio(self.references_around, self.references_in);
        counts.into_iter().chain(BREADTH.ratio(used, exposed)).chain(inbound).chain(leak)
    }
}

/// The surface of each boundary.
pub(super) fn surfaces(
    model: &Model,
    boundaries: &Boundaries,
    authors: &Authors,
    references: &[ReferenceId],
) -> Vec<Surface> {
    let mut surfaces: Vec<Surface> =
        boundaries.ids().map(|id| Surface { exposed: boundaries.exposed(model, id), ..Surface::default() }).collect();
    // The boundaries whose API has an item.
    let mut offered: BTreeMap<NodeId, Vec<BoundaryId>> = BTreeMap::new();
    for (id, surface) in boundaries.ids().zip(&surfaces) {
        for item in &surface.exposed {
            offered.entry(*item).or_default().push(id);
        }
    }
    for id in references {
        let reference = model.reference(*id);
        let from = model.edge(reference.edge).from;
        if !authors.is_written_in(model, boundaries, from, reference) {
            continue;
        }
        let steps = model.steps_of(reference.route);
        let named = steps.iter().map(|step| step.node).chain(model.ancestors(reference.to_item));
        for item in named {
            for boundary in offered.get(&item).into_iter().flatten() {
                if !boundaries.contains(*boundary, from) {
                    surfaces[boundary.0 as usize].used.insert(item);
                }
            }
        }
        if !reference.proves() {
            continue;
        }
        let Some(entry) = boundaries.entry(model, from, steps) else { continue };
        let trespass = boundaries.trespass(model, from, steps).map(|trespass| trespass.boundary);
        let mut entered: BTreeSet<BoundaryId> =
            boundaries.outwards(entry.boundary).filter(|id| !boundaries.contains(*id, from)).collect();
        entered.extend(trespass);
        for boundary in entered {
            surfaces[boundary.0 as usize].references_in += 1;
        }
        if let Some(boundary) = trespass {
            surfaces[boundary.0 as usize].references_around += 1;
        }
    }
    surfaces
}
