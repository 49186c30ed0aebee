//! What should be reordered.

use catalog::Catalog;
use inventory::Inventory;

pub(super) fn to_reorder(catalog: &Catalog, inventory: &Inventory) -> Vec<String> {
    inventory
        .running_low()
        .into_iter()
        .map(|(product, free)| {
            let name = catalog.find(product).map_or_else(|| format!("product {}", product.0), |found| found.name);
            format!("reorder {name}: {free} left")
        })
        .collect()
}
