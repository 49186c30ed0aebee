//! Numbers that may not get worse, and what riprap.baseline holds them to.
//!
//! In: the ratchets with today's values, and a baseline.  Out: [`Held`], those that got worse, and the lines that nothing
//! needs.  Not here: the numbers (`metrics`), and the words (`rules`).

use std::collections::BTreeSet;

use super::baseline::{Limit, What};
use super::{Baseline, Entry, Judged, Level, Levels};
use crate::metrics::{Metric, Value};
use crate::rules::{self, Context, WORSENED_METRIC};

/// A number and what it is held to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub scope: String,
    pub metric: &'static Metric,
    /// `None` where there is no such number today.
    pub value: Option<Value>,
    pub limit: Option<Value>,
}

impl Held {
    /// It is better than it has to be.
    pub fn can_be_tightened(&self) -> bool {
        let values = self.value.zip(self.limit);
        values.is_some_and(|(value, limit)| value.is_better_than(limit, self.metric.better))
    }

    pub fn is_worse(&self) -> bool {
        let values = self.value.zip(self.limit);
        values.is_some_and(|(value, limit)| value.is_worse_than(limit, self.metric.better))
    }

    /// The line that holds it to a value.
    pub fn entry(&self, value: Value) -> Entry {
        let what = What::Limit(Limit::new(&self.metric.word(), value));
        Entry { rule: WORSENED_METRIC.to_owned(), from: self.scope.clone(), what }
    }
}

#[derive(Debug, Default)]
pub(super) struct Ratcheted {
    pub(super) held: Vec<Held>,
    pub(super) broken: Vec<Judged>,
    /// Limits that hold nothing: of ratchets that are gone, or weaker than another line says.
    pub(super) stale: BTreeSet<Entry>,
}

pub(super) fn judge(context: &Context<'_>, levels: &Levels, baseline: Option<&Baseline>) -> Ratcheted {
    let mut ratcheted = Ratcheted::default();
    let limits = baseline.map(Baseline::limits).unwrap_or_default();
    let is_limit = |entry: &&Entry| matches!(entry.what, What::Limit(_));
    let mut stale: BTreeSet<&Entry> = baseline.into_iter().flat_map(|it| &it.entries).filter(is_limit).collect();
    for ratchet in rules::ratchets(context) {
        let word = ratchet.metric.word();
        let level = levels.of_one(WORSENED_METRIC, &ratchet.scope, &word);
        if level == Level::Off {
            continue;
        }
        let limit = limits.get(&(ratchet.scope.as_str(), word.as_str())).map(|(entry, value)| {
            stale.remove(entry);
            *value
        });
        // What is held to nothing cannot be worse, and is no reason to stop anybody who did not ask for it.
        let level = if limit.is_none() && level == Level::Ratchet { Level::Warn } else { level };
        let told = limit.is_none_or(|limit| ratchet.is_worse_than(limit));
        let violation = told.then(|| ratchet.violation(limit)).flatten();
        ratcheted.broken.extend(violation.map(|violation| Judged::at(violation, level)));
        let (scope, metric, value) = (ratchet.scope, ratchet.metric, ratchet.value);
        ratcheted.held.push(Held { scope, metric, value, limit });
    }
    ratcheted.stale = stale.into_iter().cloned().collect();
    ratcheted
}

#[cfg(test)]
mod tests {
    use crate::boundary::fixture::{Fixture, declarations};
    use crate::boundary::{Intent, Placed, Ratchet};
    use crate::metrics;
    use crate::rules::Context;
    use crate::source::Span;
    use crate::verdict::{Baseline, Entry, Level, Levels, Style, Terms, Verdict, judge};

    const WORKSPACE: &str = "
        package orders orders
        pub mod orders::stock
        pub struct orders::stock::Level
        pub struct orders::Order
        package web web
        mod web::cart
        mod web::menu
        web::cart -> orders::stock::Level
        web::cart -> orders::Order
        web::menu -> orders::Order
    ";

    fn ratchet(metric: &str, scope: Option<&str>) -> Ratchet {
        let scope = scope.map(|scope| Placed { value: scope.to_owned(), span: Span::default() });
        let of = metrics::find(metric).unwrap().of;
        Ratchet { span: Span::default(), metric: metric.to_owned(), of, scope }
    }

    fn verdict(ratchets: Vec<Ratchet>, baseline: Option<&str>, level: Option<Level>) -> Verdict {
        let fixture = Fixture::new(WORKSPACE);
        let boundaries = declarations(&[("orders", "contains orders"), ("web", "contains web")]);
        let boundaries = fixture.boundaries(Intent { boundaries, ratchets, ..Intent::default() });
        let baseline = baseline.map(|text| Baseline::read(text).unwrap());
        let mut levels = Levels::of_style(Style::ModularMonolith);
        levels.set("internal-access", Level::Off);
        if let Some(level) = level {
            levels.set_one("worsened-metric", "orders", "leak-ratio", level);
        }
        let terms = Terms { levels, baseline: baseline.as_ref(), ..Terms::default() };
        judge(&Context::new(&fixture.model, &boundaries), &terms)
    }

