//! What can be asked of shipping, and what it does when an order is placed, paid or cancelled.

use crate::domain::{Carrier, Delivery, Shipment};
use crate::storage::Depot;
use catalog::Catalog;
use contracts::events::{OrderCancelled, OrderPaid, OrderPlaced, ShipmentDispatched};
use contracts::ids::{OrderId, ShipmentId};
use platform::Bus;
use std::sync::Arc;

/// A shipment as others see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShipmentView {
    pub shipment: ShipmentId,
    pub carrier: Carrier,
    pub parcels: usize,
    pub cost_cents: i64,
}

pub struct Shipping {
    depot: Depot,
    catalog: Arc<Catalog>,
    bus: Arc<Bus>,
}

impl Shipping {
    /// Nothing to send yet; holds what is ordered and sends it when it is paid.
    pub fn in_memory(catalog: Arc<Catalog>, bus: Arc<Bus>) -> Arc<Shipping> {
        let shipping = Arc::new(Shipping { depot: Depot::default(), catalog, bus: bus.clone() });
        let listener = shipping.clone();
        bus.subscribe(move |event: &OrderPlaced| listener.depot.hold(listener.promised(event)));
        let listener = shipping.clone();
        bus.subscribe(move |event: &OrderPaid| listener.dispatch(event.order));
        let listener = shipping.clone();
        bus.subscribe(move |event: &OrderCancelled| drop(listener.depot.take(event.order)));
        shipping
    }

    pub fn shipment_of(&self, order: OrderId) -> Option<ShipmentView> {
        self.depot.of_order(order).as_ref().map(view)
    }

    fn dispatch(&self, order: OrderId) {
        if let Some(delivery) = self.depot.take(order) {
            let Shipment { id, order, customer, .. } = self.depot.send(delivery);
            self.bus.publish(ShipmentDispatched { shipment: id, order, customer });
        }
    }

    /// The weights in the event were wrong once, so they are looked up again.
    fn promised(&self, event: &OrderPlaced) -> Delivery {
        let mut lines = event.lines.clone();
        for line in &mut lines {
            line.unit_grams = self.catalog.find(line.product).map_or(line.unit_grams, |product| product.unit_grams);
        }
        Delivery { order: event.order, customer: event.customer, lines, destination: event.destination.clone() }
    }
}

fn view(shipment: &Shipment) -> ShipmentView {
    ShipmentView {
        shipment: shipment.id,
        carrier: shipment.carrier,
        parcels: shipment.parcels.len(),
        cost_cents: shipment.cost_cents(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contracts::data::{Address, SoldLine};
    use contracts::ids::{CustomerId, ProductId};

    const ORDER: OrderId = OrderId(1);
    const CUSTOMER: CustomerId = CustomerId(9);

    fn shipping_with_an_order() -> (Arc<Bus>, Arc<Shipping>) {
        let bus = Arc::new(Bus::default());
        let shipping = Shipping::in_memory(Arc::new(Catalog::in_memory(bus.clone())), bus.clone());
        let lines = vec![SoldLine { product: ProductId(1), quantity: 2, unit_cents: 2900, unit_grams: 900 }];
        let destination =
            Address { name: "A. Reader".into(), street: "Quay 1".into(), city: "Delft".into(), country: "NL".into() };
        bus.publish(OrderPlaced { order: ORDER, customer: CUSTOMER, lines, total_cents: 5800, destination });
        (bus, shipping)
    }

    #[test]
    fn a_paid_order_is_sent_once() {
        let (bus, shipping) = shipping_with_an_order();
        assert_eq!(shipping.shipment_of(ORDER), None);
        bus.publish(OrderPaid { order: ORDER, customer: CUSTOMER });
        bus.publish(OrderPaid { order: ORDER, customer: CUSTOMER });
        let sent = shipping.shipment_of(ORDER).unwrap();
        assert_eq!((sent.shipment, sent.carrier, sent.parcels), (ShipmentId(1), Carrier::Letterbox, 1));
    }

    #[test]
    fn a_cancelled_order_is_never_sent() {
        let (bus, shipping) = shipping_with_an_order();
        bus.publish(OrderCancelled { order: ORDER, customer: CUSTOMER, lines: Vec::new() });
        bus.publish(OrderPaid { order: ORDER, customer: CUSTOMER });
        assert_eq!(shipping.shipment_of(ORDER), None);
    }
}
