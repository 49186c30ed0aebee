//! The question before a workspace is left whose riprap.toml has changes that are not saved.
//!
//! In: nothing but that it is asked.  Out: the answer.  Not here: what follows from it (`leaving`).

use egui::{Button, Id, Modal, Ui, vec2};

use crate::app::action::{Action, Actions};
use crate::app::leaving::LastWord;
use crate::app::style;
use crate::app::widgets::text;
use crate::theme::{Face, Role, TextSize};

pub(crate) fn show(ui: &Ui, actions: &mut Actions) {
    let frame = egui::Frame::popup(ui.style()).inner_margin(20.0);
    let modal = Modal::new(Id::unique("unsaved")).frame(frame).backdrop_color(style::color(ui, Role::Scrim));
    let modal = modal.show(ui.ctx(), |ui| {
        ui.set_width(420.0);
        let title = "Save the changes of riprap.toml?";
        ui.label(text(ui, title, Face::SemiBold, TextSize::Heading, Role::TextStrong));
        ui.label(text(ui, "They are lost otherwise.", Face::Regular, TextSize::Body, Role::Text));
        ui.add_space(10.0);
        ui.horizontal(|ui| {
            let save = egui::RichText::new("Save").color(style::color(ui, Role::TextOnAccent));
            let save = Button::new(save).min_size(vec2(72.0, 30.0)).fill(style::color(ui, Role::Accent));
            for (button, action) in [
                (save, Action::Leave(LastWord::Save)),
                (Button::new("Drop the changes").min_size(vec2(0.0, 30.0)), Action::Leave(LastWord::Drop)),
                (Button::new("Stay here").min_size(vec2(0.0, 30.0)), Action::CloseOverlay),
            ] {
                if ui.add(button).clicked() {
                    actions.push(action);
                }
            }
        });
    });
    if modal.should_close() {
        actions.push(Action::CloseOverlay);
    }
}
