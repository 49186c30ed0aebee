//! `riprap may`: whether a dependency that nobody has written yet would be right.
//!
//! In: two names and a workspace.  Out: yes or no with the clause and the legal route, as text or JSON; exit status 1 for
//! no.  Not here: the judgement (`analysis`).

use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::progress::{configured, message, with_bar};
use super::{AnswerFormat, MayArgs, Outcome};
use crate::analysis::{Answer, Asked, Live, MayError};
use crate::verdict::Judged;

pub(super) fn run(args: &MayArgs, asked: &Asked, quiet: bool) -> Outcome {
    let mut live = Live::new(asked.clone());
    let cancel = AtomicBool::new(false);
    let opened = with_bar(quiet, |progress| live.open(&args.path, progress, &cancel)).and_then(configured);
    let analysis = match opened {
        Ok(analysis) => analysis,
        Err(outcome) => return outcome,
    };
    match live.may(&analysis, &args.from, &args.to, &cancel) {
        Ok(Some(answer)) => {
            match args.format {
                AnswerFormat::Text => anstream::println!("{}", text(&answer)),
                AnswerFormat::Json => anstream::println!("{}", json(&answer)),
            }
            if answer.is_allowed() { Outcome::Fine } else { Outcome::Denied }
        }
        Ok(None) => Outcome::NotAnalysed,
        Err(MayError::UnknownName(unknown)) => {
            message(&unknown.to_string());
            Outcome::WrongUse
        }
        Err(MayError::Analysis(error)) => {
            message(&error.to_string());
            Outcome::NotAnalysed
        }
    }
}

fn text(answer: &Answer) -> String {
    let Answer { from, to, impossible, needs, violations, configured } = answer;
    let mut text = match answer.is_allowed() {
        true => format!("yes: `{from}` may use `{to}`"),
        false => format!("no: `{from}` may not use `{to}`"),
    };
    if let Some(impossible) = impossible {
        text += &format!("\n  {impossible}");
    }
    for judged in violations {
        let violation = &judged.violation;
        text += &format!("\n  {} ({}): {}", violation.rule, effect(judged), violation.message);
        if !violation.why.is_empty() {
            text += &format!("\n    why: {}", violation.why);
        }
        if let Some(route) = &violation.route {
            text += &format!("\n    help: {route}");
        }
    }
    if let Some(needs) = needs {
        text += &format!("\n  first: {needs}");
    }
    if !configured {
        text += "\n  there is no riprap.toml: nothing is denied";
    }
    text
}

/// What follows from a violation.
fn effect(judged: &Judged) -> &'static str {
    match (judged.denied, &judged.accepted) {
        (true, _) => "denied",
        (false, Some(_)) => "accepted",
        (false, None) => "warning",
    }
}

#[derive(Serialize)]
struct Written<'a> {
    allowed: bool,
    configured: bool,
    from: &'a str,
    to: &'a str,
    impossible: Option<&'a str>,
    needs: Option<&'a str>,
    violations: Vec<WrittenViolation<'a>>,
}

#[derive(Serialize)]
struct WrittenViolation<'a> {
    rule: &'a str,
    effect: &'static str,
    message: &'a str,
    why: &'a str,
    route: Option<&'a str>,
}

fn json(answer: &Answer) -> String {
    let violations = answer.violations.iter().map(|judged| WrittenViolation {
        rule: judged.violation.rule,
        effect: effect(judged),
        message: &judged.violation.message,
        why: &judged.violation.why,
        route: judged.violation.route.as_deref(),
    });
    let written = Written {
        allowed: answer.is_allowed(),
        configured: answer.configured,
        from: &answer.from,
        to: &answer.to,
        impossible: answer.impossible.as_deref(),
        needs: answer.needs.as_deref(),
        violations: violations.collect(),
    };
    serde_json::to_string_pretty(&written).unwrap_or_default()
}
