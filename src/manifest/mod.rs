//! The workspace that manifests describe, without Cargo: for commits, whose files are on no disk.
//!
//! In: a [`Listing`] of files, and a way to read the manifests among them.  Out: the same [`Workspace`] that Cargo would
//! show, and notes on packages that had to be left out.  Not here: reading anything from anywhere, and a workspace on
//! disk, which Cargo itself is asked about.
//!
//! `table` is one manifest as written, `targets` and `inherit` make a package of it, `members` finds the packages.
//! `lock`: which packages of other people a build takes.

mod inherit;
mod lock;
mod members;
mod table;
mod targets;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::source::{self, ContentId, Listing, Note, folder_of, join, seen_from};
use crate::workspace::Workspace;
use crate::workspace::declared::{self, Declared, RootSettings};

pub use lock::{Locked, Origin, locked};
pub use members::root_of;
pub use table::Manifest;

/// How deep below a folder without a manifest other workspaces are looked for, and how many are named.
const CANDIDATE_DEPTH: usize = 4;
const MAX_CANDIDATES: usize = 12;

/// Reads the text of a file; what keeps it from being read is said in one sentence.
pub type ReadText<'a> = dyn Fn(&str, ContentId) -> Result<Arc<str>, String> + 'a;

/// Reads a manifest by its path; `None` where there is none.
pub type ReadManifest<'a> = dyn Fn(&str) -> Option<Result<Arc<Manifest>, String>> + 'a;

/// Manifests that were read before, by their content: most are the same in the next commit.
#[derive(Debug, Default)]
pub struct Manifests(FxHashMap<ContentId, Result<Arc<Manifest>, String>>);

/// A workspace, and where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The folder of the root manifest, from the root of the repository.
    pub root: String,
    /// Its paths are relative to `root`.
    pub workspace: Workspace,
    pub notes: Vec<Note>,
}

/// Why there is no workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Neither in the folder nor above it; other places to look at, from the root of the repository.
    NoManifest {
        candidates: Vec<String>,
    },
    Broken(Broken),
}

/// A manifest without which there is no workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// From the root of the repository.
    pub path: String,
    pub message: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

/// The workspace that a folder or a file of the listing belongs to.
///
/// `at` is told from the root of the repository and need not exist.  `repository` is the name of the folder in which the
/// repository lies.
///
/// # Errors
/// No manifest, or a root manifest that says nothing.
pub fn workspace(
    listing: &Listing,
    manifests: &mut Manifests,
    read: &ReadText<'_>,
    at: &str,
    repository: &str,
) -> Result<Found, Refusal> {
    let files = Files { listing, read, manifests: RefCell::new(manifests) };
    let Some(nearest) = nearest(listing, at) else {
        return Err(Refusal::NoManifest { candidates: candidates(listing, at) });
    };
    let root = members::root_of(&nearest, &|path| files.manifest(path)).map_err(Refusal::Broken)?;
    let (declared, mut notes) = members::packages(&files, &root).map_err(Refusal::Broken)?;
    let settings = files.manifest(&root).and_then(Result::ok).map(|manifest| manifest.settings(folder_of(&root)));
    let root = folder_of(&root).to_owned();
    let settings = moved_settings(&root, settings.unwrap_or_default());
    let declared = declared.into_iter().map(|declared| moved(&root, declared)).collect();
    let name = root.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(repository);
    notes.sort();
    Ok(Found { workspace: declared::workspace(name, &settings, declared), root, notes })
}

/// A package of another workspace or of a registry, of which no more than the library can be named.
///
/// `listing` need not hold more of it than its root files; `root` is the manifest that it inherits from, and the folder
/// of that.
///
/// # Errors
/// What Cargo refuses, in one sentence.
pub fn dependency(
    listing: &Listing,
    folder: &str,
    manifest: &Manifest,
    root: Option<(&str, &Manifest)>,
) -> Result<Declared, String> {
    let (root_folder, table) = root.map_or((folder, None), |(folder, manifest)| (folder, manifest.workspace.as_ref()));
    inherit::as_dependency(listing, folder, manifest, inherit::Root { folder: root_folder, table })
}

/// The files of a commit, with their manifests.
struct Files<'a> {
    listing: &'a Listing,
    read: &'a ReadText<'a>,
    manifests: RefCell<&'a mut Manifests>,
}

impl Files<'_> {
    /// `None` if there is no such file.
    fn manifest(&self, path: &str) -> Option<Result<Arc<Manifest>, String>> {
        let id = self.listing.file(path)?;
        let mut manifests = self.manifests.borrow_mut();
        let parse = || (self.read)(path, id).and_then(|text| Manifest::parse(&text)).map(Arc::new);
        Some(manifests.0.entry(id).or_insert_with(parse).clone())
    }
}

/// The manifest nearest to a place, from there upwards.
fn nearest(listing: &Listing, at: &str) -> Option<String> {
    let mut folder = if at.rsplit('/').next() == Some("Cargo.toml") { folder_of(at) } else { at };
    loop {
        let manifest = join(folder, "Cargo.toml");
        if listing.file(&manifest).is_some() {
            return Some(manifest);
        }
        if folder.is_empty() {
            return None;
        }
        folder = folder_of(folder);
    }
}

/// The outermost manifests below a folder.
fn candidates(listing: &Listing, at: &str) -> Vec<String> {
    let below = |folder: &str| -> Vec<String> {
        let is_manifest = |path: &&str| path.rsplit('/').next() == Some("Cargo.toml");
        let mut paths: Vec<&str> = listing.below(folder).map(|(path, _)| path).filter(is_manifest).collect();
        paths.sort_by_key(|path| (path.split('/').count(), *path));
        let mut outermost: Vec<String> = Vec::new();
        for path in paths {
            let is_inner = outermost.iter().any(|outer| path.starts_with(&format!("{}/", folder_of(outer))));
            let depth = path.split('/').count() - folder.split('/').filter(|part| !part.is_empty()).count();
            if !is_inner && depth <= CANDIDATE_DEPTH + 1 {
                outermost.push(path.to_owned());
            }
        }
        outermost.truncate(MAX_CANDIDATES);
        outermost
    };
    let here = below(at);
    if here.is_empty() { below("") } else { here }
}

fn moved_settings(root: &str, settings: RootSettings) -> RootSettings {
    let patches = settings.patches.into_iter().map(|(name, folder)| (name, seen_from(root, &folder)));
    RootSettings { patches: patches.collect(), ..settings }
}

/// A package whose paths are told from the workspace root instead of the repository's.
fn moved(root: &str, mut declared: Declared) -> Declared {
    declared.manifest = seen_from(root, &declared.manifest);
    for target in &mut declared.targets {
        target.root = seen_from(root, &target.root);
    }
    for folder in declared.dependencies.iter_mut().filter_map(|dependency| dependency.folder.as_mut()) {
        *folder = source::seen_from(root, folder);
    }
    declared
}
