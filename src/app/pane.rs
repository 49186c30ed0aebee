//! What a tile of the window can show: each view at most once.
//!
//! In: nothing.  Out: [`Pane`], a part of the state.  Not here: where the tiles are (`tiles`), and what views look like
//! (`views`).

use super::command::Command;
use super::look::Drawing;
use crate::viewpoint::View;

/// A view as a tile shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pane {
    /// The map or another picture of the same boxes.
    Canvas(Drawing),
    /// Violations over the commits.
    Timeline,
    /// Two revisions on one picture.
    Compare,
    /// The map of a draft.
    WhatIf,
    Rules,
    /// The first boundaries of a workspace that has none.
    Sketch,
}

impl Default for Pane {
    fn default() -> Self {
        Self::MAP
    }
}

impl Pane {
    pub(crate) const MAP: Self = Self::Canvas(Drawing::Map);

    /// In the order of the tabs; what comes before there are rules has none.
    pub(crate) const ALL: [Self; 7] = [
        Self::MAP,
        Self::Canvas(Drawing::Matrix),
        Self::Canvas(Drawing::Treemap),
        Self::Timeline,
        Self::Compare,
        Self::WhatIf,
        Self::Rules,
    ];

    /// The command that shows it, whose label is its name.
    pub(crate) fn command(self) -> Command {
        match self {
            Self::Canvas(Drawing::Map) => Command::ShowMap,
            Self::Canvas(Drawing::Matrix) => Command::ShowMatrix,
            Self::Canvas(Drawing::Treemap) => Command::ShowTreemap,
            Self::Timeline => Command::ShowTimeline,
            Self::Compare => Command::ShowCompare,
            Self::WhatIf => Command::ShowWhatIf,
            Self::Rules => Command::ShowRules,
            Self::Sketch => Command::SketchBoundaries,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        self.command().label().trim_end_matches('…')
    }

    /// The picture, if it is one of the boxes that are open.
    pub(crate) fn drawing(self) -> Option<Drawing> {
        match self {
            Self::Canvas(drawing) => Some(drawing),
            _ => None,
        }
    }

    pub(crate) fn is_canvas(self) -> bool {
        self.drawing().is_some()
    }

    pub(crate) fn view(self) -> View {
        match self {
            Self::Canvas(Drawing::Map) => View::Map,
            Self::Canvas(Drawing::Matrix) => View::Matrix,
            Self::Canvas(Drawing::Treemap) => View::Treemap,
            Self::Timeline => View::Timeline,
            Self::Compare => View::Compare,
            Self::WhatIf => View::WhatIf,
            Self::Rules => View::Rules,
            Self::Sketch => View::Boundaries,
        }
    }

    /// What shows a view; lists stand beside the map.
    pub(crate) fn of(view: View) -> Self {
        Self::ALL.into_iter().chain([Self::Sketch]).find(|pane| pane.view() == view).unwrap_or_default()
    }
}
