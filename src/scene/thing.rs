//! What you can point at: the one value that selection, hover, hits and focus share.
//!
//! In: ids of the model and of the boundaries laid over it.  Out: [`Thing`].  Not here: where a thing is drawn, and
//! what it says about itself.

use crate::boundary::BoundaryId;
use crate::model::NodeId;

/// A box of a picture: a node of the code tree, or the part of a boundary that lies in one parent.
///
/// A boundary with code in several parents is drawn once in each; all its fragments have the same name and hue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    Node(NodeId),
    Fragment { boundary: BoundaryId, parent: NodeId },
}

impl Place {
    /// The node that the box stands for; `None` for a fragment of a boundary.
    pub fn node(self) -> Option<NodeId> {
        match self {
            Self::Node(node) => Some(node),
            Self::Fragment { .. } => None,
        }
    }
}

impl From<NodeId> for Place {
    fn from(node: NodeId) -> Self {
        Self::Node(node)
    }
}

/// A thing in a picture that can be hovered, selected and explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    Node(NodeId),
    Boundary {
        boundary: BoundaryId,
        parent: NodeId,
    },
    /// All references from one place to another.
    Edge {
        from: Place,
        to: Place,
    },
}

impl Thing {
    /// The edge between two nodes.
    pub fn edge(from: NodeId, to: NodeId) -> Self {
        Self::Edge { from: from.into(), to: to.into() }
    }

    /// The box that the thing is; `None` for an edge.
    pub fn place(self) -> Option<Place> {
        match self {
            Self::Node(node) => Some(Place::Node(node)),
            Self::Boundary { boundary, parent } => Some(Place::Fragment { boundary, parent }),
            Self::Edge { .. } => None,
        }
    }
}

impl From<Place> for Thing {
    fn from(place: Place) -> Self {
        match place {
            Place::Node(node) => Self::Node(node),
            Place::Fragment { boundary, parent } => Self::Boundary { boundary, parent },
        }
    }
}
