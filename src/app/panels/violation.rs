//! One violation as a line, and in full: for every panel that lists some.
//!
//! In: a judged violation.  Out: a line that leads to it, its level as a word, and what to do about it.  Not here: lists.

use egui::{Button, Ui};
use egui_material_icons::icons;

use super::since;
use crate::app::accept::{Acceptance, acceptance};
use crate::app::action::{Action, Actions};
use crate::app::amendment::Wish;
use crate::app::command::Command;
use crate::app::spot::Spot;
use crate::app::state::{Document, container_of};
use crate::app::style;
use crate::app::widgets::{Mark, Row, badge, icon, number, place_link, place_menu, prose, row, sentence, text};
use crate::rules::Violation;
use crate::theme::{Face, Role, TextSize, radius};
use crate::verdict::{Judged, Standing};

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
    let name = violation_name(violation);
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
        mark: Some(Mark::Broken(judged.standing())),
        selected: document.violation == Some(index),
        depth: 0,
    };
    let hover = match &judged.accepted {
        Some(acceptance) => format!("{}\n({acceptance})", violation.message),
        None => violation.message.clone(),
    };
    let response = row(ui, &line).on_hover_text(hover);
    response.context_menu(|ui| menu(ui, document, index, actions));
    if response.clicked() {
        actions.push(Action::VisitViolation(index));
    }
}

/// Who, and whom, each by the end of its path.
pub(crate) fn violation_name(violation: &Violation) -> String {
    let from = tail(&violation.from);
    let to = if violation.to.is_empty() { members(&violation.members) } else { tail(&violation.to).to_owned() };
    if to.is_empty() { from.to_owned() } else { format!("{from} → {to}") }
}

/// What can be done about a violation.
fn menu(ui: &mut Ui, document: &Document, index: usize, actions: &mut Actions) {
    let Some(judged) = document.analysis.verdict.violations.get(index) else { return };
    let mut item = |label: &str, hint: &str, action: Action| {
        if ui.button(label).on_hover_text(hint).clicked() {
            actions.push(action);
            ui.close();
        }
    };
    item("Show references", "Select the edge on the map and list its references", Action::VisitViolation(index));
    item("Copy message", "The message with its reason and the legal route", Action::Copy(in_words(judged)));
    if let Some((label, hint)) = acceptance_words(document, judged) {
        item(label, hint, Action::ToggleAccepted(index));
    }
    let wish = Wish::ExceptViolation(index);
    if judged.standing() != Standing::Accepted && wish.form(document).is_ok() {
        let hint = "Excuse it in riprap.toml, with a reason and, if you like, a last day";
        if ui.button("Add exception with reason…").on_hover_text(hint).clicked() {
            actions.push(Action::Prepare(wish));
            ui.close();
        }
    }
    if let Some(spot) = Spot::of_violation(&document.analysis, judged) {
        ui.separator();
        place_menu(ui, &spot, actions);
    }
}

fn acceptance_words(document: &Document, judged: &Judged) -> Option<(&'static str, &'static str)> {
    match acceptance(&document.analysis, judged) {
        Acceptance::CanAccept => Some(("Accept", "Write it into riprap.baseline: it no longer makes `check` fail")),
        Acceptance::CanTakeBack => Some(("Accept no longer", "Take it out of riprap.baseline")),
        Acceptance::Nothing => None,
    }
}

fn in_words(judged: &Judged) -> String {
    let violation = &judged.violation;
    let route = violation.route.as_ref().map_or_else(String::new, |route| format!("\nhelp: {route}"));
    format!("{}: {}\nwhy: {}{route}", violation.rule, violation.message, violation.why)
}

