//! What the timeline shows: a history, a cursor on it, and which commit the other views show.
//!
//! In: what `execute` writes.  Out: what the views read.  Not here: going through commits (`worker`), and what the chart
//! looks like (`scene`).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::generation::Generation;
use super::told::Told;
use crate::analysis::{Analysis, Progress};
use crate::history::CommitId;
use crate::scene::number::grouped;
use crate::scene::timeline::{Axis, Marks, Span};

/// As many of the newest commits as a person may ask for instead of all.
pub(crate) const STRETCHES: [Option<usize>; 3] = [None, Some(500), Some(100)];

pub(crate) fn stretch_label(last: Option<usize>) -> String {
    last.map_or_else(|| "All commits".to_owned(), |last| format!("The last {} commits", grouped(last as u64)))
}

/// A cursor that rests so long means its commit, in seconds.
const REST_SECS: f64 = 0.3;

#[derive(Debug, Default)]
pub(crate) struct Timeline {
    /// As far as the commits were gone through.
    pub(crate) told: Option<Told>,
    /// The commits are being gone through.
    pub(crate) running: Option<Running>,
    /// Why there is no history: what is wrong in the first line, then what to do.
    pub(crate) failed: Option<String>,
    /// The commits shall be gone through again once nobody does: there are others, or somebody wants to go on.
    pub(crate) again: bool,
    /// Somebody wants to know what the commits tell, without looking at the timeline.
    pub(crate) wanted: bool,
    /// Only so many of the newest commits.
    pub(crate) last: Option<usize>,
    pub(crate) axis: Axis,
    pub(crate) span: Span,
    /// Of the chart in the window, in points; `None` before it was shown.
    pub(crate) size: Option<(f32, f32)>,
    pub(crate) marks: Marks,
    /// When the next step is due while it plays, in egui's seconds.
    pub(crate) playing: Option<f64>,
    pub(crate) rewind: Rewind,
}

/// Ends what it stands for when it is dropped.
#[derive(Debug)]
pub(crate) struct Running {
    pub(crate) generation: Generation,
    pub(crate) progress: Option<Progress>,
    /// What is told stays until all is known.
    pub(crate) quietly: bool,
    cancel: Arc<AtomicBool>,
}

/// Which commit the other views show instead of the files on disk.
#[derive(Debug, Default)]
pub(crate) struct Rewind {
    /// The files on disk, while a commit is shown.
    pub(crate) present: Option<Arc<Analysis>>,
    /// What the views shall show: a commit, or `None` for the files on disk; and from when on, in egui's seconds.
    wanted: Option<(Option<CommitId>, f64)>,
    /// What is being analysed or arranged, and for what.
    pub(crate) running: Option<(Generation, Option<CommitId>)>,
    /// A commit that could not be shown, and why.
    pub(crate) failed: Option<(CommitId, String)>,
}

impl Running {
    pub(crate) fn new(generation: Generation, quietly: bool) -> (Self, Arc<AtomicBool>) {
        let cancel = Arc::new(AtomicBool::new(false));
        (Self { generation, progress: None, quietly, cancel: Arc::clone(&cancel) }, cancel)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.cancel.store(true, Ordering::Relaxed);
    }
}

impl Rewind {
    /// The other views shall follow, once nothing else is wanted for a while.
    pub(crate) fn want(&mut self, commit: Option<CommitId>, now: f64) {
        self.wanted = Some((commit, now + if commit.is_some() { REST_SECS } else { 0.0 }));
    }

    /// At once.
    pub(crate) fn hurry(&mut self) {
        if let Some((_, due)) = &mut self.wanted {
            *due = 0.0;
        }
    }

    /// What shall be shown now; it is no longer wanted then.
    pub(crate) fn due(&mut self, now: f64) -> Option<Option<CommitId>> {
        let is_due = self.running.is_none() && self.wanted.is_some_and(|(_, due)| due <= now);
        is_due.then(|| self.wanted.take().map(|(commit, _)| commit)).flatten()
    }

    /// In how many seconds something is due.
    pub(crate) fn pause(&self, now: f64) -> Option<f64> {
        self.wanted.map(|(_, due)| (due - now).max(0.0))
    }

    pub(crate) fn is_pending(&self) -> bool {
        self.wanted.is_some() || self.running.is_some()
    }

    /// The files on disk are wanted, or on their way.
    pub(crate) fn is_returning(&self) -> bool {
        self.wanted.is_some_and(|(to, _)| to.is_none()) || self.running.is_some_and(|(_, to)| to.is_none())
    }

    /// A commit is shown, or will be.
    pub(crate) fn is_away(&self) -> bool {
        self.present.is_some() || self.running.is_some_and(|(_, to)| to.is_some())
    }
}

