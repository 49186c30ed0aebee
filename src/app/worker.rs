//! The thread that does what takes long: analysing a workspace, arranging a map, touching the disk.
//!
//! In: [`Job`]s.  Out: [`Message`]s, each with the generation that it was asked in, so that late ones can be dropped.
//! The analysis itself is given from outside ([`Analyst`]), which lets tests inject one.  Not here: any state of the window.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::analyst::{Analyst, Seen};
use super::carrying::carried_over;
use super::drafting::{DraftJob, DraftLaid, Laid, Told};
use super::edits::FileEdit;
use super::finder;
use super::generation::Generation;
use super::going;
use super::mail::{Job, Message, NewPatch, NotWritten, Opened, Then};
use super::making;
use super::memory;
use super::named::NamedFile;
use super::outbox::{Outbox, STACK_BYTES};
use super::outcome::Outcome;
use super::pair::{self, CompareJob, Wanted};
use super::queried::{self, Queried};
use super::samples;
use super::sketched::sketched;
use super::spot::Spot;
use super::throttle::Throttle;
use crate::analysis::{Analysis, Patched, Progress, Wish};
use crate::draft::{self, Drafted, Ground};
use crate::export;
use crate::export::film::USUAL_SHOTS;
use crate::launch::{LaunchError, Machine, Place};
use crate::load;
use crate::metrics::{self, Below};
use crate::propose::GroupBy;
use crate::scene::map::comparison;
use crate::scene::map::{self, Arrangement, Budget, MapView};
use crate::theme::Measurer;

/// The window's end of the channels.
pub(crate) struct Worker {
    jobs: Sender<Job>,
    pub(crate) messages: Receiver<Message>,
    back: Sender<Message>,
    ctx: egui::Context,
}

impl Worker {
    /// # Errors
    /// Where the system gives no thread.
    pub(crate) fn start(ctx: &egui::Context, analyst: Box<dyn Analyst>) -> std::io::Result<Self> {
        let (jobs, queue) = unbounded();
        let (back, messages) = unbounded();
        let outbox = Outbox::new(back.clone(), ctx.clone());
        let thread = std::thread::Builder::new().name("riprap-worker".to_owned()).stack_size(STACK_BYTES);
        thread.spawn(move || serve(&queue, &outbox, analyst))?;
        Ok(Self { jobs, messages, back, ctx: ctx.clone() })
    }

    pub(crate) fn send(&self, job: Job) {
        // The thread lives as long as this end of the channel; a job after its death has nobody to answer to.
        let _ = self.jobs.send(job);
    }

    /// A way to bring messages from elsewhere into the same queue.
    pub(crate) fn outbox(&self) -> Outbox {
        Outbox::new(self.back.clone(), self.ctx.clone())
    }

    /// Asks for a folder in the system's dialog, on a thread of its own: a dialog may hang for minutes.
    pub(crate) fn pick_folder(&self) {
        let outbox = self.outbox();
        let asked = Instant::now();
        let thread = std::thread::Builder::new().name("riprap-dialog".to_owned()).spawn(move || {
            let path = rfd::FileDialog::new().set_title("Open a Rust workspace").pick_folder();
            outbox.send(Message::Picked { path, waited: asked.elapsed() });
        });
        if thread.is_err() {
            self.outbox().send(Message::Picked { path: None, waited: Duration::ZERO });
        }
    }
}

impl Worker {
    /// Starts an editor on a thread of its own, which lives as long as the editor.
    pub(crate) fn launch(&self, template: String, spot: Spot, place: Place) {
        let outbox = self.outbox();
        let failed = {
            let (outbox, spot) = (outbox.clone(), spot.clone());
            move |error| outbox.send(Message::Launched { spot, result: Err(error) })
        };
        let also_failed = failed.clone();
        let thread = std::thread::Builder::new().name("riprap-editor".to_owned()).spawn(move || {
            let plan = Machine::look().plan(&template, &place);
            let started = plan.and_then(|plan| Ok((plan.start()?, plan.name)));
            match started {
                Ok((started, name)) => {
                    outbox.send(Message::Launched { spot, result: Ok(name) });
                    started.wait().unwrap_or_else(failed);
                }
                Err(error) => failed(error),
            }
        });
        if let Err(error) = thread {
            also_failed(LaunchError::Failed { program: "an editor".to_owned(), reason: error.to_string() });
        }
    }
}

