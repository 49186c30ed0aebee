//! What became of each box and each edge of a picture.
//!
//! In: a union and what is visible of it.  Out: [`BoxMark`]s and [`EdgeMark`]s.  Not here: how they look.

use rustc_hash::FxHashSet;

use crate::compare::{Fate, Side, Union};
use crate::model::NodeKind;
use crate::scene::address;
use crate::scene::map::arrange::Arrangement;
use crate::scene::map::census::BoxKind;
use crate::scene::map::cut::Cut;
use crate::scene::map::lift::{is_shown, shows_items};
use crate::scene::map::{EdgeMode, Filter};
use crate::scene::thing::Place;
use crate::verdict::Standing;

/// How many of something came, went, and are not the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub added: u32,
    pub removed: u32,
    pub changed: u32,
}

impl Sums {
    fn add(&mut self, fate: Fate) {
        match fate {
            Fate::Kept => {}
            Fate::Added => self.added += 1,
            Fate::Removed => self.removed += 1,
            Fate::Changed | Fate::Moved => self.changed += 1,
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            added: self.added + other.added,
            removed: self.removed + other.removed,
            changed: self.changed + other.changed,
        }
    }

    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// `+3 −1 ~4`, what there is of it.
    pub fn in_signs(self) -> String {
        let parts = [(Fate::Added, self.added), (Fate::Removed, self.removed), (Fate::Changed, self.changed)];
        let parts = parts.into_iter().filter(|(_, count)| *count > 0);
        parts.map(|(fate, count)| format!("{}{count}", fate.sign())).collect::<Vec<_>>().join(" ")
    }
}

/// What became of a box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BoxMark {
    pub fate: Fate,
    /// Modules in it, itself not counted.
    pub within: Sums,
    /// Violations that its badges tell of: new ones and fixed ones.
    pub worse: u32,
    pub fixed: u32,
    /// Whether it, with what is around it, is there in each revision.
    pub before: bool,
    pub after: bool,
}

impl BoxMark {
    /// What it looks like: a closed box is not what it was if its content is not.
    pub fn look(&self, is_open: bool) -> Fate {
        if self.fate == Fate::Kept && !is_open && !self.within.is_empty() { Fate::Changed } else { self.fate }
    }
}

/// What became of an edge: its references in each revision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EdgeMark {
    pub before: u32,
    pub after: u32,
    /// Violations that it proves and that are new, or fixed.
    pub worse: u32,
    pub fixed: u32,
    /// The worst of the new ones.
    pub standing: Option<Standing>,
    /// An end came or went, and the edge with it.
    pub follows: bool,
}

impl EdgeMark {
    pub fn fate(&self) -> Fate {
        match (self.before, self.after) {
            (0, _) => Fate::Added,
            (_, 0) => Fate::Removed,
            (before, after) if before != after => Fate::Changed,
            _ => Fate::Kept,
        }
    }

    /// It is drawn although nobody asked about it.
    pub fn stands_out(&self, mode: EdgeMode) -> bool {
        mode == EdgeMode::All || self.before == 0 || self.after == 0 || self.worse > 0 || self.fixed > 0
    }
}

pub(super) fn of_boxes(union: &Union, cut: &Cut) -> Vec<BoxMark> {
    let model = &union.model;
    let mut marks: Vec<BoxMark> = cut.boxes.iter().map(|_| BoxMark::default()).collect();
    for (mark, visible) in marks.iter_mut().zip(&cut.boxes) {
        mark.fate = match visible.place {
            Place::Node(node) => union.fate(node),
            Place::Fragment { boundary, .. } => union.fate_of_boundary(boundary),
        };
    }
    for node in model.node_ids().filter(|id| model.node(*id).kind.is_module()) {
        let fate = union.fate(node);
        let Some(index) = cut.box_of(node).filter(|_| fate.differs()) else { continue };
        let visible = &cut.boxes[index as usize];
        let is_root =
            matches!(model.node(node).kind, NodeKind::Target(_)) && matches!(visible.kind, BoxKind::Package(Some(_)));
        if visible.place == Place::Node(node) {
            continue;
        }
        // A package's only target hides behind the package.
        let mark = &mut marks[index as usize];
        match is_root {
            true if mark.fate == Fate::Kept => mark.fate = fate,
            true => {}
            false => mark.within.add(fate),
        }
    }
    for finding in &union.findings {
        let named = address::find(model, &union.boundaries, &finding.from).and_then(|thing| thing.place());
        let first = || finding.evidence.first().map(|id| model.edge(model.reference(*id).edge).from.into());
        let Some(index) = named.or_else(first).and_then(|place| cut.box_at(place)) else { continue };
        match finding.fate {
            Fate::Added => marks[index as usize].worse += 1,
            Fate::Removed => marks[index as usize].fixed += 1,
            _ => {}
        }
    }
    gather(cut, &mut marks);
    marks
}

