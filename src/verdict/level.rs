//! How bad it is if a rule is broken.
//!
//! In: a style, and what riprap.toml says of single rules.  Out: the level of each rule.  Not here: reading riprap.toml.

use std::collections::BTreeMap;

use crate::source::Date;

/// From the worst to none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Every violation that is not accepted makes `check` fail.
    Deny,
    /// The same once there are accepted violations; until then like `Warn`.
    Ratchet,
    Warn,
    Off,
}

impl Level {
    pub const ALL: [Self; 4] = [Self::Deny, Self::Ratchet, Self::Warn, Self::Off];

    /// The word of riprap.toml and of the snapshot document.
    pub fn word(self) -> &'static str {
        match self {
            Self::Deny => "deny",
            Self::Ratchet => "ratchet",
            Self::Warn => "warn",
            Self::Off => "off",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word() == word)
    }
}

/// A preset of levels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    #[default]
    ModularMonolith,
}

impl Style {
    /// The word of riprap.toml.
    pub fn word(self) -> &'static str {
        match self {
            Self::ModularMonolith => "modular-monolith",
        }
    }

    /// PRODUCT.md, "Levels".
    fn level(self, rule: &str) -> Level {
        match self {
            Self::ModularMonolith => match rule {
                "internal-access"
                | "undeclared-dependency"
                | "forbidden-dependency"
                | "boundary-cycle"
                | "layer-order"
                | "external-dependency"
                | "foreign-write"
                | "cross-owner-join"
                | "shared-mutable-state"
                | "impure-contracts" => Level::Deny,
                "module-cycle" | "over-exposed" | "leaky-contract" | "uninstrumented-api" => Level::Ratchet,
                _ => Level::Warn,
            },
        }
    }
}

/// The level of each rule.  The default is that of a workspace without a riprap.toml: everything warns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    style: Option<Style>,
    set: BTreeMap<String, Level>,
    /// The day from which a rule denies.
    deny_from: BTreeMap<String, Date>,
}

impl Levels {
    pub fn of_style(style: Style) -> Self {
        Self { style: Some(style), ..Self::default() }
    }

    /// Overrides the style for one rule.
    pub fn set(&mut self, rule: &str, level: Level) {
        self.set.insert(rule.to_owned(), level);
    }

    /// From this day on the rule denies, whatever its level was.
    pub fn set_deny_from(&mut self, rule: &str, date: Date) {
        self.deny_from.insert(rule.to_owned(), date);
    }

    /// The day from which a rule denies, where one is set.
    pub fn deny_from(&self, rule: &str) -> Option<Date> {
        self.deny_from.get(rule).copied()
    }

    /// Whether the levels depend on the day.
    pub fn are_dated(&self) -> bool {
        !self.deny_from.is_empty()
    }

    /// The levels on a day.
    #[must_use]
    pub fn on(&self, date: Date) -> Self {
        let mut levels = self.clone();
        for (rule, _) in self.deny_from.iter().filter(|(_, from)| **from <= date) {
            levels.set(rule, Level::Deny);
        }
        levels
    }

    pub fn of(&self, rule: &str) -> Level {
        let preset = || self.style.map_or(Level::Warn, |style| style.level(rule));
        self.set.get(rule).copied().unwrap_or_else(preset)
    }

    /// False for a workspace without a riprap.toml.
    pub fn is_configured(&self) -> bool {
        self.style.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dated_warning_denies_from_its_day_on() {
        let day = |day| Date::new(2027, 3, day).unwrap();
        let mut levels = Levels::of_style(Style::ModularMonolith);
        levels.set("empty-pattern", Level::Warn);
        levels.set_deny_from("empty-pattern", day(31));
        assert_eq!(levels.on(day(30)).of("empty-pattern"), Level::Warn);
        assert_eq!(levels.on(day(31)).of("empty-pattern"), Level::Deny);
        assert_eq!(levels.on(day(31)).of("unowned-boundary"), Level::Warn);
    }
}
