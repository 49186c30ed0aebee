//! riprap.toml: what editors are told of it, and what people read of it, is what riprap reads.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use riprap::analysis::{Asked, Live};
use riprap::config;
use riprap::metrics::{Better, METRICS};
use riprap::rules::RULES;
use riprap::source::{ConfigFiles, SourceFile};

use crate::support::{repository, riprap, sample, stderr, stdout, write_files};

fn schema() -> serde_json::Value {
    let text = std::fs::read_to_string(repository().join("assets/riprap.schema.json")).expect("the schema is there");
    serde_json::from_str(&text).expect("the schema is JSON")
}

fn keys(schema: &serde_json::Value) -> BTreeSet<String> {
    schema["properties"].as_object().expect("an object with properties").keys().cloned().collect()
}

/// The keys that riprap names when it is given one that it does not know.
fn known(text: &str) -> BTreeSet<String> {
    let problems = config::read(text).expect_err("there is a key that nobody knows");
    let help = problems.iter().find_map(|problem| problem.help.as_deref()?.strip_prefix("known are "));
    help.expect("the known keys are told").split(", ").map(str::to_owned).collect()
}

/// The same of a manifest.
fn known_in_manifest(text: &str) -> BTreeSet<String> {
    let text = format!("[package]\nname = \"x\"\n[package.metadata.riprap]\n{text}\n");
    let file = SourceFile::new("x/Cargo.toml".to_owned(), text.into());
    let problems = config::read_all(&ConfigFiles::new([file])).expect_err("there is a key that nobody knows");
    let help = problems.iter().find_map(|problem| problem.help.as_deref()?.strip_prefix("known are "));
    help.expect("the known keys are told").split(", ").map(str::to_owned).collect()
}

#[test]
fn the_schema_has_the_keys_that_are_read() {
    let schema = schema();
    assert_eq!(keys(&schema), known("zzz = 1"));
    assert_eq!(keys(&schema["$defs"]["boundary"]), known("[boundary.x]\ncontains = [\"x\"]\nzzz = 1"));
    let of_package = keys(&schema["$defs"]["boundary"]).into_iter().chain(["boundary".to_owned()]);
    assert_eq!(known_in_manifest("zzz = 1"), of_package.collect());
    assert_eq!(keys(&schema["properties"]["defaults"]), known("[defaults]\nzzz = 1"));
    for (list, text) in [
        ("forbid", "[[forbid]]\nfrom = \"a\"\nto = \"b\"\nzzz = 1"),
        ("exception", "[[exception]]\nrule = \"internal-access\"\nfrom = \"a\"\nzzz = 1"),
        ("cycle-hint", "[[cycle-hint]]\nkeep = \"a -> b\"\nzzz = 1"),
        ("ratchet", "[[ratchet]]\nmetric = \"acd\"\nzzz = 1"),
    ] {
        assert_eq!(keys(&schema["properties"][list]["items"]), known(text), "{list}");
    }
    let metrics = METRICS.iter().filter(|metric| metric.better != Better::Neither);
    let words = schema["properties"]["ratchet"]["items"]["properties"]["metric"]["enum"].as_array().expect("a list");
    let words: BTreeSet<String> = words.iter().filter_map(|word| word.as_str().map(str::to_owned)).collect();
    assert_eq!(words, metrics.map(|metric| metric.word()).collect());
    let rules = &schema["properties"]["rules"];
    assert_eq!(keys(rules), RULES.iter().map(|rule| rule.name.to_owned()).collect());
    for rule in RULES {
        let options = &rules["properties"][rule.name]["anyOf"][1];
        assert_eq!(keys(options), known(&format!("[rules]\n{} = {{ zzz = 1 }}", rule.name)), "{}", rule.name);
        assert_eq!(rules["properties"][rule.name]["description"], rule.summary);
    }
}

