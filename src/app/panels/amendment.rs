//! Filling in a change of riprap.toml, with what it will say and what comes of it, before it is written.
//!
//! In: the amendment.  Out: what is typed, and the wish to make the change.  Not here: what it means (`wish`).

use std::cmp::Ordering;

use egui::{Button, Grid, Id, Modal, TextEdit, Ui};
use egui_material_icons::icons;

use super::violation::violation_name;
use crate::app::action::{Action, Actions};
use crate::app::amendment::{Amendment, Form, Rewrite, changed_lines};
use crate::app::outcome::{Group, Outcome};
use crate::app::state::State;
use crate::app::style;
use crate::app::widgets::{Mark, Row, counted, icon, prose, row, sentence, text};
use crate::theme::{Face, Role, TextSize, radius, spacing};
use crate::verdict::{Judged, Standing};

const WIDTH: f32 = 560.0;

/// More changed lines than these are only counted.
const MOST_LINES: usize = 12;

/// As many new violations are named.
const MOST_VIOLATIONS: usize = 5;

pub(crate) fn show(ui: &Ui, amendment: &mut Amendment, state: &State, actions: &mut Actions) {
    let Some(document) = &state.document else { return };
    let frame = egui::Frame::popup(ui.style()).inner_margin(20.0);
    let modal = Modal::new(Id::unique("amendment")).frame(frame).backdrop_color(style::color(ui, Role::Scrim));
    let modal = modal.show(ui.ctx(), |ui| {
        ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 64.0));
        let form = &mut amendment.form;
        ui.label(text(ui, form.title(), Face::SemiBold, TextSize::Heading, Role::TextStrong));
        ui.add_space(spacing::SMALL);
        prose(ui, &form.effect(), Face::Regular, TextSize::Body);
        ui.add_space(spacing::LARGE);
        let entered = fields(ui, form, !std::mem::replace(&mut amendment.is_shown, true));
        if let Form::Boundary { .. } = form {
            ui.add_space(spacing::SMALL);
            let said = format!("It contains {}", document.gathered_in_words());
            ui.label(text(ui, said, Face::Regular, TextSize::Small, Role::TextWeak));
        }
        ui.add_space(spacing::LARGE);
        match &amendment.rewrite {
            Ok(rewrite) => {
                lines(ui, rewrite, document.rules_draft.is_changed());
                outcome(ui, amendment.outcome.as_deref());
            }
            Err(missing) => {
                ui.horizontal_wrapped(|ui| {
                    ui.label(icon(ui, icons::ICON_INFO, 15.0, Role::Warning));
                    prose(ui, &sentence(missing), Face::Regular, TextSize::Small);
                });
            }
        }
        ui.add_space(spacing::LARGE);
        ui.horizontal(|ui| {
            let possible = amendment.rewrite.is_ok();
            let label = egui::RichText::new("Write to riprap.toml").color(style::color(ui, Role::TextOnAccent));
            let write = Button::new(label).fill(style::color(ui, Role::Accent));
            let written = ui.add_enabled(possible, write).on_hover_text("It can be taken back: Undo edit of file");
            if possible && (written.clicked() || entered) {
                actions.push(Action::Amend);
            }
            if ui.button("Cancel").clicked() {
                actions.push(Action::CloseOverlay);
            }
        });
    });
    if modal.should_close() {
        actions.push(Action::CloseOverlay);
    }
}

/// Whether Enter was pressed in one of them.
fn fields(ui: &mut Ui, form: &mut Form, is_new: bool) -> bool {
    let mut fields: Vec<(&str, &str, &mut String)> = match form {
        Form::Allow { uses, .. } => vec![("May use", "a boundary, a package, or the path of a module", uses)],
        Form::Forbid { from, to, unless_through, reason } => vec![
            ("Reason", "why: whoever is stopped by it will ask", reason),
            ("From", "a boundary, a package, or a path", from),
            ("To", "a boundary, a package, or a path", to),
            ("Unless through", "optional: a boundary or path that may stand between", unless_through),
        ],
        Form::Except { from, to, reason, until, owner, .. } => vec![
            ("Reason", "why: whoever reads it later will ask", reason),
            ("Until", "optional: the last day on which it is good, 2027-01-31", until),
            ("Owner", "optional: who will mend it, @shop/billing", owner),
            ("From", "the referring module, or a pattern", from),
            ("To", "what it names, or a pattern", to),
        ],
        Form::Boundary { name } => vec![("Name", "orders", name)],
    };
    let mut entered = false;
    Grid::new("fields").num_columns(2).spacing([12.0, 6.0]).show(ui, |ui| {
        for (index, (name, hint, value)) in fields.iter_mut().enumerate() {
            let label = ui.label(text(ui, *name, Face::Medium, TextSize::Small, Role::Text));
            let field = TextEdit::singleline(*value)
                .hint_text(*hint)
                .desired_width(f32::INFINITY)
                .margin(egui::Margin::symmetric(8, 5));
            let response = ui.add(field).labelled_by(label.id);
            if index == 0 && is_new {
                response.request_focus();
            }
            entered |= response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            ui.end_row();
        }
    });
    entered
}

