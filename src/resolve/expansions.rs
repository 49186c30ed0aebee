//! The results of macro calls, kept from one resolution to the next: most calls and most macros are the same.
//!
//! In: the facts that a call and the rules of its macro stand in, which are the same values as before where a file did not
//! change.  Out: what the call expands to.  Not here: expanding, and which macro a call means (`expand`).

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::facts::{FileFacts, TokenList};
use crate::workspace::Edition;

/// What a call expands to; `None` if no rule fits it.
pub(super) type Result = Option<(Arc<FileFacts>, Arc<TokenList>)>;

/// What the result of a call depends on.  Facts are told from others by where they lie in memory: those that are kept here
/// stay there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Told {
    /// Of the file or expansion that holds the call.
    facts: usize,
    index: u32,
    edition: Edition,
    rules: Option<RulesOf>,
    /// Without rules of its own, it may be a macro that is known by its name.
    well_known: bool,
}

/// The rules of a macro.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct RulesOf {
    facts: usize,
    /// Among the definitions there.
    place: usize,
    edition: Edition,
    /// What `$crate` is.
    krate: u32,
}

impl Told {
    pub(super) fn new(
        facts: &Arc<FileFacts>,
        index: u32,
        edition: Edition,
        rules: Option<RulesOf>,
        well_known: bool,
    ) -> Self {
        Self { facts: Arc::as_ptr(facts).addr(), index, edition, rules, well_known }
    }
}

impl RulesOf {
    pub(super) fn new(facts: &Arc<FileFacts>, place: usize, edition: Edition, krate: u32) -> Self {
        Self { facts: Arc::as_ptr(facts).addr(), place, edition, krate }
    }
}

/// Results of earlier resolutions.
#[derive(Debug, Default)]
pub struct Expansions(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    /// Asked for since the last time that anything was forgotten.
    used: FxHashMap<Told, (Vec<Arc<FileFacts>>, Result)>,
    unused: FxHashMap<Told, (Vec<Arc<FileFacts>>, Result)>,
}

impl Expansions {
    /// `None` if it is not known.
    pub(super) fn result(&self, told: &Told) -> Option<Result> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, result)) = kept.used.get(told) {
            return Some(result.clone());
        }
        let (of_facts, result) = kept.unused.remove(told)?;
        kept.used.insert(*told, (of_facts, result.clone()));
        Some(result)
    }

    /// `of_facts` are those that `told` tells of.
    pub(super) fn keep(&self, told: Told, of_facts: Vec<Arc<FileFacts>>, result: Result) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).used.insert(told, (of_facts, result));
    }

    /// Forgets what nobody asked for since the last time.
    pub fn forget_unused(&self) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.unused = std::mem::take(&mut kept.used);
    }
}
