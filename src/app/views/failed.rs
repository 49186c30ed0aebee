//! A workspace that could not be opened: what is wrong, and what to do about it.
//!
//! In: the message of the analysis.  Out: a retry, another path, or the message on the clipboard.

use egui::{Button, Ui, vec2};
use egui_material_icons::icons;

use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::state::{Failure, State};
use crate::app::style;
use crate::app::widgets::{command_button, icon, text};
use crate::theme::{Face, Role, TextSize, radius};

pub(crate) fn ui(ui: &mut Ui, failure: &Failure, state: &State, actions: &mut Actions) {
    ui.add_space((ui.available_height() * 0.3 - 60.0).max(24.0));
    let side = ((ui.available_width() - 640.0) / 2.0).max(16.0);
    ui.horizontal(|ui| {
        ui.add_space(side);
        ui.vertical(|ui| {
            ui.set_max_width(640.0_f32.min(ui.available_width() - 16.0));
            ui.horizontal(|ui| {
                ui.label(icon(ui, icons::ICON_ERROR, 22.0, Role::Error));
                ui.label(text(
                    ui,
                    "This workspace could not be opened",
                    Face::SemiBold,
                    TextSize::Heading,
                    Role::TextStrong,
                ));
            });
            let path = text(ui, failure.path.display().to_string(), Face::Mono, TextSize::Small, Role::TextWeak);
            ui.add(egui::Label::new(path).truncate());
            ui.add_space(10.0);
            egui::Frame::new()
                .fill(style::color(ui, Role::Sunken))
                .stroke(egui::Stroke::new(1.0, style::color(ui, Role::Separator)))
                .corner_radius(radius::LARGE)
                .inner_margin(12.0)
                .show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    egui::ScrollArea::vertical().min_scrolled_height(220.0).max_height(260.0).show(ui, |ui| {
                        let message = text(ui, &failure.message, Face::Mono, TextSize::Small, Role::Text);
                        ui.add(egui::Label::new(message).wrap().selectable(true));
                    });
                });
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                command_button(ui, Command::Reload, true, state, actions);
                command_button(ui, Command::OpenFolder, false, state, actions);
                if ui.add(Button::new("Copy message").min_size(vec2(0.0, 30.0))).clicked() {
                    actions.push(Action::Copy(failure.message.clone()));
                }
                command_button(ui, Command::CloseWorkspace, false, state, actions);
            });
        });
    });
}
