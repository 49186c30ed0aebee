//! The one place where a price is computed or changed.

use super::discount::Discount;
use super::product::Product;

/// A price may be changed to no less than half and no more than twice what it was; typing errors rarely stay inside.
const STEP_LIMIT: i64 = 2;

/// The price of `quantity` pieces after the product's discount.
pub fn line_cents(product: &Product, quantity: u32) -> i64 {
    let discount = match product.discount {
        Discount::None => Discount::seasonal(product),
        agreed => agreed,
    };
    product.unit_cents * i64::from(quantity) - discount.saving_cents(quantity, product.unit_cents)
}

/// The product at its new price, or nothing if the step is implausible.
pub fn reprice(product: &Product, unit_cents: i64) -> Option<Product> {
    let plausible = product.unit_cents / STEP_LIMIT..=product.unit_cents * STEP_LIMIT;
    (unit_cents > 0 && plausible.contains(&unit_cents)).then(|| Product { unit_cents, ..product.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use contracts::ids::ProductId;

    fn trowel() -> Product {
        Product::new(ProductId(1), "Trowel", 900, 400).unwrap()
    }

    #[test]
    fn the_discount_comes_off_the_line() {
        let product = Product { discount: Discount::Percent(10), ..trowel() };
        assert_eq!(line_cents(&product, 2), 1620);
    }

    #[test]
    fn a_slipped_decimal_point_is_refused() {
        assert!(reprice(&trowel(), 9000).is_none());
        assert_eq!(reprice(&trowel(), 990).unwrap().unit_cents, 990);
    }
}
