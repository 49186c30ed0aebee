//! Two revisions read and compared, away from the window.
//!
//! In: two revisions that are known or have to be read, and what was looked at before.  Out: a [`Found`].  Not here: threads
//! (`worker`), and how it is looked at (`comparing`).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::analysis::{Analysis, Progress};
use crate::compare::{Comparison, Side, Union};
use crate::scene::map::comparison::{self, Compared, Difference, Section, differences};
use crate::scene::map::{Arrangement, Budget, MapView};
use crate::theme::Measurer;

/// Reads one revision.  An error is text for a person.
pub type Reading = Box<dyn FnOnce(&(dyn Fn(Progress) + Sync), &AtomicBool) -> Result<Analysis, String> + Send>;

/// One of two revisions.
#[derive(Clone)]
pub(crate) struct Revision {
    pub(crate) name: String,
    pub(crate) analysis: Arc<Analysis>,
}

/// Two revisions and what differs.
pub(crate) struct Pair {
    pub(crate) old: Revision,
    pub(crate) new: Revision,
    pub(crate) comparison: Comparison,
    pub(crate) union: Union,
    pub(crate) differences: Vec<Difference>,
}

impl Pair {
    pub(crate) fn new(old: Revision, new: Revision) -> Self {
        let (before, after) = (old.analysis.document(), new.analysis.document());
        let comparison = Comparison::of((&old.name, &before), (&new.name, &after));
        let union = Union::new(&before, &after, &comparison);
        let differences = differences(&comparison, &union);
        Self { old, new, comparison, union, differences }
    }

    pub(crate) fn of(&self, side: Side) -> &Revision {
        match side {
            Side::Before => &self.old,
            Side::After => &self.new,
        }
    }

    /// The differences of a section, with their numbers.
    pub(crate) fn of_section(&self, section: Section) -> impl Iterator<Item = (usize, &Difference)> {
        self.differences.iter().enumerate().filter(move |(_, it)| it.section == section)
    }
}

/// A revision that shall be compared.
#[derive(Clone)]
pub(crate) enum Wanted {
    /// It was read already.
    Known(Revision),
    /// As git calls it, or `WORKTREE`.
    Revision(String),
}

impl Wanted {
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Known(revision) => &revision.name,
            Self::Revision(name) => name,
        }
    }
}

/// Two revisions to be compared.
pub(crate) struct CompareJob {
    pub(crate) generation: u64,
    pub(crate) old: Wanted,
    pub(crate) new: Wanted,
    pub(crate) cancel: Arc<AtomicBool>,
    /// What was open in the last comparison stays open in the next.
    pub(crate) seen: Option<(Arc<Pair>, MapView)>,
    /// What stood where before.
    pub(crate) previous: Arrangement,
}

/// Two revisions as they are shown first.
pub(crate) struct Found {
    pub(crate) pair: Arc<Pair>,
    pub(crate) view: MapView,
    pub(crate) compared: Arc<Compared>,
}

/// Reads what is not known yet and compares the two; `budget` is for a first look.
///
/// # Errors
/// A revision that cannot be read, in words for a person; and `cancel`.
pub(crate) fn found(
    job: CompareJob,
    old: Option<Reading>,
    new: Option<Reading>,
    budget: Budget,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Box<Found>, String> {
    let CompareJob { cancel, seen, previous, .. } = job;
    let read = |wanted: Wanted, reading: Option<Reading>| match (wanted, reading) {
        (Wanted::Known(revision), _) => Ok(revision),
        (Wanted::Revision(name), Some(reading)) => {
            let analysis = reading(progress, &cancel)?;
            Ok(Revision { name: analysis.called(&name), analysis: Arc::new(analysis) })
        }
        (Wanted::Revision(name), None) => Err(format!("`{name}` cannot be read")),
    };
    let (old, new) = (read(job.old, old)?, read(job.new, new)?);
    if cancel.load(Ordering::Relaxed) {
        return Err("cancelled".to_owned());
    }
    let pair = Arc::new(Pair::new(old, new));
    let view = match seen {
        Some((before, view)) => {
            let open = pair.union.carried_over(view.open.iter().copied(), &before.union);
            MapView { open: open.into_iter().collect(), filter: view.filter, edges: view.edges, ..MapView::default() }
        }
        None => comparison::initial_view(&pair.union, budget),
    };
    let compared = Arc::new(comparison::arrange(&pair.union, &view, &Measurer::new(), Some(&previous)));
    Ok(Box::new(Found { pair, view, compared }))
}
