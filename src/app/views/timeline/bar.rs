//! What can be done with the timeline, over the chart.
//!
//! In: the timeline.  Out: requests.

use egui::{Button, ComboBox, Margin, Ui, vec2};
use egui_material_icons::icons;

use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::state::State;
use crate::app::style;
use crate::app::timeline::{OnTimeline, STRETCHES, Timeline, Told};
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

pub(super) fn stretch_label(last: Option<usize>) -> String {
    last.map_or_else(|| "All commits".to_owned(), |last| format!("The last {} commits", number(last as u64)))
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
