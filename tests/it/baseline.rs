//! The life of a riprap.baseline: written, kept, shrunk, never widened unseen.

use std::fs;
use std::path::Path;

use crate::support::{riprap, stderr, stdout, write_files};

const LIB: &str = "pub mod stock { pub mod deep { pub struct A; pub struct B; } }\npub mod web { }\n";
const WEB: &str = "pub mod a;\npub mod b;\n";

const CONFIG: &str = "version = 1\n[boundary.stock]\ncontains = [\"stock\"]\n[boundary.web]\ncontains = [\"web\"]\n";

/// Two boundaries; `web` names two internals of `stock`.
fn workspace(folder: &Path) {
    write_files(
        folder,
        &[
            ("Cargo.toml", "[workspace]\nmembers = [\"stock\", \"web\"]\nresolver = \"2\"\n"),
            ("stock/Cargo.toml", "[package]\nname = \"stock\"\nversion = \"0.1.0\"\nedition = \"2021\"\n"),
            ("stock/src/lib.rs", LIB),
            (
                "web/Cargo.toml",
                "[package]\nname = \"web\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[dependencies]\nstock = { path = \"../stock\" }\n",
            ),
            ("web/src/lib.rs", WEB),
            ("web/src/a.rs", "use stock::stock::deep::A;\n"),
            ("web/src/b.rs", "use stock::stock::deep::B;\n"),
            ("riprap.toml", CONFIG),
        ],
    );
}

/// Runs a command on the folder; its exit status and what it printed.
fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let path = folder.to_str().expect("the path is text");
    let output = riprap(&[&arguments[..1], &[path], &arguments[1..]].concat());
    (output.status.code(), format!("{}{}", stdout(&output), stderr(&output)))
}

fn file(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("the file is there")
}

#[test]
fn a_baseline_accepts_todays_violations_and_denies_the_next_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    workspace(folder);
    let (status, said) = run(folder, &["check"]);
    assert_eq!(status, Some(1), "{said}");
    let (status, said) = run(folder, &["baseline"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("2 violations accepted from now on"), "{said}");
    let accepted = file(folder, "riprap.baseline");
    let entries: Vec<&str> = accepted.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(
        entries,
        ["internal-access web::a -> stock::stock::deep::A", "internal-access web::b -> stock::stock::deep::B"]
    );
    assert_eq!(file(folder, ".gitattributes"), "riprap.baseline merge=union\n");
    let (status, said) = run(folder, &["check"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("2 accepted"), "{said}");

    write_files(folder, &[("web/src/a.rs", "use stock::stock::deep::{A, B};\n")]);
    let (status, said) = run(folder, &["check"]);
    assert_eq!(status, Some(1), "{said}");
    let (status, said) = run(folder, &["baseline"]);
    assert_eq!((status, file(folder, "riprap.baseline")), (Some(0), accepted.clone()), "it is not widened: {said}");
    assert!(said.contains("1 not accepted"), "{said}");
    let (_, said) = run(folder, &["baseline", "--accept-new"]);
    assert!(
        said.contains("+ internal-access web::a -> stock::stock::deep::B") && said.contains("WIDENED by 1"),
        "{said}"
    );
    assert_eq!(run(folder, &["check"]).0, Some(0));
}

#[test]
fn fixing_a_violation_never_fails_and_the_next_baseline_is_smaller() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    workspace(folder);
    run(folder, &["baseline"]);
    write_files(folder, &[("web/src/b.rs", "")]);
    let (status, said) = run(folder, &["check"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("1 accepted violation is gone"), "{said}");
    assert_eq!(run(folder, &["baseline", "--check"]).0, Some(1), "a baseline that could shrink can be asked for");
    let (_, said) = run(folder, &["baseline"]);
    assert!(said.contains("- internal-access web::b -> stock::stock::deep::B"), "{said}");
    assert_eq!(run(folder, &["baseline", "--check"]).0, Some(0));
    assert_eq!(file(folder, ".gitattributes").lines().count(), 1);
}

#[test]
fn a_fix_that_takes_the_last_user_away_denies_nothing_and_a_new_item_without_one_is_denied() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    workspace(folder);
    run(folder, &["baseline"]);
    let before = folder.join("before.json");
    let before = before.to_str().expect("the path is text");
    assert_eq!(run(folder, &["snapshot", "--output", before]).0, Some(0));
    write_files(folder, &[("web/src/b.rs", "")]);
    for arguments in [&["check"][..], &["check", "--since", before]] {
        let (status, said) = run(folder, arguments);
        assert_eq!(status, Some(0), "{said}");
        assert!(said.contains("warning[over-exposed]: `stock::stock::deep::B`"), "{said}");
    }
    let with_new = LIB.replace("pub struct B;", "pub struct B; pub struct C;");
    write_files(folder, &[("stock/src/lib.rs", &with_new)]);
    assert_eq!(run(folder, &["check"]).0, Some(0));
    let (status, said) = run(folder, &["check", "--since", before]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("error[over-exposed]: `stock::stock::deep::C`"), "{said}");
}

