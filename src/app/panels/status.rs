//! The bar at the bottom: how large the workspace is, what is wrong, what could not be seen, and what is hidden.
//!
//! In: counts.  Out: requests to show the lists behind them.

use std::collections::BTreeSet;

use egui::{Button, Panel, Ui};
use egui_material_icons::{MaterialIcon, icons};

use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::state::{Document, Side, State};
use crate::app::style;
use crate::app::widgets::{counted, icon, text};
use crate::theme::{Face, Role, TextSize};
use crate::verdict::Standing;

pub(crate) fn show(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let frame = egui::Frame::new().fill(style::color(ui, Role::Panel)).inner_margin(egui::Margin::symmetric(10, 3));
    Panel::bottom("status bar").resizable(false).frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 14.0;
            ui.spacing_mut().button_padding = egui::vec2(4.0, 1.0);
            let Some(document) = &state.document else { return };
            counts(ui, document, actions);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let zoom = state.camera().map_or(1.0, |camera| camera.zoom());
                let zoom = format!("{:.0} %", zoom * 100.0);
                if ui
                    .add(Button::new(words(ui, &zoom)).frame_when_inactive(false))
                    .on_hover_text("Zoom to 100 %")
                    .clicked()
                {
                    actions.run(Command::ZoomReset);
                }
                if let Some(hint) = state.renderer_hint.as_deref().filter(|hint| !hint.is_empty()) {
                    ui.label(words(ui, hint)).on_hover_text("No graphics card was found: large maps move slowly");
                }
                hidden(ui, document, actions);
                followed(ui, document, actions);
            });
        });
    });
}

fn counts(ui: &mut Ui, document: &Document, actions: &mut Actions) {
    let counts = &document.counts;
    for (count, one, many) in [
        (counts.packages as u64, "package", "packages"),
        (counts.modules as u64, "module", "modules"),
        (counts.edges as u64, "edge", "edges"),
        (counts.lines, "line", "lines"),
    ] {
        ui.label(words(ui, &counted(count, one, many)));
    }
    let tally = document.analysis.verdict.tally();
    let (sign, role) = match tally.worst() {
        Some(Standing::Denied) => (icons::ICON_WARNING, Role::Violation),
        Some(Standing::Warned) => (icons::ICON_WARNING, Role::Warning),
        Some(Standing::Accepted) => (icons::ICON_CHECK, Role::TextWeak),
        None => (icons::ICON_CHECK_CIRCLE, Role::Success),
    };
    let said = counted(u64::from(tally.total()), "violation", "violations");
    if sign_button(ui, sign, role, &said, &tally.in_words()) {
        actions.push(Action::ShowSide(Side::Violations));
    }
    let (problems, files) = (&document.analysis.problems, &document.analysis.config_files);
    let wrong = problems.iter().filter_map(|problem| files.locate(problem.span)).map(|(file, _)| file.path.as_str());
    let wrong: BTreeSet<&str> = wrong.collect();
    if !problems.is_empty() {
        let places = wrong.into_iter().collect::<Vec<_>>().join(", ");
        let said = format!("{} in {places}", counted(problems.len() as u64, "problem", "problems"));
        if sign_button(ui, icons::ICON_ERROR, Role::Error, &said, "It is not used before they are right") {
            actions.push(Action::ShowSide(Side::Violations));
        }
    }
    let notes = document.analysis.notes.len();
    let said = counted(notes as u64, "note", "notes");
    if sign_button(ui, icons::ICON_VISIBILITY_OFF, Role::TextWeak, &said, "What could not be seen") {
        actions.push(Action::ShowSide(Side::Notes));
    }
}

/// What the filter leaves out is always said.
fn hidden(ui: &mut Ui, document: &Document, actions: &mut Actions) {
    let hidden = document.arrangement.cut.hidden;
    for (count, what, command) in
        [(hidden.tests, "of tests", Command::ToggleTests), (hidden.inactive, "inactive", Command::ToggleInactive)]
    {
        if count > 0 {
            let said = format!("{} {what} hidden", counted(u64::from(count), "module", "modules"));
            let button = Button::new(words(ui, &said)).frame_when_inactive(false);
            if ui.add(button).on_hover_text(command.label()).clicked() {
                actions.run(command);
            }
        }
    }
}

/// Whether what is shown is what is on disk; nothing is said while it is.
fn followed(ui: &mut Ui, document: &Document, actions: &mut Actions) {
    if document.following.is_some() {
        ui.label(words(ui, "Updating…"));
    }
    let missed = [
        (&document.stale, "Out of date", "The last change on disk could not be analysed"),
        (&document.unwatched, "Not following changes", "Reload to see what changed"),
    ];
    for (reason, said, what) in missed {
        let Some(reason) = reason else { continue };
        let button = Button::new(words(ui, said)).frame_when_inactive(false);
        if ui.add(button).on_hover_text(format!("{what}: {reason}")).clicked() {
            actions.run(Command::Reload);
        }
    }
}

fn words(ui: &Ui, said: &str) -> egui::RichText {
    text(ui, said, Face::Regular, TextSize::Small, Role::TextWeak)
}

fn sign_button(ui: &mut Ui, sign: MaterialIcon, role: Role, said: &str, hint: &str) -> bool {
    let label = text(ui, said, Face::Medium, TextSize::Small, Role::Text);
    let response = ui.add(Button::new((icon(ui, sign, 14.0, role), label)).frame_when_inactive(false));
    let clicked = response.clicked();
    if !hint.is_empty() {
        response.on_hover_text(hint);
    }
    clicked
}
