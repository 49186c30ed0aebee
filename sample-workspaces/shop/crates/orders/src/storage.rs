//! Orders in memory.

use crate::domain::{Order, OrderRepository};
use contracts::ids::{CustomerId, OrderId};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Default)]
pub(crate) struct OrderTable {
    last_id: AtomicU64,
    rows: Mutex<BTreeMap<OrderId, Order>>,
}

impl OrderTable {
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
