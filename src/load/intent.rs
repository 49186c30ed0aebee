//! What people say today of a workspace, without the workspace: riprap.toml, riprap.baseline and CODEOWNERS.
//!
//! In: a path in a workspace.  Out: [`Intent`].  Revisions are judged by it.  Not here: what it says.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{LoadError, OwnersFile, beside, locate, owners};
use crate::manifest::{self, Manifest};

/// Where intent is read from, and what it is.
#[derive(Clone, Debug, Default)]
pub struct Intent {
    /// The folder of the root manifest.
    pub root: PathBuf,
    /// Path and text of the riprap.toml, if there is one.
    pub config: Option<(String, String)>,
    /// The same of the accepted violations.
    pub baseline: Option<(String, String)>,
    pub codeowners: Option<OwnersFile>,
}

/// What lies beside the root manifest of the workspace that a path belongs to, or belonged to: the path need not exist
/// any more.  Empty if there is no workspace today.
///
/// # Errors
/// A file that is there and cannot be read.
pub fn intent(path: &Path) -> Result<Intent, LoadError> {
    let existing = path.ancestors().find(|folder| folder.exists()).unwrap_or(path);
    let existing = if existing.as_os_str().is_empty() { Path::new(".") } else { existing };
    let Ok(nearest) = locate::manifest(existing) else { return Ok(Intent::default()) };
    let root = root_manifest(&nearest);
    let root = root.parent().unwrap_or(&root);
    let (config, baseline) = (beside(root, super::CONFIG)?, beside(root, super::BASELINE)?);
    Ok(Intent { root: root.to_owned(), config, baseline, codeowners: owners::owners_file(root)? })
}

/// The manifest of the workspace that a manifest belongs to; one that cannot be told is its own.
fn root_manifest(nearest: &Path) -> PathBuf {
    let read = |path: &str| {
        let path = Path::new(path);
        // A name alone is what is left above the root of the disk.
        if !path.is_absolute() || !path.is_file() {
            return None;
        }
        let text = std::fs::read_to_string(path).map_err(|error| error.to_string());
        Some(text.and_then(|text| Manifest::parse(&text)).map(Arc::new))
    };
    let as_text = nearest.to_string_lossy().replace('\\', "/");
    manifest::root_of(&as_text, &read).map_or_else(|_| nearest.to_owned(), PathBuf::from)
}
