//! Buttons and menu items made from a command: label, tooltip, shortcut and whether it is possible come with it.
//!
//! In: a [`Command`], the state.  Out: the command in the [`Actions`] when it is clicked.  Not here: what it does.

use egui::{Button, Response, Ui, vec2};
use egui_material_icons::MaterialIcon;

use super::icon;
use crate::app::action::Actions;
use crate::app::command::Command;
use crate::app::state::State;
use crate::app::style;
use crate::theme::Role;

/// A square button that shows an icon alone.
pub(crate) fn icon_command(ui: &mut Ui, command: Command, sign: MaterialIcon, state: &State, actions: &mut Actions) {
    let enabled = command.is_enabled(state);
    let role = match (enabled, command.is_on(state)) {
        (false, _) => Role::TextDisabled,
        (true, Some(true)) => Role::TextStrong,
        (true, _) => Role::Text,
    };
    let button = Button::new(icon(ui, sign, 17.0, role)).frame_when_inactive(false).min_size(vec2(28.0, 28.0));
    let button = button.selected(command.is_on(state) == Some(true));
    let response = ui.add_enabled(enabled, button).accessible_name(command.label());
    with_tooltip(response, command, state, actions);
}

/// A button with the command's label; `main` for what most people want next.
pub(crate) fn command_button(ui: &mut Ui, command: Command, main: bool, state: &State, actions: &mut Actions) {
    let enabled = command.is_enabled(state);
    let mut button = Button::new(command.label()).min_size(vec2(0.0, 30.0));
    if main {
        let label = egui::RichText::new(command.label()).color(style::color(ui, Role::TextOnAccent));
        button = Button::new(label).min_size(vec2(0.0, 30.0)).fill(style::color(ui, Role::Accent));
    }
    let response = ui.add_enabled(enabled, button);
    with_tooltip(response, command, state, actions);
}

/// A line of a menu; a switch shows whether it is on.
pub(crate) fn command_menu_item(ui: &mut Ui, command: Command, state: &State, actions: &mut Actions) {
    let mut button = Button::new(command.label());
    if command.is_on(state) == Some(true) {
        let tick = icon(ui, egui_material_icons::icons::ICON_CHECK, 14.0, Role::Text);
        button = Button::new((command.label(), tick));
    }
    if let Some(keys) = command.shortcut_text(ui.ctx()) {
        button = button.shortcut_text(keys);
    }
    let response = ui.add_enabled(command.is_enabled(state), button.wrap_mode(egui::TextWrapMode::Extend));
    if response.on_hover_text(command.tooltip()).clicked() {
        actions.run(command);
        ui.close();
    }
}

fn with_tooltip(response: Response, command: Command, _state: &State, actions: &mut Actions) {
    let shortcut = command.shortcut_text(&response.ctx);
    let response = response.on_hover_ui(|ui| {
        ui.label(command.label());
        ui.label(egui::RichText::new(command.tooltip()).weak().small());
        if let Some(shortcut) = &shortcut {
            ui.label(egui::RichText::new(shortcut).weak().small());
        }
    });
    if response.clicked() {
        actions.run(command);
    }
}
