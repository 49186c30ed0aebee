//! What if: moves in a draft, by hand and by key.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::fixture::{open_broken, wait_for};
use super::{App, Harness, act};
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::drafting::{Destination, Drafting, OnDraft};
use crate::app::moving;
use crate::app::pane::Pane;
use crate::draft::{self, Move};
use crate::scene::thing::Thing;

fn drafting(app: &App) -> &Drafting {
    let document = app.state.document.as_ref().expect("a workspace is open");
    document.drafting.as_deref().expect("a draft was begun")
}

fn settle(harness: &mut Harness<'static, App>) {
    wait_for(harness, "the draft to be judged", |app| {
        let document = app.state.document.as_ref();
        let drafting = document.and_then(|document| document.drafting.as_deref());
        drafting.is_some_and(|it| it.laid.is_some() && it.laying.is_none() && it.told.is_some())
    });
    harness.run_steps(3);
}

fn open(folder: &std::path::Path) -> Harness<'static, App> {
    let mut harness = open_broken(folder);
    harness.key_press_modifiers(Modifiers::ALT, Key::Num9);
    harness.run_steps(2);
    settle(&mut harness);
    harness
}

fn thing(harness: &Harness<'static, App>, path: &str) -> Thing {
    let ground = drafting(harness.state()).ground.as_ref().expect("today is judged");
    Thing::Node(ground.model().find(path).expect("the path is in the fixture"))
}

fn ask(harness: &mut Harness<'static, App>, wish: OnDraft) {
    act(harness, Action::Draft(wish));
}

/// Denied violations today and in the draft.
fn denied(harness: &Harness<'static, App>) -> (usize, usize) {
    drafting(harness.state()).drafted().expect("the draft is judged").effect.denied
}

#[test]
fn what_moving_a_module_would_change_is_seen_after_five_actions() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open_broken(folder.path());
    // One: the view.
    harness.key_press_modifiers(Modifiers::ALT, Key::Num9);
    harness.run_steps(2);
    settle(&mut harness);
    assert_eq!(harness.state().state.tiles.focused, Pane::WhatIf);
    assert_eq!(denied(&harness), (2, 2));
    // Two: the module.
    let deep = thing(&harness, "disk::b::deep");
    ask(&mut harness, OnDraft::Select(Some(deep)));
    // Three: "Move to…".
    harness.key_press(Key::M);
    harness.run_steps(3);
    // Four: where to.
    harness.get_by_label_contains("Type where it shall go").type_text("disk::a");
    harness.run_steps(3);
    // Five.
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    settle(&mut harness);
    let expected = Move::Relocate { code: "disk::b::deep".to_owned(), to: "disk::a".to_owned() };
    assert_eq!(drafting(harness.state()).draft.moves, [expected]);
    assert_eq!(denied(&harness), (2, 0));
    assert_eq!(harness.query_all_by_label_contains("Mended: internal-access").count(), 2);
    assert!(harness.query_by_label_contains("moved: disk::a::deep in the draft").is_some());
    harness.check_accessibility();
}

#[test]
fn a_move_is_taken_back_done_again_and_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    let (deep, a) = (thing(&harness, "disk::b::deep"), thing(&harness, "disk::a"));
    ask(&mut harness, OnDraft::Put { what: deep.place().unwrap(), onto: a });
    settle(&mut harness);
    assert_eq!(denied(&harness), (2, 0));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(2);
    settle(&mut harness);
    assert_eq!((denied(&harness), drafting(harness.state()).draft.moves.len()), ((2, 2), 0));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    harness.run_steps(2);
    settle(&mut harness);
    assert_eq!(denied(&harness), (2, 0));
    harness.get_by_label("Drop move 1").click();
    harness.run_steps(2);
    settle(&mut harness);
    assert_eq!(denied(&harness), (2, 2));
}

#[test]
fn an_edge_is_cut_and_a_boundary_split_off() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    let places = ["disk::a", "disk::b::deep"].map(|path| thing(&harness, path).place().unwrap());
    let [from, to] = places;
    ask(&mut harness, OnDraft::Select(Some(Thing::Edge { from, to })));
    harness.key_press(Key::Delete);
    harness.run_steps(2);
    settle(&mut harness);
    assert_eq!(denied(&harness), (2, 0));
    let deep = thing(&harness, "disk::b::deep");
    ask(&mut harness, OnDraft::Gather(deep));
    act(&mut harness, Action::Run(Command::SplitOff));
    settle(&mut harness);
    let drafted = drafting(harness.state()).drafted().unwrap();
    assert!(drafted.refusals.is_empty() && drafted.boundaries.find("deep").is_some());
}

