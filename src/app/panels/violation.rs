//! One violation as a line: for every panel that lists some.
//!
//! In: a judged violation.  Out: a line that leads to it, and its level as a word.  Not here: lists.

use egui::Ui;

use crate::app::action::{Action, Actions};
use crate::app::state::{Document, container_of};
use crate::app::widgets::{Row, badge, number, row};
use crate::theme::Role;
use crate::verdict::Judged;

/// What is told of a violation beside who and whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    /// The rule: for lists of several rules.
    Rule,
    /// Where the item is defined: for lists of one rule.
    Container,
}

/// One violation: who, and whom.
pub(super) fn violation_row(ui: &mut Ui, document: &Document, index: usize, beside: Beside, actions: &mut Actions) {
    let Some(judged) = document.analysis.verdict.violations.get(index) else { return };
    let violation = &judged.violation;
    let from = tail(&violation.from);
    let to = if violation.to.is_empty() { members(&violation.members) } else { tail(&violation.to).to_owned() };
    let name = if to.is_empty() { from.to_owned() } else { format!("{from} → {to}") };
    let role = match (judged.denied, &judged.accepted) {
        (true, _) => Role::Violation,
        (_, Some(_)) => Role::TextWeak,
        _ => Role::Warning,
    };
    let accepted = if judged.accepted.is_some() { ", accepted" } else { "" };
    let line = Row {
        spoken: &format!("{}{accepted}: {}", violation.rule, violation.message),
        name: &name,
        detail: match beside {
            Beside::Rule => violation.rule,
            Beside::Container if violation.to.is_empty() => "",
            Beside::Container => container_of(&violation.to, tail(&violation.to)),
        },
        end: &number(violation.removal() as u64),
        mark: Some((role, judged.denied)),
        selected: document.violation == Some(index),
        depth: 0,
    };
    let hover = match &judged.accepted {
        Some(acceptance) => format!("{}\n({acceptance})", violation.message),
        None => violation.message.clone(),
    };
    if row(ui, &line).on_hover_text(hover).clicked() {
        actions.push(Action::VisitViolation(index));
    }
}

fn members(members: &[String]) -> String {
    let names: Vec<&str> = members.iter().map(|member| tail(member)).collect();
    names.join(", ")
}

/// The level as a word, so that colour is not the only sign.
pub(super) fn level_badge(ui: &mut Ui, judged: &Judged) {
    let (word, ground, letters) = match (judged.denied, &judged.accepted) {
        (true, _) => ("denied", Role::Violation, Role::TextOnAccent),
        (_, Some(_)) => ("accepted", Role::Sunken, Role::Text),
        _ => ("warning", Role::WarningFill, Role::Text),
    };
    badge(ui, word, ground, letters);
}

fn tail(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}
