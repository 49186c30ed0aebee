//! The commit at the cursor: who, when, why, and what came and went with it.
//!
//! In: the timeline.  Out: requests.  Its words are told to screen readers when the cursor moves.

use egui::accesskit::Live;
use egui::{Button, ScrollArea, Ui};
use egui_material_icons::icons;

use super::telling::{spoken, turns};
use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::timeline::{OnTimeline, Timeline};
use crate::app::told::Told;
use crate::app::widgets::{badge, icon, number, text};
use crate::scene::timeline::Known;
use crate::theme::{Face, Role, TextSize};

pub(super) fn ui(ui: &mut Ui, timeline: &Timeline, told: &Told, actions: &mut Actions) {
    let Some(step) = timeline.marks.cursor else {
        ui.label(text(ui, "No commit is pointed at", Face::SemiBold, TextSize::Body, Role::Text));
        let how = "Click the chart, drag over it or use the arrow keys; the other views then show that commit. \
                   Shift and a click pick two commits.";
        ui.label(text(ui, how, Face::Regular, TextSize::Small, Role::TextWeak));
        picks(ui, timeline, told, actions);
        return;
    };
    let (Some(commit), Some(at)) = (told.commit(step), told.course.steps.get(step)) else { return };
    let head = ui.horizontal(|ui| {
        ui.label(text(ui, commit.id.short(), Face::Mono, TextSize::Body, Role::TextStrong));
        ui.label(text(ui, commit.committed.date().to_string(), Face::Regular, TextSize::Body, Role::Text));
        for tag in told.tags(commit.id) {
            badge(ui, tag, Role::AccentMuted, Role::TextStrong);
        }
        let copy = text(ui, "Copy hash", Face::Regular, TextSize::Small, Role::Text);
        if ui.add(Button::new(copy)).clicked() {
            actions.push(Action::Copy(commit.id.to_string()));
        }
    });
    ui.ctx().accesskit_node_builder(head.response.id, |node| {
        node.set_live(Live::Polite);
        node.set_label(spoken(told, step));
    });
    let subject = text(ui, &commit.subject, Face::SemiBold, TextSize::Body, Role::TextStrong);
    ui.add(egui::Label::new(subject).wrap().selectable(true));
    ui.label(text(ui, &commit.author, Face::Regular, TextSize::Small, Role::TextWeak));
    let said = match at.known {
        Known::NotYet => "Not looked at yet".to_owned(),
        _ => format!("{} open, {} denied", number(at.total.into()), number(at.denied.into())),
    };
    ui.label(text(ui, said, Face::Medium, TextSize::Small, Role::Text));
    following(ui, timeline, told, step);
    picks(ui, timeline, told, actions);
    let turns = turns(told, step);
    if turns.is_empty() {
        return;
    }
    ui.add_space(4.0);
    let room = (ui.available_height() * 0.45).max(60.0);
    ScrollArea::vertical().id_salt("turns").max_height(room).auto_shrink([false, true]).show(ui, |ui| {
        for (turn, said) in &turns {
            let said = text(ui, format!("{} {said}", turn.sign()), Face::Regular, TextSize::Small, turn.role());
            ui.add(egui::Label::new(said).wrap().selectable(true));
        }
    });
}

/// Whether the other views show the commit.
fn following(ui: &mut Ui, timeline: &Timeline, told: &Told, step: usize) {
    let rewind = &timeline.rewind;
    let commit = told.commit(step).map(|commit| commit.id);
    if let Some((_, reason)) = rewind.failed.as_ref().filter(|(failed, _)| Some(*failed) == commit) {
        ui.horizontal_wrapped(|ui| {
            ui.label(icon(ui, icons::ICON_ERROR, 14.0, Role::Error));
            let said = format!("The other views cannot show it: {reason}");
            ui.label(text(ui, said, Face::Regular, TextSize::Small, Role::Text));
        });
    } else {
        let said = if rewind.is_pending() { "The other views follow…" } else { "The other views show it" };
        ui.label(text(ui, said, Face::Regular, TextSize::Small, Role::TextWeak));
    }
}

/// The two commits that were picked.
fn picks(ui: &mut Ui, timeline: &Timeline, told: &Told, actions: &mut Actions) {
    ui.horizontal_wrapped(|ui| {
        for (name, step) in ["A", "B"].into_iter().zip(timeline.marks.picked) {
            let Some((step, commit)) = step.and_then(|step| Some((step, told.commit(step)?))) else { continue };
            let label = format!("{name} {} of {}", commit.id.short(), commit.committed.date());
            let label = text(ui, label, Face::Regular, TextSize::Small, Role::Text);
            if ui.add(Button::new(label)).on_hover_text("Let go").clicked() {
                actions.push(Action::Timeline(OnTimeline::Pick(step)));
            }
        }
        if timeline.pair().is_some() {
            let label = text(ui, "Compare", Face::Medium, TextSize::Small, Role::Text);
            let keys = Command::ComparePicked.shortcut_text(ui.ctx()).unwrap_or_default();
            let button = ui.add(Button::new(label));
            if button.on_hover_text(format!("{} {keys}", Command::ComparePicked.tooltip())).clicked() {
                actions.run(Command::ComparePicked);
            }
        }
        if timeline.marks.cursor.is_some() {
            let is_picked = timeline.marks.picked.contains(&timeline.marks.cursor);
            let label = if is_picked { "Let go" } else { "Pick" };
            let keys = Command::PickCommit.shortcut_text(ui.ctx()).unwrap_or_default();
            let label = text(ui, label, Face::Regular, TextSize::Small, Role::Text);
            let button = ui.add(Button::new(label)).on_hover_text(format!("{} {keys}", Command::PickCommit.tooltip()));
            if button.clicked() {
                actions.run(Command::PickCommit);
            }
        }
    });
}
