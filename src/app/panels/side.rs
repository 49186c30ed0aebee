//! The panel at the right: four tabs about the map, never more than one at a time.
//!
//! In: which tab is open.  Out: requests.  Not here: the tabs' contents.

use egui::{Button, Panel, Ui, vec2};

use super::{findings, inspector, notes, violations};
use crate::app::action::{Action, Actions};
use crate::app::state::{Side, State};
use crate::app::style;
use crate::app::widgets::text;
use crate::theme::{Face, Role, TextSize};

pub(crate) fn show(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let Some(document) = state.document.as_ref().filter(|_| state.side_open) else { return };
    panel(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let verdict = document.analysis.verdict.violations.len();
            let notes = document.analysis.notes.len();
            tab(ui, "Inspector", None, Side::Inspector, state, actions);
            let known = findings::shown(document, state).map(|shown| shown.len());
            tab(ui, "Findings", known, Side::Findings, state, actions);
            tab(ui, "Violations", Some(verdict), Side::Violations, state, actions);
            tab(ui, "Notes", Some(notes), Side::Notes, state, actions);
        });
        ui.add_space(4.0);
        match state.side {
            Side::Inspector => inspector::show(ui, document, actions),
            Side::Findings => findings::show(ui, document, state, actions),
            Side::Violations => violations::show(ui, document, state, actions),
            Side::Notes => notes::show(ui, document, actions),
        }
    });
}

/// The panel at the right, as wide for each view.
pub(crate) fn panel(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let width = (ui.available_width() * 0.29).clamp(330.0, 460.0);
    let frame = egui::Frame::new().fill(style::color(ui, Role::Panel)).inner_margin(egui::Margin::symmetric(10, 8));
    Panel::right("side panel").default_size(width).size_range(280.0..=900.0).resizable(true).frame(frame).show(
        ui,
        |ui| {
            // With little to say the panel would shrink, and what is beside it move.
            ui.set_min_width(ui.available_width());
            contents(ui);
        },
    );
}

fn tab(ui: &mut Ui, name: &str, count: Option<usize>, side: Side, state: &State, actions: &mut Actions) {
    let selected = state.side == side;
    let role = if selected { Role::TextStrong } else { Role::TextWeak };
    let label = match count {
        Some(count) => format!("{name} {count}"),
        None => name.to_owned(),
    };
    let button = Button::selectable(selected, text(ui, label, Face::Medium, TextSize::Body, role));
    if ui.add(button.min_size(vec2(0.0, 28.0))).clicked() {
        actions.push(Action::ShowSide(side));
    }
}
