//! First boundaries: found, put right by hand, by mouse and by key, and saved.

use std::path::Path;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::fixture::{document, open_on_disk, wait_for};
use super::{App, Harness, act};
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::pane::Pane;
use crate::app::sketch::{OnSketch, Sketch};
use crate::model::NodeId;
use crate::propose::GroupBy;
use crate::scene::thing::{Place, Thing};

/// Two pairs of crates that use each other, and a program on top.
#[expect(clippy::disallowed_methods, reason = "the test makes a workspace")]
fn workspace(root: &Path) {
    let write = |path: &str, text: &str| {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
        std::fs::write(path, text).expect("a file can be written");
    };
    write("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\nresolver = \"2\"\n");
    let package = |name: &str, uses: &[&str], root_file: &str, text: &str| {
        let uses: String = uses.iter().map(|name| format!("{name} = {{ path = \"../{name}\" }}\n")).collect();
        let manifest =
            format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[dependencies]\n{uses}");
        write(&format!("crates/{name}/Cargo.toml"), &manifest);
        write(&format!("crates/{name}/src/{root_file}"), text);
    };
    package("orders_db", &[], "lib.rs", "pub mod deep { pub fn load() {} pub fn store() {} }\npub fn open() {}\n");
    package(
        "orders",
        &["orders_db"],
        "lib.rs",
        "pub fn place() { orders_db::open(); orders_db::deep::load(); orders_db::deep::store(); }\n",
    );
    package("ledger", &[], "lib.rs", "pub fn book() {}\npub fn close() {}\n");
    package("billing", &["ledger"], "lib.rs", "pub fn bill() { ledger::book(); ledger::close(); }\n");
    package("shop", &["orders", "billing"], "main.rs", "fn main() { orders::place(); billing::bill(); }\n");
}

fn sketch(app: &App) -> &Sketch {
    document(app).sketch.as_deref().expect("groups are looked for")
}

fn settle(harness: &mut Harness<'static, App>) {
    wait_for(harness, "the groups to be judged", |app| {
        document(app).sketch.as_ref().is_some_and(|sketch| sketch.is_settled())
    });
    harness.run_steps(3);
}

fn begin(root: &Path) -> Harness<'static, App> {
    workspace(root);
    let mut harness = open_on_disk(root);
    harness.run_steps(3);
    act(&mut harness, Action::Run(Command::SketchBoundaries));
    settle(&mut harness);
    harness
}

fn ask(harness: &mut Harness<'static, App>, wish: OnSketch) {
    act(harness, Action::Sketch(wish));
    settle(harness);
}

/// `name: packages` of each group.
fn groups(harness: &Harness<'static, App>) -> Vec<String> {
    let sketch = sketch(harness.state());
    let (plan, laid) = (sketch.plan.as_ref().expect("groups were found"), sketch.laid.as_ref().expect("and judged"));
    let told = |part: &crate::propose::Part| {
        let names: Vec<&str> = part.code.iter().map(|node| laid.model().path(*node)).collect();
        format!("{}: {}", part.name, names.join(" "))
    };
    plan.parts.iter().map(told).collect()
}

fn package(harness: &Harness<'static, App>, name: &str) -> NodeId {
    let laid = sketch(harness.state()).laid.as_ref().expect("groups are judged");
    let mut packages = laid.model().packages();
    packages.find(|package| laid.model().path(*package) == name).expect("the package is in the workspace")
}

#[expect(clippy::disallowed_methods, reason = "the test looks for what the window wrote")]
fn read(root: &Path, name: &str) -> Option<String> {
    std::fs::read_to_string(root.join(name)).ok()
}

