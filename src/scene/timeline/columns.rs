//! Commits as columns of one point: what is finer would be a blur.
//!
//! In: a course and its frame.  Out: for each column the commits that begin in it, and the one that is shown for them.
//! Not here: drawing.

use std::ops::Range;

use super::axis::Frame;
use super::course::{Course, Known};

/// As wide as a column is, in points.
pub(super) const WIDTH: f32 = 1.0;

/// The commits that begin in a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// Those that begin in it; empty where nothing was committed.
    pub(super) steps: Range<usize>,
    /// The worst of those that were looked at, so that no spike is lost; in the last column the newest.  Where none begins,
    /// the one before.
    pub(super) shown: usize,
    /// `Never` if at least one of them is a hole, or the one before is, which lasts; `NotYet` if all are.
    pub(super) known: Known,
}

/// One column after the other, from left to right; none without steps.
pub(super) fn columns(course: &Course, frame: &Frame) -> Vec<Column> {
    let n = (frame.plot.width() / WIDTH).floor().max(0.0) as usize;
    if course.steps.is_empty() {
        return Vec::new();
    }
    let left = |column: usize| frame.plot.min.x + column as f32 * WIDTH;
    let mut end = frame.steps_between(course, left(0), left(0)).start;
    let mut columns = Vec::with_capacity(n);
    for index in 0..n {
        // Each begins where the one before ends: rounding neither loses a commit nor shows one twice.
        let next = frame.steps_between(course, left(index + 1), left(index + 1)).start.max(end);
        let steps = end..next;
        end = next;
        let before = steps.start.saturating_sub(1);
        let known = |step: &usize| course.steps[*step].known;
        let is_last = steps.end == course.steps.len();
        let rank =
            |step: &usize| (known(step) != Known::NotYet, if is_last { 0 } else { course.steps[*step].total }, *step);
        let shown = steps.clone().max_by_key(rank).unwrap_or(before);
        let known = if steps.clone().any(|step| known(&step) == Known::Never) { Known::Never } else { known(&shown) };
        columns.push(Column { steps, shown, known });
    }
    columns
}

/// The most commits that share a column.
pub(super) fn most_shared(columns: &[Column]) -> usize {
    columns.iter().map(|column| column.steps.len()).max().unwrap_or_default()
}

/// Ranges of columns that are alike, one after the other.
pub(super) fn runs<K: PartialEq>(columns: &[Column], key: impl Fn(&Column) -> K) -> Vec<(Range<usize>, K)> {
    let mut runs: Vec<(Range<usize>, K)> = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        let key = key(column);
        match runs.last_mut() {
            Some((range, last)) if *last == key => range.end = index + 1,
            _ => runs.push((index..index + 1, key)),
        }
    }
    runs
}
