//! A number with its name and meaning.
//!
//! In: counts.  Out: [`Measure`]s: counts, or ratios in thousandths, computed on whole numbers so that every machine
//! prints the same.  Not here: which numbers there are.

use std::fmt;

/// What a number is, for a person who reads it.
#[derive(Debug, PartialEq, Eq)]
pub struct Metric {
    /// Of the snapshot document.
    pub key: &'static str,
    /// In the window; sentence case.
    pub name: &'static str,
    /// One line: what it counts, and what more of it means.
    pub meaning: &'static str,
}

/// One number about one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    pub metric: &'static Metric,
    pub value: Value,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    Count(u64),
    Ratio(Ratio),
}

/// A fraction, rounded to the nearest thousandth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ratio {
    pub thousandths: u64,
}

impl Metric {
    pub fn count(&'static self, value: impl TryInto<u64>) -> Measure {
        Measure { metric: self, value: Value::Count(value.try_into().unwrap_or(u64::MAX)) }
    }

    /// None where there is no whole.
    pub fn ratio(&'static self, part: u64, whole: u64) -> Option<Measure> {
        Some(Measure { metric: self, value: Value::Ratio(Ratio::of(u128::from(part), u128::from(whole))?) })
    }
}

impl Ratio {
    /// None where there is no whole.
    pub fn of(part: u128, whole: u128) -> Option<Self> {
        let thousandths = (part * 1000 + whole / 2).checked_div(whole)?;
        Some(Self { thousandths: thousandths.try_into().unwrap_or(u64::MAX) })
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03}", self.thousandths / 1000, self.thousandths % 1000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_rounded_to_the_nearest_thousandth_and_need_a_whole() {
        let told = |part, whole| Ratio::of(part, whole).map(|ratio| ratio.to_string());
        assert_eq!(told(2, 3).as_deref(), Some("0.667"));
        assert_eq!(told(1, 3).as_deref(), Some("0.333"));
        assert_eq!(told(7, 2).as_deref(), Some("3.500"));
        assert_eq!(told(0, 0), None);
    }
}