#[test]
fn a_box_that_is_all_of_a_boundary_takes_it_along() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    let (a, b) = (thing(&harness, "disk::a"), thing(&harness, "disk::b"));
    ask(&mut harness, OnDraft::Select(Some(a)));
    assert!(Command::MergeInto.is_enabled(&harness.state().state));
    ask(&mut harness, OnDraft::PutSelection(Destination::Boundary("b".to_owned())));
    settle(&mut harness);
    let expected = Move::Merge { boundary: "a".to_owned(), into: "b".to_owned() };
    assert_eq!(drafting(harness.state()).draft.moves, [expected]);
    assert_eq!(denied(&harness), (2, 0));
    // Onto code it is the code that goes.
    let drafting = drafting(harness.state());
    let step = moving::meant(drafting, a.place().unwrap(), b);
    assert_eq!(step, Ok(Move::Relocate { code: "disk::a".to_owned(), to: "disk::b".to_owned() }));
}

#[test]
fn what_cannot_be_is_said_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    let item = thing(&harness, "disk::b::deep::one");
    ask(&mut harness, OnDraft::Select(Some(item)));
    ask(&mut harness, OnDraft::PutSelection(Destination::Boundary("a".to_owned())));
    assert!(harness.state().state.notice.as_ref().is_some_and(|notice| notice.failed));
    assert!(drafting(harness.state()).draft.moves.is_empty());
    // A module onto itself, asked for by a list: the move is listed with why it cannot be made.
    let moves = vec![Move::Relocate { code: "disk::b".to_owned(), to: "disk::b::deep".to_owned() }];
    ask(&mut harness, OnDraft::Apply(moves));
    settle(&mut harness);
    assert!(harness.query_by_label_contains("cannot be moved into itself").is_some());
}

#[test]
fn what_is_found_by_typing_is_selected_in_the_draft() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    let deep = thing(&harness, "disk::b::deep");
    act(&mut harness, Action::Visit(deep));
    settle(&mut harness);
    assert_eq!(harness.state().state.tiles.focused, Pane::WhatIf);
    assert_eq!(drafting(harness.state()).selection, Some(deep));
    assert!(harness.query_by_label("disk::b::deep in the draft").is_some());
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test looks for what the window wrote")]
fn a_draft_is_kept_and_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    let moves = vec![Move::Assign { code: "disk::b::deep".to_owned(), boundary: "a".to_owned() }];
    ask(&mut harness, OnDraft::Apply(moves.clone()));
    settle(&mut harness);
    assert!(Command::SaveDraft.is_enabled(&harness.state().state));
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::ALT, Key::S);
    let file = folder.path().join(draft::FILE);
    wait_for(&mut harness, "the file", |_| file.exists());
    harness.run_steps(3);
    assert!(!Command::SaveDraft.is_enabled(&harness.state().state));
    let mut again = open_broken(folder.path());
    act(&mut again, Action::Run(Command::ShowWhatIf));
    wait_for(&mut again, "the moves", |app| drafting(app).draft.moves == moves);
}

#[test]
fn a_box_is_put_onto_another_one_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    act(&mut harness, Action::Run(Command::ExpandToLevel3));
    settle(&mut harness);
    let at = |harness: &Harness<'static, App>, path: &str| {
        let drafting = drafting(harness.state());
        let rect = drafting.picture.place(thing(harness, path)).expect("the box is in sight");
        drafting.camera.rect_to_screen(rect).center()
    };
    let (from, to) = (at(&harness, "disk::b::deep"), at(&harness, "disk::a::x"));
    harness.drag_at(from);
    harness.run_steps(2);
    harness.hover_at(from + (to - from) * 0.5);
    harness.run_steps(2);
    harness.hover_at(to);
    harness.run_steps(2);
    harness.drop_at(to);
    harness.run_steps(2);
    settle(&mut harness);
    let expected = Move::Relocate { code: "disk::b::deep".to_owned(), to: "disk::a::x".to_owned() };
    assert_eq!(drafting(harness.state()).draft.moves, [expected]);
}

#[test]
fn what_helps_is_offered_and_taken_with_one_click() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    wait_for(&mut harness, "what helps", |app| drafting(app).suggesting.found.is_some());
    harness.run_steps(3);
    let found = drafting(harness.state()).suggesting.found.clone().unwrap();
    assert!(!found.is_empty());
    let first: Vec<String> = found[0].moves.iter().map(|step| step.to_string().replace('`', "")).collect();
    harness.get_by_label(&format!("Apply: {}", first.join(", "))).click();
    harness.run_steps(2);
    settle(&mut harness);
    let (today, then) = denied(&harness);
    assert!(then < today);
}
