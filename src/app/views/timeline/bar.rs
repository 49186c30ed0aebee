//! What can be done with the timeline, over the chart.
//!
//! In: the timeline.  Out: requests.

use egui::{Button, ComboBox, Margin, Ui, vec2};
use egui_material_icons::icons;

use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::state::State;
use crate::app::style;
use crate::app::timeline::{OnTimeline, STRETCHES, Timeline, stretch_label};
use crate::app::told::Told;
use crate::app::widgets::{icon, icon_command, number, prose, sentence, text};
use crate::scene::timeline::Axis;
use crate::theme::{Face, Role, TextSize};

pub(super) fn ui(ui: &mut Ui, timeline: &Timeline, state: &State, actions: &mut Actions) {
    egui::Frame::new().fill(style::color(ui, Role::Panel)).inner_margin(Margin::symmetric(12, 4)).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_min_size(vec2(ui.available_width(), 30.0));
            ui.spacing_mut().item_spacing.x = 2.0;
            icon_command(ui, Command::FirstCommit, icons::ICON_FIRST_PAGE, state, actions);
            icon_command(ui, Command::PreviousChange, icons::ICON_SKIP_PREVIOUS, state, actions);
            let play = if timeline.playing.is_some() { icons::ICON_PAUSE } else { icons::ICON_PLAY_ARROW };
            icon_command(ui, Command::PlayHistory, play, state, actions);
            icon_command(ui, Command::NextChange, icons::ICON_SKIP_NEXT, state, actions);
            icon_command(ui, Command::LastCommit, icons::ICON_LAST_PAGE, state, actions);
            ui.separator();
            for axis in Axis::ALL {
                let is_chosen = timeline.axis == axis;
                let role = if is_chosen { Role::TextStrong } else { Role::TextWeak };
                let label = text(ui, axis.word(), Face::Medium, TextSize::Small, role);
                let button = Button::selectable(is_chosen, label);
                if ui.add(button).accessible_name(format!("Axis: {}", axis.word())).clicked() {
                    actions.push(Action::Timeline(OnTimeline::SetAxis(axis)));
                }
            }
            ui.separator();
            icon_command(ui, Command::WholeHistory, icons::ICON_FIT_SCREEN, state, actions);
            icon_command(ui, Command::SaveFilm, icons::ICON_MOVIE, state, actions);
            ui.add_space(6.0);
            stretch(ui, timeline, actions);
        });
    });
}

fn stretch(ui: &mut Ui, timeline: &Timeline, actions: &mut Actions) {
    let label = text(ui, stretch_label(timeline.last), Face::Regular, TextSize::Small, Role::Text);
    let response = ComboBox::from_id_salt("stretch").selected_text(label).show_ui(ui, |ui| {
        for last in STRETCHES {
            if ui.selectable_label(timeline.last == last, stretch_label(last)).clicked() && timeline.last != last {
                actions.push(Action::Timeline(OnTimeline::GoThrough(last)));
            }
        }
    });
    let response = response.response;
    response.widget_info(|| {
        let name = format!("Commits: {}", stretch_label(timeline.last));
        egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name)
    });
    response.on_hover_text("How many commits are gone through");
}

/// How far it is while the commits are gone through, or where that ended; below the bar.
pub(super) fn progress(ui: &mut Ui, timeline: &Timeline, told: &Told, state: &State, actions: &mut Actions) {
    let running = timeline.running.as_ref().filter(|running| !running.quietly);
    if running.is_none() && !timeline.is_stopped() {
        return;
    }
    let n = told.course.steps.len();
    let n_known = n - told.course.n_not_yet();
    let far = format!("{} of {} commits", number(n_known as u64), number(n as u64));
    let frame = egui::Frame::new().fill(style::color(ui, Role::Panel)).inner_margin(Margin::symmetric(12, 2));
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_min_size(vec2(ui.available_width(), 28.0));
            if running.is_some() {
                let done = n_known as f32 / n.max(1) as f32;
                let bar = egui::ProgressBar::new(done).desired_width(160.0).desired_height(6.0).corner_radius(3.0);
                ui.add(bar.fill(style::color(ui, Role::Accent)));
                let said = format!("Going through the commits: {far}");
                ui.label(text(ui, said, Face::Regular, TextSize::Small, Role::Text));
                let label = text(ui, "Stop", Face::Medium, TextSize::Small, Role::Text);
                let stop = ui.add_enabled(Command::CancelHistory.is_enabled(state), Button::new(label));
                if stop.on_hover_text(Command::CancelHistory.tooltip()).clicked() {
                    actions.run(Command::CancelHistory);
                }
            } else {
                let failed = timeline.failed.as_deref().and_then(|failed| failed.lines().next());
                let (sign, role) = match failed {
                    Some(_) => (icons::ICON_ERROR, Role::Error),
                    None => (icons::ICON_PAUSE_CIRCLE, Role::TextWeak),
                };
                ui.label(icon(ui, sign, 15.0, role));
                let why = failed.map_or_else(String::new, |failed| format!(": {}", sentence(failed)));
                let said = text(ui, format!("Stopped after {far}{why}"), Face::Regular, TextSize::Small, Role::Text);
                ui.label(said);
                let label = text(ui, "Go on", Face::Medium, TextSize::Small, Role::Text);
                if ui.add(Button::new(label)).on_hover_text("Looks at the other commits, too").clicked() {
                    actions.push(Action::Timeline(OnTimeline::GoOn));
                }
            }
        });
    });
}

/// What could not be looked at, below the bar.
pub(super) fn notes(ui: &mut Ui, told: &Told) {
    for note in &told.history.notes {
        let frame = egui::Frame::new().fill(style::color(ui, Role::WarningFill)).inner_margin(Margin::symmetric(12, 3));
        frame.show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.set_min_width(ui.available_width());
                ui.label(icon(ui, icons::ICON_INFO, 15.0, Role::Warning));
                prose(ui, &sentence(note), Face::Regular, TextSize::Small);
            });
        });
    }
}
