//! Plain data inside events and calls.  Amounts are euro cents, weights are grams.

use crate::ids::ProductId;

/// Days since 1 January 1970, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub u32);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub name: String,
    pub street: String,
    pub city: String,
    /// ISO 3166-1 alpha-2, upper case.
    pub country: String,
}

/// One line of an order with the price at which it was sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoldLine {
    pub product: ProductId,
    pub quantity: u32,
    pub unit_cents: i64,
    pub unit_grams: u32,
}
