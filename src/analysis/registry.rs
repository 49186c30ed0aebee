//! The crates of other people that `--enrich registry` looks at: those that the workspace globs, re-exports or takes macros
//! from that may declare something, and those that these show further.
//!
//! In: Cargo's world, sources, the packages that Cargo.lock names.  Out: [`OtherCrates`], and a note for each such crate whose
//! sources are not at hand.  Not here: finding and reading sources (`load`), and what the crates show (`resolve`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use rayon::prelude::*;
use semver::Version;

use super::AnalysisError;
use super::analyze::go_on;
use crate::facts::{self, FileFacts, ImportKind, MacroPosition, MacroReading, PathRoot, SegmentRange, Visibility};
use crate::load::{self, Foreign};
use crate::manifest::Origin;
use crate::resolve::OtherCrates;
use crate::source::{Note, SourceFile, SourceTree};
use crate::workspace::declared::{self, Declared, RootSettings};
use crate::workspace::{Dependency, Edition, Package, PackageId, Workspace};

/// Reads what is on this machine.  The packages are the workspace's own, followed by those of Cargo.lock.
///
/// # Errors
/// `cancel` alone.
pub(super) fn gather(
    root: &Path,
    workspace: &Workspace,
    sources: &SourceTree,
    cancel: &AtomicBool,
) -> Result<(OtherCrates, Vec<Note>), AnalysisError> {
    let home = load::cargo_home().unwrap_or_default();
    let foreign = match load::foreign(root, &home) {
        Ok(foreign) => foreign,
        Err(note) => return Ok((OtherCrates::default(), vec![note])),
    };
    let mut search = Search::new(workspace, &foreign);
    search.look_at_own(sources);
    while let Some(package) = search.open.pop() {
        go_on(cancel)?;
        search.read(package);
    }
    let Search { whole, files, named, mut notes, .. } = search;
    notes.sort();
    notes.dedup();
    Ok((OtherCrates { workspace: whole, sources: SourceTree::new(files), named }, notes))
}

struct Search<'a> {
    /// As in [`OtherCrates`].
    whole: Workspace,
    /// How many of its packages are the workspace's own.
    own: usize,
    foreign: &'a [Foreign],
    /// Into `foreign`, by the folder that a package is shown in.
    by_folder: BTreeMap<String, usize>,
    /// Of several versions the last.
    named: BTreeMap<String, PackageId>,
    wanted: BTreeSet<PackageId>,
    /// Wanted, and not read yet.
    open: Vec<PackageId>,
    files: Vec<SourceFile>,
    notes: Vec<Note>,
}

impl<'a> Search<'a> {
    fn new(workspace: &Workspace, foreign: &'a [Foreign]) -> Self {
        let by_folder: BTreeMap<String, usize> =
            foreign.iter().enumerate().map(|(index, package)| (package.shown_folder(), index)).collect();
        let theirs = declared::workspace("", &RootSettings::default(), linked(foreign));
        let own = workspace.packages.len();
        let mut whole = workspace.clone();
        whole.packages.extend(theirs.packages);
        for package in &mut whole.packages[own..] {
            for local in package.dependencies.iter_mut().filter_map(|it| it.local.as_mut()) {
                local.0 += own as u32;
            }
        }
        let places: BTreeMap<String, PackageId> =
            whole.package_ids().skip(own).map(|id| (whole.package(id).folder.clone(), id)).collect();
        let mut named: BTreeMap<String, (Version, PackageId)> = BTreeMap::new();
        for package in &mut whole.packages[..own] {
            let among = locked_for(package, foreign);
            for dependency in package.dependencies.iter_mut().filter(|it| it.local.is_none()) {
                let of_name = among.iter().filter(|it| it.locked.name == dependency.package);
                let at_hand = of_name.filter_map(|it| Some((version(it)?, *places.get(&it.shown_folder())?)));
                let Some(last) = at_hand.max() else { continue };
                dependency.local = Some(last.1);
                let known = named.entry(dependency.package.clone()).or_insert_with(|| last.clone());
                if *known < last {
                    *known = last;
                }
            }
        }
        let named = named.into_iter().map(|(name, (_, id))| (name, id)).collect();
        let (wanted, open) = (BTreeSet::new(), Vec::new());
        Self { whole, own, foreign, by_folder, named, wanted, open, files: Vec::new(), notes: Vec::new() }
    }

