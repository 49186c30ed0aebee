//! A history for a person at a terminal: what came and went, and which commit introduced what is still open.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::history::{Commit, CommitId, History, Identity, Life};
use crate::rules::{self, RULES};

/// Commits whose violations are listed; a file has all.
const COMMITS_SHOWN: usize = 40;

/// Violations listed of one commit.
const VIOLATIONS_SHOWN: usize = 12;

/// Writes the summary.
pub fn write(history: &History) -> String {
    let lives = history.lives();
    let mut text = headline(history);
    text += &table(&lives);
    text += &open(history, &lives);
    for note in &history.notes {
        let _ = writeln!(text, "\nnote: {note}");
    }
    text
}

fn headline(history: &History) -> String {
    let points = &history.points;
    let date = |at: usize| points.get(at).map_or_else(String::new, |point| point.commit.committed.date().to_string());
    let holes = points.iter().filter(|point| point.state.is_err()).count();
    let commits = if points.len() == 1 { "1 commit".to_owned() } else { format!("{} commits", points.len()) };
    let mut text =
        format!("{}: {commits}, {} to {}\n", history.workspace, date(0), date(points.len().saturating_sub(1)));
    if holes > 0 {
        let first = points.iter().find_map(|point| point.state.as_ref().err().map(|hole| (&point.commit, hole)));
        let example =
            first.map_or_else(String::new, |(commit, hole)| format!(" (first {}: {})", commit.id.short(), hole.reason));
        let _ = writeln!(text, "{holes} of them could not be analysed{example}");
    }
    text
}

/// How many violations of each rule came, went and are left.
fn table(lives: &[Life]) -> String {
    if lives.is_empty() {
        return "no violations at any of them\n".to_owned();
    }
    let width = lives.iter().map(|life| life.identity.rule.len()).max().unwrap_or_default().max("rule".len());
    let mut text = format!("\n{:width$}  introduced  fixed  open\n", "rule");
    for rule in RULES {
        let of_rule = || lives.iter().filter(|life| life.identity.rule == rule.name);
        let introduced: usize = of_rule().map(|life| life.spans.len()).sum();
        if introduced > 0 {
            let open = of_rule().filter(|life| life.is_open()).count();
            let _ = writeln!(text, "{:width$}  {introduced:>10}  {:>5}  {open:>4}", rule.name, introduced - open);
        }
    }
    text
}

/// What is open, by the commit that introduced it, the newest first.
fn open(history: &History, lives: &[Life]) -> String {
    let mut by_commit: BTreeMap<CommitId, (&Commit, Vec<&Identity>)> = BTreeMap::new();
    let mut before: Vec<&Identity> = Vec::new();
    for life in lives.iter().filter(|life| life.is_open()) {
        match life.spans.last().and_then(|span| history.introducing(span)) {
            Some(commit) => {
                by_commit.entry(commit.id).or_insert_with(|| (commit, Vec::new())).1.push(&life.identity);
            }
            None => before.push(&life.identity),
        }
    }
    if by_commit.is_empty() && before.is_empty() {
        return "\nnothing is open\n".to_owned();
    }
    let mut text = "\nopen, by the commit that introduced it, the newest first:\n".to_owned();
    let mut commits: Vec<(&Commit, Vec<&Identity>)> = by_commit.into_values().collect();
    commits.sort_by_key(|(commit, _)| (std::cmp::Reverse(commit.committed), commit.id));
    let left_out = commits.len().saturating_sub(COMMITS_SHOWN);
    for (commit, identities) in commits.into_iter().take(COMMITS_SHOWN) {
        let Commit { author, subject, .. } = commit;
        let _ = writeln!(text, "\n{} {} {author}: {subject}", commit.committed.date(), commit.id.short());
        list(&mut text, identities);
    }
    if left_out > 0 {
        let _ = writeln!(text, "\nand of {left_out} commits more; `--output FILE.json` lists all");
    }
    if !before.is_empty() {
        let first = history.points.first().map_or_else(String::new, |point| point.commit.id.short());
        let _ = writeln!(text, "\nin or before {first}, where this history begins:");
        list(&mut text, before);
    }
    text
}

fn list(text: &mut String, mut identities: Vec<&Identity>) {
    identities.sort_by_key(|identity| (rules::position(identity.rule), &identity.from, &identity.to));
    for Identity { rule, from, to, members, .. } in identities.iter().take(VIOLATIONS_SHOWN) {
        let what = match (to.is_empty(), members.is_empty()) {
            (_, false) => format!("{from}: {}", members.join(", ")),
            (true, true) => from.clone(),
            (false, true) => format!("{from} -> {to}"),
        };
        let _ = writeln!(text, "  {rule} {what}");
    }
    if identities.len() > VIOLATIONS_SHOWN {
        let _ = writeln!(text, "  and {} more", identities.len() - VIOLATIONS_SHOWN);
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn what_is_open_has_its_commit_its_day_and_its_author() {
        insta::assert_snapshot!(write(&fixture::history()));
    }

    #[test]
    fn what_was_there_before_is_said_to_be() {
        let history = History { is_whole: false, ..fixture::history() };
        let text = write(&history);
        assert!(
            text.contains("in or before 0000000000, where this history begins:\n  internal-access web -> orders::A"),
            "{text}"
        );
    }
}
