//! Orders by telephone: the same as in the storefront, typed by us.

use crate::storefront::Visit;
use crate::storefront::checkout::order_and_pay;
use billing::Billing;
use orders::Orders;

pub(super) fn take_order(orders: &Orders, billing: &Billing) -> String {
    match order_and_pay(orders, billing, &Visit::example()) {
        Ok(order) => format!("order {} taken by telephone", order.0),
        Err(reason) => format!("no order by telephone: {reason:?}"),
    }
}
