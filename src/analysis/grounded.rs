//! What drafts are tried on, of an analysis.
//!
//! In: an [`Analysis`].  Out: [`Ground`].  riprap.toml is read again from its text, as far as it is sound.  Not here: drafts.

use std::sync::Arc;

use super::Analysis;
use super::analyze::published;
use crate::config::{self, Config};
use crate::draft::{Given, Ground};
use crate::verdict::Baseline;

impl Analysis {
    /// Judges today's state once more, so that every draft is compared with what is judged in the same way.  What a revision
    /// promised earlier is left out.
    pub fn ground(&self) -> Ground {
        let config = match self.problems.is_empty() {
            true => config::read_all(&self.config_files).unwrap_or_default(),
            false => Config::default(),
        };
        let given = Given {
            model: Arc::clone(&self.model),
            workspace: Arc::clone(&self.workspace),
            sources: Arc::clone(&self.sources),
            folders: self.package_folders(),
            published: published(&self.workspace, &self.model),
            intent: config.intent,
            options: config.options,
            levels: config.levels,
            baseline: Baseline::read_all(&self.baselines).unwrap_or_default(),
            date: self.verdict.date.unwrap_or_default(),
        };
        Ground::new(given, &self.boundaries)
    }
}
