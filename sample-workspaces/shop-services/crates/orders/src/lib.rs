//! What customers asked for.  Everything that did not fit elsewhere has ended up here, too.

mod archive;
mod discount;
mod order;

pub use order::{Order, Orders};
