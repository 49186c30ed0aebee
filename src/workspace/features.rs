//! Which features are on, as `cargo check --workspace` would unify them.
//!
//! In: a workspace, the features asked for, and the target whose cfg gates dependencies.  Out: per package, the
//! features and optional dependencies that are on.  Not here: cfg itself (`cfg`), and packages from a registry, which
//! cannot ask anything of local ones.
//!
//! The rules are those of The Cargo Book, "Features" and "Feature resolver version 2".

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::cfg::CfgOptions;
use super::{Dependency, DependencyKind, Package, PackageId, Resolver, TargetKind, Workspace};

/// The features asked for on every member (riprap.toml's `features`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FeatureSelection {
    #[default]
    Default,
    All,
    /// Beside the default ones: `f` for each member that has it, `member/f`, `dependency/f`.
    List(Vec<String>),
}

/// What is on in one package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activated {
    pub features: BTreeSet<String>,
    /// Optional dependencies that are on, by [`Dependency::manifest_name`].
    pub optional: BTreeSet<String>,
}

impl Activated {
    /// Whether a dependency of this package is built, as far as features decide it: one that is not has no name in
    /// code (RESOLUTION.md P13).  Its target is judged by [`CfgOptions::holds_for_dependency`].
    pub fn has(&self, dependency: &Dependency) -> bool {
        !dependency.optional || self.optional.contains(&dependency.manifest_name)
    }
}

/// What is on in each package, in the order of [`Workspace::packages`].
///
/// With resolver 2 a package may be built twice, for the target and for build scripts and macros, with different
/// features.  A procedural macro and a package that only build scripts reach are judged as built for the host, every
/// other package as built for the target.
pub fn unify(workspace: &Workspace, selection: &FeatureSelection, platform: &CfgOptions) -> Vec<Activated> {
    let mut unifier = Unifier { workspace, platform, builds: BTreeMap::new(), queue: VecDeque::new() };
    for id in workspace.package_ids() {
        unifier.root(id, selection);
    }
    unifier.run();
    let mut builds = unifier.builds;
    let mut activated = Vec::with_capacity(workspace.packages.len());
    for id in workspace.package_ids() {
        let for_host = workspace.resolver == Resolver::Two && is_proc_macro(workspace.package(id));
        let build = builds.remove(&(id, for_host)).or_else(|| builds.remove(&(id, !for_host)));
        activated.push(build.unwrap_or_default().activated);
    }
    activated
}

/// One package, for the target or (true, with resolver 2 alone) for the host.
type Build = (PackageId, bool);

#[derive(Default)]
struct BuildState {
    activated: Activated,
    /// Its dependencies that are not optional have been asked for.
    entered: bool,
    /// `x?/f` that waits for `x`: dependency → features.
    waiting: BTreeMap<String, BTreeSet<String>>,
}

/// One thing to turn on; doing it twice changes nothing.
enum Demand {
    Package(Build),
    Feature(Build, String),
    /// `dep:x`.
    Optional(Build, String),
    /// `x/f`, and `x?/f` with `weak`.
    OfDependency {
        build: Build,
        dependency: String,
        feature: String,
        weak: bool,
    },
}

struct Unifier<'a> {
    workspace: &'a Workspace,
    platform: &'a CfgOptions,
    builds: BTreeMap<Build, BuildState>,
    queue: VecDeque<Demand>,
}

impl<'a> Unifier<'a> {
    /// Asks for one member, as the command line does.
    fn root(&mut self, id: PackageId, selection: &FeatureSelection) {
        let package = self.workspace.package(id);
        if !package.member {
            return;
        }
        // A procedural macro's own tests and binaries are built for the target, hence both.
        let both = self.workspace.resolver == Resolver::Two && is_proc_macro(package);
        for build in if both { vec![(id, false), (id, true)] } else { vec![(id, false)] } {
            self.queue.push_back(Demand::Package(build));
            self.queue.push_back(Demand::Feature(build, "default".to_owned()));
            match selection {
                FeatureSelection::Default => {}
                FeatureSelection::All => {
                    let implicit = package.dependencies.iter().filter(|d| d.optional).map(|d| &d.manifest_name);
                    let names = package.features.keys().chain(implicit);
                    self.queue.extend(names.map(|name| Demand::Feature(build, name.clone())));
                }
                FeatureSelection::List(names) => {
                    for name in names {
                        self.ask_by_name(build, name);
                    }
                }
            }
        }
    }

    fn ask_by_name(&mut self, build: Build, name: &str) {
        let package = self.workspace.package(build.0);
        match name.split_once('/') {
            None => self.queue.push_back(Demand::Feature(build, name.to_owned())),
            Some((owner, _)) if package.dependencies.iter().any(|d| d.manifest_name == owner.trim_end_matches('?')) => {
                self.queue.push_back(demand(build, name));
            }
            Some((owner, feature)) if package.name == owner => {
                self.queue.push_back(Demand::Feature(build, feature.to_owned()));
            }
            Some(_) => {}
        }
    }

