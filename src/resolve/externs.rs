//! The extern prelude of each crate: the names of other crates that its paths may start with.
//!
//! In: dependencies, targets, `extern crate` in crate roots.  Out: names → crates.  Not here: what those crates hold.

use rustc_hash::{FxHashMap, FxHashSet};

use super::tree::Tree;
use super::{CrateId, Def, ExternalId, Input, ModuleId, Sym};
use crate::facts::{FILE_SCOPE, ImportKind, PathRoot};
use crate::workspace::cfg::Activity;
use crate::workspace::{DependencyKind, PackageId, TargetKind, Workspace};

/// Per crate: the names that resolve to other crates.
pub(super) type Externs = Vec<Prelude>;

/// The crates that the paths of one crate may start with.
#[derive(Debug, Default)]
pub(super) struct Prelude {
    names: FxHashMap<Sym, Def>,
    /// Those of dev-dependencies, which only the unit-test build of a library or binary has (RESOLUTION.md P3).
    in_tests: FxHashMap<Sym, Def>,
    /// The roots of crates whose macros are known everywhere: `#[macro_use] extern crate x;` (G11).
    pub(super) macro_use: Vec<ModuleId>,
    /// The same of crates that are not of this workspace.
    pub(super) macro_use_outside: Vec<ExternalId>,
}

impl Prelude {
    pub(super) fn names(&self) -> &FxHashMap<Sym, Def> {
        &self.names
    }

    pub(super) fn names_in_tests(&self) -> &FxHashMap<Sym, Def> {
        &self.in_tests
    }

    pub(super) fn get(&self, name: Sym, activity: Activity) -> Option<Def> {
        let in_tests = || self.in_tests.get(&name).filter(|_| activity != Activity::Active);
        self.names.get(&name).or_else(in_tests).copied()
    }
}

