//! The panel beside the map: by what to group, what comes of it, the groups.
//!
//! In: the state.  Out: requests.  What is typed as a name stays here until it is done.  Not here: one group (`group`).

use egui::{Button, ScrollArea, Ui, vec2};
use egui_material_icons::icons;

use super::{group, outcome, piece::piece};
use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::panels::edit_notice;
use crate::app::sketch::{OnSketch, Sketch};
use crate::app::sketch_text::is_apart;
use crate::app::sketched::Laid;
use crate::app::state::{Document, State};
use crate::app::style;
use crate::app::widgets::{command_button, icon, icon_command, prose, section, sentence, text};
use crate::propose::GroupBy;
use crate::theme::{Face, Role, TextSize, radius};

pub(super) fn ui(ui: &mut Ui, state: &mut State, actions: &mut Actions) {
    ui.horizontal(|ui| {
        ui.label(text(ui, "First boundaries", Face::SemiBold, TextSize::Heading, Role::TextStrong));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            icon_command(ui, Command::Redo, icons::ICON_REDO, state, actions);
            icon_command(ui, Command::Undo, icons::ICON_UNDO, state, actions);
            icon_command(ui, Command::Lasso, icons::ICON_LASSO_SELECT, state, actions);
        });
    });
    if let Some(document) = &state.document {
        edit_notice(ui, document, state, actions);
        if let Some(sketch) = &document.sketch {
            choice(ui, sketch, actions);
            told(ui, document, sketch, actions);
        }
    }
    footer(ui, state, actions);
    let Some(sketch) = state.document.as_mut().and_then(|document| document.sketch.as_deref_mut()) else { return };
    let Some(laid) = sketch.laid.clone() else { return };
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        outcome::ui(ui, &laid, sketch.laying.is_some(), actions);
        section(ui, "Groups", Some(laid.groups.len()));
        ui.spacing_mut().item_spacing.y = 1.0;
        for told in &laid.groups {
            group::ui(ui, &laid, told, sketch, actions);
        }
        left_out(ui, &laid, sketch, actions);
        ui.add_space(12.0);
    });
}

/// By what to group.
fn choice(ui: &mut Ui, sketch: &Sketch, actions: &mut Actions) {
    ui.add_space(2.0);
    let asked = sketch.laying.as_ref().and_then(|laying| laying.by);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        for by in GroupBy::ALL {
            let is_chosen = asked.unwrap_or(sketch.by) == by;
            let role = if is_chosen { Role::TextStrong } else { Role::TextWeak };
            let label = text(ui, word(by), Face::Medium, TextSize::Body, role);
            let button = ui.add(Button::selectable(is_chosen, label).min_size(vec2(0.0, 28.0)));
            let button = button.accessible_name(format!("Group by: {}", word(by)));
            if button.on_hover_text(meaning(by)).clicked() {
                actions.push(Action::Sketch(OnSketch::By(by)));
            }
        }
    });
    ui.label(text(ui, meaning(asked.unwrap_or(sketch.by)), Face::Regular, TextSize::Small, Role::TextWeak));
    let remark = sketch.plan.as_ref().map(|plan| plan.remark.as_str()).unwrap_or_default();
    if !remark.is_empty() {
        ui.label(text(ui, remark, Face::Regular, TextSize::Small, Role::TextWeak));
    }
}

fn word(by: GroupBy) -> &'static str {
    match by {
        GroupBy::Usual => "Suggested",
        GroupBy::Folder => "Folder",
        GroupBy::Prefix => "Name",
        GroupBy::Owner => "Owner",
        GroupBy::Community => "Community",
    }
}

fn meaning(by: GroupBy) -> &'static str {
    match by {
        GroupBy::Usual => "Each folder is a group; of many side by side, those whose names begin alike are one",
        GroupBy::Folder => "Each folder is a group",
        GroupBy::Prefix => "Folders whose names begin alike are one group, however few they are",
        GroupBy::Owner => "What CODEOWNERS gives to one owner is one group",
        GroupBy::Community => {
            "Code that refers to itself and changes together more than chance would have it: a guess that a number makes, \
             which needs a name and a reason"
        }
    }
}

/// What could not be done, and what somebody typed.
fn told(ui: &mut Ui, document: &Document, sketch: &Sketch, actions: &mut Actions) {
    if let Some(told) = &sketch.told {
        tinted(ui, Role::WarningFill, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.label(icon(ui, icons::ICON_WARNING, 15.0, Role::Warning));
                prose(ui, &sentence(told), Face::Regular, TextSize::Small);
            });
        });
    }
    if sketch.laid.is_some() && is_apart(document) {
        tinted(ui, Role::WarningFill, |ui| {
            prose(
                ui,
                "The draft of `riprap.toml` was changed by hand: it says something else than these groups.",
                Face::Regular,
                TextSize::Small,
            );
            ui.horizontal(|ui| {
                for (label, action) in [
                    ("Use these groups", Action::Sketch(OnSketch::TakeGroups)),
                    ("Go on with the text", Action::Run(Command::ShowRules)),
                ] {
                    if ui.add(Button::new(text(ui, label, Face::Medium, TextSize::Small, Role::Text))).clicked() {
                        actions.push(action);
                    }
                }
            });
        });
    }
}

fn tinted(ui: &mut Ui, ground: Role, add: impl FnOnce(&mut Ui)) {
    ui.add_space(4.0);
    egui::Frame::new()
        .fill(style::color(ui, ground))
        .corner_radius(radius::LARGE)
        .inner_margin(egui::Margin::symmetric(10, 6))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            add(ui);
        });
}

/// What to do with the groups in the end, at the lower edge.
fn footer(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let panel = egui::Panel::bottom("save groups").resizable(false).show_separator_line(false);
    panel.frame(egui::Frame::NONE).show(ui, |ui| {
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            command_button(ui, Command::SaveRules, true, state, actions);
            let label = text(ui, "Look at the text", Face::Regular, TextSize::Body, Role::Text);
            let text = ui.add(Button::new(label).min_size(vec2(0.0, 30.0)));
            if text.on_hover_text("The draft of riprap.toml in the Rules view").clicked() {
                actions.run(Command::ShowRules);
            }
        });
        let said = "Saves riprap.baseline, too.  Nothing is written before.";
        ui.label(text(ui, said, Face::Regular, TextSize::Small, Role::TextWeak));
    });
}

/// Packages that no group has, which can be put into one.
fn left_out(ui: &mut Ui, laid: &Laid, sketch: &Sketch, actions: &mut Actions) {
    if laid.left_out.is_empty() {
        return;
    }
    section(ui, "In no group", Some(laid.left_out.len()));
    for package in &laid.left_out {
        piece(ui, laid, sketch, *package, 0, actions);
    }
}