    /// What the workspace's own sources ask for.
    fn look_at_own(&mut self, sources: &SourceTree) {
        let packages = &self.whole.packages[..self.own];
        let read = |id| {
            let file = sources.file(id);
            let is_below = |package: &&Package| {
                let rest = file.path.strip_prefix(package.folder.as_str());
                rest.is_some_and(|rest| package.folder.is_empty() || rest.starts_with('/'))
            };
            let around = packages.iter().enumerate().filter(|(_, package)| is_below(package));
            let (index, package) = around.max_by_key(|(_, package)| package.folder.len())?;
            Some((index, facts::read(&file.text, package.edition)))
        };
        let read: Vec<(usize, FileFacts)> =
            sources.ids().collect::<Vec<_>>().into_par_iter().filter_map(read).collect();
        let called: BTreeSet<String> = read.iter().flat_map(|(_, facts)| called(facts)).map(str::to_owned).collect();
        let called: BTreeSet<&str> = called.iter().map(String::as_str).collect();
        for (index, facts) in &read {
            let asked = asked(facts, &called, Whose::Own);
            self.want(PackageId(*index as u32), &asked);
        }
    }

    /// Reads a crate, and wants what it shows of others.
    fn read(&mut self, id: PackageId) {
        let package = self.whole.package(id);
        let Some(foreign) = self.by_folder.get(&package.folder).map(|index| &self.foreign[*index]) else { return };
        let edition = package.edition;
        let mut files: Vec<SourceFile> = Vec::new();
        for read in foreign.sources() {
            match read {
                Ok(file) => files.push(file),
                Err(note) => self.notes.push(note),
            }
        }
        let asked: BTreeSet<String> = files.par_iter().flat_map_iter(|file| asked_by(file, edition)).collect();
        let asked = asked.iter().map(String::as_str).collect();
        self.files.extend(files);
        self.want(id, &asked);
    }

    /// Wants the dependencies of a package that paths starting with these names lead to.
    fn want(&mut self, id: PackageId, names: &BTreeSet<&str>) {
        for dependency in &self.whole.package(id).dependencies {
            let name = self.name_in_code(dependency);
            if !names.contains(name.as_str()) && !names.contains(dependency.extern_name.as_str()) {
                continue;
            }
            match dependency.local {
                Some(local) if (local.0 as usize) < self.own => {}
                Some(local) => {
                    if self.wanted.insert(local) {
                        self.open.push(local);
                    }
                }
                None => self.notes.extend(self.missing(id, dependency)),
            }
        }
    }

    /// What code calls a dependency: its library may have another name than its package.
    fn name_in_code(&self, dependency: &Dependency) -> String {
        let is_renamed = dependency.manifest_name != dependency.package;
        let library = dependency.local.filter(|_| !is_renamed).and_then(|local| {
            let targets = &self.whole.package(local).targets;
            targets.iter().find(|target| target.kind.is_library()).map(|target| target.crate_name())
        });
        library.unwrap_or_else(|| dependency.extern_name.clone())
    }

    /// A dependency that has to be looked at and is not there.  What no build of another crate takes is not missed: its
    /// tests, and optional dependencies that nobody turns on.
    fn missing(&self, of: PackageId, dependency: &Dependency) -> Option<Note> {
        let name = &dependency.package;
        let among: Vec<&Foreign> = match self.by_folder.get(&self.whole.package(of).folder) {
            Some(index) => self.foreign[*index].locked.dependencies.iter().map(|index| &self.foreign[*index]).collect(),
            None => self.foreign.iter().collect(),
        };
        let known: Vec<&Foreign> = among.into_iter().filter(|foreign| foreign.locked.name == *name).collect();
        if known.is_empty() && of.0 as usize >= self.own {
            return None;
        }
        let reason = known.into_iter().find_map(|foreign| foreign.package.as_ref().err()).cloned();
        let reason = reason.unwrap_or_else(|| format!("Cargo.lock does not name `{name}`"));
        let detail = format!("{reason}: what it shows to globs and what its macros declare is not known");
        Some(Note { kind: "registry-missing", path: load::LOCK.to_owned(), at: None, detail })
    }
}

/// The packages whose manifests are at hand, with their dependencies as Cargo.lock has them.
fn linked(foreign: &[Foreign]) -> Vec<Declared> {
    let mut all = Vec::new();
    for of in foreign {
        let Ok(package) = &of.package else { continue };
        let mut package = package.clone();
        let among: Vec<&Foreign> = of.locked.dependencies.iter().map(|index| &foreign[*index]).collect();
        for dependency in &mut package.dependencies {
            let fits = |it: &&&Foreign| {
                let version = it.package.as_ref().map(|package| &package.version);
                it.locked.name == dependency.package && version.is_ok_and(|it| dependency.requirement.matches(it))
            };
            dependency.folder = among.iter().find(fits).map(|found| found.shown_folder());
        }
        all.push(package);
    }
    all
}

