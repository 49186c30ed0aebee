//! Behaviour for a person at a terminal: the strongest findings of each kind, and what they cannot say.

use std::fmt::Write as _;

use crate::history::{Behaviour, CoChange, MAX_FILES_OF_COMMIT, Share};

/// Lines of each kind; a file has all.
const SHOWN: usize = 12;

/// Writes the summary; `workspace` and the days of the first and last commit go into its headline.
pub fn write(workspace: &str, days: (&str, &str), behaviour: &Behaviour, notes: &[String]) -> String {
    let mut text = format!(
        "{workspace}: {} commits that changed up to {MAX_FILES_OF_COMMIT} files, {} to {}",
        behaviour.commits, days.0, days.1
    );
    if behaviour.too_large > 0 {
        let _ = write!(text, "; {} larger ones are left out", behaviour.too_large);
    }
    text.push('\n');
    shares(&mut text, behaviour);
    let linked = |linked: bool| move |pair: &&CoChange| pair.linked == linked;
    let boundaries = || behaviour.boundaries.iter();
    let modules = || behaviour.modules.iter();
    let merge = |pair: &&CoChange| pair.confidence() >= 0.5 && pair.confidence_back() >= 0.5;
    table(
        &mut text,
        "boundaries that neither uses the other and that change together",
        boundaries().filter(linked(false)),
    );
    table(
        &mut text,
        "boundaries that change together more often than alone: are they one?",
        boundaries().filter(merge),
    );
    table(
        &mut text,
        "modules that change together and have no dependency: what links them?",
        modules().filter(linked(false)),
    );
    table(&mut text, "modules that depend on each other and change together", modules().filter(linked(true)));
    hotspots(&mut text, behaviour);
    teams(&mut text, behaviour);
    for note in notes {
        let _ = writeln!(text, "\nnote: {note}");
    }
    text
}

fn shares(text: &mut String, behaviour: &Behaviour) {
    let mut share = |Share { of, did }: Share, of_what: &str, did_what: &str| {
        if let Some(percent) = (did * 100).checked_div(of) {
            let _ = writeln!(text, "{did} of {of} commits to {of_what} ({percent} %) changed {did_what}");
        }
    };
    share(behaviour.across_boundaries, "code of a boundary", "several boundaries");
    share(behaviour.across_layers, "code of a layer", "several layers");
}

fn table<'a>(text: &mut String, title: &str, pairs: impl Iterator<Item = &'a CoChange>) {
    let pairs: Vec<&CoChange> = pairs.collect();
    if pairs.is_empty() {
        return;
    }
    let shown = &pairs[..pairs.len().min(SHOWN)];
    let width = |name: &dyn Fn(&CoChange) -> usize| shown.iter().map(|pair| name(pair)).max().unwrap_or_default();
    let (a, b) = (width(&|pair| pair.a.chars().count()), width(&|pair| pair.b.chars().count()));
    let _ = writeln!(text, "\n{title}:\n{:a$}  {:b$}  together  of commits to each", "", "");
    for pair in shown {
        let (one, other) = pair.commits;
        let _ = writeln!(text, "{:a$}  {:b$}  {:>8}  {one} and {other}", pair.a, pair.b, pair.together);
    }
    more(text, pairs.len());
}

fn hotspots(text: &mut String, behaviour: &Behaviour) {
    let hotspots = &behaviour.hotspots;
    if hotspots.is_empty() {
        return;
    }
    let shown = &hotspots[..hotspots.len().min(SHOWN)];
    let width = shown.iter().map(|it| it.module.chars().count()).max().unwrap_or_default();
    let _ = writeln!(text, "\nlong modules that change often:\n{:width$}  commits  lines  violations", "");
    for it in shown {
        let _ = writeln!(text, "{:width$}  {:>7}  {:>5}  {:>10}", it.module, it.commits, it.lines, it.violations);
    }
    more(text, hotspots.len());
}

fn teams(text: &mut String, behaviour: &Behaviour) {
    if behaviour.teams.is_empty() {
        return;
    }
    let width = behaviour.teams.iter().map(|team| team.name.chars().count()).max().unwrap_or_default();
    let _ = writeln!(text, "\nteams:\n{:width$}  files  commits  with another team's files", "");
    for team in &behaviour.teams {
        let Share { of, did } = team.with_others;
        let _ =
            writeln!(text, "{:width$}  {:>5}  {of:>7}  {did:>5} ({} %)", team.name, team.files, did * 100 / of.max(1));
    }
}

fn more(text: &mut String, all: usize) {
    if all > SHOWN {
        let _ = writeln!(text, "and {} more", all - SHOWN);
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::behaviour;
    use super::*;

    #[test]
    fn the_strongest_of_each_kind_is_told() {
        let notes = ["the history begins with commit c0ffee".to_owned()];
        insta::assert_snapshot!(write("shop", ("2025-01-01", "2026-01-01"), &behaviour(), &notes));
    }

    #[test]
    fn nothing_is_told_of_nothing() {
        let text = write("shop", ("2025-01-01", "2025-01-01"), &Behaviour::default(), &[]);
        assert_eq!(text, "shop: 0 commits that changed up to 30 files, 2025-01-01 to 2025-01-01\n");
    }

    #[test]
    fn long_lists_are_cut_short() {
        let mut behaviour = behaviour();
        let hotspot = behaviour.hotspots[0].clone();
        behaviour.hotspots = vec![hotspot; SHOWN + 3];
        let text = write("shop", ("", ""), &behaviour, &[]);
        assert!(text.contains("and 3 more"), "{text}");
    }
}
