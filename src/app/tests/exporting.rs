//! Pictures, links and named views in the window.

use std::path::{Path, PathBuf};

use egui::accesskit::Role as AccessRole;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::fixture::{document, open_broken, open_on_disk, open_shop, wait_for, welcome};
use super::{App, Harness, act, node};
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::pane::Pane;
use crate::app::state::{Overlay, Screen, Side};
use crate::app::viewing;
use crate::export::picture::{Area, Format};
use crate::scene::thing::Thing;
use crate::viewpoint::View;
use crate::viewpoint::link::Link;

fn type_text(harness: &mut Harness<'_, App>, text: &str) {
    harness.event(egui::Event::Text(text.to_owned()));
    harness.run_steps(2);
}

fn press(harness: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
}

/// Names what is shown, by keys alone.
fn save_view(harness: &mut Harness<'_, App>, name: &str) {
    let before = document(harness.state()).named.len();
    press(harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    type_text(harness, name);
    harness.key_press(Key::Enter);
    wait_for(harness, "the view in the list", |app| document(app).named.len() > before);
}

fn settled(harness: &mut Harness<'_, App>) {
    wait_for(harness, "the map to settle", |app| document(app).arranging.is_none());
    harness.run_steps(3);
}

#[expect(clippy::disallowed_methods, reason = "the test looks at what the window wrote")]
fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("the file is there")
}

#[expect(clippy::disallowed_methods, reason = "the test writes what somebody else would")]
fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
    std::fs::write(path, text).expect("a file can be written");
}

fn words(path: &Path) -> &str {
    path.to_str().expect("the path is text")
}

/// `riprap export` of a named view.
fn exported(folder: &Path, view: &str, output: &str, more: &[&str]) -> PathBuf {
    let (view, output) = (folder.join("riprap.views").join(view), folder.join(output));
    let all = ["riprap", "export", "--quiet", words(folder), "--view-file", words(&view), "--output", words(&output)];
    assert_eq!(crate::cli::status_of(&[&all, more].concat()), 0);
    output
}

#[test]
fn a_picture_is_exported_by_two_keys_and_the_command_line_draws_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open_broken(folder.path());
    harness.run_steps(3);
    act(&mut harness, Action::Run(Command::ExpandToLevel3));
    let thing = node(&harness, "disk::a");
    act(&mut harness, Action::Select(Some(thing)));
    save_view(&mut harness, "Both");
    act(&mut harness, Action::OpenView("both.toml".to_owned()));
    settled(&mut harness);

    // Ctrl+E, Enter.
    press(&mut harness, Modifiers::COMMAND, Key::E);
    harness.check_accessibility();
    harness.key_press(Key::Enter);
    wait_for(&mut harness, "the picture", |app| app.state.last_picture.is_some());
    let written = harness.state().state.last_picture.clone().expect("it was written");
    assert_eq!(written, document(harness.state()).analysis.root.join("disk-map.svg"));
    assert!(matches!(harness.state().state.overlay, Overlay::None));
    harness.run_steps(2);
    assert!(harness.query_by_label("Open folder of picture").is_some());

    let by_command = exported(folder.path(), "both.toml", "again.svg", &["--theme", "dark"]);
    assert_eq!(bytes(&written), bytes(&by_command));
    exported(folder.path(), "both.toml", "again.svg", &["--theme", "dark", "--check"]);

    // What is in sight, as pixels.
    press(&mut harness, Modifiers::COMMAND, Key::E);
    harness.get_by_label("Format: PNG").click();
    harness.run_steps(2);
    harness.get_by_label("Area: In sight").click();
    harness.run_steps(2);
    harness.get_by_role_and_label(AccessRole::Button, "Export").click();
    wait_for(&mut harness, "the picture", |app| {
        app.state.last_picture.as_ref().is_some_and(|path| path.ends_with("disk-map.png"))
    });
    let written = harness.state().state.last_picture.clone().expect("it was written");
    let by_command = exported(folder.path(), "both.toml", "again.png", &["--theme", "dark", "--area", "visible"]);
    assert_eq!(bytes(&written), bytes(&by_command));
}

#[test]
fn a_file_that_is_there_is_replaced_only_after_a_question() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open_broken(folder.path());
    harness.run_steps(3);
    let file = document(harness.state()).analysis.root.join("disk-map.svg");
    write(&file, "precious");
    press(&mut harness, Modifiers::COMMAND, Key::E);
    harness.get_by_role_and_label(AccessRole::Button, "Export").click();
    wait_for(
        &mut harness,
        "the question",
        |app| matches!(&app.state.overlay, Overlay::Picture(dialog) if dialog.existing.is_some()),
    );
    harness.run_steps(2);
    assert_eq!(bytes(&file), b"precious");
    harness.check_accessibility();
    harness.get_by_label("Replace it").click();
    wait_for(&mut harness, "the picture", |app| app.state.last_picture.is_some());
    assert!(bytes(&file).starts_with(b"<svg"));
}

