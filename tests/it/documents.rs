//! What is written: valid, complete, and the same bytes every time.

use std::path::Path;

use crate::support::{repository, riprap, sample, stderr};

fn export(folder: &Path, file: &str) -> Vec<u8> {
    let output = folder.join(file);
    let shop = sample("shop-eroded");
    let run = riprap(&["export", shop.to_str().expect("text"), "--output", output.to_str().expect("text")]);
    assert!(run.status.success(), "{}", stderr(&run));
    std::fs::read(output).expect("the export was written")
}

#[test]
fn two_runs_of_every_export_give_the_same_bytes() {
    let (first, second) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    for file in ["map.svg", "map.png", "map.pdf", "data.json"] {
        let (a, b) = (export(first.path(), file), export(second.path(), file));
        assert!(!a.is_empty() && a == b, "{file} differs between two runs");
    }
}

#[test]
fn the_snapshot_document_follows_its_schema() {
    let schema =
        std::fs::read_to_string(repository().join("assets/snapshot.schema.json")).expect("the schema is there");
    let schema = serde_json::from_str(&schema).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = export(folder.path(), "data.json");
    let document: serde_json::Value = serde_json::from_slice(&bytes).expect("the document is JSON");
    let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    assert!(!document["edges"].as_array().expect("edges").is_empty());
    assert!(!document["violations"].as_array().expect("violations").is_empty());
}

#[test]
fn what_another_module_re_exports_from_outside_is_an_edge_that_leaves_the_workspace() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    let manifest = "[package]\nname = \"k\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[dependencies]\nropey = \"1\"\n";
    write("Cargo.toml", manifest);
    write("src/lib.rs", "mod sync; mod user;");
    write("src/sync.rs", "pub use ropey::Rope; pub use std::sync::Arc;");
    write("src/user.rs", "use crate::sync::{Arc, Rope};");
    let output = folder.path().join("data.json");
    let path = folder.path().to_str().expect("text");
    let run = riprap(&["snapshot", path, "--output", output.to_str().expect("text")]);
    assert!(run.status.success(), "{}", stderr(&run));
    let document: serde_json::Value =
        serde_json::from_slice(&std::fs::read(output).expect("a document")).expect("the document is JSON");
    let edges: Vec<String> = document["edges"]
        .as_array()
        .expect("edges")
        .iter()
        .map(|edge| format!("{} -> {} by {}", edge["from"], edge["to"], edge["named"]))
        .collect();
    assert_eq!(
        edges,
        [r#""k::user" -> "external:" by ["k::sync"]"#, r#""k::user" -> "external:ropey" by ["k::sync"]"#,]
    );
}

#[test]
fn a_document_that_is_read_and_written_again_is_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = export(folder.path(), "data.json");
    let document = riprap::snapshot::read(&bytes).expect("the document can be read");
    assert!(riprap::export::json::write(&document) == bytes, "something is lost on the way");
}

#[test]
fn keys_are_sorted() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = String::from_utf8(export(folder.path(), "data.json")).expect("JSON is UTF-8");
    // Parsing into a map sorts keys, so writing it again must change nothing.
    let sorted: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let compact: String = text.lines().collect();
    assert_eq!(serde_json::to_string(&sorted).expect("JSON"), compact);
}

#[test]
fn the_picture_names_what_it_shows() {
    let folder = tempfile::tempdir().expect("a folder");
    let svg = String::from_utf8(export(folder.path(), "map.svg")).expect("SVG is UTF-8");
    for name in ["orders", "inventory", "billing", "contracts"] {
        assert!(svg.contains(&format!(">{name}<")), "{name} is not on the picture");
    }
}

#[test]
fn a_focus_is_found_by_every_kind_of_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let plain = export(folder.path(), "map.svg");
    let (shop, file) = (sample("shop-eroded"), folder.path().join("focus.svg"));
    let focus = |name: &str| {
        let (shop, file) = (shop.to_str().expect("text"), file.to_str().expect("text"));
        riprap(&["export", shop, "--focus", name, "--output", file])
    };
    let names =
        ["orders", "billing", "storefront", "loyalty", "billing::reconcile", "billing -> orders", "orders::Orders"];
    for name in names {
        let run = focus(name);
        assert!(run.status.success(), "{name}: {}", stderr(&run));
        assert!(std::fs::read(&file).expect("the picture was written") != plain, "`{name}` changes nothing");
    }
    let run = focus("orders::nothing");
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).contains("orders::nothing"), "{}", stderr(&run));
}

#[test]
fn an_unknown_format_is_refused_before_any_work() {
    let run = riprap(&["export", "nowhere", "--output", "map.bmp"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).contains(".svg"), "{}", stderr(&run));
}
