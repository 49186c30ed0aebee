//! Before there is a timeline: how far it is, or why there is none and what to do.
//!
//! In: the timeline.  Out: requests to stop, or to go through other commits.

use egui::{Button, Ui, vec2};
use egui_material_icons::icons;

use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::state::State;
use crate::app::style;
use crate::app::timeline::{OnTimeline, STRETCHES, Timeline, stretch_label};
use crate::app::widgets::{command_button, icon, number, prose, sentence, text};
use crate::theme::{Face, Role, TextSize};

pub(super) fn ui(ui: &mut Ui, timeline: &Timeline, state: &State, actions: &mut Actions) {
    ui.add_space((ui.available_height() * 0.5 - 130.0).max(24.0));
    ui.vertical_centered(|ui| {
        ui.set_max_width(520.0_f32.min(ui.available_width() - 32.0));
        match &timeline.failed {
            Some(failed) => failure(ui, failed, actions),
            None => progress(ui, timeline, state, actions),
        }
    });
}

fn progress(ui: &mut Ui, timeline: &Timeline, state: &State, actions: &mut Actions) {
    ui.label(text(ui, "Going through the commits", Face::SemiBold, TextSize::Heading, Role::TextStrong));
    let explained = "Each is read from git's objects and judged by today's riprap.toml; nothing is checked out";
    ui.label(text(ui, explained, Face::Regular, TextSize::Small, Role::TextWeak));
    ui.add_space(16.0);
    let part = timeline.running.as_ref().and_then(|running| running.progress).filter(|progress| progress.total > 0);
    let done = part.map_or(0.0, |progress| progress.done as f32 / progress.total as f32);
    ui.add(egui::ProgressBar::new(done).desired_height(6.0).corner_radius(3.0).fill(style::color(ui, Role::Accent)));
    ui.add_space(6.0);
    let said = part.map_or_else(
        || "Listing the commits".to_owned(),
        |progress| format!("{} of {} commits", number(progress.done as u64), number(progress.total as u64)),
    );
    ui.label(text(ui, said, Face::Regular, TextSize::Body, Role::Text));
    ui.add_space(12.0);
    command_button(ui, Command::CancelHistory, false, state, actions);
    ui.add_space(20.0);
    let others = STRETCHES.into_iter().filter(|last| *last != timeline.last);
    stretches(ui, others, actions);
    ui.ctx().request_repaint_after(std::time::Duration::from_millis(500));
}

fn failure(ui: &mut Ui, failed: &str, actions: &mut Actions) {
    ui.label(icon(ui, icons::ICON_HISTORY, 30.0, Role::TextDisabled));
    ui.add_space(6.0);
    ui.label(text(ui, "There is no timeline", Face::SemiBold, TextSize::Heading, Role::TextStrong));
    ui.add_space(4.0);
    for line in failed.lines() {
        prose(ui, &sentence(line), Face::Regular, TextSize::Body);
    }
    ui.add_space(14.0);
    stretches(ui, STRETCHES, actions);
}

/// Ways to go through more or fewer commits.
fn stretches(ui: &mut Ui, stretches: impl IntoIterator<Item = Option<usize>>, actions: &mut Actions) {
    let stretches: Vec<Option<usize>> = stretches.into_iter().collect();
    ui.label(text(ui, "Go through", Face::Regular, TextSize::Small, Role::TextWeak));
    ui.add_space(2.0);
    for last in stretches {
        if ui.add(Button::new(stretch_label(last)).min_size(vec2(180.0, 28.0))).clicked() {
            actions.push(Action::Timeline(OnTimeline::GoThrough(last)));
        }
    }
}
