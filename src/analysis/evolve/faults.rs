//! Histories in clones where something is missing or broken: each works, or says what is missing and how to get it.

#![expect(clippy::disallowed_methods, reason = "repositories are broken in the ways that they break")]

use std::fs;
use std::sync::atomic::AtomicBool;

use super::*;
use crate::git::fixture::{Made, repack};

/// A workspace whose library has this text.
fn files(text: &str) -> String {
    format!(
        "//- Cargo.toml\n[package]\nname = \"k\"\nedition = \"2021\"\n//- src/lib.rs\nmod part;\n//- src/part.rs\n{text}\n"
    )
}

fn run(path: &Path, stretch: &Stretch) -> Result<History, String> {
    let found = evolve(path, &Asked::default(), stretch, &|_: Progress| {}, &AtomicBool::new(false));
    found.map_err(|error| error.to_string())
}

fn history(made: &Made) -> Result<History, String> {
    run(&made.root(), &Stretch::default())
}

/// Three commits, and the content that only the second has.
fn made() -> (Made, [CommitId; 3]) {
    let mut made = Made::new();
    let commits = ["// first", "// second", "// third"].map(|text| made.commit(&files(text)));
    (made, commits)
}

const SECOND: &str = "// second\n";

fn holes(history: &History) -> Vec<&str> {
    history.points.iter().map(|point| point.state.as_ref().err().map_or("", |hole| hole.reason.as_str())).collect()
}

#[test]
fn a_shallow_clone_begins_where_it_was_cut_and_says_how_to_get_the_rest() {
    let (made, [first, second, _]) = made();
    fs::write(made.git_dir().join("shallow"), format!("{second}\n")).unwrap();
    fs::remove_file(made.object_file(&first.to_string())).unwrap();
    let history = history(&made).unwrap();
    assert_eq!((history.points.len(), history.is_whole), (2, false));
    assert!(history.notes[0].contains("`git fetch --unshallow` brings them"), "{:?}", history.notes);
}

#[test]
fn a_clone_of_one_commit_is_a_history_of_one() {
    let (made, [first, second, third]) = made();
    fs::write(made.git_dir().join("shallow"), format!("{third}\n")).unwrap();
    for gone in [first, second] {
        fs::remove_file(made.object_file(&gone.to_string())).unwrap();
    }
    let alone = history(&made).unwrap();
    assert_eq!((alone.points.len(), alone.is_whole, holes(&alone)), (1, false, vec![""]));
    let error = run(&made.root(), &Stretch { range: Some("HEAD~1..".to_owned()), ..Stretch::default() }).unwrap_err();
    assert!(error.contains("`git fetch --unshallow`"), "{error}");
}

#[test]
fn a_partial_clone_says_at_how_many_commits_files_are_missing() {
    let (made, _) = made();
    let config = fs::read_to_string(made.git_dir().join("config")).unwrap();
    let partial = config + "[remote \"origin\"]\nurl = x\npromisor = true\npartialclonefilter = blob:none\n";
    fs::write(made.git_dir().join("config"), partial).unwrap();
    fs::remove_file(made.object_file(&made.hash_of(SECOND))).unwrap();
    let history = history(&made).unwrap();
    assert_eq!(holes(&history), [""; 3]);
    let note = &history.notes[0];
    assert!(note.starts_with("of 1 commit (first ") && note.contains("`git fetch --refetch --no-filter`"), "{note}");
}

#[test]
fn what_is_missing_today_is_looked_for_again_tomorrow() {
    let (made, _) = made();
    let cache = tempfile::tempdir().unwrap();
    let stretch = || Stretch { cache: Some(cache.path().to_owned()), ..Stretch::default() };
    let object = made.object_file(&made.hash_of(SECOND));
    let bytes = fs::read(&object).unwrap();
    fs::remove_file(&object).unwrap();
    let without = run(&made.root(), &stretch()).unwrap();
    assert_eq!(without.notes.len(), 1);
    fs::write(&object, bytes).unwrap();
    let with = run(&made.root(), &stretch()).unwrap();
    assert_eq!(with, run(&made.root(), &Stretch::default()).unwrap());
    assert!(with.notes.is_empty() && with != without);
}

