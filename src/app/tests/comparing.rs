//! Two revisions in the window.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use egui_kittest::kittest::Queryable as _;

use super::fixture::{document, wait_for, window_of};
use super::{App, Harness, act};
use crate::analysis::{Analysis, Progress, Proposed, Stretch, Wish};
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::comparing::Comparing;
use crate::app::pane::Pane;
use crate::app::state::{Overlay, Screen};
use crate::app::viewing;
use crate::app::{Analyst, Counter, Historian, Reading, Seen};
use crate::compare::Fate;
use crate::compare::fixture::{AFTER, BEFORE, CONFIG, analyzed};
use crate::findings::Edits;
use crate::git::Landmark;
use crate::history::CommitId;
use crate::scene::map::comparison::Section;

/// `old` is what was there before what is open; `slow` never ends by itself.
struct Revisions;

impl Analyst for Revisions {
    fn open(&mut self, _: &Path, _: &(dyn Fn(Progress) + Sync), _: &AtomicBool) -> Result<Analysis, String> {
        Ok(analyzed(CONFIG, AFTER))
    }

    fn follow(
        &mut self,
        _: &[PathBuf],
        _: &(dyn Fn(Progress) + Sync),
        _: &AtomicBool,
    ) -> Result<Option<Analysis>, String> {
        Ok(Some(analyzed(CONFIG, BEFORE)))
    }

    fn rewind(&mut self, _: CommitId, cancel: &AtomicBool) -> Result<Analysis, String> {
        self.open(Path::new("/shop"), &|_| {}, cancel)
    }

    fn historian(&self, _: Stretch) -> Box<Historian> {
        Box::new(|_, _| Err("the shop has no history".to_owned()))
    }

    fn at(&self, revision: &str) -> Reading {
        let revision = revision.to_owned();
        Box::new(move |_, cancel| match revision.as_str() {
            "old" => Ok(analyzed(CONFIG, BEFORE)),
            "slow" => {
                while !cancel.load(Ordering::Relaxed) {
                    std::thread::sleep(Duration::from_millis(5));
                }
                Err("cancelled".to_owned())
            }
            _ => Err(format!("no revision `{revision}` in this clone\n`git tag` lists what there is")),
        })
    }

    fn edits(&mut self, _: &Analysis) -> Option<Edits> {
        None
    }

    fn landmarks(&self, _: &Path) -> Vec<Landmark> {
        Vec::new()
    }

    fn under(&mut self, _: &str, _: &AtomicBool) -> Result<Analysis, String> {
        Err("not asked for here".to_owned())
    }

    fn propose(&mut self, _: &Analysis, _: Wish, _: &AtomicBool) -> Result<Proposed, String> {
        Err("not asked for here".to_owned())
    }

    fn counter(&self, _: PathBuf) -> Box<Counter> {
        Box::new(|_| Err("not asked for here".to_owned()))
    }

    fn watch(&mut self, _: Box<dyn Fn(Seen) + Send + Sync>) -> Result<(), String> {
        Ok(())
    }
}

fn open() -> Harness<'static, App> {
    let mut harness = window_of(Box::new(Revisions));
    let ctx = harness.ctx.clone();
    harness.state_mut().act(&ctx, Action::Open("/shop".into()));
    wait_for(&mut harness, "the map", |app| app.state.screen == Screen::Map);
    harness
}

fn compare(harness: &mut Harness<'static, App>, old: &str) {
    act(harness, Action::Compare { old: old.to_owned(), new: "WORKTREE".to_owned() });
}

fn compared() -> Harness<'static, App> {
    let mut harness = open();
    compare(&mut harness, "old");
    wait_for(&mut harness, "the comparison", |app| app.state.comparisons.shown.is_some());
    harness.run_steps(3);
    harness
}

fn shown(app: &App) -> &Comparing {
    app.state.comparisons.shown.as_deref().expect("two revisions are shown")
}

#[test]
fn two_revisions_are_shown_with_the_list_of_what_differs() {
    let mut harness = compared();
    assert_eq!(harness.state().state.tiles.focused, Pane::Compare);
    assert!(harness.query_by_label_contains("Violations: ").is_some());
    harness.get_by_label_contains("added: a::come").click();
    harness.run_steps(3);
    let comparing = shown(harness.state());
    let difference = &comparing.pair.differences[comparing.difference.expect("a line is chosen")];
    assert_eq!((difference.section, difference.fate), (Section::Modules, Fate::Added));
    assert_eq!(comparing.selection, difference.thing);
    harness.check_accessibility();
}

#[test]
fn keys_go_through_the_differences_and_come_round() {
    let mut harness = compared();
    let count = shown(harness.state()).pair.differences.len();
    act(&mut harness, Action::Run(Command::PreviousDifference));
    assert_eq!(shown(harness.state()).difference, Some(count - 1));
    for expected in 0..3 {
        harness.key_press(egui::Key::J);
        harness.run_steps(2);
        assert_eq!(shown(harness.state()).difference, Some(expected));
    }
    harness.key_press(egui::Key::K);
    harness.run_steps(2);
    assert_eq!(shown(harness.state()).difference, Some(1));
}

#[test]
fn what_is_selected_on_the_picture_is_chosen_in_the_list() {
    let mut harness = compared();
    let comparing = shown(harness.state());
    let line =
        comparing.pair.differences.iter().position(|it| it.fate == Fate::Moved && it.section == Section::Modules);
    let line = line.expect("a module was renamed");
    let thing = comparing.pair.differences[line].thing;
    act(&mut harness, Action::SelectCompared(thing));
    let comparing = shown(harness.state());
    let chosen = &comparing.pair.differences[comparing.difference.expect("a line is chosen")];
    assert_eq!(chosen.thing, thing);
    assert!(!comparing.folded.contains(&chosen.section));
}

