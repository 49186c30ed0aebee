//! The contents of files.
//!
//! In: paths and what their content is known by.  Out: [`SourceFile`]s, and a note for each that is not there.  Not here:
//! which files are wanted.

use rayon::prelude::*;

use super::{GitError, Repository};
use crate::source::{ContentId, Note, SourceFile};

/// How a file begins whose content is kept elsewhere (git-lfs).
const LFS_POINTER: &[u8] = b"version https://git-lfs.github.com/spec/v1\n";

impl Repository {
    /// The contents of files, in the order asked for.
    ///
    /// # Errors
    /// `cancel` alone: what cannot be read is a note in its place.
    pub fn contents(
        &self,
        files: &[(String, ContentId)],
        cancel: &(dyn Fn() -> bool + Sync),
    ) -> Result<Vec<Result<SourceFile, Note>>, GitError> {
        let read: Vec<Result<SourceFile, Note>> = files
            .par_iter()
            .map_init(
                || self.local(),
                |local, (path, id)| {
                    if cancel() {
                        // Thrown away below.
                        return Err(Note { kind: "unreadable", path: path.clone(), at: None, detail: String::new() });
                    }
                    self.read(local, path, self.object_of(*id))
                        .and_then(|bytes| SourceFile::from_bytes(path.clone(), bytes))
                },
            )
            .collect();
        if cancel() { Err(GitError::Cancelled) } else { Ok(read) }
    }

    /// One file's content.
    ///
    /// # Errors
    /// A note on why it cannot be read.
    pub fn content(&self, path: &str, id: ContentId) -> Result<SourceFile, Note> {
        let bytes = self.read(&self.local(), path, self.object_of(id))?;
        SourceFile::from_bytes(path.to_owned(), bytes)
    }

    fn object_of(&self, id: ContentId) -> gix::ObjectId {
        let len = self.shared.objects.object_hash().len_in_bytes();
        // A `ContentId` is made of a hash of this repository, whose length it has.
        gix::ObjectId::try_from(&id.0[..len]).unwrap_or_else(|_| gix::ObjectId::null(self.shared.objects.object_hash()))
    }

    pub(super) fn read(&self, local: &gix::Repository, path: &str, id: gix::ObjectId) -> Result<Vec<u8>, Note> {
        let note = |kind, detail| Note { kind, path: path.to_owned(), at: None, detail };
        let bytes = match local.try_find_object(id) {
            Ok(Some(object)) => object.detach().data,
            Ok(None) => {
                let short = id.to_hex_with_len(10);
                let detail = format!("its content {short} is not in this clone; {}", self.how_to_get_objects());
                return Err(note("missing-object", detail));
            }
            Err(error) => {
                let short = id.to_hex_with_len(10);
                let detail = format!("its content {short} cannot be read: {error}; `git fsck` tells what is broken");
                return Err(note("corrupt-object", detail));
            }
        };
        if bytes.starts_with(LFS_POINTER) {
            let detail =
                "git holds only a pointer to it, its content is kept by git-lfs and is not looked at".to_owned();
            return Err(note("lfs-pointer", detail));
        }
        Ok(bytes)
    }
}
