//! The window as a person uses it, through the accessibility tree: no display and no graphics card needed.

mod accepting;
mod amending;
mod comparing;
mod exporting;
mod filming;
mod findings;
mod fixture;
mod frame_cost;
mod going;
mod keys;
mod launching;
mod matrix;
mod pinning;
mod provenance;
mod rules_view;
mod sketching;
mod tiling;
mod timeline;
mod timeline_by_hand;
mod treemap;
mod trying;
mod whatif;

use std::path::PathBuf;

use egui::accesskit::Role as AccessRole;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::App;
use super::action::Action;
use super::command::Command;
use super::pane::Pane;
use super::state::{Overlay, Screen, Side};
use super::style::ThemeChoice;
use crate::scene::thing::{Place, Thing};
use fixture::{open_shop, wait_for, welcome, welcome_that_fails};

fn node(harness: &Harness<'_, App>, path: &str) -> Thing {
    let document = harness.state().state.document.as_ref().expect("a workspace is open");
    let model = &document.analysis.model;
    let package = model.packages().find(|id| *model.node(*id).name == *path);
    Thing::Node(package.or_else(|| model.find(path)).expect("the path is in the fixture"))
}

fn selection(harness: &Harness<'_, App>) -> Option<Thing> {
    harness.state().state.document.as_ref().and_then(|document| document.selection)
}

fn act(harness: &mut Harness<'_, App>, action: Action) {
    let ctx = harness.ctx.clone();
    harness.state_mut().act(&ctx, action);
    wait_for(harness, "the map to settle", |app| {
        app.state.document.as_ref().is_none_or(|document| document.arranging.is_none())
    });
}

#[test]
fn the_first_screen_asks_for_a_path() {
    let mut harness = welcome();
    harness.step();
    let field = harness.get_by_role_and_label(AccessRole::TextInput, "Folder or Cargo.toml");
    field.focus();
    harness.step();
    harness.get_by_role_and_label(AccessRole::TextInput, "Folder or Cargo.toml").type_text("/shop");
    harness.step();
    harness.step();
    assert_eq!(harness.state().state.path_entry, "/shop");
    harness.check_accessibility();
    harness.get_by_role_and_label(AccessRole::Button, "Open").click();
    wait_for(&mut harness, "the map", |app| app.state.screen == Screen::Map);
}

#[test]
fn an_opened_workspace_shows_its_packages_with_their_violations() {
    let harness = open_shop();
    for package in ["package orders", "package stock", "package web"] {
        assert!(harness.query_by_label_contains(package).is_some(), "{package}");
    }
    assert!(harness.query_by_label("package web, 2 violations: 1 denied, 1 only warned of").is_some());
    let legend = "Legend: breaks a rule: denied; breaks a rule: only warned of";
    assert!(harness.query_by_label_contains(legend).is_some());
    harness.check_accessibility();
}

#[test]
fn recent_workspaces_are_kept_in_order() {
    let harness = open_shop();
    assert_eq!(harness.state().state.settings.recent, [PathBuf::from("/shop")]);
}

#[test]
fn a_click_on_a_box_selects_it_and_the_inspector_tells_who_uses_it() {
    let mut harness = open_shop();
    act(&mut harness, Action::Run(Command::ExpandToPackages));
    harness.run_steps(2);
    harness.get_by_label_contains("package stock").click();
    harness.run_steps(3);
    assert_eq!(selection(&harness), Some(node(&harness, "stock")));
    assert!(harness.query_by_label("used by orders, 1 reference").is_some());
    harness.get_by_label("used by orders, 1 reference").click();
    harness.run_steps(3);
    assert!(matches!(selection(&harness), Some(Thing::Edge { .. })));
    assert!(harness.query_by_label_contains("Reference 1 at ").is_some());
    harness.check_accessibility();
}

#[test]
fn a_search_flies_to_what_was_hidden_in_a_closed_box() {
    let mut harness = open_shop();
    act(&mut harness, Action::Run(Command::ExpandToPackages));
    let wanted = node(&harness, "orders::placing::Order");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.step();
    harness.step();
    assert!(matches!(harness.state().state.overlay, Overlay::Finder(_)));
    harness.event(egui::Event::Text("placing::Order".to_owned()));
    harness.run_steps(2);
    assert!(!harness.state().state.document.as_ref().unwrap().found.is_empty());
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    wait_for(&mut harness, "the flight", |app| {
        app.state.document.as_ref().is_some_and(|document| document.canvas.picture.place(wanted).is_some())
    });
    harness.run_steps(20);
    assert_eq!(selection(&harness), Some(wanted));
    let document = harness.state().state.document.as_ref().unwrap();
    let place = document.canvas.camera.rect_to_screen(document.canvas.picture.place(wanted).unwrap());
    assert!(document.canvas.camera.canvas().contains_rect(place), "{place:?}");
    assert!(matches!(harness.state().state.overlay, Overlay::None));
}

