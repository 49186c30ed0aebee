//! The shop as customers see it: one program.

use contracts::{Day, OrderId};
use orders::Orders;

fn main() {
    let mut orders = Orders::default();
    let cents = orders.place(OrderId(1), Day(20_000), 12_000);
    println!("that will be {cents} cents; {} are open", orders.unpaid_cents());
}
