//! Who hears of what.

use crate::channel::{Channel, Message, Recipient};
use crate::templates;
use contracts::events::{InvoiceIssued, OrderCancelled, OrderPlaced, ProductRepriced, ShipmentDispatched, StockRanLow};
use platform::Bus;
use std::any::Any;
use std::sync::Arc;

/// Sends a message over `channel` for every later event that somebody should hear of.
pub fn notify_over(channel: Arc<dyn Channel>, bus: &Bus) {
    on(bus, &channel, |event: &OrderPlaced| (Recipient::Customer(event.customer), templates::order_placed(event)));
    on(bus, &channel, |event: &OrderCancelled| {
        (Recipient::Customer(event.customer), templates::order_cancelled(event))
    });
    on(bus, &channel, |event: &InvoiceIssued| (Recipient::Customer(event.customer), templates::invoice_issued(event)));
    on(bus, &channel, |event: &ShipmentDispatched| {
        (Recipient::Customer(event.customer), templates::shipment_dispatched(event))
    });
    on(bus, &channel, |event: &StockRanLow| (Recipient::Staff, templates::stock_ran_low(event)));
    on(bus, &channel, |event: &ProductRepriced| (Recipient::Staff, templates::product_repriced(event)));
}

fn on<E: Any>(bus: &Bus, channel: &Arc<dyn Channel>, write: fn(&E) -> (Recipient, String)) {
    let channel = channel.clone();
    bus.subscribe(move |event: &E| {
        let (to, text) = write(event);
        channel.send(Message { to, text });
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::MemoryChannel;
    use contracts::ids::{CustomerId, OrderId, ProductId};

    #[test]
    fn customers_hear_of_their_orders_and_staff_of_the_shelves() {
        let bus = Bus::default();
        let channel = Arc::new(MemoryChannel::default());
        notify_over(channel.clone(), &bus);
        bus.publish(OrderCancelled { order: OrderId(4), customer: CustomerId(9), lines: Vec::new() });
        bus.publish(StockRanLow { product: ProductId(3), left: 1 });
        let recipients: Vec<_> = channel.sent().into_iter().map(|message| message.to).collect();
        assert_eq!(recipients, [Recipient::Customer(CustomerId(9)), Recipient::Staff]);
    }
}
