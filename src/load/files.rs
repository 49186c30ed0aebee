//! The sources of a workspace, read from disk.
//!
//! In: the folders of its packages.  Out: every `.rs` file below them, and a note for each that could not be read.
//! Not here: which files a crate uses; files elsewhere are read by name ([`extra`]).

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::{fs, io};

use ignore::{DirEntry, WalkBuilder};
use rayon::prelude::*;

use super::{LoadError, Progress};
use crate::source::{self, Note, SourceFile};
use crate::workspace::Workspace;

/// How many files are read between two looks at the cancel flag.
const BATCH: usize = 256;

/// Every `.rs` file of every package that is not ignored, and the root file of every target.
pub(super) fn read(
    root: &Path,
    workspace: &Workspace,
    progress: &dyn Fn(Progress),
    cancel: &AtomicBool,
) -> Result<(Vec<SourceFile>, Vec<Note>), LoadError> {
    progress(Progress::Files);
    let mut paths = walk(root, workspace, cancel)?;
    let roots = workspace.packages.iter().flat_map(|package| &package.targets).map(|target| target.root.clone());
    paths.extend(roots);
    let paths: Vec<String> = paths.into_iter().collect();
    let (mut files, mut notes) = (Vec::with_capacity(paths.len()), Vec::new());
    for (batch_idx, batch) in paths.chunks(BATCH).enumerate() {
        if cancel.load(Ordering::Relaxed) {
            return Err(LoadError::Cancelled);
        }
        progress(Progress::Reading { done: batch_idx * BATCH, total: paths.len() });
        let outcomes: Vec<Result<SourceFile, Note>> = batch.par_iter().map(|path| read_one(root, path)).collect();
        for outcome in outcomes {
            match outcome {
                Ok(file) => files.push(file),
                Err(note) => notes.push(note),
            }
        }
    }
    progress(Progress::Reading { done: paths.len(), total: paths.len() });
    Ok((files, notes))
}

/// Files named by code (`#[path]`, `include!`) that lie outside every package, in the order asked for.
///
/// `paths` are relative to `root`, with `/`.  Only regular files (or links to them) within the size limit are read.
pub fn extra(root: &Path, paths: &[String]) -> Vec<Result<SourceFile, Note>> {
    paths.par_iter().map(|path| read_one(root, path)).collect()
}

fn read_one(root: &Path, path: &str) -> Result<SourceFile, Note> {
    let path = source::normalize(path);
    read_as(&root.join(&path), path)
}

/// Reads a file under a path of another name.
pub(super) fn read_as(file: &Path, path: String) -> Result<SourceFile, Note> {
    match read_bytes(file) {
        Ok(bytes) => SourceFile::from_bytes(path, bytes),
        Err(error) => {
            Err(Note { kind: "unreadable", path, at: None, detail: format!("the file cannot be read: {error}") })
        }
    }
}

/// The folders directly in a folder, in no order; none where it cannot be listed.
pub(super) fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

/// Of a file that is too large, not more than shows it.
fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    // Opening a pipe would wait for its writer.
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let most = source::MAX_BYTES as u64 + 1;
    let mut bytes = Vec::with_capacity(metadata.len().min(most) as usize + 1);
    // The file may grow meanwhile.
    fs::File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The `.rs` files of all packages, relative to the root.
fn walk(root: &Path, workspace: &Workspace, cancel: &AtomicBool) -> Result<BTreeSet<String>, LoadError> {
    let packages: BTreeSet<PathBuf> = workspace.packages.iter().map(|package| join(root, &package.folder)).collect();
    let (inside, outside): (Vec<_>, Vec<_>) = packages.iter().partition(|folder| folder.starts_with(root));
    let in_repository = root.ancestors().any(|folder| folder.join(".git").exists());
    let mut starts: Vec<&Path> = outside.iter().map(|folder| folder.as_path()).collect();
    if !inside.is_empty() {
        starts.push(root);
    }
    let mut found = Found::default();
    found.add(&starts, &packages, in_repository, cancel)?;
    // A member in an ignored folder is a member all the same.
    let missed: Vec<&Path> =
        inside.into_iter().map(PathBuf::as_path).filter(|folder| !found.visited.contains(*folder)).collect();
    found.add(&missed, &packages, false, cancel)?;
    found.add_linked(root);
    Ok(found.files.iter().map(|path| super::convert::relative(root, path)).collect())
}

