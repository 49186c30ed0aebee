//! Two revisions side by side: what was added, removed, changed, and what only has another name.
//!
//! In: two snapshot documents, wherever they come from: a file, the files on disk, a commit.  Out: [`Comparison`].  Not
//! here: making documents, and showing what differs.

mod apis;
mod areas;
mod conditions;
mod edges;
mod modules;
mod moves;
mod numbers;
mod union;
mod violations;

#[cfg(test)]
pub(crate) mod fixture;

pub use apis::{Api, Gone, Offer, Revised};
pub use areas::{Area, Setting};
pub use edges::{AreaEdge, Edge};
pub use modules::Module;
pub use moves::{Evidence, Move};
pub use numbers::{Number, Numbers};
pub use union::{Fate, Finding, Side, Union};
pub use violations::{JudgedOnce, Place, Rejudged, Violation, Violations, Worse};

use crate::snapshot::Document;
use areas::Areas;
use moves::Moves;

/// What differs between two revisions; each list sorted by what it is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    pub workspace: String,
    /// What the two are called: a commit, a file, `WORKTREE`.
    pub before: String,
    pub after: String,
    /// What else differs, a sentence each: it may be the reason for some of what follows.
    pub conditions: Vec<String>,
    /// Boundaries are declared at one of the two at least; without any, areas are packages.
    pub has_boundaries: bool,
    pub violations: Violations,
    pub areas: Changes<Area>,
    pub area_edges: Changes<AreaEdge>,
    /// Those of areas that offer something else than before.
    pub apis: Vec<Api>,
    pub modules: Changes<Module>,
    /// Modules and boundaries that have another name and are the same.
    pub moves: Vec<Move>,
    pub edges: Changes<Edge>,
    pub numbers: Numbers,
}

/// What there is at one revision alone, and what there is at both and not the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes<T> {
    pub added: Vec<T>,
    pub removed: Vec<T>,
    pub changed: Vec<Change<T>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Change<T> {
    pub before: T,
    pub after: T,
}

impl<T> Default for Changes<T> {
    fn default() -> Self {
        Self { added: Vec::new(), removed: Vec::new(), changed: Vec::new() }
    }
}

impl<T> Changes<T> {
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }

    /// Of sorted pairs of what is the same thing at both.
    fn of<K: Ord>(
        before: std::collections::BTreeMap<K, T>,
        mut after: std::collections::BTreeMap<K, T>,
        differs: impl Fn(&T, &T) -> bool,
    ) -> Self {
        let mut changes = Self::default();
        for (key, before) in before {
            match after.remove(&key) {
                None => changes.removed.push(before),
                Some(after) if differs(&before, &after) => changes.changed.push(Change { before, after }),
                Some(_) => {}
            }
        }
        changes.added = after.into_values().collect();
        changes
    }
}

impl Comparison {
    /// What the two are called is told, since two documents may have one name for their revisions.
    pub fn of(before: (&str, &Document<'_>), after: (&str, &Document<'_>)) -> Self {
        let (before_name, before) = before;
        let (after_name, after) = after;
        let moves = Moves::new(before, after);
        let has_boundaries = !before.boundaries.is_empty() || !after.boundaries.is_empty();
        let (old, new) = (Areas::new(before, has_boundaries), Areas::new(after, has_boundaries));
        Self {
            workspace: after.workspace.to_string(),
            before: before_name.to_owned(),
            after: after_name.to_owned(),
            conditions: conditions::conditions(before, after),
            has_boundaries,
            violations: violations::violations(before, after, &moves, &old, &new),
            areas: areas::changes(&old, &new, &moves),
            area_edges: edges::between_areas(before, after, &moves, &old, &new),
            apis: apis::apis(before, after, &moves),
            modules: modules::changes(before, after, &moves, &old, &new),
            edges: edges::between_modules(before, after, &moves, &old, &new),
            numbers: numbers::numbers(before, after, &moves),
            moves: moves.told(),
        }
    }

    /// Nothing that is compared differs.
    pub fn is_empty(&self) -> bool {
        let Self { violations, areas, area_edges, apis, modules, moves, edges, numbers, .. } = self;
        violations.is_empty()
            && areas.is_empty()
            && area_edges.is_empty()
            && apis.is_empty()
            && modules.is_empty()
            && moves.is_empty()
            && edges.is_empty()
            && numbers.is_empty()
    }
}

#[cfg(test)]
mod tests;
