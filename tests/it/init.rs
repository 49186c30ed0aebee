//! `riprap init` and `riprap affected`: from a workspace that nobody has described to one that is held to its shape.

use std::path::Path;

use crate::support::{riprap, stderr, stdout, write_files};

fn manifest(name: &str, dependencies: &[&str]) -> String {
    let lines = dependencies.iter().map(|name| format!("{name} = {{ path = \"../{name}\" }}\n"));
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[dependencies]\n{}",
        lines.collect::<String>()
    )
}

/// Three crates and a program, with one use of internals.
fn shop(root: &Path) {
    let package = |name: &str, dependencies: &[&str], text: &str| {
        let root_file = if name == "shop" { "main.rs" } else { "lib.rs" };
        write_files(
            root,
            &[
                (&format!("crates/{name}/Cargo.toml"), &manifest(name, dependencies)),
                (&format!("crates/{name}/src/{root_file}"), text),
            ],
        );
    };
    write_files(root, &[("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\nresolver = \"2\"\n")]);
    package("kernel", &[], "pub struct Id;\n");
    package("orders", &["kernel"], "pub mod stock { pub struct Level; }\npub struct Order(pub kernel::Id);\n");
    package("billing", &["kernel", "orders"], "pub fn f(_: kernel::Id, _: orders::stock::Level) {}\n");
    package(
        "shop",
        &["billing", "kernel", "orders"],
        "fn main() { let _ = (billing::f, kernel::Id, orders::Order(kernel::Id)); }\n",
    );
}

/// The exit status and what was said.
fn run(root: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut all = vec![arguments[0], root.to_str().expect("the path is text"), "--quiet"];
    all.extend(&arguments[1..]);
    let output = riprap(&all);
    (output.status.code(), format!("{}{}", stdout(&output), stderr(&output)))
}

fn read(root: &Path, name: &str) -> String {
    std::fs::read_to_string(root.join(name)).expect("the file is there")
}

#[test]
fn what_is_proposed_passes_with_its_baseline_and_stops_the_next_break() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    shop(root);
    let (status, said) = run(root, &["init"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("riprap.toml: 4 boundaries"), "{said}");
    let config = read(root, "riprap.toml");
    assert!(config.contains("contains = [\"crates/<name>\"]"), "{config}");
    assert!(config.contains("[boundary.billing]\nmay_use = [\"kernel\", \"orders\"]"), "{config}");
    assert!(config.contains("[boundary.shop]") && config.contains("role = \"composition\""), "{config}");
    assert_eq!(run(root, &["check"]).0, Some(0), "{}", read(root, "riprap.baseline"));

    write_files(root, &[("crates/kernel/Cargo.toml", &manifest("kernel", &[]))]);
    let orders = manifest("orders", &["kernel"]) + "billing = { path = \"../billing\" }\n";
    let billing = manifest("billing", &["kernel"]);
    write_files(root, &[("crates/orders/Cargo.toml", &orders), ("crates/billing/Cargo.toml", &billing)]);
    write_files(root, &[("crates/orders/src/lib.rs", "pub mod stock { pub struct Level; }\npub use billing::f;\n")]);
    write_files(root, &[("crates/billing/src/lib.rs", "pub fn f(_: kernel::Id) {}\n")]);
    let (status, said) = run(root, &["check"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("error[undeclared-dependency]"), "{said}");
}

#[test]
fn a_riprap_toml_that_is_there_is_added_to_and_never_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    shop(root);
    let config = "# Ours.\nversion = 1\n\n[boundary.orders] # theirs\ncontains = [\"orders\"]\n\n[boundary.rest]\n\
                  contains = [\"kernel\", \"billing\"]\n";
    write_files(root, &[("riprap.toml", config)]);
    let (status, said) = run(root, &["init"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("is there already and is not replaced; `riprap init --update`"), "{said}");
    assert_eq!(read(root, "riprap.toml"), config);
    let (status, said) = run(root, &["init", "--update"]);
    assert_eq!((status, said.contains("+ [boundary.shop] contains shop")), (Some(0), true), "{said}");
    let updated = read(root, "riprap.toml");
    assert!(updated.starts_with(config) && updated.contains("[boundary.shop]\ncontains = [\"shop\"]"), "{updated}");
    let (status, said) = run(root, &["init", "--update"]);
    assert_eq!((status, said.contains("nothing to add")), (Some(0), true), "{said}");
}

#[test]
fn what_is_printed_is_not_written() {
    let folder = tempfile::tempdir().expect("a folder");
    shop(folder.path());
    let (status, said) = run(folder.path(), &["init", "--print"]);
    assert_eq!((status, said.contains("version = 1")), (Some(0), true), "{said}");
    assert!(!folder.path().join("riprap.toml").exists() && !folder.path().join("riprap.baseline").exists());
}

#[test]
fn code_is_put_together_by_what_is_asked_for_and_passes() {
    for by in ["folder", "prefix", "community"] {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        shop(root);
        let (status, said) = run(root, &["init", "--by", by]);
        assert_eq!(status, Some(0), "{by}: {said}");
        let config = read(root, "riprap.toml");
        assert_eq!(config.contains("Modularity 0"), by == "community", "{config}");
        assert_eq!(run(root, &["check"]).0, Some(0), "{by}: {config}");
    }
}

#[test]
fn owners_have_a_boundary_each_where_there_are_owners() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    shop(root);
    let (status, said) = run(root, &["init", "--by", "owner"]);
    assert_eq!((status, said.contains("no CODEOWNERS file says whose")), (Some(2), true), "{said}");
    let owners = "/crates/orders/ @shop/sales\n/crates/billing/ @shop/sales\n/crates/shop/ @shop/app\n";
    write_files(root, &[("CODEOWNERS", owners)]);
    let (status, said) = run(root, &["init", "--by", "owner"]);
    assert_eq!(status, Some(0), "{said}");
    let config = read(root, "riprap.toml");
    assert!(config.contains("[boundary.sales]\ncontains = [\"crates/billing\", \"crates/orders\"]"), "{config}");
    assert!(config.contains("# @shop/sales in CODEOWNERS.") && !config.contains("crates/kernel"), "{config}");
    assert_eq!(run(root, &["check"]).0, Some(0), "{config}");
}

