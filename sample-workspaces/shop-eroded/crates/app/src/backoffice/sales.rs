//! How much was sold.

use orders::{OrderStatus, OrderSummary};

pub(super) fn turnover(orders: &[OrderSummary]) -> String {
    let sold: Vec<_> = orders.iter().filter(|order| order.status != OrderStatus::Cancelled).collect();
    let cents: i64 = sold.iter().map(|order| order.total_cents).sum();
    format!("{} orders, {cents} ct", sold.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use contracts::data::Day;
    use contracts::ids::{CustomerId, OrderId};

    #[test]
    fn a_cancelled_order_is_not_turnover() {
        let order = |status| OrderSummary {
            order: OrderId(1),
            customer: CustomerId(1),
            pieces: 1,
            total_cents: 500,
            placed_on: Day(0),
            status,
        };
        assert_eq!(turnover(&[order(OrderStatus::Paid), order(OrderStatus::Cancelled)]), "1 orders, 500 ct");
    }
}
