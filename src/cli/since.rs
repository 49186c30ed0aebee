//! What a change adds: the verdict without what an earlier snapshot has, and whose boundaries the change touches.
//!
//! In: an analysis and the file of a snapshot.  Out: the analysis with the smaller verdict, and a line on boundaries and
//! their owners.  Not here: revisions of a repository.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::Outcome;
use super::progress::message;
use crate::analysis::Analysis;
use crate::load;
use crate::snapshot::{self, Document};
use crate::verdict::{Baseline, Entry, What};

/// The analysis with only what is new, and what the change touches.
pub(super) fn judge(mut analysis: Analysis, path: &Path) -> Result<(Analysis, String), Outcome> {
    let refused = |text: String| {
        message(&text);
        Outcome::WrongUse
    };
    let text = load::read_text(path).map_err(|error| refused(error.to_string()))?;
    let earlier = snapshot::read(text.as_bytes()).map_err(|error| refused(format!("{}: {error}", path.display())))?;
    analysis.verdict = analysis.verdict.since(&violations(&earlier), &analysis.model);
    let touched = touched(&analysis, &earlier);
    Ok((analysis, touched))
}

fn violations(document: &Document<'_>) -> Baseline {
    let entries = document.violations.iter().map(|violation| Entry {
        rule: violation.rule.to_string(),
        from: violation.from.to_string(),
        what: match violation.members.is_empty() {
            true => What::Thing(violation.to.to_string()),
            false => What::Cycle(violation.members.iter().map(ToString::to_string).collect()),
        },
    });
    entries.collect()
}

/// The boundaries with edges that came or went, and who owns them.
fn touched(analysis: &Analysis, earlier: &Document<'_>) -> String {
    let model = &analysis.model;
    let after: BTreeSet<(&str, &str)> =
        model.edges().iter().map(|edge| (model.path(edge.from), model.path(edge.to))).collect();
    let before: BTreeSet<(&str, &str)> = earlier.edges.iter().map(|edge| (&*edge.from, &*edge.to)).collect();
    let mut owners: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for (from, to) in after.symmetric_difference(&before) {
        for boundary in [from, to].into_iter().filter_map(|path| analysis.boundaries.of(model.find(path)?)) {
            let declaration = analysis.boundaries.declaration(boundary);
            owners.insert(&declaration.name, declaration.owner.as_deref());
        }
    }
    if owners.is_empty() {
        return "no dependency between modules of a boundary came or went".to_owned();
    }
    let told = owners.into_iter().map(|(name, owner)| match owner {
        Some(owner) => format!("{name} ({owner})"),
        None => format!("{name} (no owner)"),
    });
    format!("dependencies changed in: {}", told.collect::<Vec<_>>().join(", "))
}
