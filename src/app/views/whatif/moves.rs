//! The list of moves, each with what stands against it, and the moves that would help.
//!
//! In: a draft.  Out: requests to drop and to add moves.  Not here: finding them.

use egui::{Button, Ui, vec2};
use egui_material_icons::icons;

use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::drafting::{Drafting, OnDraft};
use crate::app::state::State;
use crate::app::style;
use crate::app::widgets::{command_button, counted, icon, number, prose, section, sentence, text};
use crate::draft::{Condition, Gravity, Move, Suggestion};
use crate::model::NodeKind;
use crate::scene::thing::Thing;
use crate::theme::{Face, Role, TextSize, radius};

/// What is selected, and how much it is.
pub(super) fn selected(ui: &mut Ui, drafting: &Drafting) {
    let (Some(thing), Some(laid)) = (drafting.selection, &drafting.laid) else { return };
    let model = &laid.drafted.model;
    let size = match thing {
        Thing::Edge { from, to } => {
            let edge = laid.arrangement.edge_between(from, to).map(|edge| laid.arrangement.edges[edge].references);
            edge.map(|count| counted(u64::from(count), "reference", "references"))
        }
        Thing::Node(node) if matches!(model.node(node).kind, NodeKind::Item(_)) => None,
        Thing::Node(node) => Some(counted(model.total_lines(node), "line", "lines")),
        Thing::Boundary { .. } => Some("boundary".to_owned()),
    };
    section(ui, "Selected", None);
    prose(ui, &format!("`{}`", drafting.name_of(thing)), Face::Regular, TextSize::Body);
    if let Some(size) = size {
        ui.label(text(ui, size, Face::Regular, TextSize::Small, Role::TextWeak));
    }
}

pub(super) fn show(ui: &mut Ui, drafting: &Drafting, state: &State, actions: &mut Actions) {
    let moves = &drafting.draft.moves;
    section(ui, "Moves", Some(moves.len()));
    if moves.is_empty() {
        let how = "Drag a box onto another one, or select one and press M.  Nothing is changed but this picture.";
        prose(ui, how, Face::Regular, TextSize::Small);
    }
    for (index, step) in moves.iter().enumerate() {
        one(ui, drafting, index, step, actions);
    }
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        let commands: &[Command] = match drafting.selection {
            Some(Thing::Edge { .. }) => &[Command::CutEdge],
            Some(thing) if drafting.boundary_of(thing).is_some() => &[Command::MergeInto],
            Some(_) => &[Command::MoveTo, Command::SplitOff],
            None => &[],
        };
        for command in commands {
            command_button(ui, *command, false, state, actions);
        }
        if !moves.is_empty() {
            for command in [Command::SaveDraft, Command::CopyMoves, Command::WritePatch, Command::DropMoves] {
                command_button(ui, command, false, state, actions);
            }
        }
    });
}

fn one(ui: &mut Ui, drafting: &Drafting, index: usize, step: &Move, actions: &mut Actions) {
    let frame = egui::Frame::new()
        .fill(style::color(ui, Role::Sunken))
        .corner_radius(radius::MEDIUM)
        .inner_margin(egui::Margin::symmetric(8, 5));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
                let close = icon(ui, icons::ICON_CLOSE, 14.0, Role::TextWeak);
                let close = ui.add(Button::new(close).frame_when_inactive(false).min_size(vec2(24.0, 24.0)));
                let spoken = format!("Drop move {}", index + 1);
                if close.accessible_name(spoken).on_hover_text("Take this move out of the list").clicked() {
                    actions.push(Action::Draft(OnDraft::Drop(index)));
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Min), |ui| {
                    let count = format!("{}.", index + 1);
                    ui.label(text(ui, count, Face::Medium, TextSize::Body, Role::TextWeak));
                    ui.vertical(|ui| prose(ui, &step.to_string(), Face::Regular, TextSize::Body));
                });
            });
        });
        let drafted = drafting.drafted().filter(|drafted| drafted.draft == drafting.draft);
        let refusals = drafted.map_or(&[][..], |drafted| &drafted.refusals);
        for refusal in refusals.iter().filter(|refusal| refusal.index == index) {
            line(ui, Gravity::Refused, &refusal.message, "");
        }
        let conditions = drafting.told.as_ref().map_or(&[][..], |told| &told.conditions);
        for condition in conditions.iter().filter(|condition| condition.index == index) {
            line(ui, condition.gravity, &condition.message, &place(drafting, condition));
        }
    });
}