#[test]
fn a_folder_that_is_not_there_is_told_in_the_dialog() {
    let mut harness = open_shop();
    press(&mut harness, Modifiers::COMMAND, Key::E);
    harness.get_by_role_and_label(AccessRole::Button, "Export").click();
    wait_for(
        &mut harness,
        "the failure",
        |app| matches!(&app.state.overlay, Overlay::Picture(dialog) if dialog.failed.is_some()),
    );
    harness.run_steps(2);
    assert!(harness.query_by_label_contains("the folder /shop does not exist").is_some());
}

#[test]
fn choices_are_remembered_and_change_the_preview() {
    let mut harness = open_shop();
    let thing = node(&harness, "stock");
    act(&mut harness, Action::Run(Command::ExpandToPackages));
    act(&mut harness, Action::Select(Some(thing)));
    press(&mut harness, Modifiers::COMMAND, Key::E);
    let width = |harness: &Harness<'_, App>| match &harness.state().state.overlay {
        Overlay::Picture(dialog) => dialog.preview.as_ref().expect("there is one").size.0,
        _ => panic!("the dialog is open"),
    };
    let whole = width(&harness);
    harness.get_by_label("Area: Selection").click();
    harness.run_steps(2);
    assert!(width(&harness) < whole);
    harness.get_by_label("Theme: Light").click();
    harness.get_by_label("Format: PDF").click();
    harness.run_steps(2);
    harness.get_by_label("Copy picture as SVG").click();
    harness.run_steps(2);
    assert_eq!(harness.state().state.notice.as_ref().map(|notice| notice.said.as_str()), Some("Copied as SVG"));
    act(&mut harness, Action::Run(Command::ExportPicture));
    if let Overlay::Picture(dialog) = &mut harness.state_mut().state.overlay {
        dialog.choices.area = Area::Visible;
        dialog.choices.format = Format::Png;
    }
    act(&mut harness, Action::WritePicture { replace: false });
    assert_eq!(harness.state().state.settings.picture.area, Area::Visible);
    assert_eq!(harness.state().state.settings.picture.format, Format::Png);
}

#[test]
fn a_copy_has_the_pixels_of_the_picture() {
    let mut harness = open_shop();
    act(&mut harness, Action::Run(Command::CopyPng));
    wait_for(&mut harness, "the copy", |app| app.state.notice.is_some());
    let said = harness.state().state.notice.clone().expect("there is one").said;
    assert!(said.starts_with("Copied as PNG, ") && said.ends_with(" pixels"), "{said}");
}

#[test]
fn the_rules_are_no_picture() {
    let mut harness = open_shop();
    act(&mut harness, Action::Run(Command::ShowRules));
    for command in [Command::ExportPicture, Command::CopyPng, Command::CopySvg, Command::SaveView] {
        assert!(!command.is_enabled(&harness.state().state), "{}", command.label());
    }
}

fn link(harness: &Harness<'_, App>) -> String {
    let state = &harness.state().state;
    let path = words(&document(harness.state()).analysis.root).to_owned();
    let viewpoint = viewing::viewpoint(state).expect("something is shown");
    Link { path, rev: None, viewpoint }.to_text().0
}

#[test]
fn a_link_opens_the_same_workspace_in_the_same_way() {
    let mut harness = open_shop();
    act(&mut harness, Action::Run(Command::ExpandToLevel2));
    let thing = node(&harness, "orders::placing");
    act(&mut harness, Action::Select(Some(thing)));
    act(&mut harness, Action::Run(Command::ToggleTests));
    act(&mut harness, Action::Run(Command::ShowMatrix));
    harness.run_steps(3);
    let text = link(&harness);
    let seen = viewing::viewpoint(&harness.state().state);

    let mut other = welcome();
    other.step();
    press(&mut other, Modifiers::COMMAND, Key::P);
    type_text(&mut other, &text);
    assert!(other.query_by_label("Open the matrix of /shop, at orders::placing").is_some());
    other.key_press(Key::Enter);
    wait_for(&mut other, "the workspace", |app| app.state.screen == Screen::Map);
    settled(&mut other);
    let again = viewing::viewpoint(&other.state().state);
    let without_region = |viewpoint: Option<crate::viewpoint::Viewpoint>| {
        viewpoint.map(|viewpoint| crate::viewpoint::Viewpoint { region: None, ..viewpoint })
    };
    assert_eq!(without_region(again), without_region(seen));

    // In what is open nothing is opened again.
    act(&mut other, Action::FollowLink("riprap://open?path=/shop&view=violations&focus=stock".to_owned()));
    assert_eq!((other.state().state.tiles.focused, other.state().state.side), (Pane::MAP, Side::Violations));
    assert_eq!(other.state().state.screen, Screen::Map);
    assert_eq!(super::selection(&other), Some(node(&other, "stock")));
}

