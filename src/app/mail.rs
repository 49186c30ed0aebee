//! What goes to the worker and what comes back.
//!
//! In: nothing.  Out: [`Job`]s, and [`Message`]s, each with the generation that it was asked in, so that late ones can be
//! dropped.  Not here: doing any of it (`worker`), and what a message changes (`execute`).

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::drafting::{DraftJob, DraftLaid, Told as DraftTold};
use super::edits::FileEdit;
use super::filming::FilmJob;
use super::generation::Generation;
use super::named::NamedFile;
use super::outcome::Outcome;
use super::pair::{CompareJob, Found, Pair};
use super::portrait::{Made, NotMade};
use super::queried::Queried;
use super::samples::Sample;
use super::sketched::{SketchJob, Sketched};
use super::spot::Spot;
use super::told::{Batch, Told};
use super::trial::Tried;
use crate::analysis::{Analysis, Progress, Stretch};
use crate::draft::{Drafted, Ground, Suggestion};
use crate::findings::Finding;
use crate::git::Landmark;
use crate::history::{Churn, CommitId};
use crate::launch::{LaunchError, Survey};
use crate::metrics::{Below, Metrics};
use crate::scene::map::comparison::Compared;
use crate::scene::map::{Arrangement, MapView};
use crate::viewpoint::Viewpoint;