#[test]
fn the_palette_runs_the_command_that_is_typed() {
    let mut harness = welcome();
    harness.step();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    harness.run_steps(2);
    harness.event(egui::Event::Text("light theme".to_owned()));
    harness.run_steps(2);
    assert!(harness.query_by_label("Light theme").is_some());
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    assert_eq!(harness.state().state.settings.theme, ThemeChoice::Light);
    assert!(matches!(harness.state().state.overlay, Overlay::None));
}

#[test]
fn a_failure_is_told_with_a_way_on() {
    let mut harness = welcome_that_fails();
    act(&mut harness, Action::Open("/nowhere".into()));
    wait_for(&mut harness, "the failure", |app| matches!(app.state.screen, Screen::Failed(_)));
    harness.step();
    assert!(harness.query_by_label_contains("no Cargo.toml in /nowhere").is_some());
    assert!(harness.query_by_label("Copy message").is_some());
    harness.check_accessibility();
    harness.get_by_label("Close workspace").click();
    harness.run_steps(2);
    assert_eq!(harness.state().state.screen, Screen::Welcome);
}

#[test]
fn a_chosen_violation_selects_its_edge_and_shows_the_legal_route() {
    let mut harness = open_shop();
    act(&mut harness, Action::ShowSide(Side::Violations));
    harness.step();
    harness.get_by_label_contains("internal-access:").click();
    harness.run_steps(4);
    wait_for(&mut harness, "the edge", |app| {
        let document = app.state.document.as_ref().unwrap();
        matches!(document.selection, Some(Thing::Edge { .. })) && document.arranging.is_none()
    });
    harness.step();
    assert!(harness.query_all_by_label_contains("Why: ").next().is_some());
    let document = harness.state().state.document.as_ref().unwrap();
    assert_eq!(document.relations.violations, [0]);
    act(&mut harness, Action::ShowSide(Side::Inspector));
    harness.step();
    assert!(harness.query_by_label_contains("Reference 1 at ").is_some());
    harness.check_accessibility();
}

#[test]
fn a_broken_configuration_is_told() {
    let mut harness = fixture::open(fixture::window(|_, _, _| {
        let problem = crate::boundary::Problem::new(
            crate::source::Span::new(4, 9),
            "unknown key `conatins`",
            "not a key of a boundary",
        );
        let config = crate::source::SourceFile::new("riprap.toml".to_owned(), "a\nb conatins".into());
        let config_files = crate::source::ConfigFiles::new([config.clone()]);
        Ok(crate::analysis::Analysis { problems: vec![problem], config: Some(config), config_files, ..fixture::shop() })
    }));
    harness.get_by_label_contains("1 problem in riprap.toml").click();
    harness.run_steps(3);
    assert!(harness.query_by_label_contains("Unknown key").is_some());
    harness.get_by_label("Open riprap.toml:2:3 in the rules view").click();
    harness.run_steps(3);
    assert_eq!(harness.state().state.tiles.focused, Pane::Rules);
}

#[test]
fn violations_are_narrowed_by_typing() {
    let mut harness = open_shop();
    act(&mut harness, Action::ShowSide(Side::Violations));
    act(&mut harness, Action::FilterViolations("ledger".to_owned()));
    harness.step();
    assert!(harness.query_by_label_contains("internal-access:").is_none());
    assert!(harness.query_by_label("Nothing matches").is_some());
}

#[test]
fn an_opened_box_stays_where_it_is_on_the_screen() {
    let mut harness = open_shop();
    act(&mut harness, Action::Run(Command::ExpandToPackages));
    harness.run_steps(3);
    let orders = node(&harness, "orders");
    let corner = |harness: &Harness<'_, App>| {
        let document = harness.state().state.document.as_ref().unwrap();
        document.canvas.camera.rect_to_screen(document.canvas.picture.place(orders).unwrap()).min
    };
    let before = corner(&harness);
    act(&mut harness, Action::Toggle(orders.place().unwrap()));
    harness.step();
    let document = harness.state().state.document.as_ref().unwrap();
    assert!(document.view.is_open(orders.place().unwrap()));
    assert!(corner(&harness).distance(before) < 0.5, "{before:?} {:?}", corner(&harness));
}

