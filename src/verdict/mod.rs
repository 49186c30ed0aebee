//! The one judgement of a revision: window, check and exports all show this value.
//!
//! In: a model, its boundaries, the level of each rule, the accepted violations.  Out: [`Verdict`].  Not here: finding violations (`rules`), and
//! showing them.

mod accept;
mod baseline;
mod level;

use std::collections::BTreeSet;

pub use baseline::{Baseline, Entry, What};
pub use level::{Level, Levels, Style};

use crate::boundary::Boundaries;
use crate::model::Model;
use crate::rules::{Context, RULES, Violation};

/// What is broken, and how bad that is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// By level, the order of the rules, and the ends.
    pub violations: Vec<Judged>,
    /// One entry per rule that is not off, in the order of the rules, those without violations included.
    pub counts: Vec<Count>,
    /// Accepted violations that are gone.
    pub stale: BTreeSet<Entry>,
    /// False without a riprap.toml: then nothing is denied.
    pub configured: bool,
}

/// A violation and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    pub violation: Violation,
    pub level: Level,
    /// It stands in riprap.baseline.
    pub accepted: bool,
    /// It alone makes `check` fail.
    pub denied: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub rule: &'static str,
    pub level: Level,
    pub violations: usize,
    pub accepted: usize,
    pub denied: usize,
}

impl Verdict {
    pub fn denied(&self) -> usize {
        self.violations.iter().filter(|judged| judged.denied).count()
    }

    pub fn accepted(&self) -> usize {
        self.violations.iter().filter(|judged| judged.accepted).count()
    }

    /// What must be accepted for nothing to be denied: all that a denying rule finds, and all that a ratchet does.
    pub fn acceptable(&self) -> impl Iterator<Item = &Judged> {
        self.violations.iter().filter(|judged| matches!(judged.level, Level::Deny | Level::Ratchet))
    }

    /// Without the violations that `earlier` has too: what a change adds.
    #[must_use]
    pub fn since(mut self, earlier: &Baseline, model: &Model) -> Self {
        let all: Vec<&Violation> = self.violations.iter().map(|judged| &judged.violation).collect();
        let known = accept::accepted(&all, earlier, model).violations;
        let mut known = known.into_iter();
        self.violations.retain(|_| !known.next().unwrap_or_default());
        for count in &mut self.counts {
            let of_rule = || self.violations.iter().filter(|judged| judged.violation.rule == count.rule);
            count.violations = of_rule().count();
            count.accepted = of_rule().filter(|judged| judged.accepted).count();
            count.denied = of_rule().filter(|judged| judged.denied).count();
        }
        self
    }

    pub fn is_denied(&self) -> bool {
        self.violations.iter().any(|judged| judged.denied)
    }

    /// 0 if nothing is denied, 1 otherwise (PRODUCT.md, "Command line").
    pub fn exit_status(&self) -> u8 {
        u8::from(self.is_denied())
    }
}

/// Runs every rule that is not off on what a model and its boundaries tell alone.
pub fn judge(model: &Model, boundaries: &Boundaries, levels: &Levels, baseline: Option<&Baseline>) -> Verdict {
    judge_context(&Context::new(model, boundaries), levels, baseline)
}

