//! What changes of the state are made with.
//!
//! In: parts of the program.  Out: one value to hand on.  Not here: any of the changes.

use std::path::PathBuf;

use super::mail::Job;
use super::settings::Settings;
use super::worker::Worker;
use crate::theme::Measurer;

/// What `execute` works with beside the state.
pub(crate) struct Tools<'a> {
    pub(crate) ctx: &'a egui::Context,
    pub(crate) worker: &'a Worker,
    pub(crate) measurer: &'a Measurer,
    /// Where the settings are kept; `None` keeps nothing.
    pub(crate) settings_file: Option<&'a PathBuf>,
}

impl Tools<'_> {
    /// In egui's seconds.
    pub(crate) fn now(&self) -> f64 {
        self.ctx.input(|input| input.time)
    }

    /// Writes the settings where they are kept.
    pub(crate) fn keep_settings(&self, settings: &Settings) {
        if let Some(path) = self.settings_file {
            self.worker.send(Job::Write { path: path.clone(), bytes: settings.to_text().into_bytes() });
        }
    }
}
