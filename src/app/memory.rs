//! Files about how each workspace was looked at last.
//!
//! In: a folder, and which workspace.  Out: its file, and what that says.  Not here: when it is written (`remembering`).

use std::hash::Hasher as _;
use std::path::{Path, PathBuf};

use rustc_hash::FxHasher;

use crate::scene::map::MapView;
use crate::scene::shape::Rect;
use crate::scene::thing::Thing;
use crate::viewpoint::Viewpoint;
use crate::viewpoint::file::NamedView;

/// What was seen last, and since when.
#[derive(Debug, PartialEq)]
pub(crate) struct Glance {
    pub(crate) view: MapView,
    pub(crate) selection: Option<Thing>,
    pub(crate) sight: Rect,
}

/// What is to be written of a workspace.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(crate) glance: Option<Glance>,
    /// In egui's seconds, while it is not written.
    pub(crate) changed: Option<f64>,
}

/// Where the files are, beside the settings.
pub(crate) fn folder(settings_file: &Path) -> Option<PathBuf> {
    Some(settings_file.parent()?.join("workspaces"))
}

pub(crate) fn file(folder: PathBuf, root: &Path) -> PathBuf {
    let mut hasher = FxHasher::default();
    hasher.write(root.to_string_lossy().as_bytes());
    folder.join(format!("{:016x}.toml", hasher.finish()))
}

/// How a workspace was looked at last.
///
/// # Errors
/// What is wrong with its file.
pub(crate) fn read(folder: &Path, root: &Path) -> Result<Option<Viewpoint>, String> {
    let path = file(folder.to_owned(), root);
    let text = crate::load::read_text_if_any(&path).map_err(|error| error.to_string())?;
    let Some(text) = text else { return Ok(None) };
    let named = NamedView::parse(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    // Two folders may have the same number.
    Ok((named.name == root.to_string_lossy()).then_some(named.viewpoint))
}
