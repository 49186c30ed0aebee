//! `riprap check --format`: every format through the program, valid, complete, and the same whatever runs beside it.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::support::{repository, riprap, sample, stderr, stdout};

const FORMATS: [&str; 6] = ["text", "json", "sarif", "junit", "github", "markdown"];

fn check(workspace: &str, formats: &[&str]) -> Output {
    let workspace = sample(workspace);
    let mut arguments = vec!["check", workspace.to_str().expect("text")];
    arguments.extend(formats.iter().flat_map(|format| ["--format", format]));
    riprap(&arguments)
}

fn report(workspace: &str, format: &str) -> String {
    stdout(&check(workspace, &[format]))
}

fn assert_valid(document: &Value, schema: &str) {
    let schema = std::fs::read_to_string(repository().join(schema)).expect("the schema is there");
    let schema = serde_json::from_str(&schema).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let errors: Vec<String> =
        validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

fn json(workspace: &str, format: &str) -> Value {
    serde_json::from_str(&report(workspace, format)).expect("the report is JSON")
}

fn strings<'a>(list: &'a Value, key: &str) -> BTreeSet<&'a str> {
    list.as_array().expect("a list").iter().map(|entry| entry[key].as_str().expect("text")).collect()
}

#[test]
fn several_formats_are_written_in_one_run_and_the_status_is_the_verdicts() {
    for (workspace, status) in [("shop", 0), ("shop-eroded", 1)] {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |format: &str| folder.path().join(format);
        let wishes: Vec<String> =
            FORMATS[1..].iter().map(|format| format!("{format}={}", file(format).display())).collect();
        let mut wishes: Vec<&str> = wishes.iter().map(String::as_str).collect();
        wishes.push("text");
        let run = check(workspace, &wishes);
        assert_eq!(run.status.code(), Some(status), "{}", stderr(&run));
        assert_eq!(stdout(&run), stdout(&check(workspace, &[])), "text is what it is without the others");
        for format in &FORMATS[1..] {
            let alone = check(workspace, &[format]);
            assert_eq!(alone.status.code(), Some(status), "{format}");
            let written = std::fs::read_to_string(file(format)).expect("the report was written");
            assert_eq!(written, stdout(&alone), "{format} differs between two runs");
        }
    }
}

#[test]
fn no_report_names_a_place_of_this_machine_or_has_colours() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = repository();
    let here = here.to_str().expect("text");
    for format in FORMATS {
        let file = folder.path().join(format);
        let shop = sample("shop-eroded");
        let wish = format!("{format}={}", file.display());
        riprap(&["check", shop.to_str().expect("text"), "--color", "always", "--format", &wish]);
        let text = std::fs::read_to_string(file).expect("the report was written");
        assert!(!text.contains(here) && !text.contains('\u{1b}'), "{format}: {text}");
        assert!(text.contains("internal-access") && text.ends_with('\n'), "{format}: {text}");
    }
}

#[test]
fn a_run_that_prints_nothing_says_how_it_ended() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = check("shop-eroded", &[&format!("json={}", folder.path().join("a.json").display())]);
    assert_eq!(stdout(&run), "");
    assert!(stderr(&run).contains("denied"), "{}", stderr(&run));
}

#[test]
fn wrong_wishes_are_refused_before_any_work() {
    for (formats, said) in [
        (&["json", "sarif"][..], "both go to standard output"),
        (&["json=x", "sarif=x"], "both go to `x`"),
        (&["yaml"], "text, json, sarif, junit, github, markdown"),
        (&["markdwon"], "did you mean `markdown`?"),
        (&["json="], "names no file"),
    ] {
        let mut arguments = vec!["check", "no/such/place"];
        arguments.extend(formats.iter().flat_map(|format| ["--format", format]));
        let run = riprap(&arguments);
        assert_eq!(run.status.code(), Some(2), "{formats:?}");
        assert!(stderr(&run).contains(said) && !stderr(&run).contains("no/such"), "{}", stderr(&run));
        assert_eq!(stdout(&run), "");
    }
    assert!(!Path::new("x").is_file());
}

