//! Going through commits on a thread of its own, since it may take minutes, with word of what is found while it is.
//!
//! In: who goes through them, and a cancel flag.  Out: messages: the commits, what is known of some of them at a time, and
//! the end.  Whatever takes long with many commits is done here, so that the window only puts things in their places.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::analyst::{Counter, Historian};
use super::generation::Generation;
use super::mail::Message;
use super::outbox::{Outbox, STACK_BYTES};
use super::throttle::Throttle;
use super::told::{Batch, Told};
use super::trial::Tried;
use crate::analysis::{Listener, Progress};
use crate::history::{Commit, History, Hole, State};
use crate::scene::timeline::Counting;

/// From one batch to the next, at least.
const BETWEEN: Duration = Duration::from_millis(250);

/// Counting what is known takes at most this part of the time.
const PART_FOR_COUNTING: u32 = 10;

/// More commits than this would keep the window from its next frame.
const MOST_AT_ONCE: usize = 4096;

/// `quietly`: only the end is told.
pub(super) fn start(
    generation: Generation,
    historian: Box<Historian>,
    cancel: Arc<AtomicBool>,
    quietly: bool,
    outbox: &Outbox,
) {
    let failed = move |reason| Message::History { generation, result: Err(reason) };
    on_thread("riprap-history", outbox, failed, move |outbox| {
        let teller = Teller { generation, outbox, quietly, throttle: Throttle::default(), draft: Mutex::default() };
        let result = historian(&teller, &cancel);
        if cancel.load(Ordering::Relaxed) {
            teller.tell_rest();
            return;
        }
        let result = result.map(|history| Box::new(Told::new(history, generation)));
        teller.outbox.send(Message::History { generation, result });
    });
}

/// With another riprap.toml, whose text this is.
pub(super) fn try_rules(
    generation: Generation,
    historian: Box<Historian>,
    text: String,
    cancel: Arc<AtomicBool>,
    outbox: &Outbox,
) {
    let failed = move |reason| Message::Tried { generation, result: Err(reason) };
    on_thread("riprap-trial", outbox, failed, move |outbox| {
        let throttle = Throttle::default();
        let progress = |progress: Progress| {
            if throttle.lets_through(progress) {
                outbox.send(Message::TrialProgress { generation, progress });
            }
        };
        let result = historian(&progress, &cancel);
        let result = result.map(|history| Box::new(Tried::new(&history, text, generation)));
        outbox.send(Message::Tried { generation, result });
    });
}

/// How often files change.
pub(super) fn count(generation: Generation, counter: Box<Counter>, cancel: Arc<AtomicBool>, outbox: &Outbox) {
    let failed = move |reason| Message::Churned { generation, result: Err(reason) };
    on_thread("riprap-churn", outbox, failed, move |outbox| {
        let result = counter(&cancel).map(Arc::new);
        outbox.send(Message::Churned { generation, result });
    });
}

/// `failed` is what to say where no thread can be had.
fn on_thread(
    name: &str,
    outbox: &Outbox,
    failed: impl FnOnce(String) -> Message,
    work: impl FnOnce(Outbox) + Send + 'static,
) {
    let thread = std::thread::Builder::new().name(name.to_owned()).stack_size(STACK_BYTES);
    let own = outbox.clone();
    if let Err(error) = thread.spawn(move || work(own)) {
        outbox.send(failed(format!("no thread could be started: {error}")));
    }
}

/// Tells the window what is found.
struct Teller {
    generation: Generation,
    outbox: Outbox,
    quietly: bool,
    throttle: Throttle,
    /// `None` before the commits are listed.
    draft: Mutex<Option<Draft>>,
}

/// What was found so far, and what of it was not told.
struct Draft {
    counting: Counting,
    found: Vec<(usize, Result<State, Hole>)>,
    due: Instant,
}

impl Listener for Teller {
    fn progress(&self, progress: Progress) {
        if self.throttle.lets_through(progress) {
            self.outbox.send(Message::CommitsLookedAt { generation: self.generation, progress });
        }
    }

    fn listed(&self, history: &History, commits: &[Commit]) {
        if self.quietly {
            return;
        }
        let counting = Counting::begin(history, commits);
        let told = Told::begin(history.clone(), commits, counting.course(), self.generation);
        self.outbox.send(Message::CommitsListed { generation: self.generation, told: Box::new(told) });
        let draft = Draft { counting, found: Vec::new(), due: Instant::now() + BETWEEN };
        *self.draft.lock().unwrap_or_else(PoisonError::into_inner) = Some(draft);
    }

    fn found(&self, at: usize, found: &Result<State, Hole>) {
        let mut draft = self.draft.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(draft) = &mut *draft else { return };
        draft.counting.enter(at, found);
        draft.found.push((at, found.clone()));
        if draft.found.len() >= MOST_AT_ONCE || draft.due <= Instant::now() {
            self.tell(draft);
        }
    }
}

impl Teller {
    fn tell(&self, draft: &mut Draft) {
        let begun = Instant::now();
        let batch = Box::new(Batch::new(std::mem::take(&mut draft.found), draft.counting.course()));
        self.outbox.send(Message::CommitsFound { generation: self.generation, batch });
        draft.due = Instant::now() + BETWEEN.max(begun.elapsed() * PART_FOR_COUNTING);
    }

    fn tell_rest(&self) {
        let mut draft = self.draft.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(draft) = draft.as_mut().filter(|draft| !draft.found.is_empty()) {
            self.tell(draft);
        }
    }
}
