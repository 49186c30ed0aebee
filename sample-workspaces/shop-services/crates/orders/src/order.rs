//! Orders, open and closed.

use crate::archive::Archive;
use crate::discount::discounted;
use contracts::{Day, OrderId};

/// One order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    pub id: OrderId,
    pub day: Day,
    pub cents: i64,
}

/// All orders.
#[derive(Debug, Default)]
pub struct Orders {
    open: Vec<Order>,
    archive: Archive<Order>,
}

impl Orders {
    /// Takes an order at its discounted price.
    pub fn place(&mut self, id: OrderId, day: Day, cents: i64) -> i64 {
        let cents = discounted(cents);
        self.open.push(Order { id, day, cents });
        cents
    }

    /// Moves what is paid out of the way.
    pub fn close(&mut self, id: OrderId) {
        let (closed, open) = self.open.drain(..).partition(|order| order.id == id);
        self.open = open;
        self.archive.add(closed);
    }

    /// Cents of all orders that are not paid.
    pub fn unpaid_cents(&self) -> i64 {
        self.open.iter().map(|order| order.cents).sum()
    }

    /// The last closed order.
    pub fn last_closed(&self) -> Option<Order> {
        self.archive.last()
    }
}
