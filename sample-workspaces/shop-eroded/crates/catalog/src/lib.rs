//! What the shop sells and for how much.  Everything that others may name is re-exported here.

mod application;
mod domain;
mod storage;

pub use application::{Catalog, CatalogError};
pub use domain::{Category, Discount, InvalidProduct, Product};
