//! Stock and reservations of one product.

use crate::storage::DEFAULT_LOW_MARK;
use contracts::ids::{OrderId, ProductId};
use std::collections::BTreeMap;

/// The pieces of one product in the warehouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stock {
    pub product: ProductId,
    pub on_hand: u32,
    /// Below this many free pieces somebody should reorder.
    pub low_mark: u32,
    reserved: BTreeMap<OrderId, u32>,
}

impl Stock {
    pub fn new(product: ProductId, low_mark: u32) -> Stock {
        Stock { product, on_hand: 0, low_mark, reserved: BTreeMap::new() }
    }

    /// A product nobody has said anything about yet.
    pub fn unknown(product: ProductId) -> Stock {
        Stock::new(product, DEFAULT_LOW_MARK)
    }

    pub fn receive(&mut self, pieces: u32) {
        self.on_hand = self.on_hand.saturating_add(pieces);
    }

    /// Pieces that are neither sold nor reserved.
    pub fn free(&self) -> u32 {
        self.on_hand - self.reserved.values().sum::<u32>()
    }

    pub fn is_low(&self) -> bool {
        self.free() < self.low_mark
    }

    /// False, and nothing changed, when there are too few pieces.
    pub fn reserve(&mut self, order: OrderId, pieces: u32) -> bool {
        if pieces > self.free() {
            return false;
        }
        *self.reserved.entry(order).or_default() += pieces;
        true
    }

    pub fn release(&mut self, order: OrderId) {
        self.reserved.remove(&order);
    }

    /// The reserved pieces leave the house.
    pub fn ship(&mut self, order: OrderId) {
        if let Some(pieces) = self.reserved.remove(&order) {
            self.on_hand -= pieces;
        }
    }
}

/// Where stock is kept.
pub trait Warehouse: Send + Sync {
    fn get(&self, product: ProductId) -> Option<Stock>;
    fn put(&self, stock: Stock);
    fn all(&self) -> Vec<Stock>;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn five() -> Stock {
        let mut stock = Stock::new(ProductId(1), 2);
        stock.receive(5);
        stock
    }

    #[test]
    fn what_is_reserved_cannot_be_reserved_again() {
        let mut stock = five();
        assert!(stock.reserve(OrderId(1), 4));
        assert!(!stock.reserve(OrderId(2), 2));
        assert_eq!(stock.free(), 1);
    }

    #[test]
    fn a_shipped_reservation_lowers_the_stock_and_a_released_one_does_not() {
        let mut stock = five();
        stock.reserve(OrderId(1), 2);
        stock.reserve(OrderId(2), 2);
        stock.release(OrderId(1));
        stock.ship(OrderId(2));
        assert_eq!((stock.on_hand, stock.free()), (3, 3));
    }
}
