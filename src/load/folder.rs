//! Folders by the beginning of their path, for a person who types one.
//!
//! In: what is typed.  Out: paths of folders that begin with it, spelled the same way.  Not here: files, and reading
//! anything inside.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};

/// As many as fit a short list.
const MOST: usize = 40;

/// A path as a person types it: `~` at its beginning is the home folder.
pub fn typed_path(typed: &str) -> PathBuf {
    let typed = typed.trim();
    let rest = typed.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with(['/', MAIN_SEPARATOR]));
    match (rest, std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest.trim_start_matches(['/', MAIN_SEPARATOR])),
        _ => PathBuf::from(typed),
    }
}

/// The folders that `typed` is the beginning of, sorted; hidden ones only where a dot is typed.
///
/// What cannot be read has no folders: this is help for typing, not a check.
pub fn folders_like(typed: &str) -> Vec<String> {
    let at = typed.rfind(['/', MAIN_SEPARATOR]).map_or(0, |at| at + 1);
    let (parent, begun) = typed.split_at(at);
    if parent.is_empty() {
        return Vec::new();
    }
    let Ok(entries) = std::fs::read_dir(typed_path(parent)) else { return Vec::new() };
    let mut folders: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name.starts_with(begun) && (begun.starts_with('.') || !name.starts_with('.')))
        .map(|name| format!("{parent}{name}/"))
        .collect();
    folders.sort();
    folders.truncate(MOST);
    folders
}

/// Whether there is anything at a path.
pub fn is_there(path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_proposed_by_their_beginning() {
        let root = tempfile::tempdir().unwrap();
        for name in ["orders", "ordinary", "billing", ".hidden"] {
            std::fs::create_dir(root.path().join(name)).unwrap();
        }
        std::fs::write(root.path().join("ord.txt"), "").unwrap();
        let base = format!("{}/", root.path().display());
        let proposed = |begun: &str| -> Vec<String> {
            let folders = folders_like(&format!("{base}{begun}"));
            folders.iter().map(|folder| folder.replace(&base, "")).collect()
        };
        assert_eq!(proposed("ord"), ["orders/", "ordinary/"]);
        assert_eq!(proposed(""), ["billing/", "orders/", "ordinary/"]);
        assert_eq!(proposed("."), [".hidden/"]);
        assert!(folders_like("/no/such/place/x").is_empty());
        assert!(folders_like("name").is_empty());
    }

    #[test]
    fn a_tilde_alone_at_the_beginning_is_the_home_folder() {
        let home = std::env::home_dir().unwrap();
        assert_eq!(typed_path("~"), home);
        assert_eq!(typed_path(" ~/a/b "), home.join("a/b"));
        assert_eq!(typed_path("~other"), PathBuf::from("~other"));
        assert_eq!(typed_path("/a/~"), PathBuf::from("/a/~"));
    }
}
