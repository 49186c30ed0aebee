//! The thread that does what takes long: analysing a workspace, arranging a map, touching the disk.
//!
//! In: [`Job`]s.  Out: [`Message`]s, each with the generation that it was asked in, so that late ones can be dropped.
//! The analysis itself is given from outside, which lets tests inject one.  Not here: any state of the window.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::analysis::{Analysis, Phase, Progress};
use crate::scene::map::{self, Arrangement, Budget, MapView};
use crate::theme::Measurer;

/// Turns a path into what riprap knows of the workspace there.  An error is text for a person: what is wrong in the
/// first line, then what to do.
pub type Analyse =
    dyn Fn(&Path, &(dyn Fn(Progress) + Sync), &AtomicBool) -> Result<Analysis, String> + Send + Sync + 'static;

/// Numbers the things asked of the worker; an answer with an older number is stale.
pub(crate) type Generation = u64;

pub(crate) enum Job {
    Open {
        generation: Generation,
        path: PathBuf,
        cancel: Arc<AtomicBool>,
    },
    Arrange {
        generation: Generation,
        analysis: Arc<Analysis>,
        view: MapView,
        previous: Option<Arc<Arrangement>>,
    },
    /// The folders that a path entry may be completed to.
    Complete {
        typed: String,
    },
    Write {
        path: PathBuf,
        bytes: Vec<u8>,
    },
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
    Arranged {
        generation: Generation,
        view: MapView,
        arrangement: Arc<Arrangement>,
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
    Written {
        path: PathBuf,
        result: Result<(), String>,
    },
    Screenshot(Arc<egui::ColorImage>),
}

/// An analysis and the first picture of it.
pub(crate) struct Opened {
    pub(crate) analysis: Arc<Analysis>,
    pub(crate) view: MapView,
    pub(crate) arrangement: Arc<Arrangement>,
}

/// Deeply nested code is read by recursion.
const STACK_BYTES: usize = 64 << 20;

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
    pub(crate) fn start(ctx: &egui::Context, analyse: Arc<Analyse>) -> std::io::Result<Self> {
        let (jobs, queue) = unbounded();
        let (back, messages) = unbounded();
        let outbox = Outbox { sender: back.clone(), ctx: ctx.clone() };
        let thread = std::thread::Builder::new().name("riprap-worker".to_owned()).stack_size(STACK_BYTES);
        thread.spawn(move || serve(&queue, &outbox, &analyse))?;
        Ok(Self { jobs, messages, back, ctx: ctx.clone() })
    }

    pub(crate) fn send(&self, job: Job) {
        // The thread lives as long as this end of the channel; a job after its death has nobody to answer to.
        let _ = self.jobs.send(job);
    }

    /// A way to bring messages from elsewhere into the same queue.
    pub(crate) fn outbox(&self) -> Outbox {
        Outbox { sender: self.back.clone(), ctx: self.ctx.clone() }
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

/// Sends messages to the window and wakes it.
#[derive(Clone)]
pub(crate) struct Outbox {
    sender: Sender<Message>,
    ctx: egui::Context,
}

impl Outbox {
    pub(crate) fn send(&self, message: Message) {
        // A closed window no longer wants to know.
        if self.sender.send(message).is_ok() {
            self.ctx.request_repaint();
        }
    }
}

/// What the panels take of a window, in points.
const BESIDE_MAP: egui::Vec2 = egui::vec2(370.0, 75.0);

fn serve(queue: &Receiver<Job>, outbox: &Outbox, analyse: &Arc<Analyse>) {
    let measurer = Measurer::new();
    for job in queue {
        match job {
            Job::Open { generation, path, cancel } => {
                let result = open(&path, generation, outbox, analyse, &cancel, &measurer);
                if !cancel.load(Ordering::Relaxed) {
                    outbox.send(Message::Opened { generation, result });
                }
            }
            Job::Arrange { generation, analysis, view, previous } => {
                let arrangement = Arc::new(arrange(&analysis, &view, &measurer, previous.as_deref()));
                outbox.send(Message::Arranged { generation, view, arrangement });
            }
            Job::Complete { typed } => {
                let folders = crate::load::folders_like(&typed);
                outbox.send(Message::Completions { typed, folders });
            }
            Job::Write { path, bytes } => {
                let result = crate::save::write_with_folders(&path, &bytes).map_err(|error| error.to_string());
                outbox.send(Message::Written { path, result });
            }
        }
    }
}

fn open(
    path: &Path,
    generation: Generation,
    outbox: &Outbox,
    analyse: &Arc<Analyse>,
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
    let analysis = analyse(&path, &progress, cancel)?;
    let (model, boundaries, verdict) = (&analysis.model, &analysis.boundaries, &analysis.verdict);
    let window = outbox.ctx.content_rect();
    let budget = Budget::for_area(window.width() - BESIDE_MAP.x, window.height() - BESIDE_MAP.y);
    let view = map::initial_expansion(model, boundaries, verdict, budget);
    let arrangement = Arc::new(arrange(&analysis, &view, measurer, None));
    Ok(Box::new(Opened { analysis: Arc::new(analysis), view, arrangement }))
}

fn arrange(analysis: &Analysis, view: &MapView, measurer: &Measurer, previous: Option<&Arrangement>) -> Arrangement {
    map::arrange(&analysis.model, &analysis.boundaries, &analysis.verdict, view, measurer, previous)
}

/// Lets through the first word of each phase, then no more than a person can read.
#[derive(Default)]
struct Throttle {
    last: Mutex<Option<(Phase, Instant)>>,
}

impl Throttle {
    fn lets_through(&self, progress: Progress) -> bool {
        // A poisoned lock means that a reporting thread died; its analysis says why.
        let Ok(mut last) = self.last.lock() else { return false };
        let now = Instant::now();
        let through = match *last {
            Some((phase, at)) => phase != progress.phase || now - at > Duration::from_millis(60),
            None => true,
        };
        if through {
            *last = Some((progress.phase, now));
        }
        through
    }
}
