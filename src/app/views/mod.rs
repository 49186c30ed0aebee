//! The window as a whole: which screen fills it, and what lies above.
//!
//! In: the state.  Out: widgets, and requests in [`Actions`].  Not here: changing the state.

mod carry;
mod chart;
mod compare;
mod failed;
mod gathered;
mod hover_card;
mod legend;
mod loading;
mod map;
mod minimap;
mod nearness;
mod notice;
mod rules;
mod shown_commit;
mod sketch;
mod spoken;
mod tiles;
mod timeline;
mod treemap_bar;
mod welcome;
mod whatif;

use egui::Ui;

use super::action::Actions;
use super::pane::Pane;
use super::panels;
use super::state::{Overlay, Screen, State};
use super::style;
use crate::theme::Role;

pub(crate) fn window_ui(ui: &mut Ui, state: &mut State, actions: &mut Actions) {
    let background = style::color(ui, Role::Background);
    let whole = egui::Frame::new().fill(background);
    match &state.screen {
        Screen::Welcome => {
            egui::CentralPanel::default().frame(whole).show(ui, |ui| welcome::ui(ui, state, actions));
        }
        Screen::Loading(loading) => {
            let loading = loading.clone();
            egui::CentralPanel::default().frame(whole).show(ui, |ui| loading::ui(ui, &loading, state, actions));
        }
        Screen::Failed(failure) => {
            let failure = failure.clone();
            egui::CentralPanel::default().frame(whole).show(ui, |ui| failed::ui(ui, &failure, state, actions));
        }
        Screen::Map => {
            if !state.presenting {
                panels::top_bar::show(ui, state, actions);
                panels::status::show(ui, state, actions);
            }
            shown_commit::show(ui, state, actions);
            if !state.presenting {
                beside(ui, state, actions);
            }
            egui::CentralPanel::default().frame(whole).show(ui, |ui| {
                let area = ui.available_rect_before_wrap();
                tiles::ui(ui, state, actions);
                let now = ui.input(|input| input.time);
                notice::show(ui, area, state, now, actions);
            });
        }
    }
    match std::mem::take(&mut state.overlay) {
        Overlay::None => {}
        Overlay::Finder(mut finder) => {
            panels::finder::show(ui, &mut finder, state, actions);
            state.overlay = Overlay::Finder(finder);
        }
        Overlay::Editor(mut choice) => {
            panels::editor::show(ui, &mut choice, state, actions);
            state.overlay = Overlay::Editor(choice);
        }
        Overlay::Revisions(mut choice) => {
            panels::revisions::show(ui, &mut choice, state, actions);
            state.overlay = Overlay::Revisions(choice);
        }
        Overlay::Amendment(mut amendment) => {
            panels::amendment::show(ui, &mut amendment, state, actions);
            state.overlay = Overlay::Amendment(amendment);
        }
        Overlay::Picture(mut dialog) => {
            panels::picture::show(ui, &mut dialog, state, actions);
            state.overlay = Overlay::Picture(dialog);
        }
        Overlay::Views => {
            panels::views::list(ui, state, actions);
            state.overlay = Overlay::Views;
        }
        Overlay::SaveView(mut form) => {
            panels::views::form(ui, &mut form, state, actions);
            state.overlay = Overlay::SaveView(form);
        }
        Overlay::Shortcuts => {
            panels::shortcuts::show(ui, actions);
            state.overlay = Overlay::Shortcuts;
        }
        Overlay::Unsaved(leaving) => {
            panels::unsaved::show(ui, actions);
            state.overlay = Overlay::Unsaved(leaving);
        }
    }
}

/// The panel that belongs to the view that is acted on, or else to one in sight.
fn beside(ui: &mut Ui, state: &mut State, actions: &mut Actions) {
    let has_panel = |pane: &Pane| *pane != Pane::Rules;
    let in_sight = state.tiles.in_sight();
    let Some(pane) = Some(state.tiles.focused).filter(has_panel).or(in_sight.into_iter().find(has_panel)) else {
        return;
    };
    match pane {
        Pane::Canvas(_) => panels::side::show(ui, state, actions),
        Pane::Compare => compare::side(ui, state, actions),
        Pane::Timeline => timeline::side(ui, state, actions),
        Pane::WhatIf => whatif::side(ui, state, actions),
        Pane::Sketch => sketch::side(ui, state, actions),
        Pane::Rules => {}
    }
}