pub(crate) enum Job {
    Open {
        generation: Generation,
        path: PathBuf,
        /// How deep everything is opened, where somebody said so.
        level: Option<u32>,
        /// Where it is kept how workspaces were looked at last.
        kept: Option<PathBuf>,
        cancel: Arc<AtomicBool>,
    },
    /// Files changed: analyse again, and arrange what is looked at.
    Follow {
        generation: Generation,
        changed: Vec<PathBuf>,
        cancel: Arc<AtomicBool>,
        analysis: Arc<Analysis>,
        view: MapView,
        arrangement: Arc<Arrangement>,
    },
    Arrange {
        generation: Generation,
        analysis: Arc<Analysis>,
        view: MapView,
        previous: Option<Arc<Arrangement>>,
    },
    /// Two revisions: what differs.
    Compare(Box<CompareJob>),
    ArrangeCompared {
        generation: Generation,
        pair: Arc<Pair>,
        view: MapView,
        previous: Option<Arc<Compared>>,
    },
    /// Another revision is the one to open.
    LookAt {
        revision: Option<String>,
    },
    /// The named views of a workspace.
    ReadViews {
        root: PathBuf,
    },
    /// The revisions that people compare with.
    Suggest {
        path: PathBuf,
    },
    /// A draft of riprap.toml: what it would lead to.
    Judge {
        generation: Generation,
        text: String,
        cancel: Arc<AtomicBool>,
        now: Arc<Analysis>,
    },
    /// A riprap.toml for a workspace that has none.
    Propose {
        generation: Generation,
        analysis: Arc<Analysis>,
    },
    /// Another state of the workspace, as the one that is looked at is arranged.
    Rewind {
        generation: Generation,
        then: Then,
        analysis: Arc<Analysis>,
        view: MapView,
        arrangement: Arc<Arrangement>,
    },
    /// Go through the commits.
    History {
        generation: Generation,
        stretch: Stretch,
        cancel: Arc<AtomicBool>,
        /// Only the end is told.
        quietly: bool,
    },
    /// Go through the commits with another riprap.toml.
    Try {
        generation: Generation,
        stretch: Stretch,
        /// Of that.
        text: String,
        cancel: Arc<AtomicBool>,
    },
    /// Look at some commits once more, for a film.
    Film(Box<FilmJob>),
    /// A sample that somebody wants to look at.
    LayOut(&'static Sample),
    /// To be dropped where nobody waits: a long history has millions of parts.
    Discard(Box<Told>),
    /// Go through the commits for what they changed.
    Churn {
        generation: Generation,
        /// Of the workspace.
        root: PathBuf,
        cancel: Arc<AtomicBool>,
    },
    /// A draft, or another view of one.
    Draft(Box<DraftJob>),
    /// First boundaries, or another view of them.
    Sketch(Box<SketchJob>),
    /// Looks for moves that help.
    SuggestMoves {
        generation: Generation,
        ground: Arc<Ground>,
        drafted: Arc<Drafted>,
        cancel: Arc<AtomicBool>,
    },
    /// The edits that a draft means.
    Patch {
        /// Where it will be written.
        path: PathBuf,
        ground: Arc<Ground>,
        drafted: Arc<Drafted>,
    },
    /// The moves that were kept.
    ReadDraft {
        path: PathBuf,
    },
    /// The numbers, which nobody has to wait for.
    Measure {
        analysis: Arc<Analysis>,
    },
    /// The editors that this machine has.
    Survey,
    /// The folders that a path entry may be completed to.
    Complete {
        typed: String,
    },
    /// A file of the workspace, whole.
    Edit(FileEdit),
    Write {
        path: PathBuf,
        bytes: Vec<u8>,
    },
}

/// A patch that is proved.
pub(crate) struct NewPatch {
    pub(crate) text: String,
    pub(crate) verdict: String,
    pub(crate) is_kept: bool,
}

/// A state of the workspace.
pub(crate) enum Then {
    Commit(CommitId),
    /// One that is known already.
    Present(Arc<Analysis>),
}

pub(crate) enum Message {
    Progress {
        generation: Generation,
        progress: Progress,
    },
    Opened {
        generation: Generation,
        result: Result<Box<Opened>, String>,
    },
    Changed(Vec<PathBuf>),
    /// Changes will not be told, for this reason.
    Unwatched(String),
    /// `None` if nothing that counts is different.
    Followed {
        generation: Generation,
        result: Result<Option<Box<Opened>>, String>,
    },
    Arranged {
        generation: Generation,
        view: MapView,
        arrangement: Arc<Arrangement>,
    },
    DraftLaid(Box<DraftLaid>),
    Sketched {
        generation: Generation,
        result: Result<Box<Sketched>, String>,
    },
    DraftTold {
        drafted: Arc<Drafted>,
        told: DraftTold,
    },
    MovesTried {
        generation: Generation,
        done: usize,
        total: usize,
    },
    MovesSuggested {
        generation: Generation,
        found: Vec<Suggestion>,
    },
    /// `None` where nothing is kept.
    DraftRead(Result<Option<String>, String>),
    /// A patch as a file, with what is to be said of it.
    Patched {
        path: PathBuf,
        result: Result<Box<NewPatch>, String>,
    },
    CompareProgress {
        generation: Generation,
        progress: Progress,
    },
    Compared {
        generation: Generation,
        result: Result<Box<Found>, String>,
    },
    ArrangedCompared {
        generation: Generation,
        view: MapView,
        compared: Arc<Compared>,
    },
    Suggested {
        path: PathBuf,
        landmarks: Vec<Landmark>,
    },
    Judged {
        generation: Generation,
        outcome: Result<Arc<Outcome>, String>,
    },
    Proposed {
        generation: Generation,
        text: Result<String, String>,
    },
    Rewound {
        generation: Generation,
        result: Result<Box<Opened>, String>,
    },
    CommitsLookedAt {
        generation: Generation,
        progress: Progress,
    },
    /// The commits that will be gone through, of which nothing is known so far.
    CommitsListed {
        generation: Generation,
        told: Box<Told>,
    },
    CommitsFound {
        generation: Generation,
        batch: Box<Batch>,
    },
    History {
        generation: Generation,
        result: Result<Box<Told>, String>,
    },
    TrialProgress {
        generation: Generation,
        progress: Progress,
    },
    Tried {
        generation: Generation,
        result: Result<Box<Tried>, String>,
    },
    /// Another commit is the newest of what is opened.
    HeadMoved,
    Churned {
        generation: Generation,
        result: Result<Arc<Churn>, String>,
    },
    /// The answer to a query.
    Queried {
        typed: String,
        answer: Box<Queried>,
    },
    /// Of this analysis.
    Measured {
        analysis: Arc<Analysis>,
        metrics: Box<Metrics>,
        below: Box<Below>,
        findings: Vec<Finding>,
    },
    Completions {
        typed: String,
        folders: Vec<String>,
    },
    /// `path` is `None` where nothing was chosen; `waited` tells a missing dialog from a closed one.
    Picked {
        path: Option<PathBuf>,
        waited: Duration,
    },
    /// The folder of a sample, or why there is none.
    LaidOut(Result<PathBuf, String>),
    /// The same of a file that shall be written.
    PickedFile {
        path: Option<PathBuf>,
        waited: Duration,
    },
    Portrayed {
        generation: Generation,
        result: Result<Made, NotMade>,
    },
    /// Each with the name of its file.
    ViewsRead {
        root: PathBuf,
        views: Vec<NamedFile>,
    },
    /// Why the system did not open what it was asked to.
    NotOpened(String),
    Written {
        path: PathBuf,
        result: Result<(), String>,
    },
    Edited {
        path: PathBuf,
        result: Result<(), NotWritten>,
    },
    Surveyed(Survey),
    /// The editor that was started for a place; or why none was, or that it failed at once.
    Launched {
        spot: Spot,
        result: Result<String, LaunchError>,
    },
    Screenshot(Arc<egui::ColorImage>),
}

/// Why a file of the workspace was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotWritten {
    /// It is not what the edit started from: to write it would undo what somebody else wrote.
    ChangedMeanwhile,
    /// In words.
    Failed(String),
}

/// An analysis and the first picture of it.
pub(crate) struct Opened {
    pub(crate) analysis: Arc<Analysis>,
    pub(crate) view: MapView,
    pub(crate) arrangement: Arc<Arrangement>,
    /// How it was looked at last, or why that cannot be read.
    pub(crate) last: Result<Option<Viewpoint>, String>,
}
