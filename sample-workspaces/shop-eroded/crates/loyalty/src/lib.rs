//! Points for regular customers.  Came with the spring campaign; nobody has said yet which part of the shop it is.

use contracts::ids::CustomerId;

/// Cents for which a customer gets one point.
pub const CENTS_PER_POINT: i64 = 1_000;

/// The points for one order; the founding customers get twice as many.
pub fn points(customer: CustomerId, total_cents: i64) -> i64 {
    let factor = if customer.0 < 10 { 2 } else { 1 };
    factor * total_cents / CENTS_PER_POINT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn founding_customers_get_twice_as_many() {
        assert_eq!(points(CustomerId(9), 8_500), 17);
        assert_eq!(points(CustomerId(10), 8_500), 8);
    }
}