#[test]
fn swapped_revisions_have_their_signs_swapped_and_stay_where_they_are() {
    let mut harness = compared();
    let zoom = shown(harness.state()).camera.zoom();
    let added = |app: &App| shown(app).pair.comparison.modules.added.len();
    let removed = |app: &App| shown(app).pair.comparison.modules.removed.len();
    let before = (added(harness.state()), removed(harness.state()));
    act(&mut harness, Action::Run(Command::SwapRevisions));
    wait_for(&mut harness, "the other way round", |app| app.state.comparisons.asking.is_none());
    assert_eq!((removed(harness.state()), added(harness.state())), before);
    assert_eq!(shown(harness.state()).pair.new.name, "old");
    assert!((shown(harness.state()).camera.zoom() - zoom).abs() < 1e-9);
}

#[test]
fn side_by_side_both_pictures_are_seen_by_one_eye() {
    let mut harness = compared();
    act(&mut harness, Action::Run(Command::SideBySide));
    harness.run_steps(2);
    let comparing = shown(harness.state());
    assert_eq!(comparing.pictures.len(), 2);
    let [before, after] = [0, 1].map(|index| comparing.pictures[index].boxes().to_vec());
    let sorted = |mut boxes: Vec<_>| {
        boxes.sort_by_key(|(thing, _)| *thing);
        boxes
    };
    assert_eq!(sorted(before), sorted(after));
    act(&mut harness, Action::Run(Command::SideBySide));
    assert_eq!(shown(harness.state()).pictures.len(), 1);
}

#[test]
fn boxes_open_and_close_on_the_picture_of_both() {
    let mut harness = compared();
    act(&mut harness, Action::Run(Command::ExpandToPackages));
    wait_for(&mut harness, "packages", |app| shown(app).arranging.is_none());
    let packages = shown(harness.state()).compared.boxes.len();
    let place = shown(harness.state()).compared.map.cut.boxes[0].place;
    act(&mut harness, Action::ToggleCompared(place));
    wait_for(&mut harness, "what is inside", |app| shown(app).arranging.is_none());
    assert!(shown(harness.state()).compared.boxes.len() > packages);
}

#[test]
fn a_revision_that_is_not_there_is_said_and_can_be_corrected() {
    let mut harness = open();
    compare(&mut harness, "nowhere");
    wait_for(&mut harness, "the refusal", |app| app.state.comparisons.failure.is_some());
    harness.run_steps(2);
    assert!(harness.query_by_label_contains("no revision `nowhere` in this clone").is_some());
    act(&mut harness, Action::Run(Command::CompareWith));
    harness.run_steps(2);
    assert!(harness.query_by_label_contains("From: the earlier one").is_some());
    compare(&mut harness, "old");
    wait_for(&mut harness, "the comparison", |app| app.state.comparisons.shown.is_some());
    assert!(harness.state().state.comparisons.failure.is_none());
}

#[test]
fn reading_a_revision_can_be_cancelled_and_the_map_goes_on_meanwhile() {
    let mut harness = open();
    compare(&mut harness, "slow");
    harness.run_steps(2);
    assert!(harness.query_by_label_contains("Comparing slow with WORKTREE").is_some());
    act(&mut harness, Action::Run(Command::ShowMap));
    act(&mut harness, Action::Run(Command::ExpandToPackages));
    wait_for(&mut harness, "the map", |app| document(app).arranging.is_none());
    act(&mut harness, Action::Run(Command::Cancel));
    assert!(harness.state().state.comparisons.asking.is_none());
}

#[test]
fn a_comparison_with_the_files_on_disk_follows_them() {
    let mut harness = compared();
    assert!(!shown(harness.state()).pair.comparison.is_empty());
    let outbox = harness.state().worker.outbox();
    outbox.send(crate::app::mail::Message::Changed(vec!["/shop/a/src/lib.rs".into()]));
    wait_for(&mut harness, "that nothing differs any more", |app| shown(app).pair.comparison.is_empty());
}

fn picture_width(harness: &mut Harness<'static, App>) -> f32 {
    act(harness, Action::Run(Command::ExportPicture));
    let width = match &harness.state().state.overlay {
        Overlay::Picture(dialog) => dialog.preview.as_ref().expect("there is a picture").size.0,
        _ => panic!("the dialog is open"),
    };
    act(harness, Action::CloseOverlay);
    width
}

#[test]
fn two_revisions_become_a_picture_one_over_the_other_or_side_by_side() {
    let mut harness = compared();
    let over = picture_width(&mut harness);
    act(&mut harness, Action::Run(Command::SideBySide));
    harness.run_steps(2);
    assert!(picture_width(&mut harness) > over * 1.8);
    act(&mut harness, Action::Run(Command::CopySvg));
    assert_eq!(harness.state().state.notice.as_ref().map(|notice| notice.said.as_str()), Some("Copied as SVG"));
}

#[test]
fn a_link_leads_to_two_revisions_as_they_were_looked_at() {
    let mut harness = open();
    let link = "riprap://open?path=/shop&view=compare&from=old&to=WORKTREE&layout=side-by-side&show=tests&open=a";
    act(&mut harness, Action::FollowLink(link.to_owned()));
    wait_for(&mut harness, "the comparison", |app| {
        app.state.comparisons.shown.as_ref().is_some_and(|shown| shown.arranging.is_none())
    });
    assert!(harness.state().state.comparisons.is_split);
    let viewpoint = viewing::viewpoint(&harness.state().state).expect("two revisions are shown");
    assert_eq!(viewpoint.revisions, Some(("old".to_owned(), "WORKTREE".to_owned())));
    assert!(viewpoint.side_by_side && viewpoint.filter.tests);
}
