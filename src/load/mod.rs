//! IO: a workspace on disk, as Cargo and the file system show it.
//!
//! In: a path that a person named.  Out: [`Loaded`]: the workspace, its sources, its riprap.toml, and notes on what could
//! not be read.  Not here: commits (`git`), and any meaning of what is read.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this module reads the disk and the environment and runs Cargo, so that no other has to"
)]

mod cargo;
mod convert;
mod failure;
mod files;
mod folder;
mod intent;
mod locate;
mod out_dir;
mod outside;
mod owners;
mod registry;
mod salvage;
mod speaking;
mod views;
#[cfg(feature = "gui")]
mod watch;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use crate::manifest::Manifest;
use crate::source::{LineColumn, Note, SourceTree};
use crate::workspace::{Workspace, declared};

pub use failure::LoadError;
pub use files::extra;
pub use folder::{folders_like, is_there, typed_path};
pub use intent::{Intent, intent};
pub use out_dir::out_dirs;
pub use owners::{OWNERS_PLACES, OwnersFile};
pub use registry::{Foreign, LOCK, cargo_home, foreign};
pub use speaking::speaking;
pub use views::{is_view, named_views};
#[cfg(feature = "gui")]
pub use watch::{Watch, WatchError, watch, watch_references};

/// The name of the configuration file, which lies beside the root manifest.
pub const CONFIG: &str = "riprap.toml";
/// The name of a file of accepted violations, beside it or where a boundary is.
pub const BASELINE: &str = "riprap.baseline";
/// The folder of named views, beside it.
pub const VIEWS: &str = "riprap.views";

/// A workspace as it is on disk.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The folder of the root manifest, absolute; all other paths are relative to it.
    pub root: PathBuf,
    /// Where Cargo puts what it builds.
    pub target_folder: PathBuf,
    pub workspace: Workspace,
    pub sources: SourceTree,
    /// Sorted.
    pub notes: Vec<Note>,
    /// Path and text of the riprap.toml at the root, if there is one.
    pub config: Option<(String, String)>,
    pub codeowners: Option<OwnersFile>,
}

/// The path of a Rust file as sources have it; `None` for anything else, and for what is not there.
pub fn source_path(root: &Path, path: &Path) -> Option<String> {
    let is_source = path.extension().is_some_and(|extension| extension == "rs") && path.is_file();
    is_source.then(|| convert::relative(root, path))
}

/// A file as a document names it, which must not tell where on this machine the workspace lies: from the root, or by its
/// name alone if it lies elsewhere.
pub fn shown(root: &Path, file: &Path) -> String {
    let absolute = locate::absolute(file).unwrap_or_else(|_| file.to_owned());
    let is_below = absolute.starts_with(root);
    let name = || file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    if is_below { convert::relative(root, &absolute) } else { name() }
}

/// Where loading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Cargo reads the manifests.
    Manifests,
    /// The folders are listed.
    Files,
    /// Files are read; `total` is known from here on.
    Reading { done: usize, total: usize },
}

/// Loads the workspace that a folder or a `Cargo.toml` belongs to.
///
/// Cargo runs without network, compiles nothing, and runs where no toolchain file or configuration of the workspace
/// acts on it.  Broken members and unreadable files become notes.
///
/// # Errors
/// A path that does not exist or leads to no manifest, a root manifest that Cargo refuses, no Cargo, or `cancel`.
pub fn workspace(path: &Path, progress: &dyn Fn(Progress), cancel: &AtomicBool) -> Result<Loaded, LoadError> {
    progress(Progress::Manifests);
    let manifest = locate::manifest(path)?;
    let (metadata, mut notes) = match cargo::metadata(&manifest, cancel) {
        Ok(metadata) => (metadata, Vec::new()),
        Err(failure @ cargo::Failure::Fatal(_)) => return Err(failure.into_error(&manifest)),
        Err(refused) => match salvage::salvage(&manifest, cancel)? {
            Some(salvaged) => (salvaged.metadata, salvaged.notes),
            None => return Err(refused.into_error(&manifest)),
        },
    };
    let root = metadata.workspace_root.clone().into_std_path_buf();
    let target_folder = target_folder(metadata.target_directory.as_std_path());
    // Cargo has judged the manifest before: what cannot be read here counts as absent.
    let settings = Manifest::parse(&read_text(&root.join("Cargo.toml"))?).map(|it| it.settings("")).unwrap_or_default();
    let members = metadata.workspace_members;
    let shown =
        metadata.packages.into_iter().map(|package| convert::Shown { member: members.contains(&package.id), package });
    let mut shown: Vec<convert::Shown> = shown.collect();
    outside::add(&root, &mut shown, &settings, &mut notes, cancel)?;
    let name = root.file_name().map_or_else(|| "workspace".to_owned(), |name| name.to_string_lossy().into_owned());
    let workspace = declared::workspace(&name, &settings, convert::declared(&root, &shown));
    let (files, unread) = files::read(&root, &workspace, progress, cancel)?;
    notes.extend(unread);
    notes.sort();
    notes.dedup();
    let config = beside(&root, CONFIG)?;
    let codeowners = owners::owners_file(&root)?;
    Ok(Loaded { root, target_folder, workspace, sources: SourceTree::new(files), notes, config, codeowners })
}

