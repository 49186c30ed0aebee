//! What is looked at beyond the sources, and only where somebody asks for it.

use std::path::Path;

use crate::support::{riprap, riprap_under, sample, stderr, write_files};

const MANIFEST: &str = "[package]\nname = \"k\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";

/// The document of a workspace, and its list of what was looked at.
fn snapshot(folder: &Path, arguments: &[&str]) -> (serde_json::Value, String) {
    let output = folder.join("riprap.json");
    let fixed = ["snapshot", text(folder), "--output", text(&output)];
    let run = riprap(&[&fixed, arguments].concat());
    assert!(run.status.success(), "{}", stderr(&run));
    let document = std::fs::read_to_string(&output).expect("the document was written");
    let document: serde_json::Value = serde_json::from_str(&document).expect("the document is JSON");
    let asked = document["configuration"]["enrich"].to_string();
    (document, asked)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("the path is text")
}

#[test]
fn an_unknown_word_is_wrong_use_and_the_known_ones_are_named() {
    let output = riprap(&["check", ".", "--enrich", "outdir"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("known are out-dir, registry, scip=FILE"), "{}", stderr(&output));
}

#[test]
fn the_document_says_what_was_looked_at() {
    let folder = tempfile::tempdir().expect("a folder");
    write_files(folder.path(), &[("Cargo.toml", MANIFEST), ("src/lib.rs", "")]);
    assert_eq!(snapshot(folder.path(), &[]).1, "[]");
    assert_eq!(snapshot(folder.path(), &["--enrich", "out-dir"]).1, "[\"out-dir\"]");
    write_files(folder.path(), &[("riprap.toml", "version = 1\nenrich = [\"out-dir\"]\n")]);
    assert_eq!(snapshot(folder.path(), &[]).1, "[\"out-dir\"]");
}

#[test]
fn check_looks_beyond_the_sources_only_as_riprap_toml_says() {
    let folder = tempfile::tempdir().expect("a folder");
    write_files(folder.path(), &[("Cargo.toml", MANIFEST), ("src/lib.rs", ""), ("riprap.toml", "version = 1\n")]);
    let check = || riprap(&["check", text(folder.path()), "--enrich", "out-dir"]);
    let refused = check();
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("write `enrich = [\"out-dir\"]` into riprap.toml"), "{}", stderr(&refused));
    write_files(folder.path(), &[("riprap.toml", "version = 1\nenrich = [\"out-dir\"]\n")]);
    assert_eq!(check().status.code(), Some(0), "{}", stderr(&check()));
}

/// Copies the workspace of a sample, without what a build left there.
fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("the sample can be listed") {
        let entry = entry.expect("the entry can be read").path();
        let target = to.join(entry.file_name().expect("an entry has a name"));
        if entry.is_file() {
            std::fs::copy(&entry, &target).expect("the file can be copied");
        } else if !entry.ends_with("target") {
            std::fs::create_dir_all(&target).expect("the folder can be made");
            copy(&entry, &target);
        }
    }
}

#[test]
fn generated_code_is_shown_under_a_path_that_is_the_same_everywhere() {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&sample("hazards/build-script"), folder.path());
    let (before, _) = snapshot(folder.path(), &["--enrich", "out-dir"]);
    assert!(before["notes"].to_string().contains("was looked for"), "{}", before["notes"]);
    let generated = "pub const ANSWER: u32 = 42;\n";
    write_files(folder.path(), &[("target/debug/build/made-0123456789abcdef/out/constants.rs", generated)]);
    let (document, _) = snapshot(folder.path(), &["--enrich", "out-dir"]);
    assert!(!document["notes"].to_string().contains("generated"), "{}", document["notes"]);
    let modules = document["modules"].as_array().expect("a list");
    let module = modules.iter().find(|module| module["path"] == "made::generated").expect("the module is there");
    assert!(module["items"].to_string().contains("ANSWER"), "{module}");
    let everything = document.to_string();
    assert!(!everything.contains("0123456789abcdef") && !everything.contains(text(folder.path())), "{everything}");
    let (without, _) = snapshot(folder.path(), &[]);
    assert!(without["notes"].to_string().contains("--enrich out-dir"), "{}", without["notes"]);
}

const LOCK: &str = r#"version = 4
[[package]]
name = "k"
version = "0.1.0"
dependencies = ["dep", "gone"]
[[package]]
name = "dep"
version = "1.2.3"
source = "registry+https://example.org/index"
dependencies = ["inner"]
[[package]]
name = "inner"
version = "0.1.0"
source = "registry+https://example.org/index"
[[package]]
name = "gone"
version = "1.0.0"
source = "registry+https://example.org/index"
"#;

const DEPENDING: &str = "[dependencies]\ndep = { version = \"1\", features = [\"more\"] }\ngone = \"1\"\n";

const DEPENDENCY: &str = "[package]\nname = \"dep\"\nversion = \"1.2.3\"\nedition = \"2021\"\n[features]\nmore = []\nless = []\n\
    [dependencies]\ninner = \"0.1\"\n";

const DEPENDENCY_SOURCE: &str = "
#[cfg(feature = \"more\")]
mod rules;
#[cfg(feature = \"less\")]
pub struct Less;
pub mod prelude { pub use inner::*; }
";

const DEPENDENCY_RULES: &str = "
#[macro_export]
macro_rules! declare { ($name:ident) => { pub mod $name { pub struct Made; } }; }
";

