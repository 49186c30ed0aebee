//! The files of named views: `riprap.views/*.toml`, beside riprap.toml.
//!
//! In: the workspace's folder.  Out: their texts.  Not here: what they say (`viewpoint`).

use std::path::Path;

use super::{LoadError, VIEWS, read_text};

/// Name and text of each, sorted by name; none where there is no such folder.
pub fn named_views(root: &Path) -> Vec<(String, Result<String, LoadError>)> {
    let folder = root.join(VIEWS);
    let Ok(entries) = std::fs::read_dir(&folder) else { return Vec::new() };
    let names = entries.filter_map(Result::ok).filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| is_view(&folder.join(name))).collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), read_text(&folder.join(name)))).collect()
}

/// Whether a path is that of a named view.
pub fn is_view(path: &Path) -> bool {
    let is_in_folder = path.parent().is_some_and(|folder| folder.ends_with(VIEWS));
    let is_hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
    is_in_folder && !is_hidden && path.extension().is_some_and(|it| it == "toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_are_the_toml_files_of_their_folder() {
        let root = tempfile::tempdir().unwrap();
        assert!(named_views(root.path()).is_empty());
        let folder = root.path().join(VIEWS);
        std::fs::create_dir(&folder).unwrap();
        for (name, text) in [("b.toml", "two"), ("a.toml", "one"), (".a.toml.draft", "x"), ("note.md", "x")] {
            std::fs::write(folder.join(name), text).unwrap();
        }
        std::fs::write(folder.join("broken.toml"), [0xff]).unwrap();
        let read = named_views(root.path());
        let read: Vec<(&str, Option<&str>)> =
            read.iter().map(|(name, text)| (name.as_str(), text.as_ref().ok().map(String::as_str))).collect();
        assert_eq!(read, [("a.toml", Some("one")), ("b.toml", Some("two")), ("broken.toml", None)]);
    }
}