#[test]
fn communities_are_found_put_right_named_and_saved() {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path());
    let mut harness = open_on_disk(folder.path());
    wait_for(&mut harness, "the first page", |app| document(app).findings.is_some());
    harness.run_steps(3);
    // The first page of a workspace without a riprap.toml has the button.
    harness.get_by_label("Find first boundaries…").click();
    harness.run_steps(2);
    settle(&mut harness);
    assert_eq!(harness.state().state.tiles.focused, Pane::Sketch);
    assert_eq!(
        groups(&harness),
        ["billing: billing", "ledger: ledger", "orders: orders", "orders_db: orders_db", "shop: shop"]
    );
    harness.get_by_label("Group by: Community").click();
    harness.run_steps(2);
    settle(&mut harness);
    let found = groups(&harness);
    assert!(found.iter().any(|group| group.ends_with(": orders orders_db")), "{found:?}");
    assert!(found.iter().any(|group| group.contains("billing") && group.contains("ledger")), "{found:?}");
    harness.check_accessibility();

    // One box goes to a group of its own, which is renamed.
    let shop = package(&harness, "shop");
    act(&mut harness, Action::Sketch(OnSketch::Select(Some(Thing::Node(shop)))));
    harness.key_press(Key::B);
    harness.run_steps(2);
    settle(&mut harness);
    assert!(groups(&harness).contains(&"shop: shop".to_owned()), "{:?}", groups(&harness));
    let label = "Name of group shop";
    harness.get_by_label(label).focus();
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.get_by_label(label).type_text("app");
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    settle(&mut harness);
    assert!(groups(&harness).contains(&"app: shop".to_owned()), "{:?}", groups(&harness));

    assert_eq!((read(folder.path(), "riprap.toml"), read(folder.path(), "riprap.baseline")), (None, None));
    let laid = sketch(harness.state()).laid.clone().unwrap();
    assert_eq!(document(harness.state()).rules_draft.text.as_ref(), Some(&laid.text), "the draft is what is shown");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    wait_for(&mut harness, "the files", |_| {
        let is_there = |name| read(folder.path(), name).is_some();
        is_there("riprap.toml") && is_there("riprap.baseline")
    });
    assert_eq!(read(folder.path(), "riprap.toml"), Some(laid.text.clone()));
    let now = crate::analysis::open(
        folder.path(),
        &crate::analysis::Asked::default(),
        &|_| {},
        &std::sync::atomic::AtomicBool::new(false),
    );
    let now = now.unwrap();
    assert!(now.problems.is_empty() && !now.verdict.is_denied());
    assert_eq!(now.verdict.accepted(), laid.baseline.entries.len());
    // From here on the file says what holds.
    wait_for(&mut harness, "the file to be followed", |app| document(app).analysis.config.is_some());
    harness.run_steps(3);
    assert!(!Command::SketchBoundaries.is_enabled(&harness.state().state));
}

#[test]
fn a_box_is_put_onto_another_one_by_hand_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = begin(folder.path());
    let before = groups(&harness);
    let at = |harness: &Harness<'static, App>, name: &str| {
        let sketch = sketch(harness.state());
        let rect = sketch.picture.place(Thing::Node(package(harness, name))).expect("the box is in sight");
        sketch.camera.rect_to_screen(rect).center()
    };
    let (from, to) = (at(&harness, "ledger"), at(&harness, "billing"));
    harness.drag_at(from);
    harness.run_steps(2);
    harness.hover_at(from + (to - from) * 0.5);
    harness.run_steps(2);
    harness.hover_at(to);
    harness.run_steps(2);
    harness.drop_at(to);
    harness.run_steps(2);
    settle(&mut harness);
    assert!(groups(&harness).contains(&"billing: billing ledger".to_owned()), "{:?}", groups(&harness));
    assert!(sketch(harness.state()).laid.as_ref().unwrap().text.contains("crates/ledger"));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(2);
    settle(&mut harness);
    assert_eq!(groups(&harness), before);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    harness.run_steps(2);
    settle(&mut harness);
    assert_ne!(groups(&harness), before);
}

#[test]
fn a_line_of_the_list_is_dragged_onto_another_group_and_a_key_moves_what_is_selected() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = begin(folder.path());
    ask(&mut harness, OnSketch::Choose("ledger".to_owned()));
    assert_eq!(sketch(harness.state()).selection, Some(Thing::Node(package(&harness, "ledger"))));
    let from = harness.get_by_label_contains("drag it onto another group").rect().center();
    let to = harness.get_by_label_contains("Group billing: ").rect().center();
    harness.drag_at(from);
    harness.run_steps(2);
    harness.hover_at(from + (to - from) * 0.5);
    harness.run_steps(2);
    harness.hover_at(to);
    harness.run_steps(2);
    harness.drop_at(to);
    harness.run_steps(2);
    settle(&mut harness);
    assert!(groups(&harness).contains(&"billing: billing ledger".to_owned()), "{:?}", groups(&harness));
    let ledger = package(&harness, "ledger");
    act(&mut harness, Action::Sketch(OnSketch::Select(Some(Thing::Node(ledger)))));
    harness.key_press(Key::M);
    harness.run_steps(3);
    harness.get_by_label_contains("Type the boundary").type_text("shop");
    harness.run_steps(3);
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    settle(&mut harness);
    assert!(groups(&harness).contains(&"shop: ledger shop".to_owned()), "{:?}", groups(&harness));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test edits what is looked at")]
fn groups_go_on_where_the_code_changes() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = begin(folder.path());
    ask(&mut harness, OnSketch::Merge { from: "ledger".to_owned(), into: "billing".to_owned() });
    let before = document(harness.state()).analysis.clone();
    std::fs::write(
        folder.path().join("crates/ledger/src/lib.rs"),
        "pub fn book() {}\npub fn close() {}\npub fn c() {}\n",
    )
    .unwrap();
    wait_for(&mut harness, "the change to be followed", |app| {
        !std::sync::Arc::ptr_eq(&document(app).analysis, &before)
    });
    settle(&mut harness);
    assert!(groups(&harness).contains(&"billing: billing ledger".to_owned()), "{:?}", groups(&harness));
}

