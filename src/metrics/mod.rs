//! Numbers over the model: what a workspace, a boundary and a module are measured by.
//!
//! In: a model, and the boundaries on it.  Out: [`Metrics`].  Each number has its definition and source in the file that
//! computes it, and its page in docs/metrics.md.  There is no composite score: weights would be arbitrary, sizes would
//! confound it, and it would be gamed; the one number that adds up is [`tangle::REFERENCES_TO_CUT`].  Not here: judging a
//! number.
//!
//! Conventions: code outside tests, examples, benchmarks and build scripts, active in the analysed configuration; a
//! dependency goes to the item that a path resolves to, whatever re-exports it went through, except where a number says
//! otherwise; other workspaces' crates do not count.

mod below;
mod coupling;
pub mod cycles;
mod graph;
mod inside;
pub mod lift;
mod of_boundaries;
mod of_modules;
mod of_workspace;
mod reach;
mod size;
mod surface;
mod tangle;
mod value;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use below::{Below, Entries};
pub use value::{Better, Measure, Metric, Ratio, Value};

use crate::boundary::{self, Authors, Boundaries, BoundaryId, Extent};
use crate::model::{Model, NodeId};
use crate::order::Edge;
use graph::Graph;
use inside::{Inside, Tangles};
use of_boundaries::of_boundaries;
use of_modules::modules;
use of_workspace::workspace;

/// What is measured, each list in the order in which it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metrics {
    pub workspace: Vec<Measure>,
    /// By [`BoundaryId`].
    pub boundaries: Vec<Vec<Measure>>,
    /// Of every module, those of tests too.
    pub modules: BTreeMap<NodeId, Vec<Measure>>,
}

impl Metrics {
    pub fn of_boundary(&self, boundary: BoundaryId) -> &[Measure] {
        self.boundaries.get(boundary.0 as usize).map_or(&[], Vec::as_slice)
    }

    pub fn of_module(&self, module: NodeId) -> &[Measure] {
        self.modules.get(&module).map_or(&[], Vec::as_slice)
    }
}

/// Measures everything.
pub fn measure(model: &Model, boundaries: &Boundaries) -> Metrics {
    let graph = Graph::new(model);
    let ((reaches, reached_by), (inner, authors)) = rayon::join(
        || {
            rayon::join(
                || reach::depends_on(graph.len(), &graph.edges),
                || reach::depends_on(graph.len(), &turned(&graph.edges)),
            )
        },
        || rayon::join(|| Inside::new(model, boundaries), || Authors::new(model)),
    );
    let tangles = Tangles::new(graph.len(), &graph.edges);
    let modules = modules(model, &graph, &inner, &tangles, &reaches, &reached_by);
    let of_boundaries = of_boundaries(model, boundaries, &authors, &graph, &inner);
    let workspace = workspace(model, &graph, &inner, &of_boundaries, &tangles, &reaches);
    Metrics { workspace, boundaries: of_boundaries.measures, modules }
}

/// The numbers of the whole workspace alone, as [`measure`] has them.
pub fn of_workspace(model: &Model, boundaries: &Boundaries) -> Vec<Measure> {
    let graph = Graph::new(model);
    let reaches = reach::depends_on(graph.len(), &graph.edges);
    let (inner, authors) = (Inside::new(model, boundaries), Authors::new(model));
    let tangles = Tangles::new(graph.len(), &graph.edges);
    let of_boundaries = of_boundaries(model, boundaries, &authors, &graph, &inner);
    workspace(model, &graph, &inner, &of_boundaries, &tangles, &reaches)
}

fn turned(edges: &[Edge]) -> Vec<Edge> {
    edges.iter().map(|(from, to, weight)| (*to, *from, *weight)).collect()
}

/// The metric of this name in riprap.toml and riprap.baseline.
pub fn find(word: &str) -> Option<&'static Metric> {
    METRICS.iter().copied().chain([&FOUND]).find(|metric| metric.word() == word)
}

/// How much a query of riprap.toml finds; only a `[[ratchet]]` has it.
pub static FOUND: Metric = Metric {
    key: boundary::FOUND,
    name: "Found by a query",
    meaning: "Modules, items and packages that a query finds",
    of: &[Extent::Workspace],
    better: Better::Less,
};

/// Every number there is.
pub static METRICS: &[&Metric] = &[
    &size::PACKAGES,
    &size::MODULES,
    &size::MEASURED_MODULES,
    &size::ITEMS,
    &size::EDGES,
    &size::REFERENCES,
    &size::LINES,
    &coupling::USERS,
    &coupling::USED,
    &coupling::AFFERENT,
    &coupling::EFFERENT,
    &coupling::INSTABILITY,
    &coupling::SDP_VIOLATIONS,
    &size::REACHES,
    &size::REACHED_BY,
    &reach::ACD,
    &reach::NCCD,
    &reach::PROPAGATION_COST,
    &tangle::REFERENCES_TO_CUT,
    &tangle::TANGLE_SHARE,
    &tangle::LARGEST_TANGLE,
    &tangle::TANGLED_MODULES,
    &tangle::TANGLE,
    &tangle::FAT,
    &tangle::EXCESS_LINES,
    &tangle::FAT_SHARE,
    &tangle::TANGLED_SHARE,
    &surface::EXPOSED,
    &surface::USED_ITEMS,
    &surface::BREADTH,
    &surface::REFERENCES_IN,
    &surface::REFERENCES_AROUND,
    &surface::LEAK_RATIO,
    &size::COHESION,
];
