//! Gathering packages and modules, to make a boundary of them.
//!
//! In: boxes that are clicked, named or caught by the lasso.  Out: what is gathered, as code and in words.  Not here: the
//! boundary (`wish`).

use std::collections::BTreeSet;

use super::lasso::can_be_gathered;
use super::state::Document;
use super::widgets::{counted, number};
use crate::boundary::Boundaries;
use crate::model::{Model, NodeId, NodeKind, WORKSPACE};
use crate::scene::map::Cut;
use crate::scene::thing::{Place, Thing};

impl Document {
    /// What gathering a thing means: the box itself, or the module around an item.
    pub(crate) fn gatherable(&self, thing: Thing) -> Option<Place> {
        gatherable(&self.arrangement.cut, thing)
    }

    /// Takes a box up, or lets it go.  What lies in a gathered box is gathered with it.
    pub(crate) fn gather(&mut self, place: Place) {
        if !self.gathered.remove(&place) {
            self.gather_all([place]);
        }
    }

    pub(crate) fn gather_all(&mut self, places: impl IntoIterator<Item = Place>) {
        gather_all(&self.arrangement.cut, &mut self.gathered, places);
    }

    /// What was gathered before in another analysis of the same code, as far as it is still there.
    pub(crate) fn gather_again(&mut self, before: &Self) {
        let (old, now) = (&before.analysis, &self.analysis);
        let same = |place: &Place| match *place {
            Place::Node(node) => same_node(&old.model, &now.model, node).map(Place::Node),
            Place::Fragment { boundary, parent } => Some(Place::Fragment {
                boundary: now.boundaries.find(old.boundaries.name(boundary))?,
                parent: same_node(&old.model, &now.model, parent)?,
            }),
        };
        self.gathered = before.gathered.iter().filter_map(same).collect();
    }

    /// The code that is gathered: packages, targets and modules.
    pub(crate) fn gathered_code(&self) -> Vec<NodeId> {
        code(&self.analysis.model, &self.analysis.boundaries, &self.gathered)
    }

    /// The code of a box.
    pub(crate) fn code_of(&self, place: Place) -> Vec<NodeId> {
        code(&self.analysis.model, &self.analysis.boundaries, &BTreeSet::from([place]))
    }

    /// `2 packages and 3 modules, 1 234 lines`.
    pub(crate) fn gathered_in_words(&self) -> String {
        in_words(&self.analysis.model, &self.gathered_code())
    }
}

/// What gathering a thing means: the box itself, or the module around an item.
pub(crate) fn gatherable(cut: &Cut, thing: Thing) -> Option<Place> {
    let index = cut.box_at(thing.place()?)?;
    let around = cut.ancestors(index).map(|index| &cut.boxes[index as usize]);
    around.into_iter().find(|visible| can_be_gathered(visible.kind)).map(|visible| visible.place)
}

/// Takes boxes up; what lies in a gathered box is gathered with it.
pub(crate) fn gather_all(cut: &Cut, gathered: &mut BTreeSet<Place>, places: impl IntoIterator<Item = Place>) {
    gathered.extend(places);
    let all = gathered.clone();
    let is_held = |place: &Place| {
        let around = cut.find(*place).into_iter().flat_map(|index| cut.ancestors(index).skip(1));
        around.into_iter().any(|index| all.contains(&cut.boxes[index as usize].place))
    };
    gathered.retain(|place| !is_held(place));
}

/// The code of boxes: packages, targets and modules.
pub(crate) fn code(model: &Model, boundaries: &Boundaries, places: &BTreeSet<Place>) -> Vec<NodeId> {
    let code = |place: &Place| match *place {
        Place::Node(node) => vec![node],
        Place::Fragment { boundary, parent } => {
            let nested = boundaries.ids().filter(|id| boundaries.outwards(*id).any(|around| around == boundary));
            let members = nested.flat_map(|id| boundaries.members(id).iter().copied());
            members.filter(|node| model.is_within(*node, parent)).collect()
        }
    };
    let mut code: Vec<NodeId> = places.iter().flat_map(code).collect();
    code.sort();
    code.dedup();
    code
}

fn same_node(old: &Model, now: &Model, node: NodeId) -> Option<NodeId> {
    let path = old.path(node);
    match old.node(node).kind {
        NodeKind::Workspace => Some(WORKSPACE),
        NodeKind::Package => now.packages().find(|package| now.path(*package) == path),
        _ => now.find(path),
    }
}

/// What code is, and how much.
pub(crate) fn in_words(model: &Model, code: &[NodeId]) -> String {
    let n_packages = code.iter().filter(|node| model.node(**node).kind == NodeKind::Package).count();
    let counts = [(n_packages, "package", "packages"), (code.len() - n_packages, "module", "modules")];
    let parts: Vec<String> = counts
        .into_iter()
        .filter(|(count, _, _)| *count > 0)
        .map(|(count, one, many)| counted(count as u64, one, many))
        .collect();
    let lines: u64 = code.iter().map(|node| model.total_lines(*node)).sum();
    format!("{}, {} lines", parts.join(" and "), number(lines))
}
