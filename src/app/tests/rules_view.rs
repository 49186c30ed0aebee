//! The rules view: riprap.toml edited, its outcome before it is saved, and what others do to the file meanwhile.

#![expect(
    clippy::disallowed_methods,
    reason = "the tests read what the window wrote, and write as somebody else would"
)]

use std::path::Path;

use egui::accesskit::Role as AccessRole;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::fixture::{document, open_broken, open_on_disk, wait_for};
use super::{App, Harness, act};
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::leaving::LastWord;
use crate::app::outcome::{Group, Outcome};
use crate::app::pane::Pane;
use crate::app::state::{Screen, Side};
use crate::verdict::Level;

fn outcome(app: &App) -> Option<&Outcome> {
    let draft = &document(app).rules_draft;
    draft.outcome.as_deref().filter(|outcome| !draft.is_pending() && outcome.text() == draft.text.as_deref())
}

/// In the rules view, once what is on disk is judged there.
fn open_rules(folder: &Path) -> Harness<'static, App> {
    let mut harness = open_broken(folder);
    act(&mut harness, Action::Run(Command::ShowRules));
    judged(&mut harness);
    harness
}

fn judged(harness: &mut Harness<'_, App>) {
    wait_for(harness, "the outcome", |app| outcome(app).is_some());
    harness.run_steps(2);
}

fn draft_text(harness: &Harness<'_, App>) -> String {
    document(harness.state()).rules_draft.text.clone().expect("there is a text")
}

fn on_disk(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("riprap.toml")).expect("the file is there")
}

fn type_rules(harness: &mut Harness<'_, App>, text: &str) {
    act(harness, Action::RulesTyped(text.to_owned()));
    judged(harness);
}

#[test]
fn a_draft_shows_what_it_would_lead_to_before_it_is_saved_and_can_be_taken_back_after() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open_rules(folder.path());
    let before = on_disk(folder.path());
    assert!(harness.query_by_label_contains("check would fail").is_some());
    harness.check_accessibility();

    let text = before.replace("[boundary.b]", "[boundary.c]") + "[rules]\ninternal-access = \"off\"\n";
    type_rules(&mut harness, &text);
    let outcome = outcome(harness.state()).expect("it is judged");
    assert_eq!(
        (outcome.new_boundaries.as_slice(), outcome.gone_boundaries.as_slice()),
        (&["c".to_owned()][..], &["b".to_owned()][..])
    );
    assert_eq!(outcome.gone.iter().map(|group| group.rule).collect::<Vec<_>>(), ["internal-access"]);
    assert_eq!(Group::count(&outcome.new), 0);
    assert!(!outcome.is_denied());
    assert!(harness.query_by_label_contains("check would pass").is_some());
    assert_eq!(on_disk(folder.path()), before);
    assert_eq!(document(harness.state()).analysis.verdict.denied(), 2, "the map still shows what is on disk");

    harness.get_by_label("Save riprap.toml").click();
    wait_for(&mut harness, "the saved rules", |app| document(app).analysis.verdict.denied() == 0);
    assert_eq!(on_disk(folder.path()), text);
    assert!(!document(harness.state()).rules_draft.is_changed());
    act(&mut harness, Action::Run(Command::UndoEdit));
    wait_for(&mut harness, "the rules before", |app| document(app).analysis.verdict.denied() == 2);
    assert_eq!(on_disk(folder.path()), before);
    assert_eq!(draft_text(&harness), before);
}

#[test]
fn a_problem_is_told_with_its_place_and_a_click_goes_there() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open_rules(folder.path());
    type_rules(&mut harness, "# é\nversion = 1\n\nstile = \"layered\"\n");
    assert!(harness.query_by_label_contains("Did you mean style").is_some());
    harness.get_by_label("Line 4, column 1").click();
    harness.run_steps(4);
    let ctx = harness.ctx.clone();
    let editor = harness.get_by_role_and_label(AccessRole::MultilineTextInput, "riprap.toml");
    assert!(editor.is_focused());
    let state = egui::text_edit::TextEditState::load(&ctx, egui::Id::unique("editor of riprap.toml"));
    let range = state.and_then(|state| state.cursor.char_range()).expect("something is selected");
    assert_eq!((range.secondary.index.0, range.primary.index.0), (17, 22), "`stile`, in letters");
}