/// Path and text of each riprap.baseline in these folders, which are relative to the root.
///
/// # Errors
/// One that cannot be read or is not UTF-8.
pub fn baselines<'a>(
    root: &Path,
    folders: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<(String, String)>, LoadError> {
    let mut read = Vec::new();
    for folder in folders {
        let path = crate::source::join(folder, BASELINE);
        let text = read_text_if_any(&root.join(&path))?;
        read.extend(text.map(|text| (path, text)));
    }
    Ok(read)
}

/// Path and text of a file beside the root manifest, if it is there.
fn beside(root: &Path, name: &str) -> Result<Option<(String, String)>, LoadError> {
    let path = root.join(name);
    if path.exists() { Ok(Some((name.to_owned(), read_text(&path)?))) } else { Ok(None) }
}

/// Where a build would put its output: Cargo was asked without the environment, which may name another folder.
fn target_folder(usual: &Path) -> PathBuf {
    let other = std::env::var_os("CARGO_TARGET_DIR").filter(|folder| !folder.is_empty());
    other.and_then(|folder| std::path::absolute(folder).ok()).unwrap_or_else(|| usual.to_owned())
}

/// The text of a file that a person wrote (a configuration, a baseline, a snapshot), without a byte order mark.
///
/// # Errors
/// A file that does not exist, cannot be read or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, LoadError> {
    let unreadable = |reason: String| LoadError::Unreadable { path: path.to_owned(), reason };
    let text = String::from_utf8(contents(path)?).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        unreadable(format!("line {line} is not UTF-8"))
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// [`read_text`]; `None` where there is no such file.
///
/// # Errors
/// A file that exists and cannot be read, or is not UTF-8.
pub fn read_text_if_any(path: &Path) -> Result<Option<String>, LoadError> {
    match read_text(path) {
        Ok(text) => Ok(Some(text)),
        Err(LoadError::NoSuchPath { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The bytes of a file that somebody named.
///
/// # Errors
/// A file that does not exist or cannot be read.
pub fn contents(path: &Path) -> Result<Vec<u8>, LoadError> {
    std::fs::read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => LoadError::NoSuchPath { path: path.to_owned() },
        _ => LoadError::Unreadable { path: path.to_owned(), reason: error.to_string() },
    })
}

/// The bytes of a file that was exported before; empty if there is none.
///
/// # Errors
/// A file that exists and cannot be read.
pub fn bytes(path: &Path) -> Result<Vec<u8>, LoadError> {
    match std::fs::read(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(LoadError::Unreadable { path: path.to_owned(), reason: error.to_string() })
        }
        read => Ok(read.unwrap_or_default()),
    }
}

/// A package that had to be left out, and Cargo's reason, in words that do not depend on where the workspace lies.
fn note_of(kind: &'static str, root: &Path, manifest: &Path, error: &LoadError) -> Note {
    let path = convert::relative(root, manifest);
    let (at, reason) = match error {
        LoadError::Manifest { line, column, message, .. } => {
            (line.map(|line| LineColumn { line, column: column.unwrap_or(1) }), message.clone())
        }
        LoadError::NoSuchPath { .. } => (None, "there is no such file".to_owned()),
        other => (None, other.to_string()),
    };
    let reason = reason.replace(&*manifest.to_string_lossy(), &path);
    let reason = reason.replace(&format!("{}{}", root.display(), std::path::MAIN_SEPARATOR), "");
    Note { kind, path, at, detail: format!("the package is left out: {reason}") }
}

#[cfg(test)]
mod tests;
