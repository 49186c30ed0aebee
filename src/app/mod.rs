//! The window: opens a workspace, shows its map, and explains every edge.
//!
//! In: options, and who analyses a path.  Out: what a person sees, and with `screenshot` a picture of it.
//! `logic` takes what the worker says and runs what was asked for; `ui` only draws and collects what is asked for;
//! `execute` alone changes the state.  Not here: analysing, arranging and drawing scenes.

mod accept;
mod action;
mod amending;
mod amendment;
mod analyst;
mod at_hand;
mod availability;
mod blast;
mod blasting;
mod canvas;
mod canvases;
mod carrying;
mod changes;
mod churn;
mod churning;
mod command;
mod commanded;
mod compare;
mod comparing;
mod drafting;
mod drawing;
mod editing;
mod editor_choice;
mod edits;
mod execute;
mod filming;
mod finder;
mod finding;
mod found;
mod gathering;
mod generation;
mod going;
mod grouping;
mod history;
mod icon;
mod keeping;
mod lasso;
mod launching;
mod laying;
mod leaving;
mod linking;
mod logic;
mod look;
mod mail;
mod making;
mod map_commands;
mod memory;
mod motion;
mod moving;
mod named;
mod naming;
mod notice;
mod one_selection;
mod opening;
mod outbox;
mod outcome;
mod pair;
mod pane;
mod panels;
mod picture_choices;
mod pinning;
mod placing;
mod plan;
mod portrait;
mod portraying;
mod provenance;
mod queried;
mod receive;
mod relations;
mod remembering;
mod rewinding;
mod rules_draft;
mod samples;
mod screenshot;
mod selected_spot;
mod settings;
mod sketch;
mod sketch_commands;
mod sketch_text;
mod sketched;
mod sketching;
mod splitting;
mod spot;
mod state;
mod style;
#[cfg(test)]
mod tests;
mod throttle;
mod tiles;
mod tiling;
mod timeline;
mod told;
mod tools;
mod travel;
mod trial;
mod trying;
mod viewing;
mod views;
mod whatif;
mod widgets;
mod window;
mod wish;
mod worker;

pub use analyst::{Analyst, Counter, Filmmaker, Historian, NewAnalyst, OnDisk, Seen};
pub use pair::Reading;
pub use screenshot::Screenshot;
pub use style::ThemeChoice;
pub use window::{AppError, AppOptions, Renderer, run};

use std::path::PathBuf;

use action::{Action, Actions};
use execute::execute;
use settings::Settings;
use state::State;
use tools::Tools;
use worker::Worker;

use crate::theme::Measurer;

/// The window's program: state, what is asked of it, and who does the work.
struct App {
    pub(crate) state: State,
    actions: Actions,
    worker: Worker,
    measurer: Measurer,
    settings_file: Option<PathBuf>,
    screenshot: Option<screenshot::Taking>,
}

impl App {
    /// # Errors
    /// Where the system gives no thread for the worker.
    pub(crate) fn new(
        ctx: &egui::Context,
        analyst: Box<dyn Analyst>,
        settings: Settings,
        settings_file: Option<PathBuf>,
    ) -> std::io::Result<Self> {
        style::install(ctx);
        style::choose(ctx, settings.theme);
        ctx.set_zoom_factor(settings.scale);
        // Scaling is a command with a shortcut like all others.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let mut state = State::new(settings);
        splitting::restore(&mut state);
        Ok(Self {
            state,
            actions: Actions::default(),
            worker: Worker::start(ctx, analyst)?,
            measurer: Measurer::new(),
            settings_file,
            screenshot: None,
        })
    }

    /// Does something at once, as if a person had asked for it.
    pub(crate) fn act(&mut self, ctx: &egui::Context, action: Action) {
        let tools =
            Tools { ctx, worker: &self.worker, measurer: &self.measurer, settings_file: self.settings_file.as_ref() };
        execute(&mut self.state, action, &tools);
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        logic::run(self, ctx, frame);
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        // The worker ends with the window: what is not written yet is written at once.
        if let Some((path, bytes)) = remembering::due(&mut self.state, self.settings_file.as_ref()) {
            let _ = crate::save::write_with_folders(&path, &bytes);
        }
    }

    fn raw_input_hook(&mut self, _ctx: &egui::Context, raw_input: &mut egui::RawInput) {
        // Wherever the pointer happens to be, the picture is the same.
        if self.screenshot.is_some() {
            raw_input.events.clear();
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        views::window_ui(ui, &mut self.state, &mut self.actions);
    }
}