fn place(drafting: &Drafting, condition: &Condition) -> String {
    let Some((ground, (file, line))) = drafting.ground.as_ref().zip(condition.place) else { return String::new() };
    format!(" ({}:{line})", ground.sources().file(file).path)
}

/// What stands against a move: with a sign, and what the sign means in words.
fn line(ui: &mut Ui, gravity: Gravity, message: &str, place: &str) {
    let (sign, role, word) = match gravity {
        Gravity::Refused => (icons::ICON_ERROR, Role::Error, "Not possible"),
        Gravity::Needed => (icons::ICON_BUILD, Role::Warning, "Needed"),
        Gravity::Unknown => (icons::ICON_HELP, Role::TextWeak, "Not known"),
    };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(icon(ui, sign, 13.0, role)).on_hover_text(word);
        ui.vertical(|ui| prose(ui, &format!("{}{place}", sentence(message)), Face::Regular, TextSize::Small));
    });
}

/// Moves that would mend something, to be added with one click.
pub(super) fn suggestions(ui: &mut Ui, drafting: &Drafting, actions: &mut Actions) {
    let suggesting = &drafting.suggesting;
    section(ui, "What would help", suggesting.found.as_ref().map(Vec::len));
    match &suggesting.found {
        None => {
            let (done, total) = suggesting.progress;
            let said =
                if total == 0 { "Trying moves…".to_owned() } else { format!("Trying move {done} of {total}…") };
            ui.label(text(ui, said, Face::Regular, TextSize::Small, Role::TextWeak));
        }
        Some(found) if found.is_empty() => {
            let said = "No single move mends anything without breaking something else.";
            ui.label(text(ui, said, Face::Regular, TextSize::Small, Role::TextWeak));
        }
        Some(found) => found.iter().for_each(|suggestion| offer(ui, suggestion, actions)),
    }
}

fn offer(ui: &mut Ui, suggestion: &Suggestion, actions: &mut Actions) {
    let frame = egui::Frame::new()
        .stroke(egui::Stroke::new(1.0, style::color(ui, Role::Separator)))
        .corner_radius(radius::MEDIUM)
        .inner_margin(egui::Margin::symmetric(8, 5));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
                let told: Vec<String> = suggestion.moves.iter().map(|step| step.to_string().replace('`', "")).collect();
                let button = Button::new(text(ui, "Apply", Face::Medium, TextSize::Small, Role::Text));
                let button = ui.add(button.min_size(vec2(0.0, 24.0)));
                if button.accessible_name(format!("Apply: {}", told.join(", "))).clicked() {
                    actions.push(Action::Draft(OnDraft::Apply(suggestion.moves.clone())));
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Min), |ui| {
                    ui.vertical(|ui| {
                        for step in &suggestion.moves {
                            prose(ui, &step.to_string(), Face::Regular, TextSize::Body);
                        }
                        ui.label(text(ui, worth(suggestion), Face::Regular, TextSize::Small, Role::TextWeak));
                    });
                });
            });
        });
    });
}

/// What it brings and what it costs.
fn worth(suggestion: &Suggestion) -> String {
    let is_cut = suggestion.moves.iter().all(|step| matches!(step, Move::Cut { .. }));
    let size = match is_cut {
        true => counted(suggestion.size / 10, "reference cut", "references cut"),
        false => counted(suggestion.size, "line moved", "lines moved"),
    };
    let mended = match suggestion.denied {
        0 => counted(suggestion.gone as u64, "violation fewer", "violations fewer"),
        denied => format!("{} denied fewer", number(denied as u64)),
    };
    match suggestion.needed {
        0 => format!("{mended}, {size}"),
        needed => format!("{mended}, {size}, {}", counted(needed as u64, "thing to prepare", "things to prepare")),
    }
}
