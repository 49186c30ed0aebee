//! What is told.
//!
//! In: a history whose first point is where the review begins, and the newest commit.  Out: [`Story`].  Not here: which things
//! to do come first (`next`).

use std::collections::BTreeMap;

use super::next;
use crate::export::comparison::numbers::is_size;
use crate::export::report::wording::counted;
use crate::export::story::{Chapter, Entry, Group, Mark, Story, Table, Tone};
use crate::history::{Commit, History, Identity, Life, Point, State};
use crate::metrics::Measure;
use crate::rules;
use crate::snapshot::Parts;

/// What a person asks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Who made each commit.
    pub persons: bool,
}

/// Violations that are told one by one.
const LISTED: usize = 12;

/// What this share of the lines is below, in percent, says little of the rest.
const ASSIGNED_PERCENT: u64 = 90;

/// Tells a history, and what to do next by the newest commit.
pub(super) fn tell(history: &History, newest: &Parts<'_>, wanted: Wanted) -> Story {
    let lives = history.lives();
    let came = |life: &&Life| life.is_open() && introducing(history, life).is_some();
    let worse: Vec<&Life> = lives.iter().filter(came).collect();
    let fixed: Vec<&Life> = lives.iter().filter(|life| !life.is_open()).collect();
    let new: Vec<&str> = worse.iter().map(|life| life.identity.id.as_str()).collect();
    let chapters = [
        next::chapter(newest, &new),
        violations(history, &worse, wanted, true),
        violations(history, &fixed, wanted, false),
        teams(&lives, &worse, &fixed),
        numbers(history),
    ];
    Story {
        title: format!("{} since {}", history.workspace, day(history.points.first())),
        headline: headline(history, worse.len(), fixed.len()),
        conditions: conditions(history),
        chapters: chapters.into_iter().flatten().collect(),
    }
}

fn day(point: Option<&Point>) -> String {
    point.map_or_else(|| "the beginning".to_owned(), |point| point.commit.committed.date().to_string())
}

fn known(history: &History) -> Vec<&State> {
    history.chain().into_iter().filter_map(|at| history.points[at].state.as_ref().ok()).collect()
}

fn headline(history: &History, worse: usize, fixed: usize) -> String {
    let states = known(history);
    let count = |state: Option<&&State>| state.map_or(0, |state| state.total());
    let denied = |state: Option<&&State>| state.map_or(0, |state| state.denied);
    let (first, last) = (states.first(), states.last());
    format!(
        "{} up to {}: {} came and {} fixed, {} then and {} now; `check` denied {} then and denies {} now",
        counted(history.points.len().saturating_sub(1), "commit", "commits"),
        day(history.points.last()),
        counted(worse, "violation", "violations"),
        if fixed == 1 { "1 was".to_owned() } else { format!("{fixed} were") },
        count(first),
        count(last),
        denied(first),
        denied(last),
    )
}

fn conditions(history: &History) -> Vec<String> {
    let holes = history.points.iter().filter(|point| point.state.is_err()).count();
    let mut conditions = Vec::new();
    if holes > 0 {
        conditions.push(format!("{} could not be analysed", counted(holes, "commit", "commits")));
    }
    let assigned =
        known(history).into_iter().filter_map(|state| state.assigned).map(|share| share.thousandths() / 10).min();
    if let Some(assigned) = assigned.filter(|percent| *percent < ASSIGNED_PERCENT) {
        conditions.push(format!(
            "at times boundaries owned only {assigned} % of the lines: few violations then mean little, since nobody judged the rest"
        ));
    }
    conditions.extend(history.notes.iter().cloned());
    conditions
}

/// The commit that brought it, unless it was there from the beginning.
fn introducing<'a>(history: &'a History, life: &Life) -> Option<&'a Commit> {
    let span = life.spans.last()?;
    // Where the review begins, nothing is known of the time before.
    let began = history.points[span.introduced].before.is_none() && history.points.len() > 1;
    history.introducing(span).filter(|_| !began)
}

