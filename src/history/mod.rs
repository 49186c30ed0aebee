//! What is known of revisions, one after the other.
//!
//! In: commits, from `git`.  Out: [`Commit`].  Not here: reading them, and what a commit's sources say (`analysis`).

mod commit;

pub use commit::{Commit, CommitId, Moment};
