//! How long violations live: the time by which half of them are fixed, with those counted that nobody has fixed yet.
//!
//! In: a history and the lives in it.  Out: [`Survival`] of each rule.  Those that were there when the history begins are
//! left out, since nobody knows their age.  Not here: why one is fixed.
//!
//! E. L. Kaplan, P. Meier: Nonparametric estimation from incomplete observations, 1958.

use std::collections::BTreeMap;

use super::{History, Life, Span};

/// How long violations of a rule live.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Survival {
    /// By how many days half of them are fixed; `None` if more than half live on for as long as anybody has seen.
    pub median_days: Option<u64>,
    /// The times that one was fixed.
    pub fixed: usize,
    /// The times that one is there still, its end unknown.
    pub open: usize,
}

const SECONDS_PER_DAY: u64 = 24 * 60 * 60;

pub(super) fn by_rule(history: &History, lives: &[Life]) -> BTreeMap<&'static str, Survival> {
    let mut stays: BTreeMap<&'static str, Vec<(u64, bool)>> = BTreeMap::new();
    for life in lives {
        let seen = life.spans.iter().filter_map(|span| stay(history, span));
        stays.entry(life.identity.rule).or_default().extend(seen);
    }
    stays.retain(|_, stays| !stays.is_empty());
    stays.into_iter().map(|(rule, stays)| (rule, survival(stays))).collect()
}

/// How many days one was there, and whether it was fixed then.
fn stay(history: &History, span: &Span) -> Option<(u64, bool)> {
    let introduced = history.introducing(span)?.committed;
    let end = span.fixed.unwrap_or(history.points.len().checked_sub(1)?);
    let end = history.points[end].commit.committed;
    Some((end.0.saturating_sub(introduced.0) / SECONDS_PER_DAY, span.fixed.is_some()))
}

fn survival(mut stays: Vec<(u64, bool)>) -> Survival {
    let (fixed, all) = (stays.iter().filter(|(_, fixed)| *fixed).count(), stays.len());
    stays.sort_unstable();
    let mut share = 1.0;
    let mut median_days = None;
    let mut at_risk = all;
    for same in stays.chunk_by(|a, b| a.0 == b.0) {
        let ended = same.iter().filter(|(_, fixed)| *fixed).count();
        share *= 1.0 - ended as f64 / at_risk as f64;
        // A half made of thirds is still a half.
        if share <= 0.5 + 1e-9 {
            median_days = Some(same[0].0);
            break;
        }
        at_risk -= same.len();
    }
    Survival { median_days, fixed, open: all - fixed }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days; with `+` those of one that is open still.
    #[track_caller]
    fn check(stays: &str, expected: Option<u64>) {
        let stay = |text: &str| (text.trim_end_matches('+').parse().unwrap(), !text.ends_with('+'));
        assert_eq!(survival(stays.split_whitespace().map(stay).collect()).median_days, expected);
    }

    #[test]
    fn half_are_fixed_by_the_median() {
        check("1 2 3", Some(2));
        check("5 1 9 7", Some(5));
        check("4", Some(4));
    }

    #[test]
    fn open_ones_count_for_as_long_as_they_were_seen() {
        // The 21 children of Freireich (1963) with leukaemia: the median remission is 23 weeks.
        check("6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+", Some(23));
        check("1 90+ 90+", None);
        check("90+", None);
        check("10 20+ 30", Some(30));
    }
}