#[test]
fn what_a_merge_of_two_fixes_brings_back_is_taken_out_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    workspace(folder);
    run(folder, &["baseline"]);
    let both = file(folder, "riprap.baseline");
    write_files(folder, &[("web/src/a.rs", ""), ("web/src/b.rs", ""), ("riprap.baseline", &format!("{both}{both}"))]);
    assert_eq!(run(folder, &["check"]).0, Some(0));
    run(folder, &["baseline"]);
    assert_eq!(file(folder, "riprap.baseline").lines().filter(|line| !line.starts_with('#')).count(), 0);
}

#[test]
fn a_broken_line_is_shown_and_nothing_is_judged() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    workspace(folder);
    write_files(folder, &[("riprap.baseline", "# ours\n<<<<<<< HEAD\n")]);
    let (status, said) = run(folder, &["check"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("riprap.baseline:2:1") && said.contains("conflict"), "{said}");
}

#[test]
fn since_a_snapshot_only_what_was_added_is_judged() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    workspace(folder);
    let before = folder.join("before.json");
    let before = before.to_str().expect("the path is text");
    assert_eq!(run(folder, &["snapshot", "--output", before]).0, Some(0));
    let (status, said) = run(folder, &["check", "--since", before]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("no dependency between modules of a boundary came or went"), "{said}");
    write_files(folder, &[("web/src/b.rs", "use stock::stock::deep::{A, B};\n"), ("web/src/a.rs", "")]);
    let (status, said) = run(folder, &["check", "--since", before]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("1 violation, 1 denied"), "{said}");
    assert!(said.contains("dependencies changed in: stock (no owner), web (no owner)"), "{said}");
}

/// Adds a ratchet on the references around the API of `stock`.
fn ratcheted(folder: &Path) {
    workspace(folder);
    let ratchet =
        "[[ratchet]]\nmetric = \"references-around\"\nscope = \"stock\"\n[rules]\ninternal-access = \"warn\"\n";
    write_files(folder, &[("riprap.toml", &format!("{CONFIG}{ratchet}"))]);
}

