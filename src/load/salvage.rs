//! Reading a workspace with broken members: Cargo refuses it whole, and what is healthy can be shown all the same.
//!
//! In: a manifest that Cargo refused.  Out: what Cargo says of a copy in a temporary folder, which has the manifests and
//! empty target files, and a stub in place of each manifest at fault; paths are those of the original.  Not here: a
//! broken root manifest, which is an error.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::{fs, io};

use cargo_metadata::Metadata;
use ignore::WalkBuilder;
use toml::{Table, Value};

use super::cargo::{self, Failure};
use super::{LoadError, failure, locate, note_of};
use crate::source::Note;

/// What could be read, and what had to be left out.
pub(super) struct Salvaged {
    pub(super) metadata: Metadata,
    pub(super) notes: Vec<Note>,
}

/// A workspace with more broken manifests than this is not worth showing.
const MAX_STUBS: usize = 200;

/// `None` if nothing but the refusal itself can be shown.
pub(super) fn salvage(manifest: &Path, cancel: &AtomicBool) -> Result<Option<Salvaged>, LoadError> {
    let Some(root) = root_of(manifest) else { return Ok(None) };
    let Ok(copy) = Copy::new(&root) else { return Ok(None) };
    let mut stubs: BTreeMap<PathBuf, LoadError> = BTreeMap::new();
    while stubs.len() <= MAX_STUBS {
        match cargo::metadata(&copy.place(&root.join("Cargo.toml")), cancel) {
            Ok(_) if stubs.is_empty() => return Ok(None),
            Ok(metadata) => return Ok(Some(finish(&root, &copy, metadata, &stubs))),
            Err(Failure::Fatal(error)) => return Err(error),
            Err(Failure::Refused(stderr)) => {
                let error = copy.explain(&stderr, &root);
                let LoadError::Manifest { path: culprit, .. } = &error else { return Ok(None) };
                let culprit = culprit.clone();
                if culprit == root.join("Cargo.toml") || stubs.contains_key(&culprit) {
                    return Ok(None);
                }
                if copy
                    .add_if_new(&culprit)
                    .and_then(|added| if added { Ok(()) } else { copy.add_stub(&culprit) })
                    .is_err()
                {
                    return Ok(None);
                }
                if copy.is_stub(&culprit) {
                    stubs.insert(culprit, error);
                }
            }
        }
    }
    Ok(None)
}

/// Takes the stubs out and turns each that was a member into a note; other packages are noted by `outside`.
fn finish(root: &Path, copy: &Copy, mut metadata: Metadata, stubs: &BTreeMap<PathBuf, LoadError>) -> Salvaged {
    copy.rename_back(&mut metadata);
    let mut notes = Vec::new();
    for (manifest, error) in stubs {
        let is_stub = |package: &&cargo_metadata::Package| package.manifest_path.as_std_path() == manifest;
        let Some(id) = metadata.packages.iter().find(is_stub).map(|package| package.id.clone()) else { continue };
        metadata.packages.retain(|package| package.id != id);
        if metadata.workspace_members.contains(&id) {
            let kind = if manifest.is_file() { "member-manifest" } else { "member-missing" };
            notes.push(note_of(kind, root, manifest, error));
        }
    }
    Salvaged { metadata, notes }
}

/// The folder of the workspace that a manifest belongs to, as far as that can be told without Cargo.
fn root_of(manifest: &Path) -> Option<PathBuf> {
    let parse = |path: &Path| fs::read_to_string(path).ok()?.parse::<Table>().ok();
    if let Some(pointer) = parse(manifest).as_ref().and_then(|table| table.get("package")?.get("workspace")?.as_str()) {
        return locate::absolute(&manifest.parent()?.join(pointer)).ok();
    }
    let is_root =
        |folder: &&Path| parse(&folder.join("Cargo.toml")).is_some_and(|table| table.contains_key("workspace"));
    manifest.parent()?.ancestors().find(is_root).map(Path::to_owned)
}

/// A temporary folder in which every copied file lies at its own absolute path, so that `../x` still means the same.
struct Copy {
    folder: PathBuf,
    /// What the original absolute paths start with: `/`, `C:\`.
    top: PathBuf,
}

impl Copy {
    /// Copies every manifest below the root, each with its targets.
    fn new(root: &Path) -> io::Result<Self> {
        let top = root.ancestors().last().unwrap_or(root).to_owned();
        let copy = Self { folder: new_folder()?, top };
        let mut walk = WalkBuilder::new(root);
        walk.hidden(false).git_global(false).git_exclude(false).filter_entry(|entry| {
            let name = entry.file_name();
            let built = || entry.path().with_file_name("Cargo.toml").is_file();
            name != ".git" && name != "node_modules" && (name != "target" || !built())
        });
        for entry in walk.build().filter_map(Result::ok) {
            if entry.path().is_dir() {
                // A folder without a manifest that a member pattern matches is at fault too.
                fs::create_dir_all(copy.place(entry.path()))?;
            } else if entry.file_name() == "Cargo.toml" {
                copy.add(entry.path())?;
            }
        }
        Ok(copy)
    }

