//! What is kept of a commit's analysis, to tell the next one's difference.
//!
//! In: an [`Analysis`].  Out: [`Observed`], and the [`State`] of a commit after another.  Not here: going from commit to
//! commit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::allowed::Allowed;
use crate::analysis::Analysis;
use crate::boundary::Boundaries;
use crate::history::{Difference, Edge, Home, Identity, IntentChange, Moves, State};
use crate::metrics::{self, Measure, Ratio};
use crate::model::{Model, NodeKind};
use crate::rules::{self, Violation};
use crate::source::Span;

/// Kinds of notes on what another clone may have.
pub(super) const NOT_HERE: [&str; 2] = ["missing-object", "corrupt-object"];

/// What one commit is compared by.
#[derive(Debug, Default)]
pub(super) struct Observed {
    /// By identity.
    violations: BTreeMap<String, Identity>,
    /// Sorted; code that is built, tests left out.
    modules: Vec<(Arc<str>, Arc<str>)>,
    boundaries: BTreeSet<Edge>,
    /// Every module, sorted by path.
    homes: Vec<Home>,
    counts: Vec<(&'static str, usize)>,
    denied: usize,
    measures: Vec<Measure>,
    assigned: Option<Ratio>,
    notes: BTreeMap<&'static str, usize>,
    /// Identities for which `check` would stop a commit that brings them.
    stopping: BTreeSet<String>,
    /// By identity: whose the code is that breaks the rule.
    owners: BTreeMap<String, String>,
    allowed: Allowed,
}

impl Observed {
    pub(super) fn new(analysis: &Analysis) -> Self {
        let Analysis { model, boundaries, verdict, sources, .. } = analysis;
        // What riprap.toml says wrong of itself is wrong today, and no property of the commit.
        let judged = || verdict.violations.iter().filter(|judged| judged.violation.declared.is_none());
        let violations: BTreeMap<String, Identity> = judged()
            .map(|judged| {
                let violation = &judged.violation;
                let identity = Identity {
                    id: violation.id.clone(),
                    rule: violation.rule,
                    from: violation.from.clone(),
                    to: violation.to.clone(),
                    members: violation.members.clone(),
                };
                (violation.id.clone(), identity)
            })
            .collect();
        let of_rule = |name| violations.values().filter(|identity| identity.rule == name).count();
        let counts = rules::RULES.iter().map(|rule| (rule.name, of_rule(rule.name))).filter(|(_, count)| *count > 0);
        let path = |id| Arc::clone(&model.node(id).path);
        let edges = || model.edges().iter().filter(|edge| edge.active && !edge.test);
        let mut homes: Vec<Home> = Vec::new();
        for id in model.module_ids() {
            let node = model.node(id);
            let Some(file) = node.file.map(|file| sources.file(file)) else { continue };
            let is_whole = node.span == Span::new(0, file.text.len() as u32);
            let text = is_whole.then(|| Arc::clone(&file.text));
            homes.push(Home { path: node.path.to_string(), file: file.path.clone(), text });
        }
        homes.sort_by(|a, b| a.path.cmp(&b.path));
        let mut notes = BTreeMap::new();
        for note in &analysis.notes {
            *notes.entry(note.kind).or_insert(0) += 1;
        }
        Self {
            counts: counts.collect(),
            denied: judged().filter(|judged| judged.denied).count(),
            violations,
            modules: edges().map(|edge| (path(edge.from), path(edge.to))).collect(),
            boundaries: between_boundaries(model, boundaries),
            homes,
            measures: metrics::of_workspace(model, boundaries),
            assigned: assigned(model, boundaries),
            notes,
            stopping: verdict.stopping().map(|judged| judged.violation.id.clone()).collect(),
            owners: owners(model, boundaries, &mut judged().map(|judged| &judged.violation)),
            allowed: Allowed::new(&analysis.config_files, &analysis.baselines),
        }
    }

    /// What is allowed that was not before.
    pub(super) fn allows_since(&self, before: &Self) -> Vec<IntentChange> {
        self.allowed.since(&before.allowed)
    }

    /// Every object that it is made of is in this clone: nobody will ever find anything else.
    pub(super) fn is_whole(&self) -> bool {
        !NOT_HERE.iter().any(|kind| self.notes.contains_key(kind))
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.violations.contains_key(id)
    }

