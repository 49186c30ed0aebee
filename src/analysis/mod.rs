//! The spine: from a path to everything riprap knows of it.
//!
//! In: a path, options, a progress listener, a cancel flag.  Out: [`Analysis`].  `gather` and `revision` are the IO,
//! `analyze` is pure, and `incremental` repeats it after edits.
//! Not here: drawing, exporting.

mod affecting;
mod analyze;
mod baselines;
mod behave;
mod churn;
mod edited;
mod evolve;
mod findings;
mod follow;
mod gather;
mod grounded;
mod incremental;
mod intended;
mod located;
mod manifests;
mod may;
mod outside;
mod past;
mod patched;
mod proposed;
mod query;
mod registry;
mod review;
mod revision;

use std::path::PathBuf;
use std::sync::Arc;

use crate::boundary::{Boundaries, Problem};
use crate::enrich::Enrichment;
use crate::git::GitError;
use crate::history::Commit;
use crate::load::{self, LoadError};
use crate::model::{Model, NodeId};
use crate::rules::Earlier;
use crate::snapshot::{self, Configuration, Document, Parts};
use crate::source::{self, ConfigFiles, Date, Note, SourceFile, SourceTree};
use crate::verdict::{Entry, Filing, Verdict};
use crate::workspace::Workspace;

pub use affecting::affected_since;
pub use analyze::{Beyond, Gathered, analyze};
pub use behave::{Behaved, behave};
pub use churn::churn;
pub use evolve::{Listener, Revisit, Stretch, evolve};
pub use findings::Worth;
pub use follow::Follower;
pub use gather::{Live, open};
pub use incremental::Session;
pub use intended::Rules;
pub use may::{Answer, MayError, UnknownName};
pub use patched::Patched;
pub use proposed::{Added, Proposed, Wish, add_missing};
pub use query::{Crossing, Found};
pub use review::{Reviewed, Since, review};

/// The target whose cfg counts where riprap.toml names none.
pub const DEFAULT_TARGET: &str = "x86_64-unknown-linux-gnu";

/// The revision that is the files on disk.
const WORKTREE: &str = "WORKTREE";

/// What a person asks for beside the path.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// What to look at beyond the sources, here or in riprap.toml.
    pub enrich: Enrichment,
    /// The day for what holds until or from one; if nobody says, that of the commit, and `today` for files on disk.
    pub date: Option<Date>,
    pub today: Date,
    /// What a person calls a revision; without one, or with `WORKTREE`, the files on disk.
    pub revision: Option<String>,
    /// What an earlier revision promised, for `breaking-change`.
    pub earlier: Option<Arc<Earlier>>,
}

impl Asked {
    /// The revision, if it is not the files on disk.
    pub fn commit(&self) -> Option<&str> {
        self.revision.as_deref().filter(|revision| *revision != WORKTREE)
    }
}

/// What riprap knows of one revision of a workspace; immutable and cheap to share.
#[derive(Debug)]
pub struct Analysis {
    /// The workspace's folder, absolute.
    pub root: PathBuf,
    /// What this is the state of; `None` for the files on disk.
    pub commit: Option<Commit>,
    /// The hash of the commit, or `WORKTREE`.
    pub revision: String,
    pub workspace: Arc<Workspace>,
    pub sources: Arc<SourceTree>,
    pub model: Arc<Model>,
    /// Empty if there is no riprap.toml, or one with problems.
    pub boundaries: Boundaries,
    pub verdict: Verdict,
    /// riprap.toml, if there is one.
    pub config: Option<SourceFile>,
    /// It and the manifests that speak of riprap: spans of declarations and problems are in these.
    pub config_files: ConfigFiles,
    /// What is wrong with them; the verdict then is that of a workspace without a riprap.toml.
    pub problems: Vec<Problem>,
    /// Which riprap.baseline an accepted violation is written to.
    pub filing: Filing,
    /// Every riprap.baseline there is.
    pub baselines: ConfigFiles,
    /// The lines of them that are no entries; then nothing counts as accepted.
    pub baseline_problems: Vec<Problem>,
    /// `default`, `all`, or a list joined by commas.
    pub features: String,
    pub target: String,
    /// What was looked at beyond the sources, sorted.
    pub enrich: Vec<String>,
    /// Of all stages, sorted.
    pub notes: Vec<Note>,
}