#[test]
fn a_report_that_cannot_be_written_is_named_and_the_others_are_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = folder.path().join("good.json");
    let run = check("shop", &["sarif=no/such/folder/a.sarif", &format!("json={}", good.display())]);
    assert_eq!(run.status.code(), Some(2), "{}", stderr(&run));
    assert!(stderr(&run).contains("no/such/folder"), "{}", stderr(&run));
    assert!(good.is_file());
}

#[test]
fn json_follows_its_schema() {
    for workspace in ["shop", "shop-eroded"] {
        assert_valid(&json(workspace, "json"), "assets/check.schema.json");
    }
    let report = json("shop-eroded", "json");
    let violations = report["violations"].as_array().expect("violations");
    let denied = violations.iter().filter(|violation| violation["denied"] == true).count();
    assert_eq!(report["denied"], denied);
    let rules = [
        "boundary-cycle",
        "external-dependency",
        "impure-contracts",
        "internal-access",
        "leaky-contract",
        "module-cycle",
        "over-exposed",
        "shared-handle",
        "shared-mutable-state",
        "unassigned-code",
        "undeclared-dependency",
        "unused-permission",
    ];
    assert_eq!(strings(&report["violations"], "rule"), BTreeSet::from(rules));
    let total: u64 =
        report["counts"].as_array().expect("counts").iter().filter_map(|it| it["violations"].as_u64()).sum();
    assert_eq!(total, violations.len() as u64);
}

#[test]
fn sarif_follows_its_schema_and_its_fingerprints_are_our_identities() {
    for workspace in ["shop", "shop-eroded"] {
        assert_valid(&json(workspace, "sarif"), "tests/schemas/sarif.json");
    }
    let (log, report) = (json("shop-eroded", "sarif"), json("shop-eroded", "json"));
    let results = log["runs"][0]["results"].as_array().expect("results");
    let fingerprints = results.iter().map(|it| it["partialFingerprints"]["riprapIdentity/v1"].as_str().expect("text"));
    let fingerprints: BTreeSet<&str> = fingerprints.collect();
    assert_eq!(fingerprints.len(), results.len());
    assert_eq!(fingerprints, strings(&report["violations"], "id"));
    let known = sample("shop-eroded");
    for result in results {
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("text");
        assert!(known.join(uri).is_file(), "{uri}");
    }
}

#[test]
fn junit_is_well_formed_and_fails_what_is_denied() {
    let (text, report) = (report("shop-eroded", "junit"), json("shop-eroded", "json"));
    let document = roxmltree::Document::parse(&text).expect("the report is XML");
    let count = |tag: &str| document.descendants().filter(|node| node.has_tag_name(tag)).count();
    assert_eq!(report["denied"], count("failure"));
    assert_eq!(report["violations"].as_array().map(Vec::len), Some(count("failure") + count("system-out")));
    let cases = document.descendants().filter(|node| node.has_tag_name("testcase"));
    let names: BTreeSet<_> = cases.clone().map(|node| (node.attribute("classname"), node.attribute("name"))).collect();
    assert_eq!(names.len(), cases.count(), "two cases have the same name");
}

#[test]
fn github_gets_one_annotation_for_each_violation() {
    let (text, report) = (report("shop-eroded", "github"), json("shop-eroded", "json"));
    let errors = text.lines().filter(|line| line.starts_with("::error file=")).count();
    let others = text.lines().filter(|line| line.starts_with("::warning file=")).count();
    assert_eq!(report["denied"], errors);
    assert_eq!(report["violations"].as_array().map(Vec::len), Some(errors + others));
    assert_eq!(text.lines().count(), errors + others + 1);
}

#[test]
fn markdown_fits_into_a_comment_and_starts_with_the_verdict() {
    let text = report("shop-eroded", "markdown");
    assert!(text.starts_with("### riprap: ") && text.contains("denied\n") && text.len() < 65_536, "{text}");
    assert!(report("shop", "markdown").starts_with("### riprap: nothing found\n"));
}
