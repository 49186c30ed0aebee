//! Packages of other people, as Cargo keeps them on this machine once some build needed them.
//!
//! In: a workspace's Cargo.lock, the folder of Cargo.  Out: [`Foreign`] packages and their sources, under paths that are
//! the same on every machine.  Nothing is downloaded.  Not here: which of them matter, and what they show (`resolve`).

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{files, read_text, read_text_if_any};
use crate::manifest::{self, Locked, Manifest, Origin};
use crate::source::{self, ContentId, Entry, Listing, Note, SourceFile};
use crate::workspace::declared::Declared;

/// The file that says which packages a build takes.
pub const LOCK: &str = "Cargo.lock";

/// What can be a target of a dependency without being named in its manifest.
const USUAL_ROOTS: [&str; 2] = ["src/lib.rs", "build.rs"];

/// Folders of a package that its library has no part of.
const BESIDE_THE_LIBRARY: [&str; 5] = ["tests", "benches", "examples", "target", ".git"];

/// Packages of a git repository lie this far below its root at most.
const GIT_DEPTH: usize = 4;

/// A package that Cargo.lock names.
#[derive(Debug)]
pub struct Foreign {
    pub locked: Locked,
    /// What its manifest says, or why there is none, in one sentence.  Always the latter for a path dependency.
    pub package: Result<Declared, String>,
    /// Where it lies on this machine.
    folder: PathBuf,
}

/// The folder where Cargo keeps what it downloads, whether or not it exists.
pub fn cargo_home() -> Option<PathBuf> {
    let named = std::env::var_os("CARGO_HOME").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    named.or_else(|| Some(std::env::home_dir()?.join(".cargo")))
}

/// The packages of the Cargo.lock in `root`, in its order.
///
/// # Errors
/// No such file, or one that cannot be read.
pub fn foreign(root: &Path, cargo_home: &Path) -> Result<Vec<Foreign>, Note> {
    let note = |detail| Note { kind: "registry-missing", path: LOCK.to_owned(), at: None, detail };
    let no_lock = || note("there is no Cargo.lock: which crates a build takes is not known".to_owned());
    let text = match read_text_if_any(&root.join(LOCK)) {
        Ok(text) => text.ok_or_else(no_lock)?,
        Err(error) => return Err(note(error.to_string())),
    };
    let locked = manifest::locked(&text).map_err(|reason| note(format!("it cannot be read: {reason}")))?;
    let places = Places::new(cargo_home);
    Ok(locked.into_par_iter().map(|locked| places.find(locked)).collect())
}

impl Foreign {
    /// The folder that its paths start with here.
    pub fn shown_folder(&self) -> String {
        format!("REGISTRY/{}-{}", self.locked.name, self.locked.version)
    }

    /// The Rust files that its library can consist of.
    pub fn sources(&self) -> Vec<Result<SourceFile, Note>> {
        let mut walk = ignore::WalkBuilder::new(&self.folder);
        walk.standard_filters(false).filter_entry(|entry| {
            let name = entry.file_name().to_str().unwrap_or_default();
            entry.depth() != 1 || !BESIDE_THE_LIBRARY.contains(&name)
        });
        let paths = walk.build().filter_map(Result::ok).map(ignore::DirEntry::into_path);
        let is_source = |path: &PathBuf| path.extension().is_some_and(|it| it == "rs") && path.is_file();
        let mut paths: Vec<PathBuf> = paths.filter(is_source).collect();
        paths.sort();
        let read = |path: &PathBuf| {
            let below = path.strip_prefix(&self.folder).ok()?.to_str()?;
            Some(files::read_as(path, source::join(&self.shown_folder(), &source::normalize(below))))
        };
        paths.par_iter().filter_map(read).collect()
    }
}

/// Where Cargo keeps sources.
struct Places {
    /// One for each registry.
    registries: Vec<PathBuf>,
    /// One for each git repository: in it lies a folder for each commit.
    repositories: Vec<PathBuf>,
}

impl Places {
    fn new(cargo_home: &Path) -> Self {
        let folders = |below: &str| {
            let mut folders = files::folders_in(&cargo_home.join(below));
            folders.sort();
            folders
        };
        Self { registries: folders("registry/src"), repositories: folders("git/checkouts") }
    }

    fn find(&self, locked: Locked) -> Foreign {
        let missing = || format!("the sources of `{} {}` are not on this machine", locked.name, locked.version);
        let found = match &locked.origin {
            Origin::Path => None,
            Origin::Registry => {
                let name = format!("{}-{}", locked.name, locked.version);
                let mut folders = self.registries.iter().map(|registry| registry.join(&name));
                folders.find(|folder| folder.join("Cargo.toml").is_file()).map(|folder| (folder.clone(), folder))
            }
            Origin::Git(commit) => self.in_repositories(&locked.name, commit),
        };
        let Some((folder, top)) = found else {
            let package = Err(missing());
            return Foreign { locked, package, folder: PathBuf::new() };
        };
        let mut foreign = Foreign { locked, package: Err(String::new()), folder };
        foreign.package = read_package(&foreign, &top);
        foreign
    }

