//! One group in the list: a line, and what is in it once it is chosen.
//!
//! In: what there is to tell.  Out: requests to choose, rename, merge, drop and move.  Not here: the list.

use std::sync::Arc;

use egui::{Button, Key, TextEdit, Ui};

use super::piece::piece;
use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::sketch::{OnSketch, Sketch};
use crate::app::sketched::{GroupTold, Laid};
use crate::app::style;
use crate::app::widgets::{Mark, Row, counted, number, prose, row, text};
use crate::model::NodeId;
use crate::theme::{Face, Role, TextSize, radius};

pub(super) fn ui(ui: &mut Ui, laid: &Laid, told: &GroupTold, sketch: &mut Sketch, actions: &mut Actions) {
    let is_chosen = sketch.chosen.as_ref() == Some(&told.name);
    let detail = detail(told);
    let end = number(told.lines);
    let spoken = format!("Group {}: {detail}, {end} lines", told.name);
    let line = Row {
        spoken: &spoken,
        name: &told.name,
        detail: &detail,
        end: &end,
        mark: Some(Mark::Folded(!is_chosen)),
        selected: is_chosen,
        ..Row::default()
    };
    let response = row(ui, &line);
    if response.clicked() {
        actions.push(Action::Sketch(OnSketch::Choose(told.name.clone())));
    }
    if response.dnd_hover_payload::<NodeId>().is_some() {
        let stroke = egui::Stroke::new(1.5, style::color(ui, Role::Selected));
        ui.painter().rect_stroke(response.rect, radius::MEDIUM, stroke, egui::StrokeKind::Inside);
    }
    if let Some(node) = response.dnd_release_payload::<NodeId>() {
        let (code, into) = (vec![*Arc::as_ref(&node)], told.name.clone());
        actions.push(Action::Sketch(OnSketch::Put { code, into }));
    }
    if is_chosen && std::mem::take(&mut sketch.scroll_to_chosen) && !ui.clip_rect().contains_rect(response.rect) {
        response.scroll_to_me(Some(egui::Align::Center));
    }
    if is_chosen {
        chosen(ui, laid, told, sketch, actions);
    }
}

/// `3 packages and 1 module, 4 to accept, in a ring`.
fn detail(told: &GroupTold) -> String {
    let counts = [(told.packages, "package", "packages"), (told.modules, "module", "modules")];
    let some = counts.into_iter().filter(|(count, _, _)| *count > 0);
    let parts: Vec<String> = some.map(|(count, one, many)| counted(count as u64, one, many)).collect();
    let mut said = parts.join(" and ");
    if told.accepted > 0 {
        said += &format!(", {} to accept", number(told.accepted as u64));
    }
    if told.in_ring {
        said += ", in a ring";
    }
    said
}

/// Its name, what speaks for it, what can be done, and what is in it.
fn chosen(ui: &mut Ui, laid: &Laid, told: &GroupTold, sketch: &mut Sketch, actions: &mut Actions) {
    let Some(part) = laid.plan.find(&told.name) else { return };
    egui::Frame::new().inner_margin(egui::Margin { left: 16, right: 8, top: 4, bottom: 4 }).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.horizontal(|ui| {
            let field = TextEdit::singleline(&mut sketch.name_entry).desired_width(170.0);
            let response = ui.add(field).accessible_name(format!("Name of group {}", told.name));
            let is_done = response.lost_focus() && !ui.input(|input| input.key_pressed(Key::Escape));
            if is_done && sketch.name_entry != told.name {
                let (from, to) = (told.name.clone(), sketch.name_entry.trim().to_owned());
                actions.push(Action::Sketch(OnSketch::Rename { from, to }));
            }
            let can_merge = laid.groups.len() > 1;
            let label = |ui: &Ui, label: &str| text(ui, label, Face::Regular, TextSize::Small, Role::Text);
            let merge = Button::new(label(ui, "Merge into…"));
            if ui.add_enabled(can_merge, merge).on_hover_text("All of it becomes a part of another group").clicked() {
                actions.run(Command::MergeInto);
            }
            let drop = ui.add_enabled(can_merge, Button::new(label(ui, "Drop")));
            let drop = drop.accessible_name(format!("Drop group {}", told.name));
            if drop.on_hover_text("Its code belongs to no boundary, or to the one around it").clicked() {
                actions.push(Action::Sketch(OnSketch::Drop(told.name.clone())));
            }
        });
        if !part.why.is_empty() {
            prose(ui, &part.why, Face::Regular, TextSize::Small);
        }
    });
    for node in &part.code {
        piece(ui, laid, sketch, *node, 1, actions);
    }
    ui.add_space(4.0);
}
