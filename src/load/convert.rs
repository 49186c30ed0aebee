//! Cargo's words into ours: the only place that knows both.
//!
//! In: packages as `cargo metadata` shows them, with absolute paths, and the root manifest.  Out: a [`Workspace`].
//! Not here: asking Cargo.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use cargo_metadata as theirs;

use super::locate;
use super::root_manifest::RootManifest;
use crate::source;
use crate::workspace::{
    Dependency, DependencyKind, Edition, Package, PackageId, Resolver, Target, TargetKind, Workspace,
};

/// A package that Cargo showed, and whether it is a member of the opened workspace.
pub(super) struct Shown {
    pub(super) package: theirs::Package,
    pub(super) member: bool,
}

pub(super) fn workspace(root: &Path, mut shown: Vec<Shown>, manifest: &RootManifest) -> Workspace {
    let path_in_root = |shown: &Shown| relative(root, shown.package.manifest_path.as_std_path());
    shown.sort_by_cached_key(path_in_root);
    shown.dedup_by_key(|shown| path_in_root(shown));
    let known = Known::new(&shown);
    let packages: Vec<Package> = shown.iter().map(|shown| package(root, shown, manifest, &known)).collect();
    let root_package = packages.iter().find(|package| package.manifest == "Cargo.toml");
    let implied = match root_package {
        Some(package) if package.edition >= Edition::E2021 => Resolver::Two,
        _ => Resolver::One,
    };
    let folder_name =
        || root.file_name().map_or_else(|| "workspace".to_owned(), |name| name.to_string_lossy().into_owned());
    let name = root_package.map_or_else(folder_name, |package| package.name.clone());
    Workspace { name, resolver: manifest.resolver.unwrap_or(implied), packages }
}

/// The packages by their folder, and what code calls their libraries.
struct Known {
    by_folder: BTreeMap<PathBuf, PackageId>,
    /// By package id: version and the name of the library.
    packages: Vec<(theirs::semver::Version, Option<String>)>,
}

impl Known {
    fn new(shown: &[Shown]) -> Self {
        let mut by_folder = BTreeMap::new();
        let mut packages = Vec::with_capacity(shown.len());
        for (idx, shown) in shown.iter().enumerate() {
            let folder = folder_of(&shown.package);
            // A dependency may name the folder through a link.
            if let Ok(real) = locate::absolute(folder) {
                by_folder.entry(real).or_insert(PackageId(idx as u32));
            }
            by_folder.insert(folder.to_owned(), PackageId(idx as u32));
            let library = shown.package.targets.iter().find(|target| kind(target).is_some_and(TargetKind::is_library));
            packages.push((shown.package.version.clone(), library.map(|target| target.name.replace('-', "_"))));
        }
        Self { by_folder, packages }
    }

    fn find(&self, dependency: &theirs::Dependency, manifest: &RootManifest) -> Option<PackageId> {
        let at = |folder: &Path| {
            let real = || locate::absolute(folder).ok().and_then(|real| self.by_folder.get(&real));
            self.by_folder.get(folder).or_else(real).copied()
        };
        if let Some(folder) = &dependency.path {
            return at(folder.as_std_path());
        }
        let id = at(manifest.patches.get(&dependency.name)?)?;
        dependency.req.matches(&self.packages[id.0 as usize].0).then_some(id)
    }
}

/// The folder where a dependency's sources are: its own path, or the one that the root manifest patches in.
pub(super) fn folder_of_dependency<'a>(
    dependency: &'a theirs::Dependency,
    manifest: &'a RootManifest,
) -> Option<&'a Path> {
    let patched = || manifest.patches.get(&dependency.name).map(PathBuf::as_path);
    dependency.path.as_ref().map(|path| path.as_std_path()).or_else(patched)
}

pub(super) fn folder_of(package: &theirs::Package) -> &Path {
    let manifest = package.manifest_path.as_std_path();
    manifest.parent().unwrap_or(manifest)
}

fn package(root: &Path, shown: &Shown, manifest: &RootManifest, known: &Known) -> Package {
    let package = &shown.package;
    let path = relative(root, package.manifest_path.as_std_path());
    let mut targets: Vec<Target> = package.targets.iter().filter_map(|target| self::target(root, target)).collect();
    targets.sort_by(|a, b| (a.kind, &a.name, &a.root).cmp(&(b.kind, &b.name, &b.root)));
    let mut dependencies: Vec<Dependency> =
        package.dependencies.iter().map(|d| dependency(d, manifest, known)).collect();
    dependencies.sort_by(|a, b| (a.kind, &a.manifest_name, &a.target).cmp(&(b.kind, &b.manifest_name, &b.target)));
    Package {
        name: package.name.to_string(),
        version: package.version.to_string(),
        folder: source::folder_of(&path).to_owned(),
        manifest: path,
        member: shown.member,
        edition: edition(package.edition),
        targets,
        dependencies,
        features: package.features.clone(),
        publish: package.publish.clone(),
        registry_ready: is_registry_ready(package),
    }
}

/// `cargo publish` refuses everything else.
fn is_registry_ready(package: &theirs::Package) -> bool {
    let has_licence = package.license.is_some() || package.license_file.is_some();
    let needs_version = |it: &&theirs::Dependency| it.path.is_some() && it.kind != theirs::DependencyKind::Development;
    let mut local = package.dependencies.iter().filter(needs_version);
    package.description.is_some() && has_licence && local.all(|it| it.req != theirs::semver::VersionReq::STAR)
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

fn dependency(dependency: &theirs::Dependency, manifest: &RootManifest, known: &Known) -> Dependency {
    let local = known.find(dependency, manifest);
    let library = || local.and_then(|id| known.packages[id.0 as usize].1.clone());
    let renamed = dependency.rename.as_ref().map(|name| name.replace('-', "_"));
    Dependency {
        extern_name: renamed.or_else(library).unwrap_or_else(|| dependency.name.replace('-', "_")),
        manifest_name: dependency.rename.clone().unwrap_or_else(|| dependency.name.clone()),
        package: dependency.name.clone(),
        local,
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
