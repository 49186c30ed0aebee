//! What would make a use legal that has no legal name.
//!
//! In: who uses what of which boundary, and where.  Out: one clause.  Plain data moves to contracts that both sides may
//! use; behaviour is asked for through a trait that the user declares.  Not here: another name of the same thing
//! (`legal_route`), and cutting a ring (`remedy`).

use std::collections::BTreeSet;

use super::Context;
use super::declaration::Declaration;
use super::remedy::movable_item;
use crate::boundary::{BoundaryId, Role};
use crate::facts::{ItemKind, Word};
use crate::model::{NodeId, NodeKind};

/// A use that no rule allows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use {
    pub(super) from: NodeId,
    pub(super) user: BoundaryId,
    pub(super) used: BoundaryId,
    /// What is named in the end.
    pub(super) thing: NodeId,
}

/// Names that a reader takes in at once.
const MOST_NAMES: usize = 4;

impl Context<'_> {
    /// `None` where neither is possible by what riprap.toml allows.
    pub(super) fn smallest_change(&self, it: Use) -> Option<String> {
        self.to_contracts(it).or_else(|| self.inverted(it))
    }

    fn to_contracts(&self, it: Use) -> Option<String> {
        let (model, boundaries) = (self.model, self.boundaries);
        let item = movable_item(model, it.thing);
        let contracts = boundaries.ids().filter(|id| boundaries.declaration(*id).role == Some(Role::Contracts));
        let fits = |id: &BoundaryId| self.may_use(it.user, *id) && self.may_use(it.used, *id);
        let (contracts, moving) = contracts.filter(fits).find_map(|id| Some((id, self.movable(item, id)?)))?;
        let name = |node: &NodeId| format!("`{}`", model.node(*node).name);
        let with = match &moving[1..] {
            [] => String::new(),
            others => format!(" with {}, which it is made of,", in_a_row(&others.iter().map(name).collect::<Vec<_>>())),
        };
        let (user, used) = (boundaries.name(it.user), boundaries.name(it.used));
        let contracts = boundaries.name(contracts);
        Some(format!(
            "move {}{with} to the contracts `{contracts}`, which `{user}` and `{used}` may both use: it is plain data",
            name(&item)
        ))
    }

    fn inverted(&self, it: Use) -> Option<String> {
        let (model, boundaries) = (self.model, self.boundaries);
        let is_function =
            |item: NodeId| matches!(model.node(item).kind, NodeKind::Item(ItemKind::Function | ItemKind::Method));
        let calls: BTreeSet<&str> = model
            .edges_from(it.from)
            .filter(|edge| boundaries.contains(it.used, model.edge(*edge).to))
            .flat_map(|edge| model.references_of(edge))
            .filter(|(_, reference)| reference.counts() && is_function(reference.to_item))
            .map(|(_, reference)| reference.to_item)
            // Whoever is handed the trait makes nothing itself.
            .filter(|function| !self.is_constructor(*function))
            .map(|function| &*model.node(function).name)
            .collect();
        if calls.is_empty() {
            return None;
        }
        let shown: Vec<String> = match calls.len() {
            0..=MOST_NAMES => calls.iter().map(|name| format!("`{name}`")).collect(),
            count => {
                let first = calls.iter().take(MOST_NAMES - 1).map(|name| format!("`{name}`"));
                first.chain([format!("{} more", count - (MOST_NAMES - 1))]).collect()
            }
        };
        let (user, used) = (boundaries.name(it.user), boundaries.name(it.used));
        let place = if self.may_use(it.used, it.user) {
            format!("implement it in `{used}`")
        } else {
            let is_around = |id: BoundaryId, inner| id != inner && boundaries.outwards(inner).any(|outer| outer == id);
            let wires = |id: &BoundaryId| {
                let is_free = *id != it.user && *id != it.used && boundaries.declares_dependencies(*id);
                is_free && [it.user, it.used].into_iter().all(|used| is_around(*id, used) || self.may_use(*id, used))
            };
            // Who wires the program is asked first.
            let is_root = |id: &BoundaryId| boundaries.declaration(*id).role == Some(Role::Composition);
            let wiring = boundaries.ids().filter(wires).min_by_key(|id| (!is_root(id), *id))?;
            format!("implement it in `{}`, which may use both", boundaries.name(wiring))
        };
        Some(format!("declare a trait in `{user}` with what it calls of `{used}` ({}), and {place}", in_a_row(&shown)))
    }

    /// A function that returns its own type, or that or an error.
    fn is_constructor(&self, function: NodeId) -> bool {
        let block = self.model.node(function).parent.map(|parent| &*self.model.node(parent).name);
        let own = block.map(|name| name.rsplit(' ').next().unwrap_or(name));
        let returns_own = |words: &[Word<'_>]| words.iter().any(|word| word.text == "Self" || Some(word.text) == own);
        Declaration::of(self, function).is_some_and(|declaration| returns_own(declaration.result()))
    }

    /// Whether all of `used` may be used, by what `user` and the layers say.
    fn may_use(&self, user: BoundaryId, used: BoundaryId) -> bool {
        let boundaries = self.boundaries;
        let Some(place) = boundaries.members(used).first().copied() else { return false };
        let is_in_order = match (boundaries.layer(user), boundaries.layer(used)) {
            (Some(user), Some(used)) => user <= used && (!boundaries.layers().closed || used <= user + 1),
            _ => true,
        };
        user != used && is_in_order && boundaries.permits(self.model, user, place, &[])
    }
}

/// `a`, `a and b`, `a, b and c`.
fn in_a_row(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests;
