//! What customers asked for and how far it got.
//!
//! `domain` knows what an order is and which steps it may take, `application` what can be asked of orders and what
//! happens elsewhere that moves them, `storage` where they are kept.  Only what is re-exported here is for others.

mod application;
mod domain;
mod storage;

pub use application::{NotPlaced, OrderRequest, OrderSummary, Orders};
pub use domain::{IllegalStep, OrderStatus};