    /// What is different from the commit before; `exists` says whether a path is one in this commit.
    pub(super) fn since(&self, before: Option<&Self>, exists: &dyn Fn(&str) -> bool) -> State {
        let nothing = Self::default();
        let before = before.unwrap_or(&nothing);
        let missing = |of: &Self, from: &Self| -> Vec<Identity> {
            of.violations.values().filter(|identity| !from.has(&identity.id)).cloned().collect()
        };
        let (mut opened, closed) = (missing(self, before), missing(before, self));
        let mut renamed = Vec::new();
        let mut gone: Vec<String> = closed.iter().map(|identity| identity.id.clone()).collect();
        if !opened.is_empty() && !closed.is_empty() {
            let moves = Moves::new(&not_in(&before.homes, &self.homes), &not_in(&self.homes, &before.homes));
            for (old, new) in moves.continued(&closed, &opened, exists) {
                renamed.push((closed[old].id.clone(), opened[new].clone()));
            }
            opened.retain(|identity| !renamed.iter().any(|(_, now)| now.id == identity.id));
            gone.retain(|id| !renamed.iter().any(|(old, _)| old == id));
        }
        let new: BTreeSet<&str> =
            renamed.iter().map(|(_, now)| &*now.id).chain(opened.iter().map(|it| &*it.id)).collect();
        let owners = self.owners.iter().filter(|(id, _)| new.contains(id.as_str()));
        let owners = owners.map(|(id, owner)| (id.clone(), owner.clone())).collect();
        let failing = opened.iter().filter(|identity| self.stopping.contains(&identity.id));
        State {
            failing: failing.map(|identity| identity.id.clone()).collect(),
            owners,
            opened,
            closed: gone,
            renamed,
            violations: self.counts.clone(),
            denied: self.denied,
            modules: difference(&before.modules, &self.modules),
            boundaries: Difference {
                added: self.boundaries.difference(&before.boundaries).cloned().collect(),
                removed: before.boundaries.difference(&self.boundaries).cloned().collect(),
                count: self.boundaries.len(),
            },
            measures: self.measures.clone(),
            assigned: self.assigned,
            notes: self.notes.clone(),
            intent: Vec::new(),
        }
    }
}

/// By identity, where anybody owns anything.
fn owners(
    model: &Model,
    boundaries: &Boundaries,
    violations: &mut dyn Iterator<Item = &Violation>,
) -> BTreeMap<String, String> {
    if boundaries.ids().all(|id| boundaries.declaration(id).owner.is_none()) {
        return BTreeMap::new();
    }
    violations.filter_map(|violation| owner(model, boundaries, violation)).collect()
}

/// Whose the code is that breaks a rule: its boundary's, or as CODEOWNERS says.
fn owner(model: &Model, boundaries: &Boundaries, violation: &Violation) -> Option<(String, String)> {
    let node = model.find(&violation.from)?;
    let declared = boundaries.of(node).and_then(|boundary| boundaries.declaration(boundary).owner.clone());
    let of_file = || Some(boundaries.owners_of_file(model.node(node).file?)?.join(" "));
    let owner = declared.or_else(of_file).filter(|owner| !owner.is_empty())?;
    Some((violation.id.clone(), owner))
}

/// The modules that only one of two commits has.
fn not_in(homes: &[Home], others: &[Home]) -> Vec<Home> {
    let has = |home: &&Home| others.binary_search_by(|other| other.path.cmp(&home.path)).is_err();
    homes.iter().filter(has).cloned().collect()
}

/// Both are sorted.
fn difference(before: &[(Arc<str>, Arc<str>)], now: &[(Arc<str>, Arc<str>)]) -> Difference {
    let missing = |of: &[(Arc<str>, Arc<str>)], from: &[(Arc<str>, Arc<str>)]| -> Vec<Edge> {
        let mut from = from.iter().peekable();
        let mut found = Vec::new();
        for edge in of {
            while from.next_if(|other| *other < edge).is_some() {}
            if from.peek() != Some(&edge) {
                found.push((edge.0.to_string(), edge.1.to_string()));
            }
        }
        found
    };
    Difference { added: missing(now, before), removed: missing(before, now), count: now.len() }
}

fn between_boundaries(model: &Model, boundaries: &Boundaries) -> BTreeSet<Edge> {
    let edges = model.edges().iter().filter(|edge| edge.active && !edge.test);
    let pair = |from, to| {
        let (from, to) = (boundaries.of(from)?, boundaries.of(to)?);
        (from != to).then(|| (boundaries.name(from).to_owned(), boundaries.name(to).to_owned()))
    };
    edges.filter_map(|edge| pair(edge.from, edge.to)).collect()
}

/// The share of lines that boundaries own.
fn assigned(model: &Model, boundaries: &Boundaries) -> Option<Ratio> {
    if boundaries.is_empty() {
        return None;
    }
    let (mut owned, mut all) = (0, 0);
    for id in model.module_ids() {
        let node = model.node(id);
        // Tests, examples and benchmarks belong to nobody by default.
        if node.test || matches!(node.kind, NodeKind::Target(kind) if kind.is_test()) {
            continue;
        }
        all += u64::from(node.lines);
        owned += if boundaries.of(id).is_some() { u64::from(node.lines) } else { 0 };
    }
    Ratio::of(owned, all)
}
