//! Cargo's words into ours: the only place that knows both.
//!
//! In: packages as `cargo metadata` shows them, with absolute paths.  Out: packages as the workspace has them, with paths
//! from its root.  Not here: asking Cargo, and how packages belong together (`workspace`).

use std::collections::BTreeSet;
use std::path::{Component, Path};

use cargo_metadata as theirs;

use super::locate;
use crate::source;
use crate::workspace::declared::{Declared, DeclaredDependency};
use crate::workspace::{DependencyKind, Edition, Target, TargetKind};

/// A package that Cargo showed, and whether it is a member of the opened workspace.
pub(super) struct Shown {
    pub(super) package: theirs::Package,
    pub(super) member: bool,
}

pub(super) fn declared(root: &Path, shown: &[Shown]) -> Vec<Declared> {
    let folders: BTreeSet<&Path> = shown.iter().map(|shown| folder_of(&shown.package)).collect();
    let folder = |path: &Path| {
        // A dependency may name the folder through a link.
        let real = if folders.contains(path) { None } else { locate::absolute(path).ok() };
        let path = real.as_deref().filter(|real| folders.contains(real)).unwrap_or(path);
        relative(root, path)
    };
    shown.iter().map(|shown| package(root, shown, &folder)).collect()
}

pub(super) fn folder_of(package: &theirs::Package) -> &Path {
    let manifest = package.manifest_path.as_std_path();
    manifest.parent().unwrap_or(manifest)
}

fn package(root: &Path, shown: &Shown, folder: &dyn Fn(&Path) -> String) -> Declared {
    let package = &shown.package;
    Declared {
        name: package.name.to_string(),
        version: package.version.clone(),
        manifest: relative(root, package.manifest_path.as_std_path()),
        member: shown.member,
        edition: edition(package.edition),
        targets: package.targets.iter().filter_map(|target| self::target(root, target)).collect(),
        dependencies: package.dependencies.iter().map(|it| dependency(it, folder)).collect(),
        features: package.features.clone(),
        publish: package.publish.clone(),
        is_described: package.description.is_some() && (package.license.is_some() || package.license_file.is_some()),
    }
}

/// `None` for a kind that Cargo may invent after this was written.
fn target(root: &Path, target: &theirs::Target) -> Option<Target> {
    Some(Target {
        name: target.name.clone(),
        kind: kind(target)?,
        root: relative(root, target.src_path.as_std_path()),
        edition: edition(target.edition),
        required_features: target.required_features.clone(),
    })
}

fn kind(target: &theirs::Target) -> Option<TargetKind> {
    use theirs::TargetKind as Theirs;
    target.kind.iter().find_map(|kind| match kind {
        Theirs::Lib | Theirs::RLib | Theirs::DyLib | Theirs::CDyLib | Theirs::StaticLib => Some(TargetKind::Lib),
        Theirs::ProcMacro => Some(TargetKind::ProcMacro),
        Theirs::Bin => Some(TargetKind::Bin),
        Theirs::Test => Some(TargetKind::Test),
        Theirs::Example => Some(TargetKind::Example),
        Theirs::Bench => Some(TargetKind::Bench),
        Theirs::CustomBuild => Some(TargetKind::BuildScript),
        _ => None,
    })
}

/// A newer edition than we know reads most like the newest that we do.
fn edition(edition: theirs::Edition) -> Edition {
    Edition::parse(edition.as_str()).unwrap_or(Edition::E2024)
}

fn dependency(dependency: &theirs::Dependency, folder: &dyn Fn(&Path) -> String) -> DeclaredDependency {
    DeclaredDependency {
        package: dependency.name.clone(),
        rename: dependency.rename.clone(),
        folder: dependency.path.as_ref().map(|path| folder(path.as_std_path())),
        requirement: dependency.req.clone(),
        kind: match dependency.kind {
            theirs::DependencyKind::Development => DependencyKind::Dev,
            theirs::DependencyKind::Build => DependencyKind::Build,
            _ => DependencyKind::Normal,
        },
        target: dependency.target.as_ref().map(ToString::to_string),
        optional: dependency.optional,
        default_features: dependency.uses_default_features,
        features: dependency.features.clone(),
    }
}

/// An absolute path as seen from the root, with `/`; absolute still where they share nothing (another drive).
pub(super) fn relative(root: &Path, path: &Path) -> String {
    let (root_parts, parts): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (root.components().collect(), path.components().collect());
    let shared = root_parts.iter().zip(&parts).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return source::normalize(&path.to_string_lossy());
    }
    let up = root_parts[shared..].iter().map(|_| "..".to_owned());
    let down = parts[shared..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned());
    source::normalize(&up.chain(down).collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_the_root() {
        let check = |path: &str, expected: &str| assert_eq!(relative(Path::new("/a/b"), Path::new(path)), expected);
        check("/a/b/src/lib.rs", "src/lib.rs");
        check("/a/b", "");
        check("/a/c/lib.rs", "../c/lib.rs");
        check("/x", "../../x");
    }
}
