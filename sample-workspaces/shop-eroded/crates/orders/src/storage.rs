//! Orders in memory.

use crate::domain::{Order, OrderRepository, OrderStatus};
use contracts::data::Day;
use contracts::ids::{CustomerId, OrderId};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// One line of the order table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRow {
    pub order: OrderId,
    pub customer: CustomerId,
    pub total_cents: i64,
    pub placed_on: Day,
    pub is_cancelled: bool,
}

#[derive(Default)]
pub struct OrderTable {
    last_id: AtomicU64,
    rows: Mutex<BTreeMap<OrderId, Order>>,
}

impl OrderTable {
    /// Every row, by order number.
    pub fn rows(&self) -> Vec<OrderRow> {
        let rows = self.rows.lock().expect("no code that panics runs under this lock");
        rows.values()
            .map(|order| OrderRow {
                order: order.id,
                customer: order.customer,
                total_cents: order.total_cents,
                placed_on: order.placed_on,
                is_cancelled: order.status() == OrderStatus::Cancelled,
            })
            .collect()
    }

    /// Deletes the rows of these orders, whatever their status.
    pub fn purge(&self, orders: &[OrderId]) {
        self.rows.lock().expect("no code that panics runs under this lock").retain(|id, _| !orders.contains(id));
    }

    fn select(&self, wanted: impl Fn(&Order) -> bool) -> Vec<Order> {
        let rows = self.rows.lock().expect("no code that panics runs under this lock");
        rows.values().filter(|order| wanted(order)).cloned().collect()
    }
}

impl OrderRepository for OrderTable {
    fn next_id(&self) -> OrderId {
        OrderId(self.last_id.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn save(&self, order: Order) {
        self.rows.lock().expect("no code that panics runs under this lock").insert(order.id, order);
    }

    fn find(&self, id: OrderId) -> Option<Order> {
        self.rows.lock().expect("no code that panics runs under this lock").get(&id).cloned()
    }

    fn of_customer(&self, customer: CustomerId) -> Vec<Order> {
        self.select(|order| order.customer == customer)
    }

    fn all(&self) -> Vec<Order> {
        self.select(|_| true)
    }
}
