//! What may be broken, one rule per file.
//!
//! In: a model and the boundaries on it.  Out: violations, each with a stable identity, the references that prove it
//! and the legal way to do the same thing.  Not here: levels, exceptions and exit statuses (`verdict`), and how a
//! violation is shown.

mod api_item;
mod boundary_count;
mod boundary_cycle;
mod breaking_change;
mod codeowners_drift;
mod declaration;
mod direct_call;
mod distributed_monolith;
mod empty_pattern;
mod evidence;
mod external_dependency;
mod forbidden_dependency;
mod identity;
mod impure_contracts;
mod internal_access;
mod layer_order;
mod leaky_contract;
mod legal_route;
mod logic;
mod luggage;
mod memory;
mod module_cycle;
mod need;
mod options;
mod over_exposed;
mod oversized_boundary;
mod plain_data;
mod promise;
mod proof;
mod remedy;
mod ring;
mod shared_handle;
mod shared_mutable_state;
mod shown;
mod smallest_change;
mod statics;
mod unassigned_code;
mod undeclared_dependency;
mod unowned_boundary;
mod unused_permission;
mod worsened_metric;

#[cfg(test)]
mod configured;
#[cfg(test)]
mod fixture;

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::boundary::{Authors, Boundaries};
use crate::metrics::Value;
use crate::model::{Export, Model, NodeId, Passage, ReferenceId};
use crate::source::{FileId, SourceTree, Span};

pub use memory::Memory;
pub use options::Options;
pub use over_exposed::narrower;
pub use promise::breach::{Aspect, Difference, Revision, Surroundings, revisions};
pub use promise::{Earlier, PartKind, Promise, PromisedPart};
pub use proof::Evidence;
pub use statics::{Holding, Static};
pub use unused_permission::unused_permission;
pub use worsened_metric::{Ratchet, WORSENED_METRIC, ratchets};

/// What every rule judges.
#[derive(Debug)]
pub struct Context<'a> {
    pub model: &'a Model,
    pub boundaries: &'a Boundaries,
    /// The text of declarations; without it, rules that read text find nothing.
    pub sources: Option<&'a SourceTree>,
    pub options: Options,
    /// Packages whose libraries code outside this workspace may use.
    pub published: &'a [NodeId],
    /// What an earlier revision promised; without it nothing is a change.
    pub earlier: Option<&'a Earlier>,
    /// What was read for earlier revisions.
    memory: Option<&'a Memory>,
    authors: Authors,
    /// For each node the modules that show it, and how; built when the first legal route is looked for.
    shown_by: OnceLock<FxHashMap<NodeId, Vec<(NodeId, Export)>>>,
    /// Built when the first is looked for.
    impls: OnceLock<shown::Impls>,
}

impl<'a> Context<'a> {
    pub fn new(model: &'a Model, boundaries: &'a Boundaries) -> Self {
        Self {
            model,
            boundaries,
            sources: None,
            options: Options::default(),
            published: &[],
            earlier: None,
            memory: None,
            authors: Authors::new(model),
            shown_by: OnceLock::new(),
            impls: OnceLock::new(),
        }
    }

    #[must_use]
    pub fn with_options(self, options: Options) -> Self {
        Self { options, ..self }
    }

    #[must_use]
    pub fn with_sources(self, sources: &'a SourceTree) -> Self {
        Self { sources: Some(sources), ..self }
    }

    #[must_use]
    pub fn with_memory(self, memory: Option<&'a Memory>) -> Self {
        Self { memory, ..self }
    }

    #[must_use]
    pub fn with_published(self, published: &'a [NodeId]) -> Self {
        Self { published, ..self }
    }

    #[must_use]
    pub fn with_earlier(self, earlier: Option<&'a Earlier>) -> Self {
        Self { earlier, ..self }
    }
}

/// A check, and what people are told about it.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case; the bad thing itself, so that "allow NAME" reads well.
    pub name: &'static str,
    pub group: &'static str,
    /// One line.
    pub summary: &'static str,
    /// A page of Markdown with fixed headings: what `riprap explain` and the window show.
    pub documentation: &'static str,
    /// Violations in the order of `from` and `to`.
    pub check: fn(&Context<'_>) -> Vec<Violation>,
}

