//! Which packages belong to a workspace, as Cargo decides it (The Cargo Book, "Workspaces"; RESOLUTION.md P17, P18).
//!
//! In: the root of a workspace.  Out: its members, the packages outside that they reach by paths, and a note for each that
//! had to be left out.  Not here: what a manifest says.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use glob::Pattern;

use super::inherit::{self, Root};
use super::table::{Manifest, WorkspaceTable};
use super::{Broken, Files, ReadManifest};
use crate::source::{self, Child, Listing, Note, folder_of, join};
use crate::workspace::DependencyKind;
use crate::workspace::declared::{Declared, RootSettings, folder_of_dependency};

/// The manifest of the workspace that a manifest belongs to; one that belongs to none is its own.
///
/// `read` gives a manifest by its path, and `None` where there is none.
///
/// # Errors
/// A manifest on the way that says nothing.
pub fn root_of(manifest: &str, read: &ReadManifest<'_>) -> Result<String, Broken> {
    let read = |path: &str| read(path).transpose().map_err(|message| Broken { path: path.to_owned(), message });
    let mut folder = folder_of(manifest);
    loop {
        let path = join(folder, "Cargo.toml");
        if let Some(found) = read(&path)?
            && let Some(root) = root_seen_from(&found, &path, manifest)
        {
            return Ok(root);
        }
        if folder.is_empty() {
            return Ok(manifest.to_owned());
        }
        folder = folder_of(folder);
    }
}

/// The root that the manifest at `path` means for the one at `from`, in the same folder or below.
fn root_seen_from(manifest: &Manifest, path: &str, from: &str) -> Option<String> {
    if let Some(workspace) = &manifest.workspace {
        return (!is_excluded(workspace, folder_of(path), from)).then(|| path.to_owned());
    }
    let pointer = manifest.package.as_ref()?.workspace.as_ref()?;
    Some(join(&join(folder_of(path), pointer), "Cargo.toml"))
}

/// Being named as a member is stronger than being excluded.
fn is_excluded(workspace: &WorkspaceTable, root: &str, path: &str) -> bool {
    let names_it = |folder: &String| is_below(path, &join(root, folder));
    workspace.exclude.iter().any(names_it) && !workspace.members.iter().flatten().any(names_it)
}

