//! Progress as fast as a person reads.
//!
//! In: every word of progress.  Out: whether to pass it on.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::analysis::{Phase, Progress};

/// Lets through the first word of each phase, then no more than a person can read.
#[derive(Default)]
pub(super) struct Throttle {
    last: Mutex<Option<(Phase, Instant)>>,
}

impl Throttle {
    pub(super) fn lets_through(&self, progress: Progress) -> bool {
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
