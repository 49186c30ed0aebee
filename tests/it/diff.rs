//! `riprap diff`: two revisions through the program, in every format.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::support::{repository, riprap, sample, stderr, stdout};

const FORMATS: [&str; 4] = ["text", "json", "markdown", "html"];

fn snapshot(workspace: &str, folder: &Path) -> String {
    let file = folder.join(format!("{workspace}.json"));
    let (workspace, file) = (sample(workspace), file.to_str().expect("text").to_owned());
    let run = riprap(&["snapshot", workspace.to_str().expect("text"), "--output", &file]);
    assert!(run.status.success(), "{}", stderr(&run));
    file
}

fn diff(old: &str, new: &str, arguments: &[&str]) -> Output {
    riprap(&[&["diff", old, new], arguments].concat())
}

#[test]
fn files_and_the_files_on_disk_say_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let (old, new) = (snapshot("shop", folder.path()), snapshot("shop-eroded", folder.path()));
    let eroded = sample("shop-eroded");
    let of_files = diff(&old, &new, &["--format", "json"]);
    let of_disk = diff(&old, "WORKTREE", &[eroded.to_str().expect("text"), "--format", "json"]);
    let read = |run: &Output| -> Value {
        assert_eq!(run.status.code(), Some(0), "{}", stderr(run));
        serde_json::from_str(&stdout(run)).expect("a document")
    };
    let (mut of_files, mut of_disk) = (read(&of_files), read(&of_disk));
    assert_eq!((of_files["after"].take(), of_disk["after"].take()), ("shop-eroded.json".into(), "WORKTREE".into()));
    assert_eq!(of_files, of_disk);
}

#[test]
fn the_document_follows_its_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    let (old, new) = (snapshot("shop", folder.path()), snapshot("shop-eroded", folder.path()));
    let schema = std::fs::read_to_string(repository().join("assets/diff.schema.json")).expect("the schema is there");
    let schema = serde_json::from_str(&schema).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    for (old, new) in [(&old, &new), (&new, &old), (&old, &old)] {
        let document = stdout(&diff(old, new, &["--format", "json"]));
        let document: Value = serde_json::from_str(&document).expect("the document is JSON");
        let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }
}

#[test]
fn the_eroded_shop_is_worse_by_what_check_finds_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (old, new) = (snapshot("shop", folder.path()), snapshot("shop-eroded", folder.path()));
    let list = |document: &Value| document.as_array().map_or(0, Vec::len);
    let document = std::fs::read_to_string(&new).expect("the snapshot is there");
    let document: Value = serde_json::from_str(&document).expect("a document");
    let report = stdout(&diff(&old, &new, &["--format", "json"]));
    let report: Value = serde_json::from_str(&report).expect("a document");
    // The shop itself has none.
    assert_eq!(list(&report["violations"]["worse"]), list(&document["violations"]));
    assert_eq!(list(&report["violations"]["fixed"]), 0);
    let stable: Vec<&Value> =
        report["apis"].as_array().expect("apis").iter().filter(|api| api["stable"] == true).collect();
    let broken = stable.iter().flat_map(|api| api["changed"].as_array().expect("changed"));
    let broken: Vec<&Value> = broken.filter(|it| it["breaks"] == true).map(|it| &it["before"]["name"]).collect();
    assert_eq!(broken, ["orders::Orders", "orders::NotPlaced"]);
}

#[test]
fn two_runs_give_the_same_bytes_and_no_place_of_this_machine() {
    let folder = tempfile::tempdir().expect("a folder");
    let (old, new) = (snapshot("shop", folder.path()), snapshot("shop-eroded", folder.path()));
    let here = repository();
    for format in FORMATS {
        let file = folder.path().join(format!("out.{format}"));
        let wish = format!("{format}={}", file.display());
        let run = diff(&old, &new, &["--color", "always", "--format", &wish]);
        assert_eq!((run.status.code(), stdout(&run)), (Some(0), String::new()), "{}", stderr(&run));
        let text = std::fs::read_to_string(&file).expect("the report was written");
        assert_eq!(text, stdout(&diff(&old, &new, &["--format", format])), "{format} differs between two runs");
        for place in [here.to_str(), folder.path().to_str()] {
            assert!(!text.contains(place.expect("text")), "{format} names a folder of this machine");
        }
        assert!(!text.contains('\u{1b}') && text.contains("internal-access"), "{format}: {text}");
    }
}

#[test]
fn what_cannot_be_compared_is_refused_and_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("no.json");
    std::fs::write(&file, "{}").expect("written");
    let file = file.to_str().expect("text");
    for (old, said) in [("nowhere.json", "nowhere.json"), (file, "no snapshot document")] {
        let run = diff(old, file, &[]);
        assert_eq!(run.status.code(), Some(2), "{old}");
        assert!(stderr(&run).contains(said) && stdout(&run).is_empty(), "{}", stderr(&run));
    }
    let run = diff("WORKTREE", file, &["nowhere"]);
    assert_eq!(run.status.code(), Some(2), "{}", stderr(&run));
    let run = diff(file, file, &["--format", "sarif"]);
    assert!(stderr(&run).contains("the formats are text, json, markdown, html"), "{}", stderr(&run));
}

#[test]
fn a_stable_api_that_broke_is_judged_since_then() {
    let folder = tempfile::tempdir().expect("a folder");
    let (old, eroded) = (snapshot("shop", folder.path()), sample("shop-eroded"));
    let eroded = eroded.to_str().expect("text");
    let since = stdout(&riprap(&["check", eroded, "--color", "never", "--since", &old]));
    assert!(
        since.contains("warning[breaking-change]: the struct `orders::Orders` in the stable API of `orders`"),
        "{since}"
    );
    assert!(since.contains("the variant `OwesTooMuch` was added"), "{since}");
    let alone = stdout(&riprap(&["check", eroded, "--color", "never"]));
    assert!(!alone.contains("breaking-change"), "{alone}");
}
