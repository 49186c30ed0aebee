//! What the draft would lead to: problems of its text, or the difference to what holds now.
//!
//! In: the draft's outcome.  Out: requests to go to a problem or a violation.  Not here: comparing (`app::outcome`).

use egui::{CollapsingHeader, Link, ScrollArea, Ui};
use egui_material_icons::{MaterialIcon, icons};

use super::{levels, trial};
use crate::app::action::{Action, Actions};
use crate::app::outcome::{Entry, Group, Outcome};
use crate::app::panels::violation::violation_name;
use crate::app::spot::Spot;
use crate::app::state::{Document, State};
use crate::app::style;
use crate::app::widgets::{Mark, Row, counted, icon, number, place_link, prose, row, section, sentence, text};
use crate::boundary::Problem;
use crate::load;
use crate::scene::thing::Thing;
use crate::source::ConfigFiles;
use crate::theme::{Face, Role, TextSize, radius};
use crate::verdict::Judged;

/// As many violations of a rule as anybody reads here.
const MOST_OF_A_RULE: usize = 100;

pub(super) fn outcome(ui: &mut Ui, document: &Document, state: &State, actions: &mut Actions) {
    let draft = &document.rules_draft;
    if let Some(told) = &draft.told {
        told_ui(ui, told);
    }
    let Some(outcome) = &draft.outcome else {
        ui.label(text(ui, "Judging…", Face::Regular, TextSize::Body, Role::TextWeak));
        return;
    };
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let is_sound = outcome.then.problems.is_empty();
        if is_sound {
            verdict(ui, outcome, draft.is_pending());
            difference(ui, document, outcome, actions);
        } else {
            problems(ui, outcome, draft.is_pending(), actions);
        }
        trial::ui(ui, document, state, actions);
        levels::levels(ui, outcome, is_sound, actions);
        ui.add_space(12.0);
    });
}

fn told_ui(ui: &mut Ui, told: &str) {
    tinted(ui, Role::ErrorFill, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label(icon(ui, icons::ICON_ERROR, 15.0, Role::Error));
            prose(ui, &sentence(told), Face::Regular, TextSize::Small);
        });
    });
    ui.add_space(6.0);
}

fn tinted(ui: &mut Ui, ground: Role, add: impl FnOnce(&mut Ui)) {
    egui::Frame::new()
        .fill(style::color(ui, ground))
        .corner_radius(radius::LARGE)
        .inner_margin(egui::Margin::symmetric(12, 9))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            add(ui);
        });
}

/// Whether `check` would fail, and the numbers now and then.
fn verdict(ui: &mut Ui, outcome: &Outcome, is_pending: bool) {
    let verdict = &outcome.then.verdict;
    let (ground, sign, role, said) = if outcome.is_denied() {
        (Role::ViolationFill, icons::ICON_CANCEL, Role::Violation, "`check` would fail")
    } else {
        (Role::SuccessFill, icons::ICON_CHECK_CIRCLE, Role::Success, "`check` would pass")
    };
    tinted(ui, ground, |ui| {
        ui.horizontal(|ui| {
            ui.label(icon(ui, sign, 20.0, role));
            prose(ui, said, Face::SemiBold, TextSize::Heading);
            if is_pending {
                pending(ui);
            }
        });
        let now = &outcome.now.verdict;
        let of_boundaries = (outcome.now.boundaries.len(), outcome.then.boundaries.len());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 18.0;
            for (what, now, then) in [
                ("violations", now.violations.len(), verdict.violations.len()),
                ("denied", now.denied(), verdict.denied()),
                ("accepted", now.accepted(), verdict.accepted()),
                ("boundaries", of_boundaries.0, of_boundaries.1),
            ] {
                number_ui(ui, what, now, then);
            }
        });
    });
    if outcome.is_partial {
        ui.add_space(6.0);
        let said = "What `enrich` asks for is looked at once the file is saved: until then it is as it was.";
        prose(ui, said, Face::Regular, TextSize::Small);
    }
}

fn pending(ui: &mut Ui) {
    ui.label(text(ui, "Judging…", Face::Regular, TextSize::Small, Role::TextWeak));
}

fn number_ui(ui: &mut Ui, what: &str, now: usize, then: usize) {
    let said =
        if now == then { number(then as u64) } else { format!("{} → {}", number(now as u64), number(then as u64)) };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        ui.label(text(ui, said, Face::SemiBold, TextSize::Body, Role::TextStrong));
        ui.label(text(ui, what, Face::Regular, TextSize::Small, Role::Text));
    });
}

/// What is wrong with the text; a click goes there.
fn problems(ui: &mut Ui, outcome: &Outcome, is_pending: bool, actions: &mut Actions) {
    let problems = &outcome.then.problems;
    tinted(ui, Role::ErrorFill, |ui| {
        ui.horizontal(|ui| {
            ui.label(icon(ui, icons::ICON_ERROR, 20.0, Role::Error));
            let said = counted(problems.len() as u64, "problem", "problems");
            ui.label(text(ui, said, Face::SemiBold, TextSize::Heading, Role::TextStrong));
            if is_pending {
                pending(ui);
            }
        });
        prose(ui, "`check` would refuse to judge by this text.", Face::Regular, TextSize::Small);
    });
    ui.add_space(4.0);
    for problem in problems {
        problem_ui(ui, &outcome.then.config_files, problem, actions);
    }
}

