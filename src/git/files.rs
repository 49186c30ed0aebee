//! Which files of a commit belong to its packages: those that would be read if it were checked out.
//!
//! In: a listing and the workspace in it.  Out: the paths of `.rs` files.  The rules are those of `load` for a folder on
//! disk: no hidden folders, no build output, no packages of other workspaces, and nothing that ignore files name, even
//! if it was committed.  Not here: contents.

use std::collections::BTreeSet;
use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::source::{Child, Listing, folder_of, join};
use crate::workspace::Workspace;

/// Reads an ignore file by its path; `None` if it cannot be read.
type ReadIgnore<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// The `.rs` files of all packages and the roots of all targets, sorted; paths are told from the root of the repository.
///
/// `root` is the folder of the workspace.  Roots of targets need not exist.
pub fn source_paths(listing: &Listing, root: &str, workspace: &Workspace, ignores: &ReadIgnore<'_>) -> Vec<String> {
    let packages: BTreeSet<String> = workspace.packages.iter().map(|package| join(root, &package.folder)).collect();
    let is_inside = |folder: &&String| is_below(folder, root);
    let (inside, outside): (Vec<&String>, Vec<&String>) = packages.iter().partition(is_inside);
    let mut walk = Walk {
        listing,
        packages: &packages,
        ignores,
        files: BTreeSet::new(),
        visited: BTreeSet::new(),
        links: BTreeSet::new(),
    };
    for start in outside.into_iter().map(String::as_str).chain((!inside.is_empty()).then_some(root)) {
        let mut rules = walk.rules_above(start);
        walk.folder(start, &mut rules);
    }
    // A member in an ignored folder is a member all the same.
    for start in inside {
        if !walk.visited.contains(start) {
            walk.folder(start, &mut Vec::new());
        }
    }
    walk.add_linked(root);
    let roots = workspace.packages.iter().flat_map(|package| &package.targets).map(|target| join(root, &target.root));
    let mut files = walk.files;
    files.extend(roots);
    files.into_iter().collect()
}

fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What the two kinds of ignore files of one folder say.
struct Rules {
    ignore: Option<Gitignore>,
    gitignore: Option<Gitignore>,
}

struct Walk<'a> {
    listing: &'a Listing,
    packages: &'a BTreeSet<String>,
    ignores: &'a ReadIgnore<'a>,
    files: BTreeSet<String>,
    /// The package folders that were come to.
    visited: BTreeSet<String>,
    /// Links to folders, not walked.
    links: BTreeSet<String>,
}

impl Walk<'_> {
    fn rules_of(&self, folder: &str) -> Rules {
        let read = |name: &str| {
            let path = join(folder, name);
            self.listing.file(&path)?;
            let text = (self.ignores)(&path)?;
            let mut builder = GitignoreBuilder::new(Path::new("/").join(folder));
            for line in text.lines() {
                // A line that is no pattern ignores nothing.
                let _ = builder.add_line(None, line);
            }
            builder.build().ok().filter(|rules| !rules.is_empty())
        };
        Rules { ignore: read(".ignore"), gitignore: read(".gitignore") }
    }

    /// What the folders above one say, from the root on.
    fn rules_above(&self, folder: &str) -> Vec<Rules> {
        let mut above = Vec::new();
        let mut folder = folder;
        while !folder.is_empty() {
            folder = folder_of(folder);
            above.push(self.rules_of(folder));
        }
        above.reverse();
        above
    }

    fn folder(&mut self, folder: &str, rules: &mut Vec<Rules>) {
        if self.packages.contains(folder) {
            self.visited.insert(folder.to_owned());
        }
        rules.push(self.rules_of(folder));
        for (name, child) in self.listing.children(folder) {
            let path = join(folder, &name);
            match child {
                Child::Folder if self.is_wanted(folder, &name, &path) && !is_ignored(rules, &path, true) => {
                    self.folder(&path, rules);
                }
                Child::File | Child::Link if !name.starts_with('.') && !is_ignored(rules, &path, false) => {
                    self.file(path);
                }
                _ => {}
            }
        }
        rules.pop();
    }

    fn file(&mut self, path: String) {
        if !self.in_package(folder_of(&path)) {
            return;
        }
        if path.ends_with(".rs") && self.listing.file(&path).is_some() {
            self.files.insert(path);
        } else if self.listing.entry(&path).is_some_and(|entry| matches!(entry, crate::source::Entry::Link(_)))
            && self.listing.is_folder(&path)
        {
            self.links.insert(path);
        }
    }

    /// Leaves out what no package of the workspace compiles.
    fn is_wanted(&self, above: &str, name: &str, path: &str) -> bool {
        let inside = format!("{path}/");
        let leads_to_package = self.packages.contains(path)
            || self.packages.range(inside.clone()..).next().is_some_and(|next| next.starts_with(&inside));
        let has_manifest = |folder: &str| self.listing.file(&join(folder, "Cargo.toml")).is_some();
        let is_output = || name == "target" && has_manifest(above);
        leads_to_package || (!name.starts_with('.') && self.in_package(path) && !is_output() && !has_manifest(path))
    }

    fn in_package(&self, path: &str) -> bool {
        let mut folder = path;
        loop {
            if self.packages.contains(folder) {
                return true;
            }
            if folder.is_empty() {
                return false;
            }
            folder = folder_of(folder);
        }
    }

    /// A link to a folder whose files were found shows them a second time, under its own path (RESOLUTION.md F21).
    fn add_linked(&mut self, root: &str) {
        let mut shown = Vec::new();
        for link in &self.links {
            let Some(target) = self.listing.real(link) else { continue };
            if !is_below(&target, root) || is_below(link, &target) {
                continue;
            }
            let inside = format!("{target}/");
            let files = self.files.range(inside.clone()..).take_while(|file| file.starts_with(&inside));
            shown.extend(files.map(|file| join(link, &file[inside.len()..])));
        }
        self.files.extend(shown);
    }
}

/// The deepest rule that says something decides; `.ignore` before `.gitignore`.
fn is_ignored(rules: &[Rules], path: &str, is_folder: bool) -> bool {
    let path = Path::new("/").join(path);
    let first = |of: fn(&Rules) -> Option<&Gitignore>| {
        let said = rules.iter().rev().filter_map(of).map(|rules| rules.matched(&path, is_folder));
        said.filter(|said| !said.is_none()).map(|said| said.is_ignore()).next()
    };
    first(|rules| rules.ignore.as_ref()).or_else(|| first(|rules| rules.gitignore.as_ref())).unwrap_or(false)
}
