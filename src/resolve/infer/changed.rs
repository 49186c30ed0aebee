//! Which questions about methods have another answer now.
//!
//! In: tables, before and now.  Out: questions, in the numbers of before; about what is gone nothing is said.

use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::asked::Question;
use super::super::same::Same;
use super::super::{ItemId, Sym};
use super::Known;
use super::tables::{Subject, TraitImpl};

impl Known {
    /// Whether the names of the standard library that the workspace uses are the same: nobody asks for others.
    pub(in super::super) fn uses_names_of(&self, other: &Self) -> bool {
        self.names.are_those_of(&other.names)
    }

    pub(in super::super) fn changed(&self, now: &Self, same: &Same, changed: &mut FxHashSet<Question>) {
        let (old, new) = (&self.tables, &now.tables);
        let member = Keys {
            forth: &|(item, name): (ItemId, Sym)| Some((same.item(item)?, same.symbol(name)?)),
            back: &|(item, name): (ItemId, Sym)| Some((same.item_back(item)?, same.symbol_back(name)?)),
            question: &|(item, name): (ItemId, Sym)| Question::Member(item, name),
        };
        let is_item = |old: &ItemId, new: &ItemId| same.item(*old) == Some(*new);
        member.compare(&old.inherent, &new.inherent, &|old, new| same.are_items(old, new), changed);
        member.compare(&old.of_trait, &new.of_trait, &is_item, changed);
        member.compare(&old.associated, &new.associated, &is_item, changed);
        let subject = Keys {
            forth: &|subject| match subject {
                Subject::Item(item) => same.item(item).map(Subject::Item),
                Subject::Standard(_) => Some(subject),
                Subject::External(name) => same.symbol(name).map(Subject::External),
            },
            back: &|subject| match subject {
                Subject::Item(item) => same.item_back(item).map(Subject::Item),
                Subject::Standard(_) => Some(subject),
                Subject::External(name) => same.symbol_back(name).map(Subject::External),
            },
            question: &Subject::question,
        };
        let are_impls = |old: &Vec<TraitImpl>, new: &Vec<TraitImpl>| {
            let is_impl = |(old, new): (&TraitImpl, &TraitImpl)| {
                let is_trait = match (old.trait_, new.trait_) {
                    (None, None) => true,
                    (Some(old), Some(new)) => same.item(old) == Some(new),
                    _ => false,
                };
                is_trait && same.item(old.item) == Some(new.item)
            };
            old.len() == new.len() && old.iter().zip(new).all(is_impl)
        };
        subject.compare(&old.impls, &new.impls, &are_impls, changed);
        let target =
            Keys { forth: &|item| same.item(item), back: &|item| same.item_back(item), question: &Question::Impls };
        target.compare(&old.targets, &new.targets, &is_item, changed);
        let blanket = Keys {
            forth: &|name| same.symbol(name),
            back: &|name| same.symbol_back(name),
            question: &Question::Blanket,
        };
        blanket.compare(&old.of_blanket, &new.of_blanket, &|old, new| same.are_items(old, new), changed);
        self.parts_changed(now, same, changed);
        self.traits_changed(now, same, changed);
    }

    /// What stands in `impl`s.
    #[expect(clippy::iter_over_hash_type, reason = "the answer is a set")]
    fn parts_changed(&self, now: &Self, same: &Same, changed: &mut FxHashSet<Question>) {
        let (old, new) = (&self.tables.in_impl, &now.tables.in_impl);
        for (item, name) in old {
            let twin = same.item(*item).zip(same.symbol(*name));
            if !twin.is_some_and(|twin| new.contains(&twin)) {
                changed.insert(Question::Member(*item, *name));
            }
        }
        for (item, name) in new {
            let before = same.item_back(*item).zip(same.symbol_back(*name));
            if let Some(before) = before.filter(|before| !old.contains(before)) {
                changed.insert(Question::Member(before.0, before.1));
            }
        }
    }

    #[expect(clippy::iter_over_hash_type, reason = "the answer is a set")]
    fn traits_changed(&self, now: &Self, same: &Same, changed: &mut FxHashSet<Question>) {
        let (old, new) = (&self.tables.traits_in, &now.tables.traits_in);
        for (scope, trait_) in old {
            let twin = same.module(*scope).zip(same.item(*trait_));
            if !twin.is_some_and(|twin| new.contains(&twin)) {
                changed.insert(Question::Traits(*scope));
            }
        }
        for (scope, trait_) in new {
            let Some(scope) = same.module_back(*scope) else { continue };
            if !same.item_back(*trait_).is_some_and(|trait_| old.contains(&(scope, trait_))) {
                changed.insert(Question::Traits(scope));
            }
        }
    }
}

/// Keys of a table before and now, and the question that it answers.
struct Keys<'a, K> {
    forth: &'a dyn Fn(K) -> Option<K>,
    back: &'a dyn Fn(K) -> Option<K>,
    question: &'a dyn Fn(K) -> Question,
}

impl<K: Copy + Eq + Hash> Keys<'_, K> {
    #[expect(clippy::iter_over_hash_type, reason = "the answer is a set")]
    fn compare<V>(
        &self,
        old: &FxHashMap<K, V>,
        new: &FxHashMap<K, V>,
        is_same: &dyn Fn(&V, &V) -> bool,
        changed: &mut FxHashSet<Question>,
    ) {
        for (key, value) in old {
            let twin = (self.forth)(*key).and_then(|key| new.get(&key));
            if !twin.is_some_and(|twin| is_same(value, twin)) {
                changed.insert((self.question)(*key));
            }
        }
        for key in new.keys() {
            if let Some(key) = (self.back)(*key).filter(|key| !old.contains_key(key)) {
                changed.insert((self.question)(key));
            }
        }
    }
}
