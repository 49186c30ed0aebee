//! What a price may be lowered by.

/// Applies to one line of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discount {
    None,
    /// Per cent of the line, 0 to 100.
    Percent(u8),
    /// Every `buy` pieces one more is free.
    OneFree {
        buy: u32,
    },
}

impl Discount {
    /// The cents that a line of `quantity` pieces at `unit_cents` saves.
    pub fn saving_cents(self, quantity: u32, unit_cents: i64) -> i64 {
        match self {
            Discount::None => 0,
            Discount::Percent(percent) => unit_cents * i64::from(quantity) * i64::from(percent.min(100)) / 100,
            Discount::OneFree { buy } => i64::from(quantity / buy.saturating_add(1)) * unit_cents,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_free_counts_the_free_piece_as_part_of_the_line() {
        let discount = Discount::OneFree { buy: 3 };
        assert_eq!(discount.saving_cents(3, 100), 0);
        assert_eq!(discount.saving_cents(4, 100), 100);
        assert_eq!(discount.saving_cents(8, 100), 200);
    }

    #[test]
    fn no_more_than_all_is_saved() {
        assert_eq!(Discount::Percent(250).saving_cents(2, 100), 200);
    }
}
