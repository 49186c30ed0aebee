//! What the draft would have done to the commits that there are, before anybody is stopped by it.
//!
//! In: the trial.  Out: requests to begin, to stop, and to look at a commit.  Not here: going through commits (`app::going`).

use egui::{Align, Button, ComboBox, Id, Layout, ScrollArea, Ui, vec2};
use egui_material_icons::icons;

use crate::app::action::{Action, Actions};
use crate::app::canvas::camera::Camera;
use crate::app::canvas::paint;
use crate::app::command::Command;
use crate::app::state::{Document, State};
use crate::app::style;
use crate::app::timeline::{STRETCHES, stretch_label};
use crate::app::trial::{OnTrial, Stopped, Trial, Tried};
use crate::app::views::chart;
use crate::app::widgets::{Mark, Row, command_button, counted, icon, number, prose, row, section, sentence, text};
use crate::scene::timeline::{Axis, Span, View};
use crate::theme::{Face, Measurer, Role, TextSize};

/// The height of the chart, in points.
const CHART: f32 = 300.0;

/// As many commits as are listed without a scroll bar of their own.
const ROWS: usize = 8;
const ROW: f32 = 26.0;

pub(super) fn ui(ui: &mut Ui, document: &Document, state: &State, actions: &mut Actions) {
    let trial = &document.trial;
    section(ui, "Against history", None);
    ui.horizontal(|ui| {
        ui.set_min_height(30.0);
        ui.spacing_mut().item_spacing.x = 8.0;
        if let Some(running) = &trial.running {
            let part = running.progress.filter(|progress| progress.total > 0);
            let done = part.map_or(0.0, |progress| progress.done as f32 / progress.total as f32);
            let bar = egui::ProgressBar::new(done).desired_width(120.0).desired_height(6.0).corner_radius(3.0);
            ui.add(bar.fill(style::color(ui, Role::Accent)));
            let said = part.map_or_else(
                || "Listing the commits".to_owned(),
                |progress| format!("{} of {} commits", number(progress.done as u64), number(progress.total as u64)),
            );
            ui.label(text(ui, said, Face::Regular, TextSize::Small, Role::Text));
            let cancel = text(ui, "Cancel", Face::Regular, TextSize::Small, Role::Text);
            if ui.add(Button::new(cancel)).accessible_name("Cancel trying against history").clicked() {
                actions.push(Action::Trial(OnTrial::Cancel));
            }
        } else {
            stretch(ui, trial, actions);
            command_button(ui, Command::TryRules, false, state, actions);
        }
    });
    if let Some(failed) = &trial.failed {
        failed.lines().for_each(|line| prose(ui, &sentence(line), Face::Regular, TextSize::Small));
    }
    match &trial.tried {
        Some(tried) => result(ui, document, tried, actions),
        None if trial.running.is_none() && trial.failed.is_none() => {
            let said = "Which commits `check` would have stopped, had this text held: nothing is saved and nobody is \
                        blocked.";
            prose(ui, said, Face::Regular, TextSize::Small);
        }
        None => {}
    }
}

fn stretch(ui: &mut Ui, trial: &Trial, actions: &mut Actions) {
    let label = stretch_label(trial.last);
    let shown = text(ui, label.as_str(), Face::Regular, TextSize::Small, Role::Text);
    let response = ComboBox::from_id_salt("tried commits").selected_text(shown).show_ui(ui, |ui| {
        for last in STRETCHES {
            if ui.selectable_label(trial.last == last, stretch_label(last)).clicked() {
                actions.push(Action::Trial(OnTrial::SetLast(last)));
            }
        }
    });
    response.response.accessible_name(format!("Commits to try: {label}"));
}