#[test]
fn a_level_that_is_chosen_is_written_into_the_text() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open_rules(folder.path());
    let before = on_disk(folder.path());
    harness.get_by_label("Level of internal-access: deny").click();
    harness.run_steps(3);
    harness.get_by_label("warn").click();
    harness.run_steps(2);
    judged(&mut harness);
    assert_eq!(draft_text(&harness), format!("{before}\n[rules]\ninternal-access = \"warn\"\n"));
    let otherwise = &outcome(harness.state()).expect("it is judged").otherwise;
    assert_eq!(Group::count(otherwise), 2, "{otherwise:?}");
    act(&mut harness, Action::SetLevel("internal-access", Some(Level::Off)));
    judged(&mut harness);
    assert_eq!(Group::count(&outcome(harness.state()).expect("it is judged").gone), 2);
    act(&mut harness, Action::Run(Command::RevertRules));
    assert_eq!(draft_text(&harness), before);
    assert!(!Command::SaveRules.is_enabled(&harness.state().state));
}

#[test]
fn what_is_typed_is_taken_back_by_the_editor_and_not_by_the_map() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open_rules(folder.path());
    let before = on_disk(folder.path());
    harness.get_by_role_and_label(AccessRole::MultilineTextInput, "riprap.toml").focus();
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Home);
    harness.run_steps(2);
    harness.event(egui::Event::Text("# hello".to_owned()));
    harness.run_steps(3);
    assert!(draft_text(&harness).contains("# hello"), "{}", draft_text(&harness));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(3);
    assert_eq!(draft_text(&harness), before);
}

#[test]
fn a_draft_outlives_changes_on_disk_and_never_overwrites_them_unasked() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open_rules(folder.path());
    let mine = on_disk(folder.path()) + "# mine\n";
    type_rules(&mut harness, &mine);
    std::fs::write(
        folder.path().join("src/b.rs"),
        "pub mod deep { pub fn one() {} pub fn two() {} pub fn three() {} }\n",
    )
    .expect("a file can be written");
    wait_for(&mut harness, "the new function", |app| {
        document(app).analysis.model.find("disk::b::deep::three").is_some()
    });
    assert_eq!(draft_text(&harness), mine, "other files do not matter to a draft");

    let theirs = on_disk(folder.path()) + "# theirs\n";
    std::fs::write(folder.path().join("riprap.toml"), &theirs).expect("a file can be written");
    act(&mut harness, Action::Run(Command::SaveRules));
    wait_for(&mut harness, "the conflict", |app| document(app).rules_draft.on_disk.is_some());
    assert_eq!((on_disk(folder.path()), draft_text(&harness)), (theirs.clone(), mine.clone()));
    harness.run_steps(2);
    harness.get_by_label("Keep the draft").click();
    harness.run_steps(2);
    act(&mut harness, Action::Run(Command::SaveRules));
    wait_for(&mut harness, "my version", |app| !document(app).rules_draft.is_changed());
    assert_eq!(on_disk(folder.path()), mine);

    type_rules(&mut harness, &format!("{mine}# more\n"));
    std::fs::write(folder.path().join("riprap.toml"), &theirs).expect("a file can be written");
    wait_for(&mut harness, "the conflict", |app| document(app).rules_draft.on_disk.is_some());
    harness.run_steps(2);
    harness.get_by_label("Load what is on disk").click();
    harness.run_steps(2);
    assert_eq!(draft_text(&harness), theirs);
}

/// The rules view of a workspace that has no riprap.toml.
fn open_without_rules() -> (tempfile::TempDir, Harness<'static, App>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    drop(open_broken(folder.path()));
    std::fs::remove_file(folder.path().join("riprap.toml")).expect("the file is there");
    let mut harness = open_on_disk(folder.path());
    act(&mut harness, Action::Run(Command::ShowRules));
    harness.run_steps(2);
    (folder, harness)
}

#[test]
fn without_a_riprap_toml_one_is_begun_and_saved_and_taken_back() {
    let (folder, mut harness) = open_without_rules();
    let file = folder.path().join("riprap.toml");
    harness.check_accessibility();
    harness.get_by_label("Begin a riprap.toml").click();
    harness.run_steps(2);
    judged(&mut harness);
    assert!(!file.exists());
    act(&mut harness, Action::Run(Command::SaveRules));
    wait_for(&mut harness, "the configured workspace", |app| document(app).analysis.verdict.configured);
    assert!(on_disk(folder.path()).contains("style = \"modular-monolith\""));
    act(&mut harness, Action::Run(Command::UndoEdit));
    wait_for(&mut harness, "no configuration", |app| !document(app).analysis.verdict.configured);
    assert!(!file.exists() && document(harness.state()).rules_draft.text.is_none());
}

#[test]
fn without_a_riprap_toml_one_is_proposed_as_a_draft_that_is_judged() {
    let (folder, mut harness) = open_without_rules();
    harness.get_by_label("Propose a riprap.toml").click();
    harness.run_steps(2);
    wait_for(&mut harness, "a proposal", |app| document(app).rules_draft.text.is_some());
    judged(&mut harness);
    let draft = &document(harness.state()).rules_draft;
    assert!(draft.text.as_ref().is_some_and(|text| text.contains("[boundary.")), "{:?}", draft.text);
    assert!(draft.is_changed() && draft.outcome.is_some() && !folder.path().join("riprap.toml").exists());
}