impl Worker {
    /// Asks a query on a thread of its own: whoever types waits for nothing else.
    pub(crate) fn query(&self, analysis: Arc<Analysis>, typed: String) {
        let (outbox, also) = (self.outbox(), self.outbox());
        let asked = typed.clone();
        let thread = std::thread::Builder::new().name("riprap-query".to_owned()).stack_size(STACK_BYTES);
        let started = thread.spawn(move || {
            let answer = Box::new(queried::query(&analysis, &typed, finder::MOST));
            outbox.send(Message::Queried { typed, answer });
        });
        if let Err(error) = started {
            let answer = Box::new(Queried { told: error.to_string(), ..Queried::default() });
            also.send(Message::Queried { typed: asked, answer });
        }
    }
}

/// What the panels take of a window, in points.
const BESIDE_MAP: egui::Vec2 = egui::vec2(370.0, 75.0);

fn serve(queue: &Receiver<Job>, outbox: &Outbox, mut analyst: Box<dyn Analyst>) {
    let measurer = Measurer::new();
    for job in queue {
        match job {
            Job::Open { generation, path, level, kept, cancel } => {
                let how = (level, kept.as_deref());
                let result = open(&path, how, generation, outbox, &mut *analyst, &cancel, &measurer);
                if cancel.load(Ordering::Relaxed) {
                    continue;
                }
                let opened = result.is_ok();
                outbox.send(Message::Opened { generation, result });
                if opened {
                    let to = outbox.clone();
                    let seen = move |seen| match seen {
                        Seen::Files(paths) => to.send(Message::Changed(paths)),
                        Seen::Head => to.send(Message::HeadMoved),
                    };
                    if let Err(reason) = analyst.watch(Box::new(seen)) {
                        outbox.send(Message::Unwatched(reason));
                    }
                }
            }
            Job::Follow { generation, changed, cancel, analysis, view, arrangement } => {
                let followed = analyst.follow(&changed, &|_| {}, &cancel);
                let result = followed.map(|analysis_now| {
                    let now = Arc::new(analysis_now?);
                    Some(Box::new(moved_on(&analysis, now, &view, &arrangement, &measurer)))
                });
                outbox.send(Message::Followed { generation, result });
            }
            Job::Arrange { generation, analysis, view, previous } => {
                let arrangement = Arc::new(arrange(&analysis, &view, &measurer, previous.as_deref()));
                outbox.send(Message::Arranged { generation, view, arrangement });
            }
            Job::Compare(job) => compare(*job, outbox, &*analyst),
            Job::ArrangeCompared { generation, pair, view, previous } => {
                let compared =
                    comparison::arrange(&pair.union, &view, &measurer, previous.as_deref().map(|it| &it.map));
                outbox.send(Message::ArrangedCompared { generation, view, compared: Arc::new(compared) });
            }
            Job::LookAt { revision } => analyst.look_at(revision),
            Job::ReadViews { root } => {
                let views = load::named_views(&root).into_iter();
                let views = views.map(|(file, text)| NamedFile::new(file, text.map_err(|error| error.to_string())));
                let views = views.collect();
                outbox.send(Message::ViewsRead { root, views });
            }
            Job::Suggest { path } => {
                let landmarks = analyst.landmarks(&path);
                outbox.send(Message::Suggested { path, landmarks });
            }
            Job::Judge { generation, text, cancel, now } => {
                if cancel.load(Ordering::Relaxed) {
                    continue;
                }
                let then = analyst.under(&text, &cancel);
                let outcome = then.map(|then| Arc::new(Outcome::new(now, Arc::new(then))));
                outbox.send(Message::Judged { generation, outcome });
            }
            Job::Propose { generation, analysis } => {
                let proposed = analyst.propose(&analysis, Wish::By(GroupBy::Usual), &AtomicBool::new(false));
                outbox.send(Message::Proposed { generation, text: proposed.map(|proposed| proposed.text) });
            }
            Job::Rewind { generation, then, analysis, view, arrangement } => {
                let now = match then {
                    Then::Commit(commit) => analyst.rewind(commit, &AtomicBool::new(false)).map(Arc::new),
                    Then::Present(present) => Ok(present),
                };
                let result = now.map(|now| Box::new(moved_on(&analysis, now, &view, &arrangement, &measurer)));
                outbox.send(Message::Rewound { generation, result });
            }
            Job::History { generation, stretch, cancel, quietly } => {
                going::start(generation, analyst.historian(stretch), cancel, quietly, outbox);
            }
            Job::Try { generation, stretch, text, cancel } => {
                going::try_rules(generation, analyst.historian(stretch), text, cancel, outbox);
            }
            Job::LayOut(sample) => outbox.send(Message::LaidOut(sample.lay_out(&samples::folder()))),
            Job::Film(job) => {
                let maker = analyst.filmmaker(job.stretch.clone(), USUAL_SHOTS);
                making::film(*job, maker, outbox.clone());
            }
            Job::Sketch(job) => {
                let generation = job.generation;
                if !job.cancel.load(Ordering::Relaxed) {
                    let result = sketched(*job, &mut *analyst, &measurer).map(Box::new);
                    outbox.send(Message::Sketched { generation, result });
                }
            }
            Job::Draft(job) => draft(*job, outbox, &measurer),
            Job::SuggestMoves { generation, ground, drafted, cancel } => {
                suggest(generation, ground, drafted, cancel, outbox);
            }
            Job::Patch { path, ground, drafted } => {
                let result = patch(&mut *analyst, &ground, &drafted);
                outbox.send(Message::Patched { path, result });
            }
            Job::ReadDraft { path } => {
                let text = load::read_text_if_any(&path).map_err(|error| error.to_string());
                outbox.send(Message::DraftRead(text));
            }
            Job::Discard(told) => drop(told),
            Job::Churn { generation, root, cancel } => {
                going::count(generation, analyst.counter(root), cancel, outbox);
            }
            Job::Measure { analysis } => {
                let metrics = Box::new(metrics::measure(&analysis.model, &analysis.boundaries));
                let below = Box::new(Below::new(&analysis.model, &analysis.boundaries));
                let findings = analysis.findings(analyst.edits(&analysis).as_ref()).first_page;
                outbox.send(Message::Measured { analysis, metrics, below, findings });
            }
            Job::Complete { typed } => {
                let folders = crate::load::folders_like(&typed);
                outbox.send(Message::Completions { typed, folders });
            }
            Job::Survey => outbox.send(Message::Surveyed(Machine::look().survey())),
            Job::Edit(edit) => {
                let result = write(&edit);
                outbox.send(Message::Edited { path: edit.path, result });
            }
            Job::Write { path, bytes } => {
                let result = crate::save::write_with_folders(&path, &bytes).map_err(|error| error.to_string());
                outbox.send(Message::Written { path, result });
            }
        }
    }
}

