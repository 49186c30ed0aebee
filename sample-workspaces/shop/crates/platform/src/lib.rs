//! What every boundary may lean on and none owns: the event bus, the clock and the archive.

mod archive;
mod bus;
mod clock;

pub use archive::Archive;
pub use bus::Bus;
pub use clock::{Clock, FixedClock, SystemClock};
