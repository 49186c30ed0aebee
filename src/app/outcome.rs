//! What a draft of riprap.toml would lead to, beside what holds now.
//!
//! In: the analysis that is shown, and the same under the draft.  Out: [`Outcome`].  Not here: judging (`analysis`), and
//! the draft (`rules_draft`).

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::analysis::Analysis;
use crate::boundary::Boundaries;
use crate::config::{self, Config};
use crate::rules::RULES;
use crate::source::Date;
use crate::verdict::{Judged, Level};

/// The draft's verdict, and where it differs.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) now: Arc<Analysis>,
    /// Under the draft.  With problems its verdict means nothing.
    pub(crate) then: Arc<Analysis>,
    pub(crate) rules: Vec<RuleOutcome>,
    /// Violations that the draft adds, takes away, or judges otherwise, in the order of the rules.
    pub(crate) new: Vec<Group>,
    pub(crate) gone: Vec<Group>,
    pub(crate) otherwise: Vec<Group>,
    /// Names of boundaries.
    pub(crate) new_boundaries: Vec<String>,
    pub(crate) gone_boundaries: Vec<String>,
    /// The draft asks for something beyond the sources that is looked at only once it is saved.
    pub(crate) is_partial: bool,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RuleOutcome {
    pub(crate) rule: &'static str,
    /// In the draft.
    pub(crate) level: Level,
    /// What the draft's style says.
    pub(crate) preset: Level,
    /// The draft sets it.
    pub(crate) is_set: bool,
    pub(crate) deny_from: Option<Date>,
    /// Violations; `None` where the rule is off.
    pub(crate) now: Option<usize>,
    pub(crate) then: Option<usize>,
}

/// Violations of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) rule: &'static str,
    pub(crate) entries: Vec<Entry>,
}

/// A violation by its index in both verdicts; it is in at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) now: Option<usize>,
    pub(crate) then: Option<usize>,
}

impl Outcome {
    pub(crate) fn new(now: Arc<Analysis>, then: Arc<Analysis>) -> Self {
        let config = |analysis: &Analysis| {
            let text = analysis.config.as_ref().map(|file| &file.text);
            text.and_then(|text| config::read(text).ok()).unwrap_or_default()
        };
        let (config_now, config_then) = (config(&now), config(&then));
        let names = |boundaries: &Boundaries, other: &Boundaries| -> Vec<String> {
            let names = boundaries.ids().map(|id| boundaries.name(id));
            names.filter(|name| other.find(name).is_none()).map(str::to_owned).collect()
        };
        // What cannot be read sets no level.
        let config = if then.problems.is_empty() { &config_then } else { &config_now };
        let [new, gone, otherwise] = compared(&now.verdict.violations, &then.verdict.violations);
        Self {
            rules: rules(&now, &then, config),
            new_boundaries: names(&then.boundaries, &now.boundaries),
            gone_boundaries: names(&now.boundaries, &then.boundaries),
            is_partial: config_then.enrich != config_now.enrich,
            new,
            gone,
            otherwise,
            now,
            then,
        }
    }

    /// The text that it is the outcome of.
    pub(crate) fn text(&self) -> Option<&str> {
        self.then.config.as_ref().map(|file| &*file.text)
    }

    /// Whether `check` would end with exit status 1.
    pub(crate) fn is_denied(&self) -> bool {
        self.then.verdict.is_denied()
    }

    pub(crate) fn changes_nothing(&self) -> bool {
        let lists = [&self.new, &self.gone, &self.otherwise];
        lists.iter().all(|list| list.is_empty()) && self.new_boundaries.is_empty() && self.gone_boundaries.is_empty()
    }
}

impl Group {
    pub(crate) fn count(groups: &[Self]) -> usize {
        groups.iter().map(|group| group.entries.len()).sum()
    }
}

/// What is new, gone, and judged otherwise.
fn compared(now: &[Judged], then: &[Judged]) -> [Vec<Group>; 3] {
    let by_id = |list: &[Judged]| -> FxHashMap<String, usize> {
        list.iter().enumerate().map(|(index, judged)| (judged.violation.id.clone(), index)).collect()
    };
    let (known, kept) = (by_id(now), by_id(then));
    let [mut new, mut gone, mut otherwise] = [const { Vec::new() }; 3];
    for (index, judged) in then.iter().enumerate() {
        let entry = Entry { now: known.get(&judged.violation.id).copied(), then: Some(index) };
        match entry.now {
            None => new.push((judged.violation.rule, entry)),
            Some(before) if now[before].standing() != judged.standing() => {
                otherwise.push((judged.violation.rule, entry));
            }
            Some(_) => {}
        }
    }
    for (index, judged) in now.iter().enumerate() {
        if !kept.contains_key(&judged.violation.id) {
            gone.push((judged.violation.rule, Entry { now: Some(index), then: None }));
        }
    }
    [new, gone, otherwise].map(|entries| grouped(&entries))
}

fn grouped(entries: &[(&'static str, Entry)]) -> Vec<Group> {
    let group = |rule: &'static str| {
        let entries: Vec<Entry> = entries.iter().filter(|(of, _)| *of == rule).map(|(_, entry)| *entry).collect();
        (!entries.is_empty()).then_some(Group { rule, entries })
    };
    RULES.iter().filter_map(|rule| group(rule.name)).collect()
}

fn rules(now: &Analysis, then: &Analysis, config: &Config) -> Vec<RuleOutcome> {
    let count = |analysis: &Analysis, rule: &str| {
        analysis.verdict.counts.iter().find(|count| count.rule == rule).map(|count| count.violations)
    };
    let outcome = |rule: &crate::rules::Rule| RuleOutcome {
        rule: rule.name,
        level: config.levels.of(rule.name),
        preset: config.levels.preset(rule.name),
        is_set: config.levels.is_set(rule.name),
        deny_from: config.levels.deny_from(rule.name),
        now: count(now, rule.name),
        then: count(then, rule.name),
    };
    RULES.iter().map(outcome).collect()
}
