//! The card beside the pointer: which commits are there, and what came and went with them.
//!
//! In: a place of the chart.  Out: a floating card.

use egui::{Area, Id, Order, Pos2, Rect, Ui, vec2};

use super::telling::{Turn, turns};
use crate::app::told::Told;
use crate::app::widgets::{counted, text};
use crate::scene::timeline::{Frame, Known};
use crate::theme::{Face, Role, TextSize};

/// How far from the pointer a commit may be to be told, in points.
pub(super) const REACH: f32 = 3.0;

/// As many commits, and lines of a commit, as a card has.
const MOST_COMMITS: usize = 4;
const MOST_LINES: usize = 3;

pub(super) fn show(ui: &Ui, told: &Told, frame: &Frame, x: f32, pointer: Pos2, within: Rect) {
    let near = frame.steps_between(&told.course, x - REACH, x + REACH);
    let mut steps: Vec<usize> = near.clone().rev().filter(|step| told.course.steps[*step].is_change()).collect();
    let n_changes = steps.len();
    if steps.is_empty() {
        steps.extend(frame.step_at(&told.course, x));
    }
    if steps.is_empty() {
        return;
    }
    Area::new(Id::unique("timeline card"))
        .order(Order::Tooltip)
        .interactable(false)
        .fixed_pos(pointer + vec2(16.0, 18.0))
        .constrain_to(within.shrink(6.0))
        .show(ui.ctx(), |ui| {
            egui::Frame::popup(ui.style()).inner_margin(10.0).show(ui, |ui| {
                ui.set_max_width(420.0);
                ui.spacing_mut().item_spacing.y = 2.0;
                for (index, step) in steps.iter().take(MOST_COMMITS).enumerate() {
                    if index > 0 {
                        ui.add_space(6.0);
                    }
                    commit(ui, told, *step);
                }
                let more = n_changes.saturating_sub(MOST_COMMITS);
                let others = near.len().saturating_sub(n_changes);
                let mut rest = Vec::new();
                if more > 0 {
                    rest.push(format!("{} more that changed violations", counted(more as u64, "commit", "commits")));
                }
                if others > 0 && n_changes > 0 {
                    rest.push(format!("{} that changed none", counted(others as u64, "commit", "commits")));
                }
                if !rest.is_empty() {
                    ui.add_space(6.0);
                    weak(ui, &format!("And {}: zoom in", rest.join(", ")));
                }
            });
        });
}

fn commit(ui: &mut Ui, told: &Told, step: usize) {
    let (Some(commit), Some(at)) = (told.commit(step), told.course.steps.get(step)) else { return };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.label(text(ui, commit.id.short(), Face::Mono, TextSize::Small, Role::TextStrong));
        weak(ui, &format!("{} {}", commit.committed.date(), commit.author));
    });
    let subject = text(ui, &commit.subject, Face::Medium, TextSize::Small, Role::Text);
    ui.add(egui::Label::new(subject).truncate());
    match at.known {
        Known::Yes => {}
        Known::NotYet => return weak(ui, "Not looked at yet"),
        Known::Never => {
            let reason = told.point(step).and_then(|point| point.state.as_ref().err());
            return weak(ui, reason.map_or("Nothing is known of it", |hole| hole.reason.as_str()));
        }
    }
    weak(ui, &format!("{} open, {} denied", at.total, at.denied));
    let turns = turns(told, step);
    for (turn, said) in turns.iter().take(MOST_LINES) {
        line(ui, *turn, said);
    }
    let more = turns.len().saturating_sub(MOST_LINES);
    if more > 0 {
        weak(ui, &format!("and {more} more"));
    }
}

fn line(ui: &mut Ui, turn: Turn, said: &str) {
    let said = text(ui, format!("{} {said}", turn.sign()), Face::Regular, TextSize::Small, turn.role());
    ui.add(egui::Label::new(said).truncate());
}

fn weak(ui: &mut Ui, said: &str) {
    let said = text(ui, said, Face::Regular, TextSize::Small, Role::TextWeak);
    ui.add(egui::Label::new(said).truncate());
}
