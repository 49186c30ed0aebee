//! Changing riprap.toml from the map: an edge is allowed, forbidden or excepted, and gathered modules become a boundary.

use egui::accesskit::{Action as AccessAction, ActionData, ActionRequest, TreeId};
use egui::{Event, Key, Modifiers, PointerButton, Pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::fixture::{wait_for, window_of};
use super::{App, Harness, act};
use crate::app::OnDisk;
use crate::app::action::Action;
use crate::app::amendment::{Form, Wish};
use crate::app::command::Command;
use crate::app::state::{Document, Overlay, Screen, Side};
use crate::scene::thing::{Place, Thing};

/// Two boundaries; one uses the other's internals, which it may not.
const FILES: &[(&str, &str)] = &[
    ("Cargo.toml", "[package]\nname = \"disk\"\nversion = \"0.1.0\"\nedition = \"2024\"\n"),
    (
        "riprap.toml",
        "version = 1\n\n# Asks nobody.\n[boundary.a]\ncontains = [\"disk::a\"]\nmay_use = []\n\n[boundary.b]\ncontains = [\"disk::b\"]\n",
    ),
    ("src/lib.rs", "mod a;\nmod b;\nmod c;\nmod d;\n"),
    ("src/a.rs", "use crate::b::{deep::one, two};\nfn f() { one(); two(); }\n"),
    ("src/b.rs", "pub mod deep { pub fn one() {} }\npub fn two() {}\n"),
    ("src/c.rs", "pub fn three() {}\n"),
    ("src/d.rs", "pub fn four() { crate::c::three() }\n"),
];

#[expect(clippy::disallowed_methods, reason = "the test makes a workspace")]
fn open(folder: &std::path::Path) -> Harness<'static, App> {
    std::fs::create_dir_all(folder.join("src")).expect("a folder can be made");
    for (path, text) in FILES {
        std::fs::write(folder.join(path), text).expect("a file can be written");
    }
    let mut harness = window_of(Box::<OnDisk>::default());
    let ctx = harness.ctx.clone();
    harness.state_mut().act(&ctx, Action::Open(folder.to_owned()));
    wait_for(&mut harness, "the map", |app| app.state.screen == Screen::Map);
    harness.run_steps(3);
    harness
}

fn document(app: &App) -> &Document {
    app.state.document.as_ref().expect("a workspace is open")
}

/// The rules that are denied.
fn denied(app: &App) -> Vec<&'static str> {
    let violations = &document(app).analysis.verdict.violations;
    violations.iter().filter(|judged| judged.denied).map(|judged| judged.violation.rule).collect()
}

fn place(app: &App, path: &str) -> Place {
    Place::Node(document(app).analysis.model.find(path).expect("the module is there"))
}

fn edge(app: &App, from: &str, to: &str) -> (Place, Place) {
    (place(app, from), place(app, to))
}

fn rules(folder: &std::path::Path) -> String {
    #[expect(clippy::disallowed_methods, reason = "the test reads what the window wrote")]
    std::fs::read_to_string(folder.join("riprap.toml")).expect("the file is there")
}

fn type_text(harness: &mut Harness<'_, App>, text: &str) {
    harness.event(Event::Text(text.to_owned()));
    harness.run_steps(2);
}

#[test]
fn an_edge_is_allowed_and_that_is_taken_back() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open(folder.path());
    assert_eq!(denied(harness.state()), ["internal-access", "undeclared-dependency", "undeclared-dependency"]);
    let (from, to) = edge(harness.state(), "disk::a", "disk::b");
    act(&mut harness, Action::Select(Some(Thing::Edge { from, to })));
    act(&mut harness, Action::ShowSide(Side::Inspector));
    harness.run_steps(2);
    harness.get_by_label("Allow…").click();
    harness.run_steps(3);
    assert!(harness.query_by_label("Adds b to may_use of boundary a").is_some(), "the effect is said");
    assert!(harness.query_by_label("+ may_use = [\"b\"]").is_some(), "what is written is shown");
    wait_for(
        &mut harness,
        "what comes of it",
        |app| matches!(&app.state.overlay, Overlay::Amendment(amendment) if amendment.outcome.is_some()),
    );
    harness.run_steps(2);
    assert!(harness.query_by_label("Violations: 3 → 1 denied").is_some());
    assert!(harness.query_by_label("2 go: 2 undeclared-dependency").is_some());
    harness.check_accessibility();
    harness.get_by_label("Write to riprap.toml").click();
    harness.run_steps(3);
    assert!(harness.query_by_label("Allowed a to use b").is_some());
    wait_for(&mut harness, "the permission", |app| denied(app) == ["internal-access"]);
    assert!(
        rules(folder.path()).contains("# Asks nobody.\n[boundary.a]\ncontains = [\"disk::a\"]\nmay_use = [\"b\"]\n")
    );
    act(&mut harness, Action::Run(Command::UndoEdit));
    wait_for(&mut harness, "that to be taken back", |app| denied(app).len() == 3);
    assert_eq!(rules(folder.path()), FILES[1].1);
}

