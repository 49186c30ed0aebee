//! Which violations are accepted, and which accepted ones are gone.
//!
//! In: violations, a baseline, and the model they are about.  Out: [`Accepted`].  Not here: what follows for `check`.
//!
//! A module that was renamed takes its accepted violations along where only one reading is possible: the old name is gone
//! from the model, and exactly one violation that is not accepted differs from the entry by that name alone.

use std::collections::{BTreeMap, BTreeSet};

use super::baseline::{Baseline, Entry, What};
use crate::model::Model;
use crate::rules::Violation;

/// What a baseline says of violations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Accepted {
    /// For each violation: whether it is accepted.
    pub(super) violations: Vec<bool>,
    /// Entries that no violation fits any more.
    pub(super) stale: BTreeSet<Entry>,
}

pub(super) fn accepted(violations: &[&Violation], baseline: &Baseline, model: &Model) -> Accepted {
    let mut entries: BTreeMap<(&str, &str), Vec<&Entry>> = BTreeMap::new();
    // Limits of numbers accept nothing: `ratchet` judges them.
    let mut stale: BTreeSet<&Entry> =
        baseline.entries.iter().filter(|entry| !matches!(entry.what, What::Limit(_))).collect();
    for entry in &stale {
        entries.entry((&entry.rule, &entry.from)).or_default().push(entry);
    }
    let mut accepted = vec![false; violations.len()];
    for (violation, accepted) in violations.iter().zip(&mut accepted) {
        let candidates = entries.get(&(violation.rule, violation.from.as_str()));
        for entry in candidates.into_iter().flatten().filter(|entry| entry.covers(violation)) {
            *accepted = true;
            stale.remove(entry);
        }
    }
    let stale = moved(violations, &mut accepted, stale, model);
    Accepted { violations: accepted, stale }
}

/// Accepts what only has a new name; returns the entries that are still stale.
fn moved(violations: &[&Violation], accepted: &mut [bool], stale: BTreeSet<&Entry>, model: &Model) -> BTreeSet<Entry> {
    let mut claims: BTreeMap<usize, Vec<&Entry>> = BTreeMap::new();
    let mut left: BTreeSet<Entry> = BTreeSet::new();
    for entry in stale {
        let mut fits = (0..violations.len()).filter(|at| !accepted[*at] && is_renamed(entry, violations[*at], model));
        match (fits.next(), fits.next()) {
            (Some(only), None) => claims.entry(only).or_default().push(entry),
            _ => {
                left.insert(entry.clone());
            }
        }
    }
    for (at, entries) in claims {
        match entries[..] {
            [_] => accepted[at] = true,
            // Two entries cannot both have become one violation.
            _ => left.extend(entries.into_iter().cloned()),
        }
    }
    left
}

fn is_renamed(entry: &Entry, violation: &Violation, model: &Model) -> bool {
    let What::Thing(to) = &entry.what else { return false };
    if entry.rule != violation.rule || !violation.members.is_empty() {
        return false;
    }
    let gone = |path: &str| !path.is_empty() && model.find(path).is_none();
    let last = |path: &str| path.rsplit("::").next().map(str::to_owned);
    let from_moved = *to == violation.to && entry.from != violation.from && gone(&entry.from);
    let to_moved = entry.from == violation.from && *to != violation.to && last(to) == last(&violation.to) && gone(to);
    from_moved || to_moved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::fixture::{Fixture, declarations};
    use crate::rules::Context;
    use crate::verdict::{Level, Levels, Style, Terms, Verdict, judge};

    const WORKSPACE: &str = "
        package orders orders
        pub mod orders::stock
        pub struct orders::stock::Level
        pub struct orders::stock::Unit
        package web web
        mod web::cart
        mod web::menu
        web::cart -> orders::stock::Level
        web::menu -> orders::stock::Unit
    ";

    fn verdict(baseline: Option<&str>) -> Verdict {
        let fixture = Fixture::new(WORKSPACE);
        let declared = declarations(&[("orders", "contains orders"), ("web", "contains web")]);
        let baseline = baseline.map(|text| Baseline::read(text).unwrap());
        let levels = Levels::of_style(Style::ModularMonolith);
        let terms = Terms { levels, baseline: baseline.as_ref(), ..Terms::default() };
        judge(&Context::new(&fixture.model, &fixture.boundaries(declared)), &terms)
    }

    fn check(baseline: &str, denied: &[&str], stale: &[&str]) {
        let verdict = verdict(Some(baseline));
        let open: Vec<String> = verdict
            .violations
            .iter()
            .filter(|judged| judged.denied)
            .map(|judged| Entry::of(&judged.violation).to_string())
            .collect();
        assert_eq!(open, denied);
        assert_eq!(verdict.stale.iter().map(Entry::to_string).collect::<Vec<_>>(), stale);
    }

    #[test]
    fn what_is_accepted_is_not_denied() {
        check(
            "internal-access web::cart -> orders::stock::Level",
            &["internal-access web::menu -> orders::stock::Unit"],
            &[],
        );
    }

    #[test]
    fn what_is_fixed_is_stale_and_denies_nothing() {
        check(
            "internal-access web -> orders::stock::Level
             internal-access web::cart -> orders::stock::Level
             internal-access web::menu -> orders::stock::Unit",
            &[],
            &["internal-access web -> orders::stock::Level"],
        );
    }

    #[test]
    fn a_renamed_module_takes_its_violations_along() {
        check(
            "internal-access web::basket -> orders::stock::Level
             internal-access web::menu -> orders::inventory::Unit",
            &[],
            &[],
        );
    }

    #[test]
    fn a_module_that_still_exists_was_not_renamed() {
        check(
            "internal-access web -> orders::stock::Level
             internal-access web::menu -> orders::stock::Unit",
            &["internal-access web::cart -> orders::stock::Level"],
            &["internal-access web -> orders::stock::Level"],
        );
    }

    #[test]
    fn two_entries_never_become_one_violation() {
        check(
            "internal-access web::basket -> orders::stock::Level
             internal-access web::trolley -> orders::stock::Level
             internal-access web::menu -> orders::stock::Unit",
            &["internal-access web::cart -> orders::stock::Level"],
            &[
                "internal-access web::basket -> orders::stock::Level",
                "internal-access web::trolley -> orders::stock::Level",
            ],
        );
    }

    #[test]
    fn a_ratchet_denies_what_is_new_once_there_is_a_baseline() {
        let text = "
            package app app
            mod app::a
            mod app::b
            pub struct app::a::A
            pub struct app::b::B
            mod app::c
            pub struct app::c::C
            app::a -> app::b::B
            app::b -> app::a::A
        ";
        let fixture = Fixture::new(text);
        let boundaries = fixture.boundaries(declarations(&[("app", "contains app")]));
        let mut levels = Levels::of_style(Style::ModularMonolith);
        levels.set("module-cycle", Level::Ratchet);
        let denied = |baseline: Option<&str>| {
            let baseline = baseline.map(|text| Baseline::read(text).unwrap());
            let terms = Terms { levels: levels.clone(), baseline: baseline.as_ref(), ..Terms::default() };
            judge(&Context::new(&fixture.model, &boundaries), &terms).denied()
        };
        assert_eq!(denied(None), 0);
        assert_eq!(denied(Some("")), 1);
        // A cycle that lost a member is the same cycle.
        assert_eq!(denied(Some("module-cycle app: app::a, app::b, app::c")), 0);
        assert_eq!(denied(Some("module-cycle app: app::a, app::c")), 1);
    }
}
