//! The sign of each view, the same on tabs and tiles.
//!
//! In: a [`Pane`].  Out: its icon.

use egui_material_icons::{MaterialIcon, icons};

use crate::app::look::Drawing;
use crate::app::pane::Pane;

pub(crate) fn sign_of(pane: Pane) -> MaterialIcon {
    match pane {
        Pane::Canvas(Drawing::Map) => icons::ICON_ACCOUNT_TREE,
        Pane::Canvas(Drawing::Matrix) => icons::ICON_GRID_ON,
        Pane::Canvas(Drawing::Treemap) => icons::ICON_VIEW_QUILT,
        Pane::Timeline => icons::ICON_TIMELINE,
        Pane::Compare => icons::ICON_DIFFERENCE,
        Pane::WhatIf => icons::ICON_ALT_ROUTE,
        Pane::Rules => icons::ICON_RULE,
        Pane::Sketch => icons::ICON_LASSO_SELECT,
    }
}
