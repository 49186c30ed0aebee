//! The life of an order.

/// `Placed` → `Paid` → `Shipped`; a placed order may be cancelled, a paid one may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrderStatus {
    Placed,
    Paid,
    Shipped,
    Cancelled,
}

/// A step that an order in this status may not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IllegalStep {
    pub from: OrderStatus,
    pub to: OrderStatus,
}

impl OrderStatus {
    pub fn step(self, to: OrderStatus) -> Result<OrderStatus, IllegalStep> {
        match (self, to) {
            (OrderStatus::Placed, OrderStatus::Paid | OrderStatus::Cancelled)
            | (OrderStatus::Paid, OrderStatus::Shipped) => Ok(to),
            (from, to) => Err(IllegalStep { from, to }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paid_order_cannot_be_cancelled() {
        assert!(OrderStatus::Placed.step(OrderStatus::Cancelled).is_ok());
        let refused = IllegalStep { from: OrderStatus::Paid, to: OrderStatus::Cancelled };
        assert_eq!(OrderStatus::Paid.step(OrderStatus::Cancelled), Err(refused));
    }

    #[test]
    fn nothing_follows_a_shipped_order() {
        for to in [OrderStatus::Placed, OrderStatus::Paid, OrderStatus::Shipped, OrderStatus::Cancelled] {
            assert!(OrderStatus::Shipped.step(to).is_err());
        }
    }
}
