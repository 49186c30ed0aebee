//! The timeline of a small repository: commits are gone through, pointed at and shown.

use egui::Key;
use egui::accesskit::Role as AccessRole;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::fixture::{document, open_broken, open_on_disk, open_shop, wait_for};
use super::{App, Harness, act};
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::pane::Pane;
use crate::app::timeline::OnTimeline;
use crate::git::fixture::Made;
use crate::history::CommitId;

pub(super) const HEAD: &str = "//- Cargo.toml\n[package]\nname = \"disk\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
     //- riprap.toml\nversion = 1\n[boundary.a]\ncontains = [\"disk::a\"]\n[boundary.b]\ncontains = [\"disk::b\"]\n\
     //- src/lib.rs\nmod a;\nmod b;\n//- src/b.rs\npub mod deep { pub fn one() {} pub fn two() {} }\n//- src/a.rs\n";

/// Four commits: nothing is broken, one reference breaks a boundary, two do, nothing changes.
pub(super) fn made() -> (Made, Vec<CommitId>) {
    let mut made = Made::new();
    let bodies = [
        "fn f() {}\n",
        "use crate::b::deep::one;\nfn f() { one(); }\n",
        "use crate::b::deep::{one, two};\nfn f() { one(); two(); }\n",
        "use crate::b::deep::{one, two};\nfn f() { one(); two(); }\nfn g() {}\n",
    ];
    let commits = bodies.iter().map(|body| made.commit(&format!("{HEAD}{body}"))).collect();
    (made, commits)
}

pub(super) fn open_timeline(made: &Made) -> Harness<'static, App> {
    let mut harness = open_on_disk(&made.root());
    act(&mut harness, Action::Run(Command::ShowTimeline));
    wait_for(&mut harness, "the history", |app| {
        let timeline = &document(app).timeline;
        timeline.running.is_none() && timeline.told.is_some()
    });
    harness.run_steps(3);
    harness
}

pub(super) fn cursor(harness: &Harness<'_, App>) -> Option<usize> {
    document(harness.state()).timeline.marks.cursor
}

fn shown(app: &App) -> Option<CommitId> {
    document(app).analysis.commit.as_ref().map(|commit| commit.id)
}

fn denied(app: &App) -> u32 {
    document(app).analysis.verdict.tally().denied
}

fn press(harness: &mut Harness<'_, App>, key: Key) -> Option<usize> {
    harness.key_press(key);
    harness.run_steps(2);
    cursor(harness)
}

#[test]
fn every_commit_has_its_place_and_those_that_changed_something_are_listed() {
    let (made, commits) = made();
    let mut harness = open_timeline(&made);
    let told = document(harness.state()).timeline.told.as_ref().expect("it was waited for");
    assert_eq!(told.changes, [1, 2]);
    let second = format!("commit {} of 2024-01-02 by Ada", commits[1].short());
    harness.get_by_label_contains(&second).click();
    harness.run_steps(3);
    assert_eq!(cursor(&harness), Some(1));
    assert!(harness.query_all_by_label_contains("internal-access disk::a → disk::b::deep::one").next().is_some());
    harness.check_accessibility();
}

#[test]
fn keys_move_the_cursor_and_screen_readers_are_told_its_commit() {
    let (made, commits) = made();
    let mut harness = open_timeline(&made);
    assert_eq!(press(&mut harness, Key::Home), Some(0));
    assert_eq!(press(&mut harness, Key::N), Some(1));
    assert_eq!(press(&mut harness, Key::ArrowRight), Some(2));
    assert_eq!(press(&mut harness, Key::N), Some(2), "no later commit changed anything");
    assert_eq!(press(&mut harness, Key::End), Some(3));
    assert_eq!(press(&mut harness, Key::P), Some(2));
    assert_eq!(press(&mut harness, Key::ArrowLeft), Some(1));
    let slider = harness.get_by_role(AccessRole::Slider);
    let said = slider.accesskit_node().value().unwrap_or_default();
    assert!(said.starts_with(&format!("commit {} of 2024-01-02", commits[1].short())), "{said}");
    assert!(said.ends_with("2 violations open, 1 denied, 2 introduced, 0 fixed"), "{said}");
}

