//! One Cargo.toml as it is written: the keys that a workspace is made of, nothing inherited or found yet.
//!
//! In: its text.  Out: [`Manifest`].  Keys that mean nothing here are not looked at.  Not here: what Cargo finds beside
//! the file.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::source;
use crate::workspace::declared::RootSettings;
use crate::workspace::{DependencyKind, Resolver};

/// Dependencies by the name that the manifest gives them.
pub(super) type Dependencies = BTreeMap<String, Dependency>;

/// A manifest, of a package, a workspace or both.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Manifest {
    /// `[project]` is how the first manifests said it.
    #[serde(alias = "project")]
    pub(super) package: Option<Package>,
    pub(super) lib: Option<TargetTable>,
    pub(super) bin: Option<Vec<TargetTable>>,
    pub(super) example: Option<Vec<TargetTable>>,
    pub(super) test: Option<Vec<TargetTable>>,
    pub(super) bench: Option<Vec<TargetTable>>,
    #[serde(default)]
    dependencies: Dependencies,
    dev_dependencies: Option<Dependencies>,
    #[serde(rename = "dev_dependencies")]
    old_dev_dependencies: Option<Dependencies>,
    build_dependencies: Option<Dependencies>,
    #[serde(rename = "build_dependencies")]
    old_build_dependencies: Option<Dependencies>,
    /// By `cfg(..)` or triple, as written.
    #[serde(default)]
    target: BTreeMap<String, PlatformTable>,
    #[serde(default)]
    pub(super) features: BTreeMap<String, Vec<String>>,
    pub(super) workspace: Option<WorkspaceTable>,
    #[serde(default)]
    pub(super) patch: BTreeMap<String, BTreeMap<String, Dependency>>,
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// What is wrong with it and in which line, in one sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            let place = line.map_or_else(String::new, |line| format!("line {line}: "));
            format!("{place}{}", error.message())
        })
    }

    /// The package's name, and what code calls its library; `None` for a workspace alone.
    pub fn names(&self) -> Option<(String, String)> {
        let name = &self.package.as_ref()?.name;
        let krate = self.lib.as_ref().and_then(|lib| lib.name.as_ref()).unwrap_or(name);
        Some((name.clone(), krate.replace('-', "_")))
    }

    /// Every table of dependencies.  Of a table in its older spelling and in today's, today's counts.
    pub(super) fn sections(&self) -> Vec<Section<'_>> {
        fn add<'a>(
            sections: &mut Vec<Section<'a>>,
            target: Option<&'a str>,
            normal: &'a Dependencies,
            [dev, old_dev, build, old_build]: [&'a Option<Dependencies>; 4],
        ) {
            let tables = [
                (DependencyKind::Normal, Some(normal)),
                (DependencyKind::Dev, dev.as_ref().or(old_dev.as_ref())),
                (DependencyKind::Build, build.as_ref().or(old_build.as_ref())),
            ];
            sections.extend(
                tables.into_iter().filter_map(|(kind, entries)| Some(Section { kind, target, entries: entries? })),
            );
        }
        let mut sections = Vec::new();
        let Self {
            dependencies,
            dev_dependencies,
            old_dev_dependencies,
            build_dependencies,
            old_build_dependencies,
            ..
        } = self;
        let others = [dev_dependencies, old_dev_dependencies, build_dependencies, old_build_dependencies];
        add(&mut sections, None, dependencies, others);
        for (target, table) in &self.target {
            let PlatformTable {
                dependencies,
                dev_dependencies,
                old_dev_dependencies,
                build_dependencies,
                old_build_dependencies,
            } = table;
            let others = [dev_dependencies, old_dev_dependencies, build_dependencies, old_build_dependencies];
            add(&mut sections, Some(target), dependencies, others);
        }
        sections
    }

    /// What a root manifest says for the whole workspace; `folder` is its own.
    pub fn settings(&self, folder: &str) -> RootSettings {
        let of_workspace = self.workspace.as_ref().and_then(|it| it.resolver.as_deref());
        let named = of_workspace.or_else(|| self.package.as_ref()?.resolver.as_deref());
        let resolver = named.map(|version| if version == "1" { Resolver::One } else { Resolver::Two });
        let mut patches = BTreeMap::new();
        for (name, entry) in self.patch.values().flatten() {
            let entry = entry.table();
            if let Some(path) = entry.path {
                patches.insert(entry.package.unwrap_or_else(|| name.clone()), source::join(folder, &path));
            }
        }
        RootSettings { resolver, patches }
    }
}

/// `[target.'cfg(..)']`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct PlatformTable {
    #[serde(default)]
    dependencies: Dependencies,
    dev_dependencies: Option<Dependencies>,
    #[serde(rename = "dev_dependencies")]
    old_dev_dependencies: Option<Dependencies>,
    build_dependencies: Option<Dependencies>,
    #[serde(rename = "build_dependencies")]
    old_build_dependencies: Option<Dependencies>,
}

/// A table of dependencies of one kind, for one platform if it says so.
pub(super) struct Section<'a> {
    pub(super) kind: DependencyKind,
    pub(super) target: Option<&'a str>,
    pub(super) entries: &'a Dependencies,
}

