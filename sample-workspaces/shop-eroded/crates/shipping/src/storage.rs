//! Deliveries in memory: those that wait for a payment and those that have left.

use crate::domain::{Delivery, Shipment};
use contracts::ids::{OrderId, ShipmentId};
use std::collections::BTreeMap;
use std::sync::Mutex;

#[derive(Default)]
pub(crate) struct Depot {
    waiting: Mutex<BTreeMap<OrderId, Delivery>>,
    sent: Mutex<Vec<Shipment>>,
}

impl Depot {
    pub(crate) fn hold(&self, delivery: Delivery) {
        self.waiting.lock().expect("no code that panics runs under this lock").insert(delivery.order, delivery);
    }

    /// Each delivery can be taken once.
    pub(crate) fn take(&self, order: OrderId) -> Option<Delivery> {
        self.waiting.lock().expect("no code that panics runs under this lock").remove(&order)
    }

    /// Numbers the shipment and keeps it.
    pub(crate) fn send(&self, delivery: Delivery) -> Shipment {
        let mut sent = self.sent.lock().expect("no code that panics runs under this lock");
        let shipment = Shipment::of(ShipmentId(sent.len() as u64 + 1), delivery);
        sent.push(shipment.clone());
        shipment
    }

    pub(crate) fn of_order(&self, order: OrderId) -> Option<Shipment> {
        let sent = self.sent.lock().expect("no code that panics runs under this lock");
        sent.iter().find(|shipment| shipment.order == order).cloned()
    }
}