/// Containers tell of what is inside; what is inside something that is gone is gone.
fn gather(cut: &Cut, marks: &mut [BoxMark]) {
    let own: Vec<(Fate, u32, u32)> = marks.iter().map(|mark| (mark.fate, mark.worse, mark.fixed)).collect();
    // Boxes follow what they lie in.
    for index in (0..cut.boxes.len()).rev() {
        let Some(parent) = cut.boxes[index].parent else { continue };
        let BoxMark { within, worse, fixed, .. } = marks[index];
        let around = &mut marks[parent as usize];
        around.within = around.within.and(within);
        if matches!(cut.boxes[index].kind, BoxKind::Module | BoxKind::Target(_) | BoxKind::Package(Some(_))) {
            around.within.add(own[index].0);
        }
        (around.worse, around.fixed) = (around.worse + worse, around.fixed + fixed);
    }
    for (index, visible) in cut.boxes.iter().enumerate() {
        // An open box leaves to those within what begins there, as on the map.
        if visible.open && visible.boundary.is_none() {
            (marks[index].worse, marks[index].fixed) = (own[index].1, own[index].2);
        }
        let around = visible.parent.map(|parent| marks[parent as usize]);
        let is_at = |side: Side| own[index].0.is_at(side);
        marks[index].before = is_at(Side::Before) && around.is_none_or(|around| around.before);
        marks[index].after = is_at(Side::After) && around.is_none_or(|around| around.after);
    }
}

pub(super) fn of_edges(union: &Union, map: &Arrangement, boxes: &[BoxMark], filter: Filter) -> Vec<EdgeMark> {
    let (model, cut) = (&union.model, &map.cut);
    let mut marks: Vec<EdgeMark> = map.edges.iter().map(|_| EdgeMark::default()).collect();
    let find = |ends: (u32, u32)| map.edges.binary_search_by_key(&ends, |edge| (edge.from, edge.to)).ok();
    for id in model.edge_ids() {
        let edge = model.edge(id);
        let (Some(from), Some(to)) = (cut.box_of(edge.from), cut.box_of(edge.to)) else { continue };
        if from == to && !shows_items(cut, from) {
            continue;
        }
        for (_, reference) in model.references_of(id).filter(|(_, reference)| is_shown(reference, filter)) {
            let Some(index) = ends_of(cut, (from, to), reference).and_then(find) else { continue };
            match Union::side(reference) {
                Side::Before => marks[index].before += 1,
                Side::After => marks[index].after += 1,
            }
        }
    }
    for finding in &union.findings {
        let mut proved: FxHashSet<usize> = FxHashSet::default();
        for id in &finding.evidence {
            let reference = model.reference(*id);
            let edge = model.edge(reference.edge);
            let ends = cut.box_of(edge.from).zip(cut.box_of(edge.to));
            proved.extend(ends.and_then(|ends| ends_of(cut, ends, reference)).and_then(find));
        }
        #[expect(clippy::iter_over_hash_type, reason = "each edge is counted once, in any order")]
        for index in proved {
            let mark = &mut marks[index];
            match finding.fate {
                Fate::Added => {
                    mark.worse += 1;
                    mark.standing = Some(mark.standing.map_or(finding.standing, |other| other.min(finding.standing)));
                }
                Fate::Removed => mark.fixed += 1,
                _ => {}
            }
        }
    }
    for (mark, edge) in marks.iter_mut().zip(&map.edges) {
        let persists = |index: u32| boxes[index as usize].before && boxes[index as usize].after;
        mark.follows = !persists(edge.from) || !persists(edge.to);
    }
    marks
}

/// The boxes at the ends of a reference, in a picture where its edge has these.
fn ends_of(cut: &Cut, ends: (u32, u32), reference: &crate::model::Reference) -> Option<(u32, u32)> {
    let (from, to) = ends;
    let ends = match shows_items(cut, from) || shows_items(cut, to) {
        true => (cut.box_of(reference.from_item).unwrap_or(from), cut.box_of(reference.to_item).unwrap_or(to)),
        false => (from, to),
    };
    (ends.0 != ends.1).then_some(ends)
}
