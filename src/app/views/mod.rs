//! The window as a whole: which screen fills it, and what lies above.
//!
//! In: the state.  Out: widgets, and requests in [`Actions`].  Not here: changing the state.

mod chart;
mod compare;
mod failed;
mod gathered;
mod hover_card;
mod legend;
mod loading;
mod map;
mod notice;
mod rules;
mod shown_commit;
mod sketch;
mod timeline;
mod treemap_bar;
mod welcome;
mod whatif;

use egui::Ui;

use super::action::Actions;
use super::panels;
use super::state::{Center, Overlay, Screen, State};
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
            match state.center {
                Center::Map => {
                    if !state.presenting {
                        panels::side::show(ui, state, actions);
                    }
                    egui::CentralPanel::default().frame(whole).show(ui, |ui| map::ui(ui, state, actions));
                }
                Center::Compare => compare::ui(ui, state, actions),
                Center::Rules => rules::ui(ui, state, actions),
                Center::Timeline => timeline::ui(ui, state, actions),
                Center::WhatIf => whatif::ui(ui, state, actions),
                Center::Sketch => sketch::ui(ui, state, actions),
            }
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
