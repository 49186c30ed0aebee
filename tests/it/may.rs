//! `riprap may`: the answer before the code.

use crate::support::{riprap, sample, stderr, stdout, write_files};

/// The exit status and what was said.
fn may(workspace: &str, from: &str, to: &str) -> (Option<i32>, String) {
    let output = riprap(&["may", from, to, workspace, "--quiet"]);
    (output.status.code(), format!("{}{}", stdout(&output), stderr(&output)))
}

fn in_shop(from: &str, to: &str) -> (Option<i32>, String) {
    may(sample("shop").to_str().expect("the path is text"), from, to)
}

#[test]
fn what_an_api_shows_may_be_used_where_the_dependency_is_declared() {
    let (status, said) = in_shop("app::storefront", "orders::Orders");
    assert_eq!(status, Some(0), "{said}");
    assert!(said.starts_with("yes: `bin:app::storefront` may use `orders::Orders`"), "{said}");
}

#[test]
fn undeclared_dependencies_and_internals_are_refused_with_the_clause_and_the_route() {
    let (status, said) = in_shop("orders", "billing");
    assert_eq!(status, Some(1), "{said}");
    assert!(said.starts_with("no: ") && said.contains("undeclared-dependency (denied)"), "{said}");
    let (status, said) = in_shop("app::storefront", "orders::application::Orders");
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("the compiler refuses it: `application` is not visible outside `orders`"), "{said}");
    assert!(said.contains("internal-access (denied)") && said.contains("help: use `orders::Orders`"), "{said}");
}

#[test]
fn what_the_compiler_and_cargo_refuse_is_said_before_any_rule() {
    let folder = tempfile::tempdir().expect("a folder");
    let manifest = |name: &str, rest: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[dependencies]\n{rest}")
    };
    write_files(
        folder.path(),
        &[
            ("Cargo.toml", "[workspace]\nmembers = [\"a\", \"b\", \"c\"]\nresolver = \"2\"\n"),
            ("a/Cargo.toml", &manifest("a", "b = { path = \"../b\" }\n")),
            ("a/src/lib.rs", "mod inner { pub struct Hidden; }\npub mod shown {}\n"),
            ("b/Cargo.toml", &manifest("b", "")),
            ("b/src/lib.rs", "mod own { pub fn hidden() {} }\npub fn open() {}\n"),
            ("c/Cargo.toml", &manifest("c", "")),
            ("c/src/lib.rs", ""),
        ],
    );
    let path = folder.path().to_str().expect("the path is text");
    let (status, said) = may(path, "b", "a::shown");
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("Cargo allows no ring of packages"), "{said}");
    let (status, said) = may(path, "a", "b::own::hidden");
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("the compiler refuses it: `own` is not visible outside `b`"), "{said}");
    let (status, said) = may(path, "c", "b::open");
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("the Cargo.toml of `c` has to list `b`"), "{said}");
}

#[test]
fn an_unknown_name_is_wrong_use_with_what_may_have_been_meant() {
    let (status, said) = in_shop("billing", "orders::Ordrs");
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("did you mean `orders::Orders`?"), "{said}");
}

#[test]
fn editors_read_the_answer_as_json() {
    let shop = sample("shop");
    let output =
        riprap(&["may", "orders", "billing::InvoiceView", shop.to_str().expect("text"), "--format", "json", "--quiet"]);
    let answer: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(answer["allowed"], false);
    assert!(
        answer["violations"].as_array().is_some_and(|all| all.iter().any(|it| it["effect"] == "denied")),
        "{answer}"
    );
}
