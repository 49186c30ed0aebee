//! riprap.toml: what editors are told of it, and what people read of it, is what riprap reads.

use std::collections::BTreeSet;
use std::path::PathBuf;

use riprap::config;
use riprap::metrics::{Better, METRICS};
use riprap::rules::RULES;

use crate::support::{repository, sample};

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

#[test]
fn the_schema_has_the_keys_that_are_read() {
    let schema = schema();
    assert_eq!(keys(&schema), known("zzz = 1"));
    assert_eq!(keys(&schema["$defs"]["boundary"]), known("[boundary.x]\ncontains = [\"x\"]\nzzz = 1"));
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
