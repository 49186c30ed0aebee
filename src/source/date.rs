//! A day, for what holds until or from one.
//!
//! In: `YYYY-MM-DD`, or the days since 1970.  Out: [`Date`].  Not here: the clock.

use std::fmt;

/// A day of the Gregorian calendar.  The default, 1970-01-01, is before everything that anybody declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Default for Date {
    fn default() -> Self {
        Self { year: 1970, month: 1, day: 1 }
    }
}

impl Date {
    /// `None` for a day that no calendar has.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leaps = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            2 => 28 + u8::from(leaps),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        (1..=days).contains(&day).then_some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD`.
    ///
    /// # Errors
    /// A sentence for the person who wrote it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let digits = |part: &str, count: usize| {
            let all = part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
            all.then(|| part.parse::<u16>().ok()).flatten()
        };
        let parts: Vec<&str> = text.split('-').collect();
        let date = match parts[..] {
            [year, month, day] => digits(year, 4).zip(digits(month, 2)).zip(digits(day, 2)),
            _ => None,
        };
        date.and_then(|((year, month), day)| Self::new(year, month as u8, day as u8))
            .ok_or_else(|| format!("`{text}` is no day; a day is written as 2027-01-31"))
    }

    /// The day so many days before; not before 1970-01-01.
    #[must_use]
    pub fn minus(self, days: u32) -> Self {
        Self::of_days(self.days().saturating_sub(days))
    }

    /// The day so many days after 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
    /// `civil_from_days`).
    pub fn of_days(days: u32) -> Self {
        // Counted from 0000-03-01, so that a leap day is the last of its year.
        let days = days + 719_468;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + u32::from(month <= 2);
        Self { year: u16::try_from(year).unwrap_or(u16::MAX), month: month as u8, day: day as u8 }
    }

    /// How many days after 1970-01-01 it is (`days_from_civil`); zero for days before.
    pub fn days(self) -> u32 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let from_march = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * from_march + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + day_of_year;
        u32::try_from(era * 146_097 + day_of_era - 719_468).unwrap_or(0)
    }

    pub fn year(self) -> u16 {
        self.year
    }

    /// From 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day } = self;
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_back_over_months_and_leap_years() {
        let minus = |text: &str, days| Date::parse(text).unwrap().minus(days).to_string();
        assert_eq!(minus("2024-03-01", 1), "2024-02-29");
        assert_eq!(minus("2026-11-27", 90), "2026-08-29");
        assert_eq!(minus("1970-01-05", 90), "1970-01-01");
        assert_eq!(minus("0000-01-01", 1), "1970-01-01");
        for days in [0, 1, 59, 60, 365, 11_017, 20_000] {
            assert_eq!(Date::of_days(days).days(), days);
        }
    }

    #[test]
    fn days_are_read_as_they_are_written() {
        for text in ["1970-01-01", "2024-02-29", "2027-12-31"] {
            assert_eq!(Date::parse(text).map(|date| date.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in ["2027-02-29", "2027-13-01", "2027-1-1", "27-01-01", "2027-01-00", "2027-01", "+027-01-01", ""] {
            assert!(Date::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn every_day_follows_the_one_before() {
        let mut date = Date::default();
        for days in 0..200_000 {
            assert_eq!(Date::of_days(days), date);
            assert_eq!(date.days(), days);
            let Date { year, month, day } = date;
            let next = Date::new(year, month, day + 1).or_else(|| Date::new(year, month + 1, 1));
            date = next.or_else(|| Date::new(year + 1, 1, 1)).unwrap();
        }
    }
}