/// A value, or `{ workspace = true }`.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "expected a value or `workspace = true`")]
pub(super) enum Field<T> {
    Value(T),
    Inherited(Inherited),
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Inherited {
    pub(super) workspace: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) version: Option<Field<String>>,
    pub(super) edition: Option<Field<String>>,
    pub(super) publish: Option<Field<Publish>>,
    pub(super) description: Option<Field<String>>,
    pub(super) license: Option<Field<String>>,
    pub(super) license_file: Option<Field<String>>,
    pub(super) build: Option<Build>,
    pub(super) autolib: Option<bool>,
    pub(super) autobins: Option<bool>,
    pub(super) autoexamples: Option<bool>,
    pub(super) autotests: Option<bool>,
    pub(super) autobenches: Option<bool>,
    /// The folder of the workspace that the package says it belongs to.
    pub(super) workspace: Option<String>,
    pub(super) resolver: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "expected a boolean or a list of registries")]
pub(super) enum Publish {
    Anywhere(bool),
    Only(Vec<String>),
}

#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "expected a boolean or the path of a build script")]
pub(super) enum Build {
    Whether(bool),
    At(String),
}

/// `[lib]`, `[[bin]]` and the like.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct TargetTable {
    pub(super) name: Option<String>,
    pub(super) path: Option<String>,
    pub(super) edition: Option<String>,
    #[serde(alias = "proc_macro")]
    pub(super) proc_macro: Option<bool>,
    #[serde(alias = "crate_type")]
    pub(super) crate_type: Option<Vec<String>>,
    #[serde(default)]
    pub(super) required_features: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "expected a version or a table")]
pub(super) enum Dependency {
    Version(String),
    Table(DependencyTable),
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct DependencyTable {
    pub(super) version: Option<String>,
    pub(super) path: Option<String>,
    pub(super) package: Option<String>,
    pub(super) git: Option<IgnoredAny>,
    #[serde(default)]
    pub(super) optional: bool,
    default_features: Option<bool>,
    #[serde(rename = "default_features")]
    old_default_features: Option<bool>,
    #[serde(default)]
    pub(super) features: Vec<String>,
    #[serde(default)]
    pub(super) workspace: bool,
}

impl DependencyTable {
    pub(super) fn default_features(&self) -> Option<bool> {
        self.default_features.or(self.old_default_features)
    }

    pub(super) fn set_default_features(&mut self, on: bool) {
        self.default_features = Some(on);
    }
}

impl Dependency {
    pub(super) fn table(&self) -> DependencyTable {
        match self {
            Self::Version(version) => DependencyTable { version: Some(version.clone()), ..DependencyTable::default() },
            Self::Table(table) => table.clone(),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct WorkspaceTable {
    pub(super) members: Option<Vec<String>>,
    #[serde(default)]
    pub(super) exclude: Vec<String>,
    pub(super) resolver: Option<String>,
    #[serde(default)]
    pub(super) package: Inheritable,
    #[serde(default)]
    pub(super) dependencies: Dependencies,
}

/// `[workspace.package]`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Inheritable {
    pub(super) version: Option<String>,
    pub(super) edition: Option<String>,
    pub(super) publish: Option<Publish>,
    pub(super) description: Option<String>,
    pub(super) license: Option<String>,
    pub(super) license_file: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_resolver_is_the_workspaces_or_the_packages() {
        let resolver = |text: &str| Manifest::parse(text).unwrap().settings("").resolver;
        assert_eq!(resolver("[workspace]\nresolver = \"1\""), Some(Resolver::One));
        assert_eq!(resolver("[package]\nname = \"a\"\nresolver = \"2\""), Some(Resolver::Two));
        assert_eq!(resolver("[workspace]\nresolver = \"3\""), Some(Resolver::Two));
        assert_eq!(resolver("[workspace]"), None);
    }

    #[test]
    fn patches_with_a_path_are_known_by_the_packages_name() {
        let text = "[patch.crates-io]\na = { path = \"vendor/a\" }\nb2 = { path = \"../b\", package = \"b\" }\nc = { git = \"x\" }";
        let patches = Manifest::parse(text).unwrap().settings("w").patches;
        let expected = [("a", "w/vendor/a"), ("b", "b")].map(|(name, path)| (name.to_owned(), path.to_owned()));
        assert_eq!(patches, BTreeMap::from(expected));
    }

    #[test]
    fn what_is_wrong_has_its_line() {
        let error = |text: &str| Manifest::parse(text).unwrap_err();
        assert!(error("[package]\nname = \"a\"\n[[[").starts_with("line 3: "));
        assert_eq!(error("[package]\nversion = \"1\""), "line 1: missing field `name`");
        assert!(error("[package]\nname = \"a\"\nversion = 1").starts_with("line 3: expected a value or"));
    }

    #[test]
    fn older_spellings_are_read_and_todays_win() {
        let text = "[project]\nname = \"a\"\n[dev_dependencies]\na = \"1\"\n[build-dependencies]\nb = \"1\"\n\
                    [build_dependencies]\nc = \"1\"\n[target.x.dev_dependencies]\nd = { version = \"1\", default_features = false }";
        let manifest = Manifest::parse(text).unwrap();
        let line = |section: &Section<'_>| {
            let names: Vec<String> = section.entries.keys().cloned().collect();
            format!("{:?} {:?} {}", section.kind, section.target, names.join(" "))
        };
        let lines: Vec<String> =
            manifest.sections().iter().filter(|section| !section.entries.is_empty()).map(line).collect();
        assert_eq!(lines, ["Dev None a", "Build None b", "Dev Some(\"x\") d"]);
    }
}
