//! Every riprap.baseline of a workspace.
//!
//! In: a workspace with the paths of its sources, and the folder where it is on disk today.  Out: their texts.
//! Not here: what they accept (`verdict`).

use std::collections::BTreeSet;
use std::path::Path;

use crate::load::{self, LoadError};
use crate::source::{self, SourceFile};
use crate::workspace::Workspace;

/// Sorted by path.
pub(super) fn baselines<'a>(
    root: &Path,
    workspace: &'a Workspace,
    sources: impl Iterator<Item = &'a str>,
) -> Result<Vec<SourceFile>, LoadError> {
    let folders = folders(workspace, sources);
    let read = load::baselines(root, folders.iter().map(String::as_str))?;
    Ok(read.into_iter().map(|(path, text)| SourceFile::new(path, text.into())).collect())
}

/// The workspace's folder, and every one in it that has code or a package in or below it.
pub(super) fn folders<'a>(workspace: &'a Workspace, sources: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let of_code = sources.map(source::folder_of);
    let of_packages = workspace.packages.iter().map(|package| package.folder.as_str());
    let mut folders = BTreeSet::from([String::new()]);
    for mut folder in of_code.chain(of_packages).filter(|folder| !folder.starts_with("..")) {
        while folders.insert(folder.to_owned()) {
            folder = source::folder_of(folder);
        }
    }
    folders
}
