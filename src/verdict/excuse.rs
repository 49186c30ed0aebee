//! What is excepted: by an `[[exception]]` of riprap.toml, or beside the code.
//!
//! In: violations, and the exceptions with the day.  Out: [`Excused`], among it the exceptions that nothing needs.  Not
//! here: riprap.baseline (`accept`).

use std::fmt;

use super::beside::{self, Allowance};
use crate::boundary::Excepted;
use crate::model::{Model, NodeId, NodeKind, Reference, ReferenceKind};
use crate::rules::{self, Context, Violation};
use crate::source::{Date, FileId};

/// Why a violation denies nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// It stands in riprap.baseline.
    Baseline,
    /// An `[[exception]]` of riprap.toml covers it.
    Exception(Excuse),
    /// `riprap: allow(..)` stands beside the code.
    BesideCode(Excuse),
}

/// What an exception says for itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excuse {
    /// The last day on which it is good.
    pub until: Option<Date>,
    pub owner: Option<String>,
    pub reason: Option<String>,
}

impl fmt::Display for Acceptance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let excuse = match self {
            Self::Baseline => return f.write_str("accepted by riprap.baseline"),
            Self::Exception(excuse) => {
                f.write_str("excepted in riprap.toml")?;
                excuse
            }
            Self::BesideCode(excuse) => {
                f.write_str("allowed beside the code")?;
                excuse
            }
        };
        let Excuse { until, owner, reason } = excuse;
        if let Some(until) = until {
            write!(f, " until {until}")?;
        }
        if let Some(owner) = owner {
            write!(f, " by {owner}")?;
        }
        reason.as_ref().map_or(Ok(()), |reason| write!(f, ": {reason}"))
    }
}

/// What exceptions do to violations.
#[derive(Debug, Default)]
pub(super) struct Excused {
    /// For each violation: what excuses it.
    pub(super) acceptances: Vec<Option<Acceptance>>,
    /// For each violation: what an exception that does not excuse it would have to say.
    pub(super) remarks: Vec<Vec<String>>,
    /// Exceptions that nothing needs, and those that cannot be read.
    pub(super) unused: Vec<Violation>,
    /// Whether any of it depends on the day.
    pub(super) dated: bool,
}

/// `is_judged` says of a rule whether anybody looked for its violations.
pub(super) fn excused(
    violations: &[&Violation],
    context: &Context<'_>,
    is_judged: &dyn Fn(&str) -> bool,
    date: Date,
) -> Excused {
    let mut excused = Excused {
        acceptances: vec![None; violations.len()],
        remarks: vec![Vec::new(); violations.len()],
        ..Excused::default()
    };
    // What is not looked for: whether anything needs the exception is not known.
    for exception in context.boundaries.exceptions().iter().filter(|it| is_judged(&it.declared.rule)) {
        excused.except(violations, context, exception, date);
    }
    for allowance in context.sources.map(beside::allowances).unwrap_or_default() {
        if allowance.problem.is_some() || is_judged(&allowance.rule) {
            excused.allow(violations, context, &allowance, date);
        }
    }
    excused
}

impl Excused {
    fn except(&mut self, violations: &[&Violation], context: &Context<'_>, exception: &Excepted, date: Date) {
        let declared = &exception.declared;
        self.dated |= declared.until.is_some();
        let covers = |violation: &Violation| {
            let from = (violation.from.as_str(), violation.from_node);
            let to = (violation.to.as_str(), violation.to_node);
            violation.rule == declared.rule && exception.covers(context.model, context.boundaries, from, to)
        };
        let covered: Vec<usize> = (0..violations.len()).filter(|at| covers(violations[*at])).collect();
        if covered.is_empty() {
            self.unused.push(unneeded_exception(exception));
        }
        let remark = match (declared.until, declared.max) {
            (Some(until), _) if until < date => Some(format!("its exception in riprap.toml ran out on {until}")),
            (_, Some(max)) if covered.len() > max as usize => {
                let count = covered.len();
                Some(format!("its exception in riprap.toml is good for {max} at most, and there are {count}"))
            }
            _ => None,
        };
        let excuse = Excuse { until: declared.until, owner: declared.owner.clone(), reason: declared.reason.clone() };
        for at in covered {
            match &remark {
                Some(remark) => self.remarks[at].push(remark.clone()),
                None => self.acceptances[at] = Some(Acceptance::Exception(excuse.clone())),
            }
        }
    }

