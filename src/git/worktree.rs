//! Which files on disk are not those of a commit.
//!
//! In: a commit, and a reader of files on disk.  Out: the paths of tracked files that differ or are gone.  A file that is
//! checked out with other line ends differs.  Not here: files that the commit does not have.

use super::tree::content_id;
use super::{GitError, Repository};
use crate::history::CommitId;
use crate::source::Entry;

impl Repository {
    /// Tracked files below a folder of the repository whose bytes on disk are others than the commit's, sorted; `read`
    /// gives those at a path from the root of the repository, nothing where there is no file.
    ///
    /// # Errors
    /// As [`Self::listing`].
    pub fn edited(
        &self,
        commit: CommitId,
        read: &(dyn Fn(&str) -> Option<Vec<u8>> + Sync),
    ) -> Result<Vec<String>, GitError> {
        let (listing, _) = self.listing(commit)?;
        let kind = self.local().object_hash();
        let differs = |path: &str, entry: &Entry| match entry {
            Entry::File(id) => read(path).is_none_or(|bytes| {
                let hash = gix::objs::compute_hash(kind, gix::objs::Kind::Blob, &bytes);
                hash.map_or(true, |hash| content_id(hash) != *id)
            }),
            Entry::Link(_) | Entry::Submodule => false,
        };
        let mut edited: Vec<String> =
            listing.below("").filter(|(path, entry)| differs(path, entry)).map(|(path, _)| path.to_owned()).collect();
        edited.sort();
        Ok(edited)
    }
}
