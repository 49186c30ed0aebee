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

use egui::{CentralPanel, Margin, Panel, Ui};

use super::notice;
use crate::app::action::Actions;
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
    if state.side_open && !state.presenting {
        let width = (ui.available_width() * 0.29).clamp(300.0, 460.0);
        let beside = egui::Frame::new().fill(style::color(ui, Role::Panel)).inner_margin(Margin::symmetric(10, 8));
        Panel::right("commits").default_size(width).size_range(260.0..=900.0).resizable(true).frame(beside).show(
            ui,
            |ui| {
                // With little to say the panel would shrink, and the chart beside it move.
                ui.set_min_width(ui.available_width());
                commit::ui(ui, timeline, told, actions);
                list::ui(ui, timeline, told, actions);
            },
        );
    }
    CentralPanel::default().frame(whole).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if !state.presenting {
            bar::ui(ui, timeline, state, actions);
        }
        bar::progress(ui, timeline, told, state, actions);
        bar::notes(ui, told);
        let canvas = ui.available_rect_before_wrap();
        chart::ui(ui, timeline, told, actions);
        let now = ui.input(|input| input.time);
        notice::show(ui, canvas, state, now, actions);
    });
}
