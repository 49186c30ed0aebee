//! Facts that have happened.  Each is published by the boundary named above it and by no other.

use crate::data::{Address, SoldLine};
use crate::ids::{CustomerId, InvoiceId, OrderId, ProductId, ShipmentId};

/// Published by catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductRepriced {
    pub product: ProductId,
    pub old_cents: i64,
    pub new_cents: i64,
}

/// Published by inventory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockRanLow {
    pub product: ProductId,
    pub left: u32,
}

/// Published by orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderPlaced {
    pub order: OrderId,
    pub customer: CustomerId,
    pub lines: Vec<SoldLine>,
    pub total_cents: i64,
    pub destination: Address,
}

/// Published by orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderCancelled {
    pub order: OrderId,
    pub customer: CustomerId,
    pub lines: Vec<SoldLine>,
}

/// Published by billing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceIssued {
    pub invoice: InvoiceId,
    pub order: OrderId,
    pub customer: CustomerId,
    pub total_cents: i64,
}

/// Published by billing when nothing is open on an order any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderPaid {
    pub order: OrderId,
    pub customer: CustomerId,
}

/// Published by shipping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShipmentDispatched {
    pub shipment: ShipmentId,
    pub order: OrderId,
    pub customer: CustomerId,
}
