//! Word of what changes on disk below a workspace.
//!
//! In: the workspace's folder.  Out: the paths of sources and manifests that changed, some at a time.  What Git ignores,
//! `target` and `.git` are not watched: the system gives each user only so many watches.  What git says of branches is
//! watched apart.  Not here: reading the files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::views::is_view;
use ignore::WalkBuilder;
use notify::event::{EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

/// An editor writes a file in several steps; what comes within this time is one change.
const TOGETHER: Duration = Duration::from_millis(150);

/// Of the folders that a user may watch, this many are left to others.
const MAX_FOLDERS: usize = 8192;

/// Watches as long as it lives.
pub struct Watch {
    _watcher: Arc<Mutex<Option<Watcher>>>,
}

type Watcher = Debouncer<RecommendedWatcher, RecommendedCache>;

/// Why changes are not seen.
#[derive(Clone, Debug, thiserror::Error)]
pub enum WatchError {
    #[error("more than {MAX_FOLDERS} folders: changes on disk are not followed; reload to see them")]
    TooManyFolders,
    #[error("changes on disk are not followed ({0}); reload to see them")]
    System(String),
}

/// Calls `changed` with the paths of Rust files, manifests, riprap.toml, riprap.baseline and folders that were written, made or removed.
///
/// # Errors
/// Where the system watches no more folders, or none at all.
pub fn watch(root: &Path, changed: impl Fn(Vec<PathBuf>) + Send + 'static) -> Result<Watch, WatchError> {
    let system = |error: notify::Error| WatchError::System(error.to_string());
    let watcher: Arc<Mutex<Option<Watcher>>> = Arc::default();
    let weak = Arc::downgrade(&watcher);
    let debouncer = new_debouncer(TOGETHER, None, move |result: DebounceEventResult| {
        let Ok(events) = result else { return };
        let mut paths = BTreeSet::new();
        for event in events.iter().filter(|event| is_change(event.kind)) {
            paths.extend(event.paths.iter().filter(|path| matters(path)).cloned());
        }
        // New folders are watched from now on; what is in them already is told with them.
        let folders: Vec<PathBuf> = paths.iter().filter(|path| path.is_dir()).cloned().collect();
        if let Some(watcher) = weak.upgrade()
            && let Some(watcher) = &mut *watcher.lock().unwrap_or_else(PoisonError::into_inner)
        {
            for folder in folders.iter().flat_map(|folder| folders_below(folder)) {
                // A folder that is gone again, or one too many: its files are seen with the next reload.
                let _ = watcher.watch(&folder, RecursiveMode::NonRecursive);
            }
        }
        if !paths.is_empty() {
            changed(paths.into_iter().collect());
        }
    });
    let mut debouncer = debouncer.map_err(system)?;
    let folders = folders_below(root);
    if folders.len() > MAX_FOLDERS {
        return Err(WatchError::TooManyFolders);
    }
    for folder in folders {
        debouncer.watch(&folder, RecursiveMode::NonRecursive).map_err(system)?;
    }
    *watcher.lock().unwrap_or_else(PoisonError::into_inner) = Some(debouncer);
    Ok(Watch { _watcher: watcher })
}

/// Calls `touched` when git may have put a branch at another commit, or checked out another one.
///
/// `folders` are those in which git keeps where they are; what it writes there for other reasons, like its index, is passed
/// over.
///
/// # Errors
/// Where the system watches no more folders, or none at all.
pub fn watch_references(folders: &[PathBuf], touched: impl Fn() + Send + 'static) -> Result<Watch, WatchError> {
    let system = |error: notify::Error| WatchError::System(error.to_string());
    let debouncer = new_debouncer(TOGETHER, None, move |result: DebounceEventResult| {
        let Ok(events) = result else { return };
        let changes = events.iter().filter(|event| is_change(event.kind));
        if changes.flat_map(|event| &event.paths).any(|path| is_reference(path)) {
            touched();
        }
    });
    let mut debouncer = debouncer.map_err(system)?;
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        // Branches with a `/` in their name lie deeper.
        let is_deep = folder.ends_with("heads");
        let mode = if is_deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        debouncer.watch(folder, mode).map_err(system)?;
    }
    Ok(Watch { _watcher: Arc::new(Mutex::new(Some(debouncer))) })
}

