//! Wrong and broken input: a clear message with file and line, and the right exit status.

use std::path::Path;

use crate::support::{riprap, sample, stderr, stdout, write_files};

const MANIFEST: &str = "[package]\nname = \"k\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";

/// Runs `check` on a folder with these files; the exit status and all that was said.
fn check(files: &[(&str, &str)]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    write_files(folder.path(), files);
    check_path(folder.path())
}

fn check_path(path: &Path) -> (Option<i32>, String) {
    let output = riprap(&["check", path.to_str().expect("the path is text")]);
    (output.status.code(), format!("{}{}", stdout(&output), stderr(&output)))
}

#[test]
fn a_path_that_does_not_exist_is_named() {
    let (status, said) = check_path(Path::new("no/such/place"));
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("no/such/place"), "{said}");
}

#[test]
fn a_folder_without_a_manifest_names_those_below_it() {
    let (status, said) = check(&[("deep/k/Cargo.toml", MANIFEST), ("deep/k/src/lib.rs", "")]);
    assert_eq!(status, Some(3), "{said}");
    assert!(said.contains("Cargo.toml"), "{said}");
}

#[test]
fn a_manifest_with_an_error_is_shown_with_its_line() {
    let (status, said) = check(&[("Cargo.toml", "[package]\nname = \"k\nversion = 1\n"), ("src/lib.rs", "")]);
    assert_eq!(status, Some(3), "{said}");
    assert!(said.contains("Cargo.toml:2"), "{said}");
}

#[test]
fn a_missing_member_is_noted_and_the_rest_is_shown() {
    let root = "[workspace]\nmembers = [\"a\", \"gone\"]\nresolver = \"2\"\n";
    let a = "[package]\nname = \"a\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";
    let (status, said) = check(&[("Cargo.toml", root), ("a/Cargo.toml", a), ("a/src/lib.rs", "pub mod m {}\n")]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("gone"), "{said}");
}

#[test]
fn a_binary_source_file_is_noted() {
    let folder = tempfile::tempdir().expect("a folder");
    write_files(folder.path(), &[("Cargo.toml", MANIFEST), ("src/lib.rs", "mod bytes;\n")]);
    std::fs::write(folder.path().join("src/bytes.rs"), [0xff, 0xfe, 0x00]).expect("the file can be written");
    let (status, said) = check_path(folder.path());
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("src/bytes.rs") && said.contains("not-utf8"), "{said}");
}

#[test]
fn a_file_that_contains_itself_is_noted() {
    let (status, said) = check(&[
        ("Cargo.toml", MANIFEST),
        ("src/lib.rs", "mod a;\n"),
        ("src/a.rs", "#[path = \"a.rs\"]\nmod again;\n"),
    ]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("src/a.rs:2") && said.contains("module-file-circular"), "{said}");
}

#[test]
fn a_module_whose_file_lies_outside_every_package_is_read() {
    let root = "[workspace]\nmembers = [\"k\"]\nresolver = \"2\"\n";
    let text = "#[path = \"../../shared/a.rs\"]\nmod a;\nmod b { pub fn g() { crate::a::f() } }\n";
    let (status, said) = check(&[
        ("Cargo.toml", root),
        ("k/Cargo.toml", MANIFEST),
        ("k/src/lib.rs", text),
        ("shared/a.rs", "pub fn f() { crate::b::g() }\n"),
    ]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("`a` and `b` of `k` depend on each other"), "{said}");
    assert!(!said.contains("module-file-missing"), "{said}");
}

#[test]
fn a_file_that_no_module_names_is_noted() {
    let (status, said) = check(&[
        ("Cargo.toml", MANIFEST),
        ("src/lib.rs", "mod a;\n"),
        ("src/a.rs", "fn f() {}\n"),
        ("src/old.rs", "fn g() {}\n"),
    ]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("orphan-file") && said.contains("src/old.rs") && !said.contains("src/a.rs"), "{said}");
}

#[test]
fn a_broken_source_file_gives_what_can_be_had() {
    let (status, said) = check(&[
        ("Cargo.toml", MANIFEST),
        ("src/lib.rs", "pub mod a { pub fn f() {} }\nfn broken( {\npub mod b { use crate::a::f; }\n"),
    ]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("syntax-error"), "{said}");
}

#[test]
fn an_unknown_key_is_shown_with_its_line_and_the_nearest_known_one() {
    let (status, said) = check(&[
        ("Cargo.toml", MANIFEST),
        ("src/lib.rs", ""),
        ("riprap.toml", "version = 1\n[boundary.core]\ncontain = [\"k\"]\n"),
    ]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("riprap.toml:3") && said.contains("contains"), "{said}");
}

#[test]
fn a_workspace_without_configuration_never_fails() {
    let (status, said) = check(&[
        ("Cargo.toml", MANIFEST),
        ("src/lib.rs", "mod a { pub fn f() { crate::b::g() } }\nmod b { pub fn g() { crate::a::f() } }\n"),
    ]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains(" 1. modules `a` and `b` of `k` depend on each other"), "{said}");
    assert!(said.contains("tangle --> src/lib.rs:2") && said.contains("`riprap init` writes"), "{said}");
}

#[test]
fn a_finding_shows_the_line_and_the_legal_route() {
    let (status, said) = check_path(&sample("shop-eroded"));
    assert_eq!(status, Some(1), "{said}");
    for part in ["internal-access", "billing/src/reconcile.rs", "orders::OrderRow"] {
        assert!(said.contains(part), "`{part}` is missing:\n{said}");
    }
}

#[test]
fn what_holds_for_a_boundary_is_explained_with_its_place() {
    let shop = sample("shop-eroded");
    let shop = shop.to_str().expect("the path is text");
    let output = riprap(&["explain", "--config", "orders", shop]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let said = stdout(&output);
    assert!(said.starts_with("boundary `orders`, declared at riprap.toml:"), "{said}");
    assert!(said.contains("# its own table") && said.contains("# nobody says otherwise"), "{said}");
    let unknown = riprap(&["explain", "--config", "order", shop]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("did you mean `orders`?"), "{}", stderr(&unknown));
}

#[test]
fn every_rule_is_explained() {
    for rule in riprap::rules::RULES {
        let output = riprap(&["explain", rule.name]);
        assert!(output.status.success() && stdout(&output).contains(rule.name), "{}", rule.name);
    }
    let unknown = riprap(&["explain", "internal-acess"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("internal-access"), "{}", stderr(&unknown));
}
