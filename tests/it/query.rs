//! `riprap query`: the page about it is right, and mistakes are shown where they are.

use crate::support::{repository, riprap, sample, stderr, stdout, write_files};

fn query(expression: &str, more: &[&str]) -> (Option<i32>, String) {
    let shop = sample("shop-eroded");
    let arguments = [&["query", expression, shop.to_str().expect("the path is text"), "--quiet"][..], more].concat();
    let output = riprap(&arguments);
    (output.status.code(), format!("{}{}", stdout(&output), stderr(&output)))
}

/// The queries of the table of examples.
fn examples() -> Vec<String> {
    let page = std::fs::read_to_string(repository().join("docs/query.md")).expect("the page is there");
    let table = page.split("## Twenty examples").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("a table");
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split("` |").next());
    rows.map(|query| query.replace("\\|", "|")).collect()
}

#[test]
fn every_example_of_the_page_finds_something() {
    let examples = examples();
    assert_eq!(examples.len(), 20);
    for example in examples {
        let (status, said) = query(&example, &[]);
        assert_eq!(status, Some(0), "{example}: {said}");
        assert!(!said.starts_with("nothing") && !said.starts_with("no "), "`{example}` finds nothing");
    }
}

#[test]
fn ways_have_their_places_and_what_all_go_through() {
    let (_, said) = query("path(storefront, billing_ledger)", &[]);
    insta::assert_snapshot!(said);
}

#[test]
fn programs_get_nodes_edges_and_ways() {
    for (expression, key) in
        [("kind:trait", "nodes"), ("orders -> billing", "edges"), ("path(orders, billing)", "ways")]
    {
        let (status, said) = query(expression, &["--format", "json"]);
        assert_eq!(status, Some(0), "{said}");
        let answer: serde_json::Value = serde_json::from_str(&said).expect("JSON");
        assert_eq!(answer.as_object().map(|object| object.keys().collect::<Vec<_>>()), Some(vec![&key.to_owned()]));
    }
}

#[test]
fn a_mistake_is_shown_under_its_column() {
    let (status, said) = query("kind:trait uses(biling)", &[]);
    assert_eq!(status, Some(2), "{said}");
    insta::assert_snapshot!(said);
}

const PACKAGE: &str = "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";

/// `check`, or another command, of a library with a riprap.toml.
fn in_library(folder: &std::path::Path, command: &str, code: &str, config: &str) -> (Option<i32>, String) {
    let config = format!("version = 1\n[boundary.app]\ncontains = [\"app\"]\n{config}");
    write_files(folder, &[("Cargo.toml", PACKAGE), ("src/lib.rs", code), ("riprap.toml", &config)]);
    let output = riprap(&[command, folder.to_str().expect("the path is text"), "--quiet"]);
    (output.status.code(), format!("{}{}", stdout(&output), stderr(&output)))
}

#[test]
fn what_is_forbidden_can_be_said_by_a_query() {
    let folder = tempfile::tempdir().expect("a folder");
    let code = "mod rows { pub struct Row; pub fn load() {} }\nmod page { pub fn show(_: crate::rows::Row) { crate::rows::load() } }\n";
    let forbid = |to: &str| format!("[[forbid]]\nfrom = \"app::page\"\nto = \"{to}\"\n");
    let (status, said) = in_library(folder.path(), "check", code, &forbid("app::rows kind:struct"));
    assert!(status == Some(1) && said.contains("forbidden-dependency") && said.contains("app::rows::Row"), "{said}");
    assert!(!said.contains("app::rows::load"), "{said}");
    let (status, said) = in_library(folder.path(), "check", code, &forbid("app::rows kind:enum"));
    assert_eq!(status, Some(0), "{said}");
    let (status, said) = in_library(folder.path(), "check", code, &forbid("app::rows kind:row"));
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("`app::rows kind:row` in `to`, column 16: `row` is not a kind"), "{said}");
}