    fn run(&mut self) {
        while let Some(demand) = self.queue.pop_front() {
            match demand {
                Demand::Package(build) => self.enter(build),
                Demand::Feature(build, name) => self.turn_on(build, name),
                Demand::Optional(build, name) => self.activate_optional(build, name),
                Demand::OfDependency { build, dependency, feature, weak } => {
                    self.ask_of_dependency(build, dependency, feature, weak);
                }
            }
        }
    }

    fn enter(&mut self, build: Build) {
        let state = self.builds.entry(build).or_default();
        if !state.entered {
            state.entered = true;
            for (dependency, _) in self.dependencies(build).into_iter().filter(|(dependency, _)| !dependency.optional) {
                self.ask_for(build, dependency);
            }
        }
    }

    /// Asks for what a dependency's own entry in the manifest says.
    fn ask_for(&mut self, build: Build, dependency: &Dependency) {
        let Some(of) = self.build_of(build, dependency) else { return };
        self.queue.push_back(Demand::Package(of));
        if dependency.default_features {
            self.queue.push_back(Demand::Feature(of, "default".to_owned()));
        }
        self.queue.extend(dependency.features.iter().map(|name| Demand::Feature(of, name.clone())));
    }

    fn turn_on(&mut self, build: Build, name: String) {
        let package = self.workspace.package(build.0);
        let enables = match package.features.get(&name) {
            Some(values) => values.iter().map(|value| demand(build, value)).collect(),
            None if is_implicit_feature(package, &name) => vec![Demand::Optional(build, name.clone())],
            None => return,
        };
        if self.builds.entry(build).or_default().activated.features.insert(name) {
            self.queue.extend(enables);
        }
    }

    fn activate_optional(&mut self, build: Build, name: String) {
        let state = self.builds.entry(build).or_default();
        let waiting = state.waiting.remove(&name).unwrap_or_default();
        if !state.activated.optional.insert(name.clone()) {
            return;
        }
        for (dependency, of) in self.dependencies(build) {
            if dependency.manifest_name == name {
                self.ask_for(build, dependency);
                self.queue.extend(of.iter().flat_map(|of| waiting.iter().map(|f| Demand::Feature(*of, f.clone()))));
            }
        }
    }

    fn ask_of_dependency(&mut self, build: Build, name: String, feature: String, weak: bool) {
        let package = self.workspace.package(build.0);
        for (dependency, of) in self.dependencies(build) {
            if dependency.manifest_name != name {
                continue;
            }
            if dependency.optional {
                let state = self.builds.entry(build).or_default();
                if weak && !state.activated.optional.contains(&name) {
                    state.waiting.entry(name.clone()).or_default().insert(feature.clone());
                    continue;
                }
                self.queue.push_back(Demand::Optional(build, name.clone()));
                // `x/f` also turns on a feature named `x`, as it did before `dep:` came.
                if !weak && (package.features.contains_key(&name) || is_implicit_feature(package, &name)) {
                    self.queue.push_back(Demand::Feature(build, name.clone()));
                }
            }
            self.queue.extend(of.map(|of| Demand::Feature(of, feature.clone())));
        }
    }

    /// The dependencies that count in a build, with the build that each local one means.
    fn dependencies(&self, build: Build) -> Vec<(&'a Dependency, Option<Build>)> {
        let package = self.workspace.package(build.0);
        let counts = |dependency: &&Dependency| match self.workspace.resolver {
            // Version 1 looks at every dependency, and at the dev-dependencies of what is asked for.
            Resolver::One => dependency.kind != DependencyKind::Dev || package.member,
            Resolver::Two => {
                let gate = dependency.target.as_deref();
                dependency.kind != DependencyKind::Dev
                    && gate.is_none_or(|gate| self.platform.holds_for_dependency(gate))
            }
        };
        package.dependencies.iter().filter(counts).map(|d| (d, self.build_of(build, d))).collect()
    }

    fn build_of(&self, build: Build, dependency: &Dependency) -> Option<Build> {
        let local = dependency.local?;
        let for_host = match self.workspace.resolver {
            Resolver::One => false,
            Resolver::Two => {
                build.1 || dependency.kind == DependencyKind::Build || is_proc_macro(self.workspace.package(local))
            }
        };
        Some((local, for_host))
    }
}

/// A value of the `[features]` table: `f`, `dep:x`, `x/f`, `x?/f`.
fn demand(build: Build, value: &str) -> Demand {
    if let Some((dependency, feature)) = value.split_once('/') {
        let weak = dependency.ends_with('?');
        let dependency = dependency.trim_end_matches('?').to_owned();
        return Demand::OfDependency { build, dependency, feature: feature.to_owned(), weak };
    }
    match value.strip_prefix("dep:") {
        Some(name) => Demand::Optional(build, name.to_owned()),
        None => Demand::Feature(build, value.to_owned()),
    }
}

/// An optional dependency is a feature of its own name, unless a `dep:` anywhere in the table names it.
fn is_implicit_feature(package: &Package, name: &str) -> bool {
    let is_named = |value: &String| value.strip_prefix("dep:") == Some(name);
    package.dependencies.iter().any(|d| d.optional && d.manifest_name == name)
        && !package.features.values().flatten().any(is_named)
}

fn is_proc_macro(package: &Package) -> bool {
    package.targets.iter().any(|target| target.kind == TargetKind::ProcMacro)
}

#[cfg(test)]
mod tests;
