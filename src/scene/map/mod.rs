//! The map: nested boxes of the code tree, laid out so that dependencies point down.
//!
//! In: a model with its boundaries and its verdict, and a [`MapView`] that says what is open and what is left out.
//! Out: an [`Arrangement`] (what is where) and, from it and a [`Highlight`], a [`Drawn`] scene.  Drawing is cheap, so
//! that hover and selection redraw; arranging is redone when the view or the model changes.
//! Not here: painting, cameras, and reacting to a pointer.

mod arrange;
mod badge;
mod census;
pub mod comparison;
mod course;
mod cut;
mod drafted;
mod draw;
mod expansion;
mod face;
pub mod film;
mod focus;
mod glyph;
mod legend;
mod lift;
mod offence;
mod port;
mod ring;
mod route;
mod row;
mod size;
mod strand;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use arrange::{Arrangement, arrange};
pub(in crate::scene) use census::is_box as is_boxed;
pub use census::{BoxKind, Hidden};
pub use cut::{Cut, VisibleBox};
pub use drafted::{drafted_legend, draw_drafted};
pub use draw::{Drawn, draw};
pub use expansion::{Budget, initial_expansion};
pub use legend::{Legend, legend};
pub use lift::LiftedEdge;
pub use ring::ring_role;
pub use size::HEADER;
pub(in crate::scene) use size::stable_key;

use super::thing::{Place, Thing};
use crate::model::NodeId;

/// What a map shows: the input of [`arrange()`] that a person changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MapView {
    /// Nodes whose children are shown; all others are closed.
    pub open: BTreeSet<NodeId>,
    /// Fragments of boundaries that are shown as one box; all others are open.
    pub closed: BTreeSet<Place>,
    pub filter: Filter,
    pub edges: EdgeMode,
    /// Boxes that a person has put somewhere.
    pub pins: BTreeMap<Place, Pin>,
}

/// Where a box is held, from the corner of its container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pin {
    pub x: i32,
    pub y: i32,
}

/// How many steps around the selection stay in focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hops(u8);

impl Hops {
    pub const MOST: Self = Self(4);

    pub fn get(self) -> u8 {
        self.0
    }

    pub fn more(self) -> Self {
        Self((self.0 + 1).min(Self::MOST.0))
    }

    pub fn fewer(self) -> Self {
        Self(self.0.saturating_sub(1).max(1))
    }
}

impl Default for Hops {
    fn default() -> Self {
        Self(1)
    }
}

/// What is shown beside the code of the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Test, example, bench and build targets, test modules, and references that only tests have.
    pub tests: bool,
    /// What the configuration (`cfg`) leaves out.
    pub inactive: bool,
    /// Whether a module without modules below it opens into its items.
    pub items: bool,
}

impl Default for Filter {
    fn default() -> Self {
        Self { tests: false, inactive: false, items: true }
    }
}

/// Which edges are drawn without being asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EdgeMode {
    /// Those against the flow and those that break a rule, accepted debt left out; others when an end is hovered or
    /// selected.
    #[default]
    Quiet,
    All,
}

/// What stands out in a drawing; the input of [`draw()`] that changes with every move of the pointer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlight {
    pub selection: Option<Thing>,
    pub hover: Option<Thing>,
    /// What a search found; a node in a closed box marks that box.
    pub search: BTreeSet<NodeId>,
    /// What a person has gathered to do something with it.
    pub gathered: BTreeSet<Place>,
    /// Modules that a change reaches, each with its distance; 0 for what changes.
    pub rings: Arc<[(NodeId, usize)]>,
    /// Around the selection.
    pub hops: Hops,
}
