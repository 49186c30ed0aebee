//! What became allowed from one commit to the next: erosion that no rule shows, since it is the rules that gave way.
//!
//! In: riprap.toml, the manifests that speak of riprap and riprap.baseline of two commits.  Out: [`IntentChange`]s.
//! What became stricter is no part of it, nor is the first riprap.toml.  Not here: who did it (`history`).

use std::collections::BTreeMap;

use crate::boundary::{Declaration, Exception, Pattern, Placed};
use crate::config::{self, Config};
use crate::history::IntentChange;
use crate::rules::RULES;
use crate::source::ConfigFiles;
use crate::verdict::Baseline;

/// The texts that say it.
#[derive(Clone, Debug, Default)]
pub(super) struct Allowed {
    config: ConfigFiles,
    baselines: ConfigFiles,
}

impl Allowed {
    pub(super) fn new(config: &ConfigFiles, baselines: &ConfigFiles) -> Self {
        Self { config: config.clone(), baselines: baselines.clone() }
    }

    /// What is allowed that was not before, sorted.
    pub(super) fn since(&self, before: &Self) -> Vec<IntentChange> {
        let mut changes = Changes::default();
        if self.config != before.config
            && let (Ok(now), Ok(then)) = (config::read_all(&self.config), config::read_all(&before.config))
        {
            changes.compare(&then, &now);
        }
        if self.baselines != before.baselines {
            let entries = |files| Baseline::read_all(files).ok().flatten().unwrap_or_default().entries;
            let (then, now) = (entries(&before.baselines), entries(&self.baselines));
            let is_known = |entry: &&_| then.iter().any(|known| known == *entry || known.covers_entry(entry));
            let count = now.iter().filter(|entry| !is_known(entry)).count();
            // The first baseline accepts what was there when people began to look.
            if count > 0 && !before.baselines.is_empty() {
                changes.add("baseline", format!("riprap.baseline accepts {count} more"));
            }
        }
        changes.0.sort();
        changes.0.dedup();
        changes.0
    }
}

#[derive(Default)]
struct Changes(Vec<IntentChange>);

impl Changes {
    fn add(&mut self, kind: &'static str, what: String) {
        self.0.push(IntentChange { kind, what });
    }

    fn compare(&mut self, then: &Config, now: &Config) {
        if !then.levels.is_configured() {
            return;
        }
        if !now.levels.is_configured() {
            return self.add("level", "there is no riprap.toml any more".to_owned());
        }
        self.levels(then, now);
        if then.intent.strict && !now.intent.strict {
            self.add("permission", "`strict` is off: boundaries that declare nothing may use everything".to_owned());
        }
        for forbid in &then.intent.forbids {
            let same = |other: &&_| ends(other) == ends(forbid);
            match now.intent.forbids.iter().find(same) {
                None => self.add(
                    "permission",
                    format!("`{}` -> `{}` is not forbidden any more", forbid.from.value, forbid.to.value),
                ),
                Some(other) => {
                    if let (None, Some(through)) = (&forbid.unless_through, &other.unless_through) {
                        let (from, to) = (&forbid.from.value, &forbid.to.value);
                        self.add("permission", format!("`{from}` -> `{to}` is allowed through `{}`", through.value));
                    }
                }
            }
        }
        self.boundaries(&declarations(then), &declarations(now));
        for exception in &now.intent.exceptions {
            self.exception(&then.intent.exceptions, exception);
        }
    }

    fn levels(&mut self, then: &Config, now: &Config) {
        for rule in RULES.iter().map(|rule| rule.name) {
            let (before, after) = (then.levels.of(rule), now.levels.of(rule));
            if after > before {
                self.add("level", format!("`{rule}` went from {} to {}", before.word(), after.word()));
            }
            match (then.levels.deny_from(rule), now.levels.deny_from(rule)) {
                (Some(before), Some(after)) if after > before => {
                    self.add("level", format!("`{rule}` denies from {after} on instead of {before}"));
                }
                (Some(before), None) if after > crate::verdict::Level::Deny => {
                    self.add("level", format!("`{rule}` will not deny from {before} on"));
                }
                _ => {}
            }
        }
    }

    fn boundaries(&mut self, then: &BTreeMap<String, &Declaration>, now: &BTreeMap<String, &Declaration>) {
        for (name, before) in then {
            let Some(after) = now.get(name) else {
                self.add("boundary", format!("{name} is no longer declared"));
                continue;
            };
            match (&before.may_use, &after.may_use) {
                (Some(_), None) => self.add("permission", format!("{name} may use everything")),
                (Some(before), Some(after)) => {
                    for used in added(before, after) {
                        self.add("permission", format!("{name} may use `{used}`"));
                    }
                }
                (None, _) => {}
            }
            for used in added(&before.events_only, &after.events_only) {
                self.add("permission", format!("{name} may use the messages of `{used}`"));
            }
            let shows =
                |of: &Declaration, pattern: &Pattern| of.api.iter().any(|it| it.value.patterns().contains(pattern));
            for pattern in after.api.iter().flat_map(|shown| shown.value.patterns()) {
                if !shows(before, pattern) {
                    self.add("permission", format!("{name} shows `{pattern}`"));
                }
            }
            if before.stable && !after.stable {
                self.add("boundary", format!("{name} is not stable any more"));
            }
            if let (Some(before), Some(after)) = (&before.external, &after.external) {
                for krate in added(&after.deny, &before.deny) {
                    self.add("permission", format!("{name} is not denied the crate `{krate}` any more"));
                }
            } else if before.external.is_some() {
                self.add("permission", format!("{name} may use any crate"));
            }
        }
    }

