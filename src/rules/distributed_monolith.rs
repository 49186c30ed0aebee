//! Binaries that are declared independent, and run the same insides.
//!
//! In: `deployables`, and what the binaries of each reach.  Out: one violation per boundary that several of them run.  Not here:
//! tables and events that they share.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::ring::listed;
use super::{Context, Rule, Violation};
use crate::boundary::{BoundaryId, Role};
use crate::model::{NodeId, NodeKind, ReferenceId};
use crate::workspace::TargetKind;

pub(super) const RULE: Rule = Rule {
    name: "distributed-monolith",
    group: "deployment",
    summary: "binaries that are declared independent share a boundary's insides",
    documentation: include_str!("distributed_monolith.md"),
    check,
};

/// Boundaries with this tag are meant to be part of every program.
const PLATFORM: &str = "platform";

const PROC_MACRO: NodeKind = NodeKind::Target(TargetKind::ProcMacro);

/// How a module was reached first: from where, by which reference.
type Reached = BTreeMap<NodeId, Option<(NodeId, ReferenceId)>>;

fn check(context: &Context<'_>) -> Vec<Violation> {
    let boundaries = context.boundaries;
    let deployables = boundaries.deployables();
    let reached: Vec<(&str, Reached)> =
        deployables.iter().map(|it| (it.name.as_str(), reach(context, &it.targets))).collect();
    let mut violations = Vec::new();
    for id in boundaries.ids().filter(|id| is_own(context, *id)) {
        // The nearest module of the boundary that each program runs.
        let entries: Vec<(&str, &Reached, NodeId)> = reached
            .iter()
            .filter_map(|(name, reached)| entry(context, id, reached).map(|entry| (*name, reached, entry)))
            .collect();
        if entries.len() > 1 {
            violations.push(violation(context, id, &entries));
        }
    }
    violations
}

/// Code that one program alone should run.
fn is_own(context: &Context<'_>, id: BoundaryId) -> bool {
    let boundaries = context.boundaries;
    !boundaries.outwards(id).map(|id| boundaries.declaration(id)).any(|declaration| {
        matches!(declaration.role, Some(Role::Contracts | Role::TestSupport | Role::Generated))
            || declaration.tags.iter().any(|tag| tag == PLATFORM)
    })
}

/// Every module that the code of some targets leads to, with the shortest way.
fn reach(context: &Context<'_>, targets: &[NodeId]) -> Reached {
    let model = context.model;
    let mut reached: Reached = BTreeMap::new();
    let mut queue: VecDeque<NodeId> = VecDeque::new();
    for module in model.module_ids() {
        let is_start = model.target_of(module).is_some_and(|target| targets.contains(&target));
        if is_start && !model.node(module).test {
            reached.insert(module, None);
            queue.push_back(module);
        }
    }
    while let Some(module) = queue.pop_front() {
        for edge in model.edges_from(module) {
            let to = model.edge(edge).to;
            // A procedural macro runs in the compiler.
            let is_macros = model.target_of(to).map(|target| model.node(target).kind) == Some(PROC_MACRO);
            if is_macros || reached.contains_key(&to) {
                continue;
            }
            if let Some((id, _)) = model.references_of(edge).find(|(_, reference)| reference.proves()) {
                reached.insert(to, Some((module, id)));
                queue.push_back(to);
            }
        }
    }
    reached
}

/// The module of the boundary itself that is the fewest steps away.
fn entry(context: &Context<'_>, id: BoundaryId, reached: &Reached) -> Option<NodeId> {
    let own = reached.keys().copied().filter(|module| context.boundaries.of(*module) == Some(id));
    own.min_by_key(|module| (way(reached, *module).len(), context.model.path(*module)))
}

/// From the program to the module, with the reference of each step.
fn way(reached: &Reached, module: NodeId) -> Vec<(NodeId, Option<ReferenceId>)> {
    let mut way = vec![(module, None)];
    let mut at = module;
    while let Some(Some((from, reference))) = reached.get(&at) {
        if let Some(step) = way.last_mut() {
            step.1 = Some(*reference);
        }
        way.push((*from, None));
        at = *from;
    }
    way.reverse();
    way
}

fn violation(context: &Context<'_>, id: BoundaryId, entries: &[(&str, &Reached, NodeId)]) -> Violation {
    let (model, boundaries) = (context.model, context.boundaries);
    let name = boundaries.name(id);
    let table = boundaries.declaration(id).table("tags");
    let names: Vec<String> = entries.iter().map(|(name, ..)| (*name).to_owned()).collect();
    let to = names.join(" + ");
    let mut ways = Vec::new();
    let mut references = Vec::new();
    for (_, reached, entry) in entries {
        let way = way(reached, *entry);
        ways.push(in_words(&way.iter().map(|(module, _)| model.path(*module)).collect::<Vec<_>>()));
        references.extend(way.iter().filter_map(|(_, reference)| *reference));
    }
    let seen: BTreeSet<ReferenceId> = references.iter().copied().collect();
    Violation {
        message: format!("the independent programs {} all run boundary `{name}`: {}", listed("", &names), ways.join(" and ")),
        label: format!("on the way to `{name}`"),
        why: "they must be released together whenever it changes, and what it keeps is kept twice: independent in name alone".to_owned(),
        route: Some(format!(
            "let one of them own `{name}` and the others ask it, over messages or a call whose types are contracts; if it is plain \
             technology, say `tags = [\"{PLATFORM}\"]` in {table}"
        )),
        references: seen.into_iter().collect(),
        declared: None,
        ..Violation::between(RULE.name, name, to)
    }
}

/// Of a long way the beginning and the end.
fn in_words(way: &[&str]) -> String {
    const SHOWN: usize = 4;
    let words: Vec<String> = way.iter().map(|module| format!("`{module}`")).collect();
    if words.len() <= SHOWN {
        return words.join(" -> ");
    }
    let (first, last) = (&words[..2], &words[words.len() - 1]);
    format!("{} -> .. -> {last}", first.join(" -> "))
}

#[cfg(test)]
mod tests;
