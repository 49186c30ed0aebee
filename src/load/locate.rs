//! Which manifest a path means.
//!
//! In: the path a person named.  Out: the absolute path of a `Cargo.toml`.  Not here: which workspace it belongs to;
//! Cargo says that.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::LoadError;

/// How deep below a folder without a manifest other workspaces are looked for, and how many are named.
const CANDIDATE_DEPTH: usize = 4;
const MAX_CANDIDATES: usize = 12;

/// The manifest itself, or the nearest one from the path upwards, as Cargo finds it.
pub(super) fn manifest(path: &Path) -> Result<PathBuf, LoadError> {
    let Ok(path) = absolute(path) else { return Err(LoadError::NoSuchPath { path: path.to_owned() }) };
    if path.is_file() && path.file_name().is_some_and(|name| name == "Cargo.toml") {
        return Ok(path);
    }
    let folder = if path.is_dir() { path.as_path() } else { path.parent().unwrap_or(&path) };
    let nearest = folder.ancestors().map(|folder| folder.join("Cargo.toml")).find(|manifest| manifest.is_file());
    nearest.ok_or_else(|| LoadError::NoManifest { searched: folder.to_owned(), candidates: candidates(folder) })
}

/// The canonical path, without the `\\?\` that Windows puts before it and Cargo does not like.
pub(super) fn absolute(path: &Path) -> std::io::Result<PathBuf> {
    let path = path.canonicalize()?;
    let plain = path.to_str().and_then(|text| text.strip_prefix(r"\\?\")).filter(|text| !text.starts_with("UNC"));
    Ok(plain.map_or_else(|| path.clone(), PathBuf::from))
}

/// The outermost manifests below a folder.
fn candidates(folder: &Path) -> Vec<PathBuf> {
    let mut walk = WalkBuilder::new(folder);
    walk.max_depth(Some(CANDIDATE_DEPTH)).git_global(false).git_exclude(false).filter_entry(|entry| {
        let above = entry.path().parent();
        entry.depth() <= 1
            || entry.file_name() == "Cargo.toml"
            || above.is_none_or(|above| !above.join("Cargo.toml").is_file())
    });
    let paths = walk.build().filter_map(Result::ok).map(ignore::DirEntry::into_path);
    let mut found: Vec<PathBuf> = paths.filter(|path| path.ends_with("Cargo.toml") && path.is_file()).collect();
    found.sort_by_key(|path| (path.components().count(), path.clone()));
    found.truncate(MAX_CANDIDATES);
    found
}
