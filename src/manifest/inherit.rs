//! What a package takes from its workspace.
//!
//! In: a manifest, and that of its workspace's root.  Out: a [`Declared`] package with what it inherits; paths are told
//! from the root of the repository.  Not here: which workspace a package belongs to.

use std::collections::{BTreeMap, BTreeSet};

use cargo_platform::Platform;
use semver::{Version, VersionReq};

use super::table::{Dependency, DependencyTable, Field, Manifest, Package, Publish, WorkspaceTable};
use super::targets::{self, Place};
use crate::source::{self, Listing};
use crate::workspace::declared::{Declared, DeclaredDependency};
use crate::workspace::{DependencyKind, Edition, Target};

/// The root of a workspace, for its members.
#[derive(Clone, Copy)]
pub(super) struct Root<'a> {
    pub(super) folder: &'a str,
    pub(super) table: Option<&'a WorkspaceTable>,
}

/// Finds the targets of a package.
type FindTargets = dyn Fn(&Manifest, &Package, &Place<'_>) -> Result<Vec<Target>, String>;

/// The package that lies in `folder`.
///
/// # Errors
/// What Cargo refuses, in one sentence.
pub(super) fn declared(
    listing: &Listing,
    folder: &str,
    manifest: &Manifest,
    root: Root<'_>,
) -> Result<Declared, String> {
    with_targets(listing, folder, manifest, root, &targets::targets)
}

/// The same of a package that nobody builds here, of which no more than the library can be named.
pub(super) fn as_dependency(
    listing: &Listing,
    folder: &str,
    manifest: &Manifest,
    root: Root<'_>,
) -> Result<Declared, String> {
    with_targets(listing, folder, manifest, root, &targets::of_dependency)
}

fn with_targets(
    listing: &Listing,
    folder: &str,
    manifest: &Manifest,
    root: Root<'_>,
    find: &FindTargets,
) -> Result<Declared, String> {
    let package = manifest.package.as_ref().ok_or("there is no [package]")?;
    let of_root = |key: &'static str| {
        let table = root.table.map(|table| &table.package);
        table.ok_or_else(|| format!("`{key}` is to be inherited, and there is no workspace"))
    };
    let edition = field("edition", package.edition.as_ref(), || Ok(of_root("edition")?.edition.clone()))?;
    let edition = match edition.as_deref() {
        None => Edition::E2015,
        Some(text) => Edition::parse(text).ok_or_else(|| format!("there is no edition {text}"))?,
    };
    let version = field("version", package.version.as_ref(), || Ok(of_root("version")?.version.clone()))?;
    let publish = field("publish", package.publish.as_ref(), || Ok(of_root("publish")?.publish.clone()))?;
    let publish = match publish {
        Some(Publish::Only(registries)) => Some(registries),
        Some(Publish::Anywhere(true)) => None,
        Some(Publish::Anywhere(false)) => Some(Vec::new()),
        // What has no version cannot be published.
        None => version.is_none().then(Vec::new),
    };
    let place = Place { listing, folder, edition };
    let dependencies = dependencies(manifest, folder, root)?;
    Ok(Declared {
        name: package.name.clone(),
        version: match version {
            Some(text) => Version::parse(text.trim()).map_err(|error| format!("version `{text}`: {error}"))?,
            None => Version::new(0, 0, 0),
        },
        manifest: source::join(folder, "Cargo.toml"),
        member: false,
        edition,
        targets: find(manifest, package, &place)?,
        features: features(manifest, &dependencies),
        dependencies,
        publish,
        is_described: is_described(package, &of_root)?,
    })
}

fn is_described<'a>(
    package: &Package,
    of_root: &dyn Fn(&'static str) -> Result<&'a super::table::Inheritable, String>,
) -> Result<bool, String> {
    let described =
        field("description", package.description.as_ref(), || Ok(of_root("description")?.description.clone()))?;
    let license = field("license", package.license.as_ref(), || Ok(of_root("license")?.license.clone()))?;
    let in_file =
        field("license-file", package.license_file.as_ref(), || Ok(of_root("license-file")?.license_file.clone()))?;
    Ok(described.is_some() && (license.is_some() || in_file.is_some()))
}

