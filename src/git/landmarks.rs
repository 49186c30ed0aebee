//! The revisions that people compare with: where the branch left the main one, the last tags.
//!
//! In: a repository.  Out: [`Landmark`]s, none where something cannot be read: they are suggestions.  Not here: what differs.

use std::cmp::Reverse;

use super::Repository;
use super::revision::object_id;
use crate::history::{Commit, CommitId};

/// A revision with a reason to compare with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landmark {
    /// As git takes it.
    pub name: String,
    pub why: String,
    pub commit: Commit,
}

/// What the branch that everybody starts from is called.
const MAIN: [&str; 6] = ["main", "master", "trunk", "origin/main", "origin/master", "origin/trunk"];

/// So many tags, the newest first.
const TAGS: usize = 5;

impl Repository {
    pub fn landmarks(&self) -> Vec<Landmark> {
        let mut landmarks = Vec::new();
        if let Ok(commit) = self.revision("HEAD") {
            let name = "HEAD".to_owned();
            landmarks.extend(self.fork(&commit));
            landmarks.insert(0, Landmark { name, why: "the last commit".to_owned(), commit });
        }
        landmarks.extend(self.last_tags());
        landmarks
    }

    /// Where the branch left the main one; `None` on the main one itself.
    fn fork(&self, head: &Commit) -> Option<Landmark> {
        let local = self.local();
        let (name, main) = MAIN.into_iter().find_map(|name| Some((name, self.revision(name).ok()?)))?;
        let base = local.merge_base(object_id(head.id), object_id(main.id)).ok()??;
        let id = CommitId::new(base.as_bytes());
        if id == head.id {
            return None;
        }
        let commit = self.commit(id).ok()?;
        Some(Landmark { name: id.short(), why: format!("where this branch left {name}"), commit })
    }

    fn last_tags(&self) -> Vec<Landmark> {
        let local = self.local();
        let Ok(references) = local.references() else { return Vec::new() };
        let Ok(tags) = references.tags() else { return Vec::new() };
        let mut found: Vec<Landmark> = Vec::new();
        for mut tag in tags.flatten() {
            let Ok(id) = tag.peel_to_id() else { continue };
            let Ok(commit) = self.read_commit(&local, id.detach()) else { continue };
            let name = tag.name().shorten().to_string();
            found.push(Landmark { name, why: "tag".to_owned(), commit });
        }
        found.sort_by_key(|tag| (Reverse(tag.commit.committed), tag.name.clone()));
        found.truncate(TAGS);
        found
    }
}

#[cfg(test)]
mod tests {
    use crate::git::fixture::Made;

    #[test]
    fn the_last_commit_and_the_newest_tags_are_landmarks() {
        let mut made = Made::new();
        let first = made.commit("//- Cargo.toml\n[package]\nname = \"a\"\n");
        let second = made.commit("//- Cargo.toml\n[package]\nname = \"b\"\n");
        for (tag, commit) in [("v1", first), ("v2", second)] {
            std::fs::write(made.git_dir().join("refs/tags").join(tag), format!("{commit}\n")).unwrap();
        }
        let landmarks = made.open("").landmarks();
        let names: Vec<&str> = landmarks.iter().map(|landmark| landmark.name.as_str()).collect();
        assert_eq!(names, ["HEAD", "v2", "v1"]);
        assert_eq!(landmarks[0].commit.id, second);
    }
}
