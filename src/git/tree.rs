//! Which files a commit holds, and in which ones two commits differ.
//!
//! In: a commit.  Out: a [`Listing`], or the changes from one to the next.  Not here: contents, except where a link leads.

use std::cmp::Ordering;

use gix::ObjectId;
use gix::bstr::ByteSlice as _;
use gix::objs::TreeRefIter;
use gix::objs::tree::EntryKind;

use super::revision::{corrupt, object_id};
use super::{GitError, Repository};
use crate::history::CommitId;
use crate::source::{ContentId, Entry, Listing, Note, join};

/// What became of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub path: String,
    /// `None` if there was nothing, or nothing is left.
    pub before: Option<Entry>,
    pub after: Option<Entry>,
}

/// The entries of one folder, in git's order.
type Folder = Vec<(String, EntryKind, ObjectId)>;

impl Repository {
    /// All files of a commit, and a note for each link that could not be read.
    ///
    /// # Errors
    /// A folder of the commit that is not in this clone or cannot be read: which files there are is not known then.
    pub fn listing(&self, commit: CommitId) -> Result<(Listing, Vec<Note>), GitError> {
        let reader = Reader::new(self, commit);
        let root = reader.root(commit)?;
        let (mut listing, mut notes) = (Listing::default(), Vec::new());
        let mut folders = vec![(String::new(), root)];
        while let Some((path, tree)) = folders.pop() {
            for (name, kind, id) in reader.folder(&path, tree)? {
                let path = join(&path, &name);
                match kind {
                    EntryKind::Tree => folders.push((path, id)),
                    kind => match reader.entry(&path, kind, id) {
                        Ok(entry) => listing.insert(path, entry),
                        Err(note) => notes.push(note),
                    },
                }
            }
        }
        notes.sort();
        Ok((listing, notes))
    }

    /// What differs from one commit to another, sorted by path.  A link that cannot be read counts as gone.
    ///
    /// # Errors
    /// As [`Self::listing`].
    pub fn changes(&self, before: CommitId, after: CommitId) -> Result<Vec<Change>, GitError> {
        let reader = Reader::new(self, after);
        let (before, after) = (reader.root(before)?, reader.root(after)?);
        let mut changes = Vec::new();
        reader.compare("", Some(before), Some(after), &mut changes)?;
        changes.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(changes)
    }
}

struct Reader<'a> {
    repository: &'a Repository,
    local: gix::Repository,
    /// For messages.
    commit: CommitId,
}

impl<'a> Reader<'a> {
    fn new(repository: &'a Repository, commit: CommitId) -> Self {
        Self { repository, local: repository.local(), commit }
    }

    fn missing(&self, object: String) -> GitError {
        GitError::Missing { commit: self.commit.short(), object, hint: self.repository.how_to_get_objects().to_owned() }
    }

    /// The tree of a commit.
    fn root(&self, commit: CommitId) -> Result<ObjectId, GitError> {
        let name = || format!("commit {}", commit.short());
        let object = self.local.try_find_object(object_id(commit)).map_err(|error| corrupt(&name(), error))?;
        let object = object.ok_or_else(|| self.missing("the record".to_owned()))?;
        gix::objs::CommitRefIter::from_bytes(&object.data, self.local.object_hash())
            .tree_id()
            .map_err(|error| corrupt(&name(), error))
    }

    fn folder(&self, path: &str, tree: ObjectId) -> Result<Folder, GitError> {
        let name = || if path.is_empty() { "the list of files".to_owned() } else { format!("folder `{path}`") };
        let object = self.local.try_find_object(tree).map_err(|error| corrupt(&name(), error))?;
        let object = object.ok_or_else(|| self.missing(name()))?;
        let entries = TreeRefIter::from_bytes(&object.data, self.local.object_hash());
        let entry = |entry: gix::Result<gix::objs::tree::EntryRef<'_>>| {
            entry
                .map(|entry| (entry.filename.to_str_lossy().into_owned(), entry.mode.kind(), entry.oid.to_owned()))
                .map_err(|error| corrupt(&name(), error))
        };
        entries.map(entry).collect()
    }

    /// What is no folder.
    fn entry(&self, path: &str, kind: EntryKind, id: ObjectId) -> Result<Entry, Note> {
        Ok(match kind {
            EntryKind::Commit => Entry::Submodule,
            EntryKind::Link => {
                let target = self.repository.read(&self.local, path, id)?;
                Entry::Link(String::from_utf8_lossy(&target).into_owned())
            }
            EntryKind::Tree | EntryKind::Blob | EntryKind::BlobExecutable => Entry::File(content_id(id)),
        })
    }

    /// Walks two folders side by side, down to where they differ.
    fn compare(
        &self,
        path: &str,
        before: Option<ObjectId>,
        after: Option<ObjectId>,
        changes: &mut Vec<Change>,
    ) -> Result<(), GitError> {
        if before == after {
            return Ok(());
        }
        let read = |tree: Option<ObjectId>| tree.map_or(Ok(Vec::new()), |tree| self.folder(path, tree));
        let (before, after) = (read(before)?, read(after)?);
        let (mut left, mut right) = (before.iter().peekable(), after.iter().peekable());
        loop {
            let order = match (left.peek(), right.peek()) {
                (None, None) => return Ok(()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(a), Some(b)) => in_order(a, b),
            };
            let old = if order.is_le() { left.next() } else { None };
            let new = if order.is_ge() { right.next() } else { None };
            if let (Some((_, kind, id)), Some((_, other_kind, other_id))) = (old, new)
                && (kind, id) == (other_kind, other_id)
            {
                continue;
            }
            let Some((name, ..)) = old.or(new) else { continue };
            let path = join(path, name);
            let tree = |entry: Option<&(String, EntryKind, ObjectId)>| {
                entry.filter(|(_, kind, _)| *kind == EntryKind::Tree).map(|(.., id)| *id)
            };
            let (old_tree, new_tree) = (tree(old), tree(new));
            if old_tree.is_some() || new_tree.is_some() {
                self.compare(&path, old_tree, new_tree, changes)?;
            }
            let file = |entry: Option<&(String, EntryKind, ObjectId)>| {
                let (_, kind, id) = entry.filter(|(_, kind, _)| *kind != EntryKind::Tree)?;
                self.entry(&path, *kind, *id).ok()
            };
            let (before, after) = (file(old), file(new));
            if before != after {
                changes.push(Change { path, before, after });
            }
        }
    }
}

/// Git sorts a folder as if a `/` stood behind its name.
fn in_order(
    (a, a_kind, _): &(String, EntryKind, ObjectId),
    (b, b_kind, _): &(String, EntryKind, ObjectId),
) -> Ordering {
    let shared = a.len().min(b.len());
    let after = |name: &str, kind: EntryKind| match name.as_bytes().get(shared) {
        None if kind == EntryKind::Tree => b'/',
        next => next.copied().unwrap_or_default(),
    };
    a.as_bytes()[..shared].cmp(&b.as_bytes()[..shared]).then_with(|| after(a, *a_kind).cmp(&after(b, *b_kind)))
}

pub(super) fn content_id(id: ObjectId) -> ContentId {
    let mut bytes = [0; 32];
    bytes[..id.as_bytes().len()].copy_from_slice(id.as_bytes());
    ContentId(bytes)
}
