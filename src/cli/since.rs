//! What a change adds: the verdict without what an earlier state has, and whose boundaries the change touches.
//!
//! In: an analysis, and an earlier state: a revision or the file of a snapshot.  Out: the analysis with the smaller
//! verdict, and a line on boundaries and their owners.  Not here: what a revision holds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::Outcome;
use super::progress::{self, message};
use crate::analysis::{Analysis, Asked};
use crate::load;
use crate::snapshot::{self, Document};
use crate::verdict::{Baseline, Entry, What};

/// The analysis with only what is new, and what the change touches.
///
/// `since` is the file of a snapshot if it ends in `.json`, else a revision, which is read as the analysis was (`asked`).
pub(super) fn judge(
    analysis: Analysis,
    path: &Path,
    since: &str,
    asked: &Asked,
    quiet: bool,
) -> Result<(Analysis, String), Outcome> {
    if !since.ends_with(".json") {
        let asked = Asked { revision: Some(since.to_owned()), ..asked.clone() };
        let earlier = progress::analyze(path, &asked, quiet)?;
        return Ok(added(analysis, &earlier.document()));
    }
    let refused = |text: String| {
        message(&text);
        Outcome::WrongUse
    };
    let text = load::read_text(Path::new(since)).map_err(|error| refused(error.to_string()))?;
    let earlier = snapshot::read(text.as_bytes()).map_err(|error| refused(format!("{since}: {error}")))?;
    Ok(added(analysis, &earlier))
}

fn added(mut analysis: Analysis, earlier: &Document<'_>) -> (Analysis, String) {
    analysis.verdict = analysis.verdict.since(&violations(earlier), &analysis.model);
    let touched = touched(&analysis, earlier);
    (analysis, touched)
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
