//! What is kept of a commit's analysis, to tell the next one's difference.
//!
//! In: an [`Analysis`].  Out: [`Observed`], and the [`State`] of a commit after another.  Not here: going from commit to
//! commit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::analysis::Analysis;
use crate::boundary::Boundaries;
use crate::history::{Difference, Edge, Home, Identity, Moves, State};
use crate::metrics::{self, Measure, Ratio};
use crate::model::{Model, NodeKind};
use crate::rules;
use crate::source::Span;

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
            measures: metrics::measure(model, boundaries).workspace,
            assigned: assigned(model, boundaries),
            notes,
        }
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
        State {
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
        }
    }
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
