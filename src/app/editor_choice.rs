//! Choosing an editor: what the dialog holds while it is open.
//!
//! In: the chosen template, and what this machine has.  Out: [`EditorChoice`].  Not here: the dialog on the screen.

use crate::launch::Survey;

/// The dialog while it is open.
#[derive(Clone, Debug, Default)]
pub(crate) struct EditorChoice {
    /// A template of the person's own.
    pub(crate) typed: String,
    /// `None` until it is known.
    pub(crate) survey: Option<Survey>,
}

impl EditorChoice {
    pub(crate) fn new(template: &str) -> Self {
        Self { typed: template.to_owned(), survey: None }
    }
}
