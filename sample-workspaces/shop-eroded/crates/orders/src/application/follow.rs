//! What happens elsewhere and moves an order on.

use crate::domain::{OrderRepository, OrderStatus};
use contracts::events::{OrderPaid, ShipmentDispatched};
use contracts::ids::OrderId;
use platform::Bus;
use std::sync::Arc;

pub(super) fn subscribe(bus: &Bus, repository: &Arc<dyn OrderRepository>) {
    let orders = repository.clone();
    bus.subscribe(move |event: &OrderPaid| advance(&*orders, event.order, OrderStatus::Paid));
    let orders = repository.clone();
    bus.subscribe(move |event: &ShipmentDispatched| advance(&*orders, event.order, OrderStatus::Shipped));
}

/// An event may come late or twice: a step that is no longer legal is not taken.
fn advance(orders: &dyn OrderRepository, id: OrderId, to: OrderStatus) {
    if let Some(mut order) = orders.find(id)
        && order.advance(to).is_ok()
    {
        orders.save(order);
    }
}
