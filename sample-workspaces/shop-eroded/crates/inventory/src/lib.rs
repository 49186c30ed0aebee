//! How many pieces of each product there are, and for how many orders they are already spoken for.

mod application;
mod cache;
mod domain;
mod storage;

pub use application::{Inventory, Refusal};
pub use cache::STOCK_CACHE;
pub use domain::Stock;
pub use storage::Shelves;
