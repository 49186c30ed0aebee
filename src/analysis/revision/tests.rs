//! Commits, and the same files on disk.

#![expect(clippy::disallowed_methods, reason = "repositories are broken in the ways that they break")]

use std::fs;

use crate::analysis::{self, Analysis, AnalysisError};
use crate::git::fixture::Made;

use super::*;

/// A workspace in a subfolder with most of what makes reading a folder difficult.
const WORKSPACE: &str = r#"
//- README.md
# A repository
//- .gitignore
*.gen.rs
/ws/app/ignored/
//- .github/CODEOWNERS
/ws/app/ @team/app
//- ws/Cargo.toml
[workspace]
members = ["app", "core"]
resolver = "2"
//- ws/riprap.toml
version = 1
style = "modular-monolith"
[boundary.app]
contains = ["app"]
owner = "codeowners"
[boundary.core]
contains = ["core"]
may_use = []
//- ws/riprap.baseline
internal-access app -> core::inner::Gone
//- ws/app/Cargo.toml
[package]
name = "app"
version = "0.1.0"
edition = "2021"
[dependencies]
core = { path = "../core" }
//- ws/app/src/main.rs
mod linked;
#[path = "../../../shared/outside.rs"]
mod outside;
use core::inner::Hidden;
fn main() { let _: Hidden; linked::f(); outside::g() }
//- ws/app/src/linked.rs -> ../../core/src/linked.rs
//- ws/app/src/made.gen.rs
this is not read
//- ws/app/ignored/x.rs
nor is this
//- ws/app/.ignore
tests/data/**
!tests/data/kept.rs
//- ws/app/tests/it.rs
mod common;
//- ws/app/tests/common/mod.rs
//- ws/app/tests/data/lost.rs
//- ws/app/tests/data/kept.rs
//- ws/app/testdata/other/Cargo.toml
[package]
name = "other"
//- ws/app/testdata/other/src/lib.rs
//- ws/app/.hidden/x.rs
//- ws/app/target/debug/build/y.rs
//- ws/core/Cargo.toml
[package]
name = "core"
version = "0.1.0"
edition = "2018"
[package.metadata.riprap]
owner = "@said/in-the-manifest"
//- ws/core/src/lib.rs
pub mod inner { pub struct Hidden; }
mod linked;
pub use folder_link::deep;
#[path = "../link/deep.rs"]
mod folder_link;
//- ws/core/src/linked.rs
pub fn f() {}
//- ws/core/link -> src/behind
//- ws/core/src/behind/deep.rs
pub mod deep {}
//- ws/core/src/orphan.rs
//- shared/outside.rs
pub fn g() {}
"#;

fn open(made: &Made, at: &str, revision: Option<&str>) -> Result<Analysis, AnalysisError> {
    let asked =
        Asked { revision: revision.map(str::to_owned), today: crate::source::Date::default(), ..Asked::default() };
    analysis::open(&made.root().join(at), &asked, &|_| {}, &AtomicBool::new(false))
}

/// Everything that is known, without the revision and the day.
fn document(analysis: &Analysis) -> String {
    let mut document = serde_json::to_value(analysis.document()).unwrap();
    document["revision"] = "".into();
    document["configuration"]["date"] = "".into();
    serde_json::to_string_pretty(&document).unwrap()
}

#[test]
fn a_clean_checkout_and_its_commit_are_the_same() {
    let mut made = Made::new();
    made.commit("//- ws/Cargo.toml\n[workspace]\nmembers = []\n");
    let head = made.commit(WORKSPACE);
    for at in ["ws", "ws/app/src", "ws/core/Cargo.toml"] {
        let (disk, commit) = (open(&made, at, None).unwrap(), open(&made, at, Some("HEAD")).unwrap());
        assert_eq!(document(&commit), document(&disk));
        assert_eq!(commit.revision, head.to_string());
        assert_eq!((commit.root, disk.revision.as_str()), (disk.root, "WORKTREE"));
    }
    let worktree = open(&made, "ws", Some("WORKTREE")).unwrap();
    assert_eq!((worktree.revision.as_str(), worktree.commit), ("WORKTREE", None));
}

#[test]
fn an_old_commit_is_judged_by_what_is_wanted_today() {
    let mut made = Made::new();
    made.commit(&WORKSPACE.replace("contains = [\"core\"]", "contains = [\"nothing\"]"));
    made.commit(WORKSPACE);
    let old = open(&made, "ws", Some("HEAD~1")).unwrap();
    let broken: Vec<String> =
        old.verdict.violations.iter().map(|it| format!("{} {}", it.violation.rule, it.violation.to)).collect();
    assert!(broken.contains(&"internal-access core::inner::Hidden".to_owned()), "{broken:?}");
    assert_eq!(old.commit.map(|commit| commit.subject), Some("Commit 1".to_owned()));
}

#[test]
fn the_day_of_a_commit_counts_for_it() {
    let mut made = Made::new();
    let excepted = WORKSPACE.replace(
        "[boundary.core]",
        "[[exception]]\nrule = \"internal-access\"\nfrom = \"app\"\nto = \"core::**\"\nuntil = 2024-01-01\nreason = \"r\"\n[boundary.core]",
    );
    made.commit(&excepted);
    made.commit(&excepted);
    let denied = |revision: &str| open(&made, "ws", Some(revision)).unwrap().verdict.denied();
    assert!(denied("HEAD~1") < denied("HEAD"));
}

#[test]
fn what_a_commit_does_not_hold_is_noted() {
    let mut made = Made::new();
    made.commit(&format!(
        "{WORKSPACE}//- ws/core/vendored @\n//- ws/core/src/far.rs -> ../../../../elsewhere/far.rs\n//- vendor/z @\n\
         //- ws/core/src/big.rs\nversion https://git-lfs.github.com/spec/v1\noid sha256:0\n"
    ));
    fs::remove_file(made.object_file(&made.hash_of("pub fn f() {}\n"))).unwrap();
    let analysis = open(&made, "ws", Some("HEAD")).unwrap();
    let notes: Vec<String> = analysis
        .notes
        .iter()
        .filter(|note| !["orphan-file", "no-file"].contains(&note.kind))
        .map(|note| format!("{} {}", note.kind, note.path))
        .collect();
    for expected in [
        "submodule core/vendored",
        "link-outside core/src/far.rs",
        "lfs-pointer core/src/big.rs",
        "missing-object core/src/linked.rs",
        "missing-object app/src/linked.rs",
    ] {
        assert!(notes.iter().any(|note| note == expected), "{expected}: {notes:?}");
    }
    assert!(!notes.iter().any(|note| note.contains("vendor/z")), "{notes:?}");
}

#[test]
fn a_workspace_that_moved_is_found_where_it_lay() {
    let mut made = Made::new();
    made.commit("//- old/place/Cargo.toml\n[package]\nname = \"p\"\n//- old/place/src/lib.rs\n");
    made.commit("//- Cargo.toml\n[package]\nname = \"p\"\n//- src/lib.rs\n");
    made.commit("//- inner/ws/Cargo.toml\n[package]\nname = \"p\"\n//- inner/ws/src/lib.rs\n");
    let old = open(&made, "inner/ws", Some("HEAD~2")).unwrap();
    assert_eq!(old.notes.iter().map(|note| note.kind).collect::<Vec<_>>(), ["moved-root"]);
    assert!(old.model.find("p").is_some());
    let above = open(&made, "inner/ws", Some("HEAD~1")).unwrap();
    assert!(above.notes.is_empty() && above.model.find("p").is_some());
}

#[test]
fn without_a_workspace_it_is_said_where_others_are() {
    let mut made = Made::new();
    made.commit("//- README.md\n");
    made.commit("//- a/Cargo.toml\n//- b/Cargo.toml\n");
    let message = |revision: &str| open(&made, "", Some(revision)).unwrap_err().to_string();
    assert!(message("HEAD~1").ends_with("there was no Rust in it yet"), "{}", message("HEAD~1"));
    assert!(message("HEAD").ends_with("it has `a/Cargo.toml`, `b/Cargo.toml`"), "{}", message("HEAD"));
    assert!(message("gone").starts_with("no revision `gone`"));
}

#[test]
fn a_bare_repository_is_judged_by_what_its_newest_commit_says() {
    let mut made = Made::new();
    made.commit(&WORKSPACE.replace("ws/", ""));
    made.commit(&WORKSPACE.replace("ws/", "").replace("owner = \"codeowners\"", "owner = \"@team/new\""));
    let on_disk = open(&made, "", Some("HEAD~1")).unwrap();
    let bare = made.root().with_file_name("bare.git");
    fs::rename(made.git_dir(), &bare).unwrap();
    fs::write(bare.join("config"), "[core]\nrepositoryformatversion = 0\nbare = true\n").unwrap();
    let asked = Asked { revision: Some("HEAD~1".to_owned()), ..Asked::default() };
    let analysis = analysis::open(&bare, &asked, &|_| {}, &AtomicBool::new(false)).unwrap();
    assert_eq!(document(&analysis).replace("\"bare\"", "\"repository\""), document(&on_disk));
    assert!(document(&analysis).contains("@team/new") && document(&analysis).contains("@said/in-the-manifest"));
}

#[test]
fn what_lies_on_this_machine_is_of_the_files_on_disk_alone() {
    let mut made = Made::new();
    made.commit(&WORKSPACE.replace("style =", "enrich = [\"out-dir\"]\nstyle ="));
    let analysis = open(&made, "ws", Some("HEAD")).unwrap();
    assert!(analysis.notes.iter().any(|note| note.kind == "not-enriched" && note.path == "riprap.toml"));
    assert!(analysis.enrich.is_empty());
    let asked = Asked {
        revision: Some("HEAD".to_owned()),
        enrich: crate::enrich::Enrichment::parse("out-dir").unwrap(),
        ..Asked::default()
    };
    let error = analysis::open(&made.root(), &asked, &|_| {}, &AtomicBool::new(false)).unwrap_err();
    assert!(matches!(error, AnalysisError::NothingBeyond { .. }));
}
