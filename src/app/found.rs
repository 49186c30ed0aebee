//! One row of what a search finds.
//!
//! In: nothing.  Out: [`Found`].  Not here: finding.

use super::command::Command;
use crate::model::NodeId;

/// What may be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Command(Command),
    Node(NodeId),
    /// By its name.
    Boundary(String),
    /// Between two modules.
    Edge {
        from: NodeId,
        to: NodeId,
    },
    /// Everything that a query finds, or the stops of a way.
    All(Vec<NodeId>),
    /// A named view, by its file.
    View(String),
    /// What a link leads to.
    Link(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) target: Target,
    pub(crate) text: String,
    /// Positions of the characters that matched, ascending.
    pub(crate) matched: Vec<u32>,
}
