//! Which files on disk are not those of a commit.
//!
//! In: the files of a commit, and a reader of files on disk.  Out: the paths of those that differ or are gone.  A file
//! that is checked out with other line ends differs.  Not here: files that the commit does not have.

use super::Repository;
use super::tree::content_id;
use crate::source::{Entry, Listing};

impl Repository {
    /// Files of a commit whose bytes on disk are others, sorted; `read` gives those at a path from the root of the
    /// repository, nothing where there is no file.
    pub fn edited(&self, listing: &Listing, read: &dyn Fn(&str) -> Option<Vec<u8>>) -> Vec<String> {
        let kind = self.local().object_hash();
        let differs = |path: &str, entry: &Entry| match entry {
            Entry::File(id) => read(path).is_none_or(|bytes| {
                let hash = gix::objs::compute_hash(kind, gix::objs::Kind::Blob, &bytes);
                hash.map_or(true, |hash| content_id(hash) != *id)
            }),
            Entry::Link(_) | Entry::Submodule => false,
        };
        let edited = listing.below("").filter(|(path, entry)| differs(path, entry));
        edited.map(|(path, _)| path.to_owned()).collect()
    }
}