/// Runs every rule that is not off.
///
/// `ratchet` is `deny` for what is not in the accepted violations; without a file of them it is `warn`.
pub fn judge_context(context: &Context<'_>, levels: &Levels, baseline: Option<&Baseline>) -> Verdict {
    let model = context.model;
    let mut found: Vec<(Level, usize, Violation)> = Vec::new();
    let mut counts: Vec<Count> = Vec::new();
    for (position, rule) in RULES.iter().enumerate() {
        let level = levels.of(rule.name);
        if level != Level::Off {
            found.extend((rule.check)(context).into_iter().map(|violation| (level, position, violation)));
            counts.push(Count { rule: rule.name, level, violations: 0, accepted: 0, denied: 0 });
        }
    }
    found.sort_by(|a, b| {
        let key = |it: &(Level, usize, Violation)| (it.0, it.1, it.2.from.clone(), it.2.to.clone(), it.2.id.clone());
        key(a).cmp(&key(b))
    });
    let all: Vec<&Violation> = found.iter().map(|(.., violation)| violation).collect();
    let accepted = baseline.map(|baseline| accept::accepted(&all, baseline, model)).unwrap_or_default();
    let mut of_baseline = accepted.violations.into_iter();
    let mut verdict = Verdict { configured: levels.is_configured(), stale: accepted.stale, ..Verdict::default() };
    for (level, _, violation) in found {
        let accepted = of_baseline.next().unwrap_or_default();
        let denies = level == Level::Deny || (level == Level::Ratchet && baseline.is_some());
        let denied = denies && !accepted;
        if let Some(count) = counts.iter_mut().find(|count| count.rule == violation.rule) {
            count.violations += 1;
            count.accepted += usize::from(accepted);
            count.denied += usize::from(denied);
        }
        verdict.violations.push(Judged { violation, level, accepted, denied });
    }
    verdict.counts = counts;
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::fixture::{Fixture, declarations};

    const WORKSPACE: &str = "
        package orders orders
        pub mod orders::stock
        pub struct orders::stock::Level
        pub struct orders::Order
        package web web
        mod web::cart
        pub struct web::Page
        mod web::menu
        pub struct web::cart::Cart
        pub struct web::menu::Menu
        web::cart -> orders::stock::Level
        web -> orders::stock::Level
        web::cart -> web::menu::Menu
        web::menu -> web::cart::Cart
    ";

    fn lines(levels: &Levels) -> (Vec<String>, u8) {
        let fixture = Fixture::new(WORKSPACE);
        let declared = declarations(&[("orders", "contains orders"), ("web", "contains web; may_use")]);
        let verdict = judge(&fixture.model, &fixture.boundaries(declared), levels, None);
        let line = |judged: &Judged| {
            let denied = if judged.denied { "!" } else { "" };
            format!("{}{denied} {} {}", judged.level.word(), judged.violation.rule, judged.violation.from)
        };
        (verdict.violations.iter().map(line).collect(), verdict.exit_status())
    }

    #[test]
    fn without_a_configuration_everything_warns_and_nothing_is_denied() {
        let (lines, status) = lines(&Levels::default());
        assert_eq!(
            lines,
            [
                "warn internal-access web",
                "warn internal-access web::cart",
                "warn undeclared-dependency web",
                "warn undeclared-dependency web::cart",
                "warn module-cycle web",
            ]
        );
        assert_eq!(status, 0);
    }

    #[test]
    fn a_modular_monolith_denies_what_breaks_boundaries_and_ratchets_module_cycles() {
        let (lines, status) = lines(&Levels::of_style(Style::ModularMonolith));
        assert_eq!(
            lines,
            [
                "deny! internal-access web",
                "deny! internal-access web::cart",
                "deny! undeclared-dependency web",
                "deny! undeclared-dependency web::cart",
                "ratchet module-cycle web",
            ]
        );
        assert_eq!(status, 1);
    }

    #[test]
    fn the_worst_level_comes_first_and_what_is_off_is_not_looked_for() {
        let mut levels = Levels::of_style(Style::ModularMonolith);
        levels.set("internal-access", Level::Warn);
        levels.set("undeclared-dependency", Level::Off);
        levels.set("module-cycle", Level::Deny);
        let (lines, status) = lines(&levels);
        assert_eq!(lines, ["deny! module-cycle web", "warn internal-access web", "warn internal-access web::cart"]);
        assert_eq!(status, 1);
    }

    #[test]
    fn rules_that_find_nothing_are_counted_too() {
        let fixture = Fixture::new("package a a");
        let verdict = judge(&fixture.model, &Boundaries::default(), &Levels::default(), None);
        assert_eq!(verdict.counts.len(), RULES.len());
        assert!(verdict.counts.iter().all(|count| count.violations == 0));
        assert!(!verdict.configured);
    }
}
