//! A draft of riprap.toml tried against commits.

use egui_kittest::kittest::Queryable as _;

use super::fixture::{document, open_broken, open_on_disk, wait_for};
use super::timeline::made;
use super::{App, Harness, act};
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::trial::OnTrial;
use crate::git::fixture::Made;
use crate::history::CommitId;

fn open_rules(made: &Made) -> Harness<'static, App> {
    let mut harness = open_on_disk(&made.root());
    act(&mut harness, Action::Run(Command::ShowRules));
    judged(&mut harness);
    harness
}

fn judged(harness: &mut Harness<'_, App>) {
    wait_for(harness, "a judgement", |app| Command::TryRules.is_enabled(&app.state));
    harness.run_steps(2);
}

fn tried(harness: &mut Harness<'_, App>) -> Vec<CommitId> {
    harness.get_by_label("Try against history").click_accesskit();
    harness.run_steps(2);
    wait_for(harness, "the end", |app| document(app).trial.running.is_none());
    harness.run_steps(3);
    let tried = document(harness.state()).trial.tried.as_ref().expect("it was tried");
    tried.stopped.iter().map(|stopped| stopped.commit.id).collect()
}

#[test]
fn the_commits_that_a_draft_would_have_stopped_are_told_before_it_is_saved() {
    let (made, commits) = made();
    let mut harness = open_rules(&made);
    assert_eq!(tried(&mut harness), [commits[2], commits[1]], "the newest first");
    assert!(harness.query_by_label("check would have stopped 2 of 4 commits").is_some());
    harness.check_accessibility();
    let row = format!("commit {} of 2024-01-03 by Ada: Commit 3; 1 would have stopped it", commits[2].short());
    harness.get_by_label_contains(&row).click_accesskit();
    harness.run_steps(3);
    assert!(harness.query_by_label_contains("internal-access disk::a → disk::b::deep::two").is_some());

    let text = document(harness.state()).rules_draft.text.clone().expect("there is a riprap.toml");
    act(&mut harness, Action::RulesTyped(format!("{text}[rules]\ninternal-access = \"off\"\n")));
    judged(&mut harness);
    assert!(harness.query_by_label("The text was changed since: this is of the one before.").is_some());
    assert_eq!(tried(&mut harness), []);
    assert!(harness.query_by_label("check would have stopped 0 of 4 commits").is_some());
    assert!(document(harness.state()).rules_draft.is_changed(), "nothing was saved");
}

#[test]
fn a_rule_and_a_part_of_the_commits_can_be_chosen() {
    let (made, commits) = made();
    let mut harness = open_rules(&made);
    let text = document(harness.state()).rules_draft.text.clone().expect("there is a riprap.toml");
    let closed = text.replace("contains = [\"disk::a\"]", "contains = [\"disk::a\"]\nmay_use = []");
    act(&mut harness, Action::RulesTyped(format!("{closed}[rules]\ninternal-access = \"warn\"\n")));
    judged(&mut harness);
    let stopped = tried(&mut harness);
    assert!(stopped.contains(&commits[1]), "the first use of the other boundary is undeclared");
    let of = |harness: &Harness<'_, App>| {
        let tried = document(harness.state()).trial.tried.as_ref().expect("it was tried");
        let by = |rule| tried.stopped_by(rule).count();
        (tried.rules.clone(), by(None), by(Some("undeclared-dependency")), by(Some("internal-access")))
    };
    let (rules, any, undeclared, internal) = of(&harness);
    assert_eq!((any, undeclared, internal), (stopped.len(), stopped.len(), 0), "what only warns stops nobody");
    assert_eq!(rules, [("undeclared-dependency", stopped.len())]);
    harness.get_by_label(&format!("undeclared-dependency {}", stopped.len())).click_accesskit();
    harness.run_steps(2);
    assert_eq!(document(harness.state()).trial.rule, Some("undeclared-dependency"));
    act(&mut harness, Action::Trial(OnTrial::SetLast(Some(500))));
    harness.run_steps(2);
    assert!(harness.query_by_label_contains("Commits to try: The last 500 commits").is_some());
}

#[test]
fn without_a_repository_it_is_said_what_is_missing() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let mut harness = open_broken(folder.path());
    act(&mut harness, Action::Run(Command::ShowRules));
    judged(&mut harness);
    act(&mut harness, Action::Run(Command::TryRules));
    wait_for(&mut harness, "the failure", |app| document(app).trial.failed.is_some());
    harness.run_steps(2);
    assert!(harness.query_by_label_contains("lies in no git repository").is_some());
}
