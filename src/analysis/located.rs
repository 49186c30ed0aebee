//! Where the workspace of a commit lies: where it was opened, or where it lay then.
//!
//! In: the files of a commit.  Out: its workspace, by its manifests.  Not here: reading manifests (`manifest`), and the
//! sources (`revision`).

use crate::git::{GitError, Repository};
use crate::history::Commit;
use crate::manifest::{self, Found, Manifests, Refusal};
use crate::source::{self, ContentId, Listing, Note};

/// The workspace of a commit; with a note if it lay elsewhere than the place that was opened.
pub(super) fn find(
    repository: &Repository,
    commit: &Commit,
    listing: &Listing,
    manifests: &mut Manifests,
) -> Result<(Found, Option<Note>), GitError> {
    let read =
        |path: &str, id: ContentId| repository.content(path, id).map(|file| file.text).map_err(|note| note.detail);
    let name = repository.name();
    let at = repository.at();
    let found = match manifest::workspace(listing, manifests, &read, at, &name) {
        // Where there was one workspace alone, it is the one that came to lie here.
        Err(Refusal::NoManifest { candidates }) if candidates.len() == 1 => {
            let place = source::folder_of(&candidates[0]).to_owned();
            let detail = format!("the workspace lay in `{place}`: there was no Cargo.toml here");
            let note = Note { kind: "moved-root", path: "Cargo.toml".to_owned(), at: None, detail };
            manifest::workspace(listing, manifests, &read, &place, &name).map(|found| (found, Some(note)))
        }
        found => found.map(|found| (found, None)),
    };
    found.map_err(|refusal| match refusal {
        Refusal::NoManifest { candidates } => {
            let place = if at.is_empty() { "the root of the repository".to_owned() } else { format!("`{at}`") };
            GitError::NoManifest { commit: commit.id.short(), place, candidates }
        }
        Refusal::Broken(broken) => {
            GitError::Manifest { commit: commit.id.short(), path: broken.path, message: broken.message }
        }
    })
}
