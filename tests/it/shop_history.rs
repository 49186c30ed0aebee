//! The history of the shop, gated by `RIPRAP_TEST_GIT=1`: needs `git` and `sh`.

use std::process::Command;

use crate::support::{repository, riprap, sample, stderr, stdout};

/// The newest commit, as `sample-workspaces/shop-history.sh` makes it.
fn shop() -> Option<tempfile::TempDir> {
    if std::env::var("RIPRAP_TEST_GIT").as_deref() != Ok("1") {
        return None;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let script = repository().join("sample-workspaces/shop-history.sh");
    let status = Command::new("sh").arg(script).arg(folder.path().join("shop")).status().expect("sh starts");
    assert!(status.success(), "the script failed");
    Some(folder)
}

#[test]
fn the_history_of_the_shop_ends_with_the_eroded_one() {
    let Some(folder) = shop() else { return };
    let root = folder.path().join("shop").display().to_string();
    let found = |path: &str| {
        let output = riprap(&["check", path, "--quiet", "--format", "json"]);
        let document: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        document["violations"].clone()
    };
    assert_eq!(found(&root), found(&sample("shop-eroded").display().to_string()));
    let first = riprap(&["check", &root, "--rev", "v1.0", "--quiet"]);
    assert!(first.status.success(), "the shop was in order: {}", stdout(&first));
}

#[test]
fn each_break_of_the_shop_has_the_commit_that_its_files_came_with() {
    let Some(folder) = shop() else { return };
    let root = folder.path().join("shop").display().to_string();
    let output = riprap(&["history", &root, "--persons", "--no-cache", "--quiet"]);
    let text = stdout(&output);
    assert!(output.status.success(), "{}", stderr(&output));
    let introduced = |what: &str| {
        let before = &text[..text.find(what).unwrap_or_else(|| panic!("{what} is not open:\n{text}"))];
        before.rsplit("\n\n").next().unwrap_or_default().lines().next().unwrap_or_default().to_owned()
    };
    for (what, day, person) in [
        ("impure-contracts contracts::tax::DOMESTIC_PER_CENT", "2025-09-15", "Bo Lindqvist"),
        ("module-cycle catalog::domain", "2025-10-06", "Ada Sommer"),
        ("internal-access billing::reconcile -> orders::storage::OrderTable", "2026-01-19", "Dana Kovacs"),
        ("external-dependency shipping::rates -> sqlx", "2026-03-23", "Chidi Okafor"),
        ("boundary-cycle app", "2026-06-01", "Dana Kovacs"),
    ] {
        let commit = introduced(what);
        assert!(commit.starts_with(day) && commit.contains(person), "{what}: {commit}");
    }
}
