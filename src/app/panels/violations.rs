//! The list of violations: by rule, narrowed by typing, each a way to its references.
//!
//! In: the verdict.  Out: requests to visit.  Not here: judging.

use egui::{Button, ScrollArea, TextEdit, Ui};
use egui_material_icons::icons;

use super::violation::{Beside, level_badge, violation_row};
use crate::app::action::{Action, Actions};
use crate::app::state::Document;
use crate::app::style;
use crate::app::widgets::{empty_state, icon, number, prose, sentence, text};
use crate::boundary::Problem;
use crate::rules::{RULES, Violation};
use crate::source::SourceFile;
use crate::theme::{Face, Role, TextSize, radius};
use crate::verdict::Judged;

pub(crate) fn show(ui: &mut Ui, document: &Document, filter: &str, actions: &mut Actions) {
    let violations = &document.analysis.verdict.violations;
    problems(ui, document);
    if violations.is_empty() {
        empty_state(
            ui,
            icons::ICON_CHECK_CIRCLE,
            "No rule is broken",
            "Boundaries come from a riprap.toml beside the workspace's Cargo.toml; `riprap explain` lists the rules",
        );
        return;
    }
    let mut typed = filter.to_owned();
    let field = TextEdit::singleline(&mut typed)
        .hint_text("Filter by rule, module, item or word")
        .desired_width(f32::INFINITY)
        .margin(egui::Margin::symmetric(8, 5));
    ui.add(field).accessible_name("Filter violations");
    if typed != filter {
        actions.push(Action::FilterViolations(typed.clone()));
    }
    ui.add_space(4.0);
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let shown: Vec<usize> = (0..violations.len()).filter(|index| is_meant(&violations[*index], &words)).collect();
    if shown.is_empty() {
        empty_state(
            ui,
            icons::ICON_SEARCH,
            "Nothing matches",
            "Each word must be part of the rule, a path or the message",
        );
        return;
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for (rule, indices) in by_rule(document, &shown) {
            let summary = RULES.iter().find(|known| known.name == rule).map_or("", |known| known.summary);
            let header = format!("{rule}  {}", number(indices.len() as u64));
            let header = text(ui, header, Face::SemiBold, TextSize::Body, Role::TextStrong);
            egui::CollapsingHeader::new(header).id_salt(rule).default_open(true).show_unindented(ui, |ui| {
                if !summary.is_empty() {
                    ui.label(text(ui, sentence(summary), Face::Regular, TextSize::Small, Role::TextWeak));
                }
                for index in indices {
                    violation_row(ui, document, index, Beside::Container, actions);
                    if document.violation == Some(index) {
                        explanation(ui, document, &violations[index], actions);
                    }
                }
            });
            ui.add_space(6.0);
        }
    });
}

/// What is wrong with the riprap.toml and with the riprap.baseline.
fn problems(ui: &mut Ui, document: &Document) {
    let analysis = &document.analysis;
    let files = [(&analysis.config, &analysis.problems), (&analysis.baseline, &analysis.baseline_problems)];
    for (file, problems) in files {
        if let (Some(file), false) = (file, problems.is_empty()) {
            problems_of(ui, file, problems);
        }
    }
}

/// A file that is not used before it is right.
fn problems_of(ui: &mut Ui, file: &SourceFile, problems: &[Problem]) {
    egui::Frame::new()
        .fill(style::color(ui, Role::ErrorFill))
        .corner_radius(radius::LARGE)
        .inner_margin(egui::Margin::symmetric(10, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                ui.label(icon(ui, icons::ICON_ERROR, 15.0, Role::Error));
                let title = format!("The {} is not used before this is right", file.path);
                ui.label(text(ui, title, Face::SemiBold, TextSize::Small, Role::TextStrong));
            });
            ScrollArea::vertical().id_salt(("problems", &file.path)).max_height(220.0).auto_shrink([false, true]).show(
                ui,
                |ui| {
                    for problem in problems {
                        let at = file.line_column(problem.span.start);
                        let place = format!("{}:{}:{}", file.path, at.line, at.column);
                        ui.label(text(ui, place, Face::Mono, TextSize::Caption, Role::TextWeak));
                        prose(ui, &sentence(&problem.message), Face::Regular, TextSize::Body);
                        if let Some(help) = &problem.help {
                            prose(ui, &sentence(help), Face::Regular, TextSize::Small);
                        }
                    }
                },
            );
        });
    ui.add_space(6.0);
}

/// In the order of the verdict.
fn by_rule(document: &Document, shown: &[usize]) -> Vec<(&'static str, Vec<usize>)> {
    let mut groups: Vec<(&'static str, Vec<usize>)> = Vec::new();
    for index in shown {
        let rule = document.analysis.verdict.violations[*index].violation.rule;
        match groups.iter_mut().find(|(known, _)| *known == rule) {
            Some((_, indices)) => indices.push(*index),
            None => groups.push((rule, vec![*index])),
        }
    }
    groups
}

fn is_meant(judged: &Judged, words: &[String]) -> bool {
    let violation = &judged.violation;
    let text = format!("{} {} {} {}", violation.rule, violation.from, violation.to, violation.message).to_lowercase();
    words.iter().all(|word| text.contains(word))
}

/// Places shown for a violation that no reference between modules proves.
const FIRST_PLACES: usize = 8;

fn explanation(ui: &mut Ui, document: &Document, judged: &Judged, actions: &mut Actions) {
    let violation = &judged.violation;
    egui::Frame::new()
        .fill(style::color(ui, Role::Sunken))
        .corner_radius(radius::LARGE)
        .inner_margin(egui::Margin::symmetric(10, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                ui.label(icon(ui, icons::ICON_WARNING, 15.0, Role::Violation));
                level_badge(ui, judged);
            });
            prose(ui, &sentence(&violation.message), Face::Regular, TextSize::Body);
            prose(ui, &format!("Why: {}", violation.why), Face::Regular, TextSize::Small);
            if let Some(route) = &violation.route {
                prose(ui, &format!("Legal route: {route}"), Face::Medium, TextSize::Small);
            }
            for cut in &violation.cuts {
                let cut = format!("Cut {} → {} ({})", cut.from, cut.to, cut.references.len());
                ui.label(text(ui, cut, Face::Regular, TextSize::Small, Role::Text));
            }
            if violation.references.is_empty() {
                places(ui, document, violation, actions);
            }
        });
}

/// Where it is, with the source lines; a click copies the place.
fn places(ui: &mut Ui, document: &Document, violation: &Violation, actions: &mut Actions) {
    for (file, span) in violation.places.iter().take(FIRST_PLACES) {
        let file = document.analysis.sources.file(*file);
        let at = file.line_column(span.start);
        let place = format!("{}:{}:{}", file.path, at.line, at.column);
        let label = text(ui, &place, Face::Mono, TextSize::Caption, Role::TextLink);
        let button = ui.add(Button::new(label).frame_when_inactive(false).truncate());
        if button.on_hover_text("Copy place").clicked() {
            actions.push(Action::Copy(place));
        }
        let line = text(ui, file.line_text(at.line).trim(), Face::Mono, TextSize::Caption, Role::TextWeak);
        ui.add(egui::Label::new(line).truncate());
    }
    let more = violation.places.len().saturating_sub(FIRST_PLACES);
    if more > 0 {
        ui.label(text(ui, format!("and {more} more"), Face::Regular, TextSize::Small, Role::TextWeak));
    }
}
