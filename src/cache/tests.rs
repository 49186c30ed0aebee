//! Results that are written, read again, and lost.

use std::collections::BTreeMap;

use super::*;
use crate::history::{Difference, Identity, IntentChange};
use crate::metrics::{METRICS, Ratio};

fn id(number: u8) -> CommitId {
    CommitId::new(&[number; 20])
}

fn state() -> State {
    let identity = |id: &str| Identity {
        id: id.to_owned(),
        rule: "module-cycle",
        from: "a".to_owned(),
        to: String::new(),
        members: vec!["a::b".to_owned(), "a::c".to_owned()],
    };
    let edge = || ("a\n\"b\"".to_owned(), "c".to_owned());
    State {
        opened: vec![identity("1")],
        closed: vec!["2".to_owned()],
        renamed: vec![("3".to_owned(), identity("4"))],
        failing: vec!["1".to_owned()],
        owners: vec![("1".to_owned(), "@a".to_owned())],
        violations: vec![("module-cycle", 2)],
        denied: 1,
        modules: Difference { added: vec![edge()], removed: vec![edge()], count: 3 },
        boundaries: Difference { count: 4, ..Difference::default() },
        measures: vec![METRICS[0].count(5_u64)].into_iter().chain(METRICS[1].ratio(1, 3)).collect(),
        assigned: Ratio::of(2, 7),
        notes: BTreeMap::from([("orphan-file", 6)]),
        intent: vec![IntentChange { kind: "level", what: "`x` went".to_owned() }],
    }
}

fn hole() -> Found {
    Err(Hole { reason: "no \"Cargo.toml\"".to_owned() })
}

/// The one file of results in a folder.
fn file(folder: &Path) -> PathBuf {
    let mut files = fs::read_dir(folder.join("history")).unwrap();
    files.next().unwrap().unwrap().path()
}

/// Under the rules of today.
fn key(commit: u8, against: Option<u8>) -> Key {
    Key { commit: id(commit), against: against.map(id), rules: String::new() }
}

/// Three results, written and closed.
fn written(folder: &Path) {
    let cache = Cache::open(folder, &["k"]);
    cache.keep(&key(1, None), &Ok(state()));
    cache.keep(&key(2, Some(1)), &hole());
    cache.keep_on_branch(id(3), &["b".to_owned(), "a".to_owned()], &[("a".to_owned(), id(9))]);
}

#[test]
fn what_is_kept_is_found_in_the_next_run() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path());
    let cache = Cache::open(folder.path(), &["k"]);
    assert_eq!(cache.found(&key(1, None)), Some(Ok(state())));
    assert_eq!(cache.found(&key(1, Some(2))), None);
    assert_eq!(cache.found(&key(2, Some(8))), Some(hole()));
    let ids = ["a".to_owned(), "b".to_owned()];
    assert_eq!(cache.on_branch(id(3), &ids), Some(&[("a".to_owned(), id(9))][..]));
    assert_eq!(cache.on_branch(id(3), &ids[..1]), None);
    assert_eq!(cache.lost(), 0);
    let other = Key { rules: "other".to_owned(), ..key(1, None) };
    assert_eq!(cache.found(&other), None);
    assert_eq!(Cache::open(folder.path(), &["another"]).found(&key(1, None)), None);
}

#[test]
fn a_run_that_was_killed_leaves_all_but_its_last_line() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path());
    let path = file(folder.path());
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - 9]).unwrap();
    let cache = Cache::open(folder.path(), &["k"]);
    assert_eq!((cache.lost(), cache.found(&key(1, None))), (1, Some(Ok(state()))));
    cache.keep(&key(4, None), &hole());
    drop(cache);
    let cache = Cache::open(folder.path(), &["k"]);
    assert_eq!((cache.lost(), cache.found(&key(4, None))), (0, Some(hole())));
}

#[test]
fn a_line_that_was_damaged_is_not_believed() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path());
    let path = file(folder.path());
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("nonsense\n{}\u{0}\n", text.replacen("a::b", "a::x", 1))).unwrap();
    let cache = Cache::open(folder.path(), &["k"]);
    assert_eq!((cache.found(&key(1, None)), cache.lost()), (None, 3));
    assert_eq!(cache.found(&key(2, None)), Some(hole()));
    fs::write(&path, [0xff; 300]).unwrap();
    assert_eq!(Cache::open(folder.path(), &["k"]).lost(), 1);
}

#[test]
fn a_folder_that_cannot_be_written_keeps_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("a file");
    fs::write(&taken, "").unwrap();
    let cache = Cache::open(&taken, &["k"]);
    cache.keep(&key(1, None), &hole());
    assert_eq!(cache.found(&key(1, None)), None);
    Cache::default().keep(&key(1, None), &hole());
}

#[test]
fn results_of_few_configurations_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..MAX_FILES + 5 {
        Cache::open(folder.path(), &[&number.to_string()]).keep(&key(1, None), &hole());
    }
    assert_eq!(fs::read_dir(folder.path().join("history")).unwrap().count(), MAX_FILES);
}
