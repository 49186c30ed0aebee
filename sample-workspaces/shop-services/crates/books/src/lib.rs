//! What was paid.  Asks `orders` for its open sums directly: there is one database, after all.

use contracts::OrderId;
use orders::Orders;

/// Money that came in, and what it was for.
#[derive(Debug, Default)]
pub struct Books {
    orders: Orders,
    paid_cents: i64,
}

impl Books {
    pub fn pay(&mut self, id: OrderId, cents: i64) {
        self.orders.close(id);
        self.paid_cents += cents;
    }

    /// What is paid less what is still owed.
    pub fn balance_cents(&self) -> i64 {
        self.paid_cents - self.orders.unpaid_cents()
    }
}
