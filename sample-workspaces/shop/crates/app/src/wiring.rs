//! The only place that knows every boundary: makes each and hands it what it needs.

use billing::Billing;
use catalog::{Catalog, Discount};
use contracts::ids::ProductId;
use inventory::Inventory;
use notifications::{MemoryChannel, notify_over};
use orders::Orders;
use platform::{Archive, Bus, Clock, SystemClock};
use shipping::Shipping;
use std::sync::Arc;

/// All boundaries, running.
pub(crate) struct Shop {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) inventory: Arc<Inventory>,
    pub(crate) orders: Arc<Orders>,
    pub(crate) billing: Arc<Billing>,
    pub(crate) shipping: Arc<Shipping>,
    pub(crate) channel: Arc<MemoryChannel>,
    pub(crate) archive: Archive,
}

impl Shop {
    pub(crate) fn in_memory() -> Shop {
        let bus = Arc::new(Bus::default());
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let channel = Arc::new(MemoryChannel::default());
        notify_over(channel.clone(), &bus);

        let catalog = Arc::new(Catalog::in_memory(bus.clone()));
        let inventory = Inventory::in_memory(bus.clone());
        let billing = Billing::in_memory(clock.clone(), bus.clone());
        let shipping = Shipping::in_memory(bus.clone());
        let orders = Arc::new(Orders::in_memory(catalog.clone(), inventory.clone(), clock, bus));
        Shop { catalog, inventory, orders, billing, shipping, channel, archive: Archive::default() }
    }

    pub(crate) fn stock_the_shelves(&self) {
        let shelves = [(1, "Spade", 2900, 1800, 6), (2, "Garden trowel", 900, 400, 40), (3, "Rake", 1900, 1200, 3)];
        for (number, name, unit_cents, unit_grams, pieces) in shelves {
            let product = ProductId(number);
            self.catalog.add(product, name, unit_cents, unit_grams).expect("the shelves above have names and prices");
            self.inventory.receive(product, pieces, 5);
        }
        self.catalog
            .set_discount(ProductId(2), Discount::OneFree { buy: 3 })
            .expect("product 2 is on the shelves above");
    }
}