    fn allow(&mut self, violations: &[&Violation], context: &Context<'_>, allowance: &Allowance, date: Date) {
        self.dated |= allowance.until.is_some();
        let covers = |violation: &Violation| {
            let Some(lines) = allowance.lines.as_ref().filter(|_| violation.rule == allowance.rule) else {
                return false;
            };
            let places = places(violation, context);
            !places.is_empty() && places.iter().all(|(file, line)| *file == allowance.file && lines.contains(line))
        };
        let covered: Vec<usize> = (0..violations.len()).filter(|at| covers(violations[*at])).collect();
        if covered.is_empty() {
            self.unused.extend(unneeded_allowance(context.model, allowance));
        }
        for at in covered {
            match allowance.until.filter(|until| *until < date) {
                Some(until) => self.remarks[at].push(format!("`riprap: allow` beside it ran out on {until}")),
                None => {
                    let (until, reason) = (allowance.until, allowance.reason.clone());
                    self.acceptances[at] = Some(Acceptance::BesideCode(Excuse { until, owner: None, reason }));
                }
            }
        }
    }
}

/// Where a violation can be excused: at every reference that proves it, but for names that an import among them brought
/// into the same file; without any reference, where its item is declared.
fn places(violation: &Violation, context: &Context<'_>) -> Vec<(FileId, u32)> {
    let model = context.model;
    let references = violation.references.iter().map(|id| model.reference(*id));
    let proving: Vec<&Reference> = references.filter(|it| it.proves()).collect();
    let is_import = |it: &Reference| matches!(it.kind, ReferenceKind::Use | ReferenceKind::Reexport);
    let importing: Vec<FileId> = proving.iter().filter(|it| is_import(it)).map(|it| it.file).collect();
    let is_path = |it: &Reference| {
        let text = context
            .sources
            .and_then(|sources| sources.file(it.file).text.get(it.span.start as usize..it.span.end as usize));
        text.is_none_or(|text| text.contains("::"))
    };
    let stands_alone = |it: &&&Reference| is_import(it) || !importing.contains(&it.file) || is_path(it);
    let places: Vec<(FileId, u32)> = proving.iter().filter(stands_alone).map(|it| (it.file, it.line)).collect();
    if !places.is_empty() {
        return places;
    }
    let is_item = |id: &NodeId| matches!(model.node(*id).kind, NodeKind::Item(_));
    let item = [violation.to_node, violation.from_node].into_iter().flatten().find(is_item);
    item.and_then(|id| Some((model.node(id).file?, model.node(id).line))).into_iter().collect()
}

fn unneeded_exception(exception: &Excepted) -> Violation {
    let declared = &exception.declared;
    let text = |end: &Option<crate::boundary::Placed<String>>| end.as_ref().map_or("**", |end| &end.value).to_owned();
    let (from, to, rule) = (text(&declared.from), text(&declared.to), &declared.rule);
    Violation {
        message: format!("the exception of `{rule}` from `{from}` to `{to}` excuses nothing"),
        label: "nothing needs it".to_owned(),
        why: "an exception that nobody needs any more lets the next violation in unseen".to_owned(),
        route: Some("take it out of riprap.toml".to_owned()),
        declared: Some(declared.span),
        ..rules::unused_permission(from, to)
    }
}

