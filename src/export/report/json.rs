//! The verdict for programs: all that `check` found, and nothing of the model beside it.
//!
//! In: a verdict and where its references stand.  Out: JSON, described by `assets/check.schema.json`.  Not here: the
//! whole model, which the snapshot document holds.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::wording;
use crate::rules::{self, Evidence};
use crate::snapshot::{Configuration, Parts, Place, Tool};
use crate::verdict;

/// The version of the format; it changes when a reader of the old one would be misled.
pub const SCHEMA: &str = "riprap.check/1";

/// Fields stand in alphabetical order, which is the order in the document.
#[derive(Serialize)]
struct Report<'a> {
    configuration: &'a Configuration<'a>,
    configured: bool,
    counts: Vec<Count<'a>>,
    denied: usize,
    notes: BTreeMap<&'a str, usize>,
    revision: &'a str,
    schema: &'a str,
    stale: Vec<String>,
    tool: Tool<'a>,
    violations: Vec<Violation<'a>>,
    workspace: &'a str,
}

#[derive(Serialize)]
struct Count<'a> {
    accepted: usize,
    denied: usize,
    level: &'a str,
    rule: &'a str,
    violations: usize,
}

#[derive(Serialize)]
struct Violation<'a> {
    acceptance: Option<String>,
    accepted: bool,
    cuts: Vec<Cut<'a>>,
    denied: bool,
    from: &'a str,
    id: &'a str,
    level: &'a str,
    members: &'a [String],
    message: &'a str,
    places: Vec<LabelledPlace<'a>>,
    remarks: &'a [String],
    removal: usize,
    route: Option<&'a str>,
    rule: &'a str,
    to: &'a str,
    why: &'a str,
}

#[derive(Serialize)]
struct Cut<'a> {
    from: &'a str,
    references: usize,
    remedy: &'a str,
    to: &'a str,
}

/// The place of the snapshot document, with what there is to see.
#[derive(Serialize)]
struct LabelledPlace<'a> {
    column: u32,
    file: Cow<'a, str>,
    label: String,
    line: u32,
    text: Cow<'a, str>,
}

pub fn write(parts: &Parts<'_>) -> String {
    let verdict = parts.verdict;
    let report = Report {
        configuration: &parts.configuration,
        configured: verdict.configured,
        counts: verdict.counts.iter().map(count).collect(),
        denied: verdict.denied(),
        notes: wording::blind_spots(parts),
        revision: parts.revision,
        schema: SCHEMA,
        stale: verdict.stale.iter().map(ToString::to_string).collect(),
        tool: Tool::this(),
        violations: verdict.violations.iter().map(|judged| violation(parts, judged)).collect(),
        workspace: parts.workspace,
    };
    serde_json::to_string_pretty(&report).expect("these values are JSON") + "\n"
}

fn count(count: &verdict::Count) -> Count<'_> {
    let verdict::Count { rule, level, violations, accepted, denied } = *count;
    Count { accepted, denied, level: level.word(), rule, violations }
}

fn violation<'a>(parts: &Parts<'a>, judged: &'a verdict::Judged) -> Violation<'a> {
    let violation = &judged.violation;
    Violation {
        accepted: judged.accepted.is_some(),
        acceptance: judged.accepted.as_ref().map(ToString::to_string),
        cuts: violation.cuts.iter().map(cut).collect(),
        denied: judged.denied,
        from: &violation.from,
        id: &violation.id,
        level: judged.level.word(),
        members: &violation.members,
        message: &violation.message,
        places: places(parts, violation),
        remarks: &judged.remarks,
        removal: violation.removal(),
        route: violation.route.as_deref(),
        rule: violation.rule,
        to: &violation.to,
        why: &violation.why,
    }
}

fn cut(cut: &rules::Cut) -> Cut<'_> {
    Cut { from: &cut.from, references: cut.references.len(), remedy: &cut.remedy, to: &cut.to }
}

fn places<'a>(parts: &Parts<'a>, violation: &rules::Violation) -> Vec<LabelledPlace<'a>> {
    if violation.removal() == 0 {
        let own = wording::own_place(parts, violation).into_iter();
        let labelled = own.map(|(Place { column, file, line }, text)| LabelledPlace {
            column,
            file,
            label: violation.label.clone(),
            line,
            text,
        });
        return labelled.collect();
    }
    violation.all_evidence(parts.model).into_iter().map(|evidence| place(parts, evidence)).collect()
}

fn place<'a>(parts: &Parts<'a>, evidence: Evidence) -> LabelledPlace<'a> {
    let (Place { column, file, line }, text) = wording::place(parts, &evidence);
    LabelledPlace { column, file, label: evidence.label, line, text }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{CLEAN, ERODED};
    use super::*;
    use crate::model::ReferenceId;

    #[test]
    fn everything_that_check_found_is_there() {
        insta::assert_snapshot!(write(&ERODED.parts()).replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    }

    #[test]
    fn keys_are_sorted() {
        let text = write(&ERODED.parts());
        // Parsing into a map sorts keys, so writing it again must change nothing.
        let sorted: BTreeMap<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_string_pretty(&sorted).unwrap() + "\n", text);
    }

    #[test]
    fn nothing_found_is_said_rule_by_rule() {
        let report: serde_json::Value = serde_json::from_str(&write(&CLEAN.parts())).unwrap();
        // All but the one that needs an earlier revision.
        assert_eq!(report["counts"].as_array().map(Vec::len), Some(rules::RULES.len() - 1));
        assert_eq!((&report["configured"], &report["denied"]), (&false.into(), &0.into()));
    }

    #[test]
    fn the_places_of_a_ring_stand_in_the_order_of_its_cuts() {
        for judged in &ERODED.verdict().violations {
            let cuts = &judged.violation.cuts;
            let of_cuts: Vec<ReferenceId> = cuts.iter().flat_map(|cut| cut.references.iter().copied()).collect();
            assert!(cuts.is_empty() || of_cuts == judged.violation.references);
        }
    }
}