#[test]
fn what_the_lasso_catches_becomes_a_group() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = begin(folder.path());
    act(&mut harness, Action::Run(Command::Lasso));
    let arrangement = sketch(harness.state()).arrangement.clone().unwrap();
    let rects = ["orders", "orders_db"].map(|name| arrangement.rect_of(Place::Node(package(&harness, name))).unwrap());
    let around: Vec<crate::scene::shape::Point> = rects.iter().flat_map(|rect| rect.expand(2.0).corners()).collect();
    let min = |of: fn(&crate::scene::shape::Point) -> f32| around.iter().map(of).fold(f32::INFINITY, f32::min);
    let max = |of: fn(&crate::scene::shape::Point) -> f32| around.iter().map(of).fold(f32::NEG_INFINITY, f32::max);
    let (left, right, top, bottom) = (min(|it| it.x), max(|it| it.x), min(|it| it.y), max(|it| it.y));
    let path = [(left, top), (right, top), (right, bottom), (left, bottom)];
    let path = path.map(|(x, y)| crate::scene::shape::Point::new(x, y)).to_vec();
    act(&mut harness, Action::Sketch(OnSketch::GatherWithin(path)));
    harness.run_steps(2);
    let caught = sketch(harness.state()).gathered.len();
    assert!(caught >= 2 && harness.query_by_label_contains("Gathered: ").is_some());
    harness.get_by_label("Put into…").click();
    harness.run_steps(3);
    harness.get_by_label_contains("Type the boundary").type_text("orders_db");
    harness.run_steps(3);
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    settle(&mut harness);
    let found = groups(&harness);
    assert!(found.iter().any(|it| it.starts_with("orders_db: ") && it.contains("orders orders_db")), "{found:?}");
}

#[test]
fn groups_are_merged_dropped_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = begin(folder.path());
    ask(&mut harness, OnSketch::Merge { from: "orders_db".to_owned(), into: "orders".to_owned() });
    ask(&mut harness, OnSketch::Drop("ledger".to_owned()));
    assert_eq!(groups(&harness), ["billing: billing", "orders: orders orders_db", "shop: shop"]);
    let laid = sketch(harness.state()).laid.clone().unwrap();
    assert_eq!((laid.left_out.len(), laid.lines_left_out > 0), (1, true));
    assert!(harness.query_by_label_contains("of code in no group").is_some());
    // What is in no group can be put into one.
    let ledger = package(&harness, "ledger");
    ask(&mut harness, OnSketch::Put { code: vec![ledger], into: "billing".to_owned() });
    assert!(groups(&harness).contains(&"billing: billing ledger".to_owned()));
    ask(&mut harness, OnSketch::Rename { from: "orders".to_owned(), to: "shop".to_owned() });
    assert!(harness.query_by_label_contains("is the name of another group").is_some());
}

#[test]
fn what_cannot_be_found_is_said_and_the_groups_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = begin(folder.path());
    let before = groups(&harness);
    act(&mut harness, Action::Sketch(OnSketch::By(GroupBy::Owner)));
    wait_for(&mut harness, "an answer", |app| sketch(app).laying.is_none());
    harness.run_steps(3);
    assert!(harness.query_by_label_contains("No CODEOWNERS file").is_some());
    assert_eq!((groups(&harness), sketch(harness.state()).by), (before, GroupBy::Usual));
}

#[test]
fn what_somebody_typed_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = begin(folder.path());
    let typed = "version = 1\n# Mine.\n".to_owned();
    act(&mut harness, Action::RulesTyped(typed.clone()));
    ask(&mut harness, OnSketch::Merge { from: "orders_db".to_owned(), into: "orders".to_owned() });
    assert_eq!(document(harness.state()).rules_draft.text.as_ref(), Some(&typed));
    assert!(!Command::SaveRules.is_enabled(&harness.state().state));
    harness.get_by_label("Use these groups").click();
    harness.run_steps(3);
    let text = sketch(harness.state()).laid.as_ref().unwrap().text.clone();
    assert_eq!(document(harness.state()).rules_draft.text, Some(text));
    assert!(Command::SaveRules.is_enabled(&harness.state().state));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test writes what somebody else would")]
fn a_file_that_somebody_wrote_meanwhile_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = begin(folder.path());
    std::fs::write(folder.path().join("riprap.toml"), "version = 1\n# Theirs.\n").unwrap();
    if Command::SaveRules.is_enabled(&harness.state().state) {
        act(&mut harness, Action::Run(Command::SaveRules));
    }
    wait_for(&mut harness, "the file to be followed", |app| document(app).analysis.config.is_some());
    harness.run_steps(3);
    assert_eq!(read(folder.path(), "riprap.toml").as_deref(), Some("version = 1\n# Theirs.\n"));
    assert_eq!(read(folder.path(), "riprap.baseline"), None);
}