/// `None` where the file belongs to no module.
fn unneeded_allowance(model: &Model, allowance: &Allowance) -> Option<Violation> {
    let is_around = |id: &NodeId| {
        let node = model.node(*id);
        node.file == Some(allowance.file)
            && node.span.start <= allowance.span.start
            && allowance.span.end <= node.span.end
    };
    let module = model.module_ids().filter(is_around).max_by_key(|id| model.depth(*id))?;
    let (path, rule) = (model.path(module).to_owned(), &allowance.rule);
    let violation = Violation {
        from_node: Some(module),
        places: vec![(allowance.file, allowance.span)],
        ..rules::unused_permission(path.clone(), format!("allow({rule})"))
    };
    Some(match &allowance.problem {
        Some(problem) => Violation {
            message: format!("`riprap: allow` in `{path}` cannot be read: {problem}"),
            label: "excuses nothing".to_owned(),
            why: "what cannot be read excuses nothing, and looks as if it did".to_owned(),
            route: Some("correct it, or take it out".to_owned()),
            ..violation
        },
        None => Violation {
            message: format!("`riprap: allow({rule})` in `{path}` excuses nothing"),
            label: "nothing needs it".to_owned(),
            why: "an exception that nobody needs any more lets the next violation in unseen".to_owned(),
            route: Some("take the comment out; it is good for the statement that follows it alone".to_owned()),
            ..violation
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::fixture::{Fixture, declarations};
    use crate::boundary::{Exception, Intent, Placed};
    use crate::source::Span;
    use crate::verdict::{Levels, Style, Terms, Verdict, judge};

    const WORKSPACE: &str = "
        package orders orders
        pub mod orders::stock
        pub struct orders::stock::Level
        pub struct orders::stock::Unit
        package web web
        mod web::cart
        mod web::menu
        web::cart -> orders::stock::Level
        web::cart -> orders::stock::Unit
        web::menu -> orders::stock::Unit
    ";

    fn exception(from: &str, to: &str) -> Exception {
        let placed = |text: &str| Some(Placed { value: text.to_owned(), span: Span::default() });
        Exception { rule: "internal-access".to_owned(), from: placed(from), to: placed(to), ..Exception::default() }
    }

    /// On 2027-01-31.
    fn verdict(exceptions: Vec<Exception>) -> Verdict {
        let fixture = Fixture::new(WORKSPACE);
        let boundaries = declarations(&[("orders", "contains orders"), ("web", "contains web")]);
        let boundaries = fixture.boundaries(Intent { boundaries, exceptions, ..Intent::default() });
        let date = Date::new(2027, 1, 31).unwrap();
        let levels = Levels::of_style(Style::ModularMonolith);
        judge(&Context::new(&fixture.model, &boundaries), &Terms { levels, date, ..Terms::default() })
    }

    #[track_caller]
    fn check(exceptions: Vec<Exception>, expected: &[&str]) {
        let line = |judged: &super::super::Judged| {
            let Violation { from, to, .. } = &judged.violation;
            let accepted = judged.accepted.as_ref().map_or_else(String::new, |accepted| format!(" ({accepted})"));
            let remarks = judged.remarks.iter().map(|remark| format!("; {remark}")).collect::<String>();
            format!("{} {from} -> {to}{accepted}{remarks}", if judged.denied { "denied" } else { "passes" })
        };
        assert_eq!(verdict(exceptions).violations.iter().map(line).collect::<Vec<_>>(), expected);
    }

    const LEVEL: &str = "denied web::cart -> orders::stock::Level";
    const UNIT: &str = "denied web::cart -> orders::stock::Unit";
    const MENU: &str = "denied web::menu -> orders::stock::Unit";

    #[test]
    fn an_exception_is_good_for_what_it_names() {
        let mut named = exception("web::cart", "orders::stock::Level");
        (named.reason, named.owner) = (Some("moves".to_owned()), Some("@web".to_owned()));
        let excepted = "passes web::cart -> orders::stock::Level (excepted in riprap.toml by @web: moves)";
        check(vec![named], &[excepted, UNIT, MENU]);
        let passes = |end: &str| format!("passes {end} (excepted in riprap.toml)");
        let (level, unit) = (passes("web::cart -> orders::stock::Level"), passes("web::cart -> orders::stock::Unit"));
        let menu = passes("web::menu -> orders::stock::Unit");
        check(vec![exception("web", "orders::**")], &[&level, &unit, &menu]);
        check(vec![exception("web::*", "**::Unit")], &[LEVEL, &unit, &menu]);
    }

    #[test]
    fn an_exception_is_good_on_its_last_day_and_not_on_the_next() {
        let until = |day| Exception { until: Date::new(2027, 1, day), ..exception("web::menu", "**") };
        check(
            vec![until(31)],
            &[LEVEL, UNIT, "passes web::menu -> orders::stock::Unit (excepted in riprap.toml until 2027-01-31)"],
        );
        check(vec![until(30)], &[LEVEL, UNIT, &format!("{MENU}; its exception in riprap.toml ran out on 2027-01-30")]);
        assert!(verdict(vec![until(30)]).date.is_some());
        assert!(verdict(vec![exception("web::menu", "**")]).date.is_none());
    }

    #[test]
    fn what_grew_beyond_its_exception_is_excused_in_no_part() {
        let at_most = |max| Exception { max: Some(max), ..exception("web::cart", "**") };
        let remark = "; its exception in riprap.toml is good for 1 at most, and there are 2";
        check(vec![at_most(1)], &[&format!("{LEVEL}{remark}"), &format!("{UNIT}{remark}"), MENU]);
        assert_eq!(verdict(vec![at_most(2)]).denied(), 1);
    }

    #[test]
    fn an_exception_that_excuses_nothing_is_found() {
        check(vec![exception("web", "gone::Thing")], &[LEVEL, UNIT, MENU, "passes web -> gone::Thing"]);
        let verdict = verdict(vec![exception("web", "gone::Thing")]);
        let found = &verdict.violations.last().unwrap().violation;
        assert_eq!(found.message, "the exception of `internal-access` from `web` to `gone::Thing` excuses nothing");
    }

    /// The violations that are denied in the module `web`, with these lines in it.
    #[track_caller]
    fn check_beside(web: &str, expected: &[&str]) {
        let orders = "//- /orders/src/lib.rs lib:orders\npub mod stock { pub struct Level; pub fn level() {} }";
        let fixture = crate::fixture::parse(&format!("{orders}\n//- /web/src/lib.rs lib:web deps:orders\n{web}\n"));
        let config = "[boundary.orders]\ncontains = [\"orders\"]\n[boundary.web]\ncontains = [\"web\"]\n";
        let gathered = crate::analysis::Gathered {
            workspace: fixture.workspace.into(),
            sources: fixture.sources.into(),
            config: Some(crate::source::SourceFile::new("riprap.toml".to_owned(), config.into())),
            ..Default::default()
        };
        let cancel = std::sync::atomic::AtomicBool::new(false);
        let verdict = crate::analysis::analyze(gathered, &|_| {}, &cancel).unwrap().verdict;
        let of_exceptions =
            verdict.violations.iter().filter(|it| it.denied || it.violation.rule == "unused-permission");
        assert_eq!(of_exceptions.map(|it| it.violation.to.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_is_allowed_where_it_is_imported_is_allowed_in_the_file() {
        let allow = "// riprap: allow(internal-access)";
        check_beside(&format!("{allow}\nuse orders::stock::Level;\npub(crate) fn f(_: &Level) {{}}"), &[]);
        check_beside("use orders::stock::Level;\npub(crate) fn f(_: &Level) {}", &["orders::stock::Level"]);
    }

    #[test]
    fn a_path_that_is_written_out_is_allowed_where_it_stands_alone() {
        let allow = "// riprap: allow(internal-access)";
        let denied = "orders::stock::level";
        check_beside(&format!("fn f() {{\n{allow}\norders::stock::level();\n}}"), &[]);
        check_beside(
            &format!("{allow}\nuse orders::stock::level;\nfn f() {{ level(); orders::stock::level(); }}"),
            &[denied, "allow(internal-access)"],
        );
    }
}
