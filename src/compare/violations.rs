//! Violations that are new, fixed, or not quite the same.
//!
//! In: two documents.  Out: [`Violations`].  One is the same at both if its identity is, once the names of what moved are
//! put right; of a cycle if its members are some of the earlier one's.  Not here: judging.

use std::collections::{BTreeMap, BTreeSet};

use super::areas::Areas;
use super::moves::Moves;
use crate::rules;
use crate::snapshot::{self, Document};
use crate::verdict::{Entry, What};

/// What became of violations.  Lists begin with what weighs most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Violations {
    pub worse: Vec<Worse>,
    pub fixed: Vec<Violation>,
    /// There at both, with another name, level or acceptance, more or fewer references.
    pub changed: Vec<Rejudged>,
    /// There at both, and the same.
    pub unchanged: usize,
    /// What rules found that were judged at one of the two alone.
    pub judged_once: Vec<JudgedOnce>,
}

/// A rule that was judged at one of the two alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedOnce {
    pub rule: String,
    pub violations: usize,
    pub is_later: bool,
}

/// A violation of the later revision that is worse than anything before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worse {
    pub violation: Violation,
    /// Of a cycle that grew: what it was.
    pub was: Option<Violation>,
    /// Earlier findings of the same rule about parts of what this one is about.
    pub instead_of: Vec<Violation>,
}

/// One violation at both revisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejudged {
    pub before: Violation,
    pub after: Violation,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub id: String,
    pub rule: String,
    /// `deny`, `ratchet` or `warn`.
    pub level: String,
    /// By the baseline or an exception, and which.
    pub accepted: Option<String>,
    pub from: String,
    pub to: String,
    pub members: Vec<String>,
    pub message: String,
    pub route: Option<String>,
    /// Of the referring module.
    pub area: Option<String>,
    pub owner: Option<String>,
    pub references: usize,
    /// Where the first one stands.
    pub place: Option<Place>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub file: String,
    pub line: u32,
}

impl Violation {
    fn of(violation: &snapshot::Violation<'_>, areas: &Areas) -> Self {
        let area = areas.around(&violation.from);
        let accepted = match violation.baseline {
            true => Some("accepted by riprap.baseline".to_owned()),
            false => violation.excepted.as_ref().map(ToString::to_string),
        };
        Self {
            id: violation.id.to_string(),
            rule: violation.rule.to_string(),
            level: violation.level.to_string(),
            accepted,
            from: violation.from.to_string(),
            to: violation.to.to_string(),
            members: violation.members.iter().map(ToString::to_string).collect(),
            message: violation.message.to_string(),
            route: violation.route.as_ref().map(ToString::to_string),
            area: area.map(str::to_owned),
            owner: area.and_then(|area| areas.owner(area)).map(str::to_owned),
            references: violation.references.len(),
            place: violation.references.first().map(|it| Place { file: it.file.to_string(), line: it.line }),
        }
    }

    /// It makes `check` fail.
    pub fn is_denied(&self) -> bool {
        self.level == "deny" && self.accepted.is_none()
    }

    /// What weighs most first.
    fn weight(&self) -> impl Ord + use<> {
        let level = ["deny", "ratchet", "warn"].iter().position(|level| *level == self.level);
        let rule = rules::position(&self.rule).unwrap_or(usize::MAX);
        (self.accepted.is_some(), level, rule, self.area.clone(), self.from.clone(), self.to.clone(), self.id.clone())
    }
}

impl Violations {
    pub fn is_empty(&self) -> bool {
        self.worse.is_empty() && self.fixed.is_empty() && self.changed.is_empty() && self.judged_once.is_empty()
    }
}

