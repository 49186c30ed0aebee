//! Window, `check` and exports show one verdict.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use riprap::analysis::Asked;
use riprap::app::{Analyst as _, OnDisk};
use riprap::verdict::{Baseline, Entry, Verdict};

use crate::support::{repository, riprap, sample, stderr, stdout};

/// Level, accepted, denied, by identity.
type Shown = BTreeMap<String, (String, bool, bool)>;

fn samples() -> Vec<PathBuf> {
    let hazards = std::fs::read_dir(repository().join("sample-workspaces/hazards")).expect("the hazards are there");
    let mut folders: Vec<PathBuf> = hazards.map(|entry| entry.expect("an entry").path()).collect();
    folders.retain(|folder| folder.join("Cargo.toml").is_file());
    folders.extend([sample("shop"), sample("shop-eroded"), sample("shop-services")]);
    folders.sort();
    folders
}

/// What the window's worker gets.
fn window(folder: &Path) -> Verdict {
    let mut analyst = OnDisk::new(Asked::default(), None);
    analyst.open(folder, &|_| {}, &AtomicBool::new(false)).expect("the sample can be opened").verdict
}

fn of_window(verdict: &Verdict) -> Shown {
    let judged = verdict.violations.iter();
    judged.map(|it| (it.violation.id.clone(), (it.level.word().to_owned(), it.accepted.is_some(), it.denied))).collect()
}

fn list(document: &serde_json::Value) -> &[serde_json::Value] {
    document["violations"].as_array().map_or(&[], Vec::as_slice)
}

fn word(value: &serde_json::Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn check(folder: &Path) {
    let name = folder.display();
    let path = folder.to_str().expect("the path is text");
    let verdict = window(folder);
    let expected = of_window(&verdict);
    assert_eq!(expected.len(), verdict.violations.len(), "{name}: two violations have one identity");

    let output = riprap(&["check", "--quiet", "--format", "json", path]);
    assert_eq!(output.status.code(), Some(i32::from(verdict.exit_status())), "{name}: {}", stderr(&output));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a report");
    let flag = |value: &serde_json::Value, key: &str| value[key].as_bool().unwrap_or_default();
    let of_json: Shown = list(&report)
        .iter()
        .map(|it| (word(&it["id"]), (word(&it["level"]), flag(it, "accepted"), flag(it, "denied"))))
        .collect();
    assert_eq!(of_json, expected, "{name}: check as json");

    // The text leaves out what is accepted, and says how many are.
    let text = stdout(&riprap(&["check", "--quiet", "--color", "never", path]));
    let titles: Vec<&str> =
        text.lines().filter(|line| line.starts_with("error[") || line.starts_with("warning[")).collect();
    let open: Vec<String> = verdict
        .violations
        .iter()
        .filter(|it| it.accepted.is_none())
        .map(|it| {
            let level = if it.denied { "error" } else { "warning" };
            format!("{level}[{}]: {}", it.violation.rule, it.violation.message)
        })
        .collect();
    // Without a riprap.toml there is nothing to judge by: it is a page of findings then.
    let is_judged = folder.join("riprap.toml").exists();
    assert_eq!(titles, if is_judged { open } else { Vec::new() }, "{name}: check as text");
    let told = |count: usize, word: &str| count == 0 || text.contains(&format!("{count} {word}"));
    assert!(told(verdict.accepted(), "accepted") && told(verdict.denied(), "denied"), "{name}: {text}");

    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("snapshot.json");
    let output = riprap(&["snapshot", "--quiet", path, "--output", file.to_str().expect("text")]);
    assert!(output.status.success(), "{name}: {}", stderr(&output));
    let bytes = std::fs::read(&file).expect("the snapshot is there");
    let document: serde_json::Value = serde_json::from_slice(&bytes).expect("a document");
    let of_snapshot: BTreeMap<String, (String, bool)> =
        list(&document).iter().map(|it| (word(&it["id"]), (word(&it["level"]), flag(it, "baseline")))).collect();
    let expected = expected.into_iter().map(|(id, (level, accepted, _))| (id, (level, accepted))).collect();
    assert_eq!(of_snapshot, expected, "{name}: the snapshot");
}

#[test]
fn every_sample_has_one_verdict() {
    for folder in samples() {
        check(&folder);
    }
}

#[test]
fn what_is_accepted_is_so_everywhere() {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&sample("shop-eroded"), folder.path());
    let accepted: Baseline =
        window(folder.path()).violations.iter().step_by(2).map(|judged| Entry::of(&judged.violation)).collect();
    std::fs::write(folder.path().join("riprap.baseline"), accepted.text()).expect("written");
    let verdict = window(folder.path());
    assert!(verdict.accepted() > 1 && verdict.denied() > 1, "both kinds are there");
    check(folder.path());
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry").path();
        let name = entry.file_name().expect("a name");
        if name == "target" {
            continue;
        }
        if entry.is_dir() {
            copy(&entry, &to.join(name));
        } else {
            std::fs::copy(&entry, to.join(name)).expect("copied");
        }
    }
}
