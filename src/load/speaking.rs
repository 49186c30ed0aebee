//! All files below a folder in which people may say what a workspace is judged by.
//!
//! In: the folder.  Out: their paths and texts, for somebody who asks whether any of it changed.  Not here: which of them
//! count for a workspace, and what they say.

use std::path::Path;

use ignore::WalkBuilder;

use super::{BASELINE, CONFIG, convert};

/// Sorted by path; files that cannot be read say nothing.
pub fn speaking(root: &Path) -> Vec<(String, String)> {
    if root.as_os_str().is_empty() {
        return Vec::new();
    }
    let mut walk = WalkBuilder::new(root);
    // Ignored members are members, and what was built is not.
    walk.standard_filters(false).hidden(true).filter_entry(|entry| entry.file_name() != "target");
    let mut found = Vec::new();
    for entry in walk.build().filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy();
        let is_manifest = name == "Cargo.toml";
        if !is_manifest && name != CONFIG && name != BASELINE {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(entry.path()) else { continue };
        // Most manifests say nothing of riprap, and change often.
        if !is_manifest || text.contains("riprap") {
            found.push((convert::relative(root, entry.path()), text));
        }
    }
    found.sort();
    found
}
