//! The tags of a repository, by the commits that they name.
//!
//! In: a repository.  Out: names of tags.  Not here: which commits somebody asks about.

use std::collections::BTreeMap;

use super::Repository;
use crate::history::CommitId;

impl Repository {
    /// The names of all tags, sorted, by the commit that each leads to; an annotated tag leads to what it is a note on.
    ///
    /// Tags on anything but a commit are left out, and so are those that cannot be read: no history depends on a tag.
    pub fn tags(&self) -> BTreeMap<CommitId, Vec<String>> {
        let local = self.local();
        let mut tags: BTreeMap<CommitId, Vec<String>> = BTreeMap::new();
        let Ok(references) = local.references() else { return tags };
        let Ok(all) = references.tags() else { return tags };
        for mut tag in all.filter_map(Result::ok) {
            let name = tag.name().shorten().to_string();
            if let Ok(commit) = tag.peel_to_commit() {
                tags.entry(CommitId::new(commit.id.as_bytes())).or_default().push(name);
            }
        }
        tags.values_mut().for_each(|names| names.sort());
        tags
    }
}
