//! What commands mean on any map: the one of the workspace, of two revisions, of a draft, of first boundaries.
//!
//! In: a [`Command`].  Out: what it changes of a view or a camera.  A part of `execute`.  Not here: whose view that is.

use super::canvas::camera::Camera;
use super::command::Command;
use super::motion::Arrival;
use crate::model::Model;
use crate::scene::map::{EdgeMode, MapView};

type Change = fn(&Model, &mut MapView);

/// What a command changes of what a map shows, and where the eye goes then; `None` for one that is not about that.
pub(super) fn of_view(command: Command) -> Option<(Arrival, Change)> {
    Some(match command {
        Command::ExpandToPackages => (Arrival::Fit, |model, view| view.expand_to_level(model, 1)),
        Command::ExpandToLevel2 => (Arrival::Fit, |model, view| view.expand_to_level(model, 2)),
        Command::ExpandToLevel3 => (Arrival::Fit, |model, view| view.expand_to_level(model, 3)),
        Command::ExpandToLevel4 => (Arrival::Fit, |model, view| view.expand_to_level(model, 4)),
        Command::ToggleEdges => (Arrival::Stay, |_, view| {
            view.edges = if view.edges == EdgeMode::All { EdgeMode::Quiet } else { EdgeMode::All };
        }),
        Command::ToggleTests => (Arrival::Stay, |_, view| view.filter.tests = !view.filter.tests),
        Command::ToggleInactive => (Arrival::Stay, |_, view| view.filter.inactive = !view.filter.inactive),
        _ => return None,
    })
}

pub(super) fn zoom(camera: &mut Camera, command: Command, animated: bool) {
    match command {
        Command::ZoomIn => camera.zoom_by(1.25, animated),
        Command::ZoomOut => camera.zoom_by(0.8, animated),
        _ => camera.zoom_reset(animated),
    }
}
