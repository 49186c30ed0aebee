//! An order as others see it.

use crate::domain::{Order, OrderStatus};
use contracts::data::Day;
use contracts::ids::{CustomerId, OrderId};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderSummary {
    pub order: OrderId,
    pub customer: CustomerId,
    pub pieces: u32,
    pub total_cents: i64,
    pub placed_on: Day,
    pub status: OrderStatus,
}

impl OrderSummary {
    pub(super) fn of(order: &Order) -> OrderSummary {
        OrderSummary {
            order: order.id,
            customer: order.customer,
            pieces: order.lines.iter().map(|line| line.quantity).sum(),
            total_cents: order.total_cents,
            placed_on: order.placed_on,
            status: order.status(),
        }
    }
}
