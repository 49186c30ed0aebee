//! The commits at which violations came or went, the newest first: each can be reached with the keyboard.
//!
//! In: the history.  Out: requests to point at one.

use egui::{ScrollArea, Ui};

use super::telling::spoken;
use crate::app::action::{Action, Actions};
use crate::app::timeline::{OnTimeline, Timeline};
use crate::app::told::Told;
use crate::app::widgets::{Row, row, section, text};
use crate::theme::{Face, Role, TextSize};

/// The height of a row.
const ROW: f32 = 26.0;

pub(super) fn ui(ui: &mut Ui, timeline: &Timeline, told: &Told, actions: &mut Actions) {
    let changes = &told.changes;
    section(ui, "Commits that changed violations", Some(changes.len()));
    if changes.is_empty() {
        let said = match told.is_whole() {
            true => "No violation came or went at any of these commits",
            false => "No violation came or went at the commits that were looked at so far",
        };
        ui.label(text(ui, said, Face::Regular, TextSize::Small, Role::TextWeak));
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().id_salt("changes").auto_shrink(false).show_rows(ui, ROW, changes.len(), |ui, range| {
        for index in range {
            let step = changes[changes.len() - 1 - index];
            let (Some(commit), Some(at)) = (told.commit(step), told.course.steps.get(step)) else { continue };
            let counts: Vec<String> = [("+", at.opened), ("−", at.closed)]
                .into_iter()
                .filter(|(_, count)| *count > 0)
                .map(|(sign, count)| format!("{sign}{count}"))
                .collect();
            let line = Row {
                spoken: &spoken(told, step),
                name: &commit.committed.date().to_string(),
                detail: &commit.subject,
                end: &counts.join(" "),
                selected: timeline.marks.cursor == Some(step),
                ..Row::default()
            };
            if row(ui, &line).clicked() {
                actions.push(Action::Timeline(OnTimeline::PointAt(step)));
            }
        }
    });
}
