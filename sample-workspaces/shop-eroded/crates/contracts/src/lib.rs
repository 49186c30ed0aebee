//! What boundaries say to each other, and what several of them needed.

pub mod data;
pub mod events;
pub mod ids;
pub mod tax;