/// One broken instance of a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Violation {
    pub rule: &'static str,
    /// Stable over moves of lines and changes of spelling: 16 hexadecimal digits.
    pub id: String,
    /// The path of the referring module; for a cycle its container: a module, a boundary, or `workspace`.
    pub from: String,
    /// The path of the defining item; empty for a cycle.
    pub to: String,
    /// For a jump: the node of `from`, where it is one.
    pub from_node: Option<NodeId>,
    /// For a jump: the node of `to`, where there is one.
    pub to_node: Option<NodeId>,
    /// What is broken, complete without the source line.
    pub message: String,
    /// The short form, for the caret.
    pub label: String,
    /// Why it is wrong here.
    pub why: String,
    /// The legal way to do the same thing: another name for it, or what to change.
    pub route: Option<String>,
    /// What proves it, the best evidence first; for a cycle the references to cut.
    pub references: Vec<ReferenceId>,
    /// What proves it and is no reference between modules of the workspace.
    pub places: Vec<(FileId, Span)>,
    /// For what riprap.toml itself says wrong: where, as bytes of it.
    pub declared: Option<Span>,
    /// Of a number that a ratchet holds: what it is today.
    pub value: Option<Value>,
    /// For a cycle: its members, sorted.
    pub members: Vec<String>,
    /// For a cycle: the smallest set of references without which it is gone.
    pub cuts: Vec<Cut>,
}

impl Violation {
    /// Between two things that have names; a rule about one thing leaves `to` empty.  The words are the rule's.
    fn between(rule: &'static str, from: impl Into<String>, to: impl Into<String>) -> Self {
        let (from, to) = (from.into(), to.into());
        Self { rule, id: identity::of_reference(rule, &from, &to), from, to, ..Self::default() }
    }

    /// A module that uses a thing as it must not; the words are the rule's.
    /// Of what another module re-exports from outside; there is one passage at least.
    fn of_passages(rule: &'static str, model: &Model, name: &str, passages: &[&Passage]) -> Self {
        let from = passages[0].from;
        Self {
            from_node: Some(from),
            to_node: model.exit_of(passages[0]).map(|exit| exit.module),
            places: passages.iter().map(|it| (it.file, it.span)).collect(),
            ..Self::between(rule, model.path(from), name)
        }
    }

    fn of_reference(rule: &'static str, model: &Model, from: NodeId, to: NodeId, references: Vec<ReferenceId>) -> Self {
        Self {
            from_node: Some(from),
            to_node: Some(to),
            references,
            ..Self::between(rule, model.path(from), model.path(to))
        }
    }
}

/// One dependency of a cycle that should go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    pub from: String,
    pub to: String,
    pub references: Vec<ReferenceId>,
    /// What would remove it, judged by what its references name and how.
    pub remedy: String,
}

/// All rules, in the order in which they are shown.
pub const RULES: &[Rule] = &[
    internal_access::RULE,
    undeclared_dependency::RULE,
    forbidden_dependency::RULE,
    layer_order::RULE,
    external_dependency::RULE,
    boundary_cycle::RULE,
    module_cycle::RULE,
    leaky_contract::RULE,
    over_exposed::RULE,
    impure_contracts::RULE,
    shared_handle::RULE,
    breaking_change::RULE,
    shared_mutable_state::RULE,
    direct_call::RULE,
    distributed_monolith::RULE,
    unused_permission::RULE,
    unassigned_code::RULE,
    empty_pattern::RULE,
    unowned_boundary::RULE,
    codeowners_drift::RULE,
    boundary_count::RULE,
    oversized_boundary::RULE,
    worsened_metric::RULE,
];

/// Rules that are known and arrive later: name and group.
pub const LATER: &[(&str, &str)] = &[
    ("foreign-write", "data"),
    ("foreign-read", "data"),
    ("cross-owner-join", "data"),
    ("cross-owner-foreign-key", "data"),
    ("shared-table", "data"),
    ("unowned-table", "data"),
    ("destructive-migration", "data"),
    ("foreign-publish", "messages"),
    ("unhandled-event", "messages"),
    ("uninstrumented-api", "operation"),
    ("merge-candidate", "shape"),
    ("technical-partitioning", "shape"),
];

/// Whether there is what a rule needs to say anything.
pub fn can_be_judged(rule: &str, context: &Context<'_>) -> bool {
    rule != breaking_change::RULE.name || context.earlier.is_some()
}

/// The rule of this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

/// Where a rule stands among the rules.
pub fn position(name: &str) -> Option<usize> {
    RULES.iter().position(|rule| rule.name == name)
}

/// All names that riprap.toml may use, those of later rules included.
pub fn names() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.name).chain(LATER.iter().map(|(name, _)| *name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_the_same_headings() {
        for rule in RULES {
            let headings: Vec<&str> = rule.documentation.lines().filter(|line| line.starts_with('#')).collect();
            let expected = [
                &format!("# {}", rule.name),
                "## What it finds",
                "## Why it matters",
                "## Example",
                "## How to fix it",
                "## What is quiet",
                "## How to change it",
            ];
            assert_eq!(headings, expected, "{}", rule.name);
        }
    }

    #[test]
    fn every_name_stands_once_and_is_kebab_case() {
        let mut names: Vec<&str> = names().collect();
        assert!(names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
