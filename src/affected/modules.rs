//! Boundaries that a change reaches, over the references between modules.
//!
//! In: changed files, a model.  Out: the modules that stand in them, their boundaries, and the boundaries of all modules
//! that lead there.  Tests of other modules are no part of them.  Not here: packages.

use std::collections::BTreeSet;

use super::{Affected, Revision};
use crate::model::NodeId;
use crate::source::FileId;

pub(super) fn reach(revision: Revision<'_>, found: &mut Affected) {
    let Revision { sources, model, boundaries, .. } = revision;
    let files: BTreeSet<FileId> = match found.everywhere {
        Some(_) => sources.ids().collect(),
        None => found.changed.iter().filter_map(|path| sources.find(path)).collect(),
    };
    let is_changed = |module: &NodeId| model.node(*module).file.is_some_and(|file| files.contains(&file));
    found.modules = model.module_ids().filter(is_changed).collect();
    let mut seen: BTreeSet<NodeId> = found.modules.clone();
    let mut waiting: Vec<NodeId> = seen.iter().copied().collect();
    while let Some(module) = waiting.pop() {
        for edge in model.edges_to(module).map(|edge| model.edge(edge)).filter(|edge| edge.active && !edge.test) {
            if seen.insert(edge.from) {
                waiting.push(edge.from);
            }
        }
    }
    found.boundaries = found.modules.iter().filter_map(|module| boundaries.of(*module)).collect();
    found.reached = seen.iter().filter_map(|module| boundaries.of(*module)).collect();
    found.reached.retain(|boundary| !found.boundaries.contains(boundary));
}
