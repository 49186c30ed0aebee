//! Which files a commit holds, and by what each one's content is known.
//!
//! In: paths from `git`.  Out: [`Listing`], which is asked what a folder on disk would be asked, links included.
//! Not here: contents.

use std::collections::BTreeMap;

use super::{folder_of, join, normalize};

/// The identity of a file's content: equal content has an equal one, in every commit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentId(pub [u8; 32]);

/// What stands at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    File(ContentId),
    /// A symbolic link, and where it leads to as written.
    Link(String),
    /// Another repository, which this one does not hold.
    Submodule,
}

/// A name in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Child {
    File,
    Folder,
    Link,
    Submodule,
}

/// The files of a commit by their paths from the root of the repository, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    entries: BTreeMap<String, Entry>,
    links: usize,
}

/// More links than this, one leading to the next, lead round in circles.
const MAX_LINKS: usize = 40;

impl Listing {
    pub fn insert(&mut self, path: String, entry: Entry) {
        self.links += usize::from(matches!(entry, Entry::Link(_)));
        if let Some(Entry::Link(_)) = self.entries.insert(path, entry) {
            self.links -= 1;
        }
    }

    pub fn remove(&mut self, path: &str) {
        if let Some(Entry::Link(_)) = self.entries.remove(path) {
            self.links -= 1;
        }
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What stands at a path itself, no link followed.
    pub fn entry(&self, path: &str) -> Option<&Entry> {
        self.entries.get(path)
    }

    /// The content at a path, behind links if need be.
    pub fn file(&self, path: &str) -> Option<ContentId> {
        match self.entries.get(path) {
            Some(Entry::File(id)) => Some(*id),
            Some(Entry::Submodule) => None,
            None if self.links == 0 => None,
            Some(Entry::Link(_)) | None => match self.entries.get(&self.real(path)?) {
                Some(Entry::File(id)) => Some(*id),
                _ => None,
            },
        }
    }

    /// Whether there is a folder, behind links if need be.  The root is one.
    pub fn is_folder(&self, path: &str) -> bool {
        self.real(path).is_some_and(|real| real.is_empty() || self.below(&real).next().is_some())
    }

    /// The path with no link in it; `None` for what leads out of the repository or round in circles.
    ///
    /// Nothing needs to be there.
    pub fn real(&self, path: &str) -> Option<String> {
        let mut path = normalize(path);
        for _ in 0..=MAX_LINKS {
            if path.starts_with('/') || path == ".." || path.starts_with("../") {
                return None;
            }
            let Some((link, target)) = self.first_link(&path) else { return Some(path) };
            let rest = path[link.len()..].trim_start_matches('/');
            path = join(&join(folder_of(link), target), rest);
        }
        None
    }

    /// The nearest link to the root among a path and the folders above it.
    fn first_link<'a>(&self, path: &'a str) -> Option<(&'a str, &str)> {
        if self.links == 0 {
            return None;
        }
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        let mut prefixes = ends.map(|end| &path[..end]);
        prefixes.find_map(|prefix| match self.entries.get(prefix) {
            Some(Entry::Link(target)) => Some((prefix, target.as_str())),
            _ => None,
        })
    }

    /// The paths below a folder, sorted; no link is followed.  The root is the empty path.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a Entry)> + use<'a> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let range = self.entries.range(prefix.clone()..);
        range.take_while(move |(path, _)| path.starts_with(&prefix)).map(|(path, entry)| (path.as_str(), entry))
    }

    /// The names directly in a folder, in no order that means anything; the folder itself may be behind links.
    pub fn children(&self, folder: &str) -> Vec<(String, Child)> {
        let Some(folder) = self.real(folder) else { return Vec::new() };
        let prefix = if folder.is_empty() { folder } else { format!("{folder}/") };
        let mut children = Vec::new();
        let mut from = prefix.clone();
        while let Some((path, entry)) = self.entries.range(from..).next().filter(|(path, _)| path.starts_with(&prefix))
        {
            let rest = &path[prefix.len()..];
            if let Some((name, _)) = rest.split_once('/') {
                children.push((name.to_owned(), Child::Folder));
                // `0` is the character after `/`: behind everything in the folder.
                from = format!("{prefix}{name}0");
            } else {
                let child = match entry {
                    Entry::File(_) => Child::File,
                    Entry::Link(_) => Child::Link,
                    Entry::Submodule => Child::Submodule,
                };
                children.push((rest.to_owned(), child));
                // Nothing sorts between a path and the same path with the smallest character behind it.
                from = format!("{path}\0");
            }
        }
        children
    }

    /// All links, with what they lead to as written.
    pub fn links(&self) -> impl Iterator<Item = (&str, &str)> {
        let links = if self.links == 0 { None } else { Some(self.entries.iter()) };
        links.into_iter().flatten().filter_map(|(path, entry)| match entry {
            Entry::Link(target) => Some((path.as_str(), target.as_str())),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `path`, or `path -> target`, per line.
    fn listing(text: &str) -> Listing {
        let mut listing = Listing::default();
        for (number, line) in text.split_whitespace().enumerate() {
            let entry = match line.split_once('>') {
                Some((path, target)) => (path, Entry::Link(target.to_owned())),
                None => (line, Entry::File(ContentId([number as u8; 32]))),
            };
            listing.insert(entry.0.to_owned(), entry.1);
        }
        listing
    }

    #[test]
    fn a_folder_lists_what_lies_directly_in_it() {
        let listing = listing("a.rs b/x.rs b/y/z.rs b.rs b-c/q.rs c>b");
        let names = |folder: &str| {
            let mut children = listing.children(folder);
            children.sort_by(|a, b| a.0.cmp(&b.0));
            children.iter().map(|(name, child)| format!("{name} {child:?}")).collect::<Vec<_>>()
        };
        assert_eq!(names(""), ["a.rs File", "b Folder", "b-c Folder", "b.rs File", "c Link"]);
        assert_eq!(names("b"), ["x.rs File", "y Folder"]);
        assert_eq!(names("c"), ["x.rs File", "y Folder"]);
        assert!(names("gone").is_empty());
        assert!(listing.is_folder("b/y") && listing.is_folder("c") && listing.is_folder("") && !listing.is_folder("y"));
    }

    #[test]
    fn links_are_followed_to_files_and_through_folders() {
        let listing = listing("x/a.rs y/b>../x z.rs>x/a.rs up>../out round>round/x deep/l>../y/b");
        let same = |path: &str| listing.file(path) == listing.file("x/a.rs") && listing.file(path).is_some();
        assert!(same("y/b/a.rs") && same("z.rs") && same("deep/l/a.rs"));
        assert_eq!(listing.real("deep/l/../new.rs").as_deref(), Some("deep/new.rs"));
        assert_eq!((listing.real("up/a.rs"), listing.real("round/x"), listing.real("../x")), (None, None, None));
    }

    #[test]
    fn what_is_removed_is_gone() {
        let mut listing = listing("a>b b");
        assert!(listing.file("a").is_some());
        listing.remove("a");
        assert_eq!((listing.len(), listing.links().count(), listing.file("a")), (1, 0, None));
    }
}
