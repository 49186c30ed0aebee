//! The named views of the workspace: a list to choose from, and the form in which one is named.
//!
//! In: the files of `riprap.views/`.  Out: wishes to open, rename, delete and save.  Not here: doing so (`naming`).

use egui::{Button, Grid, Id, Modal, ScrollArea, TextEdit, Ui, vec2};
use egui_material_icons::{MaterialIcon, icons};

use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::named::{NamedFile, ViewForm};
use crate::app::state::State;
use crate::app::style;
use crate::app::widgets::{Row, command_button, icon, prose, row, sentence, text};
use crate::load;
use crate::theme::{Face, Role, TextSize, spacing};

const WIDTH: f32 = 560.0;
const MOST_HEIGHT: f32 = 360.0;
/// Room for the buttons at the end of a row.
const BUTTONS: f32 = 66.0;

/// The list.
pub(crate) fn list(ui: &Ui, state: &State, actions: &mut Actions) {
    let Some(document) = &state.document else { return };
    let frame = egui::Frame::popup(ui.style()).inner_margin(20.0);
    let modal = Modal::new(Id::unique("views")).frame(frame).backdrop_color(style::color(ui, Role::Scrim));
    let modal = modal.show(ui.ctx(), |ui| {
        ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 64.0));
        ui.label(text(ui, "Named views", Face::SemiBold, TextSize::Heading, Role::TextStrong));
        let what = format!("Kept as files in `{}`, for everybody who has the repository", load::VIEWS);
        prose(ui, &what, Face::Regular, TextSize::Small);
        ui.add_space(spacing::LARGE);
        if document.named.is_empty() {
            let said = "There are none yet: name what is shown now, and others see the same";
            ui.label(text(ui, said, Face::Regular, TextSize::Body, Role::TextWeak));
        }
        ScrollArea::vertical().max_height(MOST_HEIGHT).auto_shrink([false, true]).show(ui, |ui| {
            for named in &document.named {
                one(ui, named, actions);
            }
        });
        ui.add_space(spacing::LARGE);
        ui.horizontal(|ui| {
            command_button(ui, Command::SaveView, document.named.is_empty(), state, actions);
            if ui.add(Button::new("Close").min_size(vec2(0.0, 30.0))).clicked() {
                actions.push(Action::CloseOverlay);
            }
        });
    });
    if modal.should_close() {
        actions.push(Action::CloseOverlay);
    }
}

fn one(ui: &mut Ui, named: &NamedFile, actions: &mut Actions) {
    ui.horizontal(|ui| {
        let width = ui.available_width() - BUTTONS;
        let (name, file) = (named.name(), named.file.as_str());
        ui.allocate_ui(vec2(width, 0.0), |ui| {
            ui.set_width(width);
            match &named.view {
                Ok(view) => {
                    let note = view.note.lines().next().unwrap_or_default();
                    let spoken = format!("Open view {name}");
                    let kind = view.viewpoint.view.word();
                    let line = Row { spoken: &spoken, name, detail: note, end: kind, ..Row::default() };
                    let response = row(ui, &line);
                    let whole = if view.note.is_empty() { file.to_owned() } else { format!("{}\n{file}", view.note) };
                    if response.on_hover_text(whole).clicked() {
                        actions.push(Action::OpenView(file.to_owned()));
                    }
                }
                Err(problem) => {
                    ui.horizontal_wrapped(|ui| {
                        ui.label(icon(ui, icons::ICON_ERROR, 15.0, Role::Error));
                        prose(ui, &format!("`{file}`: {problem}"), Face::Regular, TextSize::Small);
                    });
                }
            }
        });
        if named.view.is_ok() && button(ui, icons::ICON_EDIT, &format!("Rename {name}"), "Change its name and its note")
        {
            actions.push(Action::EditView(file.to_owned()));
        }
        if button(ui, icons::ICON_DELETE, &format!("Delete {name}"), "It can be taken back: Undo edit of file") {
            actions.push(Action::DeleteView(file.to_owned()));
        }
    });
}

fn button(ui: &mut Ui, sign: MaterialIcon, name: &str, hint: &str) -> bool {
    let sign = icon(ui, sign, 15.0, Role::TextWeak);
    let button = Button::new(sign).frame_when_inactive(false).min_size(vec2(26.0, 26.0));
    ui.add(button).accessible_name(name.to_owned()).on_hover_text(hint).clicked()
}

/// The form.
pub(crate) fn form(ui: &Ui, form: &mut ViewForm, state: &State, actions: &mut Actions) {
    let Some(document) = &state.document else { return };
    let frame = egui::Frame::popup(ui.style()).inner_margin(20.0);
    let modal = Modal::new(Id::unique("save view")).frame(frame).backdrop_color(style::color(ui, Role::Scrim));
    let modal = modal.show(ui.ctx(), |ui| {
        ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 64.0));
        let title = if form.file.is_some() { "Rename view" } else { "Save view" };
        ui.label(text(ui, title, Face::SemiBold, TextSize::Heading, Role::TextStrong));
        let what = match &form.file {
            Some(file) => format!("The file stays `{}/{file}`, by which commands know it", load::VIEWS),
            None => "What is shown, open, selected and in sight, for others to look at".to_owned(),
        };
        prose(ui, &what, Face::Regular, TextSize::Small);
        ui.add_space(spacing::LARGE);
        let mut entered = false;
        Grid::new("view form").num_columns(2).spacing([12.0, 6.0]).show(ui, |ui| {
            let label = ui.label(text(ui, "Name", Face::Medium, TextSize::Small, Role::Text));
            let field = TextEdit::singleline(&mut form.name)
                .hint_text("Orders and what they use")
                .desired_width(f32::INFINITY)
                .margin(egui::Margin::symmetric(8, 5));
            let response = ui.add(field).labelled_by(label.id);
            if !std::mem::replace(&mut form.is_shown, true) {
                response.request_focus();
            }
            entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            ui.end_row();
            let label = ui.label(text(ui, "Note", Face::Medium, TextSize::Small, Role::Text));
            let field = TextEdit::multiline(&mut form.note)
                .hint_text("Optional: what there is to see")
                .desired_rows(3)
                .desired_width(f32::INFINITY)
                .margin(egui::Margin::symmetric(8, 5));
            ui.add(field).labelled_by(label.id);
            ui.end_row();
        });
        let name = form.name.trim();
        let replaced = document.named_like(name).filter(|_| form.file.is_none() && !name.is_empty());
        if let Some(replaced) = replaced {
            ui.add_space(spacing::SMALL);
            ui.horizontal_wrapped(|ui| {
                ui.label(icon(ui, icons::ICON_WARNING, 15.0, Role::Warning));
                prose(ui, &sentence(&format!("it replaces `{}`", replaced.name())), Face::Regular, TextSize::Small);
            });
        }
        ui.add_space(spacing::LARGE);
        ui.horizontal(|ui| {
            let word = if replaced.is_some() { "Replace" } else { "Save" };
            let label = egui::RichText::new(word).color(style::color(ui, Role::TextOnAccent));
            let button = Button::new(label).fill(style::color(ui, Role::Accent)).min_size(vec2(72.0, 30.0));
            let clicked = ui.add_enabled(!name.is_empty(), button).clicked();
            if !name.is_empty() && (clicked || (entered && replaced.is_none())) {
                actions.push(Action::SaveView);
            }
            if ui.add(Button::new("Cancel").min_size(vec2(0.0, 30.0))).clicked() {
                actions.push(Action::CloseOverlay);
            }
        });
    });
    if modal.should_close() {
        actions.push(Action::CloseOverlay);
    }
}