/// What is broken, why that matters, the legal way, and what can be done.
pub(super) fn explanation(ui: &mut Ui, document: &Document, index: usize, actions: &mut Actions) {
    let Some(judged) = document.analysis.verdict.violations.get(index) else { return };
    let violation = &judged.violation;
    let (ground, sign) = match judged.standing() {
        Standing::Denied => (Role::ViolationFill, Role::Violation),
        Standing::Warned => (Role::WarningFill, Role::Warning),
        Standing::Accepted => (Role::Sunken, Role::TextWeak),
    };
    egui::Frame::new()
        .fill(style::color(ui, ground))
        .corner_radius(radius::LARGE)
        .inner_margin(egui::Margin::symmetric(10, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 4.0;
            ui.horizontal(|ui| {
                ui.label(icon(ui, icons::ICON_WARNING, 15.0, sign));
                ui.label(text(ui, violation.rule, Face::SemiBold, TextSize::Small, Role::TextStrong));
                level_badge(ui, judged);
            });
            prose(ui, &sentence(&violation.message), Face::Regular, TextSize::Body);
            prose(ui, &format!("Why: {}", violation.why), Face::Regular, TextSize::Small);
            if let Some(route) = &violation.route {
                prose(ui, &format!("Legal route: {route}"), Face::Medium, TextSize::Small);
            }
            for remedy in violation.remedies() {
                prose(ui, &sentence(&remedy), Face::Regular, TextSize::Small);
            }
            for remark in &judged.remarks {
                prose(ui, &format!("Note: {remark}"), Face::Regular, TextSize::Small);
            }
            since::of_violation(ui, document, &violation.id, actions);
            if violation.references.is_empty() {
                places(ui, document, violation, actions);
            }
            buttons(ui, document, judged, index, actions);
        });
    ui.add_space(4.0);
}

fn buttons(ui: &mut Ui, document: &Document, judged: &Judged, index: usize, actions: &mut Actions) {
    ui.horizontal(|ui| {
        let mut button = |label: &str, hint: &str, action: Action| {
            let label = text(ui, label, Face::Medium, TextSize::Small, Role::Text);
            if ui.add(Button::new(label)).on_hover_text(hint).clicked() {
                actions.push(action);
            }
        };
        if let Some((label, hint)) = acceptance_words(document, judged) {
            button(label, hint, Action::ToggleAccepted(index));
        }
        let wish = Wish::ExceptViolation(index);
        if judged.standing() != Standing::Accepted && wish.form(document).is_ok() {
            button("Except…", "Excuse it in riprap.toml, with a reason", Action::Prepare(wish));
        }
        if let Some(spot) = Spot::of_violation(&document.analysis, judged) {
            button(Command::OpenInEditor.label(), &spot.to_string(), Action::OpenSpot(spot.clone()));
            button("Copy place", &spot.to_string(), Action::Copy(spot.to_string()));
        }
    });
}

fn members(members: &[String]) -> String {
    let names: Vec<&str> = members.iter().map(|member| tail(member)).collect();
    names.join(", ")
}

/// The level as a word, so that colour is not the only sign.
pub(super) fn level_badge(ui: &mut Ui, judged: &Judged) {
    let (word, ground, letters) = match judged.standing() {
        Standing::Denied => ("denied", Role::Violation, Role::TextOnViolation),
        Standing::Warned => ("warning", Role::WarningFill, Role::Text),
        Standing::Accepted => ("accepted", Role::Sunken, Role::Text),
    };
    badge(ui, word, ground, letters);
}

fn tail(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// Places shown for a violation that no reference between modules proves.
const FIRST_PLACES: usize = 8;

/// Where it is, with the source lines.
fn places(ui: &mut Ui, document: &Document, violation: &Violation, actions: &mut Actions) {
    for (file, span) in violation.places.iter().take(FIRST_PLACES) {
        let file = document.analysis.sources.file(*file);
        let spot = Spot::of_span(file, *span);
        place_link(ui, &spot, actions);
        let line = text(ui, file.line_text(spot.at.line).trim(), Face::Mono, TextSize::Caption, Role::TextWeak);
        ui.add(egui::Label::new(line).truncate());
    }
    let more = violation.places.len().saturating_sub(FIRST_PLACES);
    if more > 0 {
        ui.label(text(ui, format!("and {more} more"), Face::Regular, TextSize::Small, Role::TextWeak));
    }
    if let Some(spot) = violation.declared.and_then(|span| Spot::of_declared(&document.analysis, span)) {
        place_link(ui, &spot, actions);
    }
}