/// What came, or what went: by rule, the newest first.
fn violations(history: &History, lives: &[&Life], wanted: Wanted, came: bool) -> Option<Chapter> {
    let mut by_rule: BTreeMap<usize, Vec<(&Life, Option<&Commit>)>> = BTreeMap::new();
    for life in lives {
        let fixed = || life.spans.last()?.fixed.map(|at| &history.points[at].commit);
        let commit = if came { introducing(history, life) } else { fixed() };
        by_rule.entry(rules::position(life.identity.rule).unwrap_or(usize::MAX)).or_default().push((life, commit));
    }
    let mut listed = 0;
    let groups = by_rule.into_values().map(|mut of_rule| {
        of_rule.sort_by_key(|(life, commit)| (std::cmp::Reverse(commit.map(|it| it.committed)), life.identity.clone()));
        let rule = of_rule[0].0.identity.rule;
        let room = LISTED.saturating_sub(listed).max(1);
        listed += of_rule.len().min(room);
        let entries = of_rule.iter().enumerate().map(|(at, (life, commit))| {
            let mark = if came { Mark::Broken } else { Mark::Removed };
            let owner = life.owner.as_ref().map(|owner| format!("{owner}; "));
            let by = commit.map(|commit| commit_in_words(commit, wanted));
            let mut entry = Entry::new(mark, what(&life.identity));
            entry.details.extend(by.map(|by| format!("{}{by}", owner.unwrap_or_default())));
            if at < room { entry } else { entry.minor() }
        });
        Group::of(format!("`{rule}`, {}", of_rule.len()), entries.collect::<Vec<_>>())
    });
    let groups: Vec<Group> = groups.collect();
    let title = match came {
        true => format!(
            "Worse: {}",
            counted(lives.len(), "violation came and is still there", "violations came and are still there")
        ),
        false => format!("Fixed: {}", counted(lives.len(), "violation", "violations")),
    };
    Chapter::of(title, if came { Tone::Bad } else { Tone::Good }, groups)
}

fn commit_in_words(commit: &Commit, wanted: Wanted) -> String {
    let Commit { author, subject, .. } = commit;
    let (date, id) = (commit.committed.date(), commit.id.short());
    let subject = subject.replace('`', "'");
    if wanted.persons { format!("{date}, {id}, {author}: {subject}") } else { format!("{date}, {id}: {subject}") }
}

fn what(Identity { from, to, members, .. }: &Identity) -> String {
    match (to.is_empty(), members.is_empty()) {
        (_, false) => {
            format!("`{from}`: {}", members.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", "))
        }
        (true, true) => format!("`{from}`"),
        (false, true) => format!("`{from}` → `{to}`"),
    }
}

/// Whose code it is; nothing where nobody owns any.
fn teams(lives: &[Life], worse: &[&Life], fixed: &[&Life]) -> Option<Chapter> {
    let mut teams: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let open: Vec<&Life> = lives.iter().filter(|life| life.is_open()).collect();
    for (column, lives) in [worse, fixed, &open].into_iter().enumerate() {
        for owner in lives.iter().filter_map(|life| life.owner.as_deref()) {
            teams.entry(owner).or_default()[column] += 1;
        }
    }
    let mut teams: Vec<(&str, [usize; 3])> = teams.into_iter().collect();
    teams.sort_by_key(|(name, [came, _, open])| (std::cmp::Reverse((*came, *open)), *name));
    let row = |(name, counts): (&str, [usize; 3])| {
        std::iter::once(name.to_owned()).chain(counts.map(|count| count.to_string())).collect()
    };
    let rows: Vec<Vec<String>> = teams.into_iter().map(row).collect();
    table("By whose code it is", vec!["owner", "came", "fixed", "open"], rows)
}

fn table(title: &str, head: Vec<&'static str>, rows: Vec<Vec<String>>) -> Option<Chapter> {
    let is_any = !rows.is_empty();
    let (tone, groups) = (Tone::Neutral, Vec::new());
    is_any.then(|| Chapter {
        title: title.to_owned(),
        tone,
        is_brief: false,
        groups,
        table: Some(Table { head, rows }),
    })
}

/// Numbers that have a good direction and moved.
fn numbers(history: &History) -> Option<Chapter> {
    let states = known(history);
    let (first, last) = (states.first()?, states.last()?);
    let before = |measure: &Measure| first.measures.iter().find(|it| it.metric.key == measure.metric.key);
    let row = |measure: &Measure| {
        let Measure { metric, value } = *measure;
        let before = before(measure)?.value;
        let verdict = match (value.is_worse_than(before, metric.better), value.is_better_than(before, metric.better)) {
            (true, _) => "worse",
            (_, true) => "better",
            _ => return None,
        };
        Some(vec![metric.name.to_owned(), before.to_string(), value.to_string(), verdict.to_owned()])
    };
    let with_direction = last.measures.iter().filter(|measure| !is_size(measure.metric));
    table("Numbers", vec!["number", "then", "now", ""], with_direction.filter_map(row).collect())
}