const USING: &str = "
pub mod a { dep::declare!(deep); use gone::*; }
pub mod b { use dep::prelude::*; use dep::*; pub fn f(_: crate::a::deep::Made, _: Inner, _: Less) {} }
";

#[test]
fn crates_are_read_where_cargo_keeps_them_and_those_that_are_not_there_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let (workspace, home) = (folder.path().join("w"), folder.path().join("home"));
    let manifest = format!("{MANIFEST}{DEPENDING}");
    write_files(&workspace, &[("Cargo.toml", &manifest), ("Cargo.lock", LOCK), ("src/lib.rs", USING)]);
    let dependency = home.join("registry/src/index-1/dep-1.2.3");
    let sources = [("src/lib.rs", DEPENDENCY_SOURCE), ("src/rules.rs", DEPENDENCY_RULES)];
    write_files(&dependency, &[&[("Cargo.toml", DEPENDENCY)], &sources[..]].concat());
    let inner = home.join("registry/src/index-1/inner-0.1.0");
    write_files(
        &inner,
        &[("Cargo.toml", &MANIFEST.replace("\"k\"", "\"inner\"")), ("src/lib.rs", "pub struct Inner;")],
    );
    let output = workspace.join("riprap.json");
    let asked = ["snapshot", text(&workspace), "--output", text(&output), "--enrich", "registry"];
    let run = riprap_under(&[("CARGO_HOME", &home)], &asked);
    assert!(run.status.success(), "{}", stderr(&run));
    let document = std::fs::read_to_string(&output).expect("the document was written");
    let document: serde_json::Value = serde_json::from_str(&document).expect("the document is JSON");
    assert_eq!(document["configuration"]["enrich"].to_string(), "[\"registry\"]");
    let modules = document["modules"].as_array().expect("a list");
    let made = modules.iter().find(|module| module["path"] == "k::a::deep").expect("the module is there");
    assert!(made["items"].to_string().contains("Made"), "{made}");
    let notes = document["notes"].to_string();
    assert!(notes.contains("the sources of `gone 1.0.0` are not on this machine"), "{notes}");
    // `Less` is behind a feature that nobody turns on; `Inner` comes through a glob of the crate.
    assert!(notes.contains("`Less` was not found") && !notes.contains("`Inner`"), "{notes}");
    let everything = document.to_string();
    assert!(!everything.contains(text(&home)) && !everything.contains("REGISTRY"), "{everything}");
    let (without, _) = snapshot(&workspace, &[]);
    assert!(!without["notes"].to_string().contains("registry-missing"), "{}", without["notes"]);
}

/// A message's field of bytes: its number and type, the length, the bytes.
fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
    let length = bytes.len();
    [&[number << 3 | 2, (length & 127) as u8 | 128, (length >> 7) as u8], bytes].concat()
}

fn occurrence(range: &[u8], symbol: &str, roles: u8) -> Vec<u8> {
    field(2, &[field(1, range), field(2, symbol.as_bytes()), vec![3 << 3, roles]].concat())
}

const CALLING: &str =
    "pub mod a { pub struct S; impl S { pub fn go(&self) {} } }\npub mod b { pub fn f() { ext::any().go(); } }\n";

#[test]
fn an_index_adds_references_that_say_where_they_come_from() {
    let folder = tempfile::tempdir().expect("a folder");
    let symbol = "rust-analyzer cargo k 0.1.0 a/impl#[S]go().";
    let occurrences = [occurrence(&[0, 42, 44], symbol, 1), occurrence(&[1, 36, 38], symbol, 0)].concat();
    let index = field(2, &[field(1, b"src/lib.rs"), occurrences].concat());
    write_files(folder.path(), &[("Cargo.toml", MANIFEST), ("src/lib.rs", CALLING)]);
    let file = folder.path().join("index.scip");
    std::fs::write(&file, index).expect("the index can be written");
    let asked = format!("scip={}", text(&file));
    let (document, words) = snapshot(folder.path(), &["--enrich", &asked]);
    assert_eq!(words, "[\"scip=index.scip\"]");
    let reference = &document["edges"][0]["references"][0];
    assert_eq!(reference["source"], "scip", "{document}");
    assert_eq!((&reference["kind"], &reference["line"]), (&"method".into(), &2.into()), "{reference}");
    assert_eq!(snapshot(folder.path(), &[]).0["edges"].to_string(), "[]");
    write_files(folder.path(), &[("riprap.toml", "version = 1\nenrich = [\"scip=index.scip\"]\n")]);
    let (again, words) = snapshot(folder.path(), &[]);
    assert_eq!((&again["edges"], words.as_str()), (&document["edges"], "[\"scip=index.scip\"]"));
}

#[test]
fn an_index_that_cannot_be_read_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    write_files(folder.path(), &[("Cargo.toml", MANIFEST), ("src/lib.rs", ""), ("index.scip", "no index at all")]);
    let output = folder.path().join("riprap.json");
    for (file, said) in [("index.scip", "is no SCIP index"), ("gone.scip", "gone.scip")] {
        let asked = format!("scip={}", text(&folder.path().join(file)));
        let run = riprap(&["snapshot", text(folder.path()), "--output", text(&output), "--enrich", &asked]);
        assert_eq!(run.status.code(), Some(2));
        assert!(stderr(&run).contains(said), "{}", stderr(&run));
    }
}
