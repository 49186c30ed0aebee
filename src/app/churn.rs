//! What the window knows of the commits that changed files.
//!
//! In: what `execute` writes.  Out: what the treemap is coloured by, or why it is not.  Not here: asking for it (`churning`).

use std::sync::Arc;

use super::timeline::Running;
use crate::history::Churn;

/// What is known of the commits that changed files.
#[derive(Debug, Default)]
pub(crate) struct Churning {
    pub(super) known: Option<Arc<Churn>>,
    /// Why nothing is known.
    pub(super) failed: Option<String>,
    pub(super) running: Option<Running>,
    /// There are other commits by now.
    pub(super) again: bool,
}

impl Churning {
    /// Or why it is not known, in a few words.
    pub(crate) fn found(&self) -> Result<&Arc<Churn>, &str> {
        let why = || self.failed.as_deref().unwrap_or("being counted");
        self.known.as_ref().ok_or_else(why)
    }

    /// Nothing more is to come by itself.
    pub(crate) fn is_settled(&self) -> bool {
        self.running.is_none() && !self.again && (self.known.is_some() || self.failed.is_some())
    }

    /// Other commits lead to what is on disk by now.
    pub(crate) fn head_moved(&mut self) {
        self.again = self.known.is_some() || self.failed.is_some() || self.running.is_some();
    }
}