#[test]
fn what_a_query_finds_may_not_become_more() {
    let folder = tempfile::tempdir().expect("a folder");
    let ratchet = "[[ratchet]]\nquery = \"app kind:struct vis:pub\"\n[rules]\nover-exposed = \"off\"\n";
    let (status, said) = in_library(folder.path(), "baseline", "pub struct A;\npub struct B;\n", ratchet);
    assert_eq!(status, Some(0), "{said}");
    let (status, said) = in_library(folder.path(), "check", "pub struct A;\npub struct B;\n", ratchet);
    assert_eq!(status, Some(0), "{said}");
    let (status, said) = in_library(folder.path(), "check", "pub struct A;\npub struct B;\npub struct C;\n", ratchet);
    assert_eq!(status, Some(1), "{said}");
    let told = "`found` of `app kind:struct vis:pub` is 3, and riprap.baseline holds it at 2";
    assert!(said.contains(told), "{said}");
}

#[test]
fn files_attributes_and_lines_are_those_of_the_sources() {
    let found = |expression: &str| query(expression, &[]).1.lines().next().unwrap_or_default().to_owned();
    assert!(
        found("file:crates/orders/src/storage.rs kind:struct name:OrderRow").starts_with("orders::storage::OrderRow ")
    );
    assert!(found("file:crates/orders/src/*.rs kind:struct name:OrderRow").starts_with("orders::storage::OrderRow "));
    assert_eq!(found("file:crates/billing kind:struct name:OrderRow"), "nothing found");
    assert!(found("attr:Debug kind:enum name:Carrier").starts_with("shipping::domain::carrier::Carrier "));
    assert_eq!(found("attr:Deserialize kind:enum name:Carrier"), "nothing found");
    assert!(found("kind:enum name:Carrier lines > 1").starts_with("shipping::domain::carrier::Carrier "));
    assert_eq!(found("kind:enum name:Carrier lines > 100"), "nothing found");
}

#[test]
fn what_is_forbidden_can_be_said_by_attributes_files_and_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let code = "mod rows {\n    #[derive(Debug)]\n    pub struct Row;\n    pub struct Key;\n}\n\
                mod page {\n    fn show(_: crate::rows::Row) {}\n    fn find(_: crate::rows::Key) {}\n}\n";
    let check = |to: &str| {
        let forbid = format!("[[forbid]]\nfrom = \"app::page\"\nto = \"{to}\"\n[rules]\nover-exposed = \"off\"\n");
        in_library(folder.path(), "check", code, &forbid)
    };
    for (to, row, key) in [
        ("attr:Debug", true, false),
        ("attr:Clone kind:struct", false, false),
        ("app::rows file:src/lib.rs", true, true),
        ("app::rows kind:struct lines > 1", true, false),
    ] {
        let (status, said) = check(to);
        assert_eq!(status, Some(i32::from(row || key)), "{to}: {said}");
        assert_eq!((said.contains("rows::Row"), said.contains("rows::Key")), (row, key), "{to}: {said}");
    }
}

#[test]
fn files_have_owners_where_no_boundary_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        ("Cargo.toml", PACKAGE),
        ("src/lib.rs", "mod rows;\nmod page;\n"),
        ("src/rows.rs", "struct Row;\n"),
        ("src/page.rs", "struct Page;\n"),
        ("CODEOWNERS", "/src/rows.rs @data\n"),
    ];
    write_files(folder.path(), &files);
    let path = folder.path().to_str().expect("the path is text");
    let said = stdout(&riprap(&["query", "owner:@data kind:struct", path, "--quiet"]));
    assert!(said.contains("app::rows::Row") && !said.contains("Page"), "{said}");
}

#[test]
fn what_may_be_used_can_be_said_by_a_query() {
    let folder = tempfile::tempdir().expect("a folder");
    let code =
        "pub mod rows { pub struct Row; pub fn load() {} }\npub mod page { pub fn show(_: crate::rows::Row) {} }\n";
    let permits = |query: &str| {
        format!(
            "[boundary.rows]\ncontains = [\"app::rows\"]\n[boundary.page]\ncontains = [\"app::page\"]\nmay_use = [\"{query}\"]\n\
             [rules]\nover-exposed = \"off\"\n"
        )
    };
    let (_, said) = in_library(folder.path(), "check", code, &permits("app::rows kind:struct"));
    assert!(!said.contains("undeclared-dependency"), "{said}");
    let (status, said) = in_library(folder.path(), "check", code, &permits("app::rows kind:fn"));
    assert!(status == Some(1) && said.contains("undeclared-dependency"), "{said}");
}
