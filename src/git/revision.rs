//! What a person calls a revision, and what a commit says of itself.
//!
//! In: `HEAD~3`, a branch, a tag, the beginning of a hash.  Out: a [`Commit`].  Not here: its files.

use gix::bstr::{BStr, ByteSlice as _};

use super::{GitError, Repository};
use crate::history::{Commit, CommitId, Moment};

impl Repository {
    /// The commit that a revision means.
    ///
    /// # Errors
    /// No such revision in this clone, with what may be the reason; or something that is no commit.
    pub fn revision(&self, revision: &str) -> Result<Commit, GitError> {
        let local = self.local();
        let found = local.rev_parse_single(revision.as_bytes().as_bstr());
        let id = found.map_err(|error| self.unknown(revision, &error.to_string()))?.detach();
        let object = local.find_object(id).map_err(|error| corrupt(&format!("`{revision}`"), error))?;
        let object = object.peel_tags_to_end().map_err(|error| corrupt(&format!("`{revision}`"), error))?;
        if object.kind != gix::objs::Kind::Commit {
            let kind = format!("a {}", object.kind);
            return Err(GitError::NoCommit { revision: revision.to_owned(), kind });
        }
        decode(object.id, &object.data, local.object_hash())
    }

    /// A commit by its identity.
    ///
    /// # Errors
    /// A commit that is not there or cannot be read.
    pub fn commit(&self, id: CommitId) -> Result<Commit, GitError> {
        let local = self.local();
        self.read_commit(&local, object_id(id))
    }

    pub(super) fn read_commit(&self, local: &gix::Repository, id: gix::ObjectId) -> Result<Commit, GitError> {
        let name = || format!("commit {}", id.to_hex_with_len(10));
        let object = local.try_find_object(id).map_err(|error| corrupt(&name(), error))?;
        let object = object.ok_or_else(|| GitError::Missing {
            commit: id.to_hex_with_len(10).to_string(),
            object: "the record".to_owned(),
            hint: self.how_to_get_commits(),
        })?;
        decode(object.id, &object.data, local.object_hash())
    }

    fn unknown(&self, revision: &str, reason: &str) -> GitError {
        let local = self.local();
        let is_empty = local.head_id().is_err()
            && local.references().is_ok_and(|all| all.all().is_ok_and(|mut all| all.next().is_none()));
        let hint = if is_empty {
            "the repository has no commit yet".to_owned()
        } else if reason.contains("ambiguous") {
            format!("{reason}; write more digits of its hash")
        } else if self.is_shallow() {
            format!("it may be one that was not fetched: {}", self.how_to_get_commits())
        } else if let Some((remote, _)) = revision.split_once('/') {
            format!("`git fetch {remote}` brings what the remote has, `git branch --all` lists what there is")
        } else {
            "`git log`, `git branch --all` and `git tag` list what there is; `git fetch` brings what the remote has"
                .to_owned()
        };
        GitError::UnknownRevision { revision: revision.to_owned(), hint }
    }

    fn how_to_get_commits(&self) -> String {
        if self.is_shallow() {
            "this clone is shallow, and `git fetch --unshallow` brings the rest (in CI: a checkout with fetch-depth 0)"
                .to_owned()
        } else {
            self.how_to_get_objects().to_owned()
        }
    }
}

pub(super) fn object_id(id: CommitId) -> gix::ObjectId {
    // A `CommitId` is made of a hash of git, which has a length that git knows.
    gix::ObjectId::try_from(id.hash()).unwrap_or_else(|_| gix::ObjectId::null(gix::hash::Kind::Sha1))
}

pub(super) fn corrupt(object: &str, error: impl std::fmt::Display) -> GitError {
    GitError::Corrupt { object: object.to_owned(), reason: error.to_string() }
}

fn decode(id: gix::ObjectId, data: &[u8], hash: gix::hash::Kind) -> Result<Commit, GitError> {
    let broken = |error: gix::Error| corrupt(&format!("commit {}", id.to_hex_with_len(10)), error);
    let commit = gix::objs::CommitRef::from_bytes(data, hash).map_err(broken)?;
    let author = commit.author().map_err(broken)?;
    let committer = commit.committer().map_err(broken)?;
    Ok(Commit {
        id: CommitId::new(id.as_bytes()),
        parents: commit.parents().map(|parent| CommitId::new(parent.as_bytes())).collect(),
        author: text(author.name.trim().as_bstr()),
        email: text(author.email.trim().as_bstr()),
        authored: Moment(u64::try_from(author.seconds()).unwrap_or_default()),
        committed: Moment(u64::try_from(committer.seconds()).unwrap_or_default()),
        subject: text(commit.message.lines().next().unwrap_or_default().as_bstr()),
    })
}

/// Names of old commits may be in any encoding.
fn text(bytes: &BStr) -> String {
    bytes.to_str_lossy().into_owned()
}
