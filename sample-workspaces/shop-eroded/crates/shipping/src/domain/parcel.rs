//! What goes into one box.

use contracts::data::SoldLine;

/// What one person may lift.
const MAX_GRAMS: u32 = 25_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    pub pieces: u32,
    pub grams: u32,
}

/// Fills parcels piece by piece in the order of the lines; a piece that is too heavy for one person goes alone.
pub fn pack(lines: &[SoldLine]) -> Vec<Parcel> {
    let mut parcels: Vec<Parcel> = Vec::new();
    for line in lines {
        for _ in 0..line.quantity {
            match parcels.last_mut() {
                Some(parcel) if parcel.grams.saturating_add(line.unit_grams) <= MAX_GRAMS => {
                    parcel.pieces += 1;
                    parcel.grams += line.unit_grams;
                }
                _ => parcels.push(Parcel { pieces: 1, grams: line.unit_grams }),
            }
        }
    }
    parcels
}

#[cfg(test)]
mod tests {
    use super::*;
    use contracts::ids::ProductId;

    fn line(quantity: u32, unit_grams: u32) -> SoldLine {
        SoldLine { product: ProductId(1), quantity, unit_cents: 100, unit_grams }
    }

    #[test]
    fn no_parcel_is_heavier_than_one_person_may_lift() {
        let parcels = pack(&[line(3, 10_000), line(2, 2_000)]);
        assert_eq!(parcels, [Parcel { pieces: 2, grams: 20_000 }, Parcel { pieces: 3, grams: 14_000 }]);
    }

    #[test]
    fn a_heavy_piece_goes_alone() {
        assert_eq!(pack(&[line(2, 40_000)]).len(), 2);
    }
}
