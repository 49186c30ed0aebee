//! Packages that a change reaches: those that hold or include a file, and those that depend on them.
//!
//! In: changed files, packages, sources.  Out: packages that are built again, and those of which only tests are.  A
//! dependency for tests leads to the tests of a package and not to who depends on it.  Not here: boundaries.

use std::collections::BTreeMap;

use super::{Affected, Cause, Revision};
use crate::model::NodeKind;
use crate::source::FileId;
use crate::workspace::{DependencyKind, PackageId, Workspace};

/// Files at the root of a workspace that every package depends on.
const EVERYWHERE: [&str; 6] =
    ["Cargo.toml", "Cargo.lock", "rust-toolchain", "rust-toolchain.toml", ".cargo/config", ".cargo/config.toml"];

/// What code includes files with.
const INCLUDING: [&str; 3] = ["include!", "include_str!", "include_bytes!"];

pub(super) fn reach(revision: Revision<'_>, found: &mut Affected) {
    let workspace = revision.workspace;
    let is_everywhere =
        |path: &&String| EVERYWHERE.contains(&path.as_str()) && !(path.as_str() == "Cargo.toml" && is_alone(workspace));
    found.everywhere = found.changed.iter().find(is_everywhere).cloned();
    if found.everywhere.is_some() {
        found.packages = workspace.package_ids().map(|package| (package, Cause::Everywhere)).collect();
        return;
    }
    let sources = revision.sources;
    let includes = |id: &FileId| INCLUDING.iter().any(|include| sources.file(*id).text.contains(include));
    let including_files: Vec<FileId> = sources.ids().filter(includes).collect();
    for path in found.changed.clone() {
        let holder = workspace.package_holding(&path);
        if let Some(package) = holder {
            let list = if is_of_tests(revision, &path) { &mut found.tests_alone } else { &mut found.packages };
            list.entry(package).or_insert_with(|| Cause::Changed(path.clone()));
        }
        for package in
            including(revision, &including_files, &path).into_iter().filter(|package| Some(*package) != holder)
        {
            found.packages.entry(package).or_insert_with(|| Cause::Changed(path.clone()));
        }
    }
    follow(workspace, &mut found.packages, &mut found.tests_alone);
}

/// Adds those that depend on them, at whatever distance.
pub(super) fn follow(
    workspace: &Workspace,
    packages: &mut BTreeMap<PackageId, Cause>,
    tests_alone: &mut BTreeMap<PackageId, Cause>,
) {
    let mut nearest: Vec<PackageId> = packages.keys().copied().collect();
    let dependents = workspace.dependents();
    while !nearest.is_empty() {
        let mut next = Vec::new();
        for package in nearest {
            for (dependent, kind) in dependents.get(&package).into_iter().flatten() {
                let cause = Cause::DependsOn(package);
                if *kind == DependencyKind::Dev {
                    tests_alone.entry(*dependent).or_insert(cause);
                } else if !packages.contains_key(dependent) {
                    packages.insert(*dependent, cause);
                    next.push(*dependent);
                }
            }
        }
        nearest = next;
    }
    tests_alone.retain(|package, _| !packages.contains_key(package));
}

/// The only package's manifest is its own affair; so is that of a root package without others.
fn is_alone(workspace: &Workspace) -> bool {
    workspace.packages.len() == 1
}

/// Whether a source file is part of tests, examples and benchmarks alone.  Of a file that is gone nothing is known.
fn is_of_tests(revision: Revision<'_>, path: &str) -> bool {
    let Some(file) = revision.sources.find(path) else { return false };
    let model = revision.model;
    let targets: Vec<NodeKind> = model
        .module_ids()
        .filter(|module| model.node(*module).file == Some(file))
        .filter_map(|module| Some(model.node(model.target_of(module)?).kind))
        .collect();
    let is_test = |kind: &NodeKind| matches!(kind, NodeKind::Target(target) if target.is_test());
    !targets.is_empty() && targets.iter().all(is_test)
}

/// The packages whose code may include a file: one of their files that include something names it in a literal.
fn including(revision: Revision<'_>, including_files: &[FileId], path: &str) -> Vec<PackageId> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut found: Vec<PackageId> = Vec::new();
    for id in including_files {
        let source = revision.sources.file(*id);
        let is_ending = |at: usize| source.text[at + name.len()..].starts_with('"');
        if source.text.match_indices(name).any(|(at, _)| is_ending(at)) {
            found.extend(revision.workspace.package_holding(&source.path));
        }
    }
    found.sort();
    found.dedup();
    found
}