#[test]
fn what_was_in_sight_is_in_sight_again() {
    let mut harness = open_shop();
    for _ in 0..3 {
        act(&mut harness, Action::Run(Command::ZoomIn));
    }
    harness.run_steps(3);
    let text = link(&harness);
    let seen = document(harness.state()).canvas.camera.visible();
    act(&mut harness, Action::Run(Command::Fit));
    harness.run_steps(3);
    assert!(document(harness.state()).canvas.camera.visible().width() > seen.width() * 1.2);
    act(&mut harness, Action::FollowLink(text));
    settled(&mut harness);
    let again = document(harness.state()).canvas.camera.visible();
    assert!((again.min.x - seen.min.x).abs() < 2.0 && (again.width() - seen.width()).abs() < 2.0, "{seen:?} {again:?}");
}

#[test]
fn a_link_that_is_wrong_is_told_while_it_is_typed() {
    let mut harness = open_shop();
    press(&mut harness, Modifiers::COMMAND, Key::P);
    type_text(&mut harness, "riprap://open?path=/shop&view=chart");
    assert!(harness.query_by_label_contains("`view` of the link is `chart`, where one of map").is_some());
    harness.check_accessibility();
}

#[test]
fn a_view_is_named_renamed_and_deleted_and_each_can_be_taken_back() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open_broken(folder.path());
    harness.run_steps(3);
    let thing = node(&harness, "disk::b");
    act(&mut harness, Action::Select(Some(thing)));
    save_view(&mut harness, "Only b");
    let file = folder.path().join("riprap.views/only-b.toml");
    let text = String::from_utf8(bytes(&file)).expect("it is text");
    assert!(text.contains("name = \"Only b\"\n") && text.contains("focus = \"disk::b\"\n"), "{text}");

    act(&mut harness, Action::Select(None));
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::V);
    harness.check_accessibility();
    harness.get_by_label("Open view Only b").click();
    harness.run_steps(3);
    settled(&mut harness);
    assert_eq!(super::selection(&harness), Some(thing));

    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::V);
    harness.get_by_label("Rename Only b").click();
    harness.run_steps(3);
    type_text(&mut harness, "The deep part of ");
    harness.get_by_role_and_label(AccessRole::Button, "Save").click();
    wait_for(&mut harness, "the new name", |app| document(app).named[0].name() != "Only b");
    assert_eq!(document(harness.state()).named[0].file, "only-b.toml");

    act(&mut harness, Action::DeleteView("only-b.toml".to_owned()));
    wait_for(&mut harness, "the deletion", |app| document(app).named.is_empty());
    act(&mut harness, Action::Run(Command::UndoEdit));
    wait_for(&mut harness, "the view again", |app| document(app).named.len() == 1);
    act(&mut harness, Action::Run(Command::UndoEdit));
    wait_for(&mut harness, "the old name", |app| document(app).named[0].name() == "Only b");

    // The palette knows it.
    press(&mut harness, Modifiers::COMMAND, Key::P);
    type_text(&mut harness, "only b");
    assert!(harness.query_by_label("View: Only b").is_some());
}

#[test]
fn views_that_somebody_else_writes_are_followed_with_what_is_wrong_or_gone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let views = folder.path().join("riprap.views");
    write(&views.join("gone.toml"), "version = 1\nname = \"Gone\"\nfocus = \"disk::gone\"\nopen = [\"disk::a\"]\n");
    drop(open_broken(folder.path()));
    let mut harness = open_on_disk(folder.path());
    wait_for(&mut harness, "the view", |app| document(app).named.len() == 1);
    write(&views.join("bad.toml"), "version = 1\nname = \"Bad\"\nopn = []\n");
    wait_for(&mut harness, "the other view", |app| document(app).named.len() == 2);
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::V);
    assert!(harness.query_by_label_contains("line 3, column 1: unknown field").is_some());
    harness.get_by_label("Open view Gone").click();
    harness.run_steps(3);
    settled(&mut harness);
    let said = harness.state().state.notice.clone().expect("it is told").said;
    assert_eq!(said, "Not there any more: `disk::gone`");
    assert_eq!(viewing::viewpoint(&harness.state().state).map(|viewpoint| viewpoint.view), Some(View::Map));
    assert!(matches!(super::selection(&harness), None | Some(Thing::Node(_))));
}

#[test]
fn a_presentation_is_the_view_alone_and_escape_brings_the_rest_back() {
    let mut harness = open_shop();
    let thing = node(&harness, "stock");
    act(&mut harness, Action::Select(Some(thing)));
    press(&mut harness, Modifiers::NONE, Key::F11);
    assert!(harness.query_by_label("View: Map").is_none() && harness.query_by_label("Fit map").is_none());
    assert!(harness.query_by_label_contains("package stock").is_some());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_label("View: Map").is_some());
    assert_eq!(super::selection(&harness), Some(thing));
}
