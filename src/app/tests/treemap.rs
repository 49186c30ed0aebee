//! The treemap: the boxes of the map as tiles.

use egui::Key;
use egui_kittest::kittest::Queryable as _;

use super::fixture::{document, open_on_disk, open_shop, wait_for};
use super::timeline::{HEAD, made};
use super::{App, Harness, act, node, selection};
use crate::app::action::{Action, Direction};
use crate::app::command::Command;
use crate::app::look::Drawing;
use crate::app::mail::Message;
use crate::app::timeline::OnTimeline;
use crate::git::fixture::Made;
use crate::scene::shape::Rect;
use crate::scene::thing::Thing;

fn open_treemap() -> Harness<'static, App> {
    let mut harness = open_shop();
    act(&mut harness, Action::Run(Command::ShowTreemap));
    harness.run_steps(2);
    harness
}

fn open_repository(made: &Made) -> Harness<'static, App> {
    let mut harness = open_on_disk(&made.root());
    act(&mut harness, Action::Run(Command::ExpandToLevel2));
    act(&mut harness, Action::Run(Command::ShowTreemap));
    wait_for(&mut harness, "the commits", |app| document(app).churning.is_settled());
    harness.run_steps(2);
    harness
}

fn places(app: &App) -> Vec<(Thing, Rect)> {
    document(app).canvas.picture.boxes().to_vec()
}

fn words(app: &App, path: &str) -> String {
    let document = document(app);
    let node = document.analysis.model.find(path).expect("there is such a module");
    document.treemap_words(Thing::Node(node)).to_owned()
}

#[test]
fn the_treemap_fills_the_canvas_with_the_boxes_of_the_map() {
    let mut harness = open_shop();
    harness.get_by_label("View: Treemap").click();
    harness.run_steps(3);
    let document = document(harness.state());
    assert_eq!(document.canvas.drawing, Drawing::Treemap);
    assert_eq!(document.canvas.picture.boxes().len(), document.arrangement.cut.boxes.len());
    let (picture, canvas) = (document.canvas.picture.scene.bounds, document.canvas.camera.canvas());
    let shape = (picture.width() / picture.height()) / ((canvas.width() - 48.0) / (canvas.height() - 48.0));
    assert!((shape - 1.0).abs() < 0.01, "{picture:?} in {canvas:?}");
    harness.check_accessibility();
}

#[test]
fn where_there_are_no_commits_the_legend_says_so_and_another_colour_can_be_chosen() {
    let mut harness = open_treemap();
    wait_for(&mut harness, "the answer", |app| document(app).churning.is_settled());
    harness.run_steps(2);
    let said = "shown; Colour: commits: the shop has no commits";
    assert!(harness.query_by_label_contains(said).is_some());
    harness.get_by_label("Colour: Churn").click();
    harness.run_steps(2);
    harness.get_by_label_contains("Colour by owner").click();
    harness.run_steps(2);
    assert!(harness.query_by_label_contains("Colour: owner of most of its lines: @shop/orders").is_some());
    assert!(harness.query_by_label_contains("package orders, @shop/orders").is_some());
    harness.check_accessibility();
}

#[test]
fn a_tile_is_selected_opened_in_place_and_left_by_keys() {
    let mut harness = open_treemap();
    act(&mut harness, Action::Run(Command::ExpandToPackages));
    harness.run_steps(2);
    let before = places(harness.state());
    harness.get_by_label_contains("package orders").click();
    harness.run_steps(2);
    assert_eq!(selection(&harness), Some(node(&harness, "orders")));
    harness.key_press(Key::Enter);
    wait_for(&mut harness, "what is inside", |app| places(app).len() > before.len());
    for (thing, rect) in &before {
        assert_eq!(document(harness.state()).canvas.picture.place(*thing), Some(*rect), "{thing:?} has moved");
    }
    let inside = node(&harness, "orders::placing");
    act(&mut harness, Action::Select(Some(inside)));
    harness.key_press(Key::Backspace);
    harness.run_steps(2);
    assert_eq!(selection(&harness), Some(node(&harness, "orders")));
    for direction in [Direction::Left, Direction::Right, Direction::Up, Direction::Down] {
        act(&mut harness, Action::MoveSelection(direction));
    }
    assert_ne!(selection(&harness), Some(node(&harness, "orders")), "there is a tile in some direction");
}

