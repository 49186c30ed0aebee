//! Today, as something that can be replaced in a test.

use contracts::data::Day;
use std::time::{SystemTime, UNIX_EPOCH};

const SECONDS_PER_DAY: u64 = 24 * 60 * 60;

pub trait Clock: Send + Sync {
    fn today(&self) -> Day;
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn today(&self) -> Day {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs());
        Day(u32::try_from(seconds / SECONDS_PER_DAY).unwrap_or(u32::MAX))
    }
}

/// The same day for ever.
pub struct FixedClock(pub Day);

impl Clock for FixedClock {
    fn today(&self) -> Day {
        self.0
    }
}
