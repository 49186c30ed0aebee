//! What each message says.  One function per event, no state.

use crate::channel::Recipient;
use contracts::events::{InvoiceIssued, OrderCancelled, OrderPlaced, ProductRepriced, ShipmentDispatched, StockRanLow};

pub(crate) fn order_placed(event: &OrderPlaced) -> String {
    let pieces: u32 = event.lines.iter().map(|line| line.quantity).sum();
    format!(
        "Thank you for order {}: {} for {}, to {}.",
        event.order.0,
        plural(pieces, "piece"),
        euros(event.total_cents),
        event.destination.city
    )
}

pub(crate) fn order_cancelled(event: &OrderCancelled) -> String {
    format!("Order {} is cancelled.", event.order.0)
}

pub(crate) fn invoice_issued(event: &InvoiceIssued) -> String {
    format!("Invoice {} for order {}: {}.", event.invoice.0, event.order.0, euros(event.total_cents))
}

pub(crate) fn shipment_dispatched(event: &ShipmentDispatched) -> String {
    format!("Order {} is on its way as shipment {}.", event.order.0, event.shipment.0)
}

pub(crate) fn stock_ran_low(event: &StockRanLow) -> String {
    format!("Only {} left of product {}.", plural(event.left, "piece"), event.product.0)
}

pub(crate) fn product_repriced(event: &ProductRepriced) -> String {
    format!("Product {}: {} instead of {}.", event.product.0, euros(event.new_cents), euros(event.old_cents))
}

pub(crate) fn signature(to: Recipient) -> &'static str {
    match to {
        Recipient::Customer(_) => "Your shop",
        Recipient::Staff => "This message was written by a program.",
    }
}

fn euros(cents: i64) -> String {
    format!("EUR {}.{:02}", cents / 100, cents % 100)
}

fn plural(count: u32, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contracts::ids::ProductId;

    #[test]
    fn one_piece_is_not_pieces() {
        let text = |left| stock_ran_low(&StockRanLow { product: ProductId(3), left });
        assert_eq!(text(1), "Only 1 piece left of product 3.");
        assert_eq!(text(2), "Only 2 pieces left of product 3.");
    }

    #[test]
    fn cents_have_two_digits() {
        assert_eq!(euros(1205), "EUR 12.05");
    }
}
