//! The CODEOWNERS file of the repository that holds the workspace.
//!
//! In: the workspace's folder.  Out: [`OwnersFile`].  Not here: what it says (`boundary`).

use std::path::Path;

use super::{LoadError, read_text};

/// Where GitHub and GitLab look for the file, in the order in which the first one counts.
pub const OWNERS_PLACES: [&str; 4] = [".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

/// A CODEOWNERS file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnersFile {
    /// From the root of the repository.
    pub path: String,
    /// The workspace's folder as seen from there; empty if it is the same.
    pub workspace: String,
    pub text: String,
}

/// Of the repository, else one that lies in the workspace itself; `None` where there is neither.  A workspace that is in
/// no repository stands for one.
pub(super) fn owners_file(root: &Path) -> Result<Option<OwnersFile>, LoadError> {
    let repository = root.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(root);
    for folder in [repository, root] {
        for place in OWNERS_PLACES {
            let path = folder.join(place);
            if path.is_file() {
                let (workspace, text) = (super::convert::relative(folder, root), read_text(&path)?);
                return Ok(Some(OwnersFile { path: place.to_owned(), workspace, text }));
            }
        }
    }
    Ok(None)
}
