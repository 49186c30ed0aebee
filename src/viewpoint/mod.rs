//! How a workspace is looked at, in words that outlive one analysis of it: which view, what is open, what is selected,
//! what is left out, and which part is in sight.
//!
//! In: a [`MapView`] and a selection with the model that they speak of; or a link, or a file of `riprap.views/`.  Out: a
//! [`Viewpoint`], its link, its file, and the way back, with the names that nothing has any more.  Not here: reading and
//! writing files, and drawing.

mod expansion;
pub mod file;
pub mod link;
mod region;

pub use expansion::{Expansion, Found};
pub use region::Region;

use std::collections::BTreeMap;

use crate::scene::map::{EdgeMode, Filter};
use crate::scene::matrix::Reading;
use crate::scene::timeline::Axis;
use crate::scene::treemap::Choice;

/// What fills the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    #[default]
    Map,
    Matrix,
    Treemap,
    Timeline,
    Compare,
    Findings,
    Violations,
    Notes,
    Rules,
    WhatIf,
    /// First boundaries for a workspace that has none.
    Boundaries,
}

impl View {
    pub const ALL: [Self; 11] = [
        Self::Map,
        Self::Matrix,
        Self::Treemap,
        Self::Timeline,
        Self::Compare,
        Self::Findings,
        Self::Violations,
        Self::Notes,
        Self::Rules,
        Self::WhatIf,
        Self::Boundaries,
    ];

    /// As `--view` takes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::Matrix => "matrix",
            Self::Treemap => "treemap",
            Self::Timeline => "timeline",
            Self::Compare => "compare",
            Self::Findings => "findings",
            Self::Violations => "violations",
            Self::Notes => "notes",
            Self::Rules => "rules",
            Self::WhatIf => "whatif",
            Self::Boundaries => "boundaries",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.word() == word)
    }

    /// The words of all, for a message.
    pub fn words() -> String {
        Self::ALL.map(Self::word).join(", ")
    }
}

/// How a workspace is looked at.  Things are named as `--focus` names them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Viewpoint {
    pub view: View,
    /// Which two revisions are compared, the earlier one first.
    pub revisions: Option<(String, String)>,
    /// What is selected.
    pub focus: Option<String>,
    /// What is open; `None` for what a first look opens.
    pub expansion: Option<Expansion>,
    pub filter: Filter,
    pub edges: EdgeMode,
    /// What a search found.
    pub found: Vec<String>,
    /// Where boxes are held in their containers.
    pub pins: BTreeMap<String, (i32, i32)>,
    /// Of the matrix.
    pub reading: Reading,
    /// Of the treemap.
    pub choice: Choice,
    /// Of a comparison.
    pub side_by_side: bool,
    /// Of the timeline.
    pub axis: Axis,
    /// What is in sight; `None` for all.
    pub region: Option<Region>,
}
