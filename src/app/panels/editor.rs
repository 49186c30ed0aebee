//! Which editor opens places: the known ones, and a template for any other.
//!
//! In: the settings, and which editors this machine has.  Out: the template that was chosen.  Not here: starting it.

use egui::{Id, Modal, RichText, TextEdit, Ui};

use crate::app::action::{Action, Actions};
use crate::app::editor_choice::EditorChoice;
use crate::app::spot::Spot;
use crate::app::state::State;
use crate::app::style;
use crate::app::widgets::{prose, text};
use crate::launch::{Survey, Template};
use crate::theme::{Face, Role, TextSize, spacing};

const WIDTH: f32 = 620.0;

pub(crate) fn show(ui: &Ui, choice: &mut EditorChoice, state: &State, actions: &mut Actions) {
    let frame = egui::Frame::popup(ui.style()).inner_margin(20.0);
    let modal = Modal::new(Id::unique("editor")).frame(frame).backdrop_color(style::color(ui, Role::Scrim));
    let modal = modal.show(ui.ctx(), |ui| {
        ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 64.0));
        ui.label(text(ui, "Editor", Face::SemiBold, TextSize::Heading, Role::TextStrong));
        let what = "Opens files of the workspace at a line.  It is started directly, never through a shell";
        ui.label(text(ui, what, Face::Regular, TextSize::Small, Role::TextWeak));
        ui.add_space(spacing::LARGE);
        let chosen = state.settings.editor.as_str();
        match &choice.survey {
            None => drop(ui.label(text(ui, "Looking for editors…", Face::Regular, TextSize::Body, Role::TextWeak))),
            Some(survey) => known(ui, survey, chosen, actions),
        }
        ui.add_space(spacing::LARGE);
        own(ui, choice, chosen, actions);
        ui.add_space(spacing::LARGE);
        ui.horizontal(|ui| {
            if ui.button("Close").clicked() {
                actions.push(Action::CloseOverlay);
            }
            let manifest = Spot::new("Cargo.toml", None);
            let hint = "Opens the workspace's Cargo.toml";
            if state.document.is_some() && ui.button("Try it").on_hover_text(hint).clicked() {
                actions.push(Action::OpenSpot(manifest));
            }
        });
    });
    if modal.should_close() {
        actions.push(Action::CloseOverlay);
    }
}

/// The machine's own choice, and the editors that are installed.
fn known(ui: &mut Ui, survey: &Survey, chosen: &str, actions: &mut Actions) {
    let automatic = match &survey.default {
        Some(template) => format!("what $VISUAL or $EDITOR say, or what is there: {template}"),
        None => "what $VISUAL or $EDITOR say, or what is there: nothing was found".to_owned(),
    };
    option(ui, "Automatic", &automatic, "", chosen, actions);
    for (editor, program) in &survey.installed {
        let template = editor.template(program);
        let detail = match (editor.in_terminal, survey.terminal) {
            (false, _) => template.clone(),
            (true, Some(terminal)) => format!("in {terminal}: {template}"),
            (true, None) => "needs a terminal, and none that riprap knows was found".to_owned(),
        };
        option(ui, editor.name, &detail, &template, chosen, actions);
    }
}

fn option(ui: &mut Ui, name: &str, detail: &str, template: &str, chosen: &str, actions: &mut Actions) {
    ui.horizontal(|ui| {
        let label = text(ui, name, Face::Medium, TextSize::Body, Role::TextStrong);
        if ui.radio(chosen == template, label).on_hover_text(detail).clicked() {
            actions.push(Action::SetEditor(template.to_owned()));
        }
        let detail: RichText = text(ui, detail, Face::Mono, TextSize::Caption, Role::TextWeak);
        ui.add(egui::Label::new(detail).truncate());
    });
}

/// A template that the person writes.
fn own(ui: &mut Ui, choice: &mut EditorChoice, chosen: &str, actions: &mut Actions) {
    let label = ui.label(text(ui, "Any other command", Face::Medium, TextSize::Small, Role::Text));
    let read = Template::parse(&choice.typed);
    ui.horizontal(|ui| {
        let field = TextEdit::singleline(&mut choice.typed)
            .hint_text("kitty hx {file}:{line}:{column}")
            .desired_width(ui.available_width() - 80.0)
            .margin(egui::Margin::symmetric(8, 5))
            .font(style::font(Face::Mono, TextSize::Small));
        let response = ui.add(field).labelled_by(label.id);
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let usable = read.is_ok() && choice.typed != chosen;
        let used = ui.add_enabled(usable, egui::Button::new("Use it")).clicked();
        if usable && (used || entered) {
            actions.push(Action::SetEditor(choice.typed.clone()));
        }
    });
    let said = match &read {
        _ if choice.typed.trim().is_empty() => "`{file}`, `{line}`, `{column}` and `{folder}` are filled in".to_owned(),
        Err(problem) => format!("Not usable: {problem}"),
        Ok(_) if choice.typed == chosen => "In use".to_owned(),
        Ok(template) => format!("Starts `{}`", template.program()),
    };
    prose(ui, &said, Face::Regular, TextSize::Small);
}
