//! Stock in memory.

use crate::domain::{Stock, Warehouse};
use contracts::ids::ProductId;
use std::collections::BTreeMap;
use std::sync::Mutex;

#[derive(Default)]
pub(crate) struct MemoryWarehouse {
    shelves: Mutex<BTreeMap<ProductId, Stock>>,
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