/// A file that says where a branch, or what is checked out, is.
fn is_reference(path: &Path) -> bool {
    let is_draft = path.extension().is_some_and(|extension| extension == "lock");
    let is_branch = path.components().any(|part| part.as_os_str() == "heads");
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    !is_draft && (is_branch || matches!(name, "HEAD" | "packed-refs" | "tables.list"))
}

/// Reading a file is none.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Create(_) | EventKind::Remove(_) => true,
        EventKind::Modify(kind) => !matches!(kind, ModifyKind::Metadata(_)),
        EventKind::Access(_) | EventKind::Any | EventKind::Other => false,
    }
}

/// Sources, manifests, our own configuration; and folders, which have no extension as a rule.
fn matters(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("rs") => true,
        Some(_) => matches!(name, "Cargo.toml" | "riprap.toml" | "riprap.baseline") || is_view(path) || path.is_dir(),
        None => path.is_dir(),
    }
}

/// The folder itself and those in it, without what is ignored.
fn folders_below(folder: &Path) -> Vec<PathBuf> {
    let mut walk = WalkBuilder::new(folder);
    walk.follow_links(false).filter_entry(|entry| entry.file_name() != "target");
    let entries = walk.build().filter_map(Result::ok);
    entries.filter(|entry| entry.file_type().is_some_and(|it| it.is_dir())).map(|entry| entry.into_path()).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Instant;

    use super::*;

    /// The names that are told within some seconds, until one of them is `last`.
    fn told(changes: &mpsc::Receiver<Vec<PathBuf>>, last: &str) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        let end = Instant::now() + Duration::from_secs(20);
        while !names.contains(last) {
            let left = end.saturating_duration_since(Instant::now());
            let Ok(paths) = changes.recv_timeout(left) else { break };
            names.extend(paths.iter().filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())));
        }
        names
    }

    #[test]
    fn sources_and_manifests_are_told_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for name in ["src", "target", ".git"] {
            std::fs::create_dir(root.join(name)).unwrap();
        }
        let (sender, changes) = mpsc::channel();
        let watch = watch(root, move |paths| drop(sender.send(paths))).unwrap();
        for name in ["src/notes.txt", "target/x.rs", ".git/y.rs", "src/a.rs", "Cargo.toml"] {
            std::fs::write(root.join(name), "x").unwrap();
        }
        let names = told(&changes, "Cargo.toml");
        assert!(names.contains("a.rs") && names.contains("Cargo.toml"), "{names:?}");
        assert!(!names.contains("x.rs") && !names.contains("y.rs") && !names.contains("notes.txt"), "{names:?}");
        std::fs::create_dir(root.join("src/new")).unwrap();
        assert!(told(&changes, "new").contains("new"));
        std::fs::write(root.join("src/new/deep.rs"), "x").unwrap();
        assert!(told(&changes, "deep.rs").contains("deep.rs"));
        std::fs::remove_file(root.join("src/a.rs")).unwrap();
        assert!(told(&changes, "a.rs").contains("a.rs"));
        drop(watch);
    }

    #[test]
    fn branches_that_move_are_told_and_what_else_git_writes_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let git = folder.path();
        std::fs::create_dir_all(git.join("refs/heads/feature")).unwrap();
        let (sender, touched) = mpsc::channel();
        let folders = [git.to_owned(), git.join("refs/heads"), git.join("logs")];
        let watch = watch_references(&folders, move || sender.send(()).unwrap_or_default()).unwrap();
        let wait = |secs| touched.recv_timeout(Duration::from_secs(secs)).is_ok();
        for name in ["index", "HEAD.lock", "FETCH_HEAD"] {
            std::fs::write(git.join(name), "x").unwrap();
        }
        assert!(!wait(1));
        for name in ["HEAD", "packed-refs", "refs/heads/main", "refs/heads/feature/one"] {
            std::fs::write(git.join(name), "x").unwrap();
            assert!(wait(20), "{name}");
            while touched.recv_timeout(TOGETHER * 4).is_ok() {}
        }
        drop(watch);
    }
}
