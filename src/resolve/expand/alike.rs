//! Which macro calls have the same result, in one resolution or in the next.
//!
//! In: calls, and the rules that they are expanded by.  Out: keys, equal only where the results are.  Not here: keeping
//! results (`expansions`).

use std::sync::Arc;

use super::super::expansions::{RulesOf, Told, Written};
use super::super::tree::Instance;
use super::{By, Call, Expander};
use crate::facts::{FileFacts, MacroCall, MacroPosition};
use crate::workspace::Edition;

/// Calls that are alike here have the same result.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Alike<'a> {
    /// `None`: only the arguments are read.
    rules: Option<By>,
    position: MacroPosition,
    edition: Edition,
    arguments: &'a str,
    locals: Vec<u32>,
}

impl<'i> Expander<'_, 'i> {
    /// What the result of a call depends on, where results are kept.  Those by rules from outside are not.
    pub(super) fn told(&self, call: Call, by: Option<By>, well_known: bool) -> Option<Told> {
        self.input.expansions?;
        let rules = match by {
            Some(By::Outside(_)) => return None,
            Some(By::Item(item)) => Some(item),
            None => None,
        };
        let instance = &self.tree.instances[call.instance];
        let edition = self.tree.krate(instance.krate).edition;
        let rules = rules.map(|item| {
            let (index, place) = self.macros.definitions[&item];
            let definer = &self.tree.instances[index];
            let krate = self.tree.module(self.tree.item(item).scope).krate.0;
            RulesOf::new(&definer.facts, place, self.tree.krate(definer.krate).edition, krate)
        });
        Some(Told::new(&instance.facts, call.index, edition, rules, well_known))
    }

    /// The facts that a call is in, and those that its rules are in.
    pub(super) fn facts_of(&self, call: Call, by: Option<By>) -> Vec<Arc<FileFacts>> {
        let definer = match by {
            Some(By::Item(item)) => Some(self.macros.definitions[&item].0),
            _ => None,
        };
        let instances = std::iter::once(call.instance).chain(definer);
        instances.map(|instance| Arc::clone(&self.tree.instances[instance].facts)).collect()
    }

    /// The same by the text of a call in a file.
    pub(super) fn written(&self, call: Call, told: &Told) -> Option<Written> {
        let Alike { position, edition, arguments, locals, .. } = self.alike(call, None)?;
        let instance = &self.tree.instances[call.instance];
        let path = &instance.facts.paths[self.fact(call).path as usize];
        let name = instance.segments(path.segments).last().filter(|_| told.is_by_name());
        let name = name.map(|name| self.tree.symbols.text(name).into());
        let (arguments, locals) = (arguments.into(), locals.into());
        Some(Written { rules: told.rules(), name, position, edition, arguments, locals })
    }

    /// What makes the result of a call in a file that of another one; calls in results are not compared.
    pub(super) fn alike(&self, call: Call, rules: Option<By>) -> Option<Alike<'i>> {
        let instance = &self.tree.instances[call.instance];
        if instance.expansion.is_some() {
            return None;
        }
        let fact = self.fact(call);
        let text: &'i str = &self.input.sources.file(instance.file).text;
        Some(Alike {
            rules,
            position: fact.position,
            edition: self.tree.krate(instance.krate).edition,
            arguments: text.get(fact.arguments.start as usize..fact.arguments.end as usize)?,
            locals: locals(instance, &fact).to_vec(),
        })
    }
}

pub(super) fn locals<'f>(instance: &'f Instance, call: &MacroCall) -> &'f [u32] {
    &instance.facts.local_tokens[call.locals.start as usize..call.locals.end as usize]
}
