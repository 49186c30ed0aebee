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
    /// The same once there are accepted violations; until then like `Warn`.  What a fix can break is denied only where an
    /// earlier state shows that the thing itself is new.
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

/// A preset of levels: what a team that builds in this way wants to be stopped by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Parts that follow the business, each with a narrow API.
    #[default]
    ModularMonolith,
    /// Technical layers; a layer's parts may know each other's internals.
    Layered,
    /// A domain that knows nothing of the adapters around it.
    Hexagonal,
    /// Crates for others to use: what is `pub` is there for them.
    Library,
    /// Several programs that are deployed on their own.
    Services,
}

/// What breaks the structure whatever the style.
const DENIED: [&str; 9] = [
    "undeclared-dependency",
    "forbidden-dependency",
    "boundary-cycle",
    "layer-order",
    "external-dependency",
    "foreign-write",
    "cross-owner-join",
    "shared-mutable-state",
    "impure-contracts",
];

/// What grows unnoticed, and is brought down step by step.
const RATCHETED: [&str; 5] =
    ["module-cycle", "over-exposed", "leaky-contract", "uninstrumented-api", "worsened-metric"];

/// What a fix can break: it takes the last user of a thing away, and adds nothing.  A ratchet denies of it only what an
/// earlier state shows to be new.
const BROKEN_BY_FIXES: [&str; 1] = ["over-exposed"];

pub(super) fn is_broken_by_fixes(rule: &str) -> bool {
    BROKEN_BY_FIXES.contains(&rule)
}

/// What judges the cut into parts, where there are parts that follow the business.
const OF_SHAPE: [&str; 4] = ["boundary-count", "oversized-boundary", "merge-candidate", "technical-partitioning"];

impl Style {
    pub const ALL: [Self; 5] = [Self::ModularMonolith, Self::Layered, Self::Hexagonal, Self::Library, Self::Services];

    /// The word of riprap.toml.
    pub fn word(self) -> &'static str {
        match self {
            Self::ModularMonolith => "modular-monolith",
            Self::Layered => "layered",
            Self::Hexagonal => "hexagonal",
            Self::Library => "library",
            Self::Services => "services",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.word() == word)
    }

    /// PRODUCT.md, "Levels", and what the other styles change of it.
    fn level(self, rule: &str) -> Level {
        match (self, rule) {
            (Self::Layered, "internal-access") => Level::Ratchet,
            (_, "internal-access") => Level::Deny,
            (Self::Library, "over-exposed") => Level::Off,
            (Self::Layered | Self::Library, rule) if OF_SHAPE.contains(&rule) => Level::Off,
            (Self::Hexagonal, "leaky-contract") => Level::Deny,
            (Self::Services, "distributed-monolith" | "shared-table") => Level::Deny,
            (_, rule) if DENIED.contains(&rule) => Level::Deny,
            (_, rule) if RATCHETED.contains(&rule) => Level::Ratchet,
            _ => Level::Warn,
        }
    }
}

/// The level of each rule.  The default is that of a workspace without a riprap.toml: everything warns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    style: Option<Style>,
    set: BTreeMap<String, Level>,
    /// By rule and both ends: what has a level of its own.
    of_one: BTreeMap<[String; 3], Level>,
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

    /// Overrides everything else for what a rule finds between two ends.
    pub fn set_one(&mut self, rule: &str, from: &str, to: &str, level: Level) {
        self.of_one.insert([rule, from, to].map(str::to_owned), level);
    }

    /// The level of what a rule finds between two ends.
    pub fn of_one(&self, rule: &str, from: &str, to: &str) -> Level {
        let own = || self.of_one.get(&[rule, from, to].map(str::to_owned)).copied();
        let own = if self.of_one.is_empty() { None } else { own() };
        own.unwrap_or_else(|| self.of(rule))
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
        self.set.get(rule).copied().unwrap_or_else(|| self.preset(rule))
    }

    /// The level where riprap.toml sets none.
    pub fn preset(&self, rule: &str) -> Level {
        self.style.map_or(Level::Warn, |style| style.level(rule))
    }

    /// Whether riprap.toml sets the level.
    pub fn is_set(&self, rule: &str) -> bool {
        self.set.contains_key(rule)
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
    fn every_name_in_a_preset_is_a_rule() {
        let names: Vec<&str> = crate::rules::names().collect();
        for name in DENIED.iter().chain(&RATCHETED).chain(&OF_SHAPE) {
            assert!(names.contains(name), "{name}");
        }
    }

    #[test]
    fn styles_differ_in_what_they_want_to_be_stopped_by() {
        let levels = |rule: &str| Style::ALL.map(|style| style.level(rule).word());
        assert_eq!(levels("internal-access"), ["deny", "ratchet", "deny", "deny", "deny"]);
        assert_eq!(levels("over-exposed"), ["ratchet", "ratchet", "ratchet", "off", "ratchet"]);
        assert_eq!(levels("oversized-boundary"), ["warn", "off", "warn", "off", "warn"]);
        assert_eq!(levels("layer-order"), ["deny"; 5]);
    }

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