/// Another state of what is looked at, arranged as near as possible to how it is.
fn moved_on(
    before: &Analysis,
    now: Arc<Analysis>,
    view: &MapView,
    arrangement: &Arrangement,
    measurer: &Measurer,
) -> Opened {
    let view = carried_over(view, before, &now);
    let arrangement = Arc::new(arrange(&now, &view, measurer, Some(arrangement)));
    Opened { analysis: now, view, arrangement, last: Ok(None) }
}

/// Judges a draft, where it is not judged yet, and arranges it; what takes longer is told afterwards.
fn draft(job: DraftJob, outbox: &Outbox, measurer: &Measurer) {
    let DraftJob { generation, analysis, ground, draft, laid, view, previous } = job;
    let ground = ground.unwrap_or_else(|| Arc::new(analysis.ground()));
    let (drafted, took) = match &laid {
        Some(laid) => (Arc::clone(&laid.drafted), laid.took),
        None => {
            let begun = Instant::now();
            let drafted = Arc::new(ground.lay_draft(&draft));
            (drafted, begun.elapsed())
        }
    };
    let (model, boundaries, verdict) = (&drafted.model, &drafted.boundaries, &drafted.verdict);
    let arrangement = Arc::new(map::arrange(model, boundaries, verdict, &view, measurer, previous.as_deref()));
    let is_new = laid.is_none();
    let laid = Laid { drafted: Arc::clone(&drafted), arrangement, took };
    outbox.send(Message::DraftLaid(Box::new(DraftLaid { generation, ground: Arc::clone(&ground), laid, view })));
    if is_new {
        let changes = draft::changes(&ground, &drafted);
        let conditions = draft::conditions(&ground, &drafted);
        outbox.send(Message::DraftTold { drafted, told: Told { changes, conditions } });
    }
}

/// The edits that a draft means, as a file.
fn patch(analyst: &mut dyn Analyst, ground: &Ground, drafted: &Drafted) -> Result<Box<NewPatch>, String> {
    let Patched { patch, promise, .. } = analyst.patch(ground, drafted, &AtomicBool::new(false))?;
    let wishes: Vec<String> = drafted.draft.moves.iter().map(ToString::to_string).collect();
    Ok(Box::new(NewPatch {
        text: export::patch::write(&wishes, &patch, &promise),
        verdict: export::patch::verdict(&patch, &promise),
        is_kept: promise.is_kept(),
    }))
}

