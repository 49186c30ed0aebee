//! What the moves lead to: violations that go and come, and numbers before and after.
//!
//! In: a draft that is judged.  Out: requests to visit.  Not here: judging.

use egui::Ui;

use crate::app::action::{Action, Actions};
use crate::app::drafting::{Drafting, OnDraft};
use crate::app::widgets::{Mark, Row, row, section, text};
use crate::draft::Change;
use crate::metrics::{Better, Value};
use crate::theme::{Face, Role, TextSize};
use crate::verdict::Judged;

/// So many violations are listed.
const MOST: usize = 60;

pub(super) fn show(ui: &mut Ui, drafting: &Drafting, actions: &mut Actions) {
    let (Some(ground), Some(drafted)) = (&drafting.ground, drafting.drafted()) else { return };
    let effect = &drafted.effect;
    section(ui, "Effect", None);
    for (name, (today, then)) in
        [("Denied violations", effect.denied), ("Open violations", effect.open), ("Rings", effect.rings)]
    {
        let role = match then.cmp(&today) {
            std::cmp::Ordering::Less => Role::Success,
            std::cmp::Ordering::Equal => Role::Text,
            std::cmp::Ordering::Greater => Role::Violation,
        };
        pair(ui, name, &today.to_string(), &then.to_string(), role);
    }
    let gone: Vec<(usize, &Judged)> =
        effect.gone.iter().map(|index| (*index, &ground.verdict.violations[*index])).collect();
    let new: Vec<(usize, &Judged)> =
        effect.new.iter().map(|index| (*index, &drafted.verdict.violations[*index])).collect();
    list(ui, "Mended", &gone, false, actions);
    list(ui, "Newly broken", &new, true, actions);
    if effect.is_empty() && !drafted.draft.moves.is_empty() {
        ui.label(text(ui, "No violation goes, and none comes.", Face::Regular, TextSize::Small, Role::TextWeak));
    }
}

/// A name, and what it was and would be, at the end of the line.
fn pair(ui: &mut Ui, name: &str, today: &str, then: &str, role: Role) {
    ui.horizontal(|ui| {
        ui.label(text(ui, name, Face::Regular, TextSize::Small, Role::TextWeak));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let said = if today == then { then.to_owned() } else { format!("{today} → {then}") };
            ui.label(text(ui, said, Face::Medium, TextSize::Body, role));
        });
    });
}

fn list(ui: &mut Ui, title: &str, violations: &[(usize, &Judged)], is_new: bool, actions: &mut Actions) {
    if violations.is_empty() {
        return;
    }
    section(ui, title, Some(violations.len()));
    for (index, judged) in violations.iter().take(MOST) {
        let violation = &judged.violation;
        let mark = if is_new { Mark::Broken(judged.standing()) } else { Mark::Fixed };
        let ends = match violation.to.as_str() {
            "" => violation.from.clone(),
            to => format!("{} → {to}", violation.from),
        };
        let spoken = format!("{title}: {}, {ends}", violation.rule);
        let line = Row { spoken: &spoken, name: violation.rule, detail: &ends, mark: Some(mark), ..Row::default() };
        if row(ui, &line).on_hover_text(&violation.message).clicked() {
            let wish = if is_new { OnDraft::VisitNew(*index) } else { OnDraft::VisitGone(*index) };
            actions.push(Action::Draft(wish));
        }
    }
    if violations.len() > MOST {
        let more = format!("and {} more", violations.len() - MOST);
        ui.label(text(ui, more, Face::Regular, TextSize::Small, Role::TextWeak));
    }
}

/// Numbers that are others, of the workspace first.
pub(super) fn numbers(ui: &mut Ui, drafting: &Drafting) {
    let Some(told) = &drafting.told else { return };
    let mut shown: Option<Option<&str>> = None;
    for change in &told.changes {
        let boundary = change.boundary.as_deref();
        if shown != Some(boundary) {
            let title = boundary.map_or_else(|| "Numbers of the workspace".to_owned(), |it| format!("Numbers of {it}"));
            section(ui, &title, None);
            shown = Some(boundary);
        }
        let value = |value: Option<Value>| value.map_or_else(|| "–".to_owned(), brief);
        pair(ui, change.metric.name, &value(change.before), &value(change.after), tone(change));
    }
}

/// Without what a ratio is made of.
fn brief(value: Value) -> String {
    match value {
        Value::Count(count) => crate::app::widgets::number(count),
        Value::Ratio(ratio) => ratio.to_string(),
    }
}

fn tone(change: &Change) -> Role {
    let (Some(before), Some(after)) = (change.before, change.after) else { return Role::Text };
    if after.is_better_than(before, change.metric.better) {
        Role::Success
    } else if before.is_better_than(after, change.metric.better) && change.metric.better != Better::Neither {
        Role::Warning
    } else {
        Role::Text
    }
}