#[test]
fn an_exception_asks_for_a_reason_and_takes_a_day() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open(folder.path());
    act(&mut harness, Action::VisitViolation(0));
    harness.run_steps(3);
    harness.query_all_by_label("Except…").last().expect("a button").click();
    harness.run_steps(3);
    assert!(matches!(&harness.state().state.overlay, Overlay::Amendment(it) if it.rewrite.is_err()));
    assert!(harness.query_by_label_contains("Say why").is_some());
    type_text(&mut harness, "not now");
    harness.get_by_label("Until").focus();
    harness.run_steps(2);
    type_text(&mut harness, "soon");
    assert!(matches!(&harness.state().state.overlay, Overlay::Amendment(it) if it.rewrite.is_err()), "soon is no day");
    if let Overlay::Amendment(amendment) = &mut harness.state_mut().state.overlay
        && let Form::Except { until, .. } = &mut amendment.form
    {
        "2999-01-31".clone_into(until);
    }
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    wait_for(&mut harness, "the exception", |app| denied(app).len() == 2);
    let expected = "[[exception]]\nrule = \"internal-access\"\nfrom = \"disk::a\"\nto = \"disk::b::deep::one\"\nuntil = 2999-01-31\nreason = \"not now\"\n";
    assert!(rules(folder.path()).ends_with(expected), "{}", rules(folder.path()));
}

#[test]
fn an_edge_is_forbidden_by_what_its_ends_are_called() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open(folder.path());
    let (from, to) = edge(harness.state(), "disk::d", "disk::c");
    act(&mut harness, Action::Prepare(Wish::Forbid { from, to }));
    harness.run_steps(2);
    type_text(&mut harness, "four is enough");
    harness.key_press(Key::Enter);
    wait_for(&mut harness, "the denial", |app| denied(app).contains(&"forbidden-dependency"));
    let expected = "[[forbid]]\nfrom = \"disk::d\"\nto = \"disk::c\"\nreason = \"four is enough\"\n";
    assert!(rules(folder.path()).ends_with(expected), "{}", rules(folder.path()));
}

#[test]
fn what_cannot_be_wished_says_why() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let harness = open(folder.path());
    let app = harness.state();
    let hindrance = |from: &str, to: &str, wish: fn(Place, Place) -> Wish| {
        let (from, to) = edge(app, from, to);
        wish(from, to).form(document(app)).unwrap_err()
    };
    let allow = |from, to| Wish::Allow { from, to };
    let except = |from, to| Wish::ExceptEdge { from, to };
    assert_eq!(hindrance("disk::a", "disk::c", allow), "`disk::c` is in no boundary, and `may_use` lists boundaries");
    assert_eq!(hindrance("disk::b", "disk::a", allow), "`b` may use everything: it has no `may_use`");
    assert_eq!(hindrance("disk::d", "disk::a", allow), "`disk::d` is in no boundary of its own");
    assert_eq!(hindrance("disk::b", "disk::b::deep", allow), "Both ends are in the same boundary");
    assert_eq!(hindrance("disk::d", "disk::c", except), "Nothing is broken here that is not accepted");
    assert_eq!(Wish::Boundary.form(document(app)).unwrap_err(), "Gather packages or modules first");
}

fn center_of(app: &App, path: &str) -> Pos2 {
    let document = document(app);
    let rect = document.canvas.picture.place(place(app, path).into()).expect("the box is shown");
    document.canvas.camera.rect_to_screen(rect).center()
}

fn button(harness: &mut Harness<'_, App>, pos: Pos2, button: PointerButton, pressed: bool, modifiers: Modifiers) {
    harness.event_modifiers(Event::PointerButton { pos, button, pressed, modifiers }, modifiers);
    harness.step();
}

fn open_modules(folder: &std::path::Path) -> Harness<'static, App> {
    let mut harness = open(folder);
    act(&mut harness, Action::Run(Command::ExpandToLevel2));
    act(&mut harness, Action::Run(Command::Fit));
    harness.run_steps(4);
    harness
}

