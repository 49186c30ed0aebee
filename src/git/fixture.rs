//! Repositories for tests, made without git.

mod pack;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gix::objs::tree::EntryKind;

pub(crate) use pack::repack;

use super::Repository;
use crate::history::CommitId;

/// A repository in a temporary folder; every commit is a day after the one before, from 2024-01-01 on.
pub(crate) struct Made {
    folder: tempfile::TempDir,
    inner: gix::Repository,
    commits: u32,
}

fn ids(commits: &[CommitId]) -> Vec<gix::ObjectId> {
    commits.iter().map(|id| gix::ObjectId::try_from(id.hash()).unwrap()).collect()
}

fn ada(time: &str) -> gix::actor::SignatureRef<'_> {
    gix::actor::SignatureRef { name: "Ada".into(), email: "ada@example.org".into(), time }
}

/// 2024-01-01 in seconds since 1970.
const FIRST_DAY: u32 = 1_704_067_200;

impl Made {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let inner = gix::init(folder.path().join("repository")).unwrap();
        Self { folder, inner, commits: 0 }
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join("repository")
    }

    pub(crate) fn git_dir(&self) -> &Path {
        self.inner.git_dir()
    }

    pub(crate) fn open(&self, at: &str) -> Repository {
        Repository::open(&self.root().join(at)).unwrap()
    }

    /// A commit on the current branch with exactly the files of a fixture: each starts with a line `//- path`;
    /// `//- path -> target` is a link, `//- path @` a submodule.  Everything is written to disk, too.
    pub(crate) fn commit(&mut self, fixture: &str) -> CommitId {
        let parents: Vec<CommitId> =
            self.inner.head_id().ok().map(|id| CommitId::new(id.as_bytes())).into_iter().collect();
        self.merge(fixture, &parents)
    }

    /// The same with these parents; the current branch must be at the first.
    pub(crate) fn merge(&mut self, fixture: &str, parents: &[CommitId]) -> CommitId {
        let (tree, parents) = (self.write(fixture), ids(parents));
        let (time, message) = self.next();
        let id = self.inner.commit_as(ada(&time), ada(&time), "HEAD", message, tree, parents).unwrap();
        CommitId::new(id.as_bytes())
    }

    /// A commit that no branch leads to.
    pub(crate) fn commit_after(&mut self, fixture: &str, parents: &[CommitId]) -> CommitId {
        let (tree, parents) = (self.write(fixture), ids(parents));
        let (time, message) = self.next();
        let commit = self.inner.new_commit_as(ada(&time), ada(&time), message, tree, parents).unwrap();
        CommitId::new(commit.id.as_bytes())
    }

    /// Puts the current branch at a commit; files on disk stay.
    pub(crate) fn check_out(&self, commit: CommitId) {
        let head = std::fs::read_to_string(self.git_dir().join("HEAD")).unwrap();
        let branch = head.trim().strip_prefix("ref: ").unwrap();
        std::fs::write(self.git_dir().join(branch), format!("{commit}\n")).unwrap();
    }

    /// The time and the message of the next commit.
    fn next(&mut self) -> (String, String) {
        let time = format!("{} +0000", FIRST_DAY + self.commits * 86_400);
        self.commits += 1;
        (time, format!("Commit {}\n\nWith more to say.\n", self.commits))
    }

    /// Writes the files of a fixture to the repository and to disk; gives their tree.
    fn write(&self, fixture: &str) -> gix::ObjectId {
        let files: BTreeMap<&str, &str> =
            fixture.split("//- ").skip(1).map(|file| file.split_once('\n').unwrap()).collect();
        let mut tree = self.inner.edit_tree(self.inner.empty_tree().id).unwrap();
        for folder in std::fs::read_dir(self.root()).unwrap().filter_map(Result::ok) {
            if folder.file_name() == ".git" {
                continue;
            }
            let path = folder.path();
            if path.is_dir() { std::fs::remove_dir_all(path).unwrap() } else { std::fs::remove_file(path).unwrap() }
        }
        for (path, text) in files {
            if let Some((path, target)) = path.split_once(" -> ") {
                let id = self.inner.write_blob(target).unwrap();
                tree.upsert(path, EntryKind::Link, id).unwrap();
                self.on_disk(path, |path| {
                    #[cfg(unix)]
                    std::os::unix::fs::symlink(target, path).unwrap();
                });
            } else if let Some(path) = path.strip_suffix(" @") {
                let id = gix::ObjectId::null(gix::hash::Kind::Sha1);
                let other = gix::ObjectId::try_from(&[1; 20][..]).unwrap_or(id);
                tree.upsert(path, EntryKind::Commit, other).unwrap();
            } else {
                let id = self.inner.write_blob(text).unwrap();
                tree.upsert(path, EntryKind::Blob, id).unwrap();
                self.on_disk(path, |path| std::fs::write(path, text).unwrap());
            }
        }
        tree.write().unwrap().detach()
    }

    fn on_disk(&self, path: &str, write: impl FnOnce(&Path)) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        write(&path);
    }

    /// Names a commit by a tag, or something else by its hash.
    pub(crate) fn tag(&self, name: &str, of: CommitId) {
        let id = gix::ObjectId::try_from(of.hash()).unwrap();
        let any = gix::refs::transaction::PreviousValue::Any;
        self.inner.tag_reference(name, id, any).unwrap();
    }

    /// Names a commit by a tag with a message of its own.
    pub(crate) fn annotated_tag(&self, name: &str, of: CommitId) {
        let id = gix::ObjectId::try_from(of.hash()).unwrap();
        let (kind, any) = (gix::objs::Kind::Commit, gix::refs::transaction::PreviousValue::Any);
        self.inner.tag(name, id, kind, Some(ada("1704067200 +0000")), "A release", any).unwrap();
    }

    /// Where git keeps an object that is in no pack.
    pub(crate) fn object_file(&self, hash: &str) -> PathBuf {
        self.git_dir().join("objects").join(&hash[..2]).join(&hash[2..])
    }

    /// The hash of the list of a commit's files.
    pub(crate) fn tree_of(&self, commit: CommitId) -> String {
        self.inner.rev_parse_single(format!("{commit}^{{tree}}").as_str()).unwrap().to_string()
    }

    /// The hash of a text as a file's content.
    pub(crate) fn hash_of(&self, text: &str) -> String {
        self.inner.write_blob(text).unwrap().to_string()
    }
}
