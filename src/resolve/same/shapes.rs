//! Whether the declarations of items that are the same have the same types in them.
//!
//! In: instances of two states, and which of their items are the same.  Out: marks in [`Same`].  Types are compared as they
//! are written; what their names mean is asked for by who reads them.  Not here: whether anything else is the same.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::super::tree::Instance;
use super::super::{ItemId, ModuleId};
use super::Same;
use super::matching::Matcher;
use crate::facts::{self, Entries, TypeFact, TypeId};

impl Matcher<'_> {
    pub(super) fn shapes(&mut self, old: &[usize], new: &[usize], pairs: &[(ItemId, ItemId)]) {
        let (mut before, mut after) = (FxHashMap::default(), FxHashMap::default());
        for instance in old {
            let reader = Reader { instance: &self.old.tree.instances[*instance], same: Some(&self.same) };
            reader.read(&mut before);
        }
        for instance in new {
            let reader = Reader { instance: &self.new.tree.instances[*instance], same: None };
            reader.read(&mut after);
        }
        for (old, new) in pairs {
            self.same.shaped[old.0 as usize] = before.get(old) == after.get(new);
        }
    }
}

/// Reads what an instance says of types, in the numbers of the new state.
struct Reader<'a> {
    instance: &'a Instance,
    /// For an instance of the old state.
    same: Option<&'a Same>,
}

impl Reader<'_> {
    /// Adds a number for all that is said of each item of which anything is.
    fn read(&self, all: &mut FxHashMap<ItemId, u64>) {
        let typing = &self.instance.facts.typing;
        for it in &typing.signatures {
            self.add(all, it.item, |hasher| {
                (0_u8, it.method).hash(hasher);
                self.list(it.parameters, hasher);
                self.type_of(it.result, hasher);
            });
        }
        for it in &typing.generics {
            self.add(all, it.item, |hasher| {
                (1_u8, it.declared, it.name.map(|name| self.name(name))).hash(hasher);
                self.list(it.bounds, hasher);
            });
        }
        for it in &typing.fields {
            self.add(all, it.owner, |hasher| {
                (2_u8, self.name(it.name)).hash(hasher);
                self.type_of(it.meaning, hasher);
            });
        }
        for it in &typing.impls {
            self.add(all, it.item, |hasher| {
                3_u8.hash(hasher);
                self.type_of(it.self_type, hasher);
                self.type_of(it.trait_, hasher);
            });
        }
        for (item, meaning) in &typing.meanings {
            self.add(all, *item, |hasher| {
                4_u8.hash(hasher);
                self.type_of(*meaning, hasher);
            });
        }
    }

    /// After what was said of the item before.
    fn add(&self, all: &mut FxHashMap<ItemId, u64>, item: facts::ItemId, what: impl FnOnce(&mut FxHasher)) {
        let number = all.entry(self.instance.item(item)).or_default();
        let mut hasher = FxHasher::default();
        number.hash(&mut hasher);
        what(&mut hasher);
        *number = hasher.finish();
    }

    fn name(&self, name: facts::NameId) -> &str {
        self.instance.facts.name(name)
    }

    fn list(&self, list: Entries, hasher: &mut FxHasher) {
        let types = self.instance.facts.typing.type_list(list);
        types.len().hash(hasher);
        types.iter().for_each(|id| self.type_of(*id, hasher));
    }

    /// A number that no other item has, also for one that is gone.
    fn item(&self, item: ItemId) -> (bool, u32) {
        match self.same {
            Some(same) => same.item(item).map_or((false, item.0), |item| (true, item.0)),
            None => (true, item.0),
        }
    }

    fn module(&self, module: ModuleId) -> (bool, u32) {
        match self.same {
            Some(same) => same.module(module).map_or((false, module.0), |module| (true, module.0)),
            None => (true, module.0),
        }
    }

    fn type_of(&self, id: TypeId, hasher: &mut FxHasher) {
        let (instance, facts) = (self.instance, &self.instance.facts);
        match facts.typing.type_fact(id) {
            TypeFact::Unknown => 0_u8.hash(hasher),
            TypeFact::Path { path, arguments } => {
                1_u8.hash(hasher);
                if let Some(path) = facts.paths.get(path as usize) {
                    (path.root, self.module(instance.scope(path.scope)), instance.activity(path.cfg)).hash(hasher);
                    facts.segments(path.segments).iter().for_each(|segment| self.name(segment.name).hash(hasher));
                }
                self.list(arguments, hasher);
            }
            TypeFact::SelfType { owner } => (2_u8, instance.owner(owner).map(|owner| self.item(owner))).hash(hasher),
            TypeFact::Parameter { name, owner } => {
                (3_u8, self.name(name), self.item(instance.item(owner))).hash(hasher)
            }
            TypeFact::Associated { base, name } => {
                (4_u8, self.name(name)).hash(hasher);
                self.type_of(base, hasher);
            }
            TypeFact::As { base, trait_ } => {
                5_u8.hash(hasher);
                self.type_of(base, hasher);
                self.type_of(trait_, hasher);
            }
            TypeFact::Binding { name, meaning } => {
                (6_u8, self.name(name)).hash(hasher);
                self.type_of(meaning, hasher);
            }
            TypeFact::Tuple { parts } => {
                7_u8.hash(hasher);
                self.list(parts, hasher);
            }
            TypeFact::Slice { item } => {
                8_u8.hash(hasher);
                self.type_of(item, hasher);
            }
            TypeFact::Bounds { bounds } => {
                9_u8.hash(hasher);
                self.list(bounds, hasher);
            }
            TypeFact::Function { parameters, result } => {
                10_u8.hash(hasher);
                self.list(parameters, hasher);
                self.type_of(result, hasher);
            }
        }
    }
}