    /// Where the copy of an absolute path is.
    fn place(&self, path: &Path) -> PathBuf {
        let mut place = self.folder.clone();
        for part in path.components() {
            match part {
                Component::Normal(name) => place.push(name),
                Component::ParentDir if place != self.folder => {
                    place.pop();
                }
                _ => {}
            }
        }
        place
    }

    /// The original of a path in the copy; any other path is its own.
    fn original(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.folder).map_or_else(|_| path.to_owned(), |rest| self.top.join(rest))
    }

    fn add_if_new(&self, manifest: &Path) -> io::Result<bool> {
        if self.place(manifest).exists() || !manifest.is_file() {
            return Ok(false);
        }
        self.add(manifest)?;
        Ok(true)
    }

    fn add(&self, manifest: &Path) -> io::Result<()> {
        let bytes = fs::read(manifest)?;
        let table = std::str::from_utf8(&bytes).ok().and_then(|text| text.parse::<Table>().ok()).unwrap_or_default();
        self.write(manifest, &bytes)?;
        let folder = manifest.parent().unwrap_or(manifest);
        for target in targets(folder, &table) {
            self.write(&target, b"")?;
        }
        Ok(())
    }

    fn add_stub(&self, manifest: &Path) -> io::Result<()> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        // Two members of one name would be refused.
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let text = format!("{STUB_HEADER}[package]\nname = \"left-out-{number}\"\nversion = \"0.0.0\"\n");
        self.write(manifest, text.as_bytes())?;
        self.write(&manifest.with_file_name("src").join("lib.rs"), b"")
    }

    fn is_stub(&self, manifest: &Path) -> bool {
        fs::read(self.place(manifest)).is_ok_and(|bytes| bytes.starts_with(STUB_HEADER.as_bytes()))
    }

    fn write(&self, original: &Path, bytes: &[u8]) -> io::Result<()> {
        let place = self.place(original);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(place, bytes)
    }

    /// Cargo's words about the copy as words about the original.
    fn explain(&self, stderr: &str, root: &Path) -> LoadError {
        let error = failure::explain(stderr, &self.place(&root.join("Cargo.toml")), &cargo::neutral_folder());
        match error {
            LoadError::Manifest { path, line, column, message, hint } => {
                let message = message.replace(&*self.folder.to_string_lossy(), "");
                LoadError::Manifest { path: self.original(&path), line, column, message, hint }
            }
            other => other,
        }
    }

    fn rename_back(&self, metadata: &mut Metadata) {
        let rename = |path: &mut cargo_metadata::camino::Utf8PathBuf| {
            if let Ok(original) = cargo_metadata::camino::Utf8PathBuf::from_path_buf(self.original(path.as_std_path()))
            {
                *path = original;
            }
        };
        rename(&mut metadata.workspace_root);
        rename(&mut metadata.target_directory);
        for package in &mut metadata.packages {
            rename(&mut package.manifest_path);
            package.targets.iter_mut().for_each(|target| rename(&mut target.src_path));
            package.dependencies.iter_mut().filter_map(|dependency| dependency.path.as_mut()).for_each(rename);
        }
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // A temporary folder that stays behind is the system's to clean.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

const STUB_HEADER: &str = "# A stub in place of a manifest that Cargo refused.\n";

fn new_folder() -> io::Result<PathBuf> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let temporary = locate::absolute(&std::env::temp_dir())?;
    loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = temporary.join(format!("riprap-{}-{number}", std::process::id()));
        match fs::create_dir(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

/// The files that Cargo looks at to find a package's targets (The Cargo Book, "Cargo Targets").
fn targets(folder: &Path, manifest: &Table) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = ["src/lib.rs", "src/main.rs", "build.rs"].map(|name| folder.join(name)).into();
    for place in ["src/bin", "tests", "examples", "benches"] {
        for entry in fs::read_dir(folder.join(place)).into_iter().flatten().filter_map(Result::ok) {
            let path = entry.path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            } else {
                files.push(path.join("main.rs"));
            }
        }
    }
    let path_of = |table: &Value| table.get("path").and_then(Value::as_str).map(|path| folder.join(path));
    files.extend(manifest.get("lib").and_then(path_of));
    let build = manifest.get("package").and_then(|package| package.get("build")).and_then(Value::as_str);
    files.extend(build.map(|path| folder.join(path)));
    for kind in ["bin", "test", "example", "bench"] {
        files.extend(manifest.get(kind).and_then(Value::as_array).into_iter().flatten().filter_map(path_of));
    }
    files.retain(|file| file.is_file());
    files
}
