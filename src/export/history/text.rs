//! A history for a person at a terminal: what came and went, and which commit introduced what is still open.
//!
//! Teams come first: who owns the broken code can mend it, whoever wrote it.  Persons are named where somebody asks.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::history::{Commit, CommitId, History, Identity, JudgedBy, Life};
use crate::rules::{self, RULES};

/// Commits whose violations are listed; a file has all.
const COMMITS_SHOWN: usize = 40;

/// Violations listed of one commit.
const VIOLATIONS_SHOWN: usize = 12;

/// Commits that other rules would have stopped, or that allowed something, of those that are listed.
const STOPPED_SHOWN: usize = 40;

/// What a person asks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Who made each commit.
    pub persons: bool,
}

/// Writes the summary.
pub fn write(history: &History, wanted: Wanted) -> String {
    let lives = history.lives();
    let mut text = headline(history);
    text += &table(history, &lives);
    text += &by_team(&lives);
    match &history.judged_by {
        JudgedBy::Today => {}
        JudgedBy::Other(name) => text += &stopped(history, name, wanted),
        JudgedBy::Own => text += &allowed(history),
    }
    text += &open(history, &lives, wanted);
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

/// How many violations of each rule came, went and are left, and by what time half of them are fixed.
fn table(history: &History, lives: &[Life]) -> String {
    if lives.is_empty() {
        return "no violations at any of them\n".to_owned();
    }
    let survival = history.survival(lives);
    let width = lives.iter().map(|life| life.identity.rule.len()).max().unwrap_or_default().max("rule".len());
    let mut text = format!("\n{:width$}  introduced  fixed  open  half fixed after\n", "rule");
    for rule in RULES {
        let of_rule = || lives.iter().filter(|life| life.identity.rule == rule.name);
        let introduced: usize = of_rule().map(|life| life.spans.len()).sum();
        if introduced > 0 {
            let open = of_rule().filter(|life| life.is_open()).count();
            let median = match survival.get(rule.name).map(|survival| survival.median_days) {
                Some(Some(1)) => "1 day".to_owned(),
                Some(Some(days)) => format!("{days} days"),
                Some(None) => "never so far".to_owned(),
                None => "not known".to_owned(),
            };
            let fixed = introduced - open;
            let _ = writeln!(text, "{:width$}  {introduced:>10}  {fixed:>5}  {open:>4}  {median:>16}", rule.name);
        }
    }
    text
}

/// The same by whose code it is, where anybody's code breaks a rule.
fn by_team(lives: &[Life]) -> String {
    let mut teams: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for life in lives.iter().filter(|life| life.owner.is_some()) {
        let (introduced, open) = teams.entry(team(life)).or_default();
        *introduced += life.spans.len();
        *open += usize::from(life.is_open());
    }
    if teams.is_empty() {
        return String::new();
    }
    for life in lives.iter().filter(|life| life.owner.is_none()) {
        let (introduced, open) = teams.entry(NOBODY).or_default();
        *introduced += life.spans.len();
        *open += usize::from(life.is_open());
    }
    let width = teams.keys().map(|team| team.chars().count()).max().unwrap_or_default().max("owner".len());
    let mut text = format!("\n{:width$}  introduced  fixed  open\n", "owner");
    let mut teams: Vec<(&str, (usize, usize))> = teams.into_iter().collect();
    teams.sort_by_key(|(team, (_, open))| (std::cmp::Reverse(*open), *team == NOBODY, *team));
    for (team, (introduced, open)) in teams {
        let _ = writeln!(text, "{team:width$}  {introduced:>10}  {:>5}  {open:>4}", introduced - open);
    }
    text
}

/// Whose code breaks the rule.
fn team(life: &Life) -> &str {
    life.owner.as_deref().unwrap_or(NOBODY)
}

const NOBODY: &str = "nobody's";

/// What other rules would have stopped.
fn stopped(history: &History, name: &str, wanted: Wanted) -> String {
    let n_seen = history.points.iter().filter(|point| point.state.is_ok()).count();
    let stopped: Vec<_> = history.stopped().collect();
    let mut text = format!("\nhad `{name}` held, `check` would have stopped {} of {n_seen} commits", stopped.len());
    text += if stopped.is_empty() { "\n" } else { ", the newest first:\n" };
    for (at, state) in stopped.iter().rev().take(STOPPED_SHOWN) {
        let commit = &history.points[*at].commit;
        let _ = writeln!(text, "  {}: {} more, {} in all", named(commit, wanted), state.failing.len(), state.total());
    }
    if stopped.len() > STOPPED_SHOWN {
        let _ = writeln!(text, "  and {} before; `--output FILE.csv` lists all", stopped.len() - STOPPED_SHOWN);
    }
    text
}

/// Where the rules themselves gave way.  That is a decision, and whose it was is part of it.
fn allowed(history: &History) -> String {
    let seen = history.points.iter().filter_map(|point| Some((&point.commit, point.state.as_ref().ok()?)));
    let events: Vec<_> = seen.filter(|(_, state)| !state.intent.is_empty()).collect();
    if events.is_empty() {
        return "\nno commit allowed anything that was not allowed before\n".to_owned();
    }
    let mut text = "\ncommits that allowed what was not allowed before, the newest first:\n".to_owned();
    for (commit, state) in events.iter().rev().take(STOPPED_SHOWN) {
        let _ = writeln!(text, "\n{}", named(commit, Wanted { persons: true }));
        for change in &state.intent {
            let _ = writeln!(text, "  {}: {}", change.kind, change.what);
        }
    }
    if events.len() > STOPPED_SHOWN {
        let left_out = events.len() - STOPPED_SHOWN;
        let _ = writeln!(text, "\nand {left_out} commits before; `--output FILE.json` lists all");
    }
    text
}

fn named(commit: &Commit, wanted: Wanted) -> String {
    let Commit { author, subject, .. } = commit;
    let (date, id) = (commit.committed.date(), commit.id.short());
    if wanted.persons { format!("{date} {id} {author}: {subject}") } else { format!("{date} {id} {subject}") }
}

/// What is open, by whose code it is and the commit that introduced it, the newest first.
fn open(history: &History, lives: &[Life], wanted: Wanted) -> String {
    let open: Vec<&Life> = lives.iter().filter(|life| life.is_open()).collect();
    if open.is_empty() {
        return "\nnothing is open\n".to_owned();
    }
    if open.iter().all(|life| life.owner.is_none()) {
        let mut text = "\nopen, by the commit that introduced it, the newest first:\n".to_owned();
        text += &by_commit(history, &open, wanted);
        return text;
    }
    let mut text = "\nopen, by whose code it is and the commit that introduced it, the newest first:\n".to_owned();
    let mut teams: BTreeMap<(bool, &str), Vec<&Life>> = BTreeMap::new();
    for life in open {
        teams.entry((life.owner.is_none(), team(life))).or_default().push(life);
    }
    for ((_, team), lives) in teams {
        let _ = writeln!(text, "\n# {team}");
        text += &by_commit(history, &lives, wanted);
    }
    text
}

fn by_commit(history: &History, lives: &[&Life], wanted: Wanted) -> String {
    let mut by_commit: BTreeMap<CommitId, (&Commit, Vec<&Identity>)> = BTreeMap::new();
    let mut before: Vec<&Identity> = Vec::new();
    for life in lives {
        match life.spans.last().and_then(|span| history.introducing(span)) {
            Some(commit) => {
                by_commit.entry(commit.id).or_insert_with(|| (commit, Vec::new())).1.push(&life.identity);
            }
            None => before.push(&life.identity),
        }
    }
    let mut text = String::new();
    let mut commits: Vec<(&Commit, Vec<&Identity>)> = by_commit.into_values().collect();
    commits.sort_by_key(|(commit, _)| (std::cmp::Reverse(commit.committed), commit.id));
    let left_out = commits.len().saturating_sub(COMMITS_SHOWN);
    for (commit, identities) in commits.into_iter().take(COMMITS_SHOWN) {
        let _ = writeln!(text, "\n{}", named(commit, wanted));
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
    use crate::history::IntentChange;

    #[test]
    fn what_is_open_has_its_commit_its_day_and_its_author() {
        insta::assert_snapshot!(write(&fixture::history(), Wanted { persons: true }));
    }

    #[test]
    fn teams_come_first_and_persons_are_not_named_unasked() {
        let mut history = fixture::history();
        for state in history.points.iter_mut().filter_map(|point| point.state.as_mut().ok()) {
            let ids = state.opened.iter().chain(state.renamed.iter().map(|(_, now)| now)).map(|it| it.id.clone());
            state.owners = ids.filter(|id| !id.ends_with('1')).map(|id| (id, "@shop/web".to_owned())).collect();
        }
        let text = write(&history, Wanted::default());
        assert!(!text.contains("Ada"), "{text}");
        insta::assert_snapshot!(text);
    }

    #[test]
    fn what_other_rules_would_have_stopped_is_told_by_commit() {
        let mut history = fixture::history();
        history.judged_by = JudgedBy::Other("strict.toml".to_owned());
        let stopped = write(&history, Wanted::default());
        let stopped: Vec<&str> =
            stopped.lines().skip_while(|line| !line.starts_with("had")).take_while(|line| !line.is_empty()).collect();
        assert_eq!(
            stopped,
            [
                "had `strict.toml` held, `check` would have stopped 2 of 3 commits, the newest first:",
                "  2024-01-02 0101010101 Add a cart, \"quickly\": 1 more, 3 in all",
                "  2024-01-01 0000000000 Begin: 1 more, 1 in all",
            ]
        );
    }

    #[test]
    fn rules_that_gave_way_are_told_with_their_author() {
        let mut history = fixture::history();
        history.judged_by = JudgedBy::Own;
        assert!(write(&history, Wanted::default()).contains("no commit allowed anything"));
        let what = "`web` may use `orders`".to_owned();
        let allowed = vec![IntentChange { kind: "permission", what }];
        history.points[1].state.as_mut().unwrap().intent = allowed;
        let text = write(&history, Wanted::default());
        let event = "2024-01-02 0101010101 Ada \"the first\" L., Esq.: Add a cart, \"quickly\"\n  permission: `web` may use `orders`\n";
        assert!(text.contains(event), "{text}");
    }

    #[test]
    fn what_was_there_before_is_said_to_be() {
        let history = History { is_whole: false, ..fixture::history() };
        let text = write(&history, Wanted::default());
        assert!(
            text.contains("in or before 0000000000, where this history begins:\n  internal-access web -> orders::A"),
            "{text}"
        );
    }
}
