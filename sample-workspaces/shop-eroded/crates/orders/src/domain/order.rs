//! One order.

use super::status::{IllegalStep, OrderStatus};
use contracts::data::{Address, Day, SoldLine};
use contracts::ids::{CustomerId, OrderId};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    pub id: OrderId,
    pub customer: CustomerId,
    pub lines: Vec<SoldLine>,
    /// The sum of the lines after discounts.
    pub total_cents: i64,
    pub destination: Address,
    pub placed_on: Day,
    status: OrderStatus,
}

impl Order {
    pub fn place(
        id: OrderId,
        customer: CustomerId,
        lines: Vec<SoldLine>,
        total_cents: i64,
        destination: Address,
        placed_on: Day,
    ) -> Order {
        Order { id, customer, lines, total_cents, destination, placed_on, status: OrderStatus::Placed }
    }

    pub fn status(&self) -> OrderStatus {
        self.status
    }

    pub fn advance(&mut self, to: OrderStatus) -> Result<(), IllegalStep> {
        self.status = self.status.step(to)?;
        Ok(())
    }
}
