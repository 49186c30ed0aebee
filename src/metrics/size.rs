//! How large things are, and how far they depend on others by count.
//!
//! In: nothing.  Out: the names and meanings of plain counts.  Not here: counting (each level has its own file).

use super::value::{Better, Metric};
use crate::boundary::Extent;

/// Packages of the workspace.
pub(super) static PACKAGES: Metric = Metric {
    key: "packages",
    name: "Packages",
    meaning: "Packages of the workspace",
    of: &[Extent::Workspace],
    better: Better::Neither,
};

/// All modules; `measured_modules` has those that the other numbers are about.
pub(super) static MODULES: Metric = Metric {
    key: "modules",
    name: "Modules",
    meaning: "Modules, crate roots included, those of tests too",
    of: &[Extent::Workspace, Extent::Boundary],
    better: Better::Less,
};

/// N of the numbers that are averages or shares of modules.
pub(super) static MEASURED_MODULES: Metric = Metric {
    key: "measured_modules",
    name: "Modules measured (N)",
    meaning: "Modules outside tests, examples, benchmarks and build scripts: what the other numbers are about",
    of: &[Extent::Workspace],
    better: Better::Neither,
};

pub(super) static ITEMS: Metric = Metric {
    key: "items",
    name: "Items",
    meaning: "Items outside tests, methods not counted",
    of: &[Extent::Boundary],
    better: Better::Less,
};

/// Pairs of measured modules.
pub(super) static EDGES: Metric = Metric {
    key: "edges",
    name: "Dependencies",
    meaning: "Pairs of measured modules of which one names the other",
    of: &[Extent::Workspace],
    better: Better::Less,
};

pub(super) static REFERENCES: Metric = Metric {
    key: "references",
    name: "References",
    meaning: "Places outside tests where a module names something of another one",
    of: &[Extent::Workspace],
    better: Better::Less,
};

pub(super) static LINES: Metric = Metric {
    key: "lines",
    name: "Lines",
    meaning: "Lines of source",
    of: &[Extent::Workspace, Extent::Boundary, Extent::Module],
    better: Better::Less,
};

/// `|DependsOn(v)| - 1`.
pub(super) static REACHES: Metric = Metric {
    key: "reaches",
    name: "Depends on",
    meaning: "How many others of its kind it needs, directly or not",
    of: &[Extent::Boundary, Extent::Module],
    better: Better::Less,
};

/// The same against the direction of the edges.
pub(super) static REACHED_BY: Metric = Metric {
    key: "reached_by",
    name: "Depended on by",
    meaning: "How many others of its kind need it, directly or not: as far as a change may be felt",
    of: &[Extent::Boundary, Extent::Module],
    better: Better::Less,
};

/// `H = (R + 1) / N`: R dependencies between the N measured modules inside.  NDepend's relational cohesion, with modules in
/// the place of types.
pub(super) static COHESION: Metric = Metric {
    key: "cohesion",
    name: "Relational cohesion",
    meaning: "Dependencies between its modules, and one, for each module: below 1 its modules have little to do with each \
              other",
    of: &[Extent::Boundary],
    better: Better::Neither,
};