#[test]
fn every_riprap_toml_here_follows_the_schema_and_is_read() {
    let validator = jsonschema::validator_for(&schema()).expect("the schema is a schema");
    let configurations = repository().join("sample-workspaces/configurations");
    let configurations = std::fs::read_dir(configurations).expect("the configurations are there");
    let mut files: Vec<PathBuf> = configurations.map(|entry| entry.expect("an entry").path()).collect();
    files.push(repository().join("riprap.toml"));
    files.extend(["shop", "shop-eroded", "shop-services"].map(|name| sample(name).join("riprap.toml")));
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    assert!(files.len() >= 7, "{files:?}");
    for file in files {
        let text = std::fs::read_to_string(&file).expect("the file can be read");
        let value: toml::Value = toml::from_str(&text).expect("the file is TOML");
        let value = serde_json::to_value(&value).expect("TOML fits into JSON");
        let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {}", file.display(), errors.join("\n"));
        assert!(config::read(&text).is_ok(), "{}: {:?}", file.display(), config::read(&text));
    }
}

#[test]
fn the_page_explains_every_key() {
    let page = std::fs::read_to_string(repository().join("docs/configuration.md")).expect("the page is there");
    let schema = schema();
    let all = keys(&schema).into_iter().chain(keys(&schema["$defs"]["boundary"]));
    let missing: Vec<String> = all
        .filter(|key| {
            !["`KEY`", "[KEY]", "[[KEY]]", "[KEY."].iter().any(|form| page.contains(&form.replace("KEY", key)))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

const MANIFEST: &str = "[package]\nname = \"web\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";

/// One crate, and what its manifest says of its boundary.
fn spoken(folder: &Path, riprap_toml: &str, said: &str) {
    let manifest = format!("{MANIFEST}{said}");
    write_files(
        folder,
        &[
            ("Cargo.toml", "[workspace]\nmembers = [\"web\"]\nresolver = \"2\"\n"),
            ("web/Cargo.toml", &manifest),
            ("web/src/lib.rs", "pub struct Page;\n"),
            ("riprap.toml", riprap_toml),
        ],
    );
}

#[test]
fn a_mistake_in_a_manifest_is_shown_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("the path is text");
    spoken(folder.path(), "version = 1\n", "[package.metadata.riprap]\nmay_use = [\"nobody\"]\n");
    let output = riprap(&["check", path]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("web/Cargo.toml:6:12") && said.contains("web/Cargo.toml could not be used"), "{said}");
}

#[test]
fn a_key_in_two_places_names_both() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("the path is text");
    let riprap_toml = "version = 1\n[boundary.web]\ncontains = [\"web\"]\nowner = \"@a\"\n";
    spoken(folder.path(), riprap_toml, "[package.metadata.riprap]\nowner = \"@b\"\n");
    let output = riprap(&["check", path]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("`owner` of boundary `web` is set in riprap.toml and in web/Cargo.toml"), "{said}");
    assert!(said.contains("web/Cargo.toml:6:1") && said.contains("riprap.toml:4:1"), "{said}");
}

#[test]
fn the_manifest_is_named_as_the_origin() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("the path is text");
    spoken(folder.path(), "version = 1\n", "[package.metadata.riprap]\nowner = \"@b\"\n");
    let said = stdout(&riprap(&["explain", "--config", "web", path]));
    assert!(said.contains("declared at web/Cargo.toml:5"), "{said}");
    assert!(said.contains("owner     = \"@b\"    # `[package.metadata.riprap]`, web/Cargo.toml:6"), "{said}");
}

#[test]
fn what_a_manifest_says_is_followed_on_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    spoken(folder, "version = 1\n", "");
    let mut live = Live::new(Asked::default());
    let cancel = AtomicBool::new(false);
    let opened = live.open(folder, &|_| {}, &cancel).expect("the workspace can be opened");
    assert_eq!(opened.boundaries.len(), 0);
    spoken(folder, "version = 1\n", "[package.metadata.riprap]\nowner = \"@b\"\n");
    let changed = live.follow(&[folder.join("web/Cargo.toml")], &|_| {}, &cancel).expect("it can be read again");
    let changed = changed.expect("something changed");
    assert_eq!(changed.boundaries.len(), 1);
    assert_eq!(changed.document().boundaries[0].owner.as_deref(), Some("@b"));
}