    fn exception(&mut self, then: &[Exception], now: &Exception) {
        let end = |end: &Option<Placed<String>>| end.as_ref().map_or("anything", |end| &end.value).to_owned();
        let what = format!("`{}` for `{}` -> `{}`", now.rule, end(&now.from), end(&now.to));
        let is_same = |other: &&Exception| {
            other.rule == now.rule && end(&other.from) == end(&now.from) && end(&other.to) == end(&now.to)
        };
        let Some(before) = then.iter().find(is_same) else { return self.add("exception", format!("{what} was added")) };
        let is_later = match (before.until, now.until) {
            (Some(before), Some(now)) => now > before,
            (before, now) => before.is_some() && now.is_none(),
        };
        let is_larger = match (before.max, now.max) {
            (Some(before), Some(now)) => now > before,
            (before, now) => before.is_some() && now.is_none(),
        };
        if is_later {
            let until = now.until.map_or_else(|| "for ever".to_owned(), |date| format!("until {date}"));
            self.add("exception", format!("{what} is good {until}"));
        }
        if is_larger {
            let max = now.max.map_or_else(|| "any number of".to_owned(), |max| max.to_string());
            self.add("exception", format!("{what} is good for {max} violations"));
        }
    }
}

fn ends(forbid: &crate::boundary::Forbid) -> (&str, &str) {
    (&forbid.from.value, &forbid.to.value)
}

/// Everything that speaks of a boundary, by what a person calls it.
fn declarations(config: &Config) -> BTreeMap<String, &Declaration> {
    let intent = &config.intent;
    let named = |declaration: &'_ Declaration| format!("`{}`", declaration.name);
    let own = intent.boundaries.iter().map(|it| (named(it), it));
    let templates = intent.templates.iter().map(|it| (named(&it.declaration), &it.declaration));
    let packages = intent.of_packages.iter().map(|it| (format!("`{}`", it.manifest), &it.declaration));
    own.chain(templates).chain(packages).chain([("`[defaults]`".to_owned(), &intent.defaults)]).collect()
}

/// The values that only the second list has.
fn added<'a>(before: &'a [Placed<String>], after: &'a [Placed<String>]) -> impl Iterator<Item = &'a str> {
    let is_new = |entry: &&Placed<String>| before.iter().all(|known| known.value != entry.value);
    after.iter().filter(is_new).map(|entry| entry.value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    fn allowed(config: &str, baseline: &str) -> Allowed {
        let files = |path: &str, text: &str| {
            let file = (!text.is_empty()).then(|| SourceFile::new(path.to_owned(), text.into()));
            ConfigFiles::new(file)
        };
        Allowed::new(&files("riprap.toml", config), &files("riprap.baseline", baseline))
    }

    #[track_caller]
    fn check(before: [&str; 2], after: [&str; 2], expected: &[&str]) {
        let changes = allowed(after[0], after[1]).since(&allowed(before[0], before[1]));
        let told: Vec<String> = changes.iter().map(|change| format!("{}: {}", change.kind, change.what)).collect();
        assert_eq!(told, expected);
    }

    const BASE: &str = "version = 1\nstyle = \"modular-monolith\"\nstrict = true\n[boundary.orders]\ncontains = [\"orders\"]\nmay_use = [\"stock\"]\n";

    #[test]
    fn permissions_that_are_widened_are_told() {
        let more = BASE.replace("[\"stock\"]", "[\"stock\", \"billing\"]").replace("true", "false");
        check(
            [BASE, ""],
            [&more, ""],
            &[
                "permission: `orders` may use `billing`",
                "permission: `strict` is off: boundaries that declare nothing may use everything",
            ],
        );
        check([&more, ""], [BASE, ""], &[]);
        check(
            [BASE, ""],
            [&BASE.replace("may_use = [\"stock\"]\n", ""), ""],
            &["permission: `orders` may use everything"],
        );
    }

    #[test]
    fn levels_that_are_lowered_are_told() {
        let lower = format!("{BASE}[rules]\ninternal-access = \"warn\"\nmodule-cycle = \"deny\"\n");
        check([BASE, ""], [&lower, ""], &["level: `internal-access` went from deny to warn"]);
        check([&lower, ""], [BASE, ""], &["level: `module-cycle` went from deny to ratchet"]);
    }

    #[test]
    fn exceptions_that_are_added_or_extended_are_told() {
        let exception = |more: &str| {
            format!("{BASE}[[exception]]\nrule = \"internal-access\"\nfrom = \"a\"\n{more}reason = \"r\"\n")
        };
        let (short, long) = (exception("until = 2026-01-01\nmax = 2\n"), exception("until = 2027-01-01\n"));
        check([BASE, ""], [&short, ""], &["exception: `internal-access` for `a` -> `anything` was added"]);
        check(
            [&short, ""],
            [&long, ""],
            &[
                "exception: `internal-access` for `a` -> `anything` is good for any number of violations",
                "exception: `internal-access` for `a` -> `anything` is good until 2027-01-01",
            ],
        );
        check([&long, ""], [&short, ""], &[]);
    }

    #[test]
    fn a_baseline_that_grows_is_told_and_the_first_one_is_not() {
        let (one, two) = ("internal-access a -> b::C\n", "internal-access a -> b::C\ninternal-access a -> b::D\n");
        check([BASE, ""], [BASE, one], &[]);
        check([BASE, one], [BASE, two], &["baseline: riprap.baseline accepts 1 more"]);
        check([BASE, two], [BASE, one], &[]);
    }

    #[test]
    fn the_first_rules_allow_nothing_and_the_last_ones_gone_allow_all() {
        check(["", ""], [BASE, ""], &[]);
        check([BASE, ""], ["", ""], &["level: there is no riprap.toml any more"]);
    }
}