#[test]
fn a_secondary_click_on_an_edge_tells_what_can_be_done_about_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open_modules(folder.path());
    let (from, to) = edge(harness.state(), "disk::a", "disk::b");
    let document = document(harness.state());
    let index = document.arrangement.edge_between(from, to).expect("the edge is shown");
    let route = &document.arrangement.routes[index];
    let middle = crate::scene::outline::point_along(route, 0.5).expect("the edge has a line");
    let at = document.canvas.camera.to_screen(f64::from(middle.x), f64::from(middle.y));
    harness.hover_at(at);
    harness.step();
    button(&mut harness, at, PointerButton::Secondary, true, Modifiers::NONE);
    button(&mut harness, at, PointerButton::Secondary, false, Modifiers::NONE);
    harness.run_steps(3);
    for label in ["Show references", "Open in editor", "Forbid…"] {
        assert!(harness.query_all_by_label(label).next().is_some(), "{label}");
    }
    harness.check_accessibility();
    harness.key_press(Key::Escape);
    harness.run_steps(2);
    assert!(harness.query_by_label("Show references").is_none(), "the menu is closed");
    assert!(super::selection(&harness).is_some(), "and nothing else has changed");
}

#[test]
fn a_line_around_modules_makes_a_boundary_of_them() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open_modules(folder.path());
    let (c, d) = (center_of(harness.state(), "disk::c"), center_of(harness.state(), "disk::d"));
    let around = egui::Rect::from_two_pos(c, d).expand2(egui::vec2(20.0, 20.0));
    let corners = [around.left_top(), around.right_top(), around.right_bottom(), around.left_bottom()];
    harness.hover_at(corners[0]);
    harness.step();
    button(&mut harness, corners[0], PointerButton::Primary, true, Modifiers::COMMAND);
    for corner in [corners[1], corners[2], corners[3], corners[0]] {
        harness.event_modifiers(Event::PointerMoved(corner), Modifiers::COMMAND);
        harness.step();
    }
    button(&mut harness, corners[0], PointerButton::Primary, false, Modifiers::COMMAND);
    harness.run_steps(3);
    let gathered = document(harness.state()).gathered.clone();
    assert_eq!(gathered, [place(harness.state(), "disk::c"), place(harness.state(), "disk::d")].into());
    assert!(harness.query_by_label("Gathered: 2 modules, 2 lines").is_some());

    harness.key_press(Key::B);
    harness.run_steps(3);
    assert!(harness.query_by_label_contains("Give it a name").is_some());
    type_text(&mut harness, "numbers");
    assert!(harness.query_by_label("+ [boundary.numbers]").is_some());
    assert!(harness.query_by_label("It contains 2 modules, 2 lines").is_some());
    wait_for(
        &mut harness,
        "what comes of it",
        |app| matches!(&app.state.overlay, Overlay::Amendment(amendment) if amendment.outcome.is_some()),
    );
    harness.run_steps(2);
    assert!(harness.query_by_label("Violations: 2 → 0 only warned of").is_some());
    assert!(harness.query_by_label("2 go: 2 unassigned-code").is_some());
    harness.check_accessibility();
    harness.key_press(Key::Enter);
    wait_for(&mut harness, "the boundary", |app| document(app).analysis.boundaries.find("numbers").is_some());
    assert!(rules(folder.path()).ends_with("[boundary.numbers]\ncontains = [\"disk::c\", \"disk::d\"]\n"));
    assert!(document(harness.state()).gathered.is_empty());
}

#[test]
fn boxes_are_gathered_one_by_one_by_hand_by_key_and_by_screen_readers() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open_modules(folder.path());
    let n_gathered = |harness: &Harness<'_, App>| document(harness.state()).gathered.len();
    let c = center_of(harness.state(), "disk::c");
    harness.hover_at(c);
    harness.step();
    button(&mut harness, c, PointerButton::Primary, true, Modifiers::COMMAND);
    button(&mut harness, c, PointerButton::Primary, false, Modifiers::COMMAND);
    harness.run_steps(2);
    assert_eq!(n_gathered(&harness), 1);
    let d = place(harness.state(), "disk::d");
    act(&mut harness, Action::Select(Some(d.into())));
    harness.key_press(Key::G);
    harness.run_steps(2);
    assert_eq!(n_gathered(&harness), 2);
    let node = harness.get_by_label_contains("module disk::d").accesskit_node().locate().0;
    harness.event(Event::AccessKitActionRequest(ActionRequest {
        action: AccessAction::CustomAction,
        target_tree: TreeId::ROOT,
        target_node: node,
        data: Some(ActionData::CustomAction(1)),
    }));
    harness.run_steps(2);
    assert_eq!(n_gathered(&harness), 1, "what is gathered twice is let go");

    act(&mut harness, Action::Run(Command::Lasso));
    harness.step();
    for left in ["a lasso", "something gathered", "a selection", "nothing"] {
        let document = document(harness.state());
        let is_there = match left {
            "a lasso" => document.lasso.armed,
            "something gathered" => !document.gathered.is_empty() && !document.lasso.armed,
            "a selection" => document.selection.is_some() && document.gathered.is_empty(),
            _ => document.selection.is_none(),
        };
        assert!(is_there, "{left}");
        harness.key_press(Key::Escape);
        harness.run_steps(2);
    }
}