/// What comes of the change: how many violations are denied, warned of and accepted before and after, and which rules
/// that concerns.
fn outcome(ui: &mut Ui, outcome: Option<&Outcome>) {
    ui.add_space(spacing::LARGE);
    ui.label(text(ui, "What comes of it", Face::Medium, TextSize::Small, Role::TextWeak));
    let Some(outcome) = outcome else {
        ui.label(text(ui, "Judging…", Face::Regular, TextSize::Small, Role::TextWeak));
        return;
    };
    if let Some(problem) = outcome.then.problems.first() {
        prose(ui, &sentence(&problem.message), Face::Regular, TextSize::Small);
        return;
    }
    let (now, then) = (outcome.now.verdict.tally(), outcome.then.verdict.tally());
    let changes: Vec<String> = Standing::ALL
        .into_iter()
        .map(|standing| (standing, now.of(standing), then.of(standing)))
        .filter(|(_, now, then)| now != then)
        .map(|(standing, now, then)| format!("{now} → {then} {}", standing.word()))
        .collect();
    let (sign, role) = match then.denied.cmp(&now.denied) {
        Ordering::Less => (icons::ICON_TRENDING_DOWN, Role::Success),
        Ordering::Equal => (icons::ICON_TRENDING_FLAT, Role::TextWeak),
        Ordering::Greater => (icons::ICON_TRENDING_UP, Role::Violation),
    };
    let said = if changes.is_empty() {
        "As many violations as before".to_owned()
    } else {
        format!("Violations: {}", changes.join(", "))
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(icon(ui, sign, 16.0, role));
        ui.label(text(ui, said, Face::Medium, TextSize::Small, Role::TextStrong));
    });
    let parts = [
        ("comes", "come", &outcome.new),
        ("goes", "go", &outcome.gone),
        ("is judged otherwise", "are judged otherwise", &outcome.otherwise),
    ];
    for (one, many, groups) in parts.into_iter().filter(|(_, _, groups)| !groups.is_empty()) {
        let rules: Vec<String> = groups.iter().map(|group| format!("{} {}", group.entries.len(), group.rule)).collect();
        let said = format!("{}: {}", counted(Group::count(groups) as u64, one, many), rules.join(", "));
        let said = text(ui, said, Face::Regular, TextSize::Small, Role::Text);
        ui.add(egui::Label::new(said).wrap());
    }
    new_violations(ui, outcome);
}

/// Who breaks a rule that was not broken before.
fn new_violations(ui: &mut Ui, outcome: &Outcome) {
    let violations = &outcome.then.verdict.violations;
    let new: Vec<&Judged> =
        outcome.new.iter().flat_map(|group| &group.entries).filter_map(|entry| violations.get(entry.then?)).collect();
    for judged in new.iter().take(MOST_VIOLATIONS) {
        let line = Row {
            name: &violation_name(&judged.violation),
            detail: judged.violation.rule,
            mark: Some(Mark::Broken(judged.standing())),
            ..Row::default()
        };
        row(ui, &line).on_hover_text(&judged.violation.message);
    }
    if new.len() > MOST_VIOLATIONS {
        let more = format!("and {} more", new.len() - MOST_VIOLATIONS);
        ui.label(text(ui, more, Face::Regular, TextSize::Small, Role::TextWeak));
    }
}

/// What riprap.toml loses and gains.
fn lines(ui: &mut Ui, rewrite: &Rewrite, is_draft: bool) {
    let changed = changed_lines(rewrite.before.as_deref().unwrap_or_default(), &rewrite.after);
    let title = match (&rewrite.before, is_draft) {
        (_, true) => "In the draft of riprap.toml, which is not saved",
        (Some(_), false) => "In riprap.toml",
        (None, false) => "In a new riprap.toml",
    };
    ui.label(text(ui, title, Face::Medium, TextSize::Small, Role::TextWeak));
    egui::Frame::new()
        .fill(style::color(ui, Role::Sunken))
        .corner_radius(radius::MEDIUM)
        .inner_margin(egui::Margin::symmetric(8, 6))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 1.0;
            for (sign, line) in changed.iter().take(MOST_LINES) {
                let role = if *sign == '+' { Role::Success } else { Role::Error };
                let said = text(ui, format!("{sign} {line}"), Face::Mono, TextSize::Small, role);
                ui.add(egui::Label::new(said).wrap());
            }
            if changed.len() > MOST_LINES {
                let more = format!("and {} lines more", changed.len() - MOST_LINES);
                ui.label(text(ui, more, Face::Regular, TextSize::Small, Role::TextWeak));
            }
        });
}
