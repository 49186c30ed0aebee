//! The targets of a package, as Cargo finds them (The Cargo Book, "Cargo Targets"; RESOLUTION.md P6).
//!
//! In: a manifest, and the files beside it.  Out: its targets, or what Cargo would refuse.  Not here: everything that is
//! inherited.

use std::collections::BTreeSet;

use super::table::{Build, Manifest, Package, TargetTable};
use crate::source::{self, Child, Listing};
use crate::workspace::{Edition, Target, TargetKind};

/// Where a package lies, and what its targets start from.
pub(super) struct Place<'a> {
    pub(super) listing: &'a Listing,
    /// From the root of the repository.
    pub(super) folder: &'a str,
    pub(super) edition: Edition,
}

/// A target's name and its file, from the package's folder.
type Inferred = (String, String);

impl Place<'_> {
    fn has(&self, path: &str) -> bool {
        self.listing.file(&source::join(self.folder, path)).is_some()
    }

    fn target(&self, kind: TargetKind, name: String, path: &str, table: Option<&TargetTable>) -> Target {
        let edition = table.and_then(|table| Edition::parse(table.edition.as_deref()?)).unwrap_or(self.edition);
        let required_features = table.map_or_else(Vec::new, |table| table.required_features.clone());
        Target { name, kind, root: source::join(self.folder, path), edition, required_features }
    }

    /// `FOLDER/NAME.rs` and `FOLDER/NAME/main.rs`.
    fn infer(&self, folder: &str) -> Vec<Inferred> {
        let children = self.listing.children(&source::join(self.folder, folder));
        let target = |(name, child): (String, Child)| {
            if name.starts_with('.') {
                return None;
            }
            if child == Child::Folder {
                let main = format!("{folder}/{name}/main.rs");
                return self.has(&main).then_some((name, main));
            }
            let stem = name.strip_suffix(".rs")?;
            Some((stem.to_owned(), format!("{folder}/{name}")))
        };
        children.into_iter().filter_map(target).collect()
    }
}

/// All targets; their files are told from the root of the repository.
///
/// # Errors
/// What Cargo refuses, in one sentence.
pub(super) fn targets(manifest: &Manifest, package: &Package, place: &Place<'_>) -> Result<Vec<Target>, String> {
    let library = library(manifest.lib.as_ref(), package, place)?;
    let has_library = library.is_some();
    let mut targets: Vec<Target> = library.into_iter().collect();
    let mut bins =
        if place.has("src/main.rs") { vec![(package.name.clone(), "src/main.rs".to_owned())] } else { Vec::new() };
    bins.extend(place.infer("src/bin"));
    let old_bin = |name: &str| {
        let beside = if has_library { None } else { Some(format!("src/{name}.rs")) };
        let places = beside.into_iter().chain(["src/main.rs".to_owned(), "src/bin/main.rs".to_owned()]);
        places.into_iter().find(|path| place.has(path))
    };
    let old_bench = |name: &str| (name == "bench" && place.has("src/bench.rs")).then(|| "src/bench.rs".to_owned());
    let none = |_: &str| None;
    let section =
        |kind, tables: &Option<Vec<TargetTable>>, inferred: &[Inferred], discover, old_place: &OldPlace<'_>| {
            of_kind(kind, tables.as_deref().unwrap_or_default(), inferred, discover, old_place, place)
        };
    let Manifest { bin, example, test, bench, .. } = manifest;
    let (examples, tests, benches) = (place.infer("examples"), place.infer("tests"), place.infer("benches"));
    targets.extend(section(TargetKind::Bin, bin, &bins, package.autobins, &old_bin)?);
    targets.extend(section(TargetKind::Example, example, &examples, package.autoexamples, &none)?);
    targets.extend(section(TargetKind::Test, test, &tests, package.autotests, &none)?);
    targets.extend(section(TargetKind::Bench, bench, &benches, package.autobenches, &old_bench)?);
    if targets.is_empty() {
        return Err("no targets: there is neither src/lib.rs nor src/main.rs, [lib] nor [[bin]]".to_owned());
    }
    targets.extend(build_script(package, place));
    Ok(targets)
}

