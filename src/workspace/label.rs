//! The label of each target: the first segment of every module path (PRODUCT.md, "The snapshot document").
//!
//! In: a workspace.  Out: one label per target, no two alike.  Not here: the `test:lib:NAME` of unit-test builds, which
//! are no targets.

use std::collections::{BTreeMap, BTreeSet};

use super::{Package, Target, TargetKind, Workspace};

/// The labels of all targets, as `labels[package][target]`.
///
/// A library is its crate name; every other target has its kind before the name.  Where two members share a kind and
/// a name, both are `PACKAGE/NAME`.  A package outside the workspace never changes a member's label: it steps aside.
pub fn labels(workspace: &Workspace) -> Vec<Vec<String>> {
    let mut labels: Vec<Vec<String>> =
        workspace.packages.iter().map(|p| vec![String::new(); p.targets.len()]).collect();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for member in [true, false] {
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (package_idx, package) in workspace.packages.iter().enumerate().filter(|(_, p)| p.member == member) {
            open.extend((0..package.targets.len()).map(|target_idx| (package_idx, target_idx)));
        }
        for spelling in SPELLINGS {
            let mut wanted: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
            for (package_idx, target_idx) in open.drain(..) {
                let package = &workspace.packages[package_idx];
                let target = &package.targets[target_idx];
                let label = format!("{}{}", prefix(target.kind), spelling(package, target));
                wanted.entry(label).or_default().push((package_idx, target_idx));
            }
            for (label, targets) in wanted {
                match targets[..] {
                    [(package_idx, target_idx)] if !taken.contains(&label) => {
                        labels[package_idx][target_idx].clone_from(&label);
                        taken.insert(label);
                    }
                    _ => open.extend(targets),
                }
            }
        }
    }
    labels
}

/// From the shortest to one that no two targets share.
const SPELLINGS: [fn(&Package, &Target) -> String; 4] = [
    |package, target| if target.kind == TargetKind::BuildScript { package.name.clone() } else { target.crate_name() },
    |package, target| format!("{}/{}", package.name, target.crate_name()),
    |package, target| format!("{}/{}", package.folder, target.crate_name()),
    |package, target| format!("{}/{}@{}", package.folder, target.name, target.root),
];

fn prefix(kind: TargetKind) -> &'static str {
    match kind {
        TargetKind::Lib | TargetKind::ProcMacro => "",
        TargetKind::Bin => "bin:",
        TargetKind::Test => "test:",
        TargetKind::Example => "example:",
        TargetKind::Bench => "bench:",
        TargetKind::BuildScript => "build:",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Edition, Resolver};

    /// `folder name: kind target, ...` per line; a folder that starts with `..` is outside the workspace.
    fn check(fixture: &str, expected: &[&str]) {
        let packages = fixture.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| {
            let (head, targets) = line.split_once(": ").unwrap();
            let (folder, name) = head.split_once(' ').unwrap();
            let targets = targets.split(", ").map(|target| {
                let (kind, name) = target.split_once(' ').unwrap();
                let kind = match kind {
                    "lib" => TargetKind::Lib,
                    "macro" => TargetKind::ProcMacro,
                    "bin" => TargetKind::Bin,
                    "test" => TargetKind::Test,
                    "build" => TargetKind::BuildScript,
                    other => panic!("no such kind: {other}"),
                };
                let root = format!("{folder}/src/{name}.rs");
                Target { name: name.to_owned(), kind, root, edition: Edition::E2021, required_features: Vec::new() }
            });
            Package {
                name: name.to_owned(),
                version: "0.1.0".to_owned(),
                manifest: format!("{folder}/Cargo.toml"),
                folder: folder.to_owned(),
                member: !folder.starts_with(".."),
                edition: Edition::E2021,
                targets: targets.collect(),
                dependencies: Vec::new(),
                features: BTreeMap::new(),
                publish: None,
                registry_ready: false,
            }
        });
        let workspace = Workspace { name: "w".to_owned(), packages: packages.collect(), resolver: Resolver::Two };
        assert_eq!(labels(&workspace).concat(), expected);
    }

    #[test]
    fn each_kind_has_its_word() {
        check(
            "a my-app: lib my-app, bin my-app, test it, build build-script-build\nm my-macros: macro my-macros",
            &["my_app", "bin:my_app", "test:it", "build:my-app", "my_macros"],
        );
    }

    #[test]
    fn a_name_shared_within_a_kind_gets_the_package_with_its_hyphens() {
        check(
            "a pkg-a: lib core, test it\nb pkg-b: macro core, test it\nc pkg-c: bin core, test other",
            &["pkg-a/core", "test:pkg-a/it", "pkg-b/core", "test:pkg-b/it", "bin:core", "test:other"],
        );
    }

    #[test]
    fn a_package_outside_the_workspace_steps_aside() {
        check("../x other: lib core\na pkg-a: lib core", &["other/core", "core"]);
    }

    #[test]
    fn labels_stay_apart_when_even_package_names_are_shared() {
        check(
            "../x core: lib core\n../y core: lib core\n../y/z core: bin a-b, bin a_b",
            &["../x/core", "../y/core", "bin:../y/z/a-b@../y/z/src/a-b.rs", "bin:../y/z/a_b@../y/z/src/a_b.rs"],
        );
    }
}
