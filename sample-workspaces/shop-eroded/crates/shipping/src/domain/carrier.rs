//! Who brings it.

/// The carriers under contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    Letterbox,
    Van,
    Freight,
}

impl Carrier {
    /// The cheapest carrier that takes a parcel of this weight to this country.
    pub fn for_parcel(grams: u32, country: &str) -> Carrier {
        match (grams, country) {
            (0..=2_000, "NL") => Carrier::Letterbox,
            (0..=30_000, _) => Carrier::Van,
            _ => Carrier::Freight,
        }
    }

    pub fn cost_cents(self, grams: u32) -> i64 {
        let kilograms = i64::from(grams.div_ceil(1000));
        match self {
            Carrier::Letterbox => 425,
            Carrier::Van => 695 + 20 * kilograms,
            Carrier::Freight => 4_900 + 9 * kilograms,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letterbox_is_domestic_and_light() {
        assert_eq!(Carrier::for_parcel(1_800, "NL"), Carrier::Letterbox);
        assert_eq!(Carrier::for_parcel(1_800, "BE"), Carrier::Van);
        assert_eq!(Carrier::for_parcel(2_001, "NL"), Carrier::Van);
    }

    #[test]
    fn a_started_kilogram_costs_like_a_full_one() {
        assert_eq!(Carrier::Van.cost_cents(1_001), Carrier::Van.cost_cents(2_000));
    }
}
