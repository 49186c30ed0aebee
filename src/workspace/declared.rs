//! Packages as their manifests declare them, before they know each other.
//!
//! In: [`Declared`] packages, from Cargo or from manifests that we read ourselves.  Out: a [`Workspace`], in which local
//! dependencies lead to their packages and everything is sorted.  Not here: manifests.

use std::collections::BTreeMap;

use semver::{Version, VersionReq};

use super::{Dependency, DependencyKind, Edition, Package, PackageId, Resolver, Target, Workspace};
use crate::source;

/// A package; all paths are relative to the workspace root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    pub name: String,
    pub version: Version,
    pub manifest: String,
    pub member: bool,
    pub edition: Edition,
    pub targets: Vec<Target>,
    pub dependencies: Vec<DeclaredDependency>,
    /// As in [`Package::features`].
    pub features: BTreeMap<String, Vec<String>>,
    /// As in [`Package::publish`].
    pub publish: Option<Vec<String>>,
    /// It has a description and a licence.
    pub is_described: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredDependency {
    /// The package's own name.
    pub package: String,
    /// The name that the manifest gives it, where it says `package = ".."`.
    pub rename: Option<String>,
    /// Of a path dependency.
    pub folder: Option<String>,
    pub requirement: VersionReq,
    pub kind: DependencyKind,
    /// As Cargo writes it: `cfg(..)` or a target triple.
    pub target: Option<String>,
    pub optional: bool,
    pub default_features: bool,
    pub features: Vec<String>,
}

/// What the root manifest says for the whole workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RootSettings {
    /// `None` leaves it to the root package's edition.
    pub resolver: Option<Resolver>,
    /// Package name → folder, from `[patch.*]` entries with a path (RESOLUTION.md P19).
    pub patches: BTreeMap<String, String>,
}

/// The folder where a dependency's sources are: its own path, or the one that the root manifest patches in.
pub fn folder_of_dependency<'a>(dependency: &'a DeclaredDependency, root: &'a RootSettings) -> Option<&'a str> {
    dependency.folder.as_deref().or_else(|| root.patches.get(&dependency.package).map(String::as_str))
}

/// Brings packages together; `folder_name` is the name of the workspace's folder.  Of two with one manifest, the first
/// counts.
pub fn workspace(folder_name: &str, root: &RootSettings, mut declared: Vec<Declared>) -> Workspace {
    declared.sort_by(|a, b| a.manifest.cmp(&b.manifest));
    declared.dedup_by(|a, b| a.manifest == b.manifest);
    let known = Known::new(&declared, root);
    let packages: Vec<Package> = declared.iter().map(|declared| package(declared, &known)).collect();
    let root_package = packages.iter().find(|package| package.manifest == "Cargo.toml");
    let implied = match root_package {
        Some(package) if package.edition >= Edition::E2021 => Resolver::Two,
        _ => Resolver::One,
    };
    let name = root_package.map_or_else(|| folder_name.to_owned(), |package| package.name.clone());
    Workspace { name, resolver: root.resolver.unwrap_or(implied), packages }
}

/// The packages by their folder, and what code calls their libraries.
struct Known<'a> {
    by_folder: BTreeMap<&'a str, PackageId>,
    declared: &'a [Declared],
    root: &'a RootSettings,
}

impl<'a> Known<'a> {
    fn new(declared: &'a [Declared], root: &'a RootSettings) -> Self {
        let ids = (0..declared.len() as u32).map(PackageId);
        let by_folder = declared.iter().map(|declared| source::folder_of(&declared.manifest)).zip(ids).collect();
        Self { by_folder, declared, root }
    }

    fn find(&self, dependency: &DeclaredDependency) -> Option<PackageId> {
        if let Some(folder) = &dependency.folder {
            return self.by_folder.get(folder.as_str()).copied();
        }
        let folder = self.root.patches.get(&dependency.package)?;
        let id = *self.by_folder.get(folder.as_str())?;
        dependency.requirement.matches(&self.declared[id.0 as usize].version).then_some(id)
    }

    fn library(&self, id: PackageId) -> Option<String> {
        let targets = &self.declared[id.0 as usize].targets;
        targets.iter().find(|target| target.kind.is_library()).map(Target::crate_name)
    }
}

fn package(declared: &Declared, known: &Known<'_>) -> Package {
    let mut targets = declared.targets.clone();
    targets.sort_by(|a, b| (a.kind, &a.name, &a.root).cmp(&(b.kind, &b.name, &b.root)));
    let mut dependencies: Vec<Dependency> = declared.dependencies.iter().map(|it| dependency(it, known)).collect();
    dependencies.sort_by(|a, b| (a.kind, &a.manifest_name, &a.target).cmp(&(b.kind, &b.manifest_name, &b.target)));
    Package {
        name: declared.name.clone(),
        version: declared.version.to_string(),
        manifest: declared.manifest.clone(),
        folder: source::folder_of(&declared.manifest).to_owned(),
        member: declared.member,
        edition: declared.edition,
        targets,
        dependencies,
        features: declared.features.clone(),
        publish: declared.publish.clone(),
        registry_ready: is_registry_ready(declared),
    }
}

/// `cargo publish` refuses everything else.
fn is_registry_ready(declared: &Declared) -> bool {
    let needs_version = |it: &&DeclaredDependency| it.folder.is_some() && it.kind != DependencyKind::Dev;
    let mut local = declared.dependencies.iter().filter(needs_version);
    declared.is_described && local.all(|it| it.requirement != VersionReq::STAR)
}

fn dependency(declared: &DeclaredDependency, known: &Known<'_>) -> Dependency {
    let local = known.find(declared);
    let library = || local.and_then(|id| known.library(id));
    let renamed = declared.rename.as_ref().map(|name| name.replace('-', "_"));
    Dependency {
        extern_name: renamed.or_else(library).unwrap_or_else(|| declared.package.replace('-', "_")),
        manifest_name: declared.rename.clone().unwrap_or_else(|| declared.package.clone()),
        package: declared.package.clone(),
        local,
        kind: declared.kind,
        target: declared.target.clone(),
        optional: declared.optional,
        default_features: declared.default_features,
        features: declared.features.clone(),
    }
}
