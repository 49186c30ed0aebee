//! A number with its name and meaning.
//!
//! In: counts.  Out: [`Measure`]s: counts, or ratios of counts, computed on whole numbers so that every machine prints the
//! same.  Not here: which numbers there are.

use std::cmp::Ordering;
use std::fmt;

use crate::boundary::Extent;

/// What a number is, for a person who reads it.
#[derive(Debug, PartialEq, Eq)]
pub struct Metric {
    /// Of the snapshot document; riprap.toml writes it with `-`.
    pub key: &'static str,
    /// In the window; sentence case.
    pub name: &'static str,
    /// One line: what it counts, and what more of it means.
    pub meaning: &'static str,
    /// What has such a number.
    pub of: &'static [Extent],
    pub better: Better,
}

/// Which way a number should go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    Less,
    More,
    /// It describes, and neither end is bad.
    Neither,
}

/// One number about one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    pub metric: &'static Metric,
    pub value: Value,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    Count(u64),
    Ratio(Ratio),
}

/// A fraction; shown rounded to the nearest thousandth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ratio {
    pub part: u64,
    /// Never zero.
    pub whole: u64,
}

impl Metric {
    /// As riprap.toml writes it.
    pub fn word(&self) -> String {
        self.key.replace('_', "-")
    }

    pub fn count(&'static self, value: impl TryInto<u64>) -> Measure {
        Measure { metric: self, value: Value::Count(value.try_into().unwrap_or(u64::MAX)) }
    }

    /// None where there is no whole.
    pub fn ratio(&'static self, part: u64, whole: u64) -> Option<Measure> {
        Some(Measure { metric: self, value: Value::Ratio(Ratio::of(part, whole)?) })
    }
}

impl Ratio {
    /// None where there is no whole.
    pub fn of(part: u64, whole: u64) -> Option<Self> {
        (whole > 0).then_some(Self { part, whole })
    }

    /// Rounded to the nearest.
    pub fn thousandths(self) -> u64 {
        let Self { part, whole } = self;
        let thousandths = (u128::from(part) * 1000 + u128::from(whole) / 2) / u128::from(whole);
        thousandths.try_into().unwrap_or(u64::MAX)
    }
}

impl Value {
    /// Whether it is worse than another value of the same metric was.
    ///
    /// A ratio gets worse in two ways: by more of what is bad, or by less of what is good.  Only the first is new debt,
    /// so it is worse only where its bad side has grown, too: taking good references away breaks nothing.
    pub fn is_worse_than(self, before: Self, better: Better) -> bool {
        let (now, then) = (self.fraction(), before.fraction());
        match better {
            Better::Less => self.compared(before) == Ordering::Greater && now.part > then.part,
            Better::More => self.compared(before) == Ordering::Less && now.whole > then.whole,
            Better::Neither => false,
        }
    }

    pub fn is_better_than(self, before: Self, better: Better) -> bool {
        match better {
            Better::Less => self.compared(before) == Ordering::Less,
            Better::More => self.compared(before) == Ordering::Greater,
            Better::Neither => false,
        }
    }

    /// As riprap.baseline writes it: `12`, or `3/25`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once('/') {
            Some((part, whole)) => Ratio::of(part.parse().ok()?, whole.parse().ok()?).map(Self::Ratio),
            None => text.parse().ok().map(Self::Count),
        }
    }

    /// The text that [`Self::parse`] reads.
    pub fn exact(self) -> String {
        match self {
            Self::Count(count) => count.to_string(),
            Self::Ratio(Ratio { part, whole }) => format!("{part}/{whole}"),
        }
    }

    fn fraction(self) -> Ratio {
        match self {
            Self::Count(count) => Ratio { part: count, whole: 1 },
            Self::Ratio(ratio) => ratio,
        }
    }

    /// By size alone: 1/2 and 2/4 are equal.
    fn compared(self, other: Self) -> Ordering {
        let (a, b) = (self.fraction(), other.fraction());
        (u128::from(a.part) * u128::from(b.whole)).cmp(&(u128::from(b.part) * u128::from(a.whole)))
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let thousandths = self.thousandths();
        write!(f, "{}.{:03}", thousandths / 1000, thousandths % 1000)
    }
}

/// `12`, or `0.120 (3 of 25)`.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => write!(f, "{count}"),
            Self::Ratio(ratio) => write!(f, "{ratio} ({} of {})", ratio.part, ratio.whole),
        }
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

    fn value(text: &str) -> Value {
        Value::parse(text).unwrap()
    }

    #[test]
    fn what_is_written_is_read_again() {
        for text in ["0", "12", "3/25", "0/1"] {
            assert_eq!(value(text).exact(), text);
        }
        for text in ["", "-1", "1.5", "3/0", "3/", "a/b"] {
            assert_eq!(Value::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_count_is_worse_if_it_is_more_and_better_if_it_is_less() {
        let compare = |now, then| {
            (value(now).is_worse_than(value(then), Better::Less), value(now).is_better_than(value(then), Better::Less))
        };
        assert_eq!(compare("4", "3"), (true, false));
        assert_eq!(compare("3", "3"), (false, false));
        assert_eq!(compare("2", "3"), (false, true));
    }

    #[test]
    fn a_ratio_is_worse_only_by_more_of_what_is_bad() {
        let worse = |now, then| value(now).is_worse_than(value(then), Better::Less);
        assert!(worse("4/25", "3/25"));
        assert!(!worse("3/9", "3/25"), "good references went away");
        assert!(!worse("4/45", "3/25"), "there is more of both, and less of it in all");
        assert!(!worse("6/50", "3/25"));
        let less_used = |now, then| value(now).is_worse_than(value(then), Better::More);
        assert!(less_used("10/21", "10/20"), "something was added that nobody uses");
        assert!(!less_used("9/20", "10/20"), "a user went away");
    }
}