fn problem_ui(ui: &mut Ui, files: &ConfigFiles, problem: &Problem, actions: &mut Actions) {
    ui.add_space(6.0);
    match files.locate(problem.span) {
        Some((file, span)) if file.path == load::CONFIG => {
            let at = file.line_column(span.start);
            let place = format!("Line {}, column {}", at.line, at.column);
            let label = text(ui, place, Face::Medium, TextSize::Small, Role::TextLink);
            if ui.add(Link::new(label)).on_hover_text("Go there").clicked() {
                actions.push(Action::ShowInRules(span));
            }
        }
        Some((file, span)) => drop(place_link(ui, &Spot::of_span(file, span), actions)),
        None => {}
    }
    prose(ui, &sentence(&problem.message), Face::Regular, TextSize::Body);
    if let Some(help) = &problem.help {
        prose(ui, &sentence(help), Face::Regular, TextSize::Small);
    }
}

/// What the draft adds, takes away and judges otherwise.
fn difference(ui: &mut Ui, document: &Document, outcome: &Outcome, actions: &mut Actions) {
    if outcome.changes_nothing() {
        ui.add_space(8.0);
        let said = if document.rules_draft.is_changed() {
            "The same violations and boundaries as now."
        } else {
            "Change the text: what that would lead to is shown here, before it is saved."
        };
        ui.label(text(ui, said, Face::Regular, TextSize::Small, Role::TextWeak));
        return;
    }
    names(ui, "New boundaries", &outcome.new_boundaries);
    names(ui, "Boundaries that go", &outcome.gone_boundaries);
    let shown = Shown { document, outcome };
    shown.groups(ui, "New violations", (icons::ICON_ADD, Role::Violation), &outcome.new, actions);
    shown.groups(ui, "Violations that go", (icons::ICON_REMOVE, Role::Success), &outcome.gone, actions);
    shown.groups(ui, "Judged otherwise", (icons::ICON_SWAP_HORIZ, Role::Warning), &outcome.otherwise, actions);
}

fn names(ui: &mut Ui, title: &str, names: &[String]) {
    if names.is_empty() {
        return;
    }
    section(ui, title, Some(names.len()));
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    prose(ui, &quoted.join(", "), Face::Regular, TextSize::Body);
}

struct Shown<'a> {
    document: &'a Document,
    outcome: &'a Outcome,
}

impl Shown<'_> {
    fn groups(
        &self,
        ui: &mut Ui,
        title: &str,
        (sign, role): (MaterialIcon, Role),
        groups: &[Group],
        actions: &mut Actions,
    ) {
        if groups.is_empty() {
            return;
        }
        ui.add_space(10.0);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 5.0;
            ui.label(icon(ui, sign, 15.0, role));
            ui.label(text(ui, title, Face::SemiBold, TextSize::Small, Role::TextStrong));
            let count = number(Group::count(groups) as u64);
            ui.label(text(ui, count, Face::Regular, TextSize::Small, Role::TextWeak));
        });
        // A few are shown at once, many when they are asked for.
        let is_short = Group::count(groups) <= 12;
        for group in groups {
            let header = format!("{}  {}", group.rule, number(group.entries.len() as u64));
            let header = text(ui, header, Face::Medium, TextSize::Body, Role::Text);
            CollapsingHeader::new(header).id_salt((title, group.rule)).default_open(is_short).show_unindented(
                ui,
                |ui| {
                    for entry in group.entries.iter().take(MOST_OF_A_RULE) {
                        self.entry(ui, *entry, actions);
                    }
                    let more = group.entries.len().saturating_sub(MOST_OF_A_RULE);
                    if more > 0 {
                        let more = format!("and {} more", number(more as u64));
                        ui.label(text(ui, more, Face::Regular, TextSize::Small, Role::TextWeak));
                    }
                },
            );
        }
    }

    fn entry(&self, ui: &mut Ui, entry: Entry, actions: &mut Actions) {
        let of = |index: Option<usize>, verdict: &'_ crate::verdict::Verdict| -> Option<Judged> {
            verdict.violations.get(index?).cloned()
        };
        let now = of(entry.now, &self.outcome.now.verdict);
        let then = of(entry.then, &self.outcome.then.verdict);
        let Some(judged) = then.as_ref().or(now.as_ref()) else { return };
        let standing = judged.standing();
        let end = match (&now, &then) {
            (Some(now), Some(_)) => format!("{} → {}", now.standing().word(), standing.word()),
            _ => standing.word().to_owned(),
        };
        let name = violation_name(&judged.violation);
        let line = Row {
            spoken: &format!("{}, {end}: {}", judged.violation.rule, judged.violation.message),
            name: &name,
            end: &end,
            mark: Some(Mark::Broken(standing)),
            depth: 1,
            ..Row::default()
        };
        if row(ui, &line).on_hover_text(&judged.violation.message).clicked() {
            actions.push(self.target(entry, judged));
        }
    }

    /// Where a click leads: to the violation where it is one now, else to what breaks the rule.
    fn target(&self, entry: Entry, judged: &Judged) -> Action {
        let model = &self.outcome.then.model;
        let is_current = std::sync::Arc::ptr_eq(&self.document.analysis, &self.outcome.now);
        let is_same = std::sync::Arc::ptr_eq(&self.document.analysis.model, model);
        let declared = judged.violation.declared.and_then(|span| self.outcome.then.config_files.locate(span));
        let declared = declared.filter(|(file, _)| file.path == load::CONFIG).map(|(_, span)| span);
        let first = judged.violation.references.first().map(|id| model.edge(model.reference(*id).edge));
        match (entry.now, first, judged.violation.from_node, declared) {
            (Some(index), ..) if is_current => Action::VisitViolation(index),
            (_, Some(edge), ..) if is_same => Action::Visit(Thing::edge(edge.from, edge.to)),
            (_, None, Some(node), _) if is_same => Action::Visit(Thing::Node(node)),
            (_, _, _, Some(place)) => Action::ShowInRules(place),
            _ => Action::Copy(judged.violation.message.clone()),
        }
    }
}
