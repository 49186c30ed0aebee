//! Orders as another boundary meets them: through the crate's root alone.

use catalog::Catalog;
use contracts::data::{Address, Day};
use contracts::events::{OrderPaid, OrderPlaced};
use contracts::ids::{CustomerId, ProductId};
use inventory::Inventory;
use orders::{NotPlaced, OrderRequest, OrderStatus, Orders};
use platform::{Bus, FixedClock};
use std::sync::{Arc, Mutex};

const SPADE: ProductId = ProductId(1);

fn shop() -> (Arc<Bus>, Orders) {
    let bus = Arc::new(Bus::default());
    let catalog = Arc::new(Catalog::in_memory(bus.clone()));
    catalog.add(SPADE, "Spade", 2900, 1800).unwrap();
    let inventory = Inventory::in_memory(bus.clone());
    inventory.receive(SPADE, 3, 0);
    let orders = Orders::in_memory(catalog, inventory, Arc::new(FixedClock(Day(20_000))), bus.clone());
    (bus, orders)
}

fn request(pieces: u32) -> OrderRequest {
    let destination =
        Address { name: "A. Reader".into(), street: "Quay 1".into(), city: "Delft".into(), country: "NL".into() };
    OrderRequest { customer: CustomerId(9), lines: vec![(SPADE, pieces)], destination }
}

#[test]
fn a_placed_order_is_announced_with_its_prices() {
    let (bus, orders) = shop();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let ears = heard.clone();
    bus.subscribe(move |event: &OrderPlaced| ears.lock().unwrap().push(event.total_cents));
    orders.place(request(2)).unwrap();
    assert_eq!(*heard.lock().unwrap(), [5800]);
}

#[test]
fn what_is_not_there_is_not_sold() {
    let (_, orders) = shop();
    assert_eq!(orders.place(request(4)), Err(NotPlaced::OutOfStock { product: SPADE, free: 3 }));
}

#[test]
fn a_paid_order_can_no_longer_be_cancelled() {
    let (bus, orders) = shop();
    let id = orders.place(request(1)).unwrap();
    bus.publish(OrderPaid { order: id, customer: CustomerId(9) });
    assert!(orders.cancel(id).unwrap().is_err());
    assert_eq!(orders.summary(id).unwrap().status, OrderStatus::Paid);
}
