//! Who goes on where: what follows a commit costs little after it, and much after any other.
//!
//! In: ranges of numbers, and workers that ask one after the other.  Out: each number once, to the worker that had the one
//! before it as long as there is such.  Not here: the work.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// What is left of a worker's numbers is worth a new beginning elsewhere only if it is this much.
const MIN_TAKEN: usize = 48;

/// Numbers for workers.
#[derive(Debug)]
pub(super) struct Shares(Mutex<Left>);

#[derive(Debug)]
struct Left {
    /// Nobody's.
    free: Vec<Range<usize>>,
    /// By worker.
    own: Vec<Range<usize>>,
}

impl Shares {
    pub(super) fn new(ranges: impl IntoIterator<Item = Range<usize>>, workers: usize) -> Self {
        Self(Mutex::new(Left { free: ranges.into_iter().collect(), own: vec![0..0; workers] }))
    }

    /// The next number of a worker: of its own, of what is nobody's, or of the later half of what another one has.
    pub(super) fn next(&self, worker: usize) -> Option<usize> {
        let mut left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Left { free, own } = &mut *left;
        if own[worker].is_empty() {
            own[worker] = longest(free).map(|at| free.swap_remove(at)).or_else(|| {
                let richest = longest(own).filter(|at| own[*at].len() >= MIN_TAKEN)?;
                let middle = own[richest].start + own[richest].len() / 2;
                let later = middle..own[richest].end;
                own[richest].end = middle;
                Some(later)
            })?;
        }
        own[worker].next()
    }

    /// Nobody gets anything more.
    pub(super) fn stop(&self) {
        let mut left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        left.free.clear();
        left.own.fill(0..0);
    }
}

fn longest(ranges: &[Range<usize>]) -> Option<usize> {
    let filled = ranges.iter().enumerate().filter(|(_, range)| !range.is_empty());
    filled.max_by_key(|(at, range)| (range.len(), std::cmp::Reverse(*at))).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_given_once_and_a_worker_goes_on_where_it_was() {
        let shares = Shares::new(vec![3..5, 10..210], 2);
        assert_eq!((shares.next(0), shares.next(0)), (Some(10), Some(11)));
        assert_eq!((shares.next(1), shares.next(1)), (Some(3), Some(4)));
        // The later half of what the other one has.
        assert_eq!(shares.next(1), Some(111));
        let mut given = vec![3, 4, 10, 11, 111];
        while let Some(number) = shares.next(given.len() % 2) {
            given.push(number);
        }
        // What little is left of a share is not worth a beginning.
        given.extend(std::iter::from_fn(|| shares.next(0)));
        given.extend(std::iter::from_fn(|| shares.next(1)));
        given.sort_unstable();
        assert_eq!(given, (3..5).chain(10..210).collect::<Vec<_>>());
    }

    #[test]
    fn after_a_stop_nothing_is_given() {
        let shares = Shares::new(vec![0..9, 20..30], 2);
        shares.next(0);
        shares.stop();
        assert_eq!((shares.next(0), shares.next(1)), (None, None));
    }
}
