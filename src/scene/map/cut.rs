//! The visible set: which boxes a view shows, and in which of them each node of the model is found.
//!
//! In: the code tree, the boundaries over it, and what is open.  Out: a [`Cut`], boxes with a parent before its
//! children.  Not here: where the boxes are, and the edges between them.

use rustc_hash::FxHashMap;

use super::MapView;
use super::census::{BoxKind, Census, Hidden, is_extra};
use crate::boundary::{Boundaries, BoundaryId};
use crate::model::{Model, NodeId, NodeKind, WORKSPACE};
use crate::scene::thing::Place;

/// One box of the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisibleBox {
    pub place: Place,
    /// An index into [`Cut::boxes`]; `None` directly below the workspace.
    pub parent: Option<u32>,
    /// How many boxes are around it.
    pub depth: u32,
    /// Whether its children are shown.
    pub open: bool,
    /// Whether it has children that could be shown.
    pub expandable: bool,
    /// Kind and name come from this node: a package's only target hides behind its package.
    pub kind: BoxKind,
    /// The boundary whose sign the box wears: its own for a fragment; for a node one that has no other box here.
    pub boundary: Option<BoundaryId>,
    /// Modules below it that the filter lets through, itself not counted.
    pub modules: u32,
    pub lines: u64,
    pub test: bool,
    pub inactive: bool,
    /// A person has put it where it is.
    pub pinned: bool,
}

/// The boxes of a view; an index into `boxes` names a box of this cut alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// A parent before its children; siblings in the order of the model.
    pub boxes: Vec<VisibleBox>,
    /// Children of each box, in the order of `boxes`.
    pub children: Vec<Vec<u32>>,
    pub hidden: Hidden,
    /// The innermost box around each node of the model; `u32::MAX` for none.
    box_of: Vec<u32>,
    by_place: FxHashMap<Place, u32>,
}

const NO_BOX: u32 = u32::MAX;

impl Cut {
    /// The innermost visible box that holds a node; `None` for the workspace and for what the filter hides.
    pub fn box_of(&self, node: NodeId) -> Option<u32> {
        self.box_of.get(node.0 as usize).copied().filter(|index| *index != NO_BOX)
    }

    /// The box of a place, if that very place is shown.
    pub fn find(&self, place: Place) -> Option<u32> {
        self.by_place.get(&place).copied()
    }

    /// The box of a place or, where it is not shown itself, of the innermost box around it.
    pub fn box_at(&self, place: Place) -> Option<u32> {
        self.find(place).or_else(|| match place {
            Place::Node(node) => self.box_of(node),
            Place::Fragment { parent, .. } => self.box_of(parent),
        })
    }

    /// A box, its parent, and so on outwards.
    pub fn ancestors(&self, index: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some(index), |index| self.boxes[*index as usize].parent)
    }

    /// True for a box and itself.
    pub fn is_within(&self, index: u32, container: u32) -> bool {
        self.ancestors(index).any(|ancestor| ancestor == container)
    }
}

/// The boxes that a view shows; the census has the view's filter.
pub(super) fn cut(census: &Census<'_>, boundaries: &Boundaries, view: &MapView) -> Cut {
    let hidden = census.hidden;
    let mut builder = Builder { census, boundaries, view, cut: Cut { hidden, ..Cut::default() } };
    let packages = builder.census.contents(WORKSPACE);
    builder.add_group(&packages, &Inside { parent: None, node: WORKSPACE, depth: 0, around: &[] });
    builder.finish()
}

struct Builder<'a> {
    census: &'a Census<'a>,
    boundaries: &'a Boundaries,
    view: &'a MapView,
    cut: Cut,
}

/// Where boxes are added.
struct Inside<'a> {
    parent: Option<u32>,
    /// The innermost node around them.
    node: NodeId,
    depth: u32,
    /// The boundaries that have a box around them.
    around: &'a [BoundaryId],
}

