//! Path dependencies that are no members: their packages are part of the picture too (RESOLUTION.md P18).
//!
//! In: what Cargo showed of the workspace.  Out: the packages outside that it reaches, and a note for each that could
//! not be read and has none yet.  Not here: the other members of the workspaces that those belong to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use cargo_metadata as theirs;

use super::cargo::{self, Failure};
use super::convert::{Shown, folder_of, relative};
use super::{LoadError, locate, note_of};
use crate::source::Note;
use crate::workspace::declared::RootSettings;

/// Adds the packages that `shown` reaches by paths, and those that these reach.
pub(super) fn add(
    root: &Path,
    shown: &mut Vec<Shown>,
    settings: &RootSettings,
    notes: &mut Vec<Note>,
    cancel: &AtomicBool,
) -> Result<(), LoadError> {
    let mut seen: BTreeSet<PathBuf> =
        shown.iter().filter_map(|s| locate::absolute(folder_of(&s.package)).ok()).collect();
    // Packages that came along with an answer about a neighbour.
    let mut spare: BTreeMap<PathBuf, theirs::Package> = BTreeMap::new();
    let mut next = 0;
    while let Some(from) = shown.get(next) {
        next += 1;
        let counts = |d: &&theirs::Dependency| from.member || d.kind != theirs::DependencyKind::Development;
        let wanted = from.package.dependencies.iter().filter(counts);
        let folders: BTreeSet<PathBuf> = wanted.filter_map(|d| folder_of_dependency(root, d, settings)).collect();
        for written in folders {
            let folder = locate::absolute(&written).unwrap_or(written);
            if !seen.insert(folder.clone()) {
                continue;
            }
            let manifest_path = folder.join("Cargo.toml");
            if !spare.contains_key(&manifest_path) {
                match ask(&manifest_path, cancel) {
                    Ok(packages) => spare.extend(packages),
                    Err(LoadError::Cancelled) => return Err(LoadError::Cancelled),
                    Err(error) => {
                        let path = relative(root, &manifest_path);
                        if notes.iter().all(|note| note.path != path) {
                            let kind =
                                if manifest_path.is_file() { "dependency-manifest" } else { "dependency-missing" };
                            notes.push(note_of(kind, root, &manifest_path, &error));
                        }
                        continue;
                    }
                }
            }
            if let Some(package) = spare.remove(&manifest_path) {
                shown.push(Shown { package, member: false });
            }
        }
    }
    Ok(())
}

/// The folder where a dependency's sources are: its own path, or the one that the root manifest patches in.
fn folder_of_dependency(root: &Path, dependency: &theirs::Dependency, settings: &RootSettings) -> Option<PathBuf> {
    let patched = || settings.patches.get(&dependency.name).map(|folder| root.join(folder));
    dependency.path.as_ref().map(|path| path.clone().into_std_path_buf()).or_else(patched)
}

fn ask(manifest: &Path, cancel: &AtomicBool) -> Result<BTreeMap<PathBuf, theirs::Package>, LoadError> {
    if !manifest.is_file() {
        return Err(LoadError::NoSuchPath { path: manifest.to_owned() });
    }
    let metadata = cargo::metadata(manifest, cancel).map_err(|failure: Failure| failure.into_error(manifest))?;
    Ok(metadata.packages.into_iter().map(|p| (p.manifest_path.clone().into_std_path_buf(), p)).collect())
}