/// Everything that is on disk as a commit.
fn commit(root: &Path, paths: &[&str]) {
    let repository = gix::init(root).expect("a repository can be made");
    let mut tree = repository.edit_tree(repository.empty_tree().id).expect("an empty tree");
    for path in paths {
        let id = repository.write_blob(read(root, path)).expect("a blob can be written");
        tree.upsert(*path, gix::objs::tree::EntryKind::Blob, id).expect("a path");
    }
    let tree = tree.write().expect("a tree can be written");
    let ada =
        gix::actor::SignatureRef { name: "Ada".into(), email: "ada@example.org".into(), time: "1704067200 +0000" };
    repository.commit_as(ada, ada, "HEAD", "First", tree, Vec::<gix::ObjectId>::new()).expect("a commit");
}

#[test]
fn a_change_on_disk_reaches_the_packages_that_depend_on_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    shop(root);
    let files: Vec<String> = ["kernel", "orders", "billing", "shop"]
        .iter()
        .flat_map(|name| {
            let code = if *name == "shop" { "main.rs" } else { "lib.rs" };
            [format!("crates/{name}/Cargo.toml"), format!("crates/{name}/src/{code}")]
        })
        .collect();
    let files: Vec<&str> = files.iter().map(String::as_str).chain(["Cargo.toml"]).collect();
    commit(root, &files);
    let cargo = |root: &Path| run(root, &["affected", "--since", "HEAD", "--format", "cargo"]);
    assert_eq!(cargo(root), (Some(0), "\n".to_owned()));
    write_files(root, &[("crates/billing/src/lib.rs", "pub fn f(_: kernel::Id) {}\n")]);
    assert_eq!(cargo(root), (Some(0), "-p billing -p shop\n".to_owned()));
    let (status, said) = run(root, &["affected", "--since", "HEAD"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.starts_with("1 file changed since HEAD\n"), "{said}");
    assert!(said.contains("shop     depends on billing") && said.contains("binaries: shop"), "{said}");
    write_files(root, &[("crates/kernel/src/new.rs", "pub struct New;\n")]);
    let (_, said) = run(root, &["affected", "--since", "HEAD", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(json["changed"], serde_json::json!(["crates/billing/src/lib.rs", "crates/kernel/src/new.rs"]));
    assert_eq!(json["packages"].as_array().map(Vec::len), Some(4));
    assert_eq!(run(root, &["affected", "--since", "nowhere"]).0, Some(2));
}
