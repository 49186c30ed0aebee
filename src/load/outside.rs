//! Path dependencies that are no members: their packages are part of the picture too (RESOLUTION.md P18).
//!
//! In: what Cargo showed of the workspace.  Out: the packages outside that it reaches, and a note for each that could
//! not be read and has none yet.  Not here: the other members of the workspaces that those belong to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use cargo_metadata as theirs;

use super::cargo::{self, Failure};
use super::convert::{Shown, folder_of, folder_of_dependency, relative};
use super::root_manifest::RootManifest;
use super::{LoadError, locate, note_of};
use crate::source::Note;

/// Adds the packages that `shown` reaches by paths, and those that these reach.
pub(super) fn add(
    root: &Path,
    shown: &mut Vec<Shown>,
    manifest: &RootManifest,
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
        let folders: BTreeSet<PathBuf> =
            wanted.filter_map(|d| folder_of_dependency(d, manifest)).map(Path::to_owned).collect();
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

fn ask(manifest: &Path, cancel: &AtomicBool) -> Result<BTreeMap<PathBuf, theirs::Package>, LoadError> {
    if !manifest.is_file() {
        return Err(LoadError::NoSuchPath { path: manifest.to_owned() });
    }
    let metadata = cargo::metadata(manifest, cancel).map_err(|failure: Failure| failure.into_error(manifest))?;
    Ok(metadata.packages.into_iter().map(|p| (p.manifest_path.clone().into_std_path_buf(), p)).collect())
}