pub(super) fn violations(
    before: &Document<'_>,
    after: &Document<'_>,
    moves: &Moves,
    old: &Areas,
    new: &Areas,
) -> Violations {
    let mut found = Violations::default();
    let is_judged = |document: &Document<'_>, rule: &str| {
        document.rules.is_empty() || document.rules.contains_key(rule) || rule == "breaking-change"
    };
    let (earlier, once): (Vec<&snapshot::Violation<'_>>, Vec<_>) =
        before.violations.iter().partition(|it| is_judged(after, &it.rule));
    found.count_once(&once, false);
    let (later, once): (Vec<&snapshot::Violation<'_>>, Vec<_>) =
        after.violations.iter().partition(|it| is_judged(before, &it.rule));
    found.count_once(&once, true);

    let entries: Vec<Entry> = earlier.iter().map(|it| now(&it.entry(), moves)).collect();
    let mut by_from: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        by_from.entry((&entry.rule, &entry.from)).or_default().push(at);
    }
    let with_from =
        |entry: &Entry| by_from.get(&(entry.rule.as_str(), entry.from.as_str())).cloned().unwrap_or_default();
    let mut gone: BTreeSet<usize> = (0..entries.len()).collect();
    let mut fresh: Vec<&snapshot::Violation<'_>> = Vec::new();
    for violation in later {
        let entry = violation.entry();
        let Some(at) = with_from(&entry).into_iter().find(|at| entries[*at].covers_entry(&entry)) else {
            fresh.push(violation);
            continue;
        };
        gone.remove(&at);
        let (before, after) = (Violation::of(earlier[at], old), Violation::of(violation, new));
        let is_same = (&before.level, &before.accepted, &before.members, before.references, &before.from, &before.to)
            == (&after.level, &after.accepted, &after.members, after.references, &after.from, &after.to);
        if is_same {
            found.unchanged += 1;
        } else {
            found.changed.push(Rejudged { before, after });
        }
    }
    let mut narrowed: BTreeSet<usize> = BTreeSet::new();
    for violation in fresh {
        let entry = violation.entry();
        // A cycle that grew is no new one.
        let mut smaller = with_from(&entry).into_iter().filter(|at| gone.contains(at));
        let smaller = smaller.find(|at| entry.covers_entry(&entries[*at]));
        let was = smaller.map(|at| Violation::of(earlier[at], old));
        smaller.map(|at| gone.remove(&at));
        let violation = Violation::of(violation, new);
        let now_below = |at: &usize| is_part(&entries[*at], &entry);
        let parts: Vec<usize> = gone.iter().copied().filter(now_below).collect();
        let instead_of = parts.iter().map(|at| Violation::of(earlier[*at], old)).collect();
        gone.retain(|at| !parts.contains(at));
        // What is left of a finding about more than this is better than it was.
        match gone.iter().copied().find(|at| is_part(&entry, &entries[*at])) {
            Some(at) => {
                narrowed.insert(at);
                found.changed.push(Rejudged { before: Violation::of(earlier[at], old), after: violation });
            }
            None => found.worse.push(Worse { violation, was, instead_of }),
        }
    }
    gone.retain(|at| !narrowed.contains(at));
    found.fixed = gone.into_iter().map(|at| Violation::of(earlier[at], old)).collect();
    found.worse.sort_by_cached_key(|it| it.violation.weight());
    found.fixed.sort_by_cached_key(Violation::weight);
    found.changed.sort_by_cached_key(|it| it.after.weight());
    found
}

impl Violations {
    fn count_once(&mut self, violations: &[&snapshot::Violation<'_>], is_later: bool) {
        let rules: BTreeSet<&str> = violations.iter().map(|it| &*it.rule).collect();
        for rule in rules {
            let violations = violations.iter().filter(|it| it.rule == rule).count();
            self.judged_once.push(JudgedOnce { rule: rule.to_owned(), violations, is_later });
        }
    }
}

/// Whether one is about a part of what the other is about: an item of its module.
fn is_part(part: &Entry, whole: &Entry) -> bool {
    let (What::Thing(part_of), What::Thing(to)) = (&part.what, &whole.what) else { return false };
    part.rule == whole.rule
        && part_of.strip_prefix(to.as_str()).is_some_and(|rest| !to.is_empty() && rest.starts_with("::"))
        && (part.from == whole.from || part.from.starts_with(&format!("{to}::")) || part.from == *to)
}

/// With the names of the later revision.
fn now(entry: &Entry, moves: &Moves) -> Entry {
    let what = match &entry.what {
        What::Thing(to) => What::Thing(moves.name(to)),
        What::Cycle(members) => {
            let mut members: Vec<String> = members.iter().map(|member| moves.name(member)).collect();
            members.sort();
            What::Cycle(members)
        }
        What::Limit(limit) => What::Limit(limit.clone()),
    };
    Entry { rule: entry.rule.clone(), from: moves.name(&entry.from), what }
}
