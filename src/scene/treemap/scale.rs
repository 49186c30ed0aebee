//! How much is much: the classes that values fall into, and what the legend says of them.
//!
//! In: the values of a picture.  Out: a [`Scale`].  Not here: drawing the legend.

use crate::scene::number::grouped;
use crate::theme::Role;

/// What a colour means, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scale {
    /// What is counted and in which unit, or why nothing is known.
    pub(super) title: String,
    /// From the least to the most.
    pub(super) entries: Vec<(Role, String)>,
}

/// Classes of whole numbers: the largest number of each, ascending; what is larger than all is in the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Classes(Vec<u64>);

/// In percent.
pub(super) const SHARES: [u64; 6] = [0, 5, 10, 25, 50, 100];

/// In hundredths, as equal parts.
pub(super) const FIFTHS: [u64; 5] = [20, 40, 60, 80, 100];

/// As people count them: a week, a month, a quarter, half a year, a year.
pub(super) const DAYS: [u64; 6] = [7, 30, 90, 180, 365, u64::MAX];

impl Classes {
    pub(super) fn fixed(bounds: &[u64]) -> Self {
        Self(bounds.to_vec())
    }

    /// From nothing to the most there is, each class reaching some times further than the one before: most numbers that
    /// code is told by are small, and a few are large.
    pub(super) fn up_to(most: u64) -> Self {
        let steps = (Role::N_HEATS - 1) as u64;
        let mut bounds = vec![0];
        if most <= steps {
            bounds.extend(1..=most);
        } else {
            let step = |step: u64| round((most as f64).powf(step as f64 / steps as f64));
            bounds.extend((1..steps).map(step).filter(|bound| *bound < most));
            bounds.push(most);
            bounds.sort_unstable();
            bounds.dedup();
        }
        Self(bounds)
    }

    /// The class of a number.
    fn of(&self, number: u64) -> usize {
        self.0.partition_point(|bound| *bound < number).min(self.0.len() - 1)
    }

    /// The colour of a number: the classes share the steps there are, the first has the first and the last the last.
    pub(super) fn role(&self, number: u64) -> Role {
        self.role_of(self.of(number))
    }

    fn role_of(&self, class: usize) -> Role {
        let last = self.0.len() - 1;
        let step = if last == 0 { 0.0 } else { (class * (Role::N_HEATS - 1)) as f64 / last as f64 };
        Role::heat(step.round() as usize)
    }

    /// Each class with its colour, `words` telling it by its least and its largest number.
    pub(super) fn entries(&self, words: impl Fn(u64, u64) -> String) -> Vec<(Role, String)> {
        let entry = |(class, bound): (usize, &u64)| {
            let least = if class == 0 { 0 } else { self.0[class - 1] + 1 };
            (self.role_of(class), words(least, *bound))
        };
        self.0.iter().enumerate().map(entry).collect()
    }
}

/// `7`, or `8 to 20`.
pub(super) fn span(least: u64, most: u64) -> String {
    if least == most { grouped(most) } else { format!("{} to {}", grouped(least), grouped(most)) }
}

/// Up to the next number that is easily read: 1, 2, 3 or 5 with noughts.
fn round(number: f64) -> u64 {
    let mut unit = 1;
    loop {
        for digit in [1, 2, 3, 5] {
            // A root that is whole is not met exactly.
            if (digit * unit) as f64 >= number - 1e-6 {
                return digit * unit;
            }
        }
        unit *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_reach_from_nothing_to_the_most_in_numbers_that_are_easily_read() {
        let bounds = |most| Classes::up_to(most).0;
        assert_eq!(bounds(0), [0]);
        assert_eq!(bounds(3), [0, 1, 2, 3]);
        assert_eq!(bounds(300), [0, 5, 10, 50, 100, 300]);
        assert_eq!(bounds(6), [0, 2, 3, 5, 6]);
        assert_eq!(bounds(100_000), [0, 10, 100, 1_000, 10_000, 100_000]);
    }

    #[test]
    fn the_least_is_cold_and_the_most_is_hot_whatever_the_classes() {
        for most in [1, 3, 40, 5000] {
            let classes = Classes::up_to(most);
            assert_eq!((classes.role(0), classes.role(most)), (Role::Heat1, Role::Heat6), "{most}");
        }
        assert_eq!(Classes::up_to(0).role(0), Role::Heat1);
        assert_eq!(Classes::fixed(&DAYS).role(u64::MAX), Role::Heat6);
        assert_eq!(Classes::fixed(&FIFTHS).role(41), Role::Heat4);
    }

    #[test]
    fn entries_name_both_ends() {
        let words: Vec<String> = Classes::up_to(300).entries(span).into_iter().map(|(_, words)| words).collect();
        assert_eq!(words, ["0", "1 to 5", "6 to 10", "11 to 50", "51 to 100", "101 to 300"]);
    }
}
