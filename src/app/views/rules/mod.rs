//! The rules: riprap.toml in an editor, and beside it what it would lead to, before anything is saved.
//!
//! In: the draft and its outcome.  Out: requests to change, save or drop it.  Not here: judging (`worker`), and what a
//! change does to the text (`crate::edit`).

mod editor;
mod levels;
mod pane;
mod tokens;
mod trial;

use egui::{Button, CentralPanel, Panel, Ui, vec2};
use egui_material_icons::icons;

use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::panels::edit_notice;
use crate::app::rules_draft::RulesDraft;
use crate::app::state::{Document, State};
use crate::app::style;
use crate::app::widgets::{command_button, icon, prose, text};
use crate::theme::{Face, Role, TextSize};

/// Less is no room for two columns.
const NARROW_PTS: f32 = 860.0;

pub(crate) fn ui(ui: &mut Ui, state: &mut State, actions: &mut Actions) {
    let shown = state.document.as_mut().and_then(|document| document.rules_draft.shown.take());
    let Some(document) = &state.document else { return };
    let frame = |role| egui::Frame::new().fill(style::color(ui, role));
    let whole = frame(Role::Background);
    if document.rules_draft.text.is_none() {
        CentralPanel::default().frame(whole).show(ui, |ui| nothing_yet(ui, state, actions));
        return;
    }
    let (width, height) = (ui.available_width(), ui.available_height());
    let margin = frame(Role::Panel).inner_margin(egui::Margin::symmetric(12, 8));
    // In a narrow tile the text needs all of the width.
    let outcome = if width < NARROW_PTS {
        Panel::bottom("outcome below").default_size(height * 0.4).size_range(120.0..=height * 0.7)
    } else {
        Panel::right("outcome").default_size((width * 0.38).clamp(380.0, 640.0)).size_range(320.0..=1000.0)
    };
    outcome.resizable(true).frame(margin).show(ui, |ui| {
        // Before there is an outcome the panel would shrink to the word that says so.
        ui.set_min_size(ui.available_size());
        edit_notice(ui, document, state, actions);
        pane::outcome(ui, document, state, actions);
    });
    CentralPanel::default().frame(whole).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        bar(ui, document, state, actions);
        if document.rules_draft.on_disk.is_some() {
            conflict(ui, actions);
        }
        editor::editor(ui, &document.rules_draft, shown, actions);
    });
}

/// What is edited, whether it is saved, and what to do with it.
fn bar(ui: &mut Ui, document: &Document, state: &State, actions: &mut Actions) {
    egui::Frame::new().fill(style::color(ui, Role::Panel)).inner_margin(egui::Margin::symmetric(12, 6)).show(
        ui,
        |ui| {
            ui.horizontal(|ui| {
                ui.set_min_height(30.0);
                ui.label(text(ui, "riprap.toml", Face::SemiBold, TextSize::Body, Role::TextStrong));
                let (said, role) = saved(&document.rules_draft);
                ui.label(text(ui, said, Face::Regular, TextSize::Small, role));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    command_button(ui, Command::SaveRules, document.rules_draft.is_changed(), state, actions);
                    command_button(ui, Command::RevertRules, false, state, actions);
                    if document.sketch.is_some() && Command::SketchBoundaries.is_enabled(state) {
                        command_button(ui, Command::SketchBoundaries, false, state, actions);
                    }
                });
            });
        },
    );
}

fn saved(draft: &RulesDraft) -> (&'static str, Role) {
    match (&draft.base, draft.is_changed()) {
        (None, _) => ("New, not saved yet", Role::Warning),
        (Some(_), true) => ("Changes that are not saved", Role::Warning),
        (Some(_), false) => ("As on disk", Role::TextWeak),
    }
}

/// The file was changed by somebody else while there is a draft.
fn conflict(ui: &mut Ui, actions: &mut Actions) {
    egui::Frame::new().fill(style::color(ui, Role::WarningFill)).inner_margin(egui::Margin::symmetric(12, 6)).show(
        ui,
        |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                ui.label(icon(ui, icons::ICON_WARNING, 15.0, Role::Warning));
                prose(ui, "`riprap.toml` was changed on disk meanwhile.", Face::Regular, TextSize::Small);
                for (label, hint, action) in [
                    ("Load what is on disk", "Drops the changes that are not saved", Action::TakeTheirs),
                    ("Keep the draft", "Saving it replaces what is on disk", Action::KeepMine),
                ] {
                    let label = text(ui, label, Face::Medium, TextSize::Small, Role::Text);
                    if ui.add(Button::new(label)).on_hover_text(hint).clicked() {
                        actions.push(action);
                    }
                }
            });
        },
    );
}

/// Where there is no riprap.toml.
fn nothing_yet(ui: &mut Ui, state: &State, actions: &mut Actions) {
    ui.add_space((ui.available_height() * 0.28).min(240.0));
    ui.vertical_centered(|ui| {
        ui.set_max_width(420.0);
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        ui.label(icon(ui, icons::ICON_GAVEL, 34.0, Role::TextDisabled));
        ui.label(text(ui, "There is no riprap.toml yet", Face::SemiBold, TextSize::Heading, Role::TextStrong));
        let about = "It says which boundaries the workspace has, what they may use, and which broken rules are denied.  \
                     Without it everything only warns.  What you write is judged as you type, and nothing is saved \
                     before you say so.";
        ui.label(text(ui, about, Face::Regular, TextSize::Body, Role::TextWeak));
        ui.add_space(6.0);
        let draft = state.document.as_ref().map(|document| &document.rules_draft);
        if draft.is_some_and(|draft| draft.is_proposing()) {
            ui.label(text(ui, "Looking for boundaries…", Face::Medium, TextSize::Body, Role::TextWeak));
        } else {
            command_button(ui, Command::SketchBoundaries, true, state, actions);
            command_button(ui, Command::ProposeRules, false, state, actions);
            command_button(ui, Command::BeginRules, false, state, actions);
        }
        if let Some(told) = draft.and_then(|draft| draft.told.as_deref()) {
            ui.label(text(ui, told, Face::Regular, TextSize::Small, Role::Error));
        }
    });
}
