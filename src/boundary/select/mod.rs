//! What a query finds.
//!
//! In: a [`Set`] of the query grammar, a model, the boundaries on it.  Out: [`Selection`](super::Selection), or the name that nothing has.
//! Not here: the grammar (`query`), and ways from one part to another (`reasons`).

mod condition;
mod name;
mod relation;

use super::Boundaries;
use super::selection::Selection;
use crate::model::{Model, NodeId};
use crate::query::{Mistake, Set};
use crate::source::SourceTree;

/// What a query is asked of.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    pub model: &'a Model,
    /// Of each package.
    pub folders: &'a [(NodeId, String)],
    pub boundaries: &'a Boundaries,
    pub sources: &'a SourceTree,
    /// References that only tests have count, too.
    pub tests: bool,
}

/// Everything that a set means.
///
/// # Errors
/// The first name that nothing has.
pub fn select(ground: Ground<'_>, set: &Set) -> Result<Selection, Mistake> {
    let model = ground.model;
    let all = |sets: &[Set], both: fn(bool, bool) -> bool| {
        let mut found = sets.iter().map(|set| select(ground, set));
        let first = found.next().unwrap_or_else(|| Ok(Selection::none(model)))?;
        found.try_fold(first, |all, next| Ok(all.combine(&next?, both)))
    };
    match set {
        Set::Everything => Ok(Selection::everything(model)),
        Set::Named(word) => name::named(ground, word),
        Set::Kind(_) | Set::Visibility(_) | Set::Is(_) | Set::Measured(..) => Ok(condition::select(ground, set)),
        Set::Has(key, word) => condition::has(ground, *key, word),
        Set::Related(relation, of, kinds) => Ok(relation::related(ground, *relation, select(ground, of)?, kinds)),
        Set::Between(from, to) => Ok(relation::between(ground, select(ground, from)?, select(ground, to)?)),
        Set::Not(set) => Ok(Selection::everything(model).combine(&select(ground, set)?, |all, not| all && !not)),
        Set::All(sets) => all(sets, |a, b| a && b),
        Set::Any(sets) => all(sets, |a, b| a || b),
    }
}

#[cfg(test)]
mod tests;