/// The targets that count where a package is a dependency: the library and the build script.
///
/// # Errors
/// As [`targets`].
pub(super) fn of_dependency(manifest: &Manifest, package: &Package, place: &Place<'_>) -> Result<Vec<Target>, String> {
    let library = library(manifest.lib.as_ref(), package, place)?;
    Ok(library.into_iter().chain(build_script(package, place)).collect())
}

fn library(table: Option<&TargetTable>, package: &Package, place: &Place<'_>) -> Result<Option<Target>, String> {
    const USUAL: &str = "src/lib.rs";
    let is_found = place.has(USUAL) && package.autolib != Some(false);
    if table.is_none() && !is_found {
        return Ok(None);
    }
    let named = table.and_then(|table| table.name.clone());
    let name = named.unwrap_or_else(|| package.name.replace('-', "_"));
    let of_name = format!("src/{name}.rs");
    let path = match table.and_then(|table| table.path.as_deref()) {
        Some(path) => path,
        None if place.has(USUAL) => USUAL,
        None if place.edition == Edition::E2015 && place.has(&of_name) => &of_name,
        None => return Err(format!("can't find library `{name}`: there is no {USUAL}, and no `lib.path`")),
    };
    let is_macro = table.is_some_and(|table| match &table.crate_type {
        Some(kinds) => kinds.iter().any(|kind| kind == "proc-macro"),
        None => table.proc_macro == Some(true),
    });
    let kind = if is_macro { TargetKind::ProcMacro } else { TargetKind::Lib };
    Ok(Some(place.target(kind, name, path, table)))
}

/// Where targets of the first edition were found, too.
type OldPlace<'a> = dyn Fn(&str) -> Option<String> + 'a;

fn of_kind(
    kind: TargetKind,
    tables: &[TargetTable],
    inferred: &[Inferred],
    discover: Option<bool>,
    old_place: &OldPlace<'_>,
    place: &Place<'_>,
) -> Result<Vec<Target>, String> {
    let mut targets = Vec::new();
    let (mut names, mut paths) = (BTreeSet::new(), BTreeSet::new());
    for table in tables {
        let word = kind.word();
        let name = table.name.clone().ok_or_else(|| format!("a [[{word}]] has no name"))?;
        if !names.insert(name.clone()) {
            return Err(format!("two [[{word}]] are named `{name}`"));
        }
        paths.extend(table.path.as_deref().map(source::normalize));
        let mut found = inferred.iter().filter(|(of, _)| *of == name).map(|(_, path)| path.clone());
        let path = match (&table.path, found.next(), found.next()) {
            (Some(path), ..) => path.clone(),
            (None, Some(path), None) => path,
            (None, first, _) => {
                let old = if place.edition == Edition::E2015 { old_place(&name) } else { None };
                old.ok_or_else(|| match first {
                    Some(_) => format!("two files could be the {word} `{name}`: give it a path"),
                    None => format!("can't find the {word} `{name}`: give it a path"),
                })?
            }
        };
        targets.push(place.target(kind, name, &path, Some(table)));
    }
    // In the first edition, naming one target meant to name all.
    let discover = discover.unwrap_or(tables.is_empty() || place.edition != Edition::E2015);
    if discover {
        for (name, path) in inferred.iter().filter(|(name, path)| !names.contains(name) && !paths.contains(path)) {
            targets.push(place.target(kind, name.clone(), path, None));
        }
    }
    let unique: BTreeSet<&str> = targets.iter().map(|target| target.name.as_str()).collect();
    if unique.len() != targets.len() {
        return Err(format!("two targets of kind {} have the same name", kind.word()));
    }
    Ok(targets)
}

fn build_script(package: &Package, place: &Place<'_>) -> Option<Target> {
    const USUAL: &str = "build.rs";
    let path = match &package.build {
        Some(Build::Whether(false)) => return None,
        Some(Build::Whether(true)) => USUAL,
        Some(Build::At(path)) => path,
        None if place.has(USUAL) => USUAL,
        None => return None,
    };
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    Some(place.target(TargetKind::BuildScript, format!("build-script-{stem}"), path, None))
}
