//! The module in whose macro calls a name stands that nothing declares: `entity_id! { OrderId }` says who makes `OrderId`.
//!
//! In: scopes, with the names that stand in the arguments of calls among items which cannot be expanded.  Out: the
//! only module that a look-up reaches with such a call.  Not here: what the call makes of the name.

use super::super::asked::Question;
use super::super::walk::{Prefix, Query, World};
use super::super::{ModuleId, ModuleKind, Sym};

/// The scopes in which the first name of a path is looked up after `prefix`, the innermost first.
pub(super) fn scopes(world: &World<'_>, query: &Query<'_>, prefix: Prefix) -> Vec<ModuleId> {
    let around = |scope: &ModuleId| {
        let module = world.tree.module(*scope);
        module.parent.filter(|_| module.kind == ModuleKind::Block)
    };
    match prefix {
        Prefix::In(module) => vec![module],
        Prefix::Lexical => std::iter::successors(Some(query.scope), around).collect(),
        _ => Vec::new(),
    }
}

/// The only one of these scopes and of those that their globs read, seen `from` a module, in which the name is mentioned.
pub(super) fn module(world: &World<'_>, scopes: Vec<ModuleId>, name: Sym, from: ModuleId) -> Option<ModuleId> {
    if world.scopes.mentions.is_empty() {
        return None;
    }
    let mut found = None;
    for scope in world.through_globs(scopes, from) {
        world.hear(Question::Name(scope, name));
        if world.scopes.mentions.contains(&(scope, name)) && found.replace(scope).is_some() {
            return None;
        }
    }
    found
}