#[test]
fn the_other_views_follow_the_cursor_and_come_back_to_the_files_on_disk() {
    let (made, commits) = made();
    let mut harness = open_timeline(&made);
    act(&mut harness, Action::Timeline(OnTimeline::PointAt(1)));
    wait_for(&mut harness, "the commit", |app| shown(app) == Some(commits[1]));
    assert_eq!(denied(harness.state()), 1);
    harness.run_steps(2);
    assert!(harness.query_by_label(&format!("Commit {} of 2024-01-02", commits[1].short())).is_some());
    act(&mut harness, Action::Run(Command::ShowMap));
    harness.run_steps(2);
    assert_eq!(shown(harness.state()), Some(commits[1]), "the map shows the commit, too");
    harness.get_by_label("Back to the files on disk").click();
    wait_for(&mut harness, "the files on disk", |app| shown(app).is_none());
    assert_eq!(denied(harness.state()), 2);
    assert!(document(harness.state()).timeline.told.is_some(), "the history is kept");
}

#[test]
fn rules_are_edited_for_the_files_on_disk() {
    let (made, commits) = made();
    let mut harness = open_timeline(&made);
    act(&mut harness, Action::Timeline(OnTimeline::PointAt(0)));
    wait_for(&mut harness, "the commit", |app| shown(app) == Some(commits[0]));
    act(&mut harness, Action::Run(Command::ShowRules));
    wait_for(&mut harness, "the files on disk", |app| shown(app).is_none());
    assert_eq!(harness.state().state.tiles.focused, Pane::Rules);
}

#[test]
fn playing_goes_to_the_newest_commit_and_ends() {
    let (made, _) = made();
    let mut harness = open_timeline(&made);
    act(&mut harness, Action::Run(Command::PlayHistory));
    wait_for(&mut harness, "the end", |app| document(app).timeline.playing.is_none());
    assert_eq!(cursor(&harness), Some(3));
}

#[test]
fn two_commits_are_picked_in_the_order_of_time() {
    let (made, commits) = made();
    let mut harness = open_timeline(&made);
    act(&mut harness, Action::Timeline(OnTimeline::Pick(3)));
    act(&mut harness, Action::Timeline(OnTimeline::Pick(1)));
    assert_eq!(document(harness.state()).timeline.pair(), Some((commits[1], commits[3])));
}

#[test]
fn only_the_newest_commits_are_gone_through_if_somebody_wants_that() {
    let (made, commits) = made();
    let mut harness = open_timeline(&made);
    act(&mut harness, Action::Timeline(OnTimeline::GoThrough(Some(100))));
    wait_for(&mut harness, "the history", |app| {
        let timeline = &document(app).timeline;
        timeline.running.is_none() && timeline.told.is_some()
    });
    let told = document(harness.state()).timeline.told.as_ref().expect("it was waited for");
    assert_eq!(told.commit(0).map(|commit| commit.id), Some(commits[0]), "there are fewer than a hundred");
    assert!(told.history.is_whole);
}

#[test]
fn without_a_repository_it_is_said_what_is_missing() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let mut harness = open_broken(folder.path());
    act(&mut harness, Action::Run(Command::ShowTimeline));
    wait_for(&mut harness, "the failure", |app| document(app).timeline.failed.is_some());
    harness.run_steps(2);
    assert!(harness.query_by_label("There is no timeline").is_some());
    let failed = document(harness.state()).timeline.failed.clone().unwrap_or_default();
    assert!(failed.contains("git"), "{failed}");
    harness.check_accessibility();
}

#[test]
fn no_two_commands_that_are_possible_at_once_share_a_key() {
    let (made, _) = made();
    let mut on_timeline = open_timeline(&made);
    act(&mut on_timeline, Action::Timeline(OnTimeline::PointAt(1)));
    let on_map = open_shop();
    for harness in [&on_timeline, &on_map] {
        let possible: Vec<&Command> =
            Command::ALL.iter().filter(|command| command.is_enabled(&harness.state().state)).collect();
        for (index, one) in possible.iter().enumerate() {
            for other in &possible[index + 1..] {
                let shared = one.shortcuts().iter().find(|keys| other.shortcuts().contains(keys));
                assert!(shared.is_none(), "{one:?} and {other:?}: {shared:?}");
            }
        }
    }
}
