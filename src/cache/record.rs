//! A line of a cache file: one result as JSON.
//!
//! In: results.  Out: records that serde writes and reads, and results again.  Not here: files.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::{Cache, Found, Key};
use crate::history::{CommitId, Difference, Edge, Hole, Identity, IntentChange, State};
use crate::metrics::{METRICS, Measure, Ratio, Value};

#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Record {
    State { commit: String, against: Option<String>, rules: String, state: Box<StateRecord> },
    Hole { commit: String, rules: String, reason: String },
    Branch { merge: String, sought: String, found: Vec<(String, String)> },
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StateRecord {
    opened: Vec<IdentityRecord>,
    closed: Vec<String>,
    renamed: Vec<(String, IdentityRecord)>,
    failing: Vec<String>,
    owners: Vec<(String, String)>,
    violations: Vec<(String, usize)>,
    denied: usize,
    modules: DifferenceRecord,
    boundaries: DifferenceRecord,
    measures: Vec<(String, String)>,
    assigned: Option<String>,
    notes: Vec<(String, usize)>,
    intent: Vec<(String, String)>,
}

#[derive(Debug, Serialize, Deserialize)]
struct IdentityRecord(String, String, String, String, Vec<String>);

#[derive(Debug, Serialize, Deserialize)]
struct DifferenceRecord {
    added: Vec<Edge>,
    removed: Vec<Edge>,
    count: usize,
}

impl Record {
    pub(super) fn of(key: &Key, found: &Found) -> Self {
        let Key { commit, against, rules } = key.clone();
        let commit = commit.to_string();
        match found {
            Ok(state) => {
                let state = Box::new(StateRecord::of(state));
                Self::State { commit, against: against.map(|id| id.to_string()), rules, state }
            }
            Err(Hole { reason }) => Self::Hole { commit, rules, reason: reason.clone() },
        }
    }

    pub(super) fn on_branch(merge: CommitId, sought: String, found: &[(String, CommitId)]) -> Self {
        let found = found.iter().map(|(id, commit)| (id.clone(), commit.to_string())).collect();
        Self::Branch { merge: merge.to_string(), sought, found }
    }

    /// `None` for what no run of this version writes.
    pub(super) fn enter(self, cache: &mut Cache) -> Option<()> {
        match self {
            Self::State { commit, against, rules, state } => {
                let against = match against {
                    Some(id) => Some(CommitId::parse(&id)?),
                    None => None,
                };
                let key = Key { commit: CommitId::parse(&commit)?, against, rules };
                cache.states.insert(key, state.state()?);
            }
            Self::Hole { commit, rules, reason } => {
                cache.holes.insert((CommitId::parse(&commit)?, rules), Hole { reason });
            }
            Self::Branch { merge, sought, found } => {
                let pair = |(id, commit): (String, String)| Some((id, CommitId::parse(&commit)?));
                let found = found.into_iter().map(pair).collect::<Option<_>>()?;
                cache.branches.insert((CommitId::parse(&merge)?, sought), found);
            }
        }
        Some(())
    }
}

impl StateRecord {
    fn of(state: &State) -> Self {
        let State {
            opened,
            closed,
            renamed,
            failing,
            owners,
            violations,
            denied,
            modules,
            boundaries,
            measures,
            assigned,
            notes,
            intent,
        } = state;
        Self {
            opened: opened.iter().map(IdentityRecord::of).collect(),
            closed: closed.clone(),
            renamed: renamed.iter().map(|(before, now)| (before.clone(), IdentityRecord::of(now))).collect(),
            failing: failing.clone(),
            owners: owners.clone(),
            violations: violations.iter().map(|(rule, count)| ((*rule).to_owned(), *count)).collect(),
            denied: *denied,
            modules: DifferenceRecord::of(modules),
            boundaries: DifferenceRecord::of(boundaries),
            measures: measures.iter().map(|it| (it.metric.key.to_owned(), it.value.exact())).collect(),
            assigned: assigned.map(|share| Value::Ratio(share).exact()),
            notes: notes.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect(),
            intent: intent.iter().map(|change| (change.kind.to_owned(), change.what.clone())).collect(),
        }
    }

    fn state(self) -> Option<State> {
        let renamed = |(before, now): (String, IdentityRecord)| (before, now.identity());
        let measure = |(key, value): (String, String)| {
            let metric = METRICS.iter().copied().find(|metric| metric.key == key)?;
            Some(Measure { metric, value: Value::parse(&value)? })
        };
        let assigned = match &self.assigned {
            Some(share) => Some(ratio(share)?),
            None => None,
        };
        Some(State {
            opened: self.opened.into_iter().map(IdentityRecord::identity).collect(),
            closed: self.closed,
            renamed: self.renamed.into_iter().map(renamed).collect(),
            failing: self.failing,
            owners: self.owners,
            violations: self.violations.into_iter().map(|(rule, count)| (word(&rule), count)).collect(),
            denied: self.denied,
            modules: self.modules.difference(),
            boundaries: self.boundaries.difference(),
            measures: self.measures.into_iter().map(measure).collect::<Option<_>>()?,
            assigned,
            notes: self.notes.into_iter().map(|(kind, count)| (word(&kind), count)).collect(),
            intent: self.intent.into_iter().map(|(kind, what)| IntentChange { kind: word(&kind), what }).collect(),
        })
    }
}

fn ratio(text: &str) -> Option<Ratio> {
    match Value::parse(text)? {
        Value::Ratio(ratio) => Some(ratio),
        Value::Count(_) => None,
    }
}

impl IdentityRecord {
    fn of(identity: &Identity) -> Self {
        let Identity { id, rule, from, to, members } = identity.clone();
        Self(id, rule.to_owned(), from, to, members)
    }

    fn identity(self) -> Identity {
        let Self(id, rule, from, to, members) = self;
        Identity { id, rule: word(&rule), from, to, members }
    }
}

impl DifferenceRecord {
    fn of(difference: &Difference) -> Self {
        let Difference { added, removed, count } = difference.clone();
        Self { added, removed, count }
    }

    fn difference(self) -> Difference {
        let Self { added, removed, count } = self;
        Difference { added, removed, count }
    }
}

/// Names of rules and kinds of notes: a few dozen in all, which last as long as the program.
fn word(text: &str) -> &'static str {
    static WORDS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = words.get(text) {
        return known;
    }
    let new: &'static str = Box::leak(text.to_owned().into_boxed_str());
    words.insert(new);
    new
}
