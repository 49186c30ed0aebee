//! What customers asked for and how far it got.
//!
//! `domain` knows what an order is and which steps it may take, `application` what can be asked of orders and what
//! happens elsewhere that moves them, `storage` where they are kept.

pub mod application;
pub mod domain;
// Open since the nightly report needs the rows.
pub mod storage;

pub use application::{NotPlaced, OrderRequest, OrderSummary, Orders};
pub use domain::{IllegalStep, OrderStatus};
pub use storage::OrderRow;
