//! The one judgement of a revision: window, check and exports all show this value.
//!
//! In: what the rules judge, and the [`Terms`]: levels, accepted violations, the day.  Out: [`Verdict`].
//! Not here: finding violations (`rules`), and showing them.

mod accept;
mod baseline;
mod beside;
mod excuse;
mod filing;
mod level;
mod ratchet;
mod standing;

use std::collections::BTreeSet;

use rayon::prelude::*;

pub use baseline::{Baseline, Entry, Limit, What};
pub use excuse::{Acceptance, Excuse};
pub use filing::Filing;
pub use level::{Level, Levels, Style};
pub use ratchet::Held;
pub use standing::{Standing, Tally};

use crate::model::Model;
use crate::rules::{self, Context, RULES, Violation};
use crate::source::Date;

/// What is broken, and how bad that is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// By level, the order of the rules, and the ends.
    pub violations: Vec<Judged>,
    /// One entry per rule that was judged, in the order of the rules, those without violations included.
    pub counts: Vec<Count>,
    /// Accepted violations that are gone, and limits that hold nothing.
    pub stale: BTreeSet<Entry>,
    /// The numbers that a ratchet holds, in the order of riprap.toml.
    pub held: Vec<Held>,
    /// False without a riprap.toml: then nothing is denied.
    pub configured: bool,
    /// The day that it depends on; `None` where it depends on none.
    pub date: Option<Date>,
}

/// A violation and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    pub violation: Violation,
    pub level: Level,
    /// Why it denies nothing although its rule might.
    pub accepted: Option<Acceptance>,
    /// It alone makes `check` fail.
    pub denied: bool,
    /// What else there is to say of it: an exception that ran out.
    pub remarks: Vec<String>,
}

/// What a verdict depends on beside the model and its boundaries.
#[derive(Clone, Debug, Default)]
pub struct Terms<'a> {
    pub levels: Levels,
    pub baseline: Option<&'a Baseline>,
    /// The day for what holds until or from one.
    pub date: Date,
}

