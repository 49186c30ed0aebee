//! Stock in memory.

use crate::domain::{Stock, Warehouse};
use contracts::ids::ProductId;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// What the table's column defaults to.
pub(crate) const DEFAULT_LOW_MARK: u32 = 0;

/// The shelves themselves.
pub type Shelves = Arc<Mutex<BTreeMap<ProductId, Stock>>>;

#[derive(Default)]
pub(crate) struct MemoryWarehouse {
    pub(crate) shelves: Shelves,
}

impl Warehouse for MemoryWarehouse {
    fn get(&self, product: ProductId) -> Option<Stock> {
        self.shelves.lock().expect("no code that panics runs under this lock").get(&product).cloned()
    }

    fn put(&self, stock: Stock) {
        self.shelves.lock().expect("no code that panics runs under this lock").insert(stock.product, stock);
    }

    fn all(&self) -> Vec<Stock> {
        self.shelves.lock().expect("no code that panics runs under this lock").values().cloned().collect()
    }
}
