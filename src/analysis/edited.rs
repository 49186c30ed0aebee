//! What was changed in the year before what is looked at.
//!
//! In: an analysis.  Out: [`Edits`]: the files of each commit on the way to its newest, as its maintainers see it.  Not here:
//! what follows from it (`findings`).

use super::{Analysis, AnalysisError};
use crate::findings::Edits;
use crate::git::Repository;
use crate::history::Moment;
use crate::source::seen_from;

/// A year, in seconds.
const YEAR: u64 = 365 * 24 * 60 * 60;

/// The newest tell how a workspace is worked on; more only take longer.
const AT_MOST: usize = 500;

impl Analysis {
    /// `None` where there is no repository, or one whose commits cannot be read.
    pub fn edits(&self) -> Option<Edits> {
        edits(self).ok().flatten()
    }
}

fn edits(analysis: &Analysis) -> Result<Option<Edits>, AnalysisError> {
    let repository = Repository::open(&analysis.root)?;
    let newest = match &analysis.commit {
        Some(commit) => commit.clone(),
        None => repository.revision("HEAD")?,
    };
    let since = Moment(newest.committed.0.saturating_sub(YEAR));
    let commits = repository.newest(newest.id, since, AT_MOST)?;
    let Some(oldest) = commits.last() else { return Ok(None) };
    let since = oldest.committed.date();
    let mut edits = Edits { since, commits: Vec::new() };
    for commit in &commits {
        // The first commit of all brings everything, and a partial clone may lack folders of the past.
        let Some(parent) = commit.parents.first() else { continue };
        let Ok(changes) = repository.changes(*parent, commit.id) else { continue };
        edits.commits.push(changes.iter().map(|change| seen_from(repository.at(), &change.path)).collect());
    }
    Ok(Some(edits))
}
