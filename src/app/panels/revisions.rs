//! Which two revisions to compare: typed, or chosen among those that people compare with.
//!
//! In: what was typed, and the landmarks of the repository.  Out: the wish to compare.  Not here: reading revisions.

use egui::{Button, Id, Modal, TextEdit, Ui};

use crate::app::action::{Action, Actions};
use crate::app::comparing::RevisionChoice;
use crate::app::state::State;
use crate::app::style;
use crate::app::widgets::{Row, row, text};
use crate::theme::{Face, Role, TextSize, spacing};

const WIDTH: f32 = 520.0;

/// What stands for the files on disk.
const WORKTREE: &str = "WORKTREE";

pub(crate) fn show(ui: &Ui, choice: &mut RevisionChoice, state: &State, actions: &mut Actions) {
    let frame = egui::Frame::popup(ui.style()).inner_margin(20.0);
    let modal = Modal::new(Id::unique("revisions")).frame(frame).backdrop_color(style::color(ui, Role::Scrim));
    let modal = modal.show(ui.ctx(), |ui| {
        ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 64.0));
        ui.label(text(ui, "Compare revisions", Face::SemiBold, TextSize::Heading, Role::TextStrong));
        let what = "A commit, branch or tag as git calls it, such as HEAD~20; WORKTREE are the files on disk";
        ui.label(text(ui, what, Face::Regular, TextSize::Small, Role::TextWeak));
        ui.add_space(spacing::LARGE);
        let is_new = !std::mem::replace(&mut choice.is_shown, true);
        let mut entered = field(ui, "From", "the earlier one", &mut choice.old, is_new);
        entered |= field(ui, "To", "the later one", &mut choice.new, false);
        ui.add_space(spacing::LARGE);
        suggestions(ui, choice, state);
        ui.add_space(spacing::LARGE);
        ui.horizontal(|ui| {
            let (old, new) = (choice.old.trim(), choice.new.trim());
            let possible = !old.is_empty() && !new.is_empty() && old != new;
            let label = egui::RichText::new("Compare").color(style::color(ui, Role::TextOnAccent));
            let button = ui.add_enabled(possible, Button::new(label).fill(style::color(ui, Role::Accent)));
            if possible && (button.clicked() || entered) {
                actions.push(Action::Compare { old: old.to_owned(), new: new.to_owned() });
            }
            if ui.button("Cancel").clicked() {
                actions.push(Action::CloseOverlay);
            }
            if old == new && !old.is_empty() {
                let said = "These are the same";
                ui.label(text(ui, said, Face::Regular, TextSize::Small, Role::TextWeak));
            }
        });
    });
    if modal.should_close() {
        actions.push(Action::CloseOverlay);
    }
}

/// Whether Enter was pressed in it.
fn field(ui: &mut Ui, name: &str, hint: &str, value: &mut String, wants_focus: bool) -> bool {
    let mut entered = false;
    ui.horizontal(|ui| {
        let left = ui.cursor().left();
        ui.label(text(ui, name, Face::Medium, TextSize::Small, Role::Text));
        // The fields are as wide as each other.
        ui.add_space((left + 44.0 - ui.cursor().left()).max(0.0));
        let field = TextEdit::singleline(value)
            .hint_text(hint)
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(8, 5))
            .font(style::font(Face::Mono, TextSize::Small));
        let response = ui.add(field).accessible_name(format!("{name}: {hint}"));
        if wants_focus {
            response.request_focus();
        }
        entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    });
    entered
}

/// A click fills in the earlier one.
fn suggestions(ui: &mut Ui, choice: &mut RevisionChoice, state: &State) {
    let Some(landmarks) = &state.comparisons.suggestions.landmarks else {
        ui.label(text(ui, "Looking for revisions…", Face::Regular, TextSize::Small, Role::TextWeak));
        return;
    };
    if landmarks.is_empty() {
        let said = "No commit was found: there is no git repository here, or nothing is committed";
        ui.label(text(ui, said, Face::Regular, TextSize::Small, Role::TextWeak));
        return;
    }
    ui.label(text(ui, "Often compared with", Face::SemiBold, TextSize::Small, Role::TextStrong));
    for landmark in landmarks {
        let detail = format!("{}, {}: {}", landmark.why, landmark.commit.committed.date(), landmark.commit.subject);
        let spoken = format!("From {}: {detail}", landmark.name);
        let selected = choice.old == landmark.name;
        let line = Row { spoken: &spoken, name: &landmark.name, detail: &detail, selected, ..Row::default() };
        if row(ui, &line).clicked() {
            choice.old.clone_from(&landmark.name);
            if choice.new.trim().is_empty() || choice.new == choice.old {
                WORKTREE.clone_into(&mut choice.new);
            }
        }
    }
}
