//! Reaches into the rows of orders, as tests do.

use contracts::data::Day;
use contracts::ids::{CustomerId, OrderId};
use notifications::{Message, Recipient};
use orders::storage::OrderRow;

#[test]
fn a_reminder_is_signed() {
    let row = OrderRow {
        order: OrderId(1),
        customer: CustomerId(9),
        total_cents: 5800,
        placed_on: Day(20_000),
        is_cancelled: false,
    };
    let message = Message { to: Recipient::Customer(row.customer), text: format!("Order {} is open.", row.order.0) };
    assert_eq!(message.signed(), "Order 1 is open.\nYour shop");
}
