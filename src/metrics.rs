//! Numbers over the model.
//!
//! In: a model.  Out: counts, each over edges outside tests, between modules.  Not here: judging a number.

use std::collections::BTreeMap;

use crate::model::{Model, NodeId, NodeKind};

/// Of one module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ModuleMetrics {
    /// Modules that use this one.
    pub fan_in: u32,
    /// Modules that this one uses.
    pub fan_out: u32,
    /// Lines of the module's own text.
    pub lines: u32,
}

/// Of a whole workspace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkspaceMetrics {
    pub packages: u32,
    pub modules: u32,
    pub edges: u32,
    pub references: u32,
    pub lines: u64,
    /// Modules that are in some cycle of modules.
    pub tangled_modules: u32,
    /// Modules in the largest such cycle.
    pub largest_tangle: u32,
}

pub fn of_modules(model: &Model) -> BTreeMap<NodeId, ModuleMetrics> {
    let counts = |edges: &mut dyn Iterator<Item = crate::model::EdgeId>| {
        edges.filter(|edge| !model.edge(*edge).test && model.edge(*edge).active).count() as u32
    };
    model
        .module_ids()
        .map(|id| {
            let metrics = ModuleMetrics {
                fan_in: counts(&mut model.edges_to(id)),
                fan_out: counts(&mut model.edges_from(id)),
                lines: model.node(id).lines,
            };
            (id, metrics)
        })
        .collect()
}

pub fn of_workspace(model: &Model) -> WorkspaceMetrics {
    let tangles = model.tangles();
    let kept = |edge: &&crate::model::Edge| !edge.test && edge.active;
    WorkspaceMetrics {
        packages: model.packages().filter(|id| model.node(*id).kind == NodeKind::Package).count() as u32,
        modules: model.module_ids().count() as u32,
        edges: model.edges().iter().filter(kept).count() as u32,
        references: model.references().iter().filter(|reference| !reference.test && reference.active).count() as u32,
        lines: model.total_lines(crate::model::WORKSPACE),
        tangled_modules: tangles.iter().map(|members| members.len() as u32).sum(),
        largest_tangle: tangles.iter().map(|members| members.len() as u32).max().unwrap_or(0),
    }
}
