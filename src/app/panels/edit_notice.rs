//! What the window last wrote into a file, with the way back; or why it could not.
//!
//! In: the last edit.  Out: a line above a panel.  Not here: editing.

use egui::{Button, Ui};
use egui_material_icons::icons;

use crate::app::action::Actions;
use crate::app::command::Command;
use crate::app::state::{Document, State};
use crate::app::style;
use crate::app::widgets::{icon, prose, text};
use crate::theme::{Face, Role, TextSize, radius};

pub(crate) fn edit_notice(ui: &mut Ui, document: &Document, state: &State, actions: &mut Actions) {
    let Some(told) = &document.edited else { return };
    let (ground, sign, role, said) = match told {
        Ok(said) => (Role::Sunken, icons::ICON_CHECK, Role::Success, said),
        Err(said) => (Role::ErrorFill, icons::ICON_ERROR, Role::Error, said),
    };
    egui::Frame::new()
        .fill(style::color(ui, ground))
        .corner_radius(radius::LARGE)
        .inner_margin(egui::Margin::symmetric(10, 6))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                ui.label(icon(ui, sign, 15.0, role));
                prose(ui, said, Face::Regular, TextSize::Small);
                for command in [Command::UndoEdit, Command::RedoEdit] {
                    if command.is_enabled(state) {
                        let label = text(ui, command.label(), Face::Medium, TextSize::Small, Role::Text);
                        if ui.add(Button::new(label)).on_hover_text(command.tooltip()).clicked() {
                            actions.run(command);
                        }
                    }
                }
            });
        });
    ui.add_space(4.0);
}
