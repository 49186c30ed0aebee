//! What became of a workspace since a day or a commit, and how it stands.
//!
//! In: a path in a repository, and since when.  Out: [`Reviewed`].  Not here: what is told of it (`export`).

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::{Analysis, AnalysisError, Asked, Follower, Progress, Stretch, evolve};
use crate::git::{GitError, Repository, Route};
use crate::history::{Commit, History};
use crate::source::Date;

/// Where a review begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    /// So many days before today.
    Days(u32),
    /// What a person calls a revision.
    Revision(String),
}

impl Since {
    /// `90d`, or a revision.
    pub fn parse(text: &str) -> Self {
        match text.strip_suffix('d').and_then(|days| days.parse().ok()) {
            Some(days) => Self::Days(days),
            None => Self::Revision(text.to_owned()),
        }
    }
}

/// A stretch of history, and the newest commit as it is.
#[derive(Debug)]
pub struct Reviewed {
    /// Its first point is where the review begins; if that is the first of all commits, nothing was before.
    pub history: History,
    /// Where it begins; `None` if nothing was before.
    pub before: Option<Commit>,
    pub newest: Analysis,
}

/// Goes through the commits since then.
///
/// # Errors
/// No repository, no commit since then, a newest commit that cannot be analysed, and `cancel`.
pub fn review(
    path: &Path,
    asked: &Asked,
    since: &Since,
    cache: Option<PathBuf>,
    progress: &(dyn Fn(Progress) + Sync),
    cancel: &AtomicBool,
) -> Result<Reviewed, AnalysisError> {
    let mut follower = Follower::open(path, asked)?;
    let newest = follower.repository().revision("HEAD")?;
    let before = match since {
        Since::Revision(revision) => Some(follower.repository().revision(revision)?),
        Since::Days(days) => before(follower.repository(), &newest, asked.date.unwrap_or(asked.today).minus(*days))?,
    };
    if before.as_ref().is_some_and(|before| before.id == newest.id) {
        let since = match since {
            Since::Days(days) => asked.date.unwrap_or(asked.today).minus(*days).to_string(),
            Since::Revision(revision) => format!("`{revision}`"),
        };
        let (newest, day) = (newest.id.short(), newest.committed.date().to_string());
        return Err(GitError::NothingSince { since, newest, day }.into());
    }
    let range = before.as_ref().map(|commit| format!("{}..HEAD", commit.id));
    let stretch = Stretch { range, every: 1, cache, ..Stretch::default() };
    let history = evolve(path, asked, &stretch, &progress, cancel)?;
    let newest = follower.look(&newest, progress, cancel)?;
    Ok(Reviewed { history, before, newest })
}

/// The last commit up to and with a day; `None` if all are later.
fn before(repository: &Repository, newest: &Commit, day: Date) -> Result<Option<Commit>, AnalysisError> {
    let walk = repository.walk(None, newest.id, Route::FirstParent)?;
    Ok(walk.commits.into_iter().rev().find(|commit| commit.committed.date() <= day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_from_revisions() {
        assert_eq!(Since::parse("90d"), Since::Days(90));
        for revision in ["v1.0", "d", "abcd", "HEAD~3", "-3d"] {
            assert_eq!(Since::parse(revision), Since::Revision(revision.to_owned()));
        }
    }
}
