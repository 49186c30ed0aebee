//! The first screen: what riprap is, and every way to open a workspace.
//!
//! In: recent workspaces, completions of what is typed.  Out: paths to open.  Not here: reading folders.

use std::path::PathBuf;

use egui::{Align, Button, CompletionPopup, Layout, RectAlign, Suggestion, TextEdit, Ui, vec2};
use egui_material_icons::icons;

use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::samples::SAMPLES;
use crate::app::state::State;
use crate::app::style;
use crate::app::widgets::{Row, command_button, icon, row, text};
use crate::theme::{Face, Role, TextSize};

const WIDTH: f32 = 560.0;

pub(crate) fn ui(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let about_tall = 510.0 + state.settings.recent.len() as f32 * 30.0;
    let top = ((ui.available_height() - about_tall) * 0.4).max(24.0);
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.add_space(top);
        let side = ((ui.available_width() - WIDTH) / 2.0).max(16.0);
        ui.horizontal(|ui| {
            ui.add_space(side);
            ui.vertical(|ui| {
                ui.set_max_width(WIDTH.min(ui.available_width() - 16.0));
                content(ui, state, actions);
            });
        });
        ui.add_space(24.0);
    });
}

fn content(ui: &mut Ui, state: &State, actions: &mut Actions) {
    ui.label(text(ui, "riprap", Face::SemiBold, TextSize::Display, Role::TextStrong));
    ui.label(text(
        ui,
        "Shows a Rust workspace as modules and boundaries, and finds what breaks those boundaries",
        Face::Regular,
        TextSize::Body,
        Role::TextWeak,
    ));
    ui.add_space(24.0);
    path_entry(ui, state, actions);
    if let Some(hint) = &state.hint {
        ui.add_space(8.0);
        ui.horizontal_wrapped(|ui| {
            ui.label(icon(ui, icons::ICON_INFO, 16.0, Role::Warning));
            ui.label(text(ui, hint, Face::Regular, TextSize::Body, Role::Text));
        });
    }
    if state.dialog_open {
        ui.add_space(8.0);
        ui.label(text(ui, "A folder dialog is open", Face::Regular, TextSize::Small, Role::TextWeak));
    }
    ui.add_space(20.0);
    recent(ui, state, actions);
    ui.add_space(20.0);
    samples(ui, actions);
    ui.add_space(20.0);
    command_line(ui);
    ui.add_space(16.0);
    ui.horizontal(|ui| {
        command_button(ui, Command::Palette, false, state, actions);
        command_button(ui, Command::Shortcuts, false, state, actions);
        command_button(ui, Command::ToggleTheme, false, state, actions);
    });
}

fn path_entry(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let label = ui.label(text(ui, "Folder or Cargo.toml", Face::Medium, TextSize::Small, Role::Text));
    let mut typed = state.path_entry.clone();
    let folders = if state.completions.0 == typed { state.completions.1.clone() } else { Vec::new() };
    let mut submitted = None;
    ui.horizontal(|ui| {
        let buttons = 210.0;
        let field = TextEdit::singleline(&mut typed)
            .hint_text("~/projects/my-workspace")
            .desired_width(ui.available_width() - buttons)
            .margin(egui::Margin::symmetric(10, 7))
            .font(style::font(Face::Mono, TextSize::Body));
        // Enter opens what is typed; Tab takes what is proposed.
        let output = CompletionPopup::new(ui.make_persistent_id("path entry"))
            .word_boundary(|_| false)
            .align(RectAlign::BOTTOM_START)
            .accept_keys(vec![egui::Key::Tab])
            .show(ui, field, |_| folders.into_iter().map(Suggestion::new).collect());
        let response = output.text_edit.response.response.labelled_by(label.id);
        if response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
            submitted = Some(typed.clone());
        }
        let open = Button::new(egui::RichText::new("Open").color(style::color(ui, Role::TextOnAccent)))
            .fill(style::color(ui, Role::Accent))
            .min_size(vec2(64.0, 32.0));
        if ui.add_enabled(!typed.trim().is_empty(), open).clicked() {
            submitted = Some(typed.clone());
        }
        command_button(ui, Command::OpenFolder, false, state, actions);
    });
    if typed != state.path_entry {
        actions.push(Action::PathTyped(typed));
    }
    if let Some(path) = submitted.filter(|path| !path.trim().is_empty()) {
        actions.push(Action::Open(PathBuf::from(path.trim())));
    }
    ui.add_space(4.0);
    ui.label(text(
        ui,
        "Or drop a folder here, where the desktop passes it on",
        Face::Regular,
        TextSize::Small,
        Role::TextWeak,
    ));
}

fn recent(ui: &mut Ui, state: &State, actions: &mut Actions) {
    ui.label(text(ui, "Recent", Face::SemiBold, TextSize::Body, Role::TextStrong));
    ui.add_space(2.0);
    if state.settings.recent.is_empty() {
        ui.label(text(ui, "Workspaces that you open appear here", Face::Regular, TextSize::Small, Role::TextWeak));
    }
    for path in &state.settings.recent {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let folder = path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
        let line = Row { spoken: &format!("Open {}", path.display()), name: &name, detail: &folder, ..Row::default() };
        let response = row(ui, &line);
        if response.clicked() {
            actions.push(Action::Open(path.clone()));
        }
        response.context_menu(|ui| {
            if ui.button("Forget").clicked() {
                actions.push(Action::ForgetRecent(path.clone()));
                ui.close();
            }
        });
    }
}

/// Those that come with the program.
fn samples(ui: &mut Ui, actions: &mut Actions) {
    ui.label(text(ui, "Samples", Face::SemiBold, TextSize::Body, Role::TextStrong));
    ui.add_space(2.0);
    for sample in &SAMPLES {
        let spoken = format!("Open the sample {}: {}", sample.name, sample.says);
        let line = Row { spoken: &spoken, name: sample.name, detail: sample.says, ..Row::default() };
        if row(ui, &line).clicked() {
            actions.push(Action::OpenSample(sample));
        }
    }
}

fn command_line(ui: &mut Ui) {
    ui.label(text(ui, "On the command line", Face::SemiBold, TextSize::Body, Role::TextStrong));
    ui.add_space(4.0);
    for (command, meaning) in [
        ("riprap open PATH --focus orders::price", "this window, at one module"),
        ("riprap check", "violations like the compiler's messages, and an exit status for CI"),
        ("riprap export --output map.svg", "the same picture as a file"),
    ] {
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.label(text(ui, command, Face::Mono, TextSize::Small, Role::Text));
            let meaning = text(ui, meaning, Face::Regular, TextSize::Small, Role::TextWeak);
            ui.add(egui::Label::new(meaning).truncate());
        });
    }
}