#[test]
fn opening_is_undone_and_redone() {
    let mut harness = open_shop();
    act(&mut harness, Action::Run(Command::ExpandToPackages));
    let place: Place = node(&harness, "orders").place().unwrap();
    let is_open = |harness: &Harness<'_, App>| harness.state().state.document.as_ref().unwrap().view.is_open(place);
    act(&mut harness, Action::Toggle(place));
    assert!(is_open(&harness));
    act(&mut harness, Action::Run(Command::Undo));
    assert!(!is_open(&harness));
    act(&mut harness, Action::Run(Command::Redo));
    assert!(is_open(&harness));
}

#[test]
fn selections_are_left_and_found_again() {
    let mut harness = open_shop();
    let (first, second) = (node(&harness, "orders"), node(&harness, "stock"));
    act(&mut harness, Action::Select(Some(first)));
    act(&mut harness, Action::Select(Some(second)));
    act(&mut harness, Action::Run(Command::Back));
    assert_eq!(selection(&harness), Some(first));
    act(&mut harness, Action::Run(Command::Forward));
    assert_eq!(selection(&harness), Some(second));
    act(&mut harness, Action::Run(Command::ClearSelection));
    assert_eq!(selection(&harness), None);
}

#[test]
fn arrows_walk_from_box_to_box() {
    let mut harness = open_shop();
    act(&mut harness, Action::Run(Command::ExpandToPackages));
    harness.step();
    harness.key_press(Key::ArrowDown);
    harness.run_steps(2);
    let first = selection(&harness).expect("the first box");
    harness.key_press(Key::ArrowDown);
    harness.run_steps(2);
    let second = selection(&harness).expect("a box below");
    let document = harness.state().state.document.as_ref().unwrap();
    let y = |thing| document.canvas.picture.place(thing).unwrap().center().y;
    assert!(first != second && y(second) > y(first));
}

#[test]
fn what_is_shown_can_be_switched() {
    let mut harness = open_shop();
    for command in [Command::ToggleEdges, Command::ToggleTests, Command::ToggleInactive] {
        let before = command.is_on(&harness.state().state);
        act(&mut harness, Action::Run(command));
        harness.step();
        assert_ne!(command.is_on(&harness.state().state), before, "{}", command.label());
    }
}

#[test]
fn every_command_can_be_run_at_any_time() {
    let mut harness = open_shop();
    for command in Command::ALL {
        // A system dialog would wait for somebody.
        if !matches!(command, Command::OpenFolder | Command::Quit | Command::CloseWorkspace) {
            act(&mut harness, Action::Run(*command));
            harness.run_steps(2);
        }
    }
    wait_for(&mut harness, "the reload", |app| app.state.screen == Screen::Map);
    for command in Command::ALL {
        assert!(!command.label().is_empty());
    }
    act(&mut harness, Action::Run(Command::CloseWorkspace));
    harness.run_steps(2);
    assert_eq!(harness.state().state.screen, Screen::Welcome);
}

#[test]
fn every_panel_has_names_for_everything_that_takes_input() {
    let mut harness = open_shop();
    for side in [Side::Inspector, Side::Violations, Side::Notes] {
        act(&mut harness, Action::ShowSide(side));
        harness.run_steps(2);
        harness.check_accessibility();
    }
    for command in [Command::Palette, Command::Shortcuts] {
        act(&mut harness, Action::Run(command));
        harness.run_steps(2);
        harness.check_accessibility();
        harness.key_press(Key::Escape);
        harness.run_steps(2);
        assert!(matches!(harness.state().state.overlay, Overlay::None));
    }
}

#[test]
fn the_pointer_explains_after_a_moment() {
    let mut harness = open_shop();
    act(&mut harness, Action::Run(Command::ExpandToPackages));
    harness.run_steps(2);
    let rect = harness.get_by_label_contains("package stock").rect();
    harness.hover_at(rect.center());
    // Each step is a quarter of a second.
    harness.run_steps(6);
    let document = harness.state().state.document.as_ref().unwrap();
    assert!(document.hover.as_ref().is_some_and(|hover| hover.relations.is_some()));
    assert!(harness.query_by_label_contains("used by 2 (2 references)").is_some());
}