fn entries(folder: &Path) -> Vec<String> {
    file(folder, "riprap.baseline").lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

#[test]
fn a_number_is_held_to_its_best_value() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    ratcheted(folder);
    let (status, said) = run(folder, &["check"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("`references-around` of `stock` is 2") && said.contains("run `riprap baseline`"), "{said}");
    let (_, said) = run(folder, &["baseline"]);
    assert!(said.contains("0 violations accepted and 1 number held from now on"), "{said}");
    assert_eq!(entries(folder), ["worsened-metric stock: references-around <= 2"]);
    assert_eq!(run(folder, &["check"]).0, Some(0));

    write_files(folder, &[("web/src/a.rs", "use stock::stock::deep::{A, B};\n")]);
    let (status, said) = run(folder, &["check"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("error[worsened-metric]") && said.contains("riprap.toml:6:1"), "{said}");
    let (_, said) = run(folder, &["baseline"]);
    assert!(said.contains("1 not accepted"), "{said}");
    assert_eq!(entries(folder), ["worsened-metric stock: references-around <= 2"]);
    let (_, said) = run(folder, &["baseline", "--accept-new"]);
    assert!(said.contains("WIDENED by 1"), "{said}");
    assert_eq!(entries(folder), ["worsened-metric stock: references-around <= 3"]);

    write_files(folder, &[("web/src/a.rs", "use stock::stock::deep::A;\n"), ("web/src/b.rs", "")]);
    let (status, said) = run(folder, &["check"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("1 number is better than riprap.baseline holds it"), "{said}");
    assert_eq!(run(folder, &["baseline", "--check"]).0, Some(1));
    let (_, said) = run(folder, &["baseline"]);
    assert!(said.contains("+ worsened-metric stock: references-around <= 1"), "{said}");
    assert_eq!(entries(folder), ["worsened-metric stock: references-around <= 1"]);
}

#[test]
fn of_two_values_that_a_merge_leaves_the_better_one_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    ratcheted(folder);
    let lines = "worsened-metric stock: references-around <= 2\nworsened-metric stock: references-around <= 1\n";
    write_files(folder, &[("riprap.baseline", lines), ("web/src/b.rs", "")]);
    let (status, said) = run(folder, &["check"]);
    assert_eq!(status, Some(0), "{said}");
    run(folder, &["baseline"]);
    assert_eq!(entries(folder), ["worsened-metric stock: references-around <= 1"]);
    write_files(folder, &[("riprap.baseline", lines), ("web/src/b.rs", "use stock::stock::deep::B;\n")]);
    assert_eq!(run(folder, &["check"]).0, Some(1));
}

#[test]
fn each_boundary_can_have_a_file_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    workspace(folder);
    let config =
        format!("baseline = \"per-boundary\"\n{CONFIG}[[ratchet]]\nmetric = \"leak-ratio\"\nscope = \"stock\"\n");
    write_files(folder, &[("riprap.toml", &config)]);
    let (status, said) = run(folder, &["baseline"]);
    assert_eq!(status, Some(0), "{said}");
    let lines = |name: &str| -> Vec<String> {
        file(folder, name).lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
    };
    let of_web = ["internal-access web::a -> stock::stock::deep::A", "internal-access web::b -> stock::stock::deep::B"];
    assert_eq!(lines("web/riprap.baseline"), of_web);
    assert_eq!(lines("stock/riprap.baseline"), ["worsened-metric stock: leak-ratio <= 2/2"]);
    assert_eq!(lines("riprap.baseline"), Vec::<String>::new());
    assert_eq!(file(folder, ".gitattributes"), "riprap.baseline merge=union\n");
    let (status, said) = run(folder, &["check"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("2 accepted"), "{said}");
    assert_eq!(run(folder, &["baseline", "--check"]).0, Some(0));

    write_files(folder, &[("web/riprap.baseline", "<<<<<<< HEAD\n")]);
    let (status, said) = run(folder, &["check"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("web/riprap.baseline:1:1"), "{said}");

    write_files(
        folder,
        &[("web/riprap.baseline", &format!("{}\n{}\n", of_web[0], of_web[1])), ("riprap.toml", CONFIG)],
    );
    assert_eq!(run(folder, &["check"]).0, Some(0), "what is accepted counts wherever it stands");
    assert_eq!(run(folder, &["baseline", "--check"]).0, Some(1));
    let (_, said) = run(folder, &["baseline"]);
    assert_eq!(lines("riprap.baseline"), of_web, "{said}");
    assert!(!folder.join("web/riprap.baseline").exists() && !folder.join("stock/riprap.baseline").exists());
}