#[test]
fn sizes_are_chosen_and_what_breaks_rules_is_told_by_its_tile() {
    let mut harness = open_treemap();
    act(&mut harness, Action::Run(Command::SizeByItems));
    act(&mut harness, Action::Run(Command::ColourByViolations));
    harness.run_steps(2);
    assert!(harness.query_by_label_contains("Area: number of items, 5 shown; Colour: violations").is_some());
    assert_eq!(words(harness.state(), "web::pages"), "1 violation");
    // The violation that is chosen in the list is shown on the treemap.
    act(&mut harness, Action::VisitViolation(0));
    harness.run_steps(2);
    assert_eq!(document(harness.state()).canvas.drawing, Drawing::Treemap);
    assert!(matches!(selection(&harness), Some(Thing::Edge { .. })));
}

#[test]
fn an_edit_on_disk_keeps_the_treemap() {
    let mut harness = open_treemap();
    let before = places(harness.state());
    let outbox = harness.state().worker.outbox();
    let analysis = std::sync::Arc::clone(&document(harness.state()).analysis);
    outbox.send(Message::Changed(vec!["/shop/web/src/lib.rs".into()]));
    wait_for(&mut harness, "the edit", |app| !std::sync::Arc::ptr_eq(&document(app).analysis, &analysis));
    harness.run_steps(2);
    assert_eq!(document(harness.state()).canvas.drawing, Drawing::Treemap);
    assert_eq!(places(harness.state()), before);
}

#[test]
fn commits_are_counted_by_file_and_age_is_told_from_the_newest_one() {
    let (made, _) = made();
    let mut harness = open_repository(&made);
    // The first commit of all brings everything, and changes nothing.
    assert_eq!(words(harness.state(), "disk::a"), "3 commits");
    assert_eq!(words(harness.state(), "disk::b"), "0 commits");
    assert!(harness.query_by_label_contains("commits that changed it, of 3 in the 365 days to 2024-01-04").is_some());
    act(&mut harness, Action::Run(Command::ColourByAge));
    harness.run_steps(2);
    assert_eq!(words(harness.state(), "disk::a"), "on the last day");
    assert_eq!(words(harness.state(), "disk::b"), "more than 2 days ago");
    // A new commit is counted, too.
    let mut made = made;
    made.commit(&format!("{HEAD}fn f() {{}}\n"));
    harness.state().worker.outbox().send(Message::HeadMoved);
    act(&mut harness, Action::Run(Command::ColourByChurn));
    wait_for(&mut harness, "the new commit", |app| words(app, "disk::a") == "4 commits");
}

#[test]
fn at_another_commit_the_tiles_stay_where_they_were() {
    let mut made = Made::new();
    let lines = |count: usize| "// A line of code.\n".repeat(count);
    let files = |a: usize, b: usize, c: usize| {
        let manifest = "//- Cargo.toml\n[package]\nname = \"disk\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
        let [a, b, c, d] = [a, b, c, 30].map(lines);
        format!(
            "{manifest}//- src/lib.rs\nmod a;\nmod b;\nmod c;\nmod d;\n//- src/a.rs\n{a}//- src/b.rs\n{b}//- src/c.rs\n{c}\
             //- src/d.rs\n{d}"
        )
    };
    // By size another module comes first at each of them.
    let commits = [files(50, 44, 20), files(44, 50, 24), files(40, 47, 48)].map(|text| made.commit(&text));
    let mut harness = open_repository(&made);
    let before = places(harness.state());
    let name = |app: &App, thing: Thing| document(app).name_of(thing);
    let named = |app: &App, places: &[(Thing, Rect)]| -> Vec<(String, Rect)> {
        places.iter().map(|(thing, rect)| (name(app, *thing), *rect)).collect()
    };
    let before = named(harness.state(), &before);
    act(&mut harness, Action::Run(Command::ShowTimeline));
    wait_for(&mut harness, "the history", |app| document(app).timeline.told.is_some());
    act(&mut harness, Action::Timeline(OnTimeline::PointAt(0)));
    wait_for(&mut harness, "the commit", |app| {
        document(app).analysis.commit.as_ref().is_some_and(|commit| commit.id == commits[0])
    });
    act(&mut harness, Action::Run(Command::ShowTreemap));
    harness.run_steps(2);
    let after = named(harness.state(), &places(harness.state()));
    assert_eq!(after.len(), before.len());
    for ((name, was), (other, is)) in before.iter().zip(&after) {
        let moved = was.center().distance(is.center());
        assert!(name == other && moved <= was.width().min(was.height()) / 2.0, "{name} {was:?} {is:?}");
    }
}