    /// Whether it is denied, and the message; then the limits that hold nothing.
    #[track_caller]
    fn check(baseline: Option<&str>, level: Option<Level>, told: &[(bool, &str)], stale: &[&str]) {
        let verdict = verdict(vec![ratchet("leak-ratio", Some("orders"))], baseline, level);
        let found: Vec<(bool, &str)> =
            verdict.violations.iter().map(|it| (it.denied, it.violation.message.as_str())).collect();
        assert_eq!(found, told);
        assert_eq!(verdict.stale.iter().map(Entry::to_string).collect::<Vec<_>>(), stale);
    }

    const UNHELD: &str = "`leak-ratio` of `orders` is 0.333 (1 of 3), and riprap.baseline holds it to nothing yet";
    const WORSE: &str = "`leak-ratio` of `orders` is 0.333 (1 of 3), and riprap.baseline holds it at 0.000 (0 of 3)";

    #[test]
    fn without_a_value_to_hold_it_to_a_ratchet_warns() {
        check(None, None, &[(false, UNHELD)], &[]);
        check(Some(""), None, &[(false, UNHELD)], &[]);
        check(Some(""), Some(Level::Deny), &[(true, UNHELD)], &[]);
    }

    #[test]
    fn what_got_worse_is_denied_and_what_is_as_it_was_is_not() {
        check(Some("worsened-metric orders: leak-ratio <= 0/3"), None, &[(true, WORSE)], &[]);
        check(Some("worsened-metric orders: leak-ratio <= 0/3"), Some(Level::Warn), &[(false, WORSE)], &[]);
        check(
            Some("worsened-metric orders: leak-ratio <= 0/3"),
            Some(Level::Off),
            &[],
            &["worsened-metric orders: leak-ratio <= 0/3"],
        );
        check(Some("worsened-metric orders: leak-ratio <= 1/3"), None, &[], &[]);
    }

    #[test]
    fn what_only_lost_good_references_is_no_worse() {
        check(Some("worsened-metric orders: leak-ratio <= 1/30"), None, &[], &[]);
    }

    #[test]
    fn of_two_lines_that_a_merge_left_the_better_one_counts_and_the_other_is_stale() {
        check(
            Some("worsened-metric orders: leak-ratio <= 2/3\nworsened-metric orders: leak-ratio <= 0/3"),
            None,
            &[(true, WORSE)],
            &["worsened-metric orders: leak-ratio <= 2/3"],
        );
    }

    #[test]
    fn the_limit_of_a_ratchet_that_is_gone_is_stale() {
        check(
            Some("worsened-metric orders: leak-ratio <= 1/3\nworsened-metric web: leak-ratio <= 1/3"),
            None,
            &[],
            &["worsened-metric web: leak-ratio <= 1/3"],
        );
    }

    #[test]
    fn what_is_better_than_it_has_to_be_can_be_tightened() {
        let held = |limit: &str| {
            let line = format!("worsened-metric orders: leak-ratio <= {limit}");
            verdict(vec![ratchet("leak-ratio", Some("orders"))], Some(&line), None).held.remove(0)
        };
        assert!(held("2/3").can_be_tightened());
        assert!(!held("1/3").can_be_tightened());
        assert!(!held("2/6").can_be_tightened(), "the same share");
    }

    #[test]
    fn accepting_a_worse_number_leaves_no_better_limit() {
        let line = "worsened-metric orders: leak-ratio <= 0/3";
        let verdict = verdict(vec![ratchet("leak-ratio", Some("orders"))], Some(line), None);
        let mut baseline = Baseline::read(line).unwrap();
        baseline.accept(&verdict.violations[0].violation);
        assert_eq!(
            baseline.entries.iter().map(Entry::to_string).collect::<Vec<_>>(),
            ["worsened-metric orders: leak-ratio <= 1/3"]
        );
    }

    #[test]
    fn the_workspace_and_modules_have_numbers_too() {
        let ratchets =
            vec![ratchet("edges", None), ratchet("fan-in", Some("orders")), ratchet("lines", Some("web::cart"))];
        let held = verdict(ratchets, None, None).held;
        let told: Vec<_> = held.iter().map(|it| (it.scope.as_str(), it.value.unwrap().exact())).collect();
        assert_eq!(told, [("workspace", "3".to_owned()), ("orders", "1".to_owned()), ("web::cart", "1".to_owned())]);
    }
}
