//! Violations in groups, and accepting them into riprap.baseline.

use egui_kittest::kittest::Queryable as _;

use super::fixture::{document, open_broken, open_shop, wait_for};
use super::{App, act};
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::grouping::{Grouping, groups};
use crate::app::state::Side;

fn titles(app: &App, grouping: Grouping) -> Vec<String> {
    let analysis = &document(app).analysis;
    let all: Vec<usize> = (0..analysis.verdict.violations.len()).collect();
    groups(analysis, &all, grouping).iter().map(|it| format!("{} {}", it.title, it.indices.len())).collect()
}

#[test]
fn violations_are_grouped_by_rule_boundary_or_owner() {
    let mut harness = open_shop();
    assert_eq!(titles(harness.state(), Grouping::Rule), ["internal-access 1", "unowned-boundary 2"]);
    assert_eq!(titles(harness.state(), Grouping::Boundary), ["stock 1", "web 2"]);
    assert_eq!(titles(harness.state(), Grouping::Owner), ["Nobody owns it 3"]);
    act(&mut harness, Action::ShowSide(Side::Violations));
    harness.run_steps(2);
    harness.get_by_label("Group by boundary").click();
    harness.run_steps(3);
    assert_eq!(harness.state().state.violation_grouping, Grouping::Boundary);
    harness.get_by_label("web  2");
}

/// Denied, accepted.
fn judged(app: &App) -> (usize, usize) {
    let verdict = &document(app).analysis.verdict;
    (verdict.denied(), verdict.accepted())
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test reads what the window wrote")]
fn an_accepted_violation_stands_in_the_baseline_until_that_is_taken_back() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open_broken(folder.path());
    let baseline = folder.path().join("riprap.baseline");
    assert_eq!(judged(harness.state()), (2, 0));
    act(&mut harness, Action::ShowSide(Side::Violations));
    act(&mut harness, Action::VisitViolation(1));
    harness.run_steps(2);
    harness.get_by_label("Accept").click();
    wait_for(&mut harness, "the acceptance", |app| judged(app) == (1, 2));
    let text = std::fs::read_to_string(&baseline).expect("the file is there");
    let lines: Vec<&str> = text.lines().skip(1).collect();
    // The ring was only warned of before there was a baseline, and must not be denied because of it.
    assert_eq!(
        lines,
        ["internal-access disk::a -> disk::b::deep::two", "module-cycle disk::a: disk::a::x, disk::a::y"]
    );
    assert_eq!(document(harness.state()).violation, Some(1), "what was chosen stays chosen");

    harness.run_steps(2);
    harness.get_by_label("Accept no longer").click();
    wait_for(&mut harness, "one acceptance less", |app| judged(app) == (2, 1));
    act(&mut harness, Action::Run(Command::UndoEdit));
    wait_for(&mut harness, "that to be taken back", |app| judged(app) == (1, 2));
    act(&mut harness, Action::Run(Command::UndoEdit));
    wait_for(&mut harness, "everything to be taken back", |app| judged(app) == (2, 0));
    assert!(!baseline.exists());
    act(&mut harness, Action::Run(Command::RedoEdit));
    wait_for(&mut harness, "it again", |app| judged(app) == (1, 2));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test writes as somebody else would")]
fn what_somebody_else_wrote_meanwhile_is_not_overwritten() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open_broken(folder.path());
    let baseline = folder.path().join("riprap.baseline");
    act(&mut harness, Action::ToggleAccepted(0));
    act(&mut harness, Action::ToggleAccepted(1));
    wait_for(&mut harness, "both acceptances", |app| judged(app) == (0, 3));
    let theirs = std::fs::read_to_string(&baseline).expect("the file is there") + "# theirs\n";
    std::fs::write(&baseline, &theirs).expect("the file can be written");
    act(&mut harness, Action::Run(Command::UndoEdit));
    wait_for(&mut harness, "the refusal", |app| matches!(document(app).edited, Some(Err(_))));
    assert_eq!(std::fs::read_to_string(&baseline).expect("the file is there"), theirs);
    let told = document(harness.state()).edited.clone().expect("it is told").unwrap_err();
    assert_eq!(told, "`riprap.baseline` was changed by somebody else meanwhile: it stays as it is on disk");
    assert!(!Command::UndoEdit.is_enabled(&harness.state().state), "what they wrote cannot be undone here");
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the test writes as somebody else would, and reads what the window wrote"
)]
fn where_each_boundary_has_a_file_what_is_accepted_stands_there() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open_broken(folder.path());
    let config = folder.path().join("riprap.toml");
    let declared = std::fs::read_to_string(&config).expect("the file is there");
    std::fs::write(folder.path().join("riprap.baseline"), "").expect("the file can be written");
    std::fs::write(&config, format!("baseline = \"per-boundary\"\n{declared}")).expect("the file can be written");
    act(&mut harness, Action::Run(Command::Reload));
    wait_for(&mut harness, "the ring to be denied", |app| judged(app) == (3, 0));
    act(&mut harness, Action::ToggleAccepted(0));
    wait_for(&mut harness, "the acceptance", |app| judged(app) == (2, 1));
    let of_boundary = folder.path().join("src/riprap.baseline");
    let text = std::fs::read_to_string(&of_boundary).expect("the file is there");
    assert!(text.contains("internal-access disk::a -> disk::b::deep::one"), "{text}");
    act(&mut harness, Action::ToggleAccepted(0));
    wait_for(&mut harness, "that to be taken back", |app| judged(app) == (3, 0));
    assert_eq!(std::fs::read_to_string(folder.path().join("riprap.baseline")).expect("the file is there"), "");
}