impl From<Levels> for Terms<'_> {
    fn from(levels: Levels) -> Self {
        Self { levels, ..Self::default() }
    }
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
        self.violations.iter().filter(|judged| judged.accepted.is_some()).count()
    }

    /// What must be accepted for nothing to be denied: all that a denying rule finds, and all that a ratchet does, but
    /// for what is excepted.  Numbers are held, see [`Self::held`].
    pub fn acceptable(&self) -> impl Iterator<Item = &Judged> {
        self.violations.iter().filter(|judged| {
            matches!(judged.level, Level::Deny | Level::Ratchet)
                && judged.violation.value.is_none()
                && matches!(judged.accepted, None | Some(Acceptance::Baseline))
        })
    }

    /// What would make `check` fail for a change that brought it, were all else accepted.
    pub fn stopping(&self) -> impl Iterator<Item = &Judged> {
        self.acceptable()
            .filter(|judged| judged.level == Level::Deny || !level::is_broken_by_fixes(judged.violation.rule))
    }

    /// Without the violations that `earlier` has too: what a change adds.  `was_there` tells of the path of a module or item
    /// whether there was one in the earlier state.
    #[must_use]
    pub fn since(mut self, earlier: &Baseline, was_there: &dyn Fn(&str) -> bool, model: &Model) -> Self {
        let all: Vec<&Violation> = self.violations.iter().map(|judged| &judged.violation).collect();
        let known = accept::accepted(&all, earlier, model).violations;
        let mut known = known.into_iter();
        self.violations.retain(|_| !known.next().unwrap_or_default());
        for judged in &mut self.violations {
            let is_new = judged.accepted.is_none() && !was_there(&judged.violation.to);
            let is_ratcheted = judged.level == Level::Ratchet && level::is_broken_by_fixes(judged.violation.rule);
            judged.denied |= is_new && is_ratcheted;
        }
        for count in &mut self.counts {
            let of_rule = || self.violations.iter().filter(|judged| judged.violation.rule == count.rule);
            count.violations = of_rule().count();
            count.accepted = of_rule().filter(|judged| judged.accepted.is_some()).count();
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

/// Runs every rule that is not off.
///
/// `ratchet` is `deny` for what is not in the accepted violations; without a file of them it is `warn`.
pub fn judge(context: &Context<'_>, terms: &Terms<'_>) -> Verdict {
    let levels = terms.levels.on(terms.date);
    let is_judged = |rule: &str| levels.of(rule) != Level::Off && rules::can_be_judged(rule, context);
    let wanted: Vec<&rules::Rule> = RULES.iter().filter(|rule| is_judged(rule.name)).collect();
    let checked: Vec<Vec<Violation>> = wanted.par_iter().map(|rule| (rule.check)(context)).collect();
    let mut found: Vec<Judged> =
        checked.into_iter().flatten().map(|violation| Judged::of(violation, &levels)).collect();
    let ratcheted = ratchet::judge(context, &levels, terms.baseline);
    found.extend(ratcheted.broken);
    let all: Vec<&Violation> = found.iter().map(|judged| &judged.violation).collect();
    let excused = excuse::excused(&all, context, &is_judged, terms.date);
    let excuses = excused.acceptances.into_iter().zip(excused.remarks);
    for (judged, (accepted, remarks)) in found.iter_mut().zip(excuses) {
        (judged.accepted, judged.remarks) = (accepted, remarks);
    }
    found.extend(excused.unused.into_iter().map(|violation| Judged::of(violation, &levels)));
    found.retain(|judged| judged.level != Level::Off);
    found.sort_by(|a, b| {
        let key = |it: &Judged| (it.level, rules::position(it.violation.rule));
        let ends = |it: &Judged| (it.violation.from.clone(), it.violation.to.clone(), it.violation.id.clone());
        (key(a), ends(a)).cmp(&(key(b), ends(b)))
    });
    let date = (excused.dated || levels.are_dated()).then_some(terms.date);
    let mut verdict = Verdict { configured: levels.is_configured(), date, ..Verdict::default() };
    if let Some(baseline) = terms.baseline {
        verdict.stale = accept_by(baseline, &mut found, context.model);
        verdict.stale.extend(ratcheted.stale);
    }
    verdict.held = ratcheted.held;
    for judged in &mut found {
        let holds = terms.baseline.is_some() && !level::is_broken_by_fixes(judged.violation.rule);
        let denies = judged.level == Level::Deny || (judged.level == Level::Ratchet && holds);
        judged.denied = denies && judged.accepted.is_none();
    }
    verdict.counts = counts(&found, &levels, &wanted);
    verdict.violations = found;
    verdict
}

impl Judged {
    /// Before anything accepts it.
    fn of(violation: Violation, levels: &Levels) -> Self {
        let level = levels.of(violation.rule);
        Self::at(violation, level)
    }

    fn at(violation: Violation, level: Level) -> Self {
        Self { violation, level, accepted: None, denied: false, remarks: Vec::new() }
    }
}

/// Accepts what stands in a baseline; returns the entries that nothing fits any more, what is excepted included.
fn accept_by(baseline: &Baseline, found: &mut [Judged], model: &Model) -> BTreeSet<Entry> {
    let mut open: Vec<&mut Judged> = found.iter_mut().filter(|judged| judged.accepted.is_none()).collect();
    let violations: Vec<&Violation> = open.iter().map(|judged| &judged.violation).collect();
    let accepted = accept::accepted(&violations, baseline, model);
    for (judged, accepted) in open.iter_mut().zip(accepted.violations) {
        judged.accepted = accepted.then_some(Acceptance::Baseline);
    }
    accepted.stale
}

fn counts(found: &[Judged], levels: &Levels, wanted: &[&rules::Rule]) -> Vec<Count> {
    let count = |rule: &&rules::Rule| {
        let of_rule = || found.iter().filter(|judged| judged.violation.rule == rule.name);
        Count {
            rule: rule.name,
            level: levels.of(rule.name),
            violations: of_rule().count(),
            accepted: of_rule().filter(|judged| judged.accepted.is_some()).count(),
            denied: of_rule().filter(|judged| judged.denied).count(),
        }
    };
    wanted.iter().map(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::Boundaries;
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
        let verdict = judge(&Context::new(&fixture.model, &fixture.boundaries(declared)), &levels.clone().into());
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
        let verdict = judge(&Context::new(&fixture.model, &Boundaries::default()), &Terms::default());
        let counted: Vec<&str> = verdict.counts.iter().map(|count| count.rule).collect();
        let judged = RULES.iter().map(|rule| rule.name).filter(|rule| *rule != "breaking-change");
        assert_eq!(counted, judged.collect::<Vec<_>>(), "without an earlier revision nobody asks what broke since");
        assert!(verdict.counts.iter().all(|count| count.violations == 0));
        assert!(!verdict.configured);
    }
}
