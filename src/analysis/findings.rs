//! What is worth knowing of an analysed workspace.
//!
//! In: an analysis, and what was changed of late.  Out: [`Worth`].  Not here: what is worth knowing (`findings`).

use super::Analysis;
use crate::findings::{Edits, Finding, Known, beyond_rules, findings, of_first_page};

/// Findings, those that buy most first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Worth {
    pub first_page: Vec<Finding>,
    /// Those that are worth less.
    pub rest: Vec<Finding>,
}

impl Analysis {
    /// Without a riprap.toml all that is worth knowing; with one what its rules do not tell.
    pub fn findings(&self, edits: Option<&Edits>) -> Worth {
        let Self { workspace, target, model, sources, notes, verdict, .. } = self;
        let known = Known { workspace, target, model, sources, notes, violations: &verdict.violations, edits };
        let mut first_page = if verdict.configured { beyond_rules(known) } else { findings(known) };
        let rest = first_page.split_off(of_first_page(model).min(first_page.len()));
        Worth { first_page, rest }
    }
}
