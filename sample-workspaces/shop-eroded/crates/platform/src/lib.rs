//! What every boundary may lean on and none owns: the event bus and the clock.

mod bus;
mod clock;

pub use bus::Bus;
pub use clock::{Clock, FixedClock, SystemClock};
