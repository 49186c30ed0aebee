//! While a workspace is analysed: what is being done, how far it is, and a way out.
//!
//! In: the latest progress.  Out: a wish to cancel.  Not here: the analysis.

use egui::Ui;

use crate::analysis::Phase;
use crate::app::action::Actions;
use crate::app::command::Command;
use crate::app::state::{Loading, State};
use crate::app::style;
use crate::app::widgets::{command_button, number, text};
use crate::theme::{Face, Role, TextSize};

const PHASES: [(Phase, &str); 5] = [
    (Phase::Manifests, "Asking Cargo for the workspace"),
    (Phase::Reading, "Reading files"),
    (Phase::Facts, "Finding items, imports and paths"),
    (Phase::Resolving, "Resolving names"),
    (Phase::Judging, "Judging boundaries and drawing the map"),
];

pub(crate) fn ui(ui: &mut Ui, loading: &Loading, state: &State, actions: &mut Actions) {
    ui.add_space((ui.available_height() * 0.5 - 130.0).max(24.0));
    ui.vertical_centered(|ui| {
        ui.set_max_width(420.0);
        let name = loading.path.file_name().unwrap_or(loading.path.as_os_str()).to_string_lossy();
        ui.label(text(ui, format!("Opening {name}"), Face::SemiBold, TextSize::Heading, Role::TextStrong));
        let path = text(ui, loading.path.display().to_string(), Face::Mono, TextSize::Small, Role::TextWeak);
        ui.add(egui::Label::new(path).truncate());
        ui.add_space(16.0);

        let progress = loading.progress;
        let current = progress.map_or(Phase::Manifests, |progress| progress.phase);
        let index = PHASES.iter().position(|(phase, _)| *phase == current).unwrap_or(0);
        let part = progress.filter(|progress| progress.total > 0);
        let within = part.map_or(0.0, |progress| progress.done as f32 / progress.total as f32);
        let whole = (index as f32 + within.clamp(0.0, 1.0)) / PHASES.len() as f32;
        ui.add(
            egui::ProgressBar::new(whole).desired_height(6.0).corner_radius(3.0).fill(style::color(ui, Role::Accent)),
        );
        ui.add_space(6.0);
        let counts =
            part.map(|progress| format!(" – {} of {}", number(progress.done as u64), number(progress.total as u64)));
        let line = format!("{}{}", PHASES[index].1, counts.unwrap_or_default());
        ui.label(text(ui, line, Face::Regular, TextSize::Body, Role::Text));
        let seconds = loading.since.elapsed().as_secs();
        let waited = if seconds < 2 { String::new() } else { format!("{seconds} s") };
        ui.label(text(ui, waited, Face::Regular, TextSize::Small, Role::TextWeak));
        ui.add_space(12.0);
        command_button(ui, Command::Cancel, false, state, actions);
    });
    // The seconds go on even if nothing else is told.
    ui.ctx().request_repaint_after(std::time::Duration::from_millis(500));
}
