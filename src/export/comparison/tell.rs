//! What is told of a comparison, for every format: what got worse first, then what was fixed, then the structure.
//!
//! In: a comparison.  Out: its [`Story`].  Not here: the chapters themselves (`chapters`, `numbers`).

use super::{chapters, numbers};
use crate::compare::Comparison;
use crate::export::report::wording::counted;
use crate::export::story::Story;

pub(super) fn tell(comparison: &Comparison) -> Story {
    let chapters = [
        chapters::worse(comparison),
        chapters::broken_promises(comparison),
        chapters::fixed(comparison),
        chapters::area_edges(comparison),
        chapters::settings(comparison),
        chapters::apis(comparison),
        chapters::modules(comparison),
        chapters::rejudged(comparison),
        numbers::of_workspace(comparison),
    ];
    Story {
        title: format!("{}: {} -> {}", comparison.workspace, comparison.before, comparison.after),
        headline: headline(comparison),
        conditions: comparison.conditions.clone(),
        chapters: chapters.into_iter().flatten().collect(),
    }
}

/// The whole in one sentence.
pub(super) fn headline(comparison: &Comparison) -> String {
    if comparison.is_empty() {
        return "nothing differs".to_owned();
    }
    let violations = &comparison.violations;
    let mut clauses: Vec<String> = Vec::new();
    let grown = violations.worse.iter().filter(|it| it.was.is_some()).count();
    let denied = violations.worse.iter().filter(|it| it.violation.is_denied()).count();
    let mut worse = match violations.worse.len() - grown {
        0 => "no new violation".to_owned(),
        new => counted(new, "new violation", "new violations"),
    };
    if grown > 0 {
        worse += &format!(" and {} grew", counted(grown, "cycle that", "cycles that"));
    }
    if denied > 0 {
        worse += &format!(" ({denied} denied)");
    }
    clauses.push(worse);
    clauses.push(format!("{} fixed", violations.fixed.len()));
    let broken: usize = comparison.apis.iter().filter(|api| api.stable).map(|api| api.broken()).sum();
    if broken > 0 {
        let promises = counted(broken, "promise of a stable API", "promises of stable APIs");
        clauses.push(format!("{promises} broken"));
    }
    let edges = &comparison.area_edges;
    let areas = chapters::areas_word(comparison);
    match (edges.added.len(), edges.removed.len()) {
        (0, 0) => clauses.push(format!("the same dependencies between {areas}")),
        (added, removed) => clauses.push(format!("dependencies between {areas}: {added} new, {removed} gone")),
    }
    clauses.join("; ")
}
