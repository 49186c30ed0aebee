//! Cargo's world in our words: packages, targets, dependencies, features, editions, cfg.
//!
//! In: what `load` read from Cargo, or `git` from the manifests of a commit.  Out: `Workspace`.  Not here: reading
//! manifests, and every Cargo type.

pub mod cfg;
pub mod declared;
pub mod features;
pub mod label;

use std::collections::BTreeMap;

/// An index into [`Workspace::packages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackageId(pub u32);

/// A workspace: its members, and the path dependencies outside it that could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workspace {
    /// The last component of the root folder, or the root package's name.
    pub name: String,
    /// Sorted by manifest path.
    pub packages: Vec<Package>,
    /// `resolver = ".."` of the root manifest, or what its edition implies.
    pub resolver: Resolver,
}

impl Workspace {
    pub fn package(&self, id: PackageId) -> &Package {
        &self.packages[id.0 as usize]
    }

    pub fn package_ids(&self) -> impl ExactSizeIterator<Item = PackageId> + use<> {
        (0..self.packages.len() as u32).map(PackageId)
    }

    /// The innermost package whose folder holds a file; the path is the workspace's.
    pub fn package_holding(&self, path: &str) -> Option<PackageId> {
        let holds =
            |folder: &str| folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let holders = self.package_ids().filter(|id| holds(&self.package(*id).folder));
        holders.max_by_key(|id| self.package(*id).folder.len())
    }

    /// Who depends on each package of the workspace, and for what.
    pub fn dependents(&self) -> BTreeMap<PackageId, Vec<(PackageId, DependencyKind)>> {
        let mut found: BTreeMap<PackageId, Vec<(PackageId, DependencyKind)>> = BTreeMap::new();
        for package in self.package_ids() {
            for dependency in &self.package(package).dependencies {
                if let Some(local) = dependency.local.filter(|local| *local != package) {
                    found.entry(local).or_default().push((package, dependency.kind));
                }
            }
        }
        found
    }
}

/// How features are unified: version 1 also unifies what dev-dependencies ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Resolver {
    One,
    #[default]
    Two,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    pub name: String,
    pub version: String,
    /// The manifest, relative to the workspace root.
    pub manifest: String,
    /// The folder of the manifest, relative to the workspace root; empty for a root package.
    pub folder: String,
    /// False for a path dependency that is not a member.
    pub member: bool,
    pub edition: Edition,
    pub targets: Vec<Target>,
    pub dependencies: Vec<Dependency>,
    /// As in the manifest: feature → what it turns on (`other`, `dep:x`, `x/f`, `x?/f`).
    pub features: BTreeMap<String, Vec<String>>,
    /// `publish = false` is `Some([])`.
    pub publish: Option<Vec<String>>,
    /// It has what crates.io asks for: a description, a licence, and a version for each dependency that is also a path.
    pub registry_ready: bool,
}

impl Package {
    /// Code outside this workspace may use it as a library.
    pub fn is_publishable(&self) -> bool {
        let has_library = self.targets.iter().any(|target| target.kind.is_library());
        let is_allowed = self.publish.as_ref().is_none_or(|registries| !registries.is_empty());
        has_library && is_allowed && self.registry_ready
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    E2015,
    E2018,
    E2021,
    E2024,
}

impl Edition {
    /// `2015`, `2018`, `2021` or `2024`.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "2015" => Self::E2015,
            "2018" => Self::E2018,
            "2021" => Self::E2021,
            "2024" => Self::E2024,
            _ => return None,
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TargetKind {
    Lib,
    ProcMacro,
    Bin,
    Test,
    Example,
    Bench,
    BuildScript,
}

impl TargetKind {
    pub const ALL: [Self; 7] =
        [Self::Lib, Self::ProcMacro, Self::Bin, Self::Test, Self::Example, Self::Bench, Self::BuildScript];

    /// The word of the snapshot document.
    pub fn word(self) -> &'static str {
        match self {
            Self::Lib => "lib",
            Self::ProcMacro => "proc-macro",
            Self::Bin => "bin",
            Self::Test => "test",
            Self::Example => "example",
            Self::Bench => "bench",
            Self::BuildScript => "build",
        }
    }

    /// A library that other crates can name.
    pub fn is_library(self) -> bool {
        matches!(self, Self::Lib | Self::ProcMacro)
    }

    /// Built for tests and measurements only: its references are test-only.
    pub fn is_test(self) -> bool {
        matches!(self, Self::Test | Self::Bench | Self::Example)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// As Cargo writes it, with its hyphens.
    pub name: String,
    pub kind: TargetKind,
    /// The root source file, relative to the workspace root.
    pub root: String,
    pub edition: Edition,
    pub required_features: Vec<String>,
}

impl Target {
    /// The name as code writes it: `_` for `-`.
    pub fn crate_name(&self) -> String {
        self.name.replace('-', "_")
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DependencyKind {
    Normal,
    Dev,
    Build,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The name that code writes (`_` for `-`): the rename if there is one, else the library's name where it is
    /// known (a package of this workspace), else the package's.
    pub extern_name: String,
    /// The name that features use for it: as the manifest's table has it.
    pub manifest_name: String,
    /// The package's own name.
    pub package: String,
    /// Set if the package is part of this workspace value.
    pub local: Option<PackageId>,
    pub kind: DependencyKind,
    /// `[target.'cfg(..)'.dependencies]`, as written.
    pub target: Option<String>,
    pub optional: bool,
    pub default_features: bool,
    pub features: Vec<String>,
}