fn result(ui: &mut Ui, document: &Document, tried: &Tried, actions: &mut Actions) {
    let trial = &document.trial;
    ui.add_space(4.0);
    if document.rules_draft.text.as_ref() != Some(&tried.text) {
        let said = "The text was changed since: this is of the one before.";
        ui.label(text(ui, said, Face::Regular, TextSize::Small, Role::Warning));
    }
    let n = tried.stopped.len();
    let (sign, role) = match n {
        0 => (icons::ICON_CHECK_CIRCLE, Role::Success),
        _ => (icons::ICON_BLOCK, Role::Violation),
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(icon(ui, sign, 16.0, role));
        let of = counted((tried.n_commits - tried.n_holes) as u64, "commit", "commits");
        let said = format!("`check` would have stopped {} of {of}", number(n as u64));
        prose(ui, &said, Face::Medium, TextSize::Body);
    });
    for note in &tried.notes {
        prose(ui, &sentence(note), Face::Regular, TextSize::Small);
    }
    picture(ui, tried);
    if n == 0 {
        return;
    }
    rules(ui, trial, tried, actions);
    let indices: Vec<usize> = tried.stopped_by(trial.rule).collect();
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut show = |ui: &mut Ui, indices: &[usize]| {
            for index in indices {
                commit(ui, &tried.stopped[*index], trial.picked == Some(*index), *index, actions);
            }
        };
        if indices.len() <= ROWS {
            show(ui, &indices);
            return;
        }
        let list = ScrollArea::vertical().id_salt("stopped").max_height(ROWS as f32 * ROW).auto_shrink(false);
        list.show_rows(ui, ROW, indices.len(), |ui, range| show(ui, &indices[range]));
    });
    if let Some(stopped) = trial.picked.and_then(|index| tried.stopped.get(index)) {
        failing(ui, stopped, trial.rule);
    }
}

/// How many violations there were at each commit.
fn picture(ui: &mut Ui, tried: &Tried) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), CHART), egui::Sense::hover());
    let measurer = Measurer::new();
    let view = View { width: rect.width(), height: CHART, axis: Axis::Commits, span: Span::default() };
    let chart = chart::kept(ui, Id::unique("trial chart"), (tried.number, 0), &tried.course, view, &measurer);
    let camera = Camera::still(rect, chart.picture.scene.bounds.center());
    paint::paint(&chart.picture, &camera, style::theme_of(ui.visuals()), None, &ui.painter_at(rect));
    let label = format!("Violations at {} commits: {}", tried.n_commits, chart.meanings.join("; "));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &label));
}

/// What stopped how many: a choice of what is listed.
fn rules(ui: &mut Ui, trial: &Trial, tried: &Tried, actions: &mut Actions) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        let all = [(None, "All rules".to_owned())];
        let each = tried.rules.iter().map(|(rule, count)| (Some(*rule), format!("{rule} {}", number(*count as u64))));
        for (rule, label) in all.into_iter().chain(each) {
            let is_chosen = trial.rule == rule;
            let role = if is_chosen { Role::TextStrong } else { Role::TextWeak };
            let label = text(ui, label, Face::Regular, TextSize::Small, role);
            if ui.add(Button::selectable(is_chosen, label)).clicked() {
                actions.push(Action::Trial(OnTrial::SetRule(rule)));
            }
        }
    });
}

fn commit(ui: &mut Ui, stopped: &Stopped, is_picked: bool, index: usize, actions: &mut Actions) {
    let Stopped { commit, failing, total } = stopped;
    let (date, n) = (commit.committed.date().to_string(), failing.len());
    let spoken = format!(
        "commit {} of {date} by {}: {}; {n} would have stopped it, {total} in all",
        commit.id.short(),
        commit.author,
        commit.subject
    );
    let end = format!("+{n} of {}", number(*total as u64));
    let line =
        Row { spoken: &spoken, name: &date, detail: &commit.subject, end: &end, selected: is_picked, ..Row::default() };
    if row(ui, &line).clicked() {
        actions.push(Action::Trial(OnTrial::Pick(index)));
    }
}

/// What would have stopped a commit.
fn failing(ui: &mut Ui, stopped: &Stopped, rule: Option<&'static str>) {
    ui.add_space(4.0);
    ui.with_layout(Layout::top_down(Align::Min), |ui| {
        let who = format!("{} by {}", stopped.commit.id.short(), stopped.commit.author);
        ui.label(text(ui, who, Face::Medium, TextSize::Small, Role::TextStrong));
        for identity in stopped.failing.iter().filter(|identity| rule.is_none_or(|rule| identity.rule == rule)) {
            let said = identity.in_words();
            row(ui, &Row { name: &said, mark: Some(Mark::Sign("+", Role::Violation)), ..Row::default() });
        }
    });
}
