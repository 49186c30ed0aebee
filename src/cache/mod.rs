//! IO: what commits were found to be, kept from one run to the next; safe to lose.
//!
//! In: a folder, what the results depend on, then results one by one.  Out: the results of earlier runs.  A result is by
//! its commit, so clones share it.  A line that cannot be read is as if it had never been written, and a folder that
//! cannot be written keeps nothing.  Not here: what results depend on (`analysis`).
//!
//! A file per configuration, a line per result, each with its digest before it: a run that is killed leaves all but its
//! last lines, and two runs at a time do no harm.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this module keeps files of its own in the user's cache folder"
)]

mod record;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use rustc_hash::FxHashMap;

use crate::history::{CommitId, Hole, State};
use crate::source;
use record::Record;

/// Where a user keeps another folder than the system's.
const VARIABLE: &str = "RIPRAP_CACHE";

/// Results of so many configurations are kept, those that were used last.
const MAX_FILES: usize = 64;

/// So many bytes are held back before they are written.
const BATCH_BYTES: usize = 64 << 10;

/// The folder of caches on this system; `None` for a user without a home.
pub fn folder() -> Option<PathBuf> {
    let named = std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty());
    let usual = || directories::ProjectDirs::from("", "", "riprap").map(|folders| folders.cache_dir().to_owned());
    named.map(PathBuf::from).or_else(usual)
}

/// What tells this program from any other version of it, one that was just built included.
pub fn version() -> String {
    let program = std::env::current_exe().and_then(fs::metadata).ok();
    let built = program.as_ref().and_then(|file| file.modified().ok());
    let built = built.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok()).unwrap_or_default();
    format!("{} {} {}", env!("CARGO_PKG_VERSION"), program.map_or(0, |file| file.len()), built.as_nanos())
}

/// A result of a commit: what is known of it after another one, or why nothing is.
pub type Found = Result<State, Hole>;

/// What a result is found by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub commit: CommitId,
    /// The commit that it is the difference to; `None` for the first one.
    pub against: Option<CommitId>,
    /// What tells the rules that both are judged by from those of today; empty if these are the same.
    pub rules: String,
}

/// Results of earlier runs, and where those of this one are put.
#[derive(Debug, Default)]
pub struct Cache {
    states: FxHashMap<Key, State>,
    /// By the commit and the rules.
    holes: FxHashMap<(CommitId, String), Hole>,
    /// By a merge and a digest of what was sought on its branch: the identities that were found, and their commits.
    branches: FxHashMap<(CommitId, String), Vec<(String, CommitId)>>,
    lost: usize,
    output: Mutex<Output>,
}

#[derive(Debug, Default)]
struct Output {
    /// `None` where nothing is kept.
    file: Option<File>,
    batch: Vec<u8>,
}

impl Cache {
    /// Reads the results that depend on `parts`, and takes more of them; where the folder cannot be used, none.
    pub fn open(folder: &Path, parts: &[&str]) -> Self {
        let folder = folder.join("history");
        let path = folder.join(source::digest(parts.iter().copied()));
        let mut cache = Self::default();
        if fs::create_dir_all(&folder).is_err() {
            return cache;
        }
        let bytes = fs::read(&path).unwrap_or_default();
        let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
        let kept: Vec<&[u8]> = lines.iter().copied().filter(|line| cache.enter(line).is_some()).collect();
        cache.lost = lines.len() - kept.len();
        if cache.lost > 0 {
            // What is of no use would be read again and again.
            let draft = folder.join(format!("draft {}", std::process::id()));
            let mut text = kept.join(&b'\n');
            text.push(b'\n');
            if fs::write(&draft, text).and_then(|()| fs::rename(&draft, &path)).is_err() {
                let _ = fs::remove_file(&draft);
            }
        }
        let file = OpenOptions::new().append(true).create(true).open(&path).ok();
        if let Some(file) = &file {
            // Of a system that does not tell when a file was used, the oldest are thrown away.
            let _ = file.set_modified(SystemTime::now());
        }
        forget_oldest(&folder);
        cache.output = Mutex::new(Output { file, batch: Vec::new() });
        cache
    }

    /// How many lines of earlier runs could not be read.
    pub fn lost(&self) -> usize {
        self.lost
    }

    /// What is known of a commit after another.
    pub fn found(&self, key: &Key) -> Option<Found> {
        let hole = || self.holes.get(&(key.commit, key.rules.clone())).cloned().map(Err);
        self.states.get(key).cloned().map(Ok).or_else(hole)
    }

    pub fn keep(&self, key: &Key, found: &Found) {
        self.write(|| Record::of(key, found));
    }

    /// The commits of a merged branch that were found to have introduced some of `ids`.
    pub fn on_branch(&self, merge: CommitId, ids: &[String]) -> Option<&[(String, CommitId)]> {
        self.branches.get(&(merge, sought(ids))).map(Vec::as_slice)
    }

    pub fn keep_on_branch(&self, merge: CommitId, ids: &[String], found: &[(String, CommitId)]) {
        self.write(|| Record::on_branch(merge, sought(ids), found));
    }

    fn enter(&mut self, line: &[u8]) -> Option<()> {
        let text = std::str::from_utf8(line).ok()?;
        let (digest, text) = text.split_once(' ')?;
        if source::digest([text]) != digest {
            return None;
        }
        let record: Record = serde_json::from_str(text).ok()?;
        record.enter(self)
    }

    fn write(&self, record: impl FnOnce() -> Record) {
        let mut output = self.output.lock().unwrap_or_else(PoisonError::into_inner);
        if output.file.is_none() {
            return;
        }
        let Ok(text) = serde_json::to_string(&record()) else { return };
        output.batch.extend_from_slice(source::digest([text.as_str()]).as_bytes());
        output.batch.push(b' ');
        output.batch.extend_from_slice(text.as_bytes());
        output.batch.push(b'\n');
        if output.batch.len() >= BATCH_BYTES {
            output.flush();
        }
    }
}

impl Output {
    /// A disk that is full keeps nothing more.
    fn flush(&mut self) {
        let batch = std::mem::take(&mut self.batch);
        if let Some(file) = &mut self.file
            && file.write_all(&batch).is_err()
        {
            self.file = None;
        }
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        self.flush();
    }
}

/// What was sought, whatever the order.
fn sought(ids: &[String]) -> String {
    let mut ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    ids.sort_unstable();
    source::digest(ids)
}

fn forget_oldest(folder: &Path) {
    let files = || -> io::Result<Vec<(SystemTime, PathBuf)>> {
        let entries = fs::read_dir(folder)?.filter_map(Result::ok);
        Ok(entries.filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path()))).collect())
    };
    let mut files = files().unwrap_or_default();
    files.sort();
    for (_, path) in files.iter().rev().skip(MAX_FILES) {
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests;
