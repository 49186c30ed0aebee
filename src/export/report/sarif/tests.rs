use serde_json::Value;

use super::super::fixture::{CLEAN, ERODED, many};
use super::*;
use crate::boundary::fixture::{Fixture, declarations};
use crate::rules::Context;
use crate::verdict::{Levels, Style, judge};

fn log(parts: &Parts<'_>) -> Value {
    serde_json::from_str(&write(parts)).unwrap()
}

#[test]
fn a_result_names_its_rule_its_place_and_its_identity() {
    let mut log = log(&ERODED.parts());
    // The pages of the rules have tests of their own.
    log["runs"][0]["tool"]["driver"]["rules"].take();
    let text = serde_json::to_string_pretty(&log).unwrap();
    insta::assert_snapshot!(text.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
}

#[test]
fn every_rule_is_described_and_results_point_to_theirs() {
    let log = log(&ERODED.parts());
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), RULES.len());
    for (described, rule) in rules.iter().zip(RULES) {
        assert_eq!(described["id"], rule.name);
        let full = described["fullDescription"]["text"].as_str().unwrap();
        assert!(rule.documentation.contains(&format!("## What it finds\n\n{full}\n\n## Why")), "{full}");
    }
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
}

#[test]
fn nothing_found_is_a_run_without_results() {
    let log = log(&CLEAN.parts());
    assert_eq!(log["runs"][0]["results"], Value::Array(Vec::new()));
    assert_eq!(log["runs"][0]["invocations"][0]["exitCode"], 0);
}

#[test]
fn a_rule_that_is_off_is_not_enabled() {
    let judged = many(1);
    let mut parts = judged.parts();
    let fixture = Fixture::new("package a a");
    let mut levels = Levels::of_style(Style::ModularMonolith);
    levels.set("internal-access", verdict::Level::Off);
    let verdict = judge(&Context::new(&fixture.model, &fixture.boundaries(declarations(&[]))), &levels.into());
    parts.verdict = &verdict;
    let log = log(&parts);
    let configuration = |index: usize| &log["runs"][0]["tool"]["driver"]["rules"][index]["defaultConfiguration"];
    assert_eq!(
        (configuration(0)["enabled"].as_bool(), configuration(1)["enabled"].as_bool()),
        (Some(false), Some(true))
    );
    let ratchet = RULES.iter().position(|rule| rule.name == "module-cycle").unwrap();
    assert_eq!((&configuration(1)["level"], &configuration(ratchet)["level"]), (&"error".into(), &"warning".into()));
}

#[test]
fn further_references_are_bounded() {
    let mut workspace = "
        package orders orders
        pub mod orders::stock
        pub struct orders::stock::Level
        package web web
    "
    .to_owned();
    workspace += &"web -> orders::stock::Level\n".repeat(100);
    let fixture = Fixture::new(&workspace);
    let boundaries = fixture.boundaries(declarations(&[("orders", "contains orders"), ("web", "contains web")]));
    let verdict = judge(&Context::new(&fixture.model, &boundaries), &Levels::default().into());
    let eroded = ERODED.parts();
    let log = log(&Parts {
        model: &fixture.model,
        sources: &fixture.sources,
        boundaries: &boundaries,
        verdict: &verdict,
        config: None,
        configuration: eroded.configuration.clone(),
        ..eroded
    });
    let related = log["runs"][0]["results"][0]["relatedLocations"].as_array().unwrap();
    assert_eq!(related.len(), RELATED);
    assert_eq!(related[RELATED - 1]["physicalLocation"]["region"]["startLine"], RELATED + 1);
}

#[test]
fn paths_are_uris() {
    assert_eq!(uri("crates/a-b/src/lib.rs"), "crates/a-b/src/lib.rs");
    assert_eq!(uri("a b/é%#?:.rs"), "a%20b/%C3%A9%25%23%3F%3A.rs");
    assert_eq!(uri("../shared/a.rs"), "../shared/a.rs");
}

#[test]
fn braces_are_no_arguments() {
    assert_eq!(message("a {0} b").text, "a {{0}} b");
}
