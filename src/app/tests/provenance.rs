//! Since when a violation and a dependency are there, asked without leaving the map.

use egui_kittest::kittest::Queryable as _;

use super::fixture::{document, open_on_disk, wait_for};
use super::timeline::{cursor, made};
use super::{App, Harness, act};
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::pane::Pane;

/// Asks for the past of the violation that is told in full, and waits for it.
fn ask(harness: &mut Harness<'static, App>) {
    harness.run_steps(3);
    harness.get_by_label("Since when, and by whom?").click_accesskit();
    harness.run_steps(2);
    wait_for(harness, "the history", |app| {
        let timeline = &document(app).timeline;
        timeline.running.is_none() && timeline.told.is_some()
    });
    harness.run_steps(3);
}

/// Select it, ask, follow the link: three actions.
#[test]
fn who_broke_a_boundary_in_which_commit_takes_three_actions() {
    let (made, _) = made();
    let mut harness = open_on_disk(&made.root());
    act(&mut harness, Action::Run(Command::NextViolation));
    ask(&mut harness);
    assert_eq!(harness.state().state.tiles.focused, Pane::MAP, "nobody left the map");
    let said = "Since 2024-01-02, by Ada: ";
    let links: Vec<_> = harness.query_all_by_label_contains(said).collect();
    assert_eq!(links.len(), 2, "of the violation, and of its edge");
    links[0].click_accesskit();
    harness.run_steps(3);
    assert_eq!((harness.state().state.tiles.focused, cursor(&harness)), (Pane::Timeline, Some(1)));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test writes as somebody else would")]
fn what_is_in_no_commit_is_said_to_be_in_none() {
    let (made, _) = made();
    let config =
        "[boundary.b]\ncontains = [\"disk::b\"]\nmay_use = []\n[boundary.a]\ncontains = [\"disk::a\"]\nmay_use = []\n";
    std::fs::write(made.root().join("riprap.toml"), format!("version = 1\n{config}")).unwrap();
    let source = "use crate::b::deep::{one, two, three};\nfn f() { one(); two(); three(); }\n";
    std::fs::write(made.root().join("src/a.rs"), source).unwrap();
    let deep = "pub mod deep { pub fn one() {} pub fn two() {} pub fn three() {} }\n";
    std::fs::write(made.root().join("src/b.rs"), deep).unwrap();
    let mut harness = open_on_disk(&made.root());
    let violations = &document(harness.state()).analysis.verdict.violations;
    let new = violations.iter().position(|it| it.violation.to.ends_with("three")).expect("it breaks a rule");
    act(&mut harness, Action::VisitViolation(new));
    ask(&mut harness);
    assert!(harness.query_by_label("In no commit so far").is_some());
    harness.check_accessibility();
}
