//! Whom each file of a workspace belongs to.
//!
//! In: a list by file.  Out: [`FileOwners`].  Not here: what CODEOWNERS says (`codeowners`).

use crate::source::FileId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileOwners(Vec<Vec<String>>);

impl FileOwners {
    /// In the order of the files.
    pub(super) fn new(owners: Vec<Vec<String>>) -> Self {
        Self(owners)
    }

    /// None where nobody is said to own it.
    pub fn of(&self, file: FileId) -> &[String] {
        self.0.get(file.0 as usize).map_or(&[], Vec::as_slice)
    }
}
