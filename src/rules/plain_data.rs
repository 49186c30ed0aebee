//! Whether an item is data that other code could hold, and what it is made of.
//!
//! In: an item, and the boundary that it might move to.  Out: the items that would have to move with it, or nothing if it
//! cannot move.  Not here: who should hold it (`smallest_change`).

use std::collections::BTreeSet;

use super::Context;
use super::declaration::Declaration;
use super::logic::logic;
use super::shown::header;
use super::statics::changes_behind_references;
use crate::boundary::{BoundaryId, Role, Ruling};
use crate::facts::ItemKind;
use crate::model::{Model, NodeId, NodeKind};

/// More types than this are no small move.
const MOST: usize = 4;

impl Context<'_> {
    /// The item and what it is made of, as far as `to` neither has that nor may use it; `None` if one of them is more than
    /// data, or made of something that `to` must not have.
    pub(super) fn movable(&self, item: NodeId, to: BoundaryId) -> Option<Vec<NodeId>> {
        let (model, boundaries) = (self.model, self.boundaries);
        let home = boundaries.of(item)?;
        let mut moving: Vec<NodeId> = vec![item];
        let mut at = 0;
        while let Some(item) = moving.get(at).copied() {
            at += 1;
            for named in self.made_of(item, to)? {
                let can_be_named = boundaries.contains(to, named) || may_hold(self, to, named);
                if moving.contains(&named) || can_be_named {
                    continue;
                }
                if !boundaries.contains(home, named) || moving.len() == MOST {
                    return None;
                }
                moving.push(named);
            }
        }
        moving[1..].sort_by(|a, b| model.path(*a).cmp(model.path(*b)));
        Some(moving)
    }

    /// The types of this workspace that a type and its own functions name.
    fn made_of(&self, item: NodeId, to: BoundaryId) -> Option<BTreeSet<NodeId>> {
        let (model, boundaries) = (self.model, self.boundaries);
        if !is_shape(model, item) || self.is_generated(item) {
            return None;
        }
        let declaration = Declaration::of(self, item)?;
        if declaration.words.iter().any(|word| changes_behind_references(word.text)) {
            return None;
        }
        let is_denied = |krate| matches!(boundaries.ruling(to, krate), Some((_, ruling)) if ruling != Ruling::Allowed);
        let module = model.module_of(item)?;
        let mut external = model.external_uses().iter().filter(|used| used.from == module);
        if external.any(|used| model.is_within(used.from_item, item) && is_denied(used.krate)) {
            return None;
        }
        let mut named: BTreeSet<NodeId> = self.named_in(item, &declaration.words).into_iter().collect();
        for function in self.own_functions(item) {
            let declaration = Declaration::of(self, function)?;
            if logic(&declaration, false).is_some() {
                return None;
            }
            named.extend(self.named_in(function, &declaration.words));
        }
        // A field may be called as a module or function is.
        Some(named.into_iter().filter(|node| *node != item && is_shape(model, *node)).collect())
    }

    /// Of a type without those that traits ask for; of a trait those that it has.
    fn own_functions(&self, item: NodeId) -> Vec<NodeId> {
        let model = self.model;
        let is_function = |node: &NodeId| model.node(*node).kind == NodeKind::Item(ItemKind::Method);
        let is_own = |id: &NodeId| header(&model.node(*id).name).is_some_and(|(of_trait, _)| of_trait.is_none());
        let blocks = self.implementations(item).into_iter().filter(is_own).chain([item]);
        blocks.flat_map(|place| model.children(place).iter().copied()).filter(is_function).collect()
    }
}

/// Not a module, not a function: what says how data looks, or what something can do.
fn is_shape(model: &Model, item: NodeId) -> bool {
    let NodeKind::Item(kind) = model.node(item).kind else { return false };
    matches!(
        kind,
        ItemKind::Struct
            | ItemKind::Enum
            | ItemKind::Union
            | ItemKind::TypeAlias
            | ItemKind::Const
            | ItemKind::Trait
            | ItemKind::TraitAlias
    )
}

/// Whether contracts may name the item where it is: in other contracts, which they may use.
fn may_hold(context: &Context<'_>, contracts: BoundaryId, item: NodeId) -> bool {
    let Some(module) = context.model.module_of(item) else { return false };
    context.boundaries.has_role(item, Role::Contracts)
        && context.boundaries.permits(context.model, contracts, module, &[])
}