fn field<T: Clone>(
    key: &str,
    written: Option<&Field<T>>,
    of_root: impl FnOnce() -> Result<Option<T>, String>,
) -> Result<Option<T>, String> {
    match written {
        None => Ok(None),
        Some(Field::Value(value)) => Ok(Some(value.clone())),
        Some(Field::Inherited(from)) if !from.workspace => Err(format!("`{key}.workspace` may be nothing but `true`")),
        Some(Field::Inherited(_)) => match of_root()? {
            None => Err(format!("`{key}` is to be inherited, and `workspace.package.{key}` is not there")),
            value => Ok(value),
        },
    }
}

fn dependencies(manifest: &Manifest, folder: &str, root: Root<'_>) -> Result<Vec<DeclaredDependency>, String> {
    let mut all = Vec::new();
    for section in manifest.sections() {
        let target = match section.target {
            None => None,
            Some(text) => {
                let platform: Platform = text.parse().map_err(|error| format!("target `{text}`: {error}"))?;
                Some(platform.to_string())
            }
        };
        for (name, entry) in section.entries {
            let (table, folder) = inherited(name, entry, folder, root)?;
            all.push(dependency(name, table, folder, section.kind, target.clone())?);
        }
    }
    Ok(all)
}

/// A dependency's table as it counts, and the folder that its path starts from.
fn inherited<'a>(
    name: &str,
    entry: &Dependency,
    folder: &'a str,
    root: Root<'a>,
) -> Result<(DependencyTable, &'a str), String> {
    let own = entry.table();
    if !own.workspace {
        return Ok((own, folder));
    }
    let all = root.table.map(|table| &table.dependencies);
    let shared = all.and_then(|all| all.get(name)).ok_or_else(|| {
        format!("dependency `{name}` is to be inherited, and `workspace.dependencies.{name}` is not there")
    })?;
    let mut table = shared.table();
    if own.default_features() == Some(true) && table.default_features() == Some(false) {
        table.set_default_features(true);
    }
    table.optional = own.optional;
    table.features.extend(own.features);
    Ok((table, root.folder))
}

fn dependency(
    name: &str,
    table: DependencyTable,
    folder: &str,
    kind: DependencyKind,
    target: Option<String>,
) -> Result<DeclaredDependency, String> {
    let requirement = match table.version.as_deref().map(str::trim) {
        None => VersionReq::STAR,
        Some(text) => VersionReq::parse(text).map_err(|error| format!("dependency `{name}`: `{text}`: {error}"))?,
    };
    let default_features = table.default_features().unwrap_or(true);
    let is_local = table.git.is_none();
    Ok(DeclaredDependency {
        rename: table.package.is_some().then(|| name.to_owned()),
        package: table.package.unwrap_or_else(|| name.to_owned()),
        folder: table.path.filter(|_| is_local).map(|path| source::join(folder, &path)),
        requirement,
        kind,
        target,
        optional: table.optional,
        default_features,
        features: table.features,
    })
}

/// The table of features, with one for each optional dependency that no `dep:` names.
fn features(manifest: &Manifest, dependencies: &[DeclaredDependency]) -> BTreeMap<String, Vec<String>> {
    let mut features = manifest.features.clone();
    let named: BTreeSet<&str> =
        manifest.features.values().flatten().filter_map(|value| value.strip_prefix("dep:")).collect();
    for dependency in dependencies.iter().filter(|dependency| dependency.optional) {
        let name = dependency.rename.as_ref().unwrap_or(&dependency.package);
        if !named.contains(name.as_str()) {
            features.entry(name.clone()).or_insert_with(|| vec![format!("dep:{name}")]);
        }
    }
    features
}
