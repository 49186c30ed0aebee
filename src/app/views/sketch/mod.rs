//! First boundaries: the map of the groups, on which boxes are moved by hand, and beside it the list of groups with what they
//! lead to.
//!
//! In: the sketch.  Out: requests for what was clicked, moved, drawn around and chosen.  The camera, the lasso and a box that
//! is being moved follow the hand within the frame.  Not here: what is drawn (`scene`), and changing groups (`app::sketching`).

mod canvas;
mod group;
mod list;
mod outcome;
mod piece;

use egui::{CentralPanel, Panel, Ui};
use egui_material_icons::icons;

use super::gathered;
use super::legend::legend_of;
use super::map::controls;
use crate::app::action::Actions;
use crate::app::command::Command;
use crate::app::gathering;
use crate::app::pane::Pane;
use crate::app::sketch::Sketch;
use crate::app::state::State;
use crate::app::style;
use crate::app::widgets::{empty_state, sentence};
use crate::theme::Role;

pub(crate) fn ui(ui: &mut Ui, state: &mut State, actions: &mut Actions) {
    let whole = egui::Frame::new().fill(style::color(ui, Role::Background));
    CentralPanel::default().frame(whole).show(ui, |ui| {
        let rect = ui.available_rect_before_wrap();
        let animated = !state.settings.reduced_motion;
        let Some(sketch) = state.document.as_mut().and_then(|document| document.sketch.as_deref_mut()) else { return };
        if sketch.laid.is_none() {
            match &sketch.told {
                Some(told) => empty_state(ui, icons::ICON_ERROR, "No groups were found", &sentence(told)),
                None => empty_state(
                    ui,
                    icons::ICON_HOURGLASS_EMPTY,
                    "Looking for groups…",
                    "They are judged as they are found",
                ),
            }
            return;
        }
        let response = canvas::map(ui, rect, sketch, animated, actions);
        canvas::menu(&response, state, actions);
        if state.tiles.focused == Pane::Sketch {
            controls(ui, rect, state, actions);
        }
        let Some(sketch) = state.document.as_ref().and_then(|document| document.sketch.as_deref()) else { return };
        if !sketch.meanings.is_empty() {
            legend_of(ui, rect, &sketch.legend, &sketch.meanings);
        }
        if let Some(said) = gathered_words(sketch) {
            let offers = [(Command::MakeBoundary, "Make a group"), (Command::MoveTo, "Put into…")];
            let offers = if sketch.gathered.is_empty() { &[][..] } else { &offers };
            gathered::plate(ui, rect, &said, offers, actions);
        }
    });
}

/// The list of groups.
pub(crate) fn side(ui: &mut Ui, state: &mut State, actions: &mut Actions) {
    let width = (ui.available_width() * 0.34).clamp(380.0, 520.0);
    let frame = egui::Frame::new().fill(style::color(ui, Role::Panel)).inner_margin(egui::Margin::symmetric(12, 8));
    Panel::right("groups").default_size(width).size_range(340.0..=900.0).resizable(true).frame(frame).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        list::ui(ui, state, actions);
    });
}

/// What is gathered, or what to do with the lasso.
fn gathered_words(sketch: &Sketch) -> Option<String> {
    let laid = sketch.laid.as_ref()?;
    match (sketch.gathered.is_empty(), sketch.lasso.armed) {
        (true, false) => None,
        (true, true) => Some("Draw a line around packages or modules".to_owned()),
        (false, _) => {
            let code = gathering::code(laid.model(), laid.boundaries(), &sketch.gathered);
            Some(format!("Gathered: {}", gathering::in_words(laid.model(), &code)))
        }
    }
}