#[test]
fn a_cancelled_analysis_is_forgotten() {
    let mut harness = welcome();
    let ctx = harness.ctx.clone();
    harness.state_mut().act(&ctx, Action::Open("/slow".into()));
    harness.step();
    assert!(harness.query_by_label_contains("Opening slow").is_some());
    harness.get_by_label("Cancel analysis").click();
    harness.run_steps(2);
    assert_eq!(harness.state().state.screen, Screen::Welcome);
    std::thread::sleep(std::time::Duration::from_millis(200));
    harness.run_steps(2);
    assert_eq!(harness.state().state.screen, Screen::Welcome);
    assert!(harness.state().state.document.is_none());
}

#[test]
fn small_and_large_windows_are_filled() {
    let mut harness = open_shop();
    for (width, height) in [(640.0, 400.0), (1280.0, 800.0), (2560.0, 1440.0)] {
        harness.set_size(egui::vec2(width, height));
        harness.run_steps(3);
        let canvas = harness.state().state.document.as_ref().unwrap().canvas.camera.canvas();
        assert!(canvas.width() > width * 0.4 && canvas.height() > height * 0.7, "{width}: {canvas:?}");
    }
    assert!(harness.root().children_recursive().count() > 20);
}

/// A workspace of one crate with two modules on disk, in the window, on the real analyst.
#[expect(clippy::disallowed_methods, reason = "the test is the editor that writes the files")]
fn open_on_disk(folder: &std::path::Path) -> Harness<'static, App> {
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
        std::fs::write(path, text).expect("a file can be written");
    };
    write("Cargo.toml", "[package]\nname = \"disk\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    write("src/lib.rs", "mod first;\nmod second;\n");
    write("src/first.rs", "pub fn one() {}\n");
    write("src/second.rs", "pub fn two() {}\n");
    let mut harness = fixture::window_of(Box::<crate::app::OnDisk>::default());
    let ctx = harness.ctx.clone();
    harness.state_mut().act(&ctx, Action::Open(folder.to_owned()));
    wait_for(&mut harness, "the map", |app| app.state.screen == Screen::Map);
    harness.run_steps(3);
    harness
}

fn edges(app: &App) -> usize {
    app.state.document.as_ref().map_or(0, |document| document.analysis.model.edges().len())
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test is the editor that writes the files")]
fn an_edit_on_disk_is_followed_and_what_is_looked_at_stays() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open_on_disk(folder.path());
    let ctx = harness.ctx.clone();
    let select = |app: &mut App| {
        let document = app.state.document.as_ref().expect("a workspace is open");
        let node = document.analysis.model.find("disk::second").expect("the module is there");
        app.act(&ctx, Action::Visit(Thing::Node(node)));
    };
    select(harness.state_mut());
    wait_for(&mut harness, "the selection", |app| {
        let document = app.state.document.as_ref().expect("a workspace is open");
        document.arranging.is_none() && document.selection.is_some()
    });
    harness.run_steps(3);
    let before = harness.state().state.document.as_ref().expect("a workspace is open");
    let (camera, open) = (before.canvas.camera.clone(), before.view.open.len());
    assert_eq!(edges(harness.state()), 0);
    std::fs::write(folder.path().join("src/first.rs"), "pub fn one() { crate::second::two() }\n").expect("written");
    wait_for(&mut harness, "the new edge", |app| edges(app) == 1);
    let after = harness.state().state.document.as_ref().expect("a workspace is open");
    let selected = after.selection.map(|thing| after.name_of(thing));
    assert_eq!(selected.as_deref(), Some("disk::second"));
    assert_eq!((after.view.open.len(), after.canvas.camera.zoom()), (open, camera.zoom()));
    assert_eq!(after.stale, None);
    // A new module is a new file and a changed declaration.
    std::fs::write(folder.path().join("src/third.rs"), "use crate::first::one;\n").expect("written");
    std::fs::write(folder.path().join("src/lib.rs"), "mod first;\nmod second;\nmod third;\n").expect("written");
    wait_for(&mut harness, "the new module", |app| edges(app) == 2);
    // A manifest that Cargo refuses leaves what is shown, and says so.
    std::fs::write(folder.path().join("Cargo.toml"), "[package\n").expect("written");
    wait_for(&mut harness, "the word that it is out of date", |app| {
        app.state.document.as_ref().is_some_and(|document| document.stale.is_some())
    });
    harness.run_steps(2);
    harness.get_by_label("Out of date");
    assert_eq!(edges(harness.state()), 2);
}
