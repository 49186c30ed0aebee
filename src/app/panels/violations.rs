//! The list of violations: in groups, narrowed by typing, each a way to its references.
//!
//! In: the verdict.  Out: requests to visit.  Not here: judging.

use egui::{Button, ScrollArea, TextEdit, Ui};
use egui_material_icons::icons;

use super::edit_notice::edit_notice;
use super::violation::{Beside, explanation, violation_row};
use crate::app::action::{Action, Actions};
use crate::app::grouping::{Group, Grouping, groups};
use crate::app::spot::Spot;
use crate::app::state::{Document, State};
use crate::app::style;
use crate::app::widgets::{empty_state, icon, number, place_link, prose, sentence, text};
use crate::boundary::Problem;
use crate::source::ConfigFiles;
use crate::theme::{Face, Role, TextSize, radius};
use crate::verdict::Judged;

pub(crate) fn show(ui: &mut Ui, document: &Document, state: &State, actions: &mut Actions) {
    let (filter, grouping) = (state.violation_filter.as_str(), state.violation_grouping);
    let violations = &document.analysis.verdict.violations;
    edit_notice(ui, document, state, actions);
    problems(ui, document, actions);
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
    ui.add_space(2.0);
    heading(ui, document, grouping, actions);
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
        for group in groups(&document.analysis, &shown, grouping) {
            group_ui(ui, document, grouping, &group, actions);
            ui.add_space(6.0);
        }
    });
}

fn group_ui(ui: &mut Ui, document: &Document, grouping: Grouping, group: &Group, actions: &mut Actions) {
    let header = format!("{}  {}", group.title, number(group.indices.len() as u64));
    let header = text(ui, header, Face::SemiBold, TextSize::Body, Role::TextStrong);
    let beside = if grouping == Grouping::Rule { Beside::Container } else { Beside::Rule };
    let id = (grouping.label(), &group.title);
    egui::CollapsingHeader::new(header).id_salt(id).default_open(true).show_unindented(ui, |ui| {
        if !group.summary.is_empty() {
            ui.label(text(ui, sentence(&group.summary), Face::Regular, TextSize::Small, Role::TextWeak));
        }
        for index in &group.indices {
            violation_row(ui, document, *index, beside, actions);
            if document.violation == Some(*index) {
                explanation(ui, document, *index, actions);
            }
        }
    });
}

/// By what violations are grouped, and how many there are of which kind.
fn heading(ui: &mut Ui, document: &Document, grouping: Grouping, actions: &mut Actions) {
    ui.horizontal(|ui| {
        ui.label(text(ui, "Group by", Face::Regular, TextSize::Small, Role::TextWeak));
        ui.spacing_mut().item_spacing.x = 2.0;
        for other in Grouping::ALL {
            let selected = other == grouping;
            let role = if selected { Role::TextStrong } else { Role::TextWeak };
            let label = text(ui, other.label(), Face::Medium, TextSize::Small, role);
            let button = ui.add(Button::selectable(selected, label));
            if button.accessible_name(format!("Group by {}", other.label().to_lowercase())).clicked() {
                actions.push(Action::GroupViolations(other));
            }
        }
    });
    let told = document.analysis.verdict.tally().in_words();
    ui.label(text(ui, told, Face::Regular, TextSize::Small, Role::TextWeak));
}

/// What is wrong with the riprap.toml and with the riprap.baseline.
fn problems(ui: &mut Ui, document: &Document, actions: &mut Actions) {
    let analysis = &document.analysis;
    problems_of(ui, &analysis.config_files, &analysis.problems, actions);
    problems_of(ui, &analysis.baselines, &analysis.baseline_problems, actions);
}

/// Files that are not used before they are right.
fn problems_of(ui: &mut Ui, files: &ConfigFiles, problems: &[Problem], actions: &mut Actions) {
    let Some((first, _)) = problems.first().and_then(|problem| files.locate(problem.span)) else { return };
    egui::Frame::new()
        .fill(style::color(ui, Role::ErrorFill))
        .corner_radius(radius::LARGE)
        .inner_margin(egui::Margin::symmetric(10, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                ui.label(icon(ui, icons::ICON_ERROR, 15.0, Role::Error));
                let title = format!("The {} is not used before this is right", first.path);
                ui.label(text(ui, title, Face::SemiBold, TextSize::Small, Role::TextStrong));
            });
            ScrollArea::vertical()
                .id_salt(("problems", &first.path))
                .max_height(220.0)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    for problem in problems {
                        let Some((file, span)) = files.locate(problem.span) else { continue };
                        place_link(ui, &Spot::of_span(file, span), actions);
                        prose(ui, &sentence(&problem.message), Face::Regular, TextSize::Body);
                        if let Some(help) = &problem.help {
                            prose(ui, &sentence(help), Face::Regular, TextSize::Small);
                        }
                    }
                });
        });
    ui.add_space(6.0);
}

fn is_meant(judged: &Judged, words: &[String]) -> bool {
    let violation = &judged.violation;
    let text = format!("{} {} {} {}", violation.rule, violation.from, violation.to, violation.message).to_lowercase();
    words.iter().all(|word| text.contains(word))
}