/// The third-party packages that any manifest of the workspace names, sorted: an [`ExternalId`] is an index into them.
pub fn third_party(workspace: &Workspace) -> Vec<&str> {
    let dependencies = workspace.packages.iter().flat_map(|package| &package.dependencies);
    let foreign = dependencies.filter(|dependency| dependency.local.is_none());
    let mut names: Vec<&str> = foreign.map(|dependency| dependency.package.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

pub(super) fn preludes(input: &Input<'_>, tree: &mut Tree) -> Externs {
    let mut libraries: FxHashMap<PackageId, CrateId> = FxHashMap::default();
    for (index, krate) in tree.crates.iter().enumerate() {
        if krate.kind.is_library() {
            libraries.insert(krate.package, CrateId(index as u32));
        }
    }
    let third_party = third_party(input.workspace);
    let external = |package: &str| {
        let index = third_party.binary_search(&package);
        Def::External(index.map_or(ExternalId::UNKNOWN, |index| ExternalId(index as u32)))
    };
    let mut externs = Externs::new();
    for index in 0..tree.crates.len() {
        let Prelude { mut names, mut in_tests, .. } = Prelude::default();
        for always in ["std", "core"] {
            names.insert(tree.symbols.intern(always), Def::External(ExternalId::UNKNOWN));
        }
        let (package_id, kind) = (tree.crates[index].package, tree.crates[index].kind);
        if kind == TargetKind::ProcMacro {
            names.insert(tree.symbols.intern("proc_macro"), Def::External(ExternalId::UNKNOWN));
        }
        let package = input.workspace.package(package_id);
        for dependency in &package.dependencies {
            if (dependency.kind == DependencyKind::Build) != (kind == TargetKind::BuildScript) {
                continue;
            }
            let name = tree.symbols.intern(&dependency.extern_name);
            let library = dependency.local.and_then(|local| libraries.get(&local));
            let root = library.map(|krate| Def::Module(tree.krate(*krate).root));
            let def = root.unwrap_or_else(|| external(&dependency.package));
            let units = dependency.kind == DependencyKind::Dev && (kind.is_library() || kind == TargetKind::Bin);
            let names = if units { &mut in_tests } else { &mut names };
            let entry = names.entry(name).or_insert(def);
            // One name may stand for two packages under different targets: the one that can be shown is kept.
            if matches!(entry, Def::External(_)) {
                *entry = root.unwrap_or(*entry);
            }
        }
        let sees_library = !kind.is_library() && kind != TargetKind::BuildScript;
        if let Some(library) = libraries.get(&package_id).filter(|_| sees_library) {
            let library = tree.krate(*library);
            names.insert(tree.module(library.root).name, Def::Module(library.root));
        }
        externs.push(Prelude { names, in_tests, ..Prelude::default() });
    }
    add_other_names(input, tree, &mut externs, &external);
    externs
}

/// Shorter names are part of too many others.
const LEAST_OTHER_NAME: usize = 3;

/// A library may have another name than its package (`rustls-webpki`: `webpki`), which only a manifest tells that is not
/// at hand (RESOLUTION.md P12): a name that an import starts with, and that is part of the name of just one package or
/// the other way round, means that package.  What the crate itself declares by such a name goes first.
fn add_other_names(input: &Input<'_>, tree: &Tree, externs: &mut Externs, external: &dyn Fn(&str) -> Def) {
    let squashed = |name: &str| name.replace(['-', '_'], "");
    let mut judged: FxHashSet<(CrateId, Sym)> = FxHashSet::default();
    for instance in &tree.instances {
        let package = input.workspace.package(tree.krate(instance.krate).package);
        let prelude = &mut externs[instance.krate.0 as usize];
        for import in &instance.facts.imports {
            let Some(first) = instance.segments(import.segments).next() else { continue };
            let is_root = matches!(import.root, PathRoot::Plain | PathRoot::Global);
            if !is_root
                || prelude.names.contains_key(&first)
                || prelude.in_tests.contains_key(&first)
                || !judged.insert((instance.krate, first))
            {
                continue;
            }
            let name = squashed(tree.symbols.text(first));
            if name.len() < LEAST_OTHER_NAME {
                continue;
            }
            let foreign = package.dependencies.iter().filter(|dependency| dependency.local.is_none());
            let mut alike: Vec<&str> = foreign
                .filter(|dependency| {
                    let package = squashed(&dependency.package);
                    package.len() >= LEAST_OTHER_NAME && (package.contains(&name) || name.contains(&package))
                })
                .map(|dependency| dependency.package.as_str())
                .collect();
            alike.sort_unstable();
            alike.dedup();
            if let [package] = alike[..] {
                prelude.names.insert(first, external(package));
            }
        }
    }
}

/// `extern crate x as y;` in a crate's root names `x` as `y` everywhere in the crate (N22); of instances from one on.
pub(super) fn add_extern_crates(tree: &Tree, externs: &mut Externs, from: usize) {
    for instance in &tree.instances[from..] {
        let root = tree.krate(instance.krate).root;
        if instance.scope(FILE_SCOPE) != root {
            continue;
        }
        for import in &instance.facts.imports {
            let ImportKind::ExternCrate { name, macro_use } = import.kind else { continue };
            if instance.scope(import.scope) != root {
                continue;
            }
            let def = match instance.segments(import.segments).next() {
                Some(krate) => {
                    let activity = instance.activity(import.cfg);
                    let known = externs[instance.krate.0 as usize].get(krate, activity);
                    known.unwrap_or(Def::External(ExternalId::UNKNOWN))
                }
                None => Def::Module(root),
            };
            let prelude = &mut externs[instance.krate.0 as usize];
            match (macro_use, def) {
                (true, Def::Module(root)) => prelude.macro_use.push(root),
                (true, Def::External(krate)) => prelude.macro_use_outside.push(krate),
                _ => {}
            }
            if let Some(name) = name {
                prelude.names.insert(instance.name(name), def);
            }
        }
    }
}