/// On a thread of its own: each move that may help is judged in full.
fn suggest(
    generation: Generation,
    ground: Arc<Ground>,
    drafted: Arc<Drafted>,
    cancel: Arc<AtomicBool>,
    outbox: &Outbox,
) {
    let (outbox, also) = (outbox.clone(), outbox.clone());
    let thread = std::thread::Builder::new().name("riprap-suggest".to_owned()).stack_size(STACK_BYTES);
    let started = thread.spawn(move || {
        let progress = |done: usize, total: usize| outbox.send(Message::MovesTried { generation, done, total });
        let found = draft::suggestions(&ground, &drafted, &progress, &cancel);
        if !cancel.load(Ordering::Relaxed) {
            outbox.send(Message::MovesSuggested { generation, found });
        }
    });
    if started.is_err() {
        also.send(Message::MovesSuggested { generation, found: Vec::new() });
    }
}

/// On a thread of its own: another revision takes as long as opening a workspace, and the map goes on meanwhile.
fn compare(job: CompareJob, outbox: &Outbox, analyst: &dyn Analyst) {
    let [old, new] = [&job.old, &job.new].map(|wanted| match wanted {
        Wanted::Known(_) => None,
        Wanted::Revision(name) => Some(analyst.at(name)),
    });
    let generation = job.generation;
    let (outbox, also) = (outbox.clone(), outbox.clone());
    let thread = std::thread::Builder::new().name("riprap-compare".to_owned()).stack_size(STACK_BYTES);
    let started = thread.spawn(move || {
        let throttle = Throttle::default();
        let progress = |progress: Progress| {
            if throttle.lets_through(progress) {
                outbox.send(Message::CompareProgress { generation, progress });
            }
        };
        let window = outbox.window();
        let budget = Budget::for_area(window.width() - BESIDE_MAP.x, window.height() - BESIDE_MAP.y);
        let result = pair::found(job, old, new, budget, &progress);
        outbox.send(Message::Compared { generation, result });
    });
    if let Err(error) = started {
        also.send(Message::Compared { generation, result: Err(error.to_string()) });
    }
}

/// Writes a file, or takes it away, if it still says what the edit started from.
fn write(edit: &FileEdit) -> Result<(), NotWritten> {
    let failed = |message: String| NotWritten::Failed(message);
    let now = load::read_text_if_any(&edit.path).map_err(|error| failed(error.to_string()))?;
    if now != edit.before {
        return Err(NotWritten::ChangedMeanwhile);
    }
    let written = match &edit.after {
        // The first named view makes its folder; where the workspace itself is gone nothing is made.
        Some(text) if load::is_view(&edit.path) && edit.path.ancestors().nth(2).is_some_and(load::is_there) => {
            crate::save::write_with_folders(&edit.path, text.as_bytes())
        }
        Some(text) => crate::save::write(&edit.path, text.as_bytes()),
        None => crate::save::remove(&edit.path),
    };
    written.map_err(|error| failed(error.to_string()))
}

fn open(
    path: &Path,
    (level, kept): (Option<u32>, Option<&Path>),
    generation: Generation,
    outbox: &Outbox,
    analyst: &mut dyn Analyst,
    cancel: &AtomicBool,
    measurer: &Measurer,
) -> Result<Box<Opened>, String> {
    let throttle = Throttle::default();
    let progress = |progress: Progress| {
        if throttle.lets_through(progress) {
            outbox.send(Message::Progress { generation, progress });
        }
    };
    let path = path.to_str().map_or_else(|| path.to_owned(), crate::load::typed_path);
    let analysis = analyst.open(&path, &progress, cancel)?;
    let (model, boundaries, verdict) = (&analysis.model, &analysis.boundaries, &analysis.verdict);
    let window = outbox.window();
    let budget = Budget::for_area(window.width() - BESIDE_MAP.x, window.height() - BESIDE_MAP.y);
    let mut view = map::initial_expansion(model, boundaries, verdict, budget);
    if let Some(level) = level {
        view.expand_to_level(model, level);
    }
    let last = match kept.filter(|_| level.is_none() && analysis.commit.is_none()) {
        Some(folder) => memory::read(folder, &analysis.root),
        None => Ok(None),
    };
    if let Ok(Some(viewpoint)) = &last {
        view = viewpoint.find(model, boundaries, || view).view;
    }
    let arrangement = Arc::new(arrange(&analysis, &view, measurer, None));
    Ok(Box::new(Opened { analysis: Arc::new(analysis), view, arrangement, last }))
}

fn arrange(analysis: &Analysis, view: &MapView, measurer: &Measurer, previous: Option<&Arrangement>) -> Arrangement {
    map::arrange(&analysis.model, &analysis.boundaries, &analysis.verdict, view, measurer, previous)
}