#[test]
fn other_features_are_resolved_anew_for_the_outcome() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    drop(open_broken(folder.path()));
    std::fs::write(
        folder.path().join("Cargo.toml"),
        "[package]\nname = \"disk\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[features]\nextra = []\n",
    )
    .expect("a file can be written");
    let a = "use crate::b::deep::one;\n#[cfg(feature = \"extra\")]\nuse crate::b::deep::two;\nfn f() { one() }\n";
    std::fs::write(folder.path().join("src/a.rs"), a).expect("a file can be written");
    let mut harness = open_on_disk(folder.path());
    act(&mut harness, Action::Run(Command::ShowRules));
    judged(&mut harness);
    let text = draft_text(&harness);
    type_rules(&mut harness, &text.replace("version = 1\n", "version = 1\nfeatures = \"all\"\n"));
    let outcome = outcome(harness.state()).expect("it is judged");
    assert_eq!((Group::count(&outcome.new), Group::count(&outcome.gone)), (1, 0));
}

#[test]
fn the_way_back_to_the_map_is_a_key_a_tab_and_whatever_is_shown_there() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open_rules(folder.path());
    let center = |harness: &Harness<'_, App>| harness.state().state.tiles.focused;
    harness.key_press_modifiers(Modifiers::ALT, Key::Num1);
    harness.run_steps(2);
    assert_eq!(center(&harness), Pane::MAP);
    harness.get_by_label("View: Rules").click();
    harness.run_steps(2);
    assert_eq!(center(&harness), Pane::Rules);
    act(&mut harness, Action::ShowSide(Side::Violations));
    assert_eq!(center(&harness), Pane::MAP);
    act(&mut harness, Action::Run(Command::ShowRules));
    act(&mut harness, Action::VisitViolation(0));
    assert_eq!(center(&harness), Pane::MAP);
}

#[test]
fn nobody_loses_a_draft_by_leaving() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut harness = open_rules(folder.path());
    let mine = on_disk(folder.path()) + "# mine\n";
    type_rules(&mut harness, &mine);
    act(&mut harness, Action::Run(Command::CloseWorkspace));
    harness.run_steps(2);
    harness.check_accessibility();
    harness.get_by_label("Stay here").click();
    harness.run_steps(2);
    assert_eq!(draft_text(&harness), mine);
    act(&mut harness, Action::Open("/somewhere/else".into()));
    harness.run_steps(2);
    harness.get_by_label("Stay here").click();
    harness.run_steps(2);
    act(&mut harness, Action::Run(Command::CloseWorkspace));
    harness.run_steps(2);
    harness.get_by_label("Save").click();
    wait_for(&mut harness, "the first screen", |app| app.state.screen == Screen::Welcome);
    assert_eq!(on_disk(folder.path()), mine);

    let mut harness = open_on_disk(folder.path());
    act(&mut harness, Action::RulesTyped("# dropped".to_owned()));
    act(&mut harness, Action::Run(Command::CloseWorkspace));
    act(&mut harness, Action::Leave(LastWord::Drop));
    assert_eq!(harness.state().state.screen, Screen::Welcome);
    assert_eq!(on_disk(folder.path()), mine);
}

#[test]
fn the_line_ends_of_windows_stay() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    drop(open_broken(folder.path()));
    let before = on_disk(folder.path()).replace('\n', "\r\n");
    std::fs::write(folder.path().join("riprap.toml"), &before).expect("a file can be written");
    let mut harness = open_on_disk(folder.path());
    act(&mut harness, Action::Run(Command::ShowRules));
    judged(&mut harness);
    harness.get_by_role_and_label(AccessRole::MultilineTextInput, "riprap.toml").focus();
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Home);
    harness.run_steps(2);
    harness.event(egui::Event::Text("x = 1\n# é".to_owned()));
    harness.run_steps(3);
    judged(&mut harness);
    let text = draft_text(&harness);
    assert_eq!(text.replace("\r\n", "").find(['\r', '\n']), None, "{text:?}");
    assert!(text.contains("x = 1\r\n# é"), "{text:?}");
    act(&mut harness, Action::SetLevel("internal-access", Some(Level::Off)));
    let text = draft_text(&harness);
    assert!(
        text.contains("[rules]\r\ninternal-access = \"off\""),
        "a text with problems is edited all the same: {text:?}"
    );
    assert_eq!(text.replace("\r\n", "").find(['\r', '\n']), None, "{text:?}");
}