impl Analysis {
    /// What the revision is called that was asked for by a name.
    pub fn called(&self, revision: &str) -> String {
        match &self.commit {
            Some(commit) if commit.id.to_string().starts_with(revision) => commit.id.short(),
            Some(commit) => format!("{revision} ({})", commit.id.short()),
            None => revision.to_owned(),
        }
    }

    /// The riprap.baseline that an entry belongs into, from the workspace's folder.
    pub fn baseline_of(&self, entry: &Entry) -> String {
        let folder = self.filing.folder(entry, &self.model, &self.boundaries, &self.sources, &self.package_folders());
        source::join(&folder, load::BASELINE)
    }

    /// Everything in the shape of the snapshot document.
    pub fn document(&self) -> Document<'_> {
        snapshot::document(&self.parts())
    }

    /// The folder of each package node as riprap.toml names it.
    pub fn package_folders(&self) -> Vec<(NodeId, String)> {
        package_folders(&self.workspace, &self.model)
    }

    /// What the snapshot document and the reports are made of.
    pub fn parts(&self) -> Parts<'_> {
        Parts {
            workspace: &self.workspace.name,
            revision: &self.revision,
            configuration: Configuration {
                date: self.verdict.date.map(|date| date.to_string().into()),
                enrich: self.enrich.iter().map(|word| word.as_str().into()).collect(),
                features: self.features.as_str().into(),
                file: self.config.as_ref().map(|config| config.path.as_str().into()),
                target: self.target.as_str().into(),
            },
            sources: &self.sources,
            model: &self.model,
            boundaries: &self.boundaries,
            verdict: &self.verdict,
            config: Some(&self.config_files),
            notes: &self.notes,
        }
    }
}

/// The folder of each package node, relative to the workspace root.
fn package_folders(workspace: &Workspace, model: &Model) -> Vec<(NodeId, String)> {
    let mut folders = Vec::new();
    for node in model.packages() {
        let name = &*model.node(node).name;
        let package = workspace.packages.iter().find(|package| package.name == name);
        folders.extend(package.map(|package| (node, source::normalize(&package.folder))));
    }
    folders
}

/// Why there is no analysis.
#[derive(Clone, Debug, thiserror::Error)]
pub enum AnalysisError {
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error(transparent)]
    Git(#[from] GitError),
    #[error(
        "nothing lies beyond the sources of `{revision}`: what this machine holds is of the files on disk; leave out \
         `--enrich`"
    )]
    NothingBeyond { revision: String },
    #[error("`{}` is no SCIP index: {reason}", file.display())]
    NoIndex { file: PathBuf, reason: String },
    #[error("cancelled")]
    Cancelled,
}

/// What the analysis is doing, for a person who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Asking Cargo for the workspace.
    Manifests,
    /// Reading files from the disk.
    Reading,
    /// Reading facts out of each file, along the module tree.
    Facts,
    /// Resolving names.
    Resolving,
    /// Building the model and judging it.
    Judging,
    /// Going from commit to commit.
    Commits,
}

impl Phase {
    /// In the words of the window and the progress bar.
    pub fn label(self) -> &'static str {
        match self {
            Self::Manifests => "Reading manifests",
            Self::Reading => "Reading files",
            Self::Facts => "Parsing",
            Self::Resolving => "Resolving names",
            Self::Judging => "Judging",
            Self::Commits => "Going through commits",
        }
    }
}

/// `done` of `total` steps of a phase; `total` is zero where it is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub phase: Phase,
    pub done: usize,
    pub total: usize,
}
