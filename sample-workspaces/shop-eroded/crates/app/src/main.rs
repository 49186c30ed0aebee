//! The shop as one program.  Starts the boundaries, then plays one morning: a customer orders, pays and is sent a
//! parcel, and the back office looks at the day.

mod backoffice;
mod storefront;
mod wiring;

use backoffice::Desk;
use storefront::{Counter, Visit};
use wiring::Shop;

fn main() {
    let shop = Shop::in_memory();
    shop.stock_the_shelves();

    let counter = Counter::new(shop.catalog.clone(), shop.orders.clone(), shop.billing.clone(), shop.shipping.clone());
    for line in counter.visit(&Visit::example()) {
        println!("{line}");
    }

    let desk = Desk::new(shop.inventory.clone(), shop.orders.clone(), shop.billing.clone());
    for line in desk.day_sheet() {
        println!("{line}");
    }

    for message in shop.channel.sent() {
        println!("{:?}: {}", message.to, message.text);
        shop.archive.keep(&message.text);
    }

    let jobs = [shipping::renew];
    println!("{} job for the night", jobs.len());
}
