//! Products in memory.

use crate::domain::{Product, Products};
use contracts::ids::ProductId;
use std::collections::BTreeMap;
use std::sync::RwLock;

#[derive(Default)]
pub(crate) struct MemoryProducts {
    rows: RwLock<BTreeMap<ProductId, Product>>,
}

impl Products for MemoryProducts {
    fn put(&self, product: Product) {
        self.rows.write().expect("no code that panics runs under this lock").insert(product.id, product);
    }

    fn get(&self, id: ProductId) -> Option<Product> {
        self.rows.read().expect("no code that panics runs under this lock").get(&id).cloned()
    }

    fn all(&self) -> Vec<Product> {
        self.rows.read().expect("no code that panics runs under this lock").values().cloned().collect()
    }
}
