//! The free pieces of each product, for pages that must not wait for the warehouse.

use contracts::ids::ProductId;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// Filled by the warehouse after every reservation; read wherever it is handy.
pub static STOCK_CACHE: Mutex<BTreeMap<ProductId, u32>> = Mutex::new(BTreeMap::new());
