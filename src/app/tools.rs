//! What changes of the state are made with.
//!
//! In: parts of the program.  Out: one value to hand on.  Not here: any of the changes.

use std::path::PathBuf;

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