    /// The folder of a package, and that of its repository.
    fn in_repositories(&self, name: &str, commit: &str) -> Option<(PathBuf, PathBuf)> {
        let commits = self.repositories.iter().flat_map(|repository| files::folders_in(repository));
        let is_of_commit = |folder: &PathBuf| {
            let short = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            short.len() >= 7 && commit.starts_with(short)
        };
        commits.filter(is_of_commit).find_map(|top| {
            let mut walk = ignore::WalkBuilder::new(&top);
            walk.standard_filters(false).max_depth(Some(GIT_DEPTH + 1));
            let manifests = walk.build().filter_map(Result::ok).filter(|entry| entry.file_name() == "Cargo.toml");
            let mut paths: Vec<PathBuf> = manifests.map(ignore::DirEntry::into_path).collect();
            paths.sort();
            let is_named = |path: &PathBuf| {
                let manifest = read_text(path).ok().and_then(|text| Manifest::parse(&text).ok());
                manifest.and_then(|manifest| manifest.names()).is_some_and(|(package, _)| package == name)
            };
            let manifest = paths.into_iter().find(is_named)?;
            Some((manifest.parent()?.to_owned(), top))
        })
    }
}

/// `top`: no workspace above it is the package's own.
fn read_package(foreign: &Foreign, top: &Path) -> Result<Declared, String> {
    let parse = |path: &Path| {
        let text = read_text(path).map_err(|error| error.to_string())?;
        Manifest::parse(&text).map_err(|reason| format!("its manifest cannot be read: {reason}"))
    };
    let Foreign { locked, folder, .. } = foreign;
    let named = |reason: String| format!("`{} {}`: {reason}", locked.name, locked.version);
    let manifest = parse(&folder.join("Cargo.toml")).map_err(named)?;
    let above = folder.ancestors().skip(1).take_while(|above| above.starts_with(top));
    let root = above.filter_map(|above| parse(&above.join("Cargo.toml")).ok()).next();
    let shown = foreign.shown_folder();
    let mut listing = Listing::default();
    for path in USUAL_ROOTS.iter().filter(|path| folder.join(path).is_file()) {
        listing.insert(source::join(&shown, path), Entry::File(ContentId::default()));
    }
    manifest::dependency(&listing, &shown, &manifest, root.as_ref().map(|root| (shown.as_str(), root))).map_err(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(root: &Path, path: &str, text: &str) {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
    }

    fn package(lines: &str) -> String {
        format!("[package]\nname = \"dep\"\nversion = \"1.2.3\"\n{lines}")
    }

    const REGISTRY: &str = "registry+https://example.org/index";

    fn lock(name: &str, source: &str) -> String {
        format!("[[package]]\nname = \"{name}\"\nversion = \"1.2.3\"\nsource = \"{source}\"\n")
    }

    #[test]
    fn a_package_is_found_where_cargo_keeps_it_and_shown_under_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let (root, home) = (folder.path().join("w"), folder.path().join("home"));
        write(&root, LOCK, &(lock("dep", REGISTRY) + &lock("gone", REGISTRY)));
        write(&home, "registry/src/index-1/dep-1.2.3/Cargo.toml", &package("[lib]\nname = \"other\""));
        write(&home, "registry/src/index-1/dep-1.2.3/src/lib.rs", "mod deep;");
        write(&home, "registry/src/index-1/dep-1.2.3/src/deep/mod.rs", "");
        write(&home, "registry/src/index-1/dep-1.2.3/tests/it.rs", "");
        let found = foreign(&root, &home).unwrap();
        let target = &found[0].package.as_ref().unwrap().targets[0];
        assert_eq!((target.name.as_str(), target.root.as_str()), ("other", "REGISTRY/dep-1.2.3/src/lib.rs"));
        let sources: Vec<String> = found[0].sources().into_iter().map(|file| file.unwrap().path).collect();
        assert_eq!(sources, ["REGISTRY/dep-1.2.3/src/deep/mod.rs", "REGISTRY/dep-1.2.3/src/lib.rs"]);
        assert_eq!(found[1].package, Err("the sources of `gone 1.2.3` are not on this machine".to_owned()));
    }

    #[test]
    fn a_package_of_a_repository_inherits_from_its_own_workspace() {
        let folder = tempfile::tempdir().unwrap();
        let (root, home) = (folder.path().join("w"), folder.path().join("home"));
        write(&root, LOCK, &lock("dep", "git+https://example.org/r?branch=x#0123456789abcdef"));
        let top = "git/checkouts/r-1/0123456";
        write(&home, &format!("{top}/Cargo.toml"), "[workspace.package]\nedition = \"2024\"");
        write(&home, &format!("{top}/crates/dep/Cargo.toml"), &package("edition.workspace = true"));
        write(&home, &format!("{top}/crates/dep/src/lib.rs"), "");
        let found = foreign(&root, &home).unwrap();
        assert_eq!(found[0].package.as_ref().unwrap().edition, crate::workspace::Edition::E2024);
        assert_eq!(found[0].sources().len(), 1);
    }

    #[test]
    fn a_package_without_a_library_or_a_lock_file_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let (root, home) = (folder.path().join("w"), folder.path().join("home"));
        assert!(foreign(&root, &home).unwrap_err().detail.contains("there is no Cargo.lock"));
        write(&root, LOCK, "[[package]]\n");
        assert!(foreign(&root, &home).unwrap_err().detail.contains("it cannot be read"));
        write(&root, LOCK, &lock("dep", REGISTRY));
        write(&home, "registry/src/index-1/dep-1.2.3/Cargo.toml", "[package");
        assert!(
            foreign(&root, &home).unwrap()[0].package.as_ref().unwrap_err().starts_with("`dep 1.2.3`: its manifest")
        );
    }
}
