//! While two revisions are read: what is being done, how far it is, and a way out.
//!
//! In: the latest progress.  Out: a wish to cancel.  Not here: reading.

use egui::Ui;

use crate::app::action::Actions;
use crate::app::command::Command;
use crate::app::comparing::Asking;
use crate::app::state::State;
use crate::app::style;
use crate::app::widgets::{command_button, number, text};
use crate::theme::{Face, Role, TextSize};

pub(super) fn ui(ui: &mut Ui, asking: &Asking, state: &State, actions: &mut Actions) {
    ui.add_space((ui.available_height() * 0.5 - 110.0).max(24.0));
    ui.vertical_centered(|ui| {
        ui.set_max_width(460.0);
        let title = format!("Comparing {} with {}", asking.old, asking.new);
        ui.label(text(ui, title, Face::SemiBold, TextSize::Heading, Role::TextStrong));
        ui.add_space(14.0);
        let part = asking.progress.filter(|progress| progress.total > 0);
        let done = part.map_or(0.0, |progress| progress.done as f32 / progress.total as f32);
        let bar = egui::ProgressBar::new(done).desired_height(6.0).corner_radius(3.0);
        ui.add(bar.fill(style::color(ui, Role::Accent)));
        ui.add_space(6.0);
        let phase = asking.progress.map_or("Looking for the commits", |progress| progress.phase.label());
        let counts =
            part.map(|progress| format!(" – {} of {}", number(progress.done as u64), number(progress.total as u64)));
        let line = format!("{phase}{}", counts.unwrap_or_default());
        ui.label(text(ui, line, Face::Regular, TextSize::Body, Role::Text));
        let seconds = asking.since.elapsed().as_secs();
        let waited = if seconds < 2 { String::new() } else { format!("{seconds} s") };
        ui.label(text(ui, waited, Face::Regular, TextSize::Small, Role::TextWeak));
        ui.add_space(12.0);
        command_button(ui, Command::Cancel, false, state, actions);
    });
    // The seconds go on even if nothing else is told.
    ui.ctx().request_repaint_after(std::time::Duration::from_millis(500));
}
