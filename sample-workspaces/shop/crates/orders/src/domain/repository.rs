//! What the domain needs of a place that keeps orders.

use super::order::Order;
use contracts::ids::{CustomerId, OrderId};

pub trait OrderRepository: Send + Sync {
    /// A number no order has had.
    fn next_id(&self) -> OrderId;
    fn save(&self, order: Order);
    fn find(&self, id: OrderId) -> Option<Order>;
    /// By order number.
    fn of_customer(&self, customer: CustomerId) -> Vec<Order>;
    /// By order number.
    fn all(&self) -> Vec<Order>;
}
