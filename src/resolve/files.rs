//! Which file a `mod` declaration means (RESOLUTION.md F1-F11, F14; The Rust Reference, "Module source filenames").
//!
//! In: where a declaration stands, its name and its `#[path]`.  Out: the paths to try, and where the children of the
//! file that is found are sought.  Not here: whether a file exists.

use std::sync::Arc;

use crate::facts::{FileFacts, ItemDetails, ItemId};
use crate::source::{folder_of, join};

/// Where the modules that a piece of text declares are sought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The folder of the file that holds the text.
    file_folder: Arc<str>,
    /// The folder of `mod name;` without `#[path]`.
    children: Arc<str>,
    /// Within the braces of a module, `#[path]` is relative to `children`.
    inline: bool,
}

impl Place {
    /// A crate root, a `mod.rs`, a file loaded by `#[path]`, or an included file.
    pub(super) fn of_owner(file: &str) -> Self {
        let folder: Arc<str> = folder_of(file).into();
        Self { children: Arc::clone(&folder), file_folder: folder, inline: false }
    }

    /// `name.rs` beside the folder `name`.
    fn of_sibling(file: &str, name: &str) -> Self {
        let folder = folder_of(file);
        Self { file_folder: folder.into(), children: join(folder, name).into(), inline: false }
    }

    fn base(&self) -> &str {
        if self.inline { &self.children } else { &self.file_folder }
    }

    /// Within `mod name { .. }`, which may have a `#[path]` of its own.
    pub(super) fn within(&self, name: &str, path: Option<&str>) -> Self {
        let children = path.map_or_else(|| join(&self.children, name), |path| join(self.base(), path));
        Self { file_folder: Arc::clone(&self.file_folder), children: children.into(), inline: true }
    }

    /// Within an inline module of a file.
    pub(super) fn within_item(&self, facts: &FileFacts, module: ItemId) -> Self {
        let item = facts.item(module);
        let name = item.name.map_or("_", |name| facts.name(name));
        let path = match &item.details {
            ItemDetails::Module(details) => details.paths.first().map(|(path, _)| &**path),
            _ => None,
        };
        self.within(name, path)
    }

    /// `mod name;` without `#[path]`: the files it may mean, in order, each with the place of its children.
    pub(super) fn candidates(&self, name: &str) -> [(String, Self); 2] {
        let sibling = join(&self.children, &format!("{name}.rs"));
        let owner = join(&self.children, &format!("{name}/mod.rs"));
        [(sibling.clone(), Self::of_sibling(&sibling, name)), (owner.clone(), Self::of_owner(&owner))]
    }

    /// `#[path = ".."] mod name;`.
    pub(super) fn at_path(&self, path: &str) -> (String, Self) {
        let file = join(self.base(), path);
        (file.clone(), Self::of_owner(&file))
    }

    /// `include!("..")`, relative to the file that says so.
    pub(super) fn included(&self, path: &str) -> (String, Self) {
        let file = join(&self.file_folder, path);
        (file.clone(), Self::of_owner(&file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(place: &Place, name: &str) -> String {
        place.candidates(name)[0].0.clone()
    }

    fn file_a() -> Place {
        Place::of_owner("src/lib.rs").candidates("a")[0].1.clone()
    }

    fn file_m() -> Place {
        Place::of_owner("src/lib.rs").candidates("m")[1].1.clone()
    }

    #[test]
    fn both_styles_are_sought() {
        let root = Place::of_owner("src/lib.rs");
        assert_eq!(root.candidates("a").map(|(path, _)| path), ["src/a.rs", "src/a/mod.rs"]);
        assert_eq!(first(&file_a(), "b"), "src/a/b.rs");
        assert_eq!(first(&file_m(), "g"), "src/m/g.rs");
    }

    #[test]
    fn inline_modules_add_folders() {
        assert_eq!(first(&file_a().within("inline", None), "c"), "src/a/inline/c.rs");
        let deep = Place::of_owner("src/lib.rs").within("deep", None).within("deeper", None);
        assert_eq!(first(&deep, "leaf"), "src/deep/deeper/leaf.rs");
    }

    #[test]
    fn path_attributes_are_relative_to_the_file_unless_in_an_inline_module() {
        let (file, children) = file_a().at_path("p.rs");
        assert_eq!(file, "src/p.rs");
        assert_eq!(first(&children, "under_p"), "src/under_p.rs");
        assert_eq!(file_a().within("inl2", None).at_path("o.rs").0, "src/a/inl2/o.rs");
        assert_eq!(file_m().within("inl", None).at_path("o.rs").0, "src/m/inl/o.rs");
        assert_eq!(Place::of_owner("src/lib.rs").at_path("../../shared/x.rs").0, "../shared/x.rs");
    }

    #[test]
    fn path_attributes_on_inline_modules_set_their_folder() {
        let place = Place::of_owner("src/lib.rs").within("t", Some("dir"));
        assert_eq!(place.at_path("tls.rs").0, "src/dir/tls.rs");
        assert_eq!(first(&place, "n"), "src/dir/n.rs");
        assert_eq!(first(&file_a().within("t2", Some("dir2")), "q"), "src/dir2/q.rs");
    }

    #[test]
    fn children_of_an_included_file_lie_beside_it() {
        let (file, children) = Place::of_owner("src/lib.rs").included("sub/inc.rs");
        assert_eq!(file, "src/sub/inc.rs");
        assert_eq!(first(&children, "k"), "src/sub/k.rs");
    }
}
