//! What the customer reads.

use catalog::Catalog;
use contracts::ids::OrderId;
use orders::{NotPlaced, OrderStatus, Orders};
use shipping::Shipping;

pub(super) fn shelf(catalog: &Catalog, search: &str) -> Vec<String> {
    catalog.search(search).iter().map(|product| format!("{:<20} {:>8} ct", product.name, product.unit_cents)).collect()
}

pub(super) fn tracking(orders: &Orders, shipping: &Shipping, order: OrderId) -> Option<String> {
    let summary = orders.summary(order)?;
    let step = match summary.status {
        OrderStatus::Placed => "waits for your payment",
        OrderStatus::Paid => "is being packed",
        OrderStatus::Shipped => "is on its way",
        OrderStatus::Cancelled => "is cancelled",
    };
    let parcels = shipping.shipment_of(order).map_or(0, |shipment| shipment.parcels);
    Some(format!("Your order {} {step} ({} pieces, {parcels} parcels)", order.0, summary.pieces))
}

pub(super) fn refusal(reason: &NotPlaced) -> String {
    match reason {
        NotPlaced::UnacceptableBasket => "This basket cannot be ordered.".to_owned(),
        NotPlaced::UnknownProduct(product) => format!("We do not sell product {}.", product.0),
        NotPlaced::OutOfStock { free, .. } => format!("There are only {free} left."),
    }
}
