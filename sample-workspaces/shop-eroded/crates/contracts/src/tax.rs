//! Value added tax.  Lives here because billing and the storefront both show it.

use crate::data::Address;
use std::sync::atomic::{AtomicI64, Ordering};

/// Per cent; set once a year by the back office.
pub static DOMESTIC_PER_CENT: AtomicI64 = AtomicI64::new(21);

/// The tax contained in a gross amount that goes to this address.
pub fn contained_cents(gross_cents: i64, destination: &Address) -> i64 {
    let per_cent = match destination.country.as_str() {
        "NL" => DOMESTIC_PER_CENT.load(Ordering::Relaxed),
        "BE" | "FR" => 21,
        "DE" => 19,
        _ => 0,
    };
    gross_cents * per_cent / (100 + per_cent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_due_outside_the_union() {
        let address = |country: &str| Address {
            name: String::new(),
            street: String::new(),
            city: String::new(),
            country: country.to_owned(),
        };
        assert_eq!(contained_cents(12_100, &address("NL")), 2_100);
        assert_eq!(contained_cents(12_100, &address("CH")), 0);
    }
}