fn is_below(path: &str, folder: &str) -> bool {
    if folder.is_empty() {
        // Above the root of the repository.
        return path != ".." && !path.starts_with("../");
    }
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The packages of the workspace whose root manifest is at `root`.
pub(super) fn packages(files: &Files<'_>, root: &str) -> Result<(Vec<Declared>, Vec<Note>), Broken> {
    let mut search = Search::new(files, root)?;
    search.add_members()?;
    search.add_outside();
    Ok((search.declared, search.notes))
}

/// The folders that a pattern of `members` means: what it matches, or itself where it matches nothing.
fn folders(listing: &Listing, pattern: &str) -> Result<Vec<String>, String> {
    let mut matched = vec![String::new()];
    for part in pattern.split('/') {
        let is_pattern = part.contains(['*', '?', '[']);
        let mut next = Vec::new();
        for folder in &matched {
            if part == "**" {
                add_all_below(listing, folder, &mut next);
            } else if is_pattern {
                let pattern = Pattern::new(part).map_err(|error| format!("`{pattern}` is no pattern: {error}"))?;
                let names = listing.children(folder).into_iter().map(|(name, _)| name);
                next.extend(names.filter(|name| pattern.matches(name)).map(|name| join(folder, &name)));
            } else {
                next.push(join(folder, part));
            }
        }
        next.retain(|path| listing.is_folder(path) || listing.file(path).is_some());
        matched = next;
    }
    if matched.is_empty() {
        return Ok(vec![pattern.to_owned()]);
    }
    matched.retain(|path| listing.is_folder(path));
    Ok(matched)
}

fn add_all_below(listing: &Listing, folder: &str, found: &mut Vec<String>) {
    found.push(folder.to_owned());
    for (name, child) in listing.children(folder) {
        if child == Child::Folder {
            add_all_below(listing, &join(folder, &name), found);
        }
    }
}

struct Search<'a, 'f> {
    files: &'a Files<'f>,
    /// The root manifest, and its folder.
    root: &'a str,
    folder: &'a str,
    settings: RootSettings,
    manifest: Arc<Manifest>,
    /// The manifests that were looked at as those of members.
    seen: BTreeSet<String>,
    /// By their root manifests, those of other workspaces.
    seen_elsewhere: BTreeMap<String, BTreeSet<String>>,
    declared: Vec<Declared>,
    notes: Vec<Note>,
}

impl<'a, 'f> Search<'a, 'f> {
    fn new(files: &'a Files<'f>, root: &'a str) -> Result<Self, Broken> {
        let broken = |message: String| Broken { path: root.to_owned(), message };
        let manifest =
            files.manifest(root).ok_or_else(|| broken("there is no such file".to_owned()))?.map_err(broken)?;
        Ok(Self {
            files,
            root,
            folder: folder_of(root),
            settings: manifest.settings(folder_of(root)),
            manifest,
            seen: BTreeSet::new(),
            seen_elsewhere: BTreeMap::new(),
            declared: Vec::new(),
            notes: Vec::new(),
        })
    }

    fn add_members(&mut self) -> Result<(), Broken> {
        let broken = |message: String| Broken { path: self.root.to_owned(), message };
        let mut members = Vec::new();
        for pattern in self.manifest.workspace.iter().flat_map(|workspace| workspace.members.iter().flatten()) {
            members.extend(folders(self.files.listing, &join(self.folder, pattern)).map_err(broken)?);
        }
        for folder in members {
            self.add_member(&join(&folder, "Cargo.toml"), false);
        }
        self.add_root().map_err(|message| Broken { path: self.root.to_owned(), message })
    }

    /// The root's own package, if it has one.
    fn add_root(&mut self) -> Result<(), String> {
        if self.manifest.package.is_none() || !self.seen.insert(self.root.to_owned()) {
            return Ok(());
        }
        let declared = inherit::declared(self.files.listing, self.folder, &self.manifest, self.as_root())?;
        self.take(declared);
        Ok(())
    }

    fn as_root(&self) -> Root<'_> {
        Root { folder: self.folder, table: self.manifest.workspace.as_ref() }
    }

    /// A member, and the members that it depends on by paths.
    fn add_member(&mut self, path: &str, is_dependency: bool) {
        if path == self.root || self.seen.contains(path) {
            return;
        }
        let workspace = self.manifest.workspace.as_ref();
        let is_other = || {
            let root = root_of(path, &|path| self.files.manifest(path));
            self.files.manifest(path).is_none() || root.as_deref().ok() != Some(self.root)
        };
        if workspace.is_none_or(|workspace| is_excluded(workspace, self.folder, path))
            || (is_dependency && !is_below(path, self.folder) && is_other())
        {
            return;
        }
        self.seen.insert(path.to_owned());
        let folder = folder_of(path);
        let declared = match self.files.manifest(path) {
            None => {
                self.leave_out("member-missing", path, "there is no such file");
                return;
            }
            Some(Err(message)) => Err(message),
            Some(Ok(manifest)) if manifest.workspace.is_some() => {
                Err("it is the root of a workspace of its own".to_owned())
            }
            Some(Ok(manifest)) => inherit::declared(self.files.listing, folder, &manifest, self.as_root()),
        };
        match declared {
            Ok(declared) => self.take(declared),
            Err(message) => self.leave_out("member-manifest", path, &message),
        }
    }

    fn take(&mut self, declared: Declared) {
        let folders: Vec<String> = declared.dependencies.iter().filter_map(|it| it.folder.clone()).collect();
        self.declared.push(Declared { member: true, ..declared });
        for folder in folders {
            self.add_member(&join(&folder, "Cargo.toml"), true);
        }
    }

    /// Packages that are no members, and those that these reach.
    fn add_outside(&mut self) {
        let real = |folder: &str| self.files.listing.real(folder);
        let mut seen: BTreeSet<String> =
            self.declared.iter().filter_map(|declared| real(folder_of(&declared.manifest))).collect();
        let mut next = 0;
        while let Some(from) = self.declared.get(next) {
            next += 1;
            let counts = |kind: DependencyKind| from.member || kind != DependencyKind::Dev;
            let wanted = from.dependencies.iter().filter(|dependency| counts(dependency.kind));
            let folders: BTreeSet<String> =
                wanted.filter_map(|it| folder_of_dependency(it, &self.settings)).map(str::to_owned).collect();
            for folder in folders {
                let real = self.files.listing.real(&folder);
                if !seen.insert(real.clone().unwrap_or_else(|| folder.clone())) {
                    continue;
                }
                match real {
                    Some(folder) => self.add_one_outside(&folder),
                    None => {
                        let path = join(&folder, "Cargo.toml");
                        self.leave_out("dependency-missing", &path, "it lies outside the repository");
                    }
                }
            }
        }
    }

    fn add_one_outside(&mut self, folder: &str) {
        let path = join(folder, "Cargo.toml");
        let Some(manifest) = self.files.manifest(&path) else {
            // A member that is missing has its note.
            if !self.seen.contains(&path) {
                self.leave_out("dependency-missing", &path, "there is no such file");
            }
            return;
        };
        let declared = manifest.and_then(|manifest| {
            let root = root_of(&path, &|path| self.files.manifest(path)).map_err(|broken| broken.to_string())?;
            if root != path && !self.is_member_of(&root, &path) {
                return Err(format!("it lies in the workspace of {root} and is no member of it"));
            }
            let root_manifest = self.files.manifest(&root).and_then(Result::ok);
            let table = root_manifest.as_ref().and_then(|manifest| manifest.workspace.as_ref());
            let root = Root { folder: folder_of(&root), table };
            inherit::declared(self.files.listing, folder, &manifest, root)
        });
        match declared {
            Ok(declared) => self.declared.push(declared),
            Err(_) if self.seen.contains(&path) => {}
            Err(message) => self.leave_out("dependency-manifest", &path, &message),
        }
    }

    /// Whether another workspace has a package.
    fn is_member_of(&mut self, root: &str, path: &str) -> bool {
        if root == self.root {
            return self.seen.contains(path);
        }
        let files = self.files;
        let members = || match Search::new(files, root) {
            // What is broken elsewhere in that workspace is not asked about.
            Ok(mut search) => search.add_members().map_or_else(|_| BTreeSet::new(), |()| search.seen),
            Err(_) => BTreeSet::new(),
        };
        self.seen_elsewhere.entry(root.to_owned()).or_insert_with(members).contains(path)
    }

    fn leave_out(&mut self, kind: &'static str, path: &str, reason: &str) {
        let path = source::seen_from(self.folder, path);
        self.notes.push(Note { kind, path, at: None, detail: format!("the package is left out: {reason}") });
    }
}
