//! What should be reordered.

use inventory::Inventory;

pub(super) fn to_reorder(inventory: &Inventory) -> Vec<String> {
    inventory
        .running_low()
        .into_iter()
        .map(|(product, free)| format!("reorder product {}: {free} left {}", product.0, scarcity(free)))
        .collect()
}

/// A word for how few are left; the storefront shows the same.
pub(crate) fn scarcity(free: u32) -> &'static str {
    match free {
        0 => "(sold out)",
        1..=3 => "(nearly gone)",
        _ => "",
    }
}