#[test]
fn an_object_that_is_broken_is_told_and_ends_nothing() {
    let (made, _) = made();
    let broken = made.object_file(&made.hash_of(SECOND));
    fs::remove_file(&broken).unwrap();
    fs::write(&broken, b"this is not what zlib writes").unwrap();
    let told = history(&made).unwrap();
    assert_eq!(holes(&told), [""; 3]);
    assert!(told.notes[0].contains("`git fsck` tells"), "{:?}", told.notes);
}

#[test]
fn a_commit_whose_folders_are_gone_is_a_hole_that_says_what_to_do() {
    let (made, [_, second, _]) = made();
    let tree = made.tree_of(second);
    fs::remove_file(made.object_file(&tree)).unwrap();
    let history = history(&made).unwrap();
    let holes = holes(&history);
    assert!(holes[1].contains("is not in this clone; `git fsck`"), "{holes:?}");
    assert_eq!((holes[0], holes[2]), ("", ""));
}

/// Does what `git gc` does after each commit that was looked at.
struct Collecting<'a> {
    git_dir: &'a Path,
    /// The objects of this commit are pruned after the first one.
    pruned: Vec<PathBuf>,
}

impl Listener for Collecting<'_> {
    fn progress(&self, _: Progress) {}

    fn found(&self, at: usize, _: &Found) {
        if at == 0 {
            self.pruned.iter().for_each(|object| fs::remove_file(object).unwrap());
        }
        repack(self.git_dir);
    }
}

fn collecting(made: &Made, pruned: Vec<PathBuf>) -> History {
    let git_dir = &made.root().join(".git");
    let collecting = Collecting { git_dir, pruned };
    evolve(&made.root(), &Asked::default(), &Stretch::default(), &collecting, &AtomicBool::new(false)).unwrap()
}

#[test]
fn a_repository_that_is_collected_meanwhile_has_the_same_history() {
    let mut made = Made::new();
    for number in 0..9 {
        made.commit(&files(&format!("// {number}\npub fn f{number}() {{}}")));
    }
    let before = history(&made).unwrap();
    // First from single files into a pack, then from one pack into the next.
    let meanwhile = collecting(&made, Vec::new());
    assert_eq!(holes(&meanwhile), [""; 9]);
    assert_eq!(meanwhile, before);
    assert_eq!(collecting(&made, Vec::new()), before);
}

#[test]
fn what_is_pruned_meanwhile_is_a_hole_that_says_what_to_do() {
    let (made, [_, second, _]) = made();
    let tree = made.tree_of(second);
    let history = collecting(&made, vec![made.object_file(&tree)]);
    let holes = holes(&history);
    assert!(holes[1].contains("is not in this clone; `git fsck`"), "{holes:?}");
    assert_eq!((holes[0], holes[2]), ("", ""));
}

#[test]
fn a_bare_repository_has_a_history() {
    let (made, _) = made();
    let bare = made.root().with_file_name("project.git");
    fs::rename(made.git_dir(), &bare).unwrap();
    fs::write(bare.join("config"), "[core]\nrepositoryformatversion = 0\nbare = true\n").unwrap();
    let history = run(&bare, &Stretch::default()).unwrap();
    assert_eq!((history.points.len(), holes(&history)), (3, vec![""; 3]));
}

#[test]
fn without_git_it_is_said_what_to_open() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("Cargo.toml"), "[package]\nname = \"k\"\n").unwrap();
    let error = run(folder.path(), &Stretch::default()).unwrap_err();
    assert!(error.contains("lies in no git repository") && error.contains("open a folder of a clone"), "{error}");
}
