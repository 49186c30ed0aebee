//! What the customer reads.

use super::checkout::Visit;
use crate::backoffice::shelves::scarcity;
use catalog::{Catalog, Product};
use contracts::ids::OrderId;
use contracts::tax;
use inventory::STOCK_CACHE;
use orders::{NotPlaced, OrderStatus, Orders};
use shipping::Shipping;

pub(super) fn shelf(catalog: &Catalog, search: &str) -> Vec<String> {
    let cache = STOCK_CACHE.lock().expect("no code that panics runs under this lock").clone();
    let line = |product: &Product| {
        let hint = cache.get(&product.id).map_or("", |&free| scarcity(free));
        format!("{:<20} {:>8} ct {hint}", product.name, product.final_cents()).trim_end().to_owned()
    };
    catalog.search(search).iter().map(line).collect()
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

pub(super) fn thanks(orders: &Orders, visit: &Visit, order: OrderId) -> Option<String> {
    let summary = orders.summary(order)?;
    let tax = tax::contained_cents(summary.total_cents, &visit.address);
    let points = loyalty::points(visit.customer, summary.total_cents);
    Some(format!("{} ct, {tax} ct of them tax; {points} points for you", summary.total_cents))
}

pub(super) fn refusal(reason: &NotPlaced) -> String {
    match reason {
        NotPlaced::UnacceptableBasket => "This basket cannot be ordered.".to_owned(),
        NotPlaced::UnknownProduct(product) => format!("We do not sell product {}.", product.0),
        NotPlaced::OwesTooMuch => "Please pay your open invoices first.".to_owned(),
        NotPlaced::OutOfStock { free, .. } => format!("There are only {free} left."),
    }
}