impl Builder<'_> {
    /// Adds the contents of one box: a box for each boundary among them that is not around them already.
    fn add_group(&mut self, nodes: &[NodeId], inside: &Inside<'_>) {
        // Fragments stand where their first member stands, so that the order does not depend on ids of boundaries.
        let mut groups: Vec<(Option<BoundaryId>, Vec<NodeId>)> = Vec::new();
        for node in nodes {
            let outermost = self.outermost(*node, inside.around);
            match groups.iter_mut().find(|(boundary, _)| outermost.is_some() && *boundary == outermost) {
                Some((_, members)) => members.push(*node),
                None => groups.push((outermost, vec![*node])),
            }
        }
        for (boundary, members) in groups {
            match (boundary, &members[..]) {
                (Some(boundary), [only]) if self.n_without_box(*only, inside.around) == 1 => {
                    self.add_node(*only, Some(boundary), inside);
                }
                (Some(boundary), members) => self.add_fragment(boundary, members, inside),
                (None, members) => {
                    for node in members {
                        self.add_node(*node, None, inside);
                    }
                }
            }
        }
    }

    /// The outermost boundary of a node that has no box around it yet.
    fn outermost(&self, node: NodeId, around: &[BoundaryId]) -> Option<BoundaryId> {
        self.boundaries.chain(node).filter(|boundary| !around.contains(boundary)).last()
    }

    /// How many boundaries of a node have no box around it yet.
    fn n_without_box(&self, node: NodeId, around: &[BoundaryId]) -> usize {
        self.boundaries.chain(node).filter(|boundary| !around.contains(boundary)).count()
    }

    fn add_fragment(&mut self, boundary: BoundaryId, members: &[NodeId], inside: &Inside<'_>) {
        let place = Place::Fragment { boundary, parent: inside.node };
        let open = !self.view.closed.contains(&place);
        let index = self.push(VisibleBox {
            place,
            parent: inside.parent,
            depth: inside.depth,
            open,
            expandable: true,
            kind: BoxKind::Boundary,
            boundary: Some(boundary),
            modules: members
                .iter()
                .map(|node| self.census.modules(*node) + u32::from(self.census.kind(*node) == BoxKind::Module))
                .sum(),
            lines: members.iter().map(|node| self.census.lines(*node)).sum(),
            test: members.iter().all(|node| self.is_test(*node)),
            inactive: members.iter().all(|node| !self.census.model.node(*node).active),
            pinned: self.view.pins.contains_key(&place),
        });
        if open {
            let around: Vec<BoundaryId> = inside.around.iter().copied().chain([boundary]).collect();
            let inside = Inside { parent: Some(index), node: inside.node, depth: inside.depth + 1, around: &around };
            self.add_group(members, &inside);
        } else {
            for node in members {
                self.cut.box_of_mut(self.census.model)[node.0 as usize] = index;
            }
        }
    }

    fn add_node(&mut self, node: NodeId, boundary: Option<BoundaryId>, inside: &Inside<'_>) {
        let contents = self.census.contents(node);
        let open = !contents.is_empty() && self.view.open.contains(&node);
        let kind = self.census.kind(node);
        let data = self.census.model.node(node);
        let index = self.push(VisibleBox {
            place: Place::Node(node),
            parent: inside.parent,
            depth: inside.depth,
            open,
            expandable: !contents.is_empty(),
            kind,
            boundary,
            modules: self.census.modules(node),
            lines: if matches!(data.kind, NodeKind::Item(_)) { u64::from(data.lines) } else { self.census.lines(node) },
            test: self.is_test(node),
            inactive: !data.active,
            pinned: self.view.pins.contains_key(&Place::Node(node)),
        });
        let box_of = self.cut.box_of_mut(self.census.model);
        box_of[node.0 as usize] = index;
        if open {
            let around: Vec<BoundaryId> = inside.around.iter().copied().chain(boundary).collect();
            let inside = Inside { parent: Some(index), node, depth: inside.depth + 1, around: &around };
            self.add_group(&contents, &inside);
        }
    }

    fn is_test(&self, node: NodeId) -> bool {
        let node = self.census.model.node(node);
        node.test || matches!(node.kind, NodeKind::Target(kind) if is_extra(kind))
    }

    fn push(&mut self, visible: VisibleBox) -> u32 {
        let index = self.cut.boxes.len() as u32;
        self.cut.by_place.insert(visible.place, index);
        if let Some(parent) = visible.parent {
            self.cut.children[parent as usize].push(index);
        }
        self.cut.boxes.push(visible);
        self.cut.children.push(Vec::new());
        index
    }

    /// Nodes without a box are found in the box of their parent.
    fn finish(mut self) -> Cut {
        let model = self.census.model;
        let census = self.census;
        let box_of = self.cut.box_of_mut(model);
        for id in model.top_down().into_iter().skip(1) {
            let at = id.0 as usize;
            if !census.is_shown(id) {
                box_of[at] = NO_BOX;
            } else if box_of[at] == NO_BOX {
                box_of[at] = box_of[model.node(id).parent.unwrap_or(WORKSPACE).0 as usize];
            }
        }
        self.cut
    }
}

impl Cut {
    fn box_of_mut(&mut self, model: &Model) -> &mut [u32] {
        self.box_of.resize(model.node_ids().len(), NO_BOX);
        &mut self.box_of
    }
}
