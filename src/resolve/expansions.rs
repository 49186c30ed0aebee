//! The results of macro calls, kept from one resolution to the next: most calls and most macros are the same.
//!
//! In: the facts that a call and the rules of its macro stand in, which are the same values as before where a file did not
//! change.  Out: what the call expands to.  Not here: expanding, and which macro a call means (`expand`).

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use crate::facts::{FileFacts, MacroPosition, TokenList};
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

/// What else tells of a call that stands in a file: its text.  In a file that was edited most calls are the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Written {
    pub(super) rules: Option<RulesOf>,
    /// Where it counts beside the rules.
    pub(super) name: Option<Box<str>>,
    pub(super) position: MacroPosition,
    pub(super) edition: Edition,
    pub(super) arguments: Box<str>,
    pub(super) locals: Box<[u32]>,
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

    pub(super) fn rules(&self) -> Option<RulesOf> {
        self.rules
    }

    /// What the macro is called counts.
    pub(super) fn is_by_name(&self) -> bool {
        self.rules.is_none() && self.well_known
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
    used: FxHashMap<Told, Found>,
    unused: FxHashMap<Told, Found>,
    /// The rules and the result, as long as one of the calls above is written so.
    written: FxHashMap<Arc<Written>, (Option<Arc<FileFacts>>, Result)>,
}

#[derive(Clone, Debug)]
struct Found {
    result: Result,
    written: Option<Arc<Written>>,
    /// Those that the call is told by stay where they are.
    _facts: Vec<Arc<FileFacts>>,
}

impl Expansions {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `None` if it is not known.
    pub(super) fn result(&self, told: &Told) -> Option<Result> {
        let mut kept = self.kept();
        if let Some(found) = kept.used.get(told) {
            return Some(found.result.clone());
        }
        let found = kept.unused.remove(told)?;
        let result = found.result.clone();
        kept.used.insert(*told, found);
        Some(result)
    }

    /// What a call expanded to that is written alike; the facts are those that `told` tells of.
    pub(super) fn result_of(&self, written: &Written, told: Told, facts: &[Arc<FileFacts>]) -> Option<Result> {
        let mut kept = self.kept();
        let (written, (_, result)) = kept.written.get_key_value(written)?;
        let (written, result) = (Arc::clone(written), result.clone());
        let found = Found { result: result.clone(), written: Some(written), _facts: facts.to_vec() };
        kept.used.insert(told, found);
        Some(result)
    }

    /// The facts are those of the call, and those of its rules if it has any.
    pub(super) fn keep(&self, told: Told, written: Option<Written>, facts: Vec<Arc<FileFacts>>, result: Result) {
        let (mut kept, written) = (self.kept(), written.map(Arc::new));
        if let Some(written) = &written {
            kept.written.insert(Arc::clone(written), (facts.get(1).cloned(), result.clone()));
        }
        kept.used.insert(told, Found { result, written, _facts: facts });
    }

    /// Forgets what nobody asked for since the last time.
    pub fn forget_unused(&self) {
        let mut kept = self.kept();
        let now_unused = std::mem::take(&mut kept.used);
        let gone = std::mem::replace(&mut kept.unused, now_unused);
        for written in gone.into_values().filter_map(|found| found.written) {
            // Itself, and here.
            if Arc::strong_count(&written) == 2 {
                kept.written.remove(&written);
            }
        }
    }
}
