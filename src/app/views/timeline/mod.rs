//! The timeline: what came and went over the commits, and a cursor on them.
//!
//! In: the history as far as it is known.  Out: requests.  Not here: what the chart looks like (`scene::timeline`), and going
//! through commits (`worker`).

mod bar;
mod card;
mod chart;
mod commit;
mod list;
mod telling;
mod waiting;

use egui::{CentralPanel, Ui};

use crate::app::action::Actions;
use crate::app::panels::side::panel;
use crate::app::state::State;
use crate::app::style;
use crate::theme::Role;

pub(crate) fn ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let Some(document) = &state.document else { return };
    let timeline = &document.timeline;
    let whole = egui::Frame::new().fill(style::color(ui, Role::Background));
    let Some(told) = &timeline.told else {
        CentralPanel::default().frame(whole).show(ui, |ui| waiting::ui(ui, timeline, state, actions));
        return;
    };
    CentralPanel::default().frame(whole).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if !state.presenting {
            bar::ui(ui, timeline, state, actions);
        }
        bar::progress(ui, timeline, told, state, actions);
        bar::notes(ui, told);
        chart::ui(ui, timeline, told, actions);
    });
}

/// The commit at the cursor, and all of them.
pub(crate) fn side(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let Some(document) = state.document.as_ref().filter(|_| state.side_open) else { return };
    let timeline = &document.timeline;
    let Some(told) = &timeline.told else { return };
    panel(ui, |ui| {
        commit::ui(ui, timeline, told, actions);
        list::ui(ui, timeline, told, actions);
    });
}