impl Timeline {
    /// Another history in place of the one before; what is looked at stays where it is.  Gives the one before.
    pub(crate) fn tell(&mut self, told: Told) -> Option<Told> {
        if let Some(before) = &self.told {
            let like = |step: Option<usize>| step.and_then(|step| told.step_like(before, step));
            self.marks = Marks { cursor: like(self.marks.cursor), picked: self.marks.picked.map(like) };
            self.span = told.span_like(before, self.axis, self.span);
        }
        self.told.replace(told)
    }

    /// It ended before everything was known.
    pub(crate) fn is_stopped(&self) -> bool {
        self.running.is_none() && self.told.as_ref().is_some_and(|told| !told.is_whole())
    }

    /// The two commits that were picked, the older one first.
    pub(crate) fn pair(&self) -> Option<(CommitId, CommitId)> {
        let told = self.told.as_ref()?;
        let [Some(one), Some(other)] = self.marks.picked else { return None };
        let (old, new) = (one.min(other), one.max(other));
        Some((told.commit(old)?.id, told.commit(new)?.id))
    }

    /// Picks a commit for a comparison, or lets it go; a third one takes the place of the first.
    pub(crate) fn pick(&mut self, step: usize) {
        let picked = &mut self.marks.picked;
        *picked = match *picked {
            [Some(a), b] if a == step => [b, None],
            [a, Some(b)] if b == step => [a, None],
            [None, _] => [Some(step), None],
            [Some(a), None] => [Some(a), Some(step)],
            [Some(_), Some(b)] => [Some(b), Some(step)],
        };
    }

    /// Shows the whole axis.
    pub(crate) fn set_axis(&mut self, axis: Axis) {
        self.axis = axis;
        self.span = Span::default();
    }

    /// Shows the commit at the cursor, if it is out of sight.
    pub(crate) fn reveal_cursor(&mut self) {
        if let (Some(told), Some(cursor)) = (&self.told, self.marks.cursor) {
            self.span = self.span.showing(told.course.part_of(self.axis, cursor));
        }
    }

    /// The step that is so many commits, or changes of violations, from the cursor.
    pub(crate) fn stepped(&self, step: Step) -> Option<usize> {
        let told = self.told.as_ref()?;
        let last = told.course.steps.len().checked_sub(1)?;
        let cursor = self.marks.cursor;
        Some(match step {
            Step::First => 0,
            Step::Last => last,
            Step::Earlier => cursor.map_or(last, |cursor| cursor.saturating_sub(1)),
            Step::Later => cursor.map_or(0, |cursor| (cursor + 1).min(last)),
            Step::EarlierChange => {
                let before = told.changes.partition_point(|change| cursor.is_none_or(|cursor| *change < cursor));
                *told.changes.get(before.checked_sub(1)?)?
            }
            Step::LaterChange => {
                let after = told.changes.partition_point(|change| cursor.is_some_and(|cursor| *change <= cursor));
                *told.changes.get(after)?
            }
        })
    }
}

/// What hands do on the chart and beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum OnTimeline {
    /// Puts the cursor on a commit, by its step.
    PointAt(usize),
    /// Picks a commit for a comparison, or lets it go, by its step.
    Pick(usize),
    /// Shows a part of the axis.
    Show(Span),
    SetAxis(Axis),
    /// The chart has another size.
    Fill(f32, f32),
    /// Goes through so many of the newest commits, or through all.
    GoThrough(Option<usize>),
    /// Goes on where it was stopped.
    GoOn,
    /// Goes through the commits while other views are looked at.
    Ask,
}

/// A way along the commits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    First,
    Last,
    Earlier,
    Later,
    EarlierChange,
    LaterChange,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_pick_takes_the_place_of_the_first_and_the_same_again_lets_go() {
        let mut timeline = Timeline::default();
        let mut pick = |step| {
            timeline.pick(step);
            timeline.marks.picked
        };
        assert_eq!(pick(4), [Some(4), None]);
        assert_eq!(pick(9), [Some(4), Some(9)]);
        assert_eq!(pick(7), [Some(9), Some(7)]);
        assert_eq!(pick(9), [Some(7), None]);
        assert_eq!(pick(7), [None, None]);
    }

    #[test]
    fn a_commit_is_due_once_the_cursor_rests_and_nothing_runs() {
        let mut rewind = Rewind::default();
        let commit = CommitId::new(&[1; 20]);
        rewind.want(Some(commit), 10.0);
        assert_eq!(rewind.due(10.1), None);
        rewind.running = Some((1, None));
        assert_eq!(rewind.due(11.0), None);
        rewind.running = None;
        assert_eq!(rewind.due(11.0), Some(Some(commit)));
        assert!(!rewind.is_pending());
        rewind.want(None, 12.0);
        assert_eq!(rewind.due(12.0), Some(None));
    }
}
