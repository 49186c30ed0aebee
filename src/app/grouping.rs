//! Violations in groups: by rule, by the boundary whose code has to change, by its owner.
//!
//! In: an analysis, indices into its verdict.  Out: groups, each with what it has in common.  Not here: drawing.

use std::collections::BTreeMap;

use crate::analysis::Analysis;
use crate::boundary::BoundaryId;
use crate::rules;

/// What the violations of a group have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Grouping {
    #[default]
    Rule,
    Boundary,
    Owner,
}

impl Grouping {
    pub(crate) const ALL: [Self; 3] = [Self::Rule, Self::Boundary, Self::Owner];

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Rule => "Rule",
            Self::Boundary => "Boundary",
            Self::Owner => "Owner",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) title: String,
    /// What the title means; empty where it needs no word.
    pub(crate) summary: String,
    /// In the order of the verdict.
    pub(crate) indices: Vec<usize>,
}

/// Rules in the order of the verdict, boundaries and owners by name, what has none last.
pub(crate) fn groups(analysis: &Analysis, shown: &[usize], grouping: Grouping) -> Vec<Group> {
    match grouping {
        Grouping::Rule => by_rule(analysis, shown),
        Grouping::Boundary => by_name(analysis, shown, "In no boundary", |id| {
            let boundaries = &analysis.boundaries;
            Some((boundaries.name(id).to_owned(), owner(analysis, id).unwrap_or("Nobody owns it").to_owned()))
        }),
        Grouping::Owner => by_name(analysis, shown, "Nobody owns it", |id| {
            owner(analysis, id).map(|owner| (owner.to_owned(), String::new()))
        }),
    }
}

fn by_rule(analysis: &Analysis, shown: &[usize]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for index in shown {
        let rule = analysis.verdict.violations[*index].violation.rule;
        match groups.iter_mut().find(|group| group.title == rule) {
            Some(group) => group.indices.push(*index),
            None => {
                let summary = rules::find(rule).map_or("", |rule| rule.summary).to_owned();
                groups.push(Group { title: rule.to_owned(), summary, indices: vec![*index] });
            }
        }
    }
    groups
}

fn by_name(
    analysis: &Analysis,
    shown: &[usize],
    without: &str,
    name: impl Fn(BoundaryId) -> Option<(String, String)>,
) -> Vec<Group> {
    let mut named: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    let mut nameless = Vec::new();
    for index in shown {
        match analysis.verdict.violations[*index].boundary(&analysis.boundaries).and_then(&name) {
            Some(key) => named.entry(key).or_default().push(*index),
            None => nameless.push(*index),
        }
    }
    let group = |((title, summary), indices)| Group { title, summary, indices };
    let mut groups: Vec<Group> = named.into_iter().map(group).collect();
    if !nameless.is_empty() {
        groups.push(group(((without.to_owned(), String::new()), nameless)));
    }
    groups
}

/// The owner of a boundary, or of the nearest one around it that has any.
fn owner(analysis: &Analysis, id: BoundaryId) -> Option<&str> {
    let boundaries = &analysis.boundaries;
    boundaries.outwards(id).find_map(|id| boundaries.declaration(id).owner.as_deref())
}
