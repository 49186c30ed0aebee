//! What is to be ordered, before it has prices.

use contracts::ids::ProductId;
use std::collections::BTreeMap;

/// More pieces of one product are a matter for the wholesale desk.
const MAX_PIECES: u32 = 50;

/// Products and pieces, each product once, in a stable order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Basket {
    pieces: BTreeMap<ProductId, u32>,
}

impl Basket {
    /// Adds the lines up; `None` if nothing remains or a product exceeds `MAX_PIECES`.
    pub fn of(lines: &[(ProductId, u32)]) -> Option<Basket> {
        let mut pieces: BTreeMap<ProductId, u32> = BTreeMap::new();
        for &(product, quantity) in lines.iter().filter(|(_, quantity)| *quantity > 0) {
            let sum = pieces.entry(product).or_default();
            *sum = sum.saturating_add(quantity);
        }
        let acceptable = !pieces.is_empty() && pieces.values().all(|&quantity| quantity <= MAX_PIECES);
        acceptable.then_some(Basket { pieces })
    }

    pub fn lines(&self) -> Vec<(ProductId, u32)> {
        self.pieces.iter().map(|(&product, &quantity)| (product, quantity)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_asked_for_twice_is_one_line() {
        let basket = Basket::of(&[(ProductId(2), 1), (ProductId(1), 1), (ProductId(2), 3)]).unwrap();
        assert_eq!(basket.lines(), [(ProductId(1), 1), (ProductId(2), 4)]);
    }

    #[test]
    fn an_empty_or_a_wholesale_basket_is_refused() {
        assert_eq!(Basket::of(&[(ProductId(1), 0)]), None);
        assert_eq!(Basket::of(&[(ProductId(1), MAX_PIECES), (ProductId(1), 1)]), None);
    }
}
