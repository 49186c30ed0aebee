//! What boundaries say to each other.  Types only: no logic, no state, no dependency.

pub mod data;
pub mod events;
pub mod ids;
