//! A strip over all views while they show a commit: which one, and the way back.
//!
//! In: the document.  Out: a request to return.  Nothing is said while the files on disk are shown.

use egui::{Button, Margin, Panel, Ui};
use egui_material_icons::icons;

use crate::app::action::Actions;
use crate::app::command::Command;
use crate::app::state::State;
use crate::app::style;
use crate::app::widgets::{icon, text};
use crate::theme::{Face, Role, TextSize};

pub(crate) fn show(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let Some(document) = &state.document else { return };
    let Some(commit) = &document.analysis.commit else { return };
    let frame = egui::Frame::new().fill(style::color(ui, Role::WarningFill)).inner_margin(Margin::symmetric(12, 4));
    Panel::top("shown commit").resizable(false).frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(icon(ui, icons::ICON_HISTORY, 16.0, Role::Warning));
            let said = format!("Commit {} of {}", commit.id.short(), commit.committed.date());
            ui.label(text(ui, said, Face::SemiBold, TextSize::Body, Role::TextStrong));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if let Some(present) = &document.timeline.rewind.present {
                    let label = match &present.commit {
                        None => "Back to the files on disk".to_owned(),
                        Some(commit) => format!("Back to {}", commit.id.short()),
                    };
                    let keys = Command::ReturnFromCommit.shortcut_text(ui.ctx()).unwrap_or_default();
                    let button = Button::new(text(ui, label, Face::Medium, TextSize::Small, Role::Text));
                    if ui.add(button).on_hover_text(keys).clicked() {
                        actions.run(Command::ReturnFromCommit);
                    }
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let said = format!("{}: {}", commit.author, commit.subject);
                    let said = text(ui, said, Face::Regular, TextSize::Body, Role::Text);
                    ui.add(egui::Label::new(said).truncate());
                });
            });
        });
    });
}
