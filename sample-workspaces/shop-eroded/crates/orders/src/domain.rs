//! What an order is and which steps it may take.

mod basket;
mod order;
mod repository;
mod status;

pub use basket::Basket;
pub use order::Order;
pub use repository::OrderRepository;
pub use status::{IllegalStep, OrderStatus};
