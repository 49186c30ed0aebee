//! Opening places in an editor, and choosing which.

use egui::Key;
use egui_kittest::kittest::Queryable as _;

use super::fixture::{open_broken, wait_for};
use super::{App, Harness, act};
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::state::{Overlay, Side};

/// An editor that leaves a copy of the file, named for the place that it was asked to show.
const COPIES: &str = "cp {file} {folder}/opened-{line}-{column}";

fn open_violation(folder: &std::path::Path, editor: &str) -> Harness<'static, App> {
    let mut harness = open_broken(folder);
    act(&mut harness, Action::SetEditor(editor.to_owned()));
    act(&mut harness, Action::VisitViolation(1));
    wait_for(&mut harness, "the edge", |app| {
        app.state.document.as_ref().is_some_and(|document| !document.relations.references.is_empty())
    });
    harness.run_steps(2);
    harness
}

#[track_caller]
fn wait_for_file(harness: &mut Harness<'_, App>, file: &std::path::Path) {
    #[expect(clippy::disallowed_methods, reason = "the test looks for what the editor left")]
    wait_for(harness, "the editor to have been there", |_| file.exists());
}

#[cfg(unix)]
#[test]
#[expect(clippy::disallowed_methods, reason = "the test clears away what the editor left")]
fn a_reference_opens_in_the_editor_by_its_key_its_place_and_its_button() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("opened-1-27");
    let mut harness = open_violation(folder.path(), COPIES);
    harness.key_press(Key::O);
    wait_for_file(&mut harness, &file);
    wait_for(&mut harness, "a word of it", |app| app.state.notice.is_some());
    harness.step();
    let said = harness.state().state.notice.clone().expect("there is one").said;
    assert_eq!(said, "Opens `src/a.rs:1:27` in cp");
    for label in ["Open src/a.rs:1:27 in editor", "Open src/a.rs:1:27"] {
        std::fs::remove_file(&file).expect("the editor left it");
        harness.query_all_by_label(label).next().expect(label).click();
        wait_for_file(&mut harness, &file);
    }
    harness.check_accessibility();
}

#[test]
fn an_editor_that_is_not_there_is_told_with_a_way_to_choose_another() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open_violation(folder.path(), "no-such-editor {file}");
    act(&mut harness, Action::Run(Command::OpenInEditor));
    wait_for(&mut harness, "the failure", |app| app.state.notice.as_ref().is_some_and(|notice| notice.failed));
    harness.run_steps(2);
    assert!(harness.query_by_label_contains("no-such-editor was not found on the PATH").is_some());
    harness.get_by_label("Choose editor…").click();
    harness.run_steps(2);
    assert!(matches!(harness.state().state.overlay, Overlay::Editor(_)));
    harness.check_accessibility();
    act(&mut harness, Action::CloseOverlay);
    harness.run_steps(2);
    harness.get_by_label("Dismiss").click();
    harness.run_steps(2);
    assert!(harness.state().state.notice.is_none());
}

#[test]
fn a_template_is_checked_while_it_is_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open_broken(folder.path());
    act(&mut harness, Action::Run(Command::ChooseEditor));
    wait_for(
        &mut harness,
        "the editors of this machine",
        |app| matches!(&app.state.overlay, Overlay::Editor(choice) if choice.survey.is_some()),
    );
    harness.run_steps(2);
    assert!(harness.query_by_label("Automatic").is_some());
    harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "Any other command").focus();
    harness.run_steps(2);
    harness.event(egui::Event::Text("myed {path}".to_owned()));
    harness.run_steps(2);
    assert!(harness.query_by_label_contains("{path} is no placeholder").is_some());
    if let Overlay::Editor(choice) = &mut harness.state_mut().state.overlay {
        choice.typed = "myed {file}".to_owned();
    }
    harness.run_steps(2);
    harness.get_by_label("Use it").click();
    harness.run_steps(2);
    assert_eq!(harness.state().state.settings.editor, "myed {file}");
    assert!(harness.query_by_label("In use").is_some());
}

#[test]
fn places_of_notes_and_declarations_can_be_opened() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open_broken(folder.path());
    let boundary = |app: &App| {
        let analysis = &app.state.document.as_ref().expect("a workspace is open").analysis;
        crate::scene::address::find(&analysis.model, &analysis.boundaries, "disk::a")
    };
    let thing = boundary(harness.state());
    act(&mut harness, Action::Select(thing));
    act(&mut harness, Action::ShowSide(Side::Inspector));
    harness.run_steps(2);
    assert!(harness.query_by_label("Open src/a.rs:1:1 in editor").is_some());
}
