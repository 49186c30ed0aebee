//! IO: the commits of a git repository, read from its object database.
//!
//! In: a path in a repository, and what a person calls a revision.  Out: commits, the files that they hold as a
//! [`Listing`](crate::source::Listing), and their contents; notes on what is not there.  Nothing is checked out, no
//! process is started, nothing is downloaded, and no hook or filter runs.  Not here: what the files mean.

#![expect(clippy::disallowed_methods, reason = "this module reads repositories, so that no other has to")]

mod contents;
mod failure;
mod files;
#[cfg(test)]
pub(crate) mod fixture;
mod landmarks;
mod revision;
mod tags;
#[cfg(test)]
mod tests;
mod tree;
mod walk;
mod worktree;

use std::path::{Path, PathBuf};

use crate::source;

pub use failure::GitError;
pub use files::source_paths;
pub use landmarks::Landmark;
pub use tree::Change;
pub use walk::{Route, Walk};

/// A repository, as seen from a place in it.
#[derive(Clone, Debug)]
pub struct Repository {
    shared: gix::ThreadSafeRepository,
    /// The folder of the files; the repository's own folder where there are none (a bare one).
    root: PathBuf,
    /// The place that was opened, from the root.
    at: String,
    is_bare: bool,
}

impl Repository {
    /// Opens the repository that a path lies in.  The path need not exist any more: what is left of it decides.
    ///
    /// Only the configuration of the repository itself is read: the answer is the same for everybody.
    ///
    /// # Errors
    /// No repository, or one that this program cannot read.
    pub fn open(path: &Path) -> Result<Self, GitError> {
        let path = std::path::absolute(path).map_err(|error| unusable(path, error))?;
        let exists = |folder: &&Path| folder.exists();
        let existing = path.ancestors().find(exists).unwrap_or(&path);
        let rest = path.strip_prefix(existing).unwrap_or(Path::new(""));
        let canonical = existing.canonicalize().map_err(|error| unusable(&path, error))?;
        let folder = if canonical.is_dir() { canonical.as_path() } else { canonical.parent().unwrap_or(&canonical) };
        let options = gix::open::Options::isolated();
        let trust = gix::sec::trust::Mapping { full: options.clone(), reduced: options };
        let shared = match gix::ThreadSafeRepository::discover_opts(folder, Default::default(), trust) {
            Ok(shared) => shared,
            Err(_)
                if !folder.ancestors().any(|folder| folder.join(".git").exists() || folder.join("HEAD").is_file()) =>
            {
                return Err(GitError::NoRepository { path });
            }
            Err(error) => return Err(unusable(&path, error)),
        };
        let work = shared.work_dir().and_then(|folder| folder.canonicalize().ok());
        let is_bare = work.is_none();
        let root = match work {
            Some(root) => root,
            None => shared.path().canonicalize().map_err(|error| unusable(&path, error))?,
        };
        let at = canonical.join(rest);
        let at = at.strip_prefix(&root).unwrap_or(Path::new(""));
        let at = source::normalize(&at.to_string_lossy());
        let at = if is_bare { String::new() } else { at };
        Ok(Self { shared, root, at, is_bare })
    }

    /// The folder of the repository's files, or the repository's own if it has none.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The place that was opened, from the root, with `/`; empty for the root.
    pub fn at(&self) -> &str {
        &self.at
    }

    /// There are no files on disk, only commits.
    pub fn is_bare(&self) -> bool {
        self.is_bare
    }

    /// What the repository is called: the name of its folder.
    pub fn name(&self) -> String {
        let name = |folder: &Path| folder.file_name().map(|name| name.to_string_lossy().into_owned());
        let own = name(&self.root).filter(|own| own != ".git").or_else(|| name(self.root.parent()?));
        let own = own.unwrap_or_else(|| "workspace".to_owned());
        if self.is_bare { own.strip_suffix(".git").unwrap_or(&own).to_owned() } else { own }
    }

    /// The folders in which git writes when another commit is checked out or committed.  Not all of them need exist.
    pub fn head_folders(&self) -> Vec<PathBuf> {
        let local = self.local();
        let (own, common) = (local.git_dir().to_owned(), local.common_dir().to_owned());
        let within = ["refs/heads", "reftable"].map(|name| common.join(name));
        // A linked worktree has a HEAD of its own, and shares the branches.
        let packed = (common != own).then_some(common);
        [own.join("logs"), own].into_iter().chain(within).chain(packed).collect()
    }

    fn local(&self) -> gix::Repository {
        let mut local = self.shared.to_thread_local();
        // Deltas of packs are often based on the object that was read before.
        local.object_cache_size_if_unset(OBJECT_CACHE_BYTES);
        local
    }

    /// The history ends early: older commits were not fetched.
    pub fn is_shallow(&self) -> bool {
        self.local().is_shallow().unwrap_or(false)
    }

    /// Objects are left out of this clone on purpose, to be fetched when somebody asks.
    fn is_partial(&self) -> bool {
        let local = self.local();
        let config = local.config_snapshot();
        let remotes = local.remote_names();
        let promises = |remote: &gix::bstr::BStr| config.boolean(format!("remote.{remote}.promisor").as_str());
        config.string("extensions.partialClone").is_some()
            || remotes.iter().any(|remote| promises(gix::bstr::BStr::new(remote.as_ref() as &[u8])) == Some(true))
    }

    /// How to get what is not in this clone.
    pub fn how_to_get_objects(&self) -> &'static str {
        if self.is_partial() {
            "it is a partial clone: `git fetch --refetch --no-filter` brings everything"
        } else {
            "`git fsck` tells what else is missing, and `git fetch --refetch` brings it back"
        }
    }
}

/// For the trees and commits that are read again and again.
const OBJECT_CACHE_BYTES: usize = 4 << 20;

fn unusable(path: &Path, error: impl std::fmt::Display) -> GitError {
    GitError::Unusable { path: path.to_owned(), reason: error.to_string() }
}