fn version(foreign: &Foreign) -> Option<Version> {
    foreign.package.as_ref().ok().map(|package| package.version.clone())
}

/// The locked packages that one of the workspace's own can depend on.
fn locked_for<'a>(package: &Package, foreign: &'a [Foreign]) -> Vec<&'a Foreign> {
    let is_same = |it: &&Foreign| it.locked.origin == Origin::Path && it.locked.name == package.name;
    let mut same = foreign.iter().filter(is_same);
    match same.next() {
        Some(own) => own.locked.dependencies.iter().map(|index| &foreign[*index]).collect(),
        None => foreign.iter().collect(),
    }
}

fn asked_by(file: &SourceFile, edition: Edition) -> Vec<String> {
    let facts = facts::read(&file.text, edition);
    let called = called(&facts).collect();
    asked(&facts, &called, Whose::Others).into_iter().map(str::to_owned).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Own,
    /// What such a file does not show to everybody is of no interest.
    Others,
}

/// The bare names of macros that are called where they can declare something.
fn called(facts: &FileFacts) -> impl Iterator<Item = &str> {
    declaring(facts).filter_map(|path| match facts.segments(path) {
        [only] => Some(facts.name(only.name)),
        _ => None,
    })
}

/// The paths of calls among items whose arguments do not say by themselves what they declare.
fn declaring(facts: &FileFacts) -> impl Iterator<Item = SegmentRange> + '_ {
    let is_declaring = |call: &&facts::MacroCall| {
        let among_items = matches!(call.position, MacroPosition::Item | MacroPosition::Associated { .. });
        among_items && call.reading == MacroReading::Deferred
    };
    facts.macro_calls.iter().filter(is_declaring).map(|call| facts.paths[call.path as usize].segments)
}

/// The first names of paths that lead to crates worth looking at; they may as well be those of modules.
fn asked<'f>(facts: &'f FileFacts, called: &BTreeSet<&str>, whose: Whose) -> BTreeSet<&'f str> {
    let first = |range: SegmentRange| facts.segments(range).first().map(|segment| facts.name(segment.name));
    let mut asked: BTreeSet<&str> = BTreeSet::new();
    for import in &facts.imports {
        if !matches!(import.root, PathRoot::Plain | PathRoot::Global) {
            continue;
        }
        let is_shown = match whose {
            Whose::Own => import.visibility != Visibility::Private,
            Whose::Others => import.visibility == Visibility::Public,
        };
        let segments = facts.segments(import.segments);
        let last = segments.last().map_or("", |segment| facts.name(segment.name));
        // By convention only modules, functions and macros are written like this.
        let may_be_module = segments.len() == 1 || last.starts_with(char::is_lowercase);
        let is_wanted = match import.kind {
            ImportKind::Glob => is_shown || whose == Whose::Own,
            ImportKind::ExternCrate { macro_use, .. } => is_shown || macro_use,
            ImportKind::Single { .. } | ImportKind::SelfOnly { .. } => {
                is_shown && may_be_module || called.contains(last)
            }
            ImportKind::Unnamed => false,
        };
        asked.extend(first(import.segments).filter(|_| is_wanted));
    }
    let through_paths = declaring(facts).filter(|path| path.end - path.start > 1);
    asked.extend(through_paths.filter_map(first));
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, whose: Whose, expected: &[&str]) {
        let facts = facts::read(text, Edition::E2021);
        let called = called(&facts).collect();
        assert_eq!(asked(&facts, &called, whose).into_iter().collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn globs_re_exports_and_declaring_macros_ask_for_a_crate() {
        let own = |text: &str, expected: &[&str]| check(text, Whose::Own, expected);
        own("use a::b::*; use c::D; use e::f; use crate::g::*; use ::h::*;", &["a", "h"]);
        own("pub use a::B; pub use c; pub(crate) use d::e; pub use f::{self as g}; extern crate h;", &["c", "d", "f"]);
        own(
            "#[macro_use] extern crate a; use b::declare; declare! { x } c::make!(); fn f() { d::run!(); }",
            &["a", "b", "c"],
        );
    }

    #[test]
    fn of_other_crates_only_what_they_show_counts() {
        check(
            "use a::*; pub use b::*; pub(crate) use c::*; pub use d::module; use e::module;",
            Whose::Others,
            &["b", "d"],
        );
    }
}
