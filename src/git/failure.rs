//! Why a revision could not be read, in words that say what to do next.
//!
//! In: what was asked for, and what the repository said.  Out: [`GitError`].  Not here: what can be left out (a `Note`).

use std::path::PathBuf;

/// Every variant names what it is about and the next step.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GitError {
    #[error("`{}` lies in no git repository, and a revision is looked for in one; open a folder of a clone", path.display())]
    NoRepository { path: PathBuf },
    #[error("failed to read the git repository of `{}`: {reason}", path.display())]
    Unusable { path: PathBuf, reason: String },
    #[error("no revision `{revision}`: {hint}")]
    UnknownRevision { revision: String, hint: String },
    #[error("`{revision}` is {kind}, and not a commit; name a commit, a branch or a tag")]
    NoCommit { revision: String, kind: String },
    #[error("{object} of commit {commit} is not in this clone; {hint}")]
    Missing { commit: String, object: String, hint: String },
    #[error(
        "{object} cannot be read: {reason}; `git fsck` tells what is broken, and a fresh clone or `git fetch --refetch` \
         brings it back"
    )]
    Corrupt { object: String, reason: String },
    #[error("commit {commit} has no Cargo.toml in {place} or any folder above it; {}", what_to_open(candidates))]
    NoManifest {
        commit: String,
        place: String,
        /// Manifests elsewhere in the commit.
        candidates: Vec<String>,
    },
    #[error("commit {commit}: {path}: {message}; no workspace can be shown without this manifest")]
    Manifest { commit: String, path: String, message: String },
    #[error("no commits in `{range}`: it starts where it ends, or later; write the older revision first")]
    EmptyRange { range: String },
    #[error("no commits since {since}: the newest, {newest}, is of {day}; begin further back")]
    NothingSince { since: String, newest: String, day: String },
    #[error("cancelled")]
    Cancelled,
}

fn what_to_open(candidates: &[String]) -> String {
    if candidates.is_empty() {
        return "there was no Rust in it yet".to_owned();
    }
    let names: Vec<String> = candidates.iter().map(|path| format!("`{path}`")).collect();
    format!("it has {}", names.join(", "))
}
