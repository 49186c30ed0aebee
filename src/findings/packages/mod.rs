//! Packages against how they are built and changed.
//!
//! In: packages with their dependencies, lines and edges, and which files were changed together.  Out: what is built again
//! most, what could be split, what could be merged.  Dependencies for tests, and tests themselves, are left out: that is
//! what `cargo build` compiles.  Not here: how long the compiler takes for a line.

mod merge;
mod split;
mod tax;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::{Edits, Finding, Known, Place};
use crate::model::{Model, NodeId, NodeKind};
use crate::source::seen_from;
use crate::workspace::cfg::CfgOptions;
use crate::workspace::features::{self, FeatureSelection};
use crate::workspace::{Dependency, DependencyKind, PackageId, Workspace};

/// What was changed less often than once a month tells nothing.
const FEWEST_EDITS: usize = 12;

/// Folders of a package that `cargo build` does not compile.
const OF_TESTS: [&str; 3] = ["tests", "benches", "examples"];

pub(super) fn findings(known: Known<'_>) -> Vec<Finding> {
    let packages = Packages::new(known);
    [tax::findings(&packages), split::findings(&packages), merge::findings(&packages)].concat()
}

/// Packages as Cargo builds them.
struct Packages<'a> {
    known: Known<'a>,
    nodes: BTreeMap<PackageId, NodeId>,
    /// Of libraries and programs.
    lines: BTreeMap<PackageId, u64>,
    /// Who is built after each of them.
    dependents: BTreeMap<PackageId, BTreeSet<PackageId>>,
    /// What each commit changed.
    commits: Vec<BTreeMap<PackageId, Vec<&'a str>>>,
}

impl<'a> Packages<'a> {
    fn new(known: Known<'a>) -> Self {
        let Known { workspace, model, edits, .. } = known;
        let by_name: BTreeMap<&str, NodeId> = model.packages().map(|node| (&*model.node(node).name, node)).collect();
        let node = |id: PackageId| Some((id, *by_name.get(workspace.package(id).name.as_str())?));
        let nodes: BTreeMap<PackageId, NodeId> = workspace.package_ids().filter_map(node).collect();
        let lines = nodes.iter().map(|(id, node)| (*id, built_lines(model, *node))).collect();
        let dependents = dependents(workspace, known.target);
        let of_tests = files_of_tests(known);
        let edited = |files: &'a Vec<String>| edited(workspace, &of_tests, files);
        let commits = edits.map_or_else(Vec::new, |edits| edits.commits.iter().map(edited).collect());
        Self { known, nodes, lines, dependents, commits }
    }

    fn name(&self, id: PackageId) -> &'a str {
        &self.known.workspace.package(id).name
    }

    fn lines_of<'b>(&self, packages: impl IntoIterator<Item = &'b PackageId>) -> u64 {
        packages.into_iter().filter_map(|id| self.lines.get(id)).sum()
    }

    /// What is built again after a change of a package, itself among it, if `without` did not depend on `of`.
    fn rebuilt(&self, changed: PackageId, without: Option<(PackageId, PackageId)>) -> BTreeSet<PackageId> {
        let mut found = BTreeSet::from([changed]);
        let mut open = vec![changed];
        while let Some(of) = open.pop() {
            for dependent in self.dependents.get(&of).into_iter().flatten() {
                if without != Some((*dependent, of)) && found.insert(*dependent) {
                    open.push(*dependent);
                }
            }
        }
        found
    }

    /// How many commits changed it.
    fn edits(&self, package: PackageId) -> usize {
        self.commits.iter().filter(|commit| commit.contains_key(&package)).count()
    }

    fn history(&self) -> Option<&'a Edits> {
        self.known.edits
    }

    fn place(&self, package: PackageId) -> Place {
        Place { path: self.known.workspace.package(package).manifest.clone(), line: 1 }
    }
}

/// Who is built after each package, with the features that are on by default.
fn dependents(workspace: &Workspace, target: &str) -> BTreeMap<PackageId, BTreeSet<PackageId>> {
    let platform = CfgOptions::for_target(target, BTreeSet::new()).unwrap_or_default();
    let activated = features::unify(workspace, &FeatureSelection::Default, &platform);
    let mut found: BTreeMap<PackageId, BTreeSet<PackageId>> = BTreeMap::new();
    for (id, activated) in workspace.package_ids().zip(&activated) {
        let is_built = |dependency: &&Dependency| {
            let is_for_target = dependency.target.as_ref().is_none_or(|written| platform.holds_for_dependency(written));
            dependency.kind != DependencyKind::Dev && is_for_target && activated.has(dependency)
        };
        for of in workspace.package(id).dependencies.iter().filter(is_built).filter_map(|it| it.local) {
            if of != id {
                found.entry(of).or_default().insert(id);
            }
        }
    }
    found
}

/// The lines of what `cargo build` compiles of a package.
fn built_lines(model: &Model, package: NodeId) -> u64 {
    let is_built = |node: &&NodeId| matches!(model.node(**node).kind, NodeKind::Target(kind) if !kind.is_test());
    model.children(package).iter().filter(is_built).map(|target| lines_below(model, *target)).sum()
}

/// Of a module and what is below it, without tests and what the configuration leaves out.
fn lines_below(model: &Model, module: NodeId) -> u64 {
    let node = model.node(module);
    if node.test || !node.active {
        return 0;
    }
    let below = model.children(module).iter().filter(|child| model.node(**child).kind.is_module());
    u64::from(node.lines) + below.map(|child| lines_below(model, *child)).sum::<u64>()
}

/// Files that hold nothing but tests.
fn files_of_tests<'a>(known: Known<'a>) -> BTreeSet<&'a str> {
    let model = known.model;
    let files = |of_tests: bool| -> BTreeSet<&'a str> {
        let modules = model.module_ids().filter(|module| {
            let target = model.target_of(*module).map(|target| model.node(target).kind);
            let is_of_tests =
                model.node(*module).test || matches!(target, Some(NodeKind::Target(kind)) if kind.is_test());
            is_of_tests == of_tests
        });
        modules.filter_map(|module| Some(&*known.sources.file(model.node(module).file?).path)).collect()
    };
    let built = files(false);
    files(true).difference(&built).copied().collect()
}

/// The source files of a commit that packages are built from.  A manifest is changed for each release, and nobody can move it.
fn edited<'a>(
    workspace: &Workspace,
    of_tests: &BTreeSet<&str>,
    files: &'a [String],
) -> BTreeMap<PackageId, Vec<&'a str>> {
    let mut found: BTreeMap<PackageId, Vec<&str>> = BTreeMap::new();
    for file in files {
        let Some(package) = workspace.package_holding(file) else { continue };
        let inside = seen_from(&workspace.package(package).folder, file);
        let is_in_tests = inside.split_once('/').is_some_and(|(folder, _)| OF_TESTS.contains(&folder));
        if inside.ends_with(".rs") && !is_in_tests && !of_tests.contains(file.as_str()) {
            found.entry(package).or_default().push(file);
        }
    }
    found
}