/// Without a trailing `/` for the root itself, so that it compares equal to what a walk yields.
fn join(root: &Path, folder: &str) -> PathBuf {
    let mut path = root.to_owned();
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        if part == ".." {
            path.pop();
        } else {
            path.push(part);
        }
    }
    path
}

#[derive(Default)]
struct Found {
    files: BTreeSet<PathBuf>,
    /// The package folders that a walk came to.
    visited: BTreeSet<PathBuf>,
    /// Links to folders, not walked.
    links: BTreeSet<PathBuf>,
}

impl Found {
    /// Walks from `starts`; `above` also asks the ignore files in the folders above them.
    fn add(
        &mut self,
        starts: &[&Path],
        packages: &BTreeSet<PathBuf>,
        above: bool,
        cancel: &AtomicBool,
    ) -> Result<(), LoadError> {
        let Some((first, rest)) = starts.split_first() else { return Ok(()) };
        let mut walk = WalkBuilder::new(first);
        rest.iter().for_each(|start| {
            walk.add(start);
        });
        let packages_for_filter = packages.clone();
        // Ignore rules count with and without a repository, but never this machine's own (global, `info/exclude`).
        walk.parents(above).hidden(false).require_git(false).git_global(false).git_exclude(false);
        walk.filter_entry(move |entry| is_wanted(entry, &packages_for_filter));
        let collected = Mutex::new((Vec::new(), Vec::new(), Vec::new()));
        walk.threads(rayon::current_num_threads().min(8)).build_parallel().run(|| {
            Box::new(|entry| {
                if cancel.load(Ordering::Relaxed) {
                    return ignore::WalkState::Quit;
                }
                // What cannot be listed is seen as absent: the root of a target in it becomes a note.
                let Ok(entry) = entry else { return ignore::WalkState::Continue };
                let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir()) || entry.depth() == 0;
                let mut collected = collected.lock().unwrap_or_else(PoisonError::into_inner);
                if is_folder && packages.contains(entry.path()) {
                    collected.1.push(entry.into_path());
                } else if !is_folder && is_source(&entry) && in_package(entry.path(), packages) {
                    collected.0.push(entry.into_path());
                } else if entry.path_is_symlink() && in_package(entry.path(), packages) && entry.path().is_dir() {
                    collected.2.push(entry.into_path());
                }
                ignore::WalkState::Continue
            })
        });
        if cancel.load(Ordering::Relaxed) {
            return Err(LoadError::Cancelled);
        }
        let (files, visited, links) = collected.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.files.extend(files);
        self.visited.extend(visited);
        self.links.extend(links);
        Ok(())
    }

    /// A link to a folder whose files were found shows them a second time, under its own path (RESOLUTION.md F21).
    fn add_linked(&mut self, root: &Path) {
        let Ok(real_root) = fs::canonicalize(root) else { return };
        for link in &self.links {
            let target = fs::canonicalize(link).ok();
            let below = target.as_deref().and_then(|target| target.strip_prefix(&real_root).ok());
            let Some(target) = below.map(|below| root.join(below)).filter(|target| !link.starts_with(target)) else {
                continue;
            };
            let files = self.files.range(target.clone()..).take_while(|file| file.starts_with(&target));
            let shown = files.filter_map(|file| Some(link.join(file.strip_prefix(&target).ok()?)));
            let shown: Vec<PathBuf> = shown.collect();
            self.files.extend(shown);
        }
    }
}

/// Files, and links to files; linked folders are not walked, since they could lead round in circles.
fn is_source(entry: &DirEntry) -> bool {
    entry.path().extension().is_some_and(|extension| extension == "rs") && entry.path().is_file()
}

/// Leaves out what no package of the workspace compiles: hidden folders, build output, folders between packages, and
/// packages that are not in the workspace (test data, templates).
fn is_wanted(entry: &DirEntry, packages: &BTreeSet<PathBuf>) -> bool {
    let path = entry.path();
    if !entry.file_type().is_some_and(|kind| kind.is_dir()) || entry.depth() == 0 {
        return !is_hidden(entry) || entry.depth() == 0;
    }
    let leads_to_package = || packages.range(path.to_owned()..).next().is_some_and(|next| next.starts_with(path));
    if leads_to_package() {
        return true;
    }
    let is_output =
        || entry.file_name() == "target" && path.parent().is_some_and(|above| above.join("Cargo.toml").is_file());
    !is_hidden(entry) && in_package(path, packages) && !is_output() && !path.join("Cargo.toml").is_file()
}

fn in_package(path: &Path, packages: &BTreeSet<PathBuf>) -> bool {
    path.ancestors().any(|folder| packages.contains(folder))
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}
