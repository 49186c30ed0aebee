//! Products and prices, without a word about where they are kept.

mod discount;
mod pricing;
mod product;

pub use discount::Discount;
pub use pricing::{line_cents, reprice};
pub use product::{Category, InvalidProduct, Product, Products};
