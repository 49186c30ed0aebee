//! What day it is.  Somebody needed the day of an order, too.

use orders::Order;

/// Whether an order is older than a month.
pub fn is_old(order: &Order, today: u32) -> bool {
    today.saturating_sub(order.day.0) > 31
}

/// The day on which the books are closed.
pub fn closing_day(today: u32) -> u32 {
    today - today % 31
}
