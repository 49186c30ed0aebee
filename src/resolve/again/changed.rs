//! Which questions about names have another answer now.
//!
//! In: scopes and what each crate can name, before and now.  Out: questions, in the numbers of before; about what is gone
//! nothing is said.  Not here: the same of methods (`infer`).

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::asked::Question;
use super::super::externs::Prelude;
use super::super::same::Same;
use super::super::scope::{Mentions, Namespace, Scopes, Slot, TextualMacro};
use super::super::{Def, ModuleId, Sym};

impl Scopes {
    pub(super) fn changed(&self, now: &Self, same: &Same, changed: &mut FxHashSet<Question>) {
        for (number, names) in self.all_names().iter().enumerate() {
            let module = ModuleId(number as u32);
            let Some(twin) = same.module(module) else { continue };
            names_changed(module, names, &now.all_names()[twin.0 as usize], same, changed);
            let (old, new) = (self.globs_of(module), now.globs_of(twin));
            let are_globs = old.len() == new.len()
                && old.iter().zip(new).all(|(old, new)| {
                    let source = match old.source {
                        Some(source) => same.module(source).map(Some),
                        None => Some(None),
                    };
                    source == Some(new.source) && same.visibility(old.visibility) == Some(new.visibility)
                });
            if !are_globs {
                changed.insert(Question::Globs(module));
            }
        }
        textual_changed(&self.textual_macros, &now.textual_macros, same, changed);
        mentions_changed(&self.mentions, &now.mentions, same, changed);
    }
}

type Slots = FxHashMap<(Sym, Namespace), Slot>;

#[expect(clippy::iter_over_hash_type, reason = "the answer is a set")]
fn names_changed(module: ModuleId, old: &Slots, new: &Slots, same: &Same, changed: &mut FxHashSet<Question>) {
    let mut insert = |name: Sym, namespace: Namespace| {
        changed.insert(Question::Name(module, name));
        if namespace == Namespace::Types {
            changed.insert(Question::Types(module));
        }
    };
    let mut found = 0;
    for ((name, namespace), slot) in old {
        match same.symbol(*name).and_then(|name| new.get(&(name, *namespace))) {
            Some(twin) => {
                found += 1;
                if !same.are_bindings(&slot.declared, &twin.declared)
                    || !same.are_bindings(&slot.globbed, &twin.globbed)
                {
                    insert(*name, *namespace);
                }
            }
            None => insert(*name, *namespace),
        }
    }
    if found == new.len() {
        return;
    }
    let mut has_new_names = false;
    for (name, namespace) in new.keys() {
        match same.symbol_back(*name) {
            Some(name) if old.contains_key(&(name, *namespace)) => {}
            Some(name) => insert(name, *namespace),
            // A name that nobody knew; nor asked for, but maybe for all types.
            None => has_new_names = true,
        }
    }
    if has_new_names {
        changed.insert(Question::Types(module));
    }
}

#[expect(clippy::iter_over_hash_type, reason = "the answer is a set")]
fn mentions_changed(old: &Mentions, new: &Mentions, same: &Same, changed: &mut FxHashSet<Question>) {
    for (module, name) in old {
        let twin = same.module(*module).zip(same.symbol(*name));
        if twin.is_none_or(|twin| !new.contains(&twin)) {
            changed.insert(Question::Name(*module, *name));
        }
    }
    for (module, name) in new {
        let known = same.module_back(*module).zip(same.symbol_back(*name));
        if let Some((module, name)) = known.filter(|known| !old.contains(known)) {
            changed.insert(Question::Name(module, name));
        }
    }
}

type Textual = FxHashMap<(ModuleId, Sym), Vec<TextualMacro>>;

#[expect(clippy::iter_over_hash_type, reason = "the answer is a set")]
fn textual_changed(old: &Textual, new: &Textual, same: &Same, changed: &mut FxHashSet<Question>) {
    for ((module, name), macros) in old {
        let key = same.module(*module).zip(same.symbol(*name));
        let is_same = |(old, new): (&TextualMacro, &TextualMacro)| {
            same.item(old.item) == Some(new.item)
                && same.file(old.file) == Some(new.file)
                && !same.reordered.contains(&old.file)
        };
        let twins = key.and_then(|key| new.get(&key));
        let are_same = twins.is_some_and(|new| macros.len() == new.len() && macros.iter().zip(new).all(is_same));
        if !are_same {
            changed.insert(Question::Textual(*name));
        }
    }
    for (module, name) in new.keys() {
        let Some(old_name) = same.symbol_back(*name) else { continue };
        let is_known = same.module_back(*module).is_some_and(|module| old.contains_key(&(module, old_name)));
        if !is_known {
            changed.insert(Question::Textual(old_name));
        }
    }
}

impl Prelude {
    /// Whether it names now what it named before.
    pub(super) fn is(&self, now: &Self, same: &Same) -> bool {
        let names = |old: &FxHashMap<Sym, Def>, new: &FxHashMap<Sym, Def>| {
            old.len() == new.len()
                && old.iter().all(|(name, def)| {
                    let twin = same.symbol(*name).and_then(|name| new.get(&name));
                    twin.is_some() && same.def(*def).as_ref() == twin
                })
        };
        let macro_use = self.macro_use.iter().map(|root| same.module(*root));
        names(self.names(), now.names())
            && names(self.names_in_tests(), now.names_in_tests())
            && macro_use.eq(now.macro_use.iter().copied().map(Some))
            && self.macro_use_outside == now.macro_use_outside
    }
}
