//! How many pieces of each product there are, and for how many orders they are already spoken for.

mod application;
mod domain;
mod storage;

pub use application::{Inventory, Refusal};
