//! `riprap baseline`: the violations that are accepted today.
//!
//! In: a path.  Out: riprap.baseline beside riprap.toml, or one for each boundary, and what changed in it on standard
//! output.  It is written whole the first time and only shrinks from then on, unless it is told to accept what is new.  Not here: what an entry is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::progress::{analyze_configured, message};
use super::{BaselineArgs, Outcome};
use crate::analysis::{Analysis, Asked};
use crate::enrich::Enrichment;
use crate::load::{self, BASELINE};
use crate::save;
use crate::verdict::{Baseline, Entry, Held, What};

/// What becomes of the accepted violations.
#[derive(Debug, Default)]
struct Change {
    /// Those that are accepted from now on.
    baseline: Baseline,
    /// Those that were accepted and are fixed, or are less than they were; limits that nothing needs.
    gone: BTreeSet<Entry>,
    /// Those that go on under another name, or as a smaller cycle.
    renamed: BTreeSet<Entry>,
    /// Those that were not accepted and are now.
    added: BTreeSet<Entry>,
    /// Those that are not accepted and stay so.
    open: usize,
    /// Limits of numbers that were held to nothing, or to less: this narrows what is accepted.
    tightened: BTreeSet<Entry>,
}

pub(super) fn run(args: &BaselineArgs, asked: Asked, quiet: bool) -> Outcome {
    let analysis = match analyze_configured(&args.path, &Asked { enrich: Enrichment::default(), ..asked }, quiet) {
        Ok(analysis) => analysis,
        Err(outcome) => return outcome,
    };
    if analysis.config.is_none() {
        message("there is no riprap.toml: nothing is denied, so there is nothing to accept");
        return Outcome::WrongUse;
    }
    keep(&analysis, args.accept_new, args.check)
}

/// Accepts what a riprap.toml that was just written finds.
pub(super) fn accept(analysis: &Analysis) -> Outcome {
    keep(analysis, false, false)
}

fn keep(analysis: &Analysis, accept_new: bool, check: bool) -> Outcome {
    let known = Baseline::read_all(&analysis.baselines).ok().flatten();
    let change = change(analysis, known.as_ref(), accept_new);
    let files = files(analysis, &change.baseline);
    tell(&change, known.is_some());
    let changed: Vec<(&String, &Option<String>)> = files
        .iter()
        .filter(|(path, text)| analysis.baselines.file(path).map(|file| &*file.text) != text.as_deref())
        .collect();
    if check {
        return if changed.is_empty() { Outcome::Fine } else { Outcome::Denied };
    }
    let write = |(path, text): (&String, &Option<String>)| match text {
        Some(text) => save::write(&analysis.root.join(path), text.as_bytes()),
        None => save::remove(&analysis.root.join(path)),
    };
    let written = changed.into_iter().try_for_each(write).map_err(|error| error.to_string());
    match written.and_then(|()| merge_by_lines(&analysis.root)) {
        Ok(()) => Outcome::Fine,
        Err(error) => {
            message(&error);
            Outcome::WrongUse
        }
    }
}

/// What each riprap.baseline shall say, by path; `None` for one that nothing belongs into any more.  The one beside
/// riprap.toml always is: that there is one turns ratchets into denials.
fn files(analysis: &Analysis, baseline: &Baseline) -> BTreeMap<String, Option<String>> {
    let mut entries: BTreeMap<String, Baseline> = BTreeMap::from([(BASELINE.to_owned(), Baseline::default())]);
    for entry in &baseline.entries {
        entries.entry(analysis.baseline_of(entry)).or_default().entries.insert(entry.clone());
    }
    let mut files: BTreeMap<String, Option<String>> =
        analysis.baselines.files().map(|(_, file)| (file.path.clone(), None)).collect();
    files.extend(entries.into_iter().map(|(path, baseline)| (path, Some(baseline.text()))));
    files
}

fn change(analysis: &Analysis, known: Option<&Baseline>, accept_new: bool) -> Change {
    let mut change = Change::default();
    for judged in analysis.verdict.acceptable() {
        let entry = Entry::of(&judged.violation);
        let is_accepted = judged.accepted.is_some();
        if is_accepted || known.is_none() || accept_new {
            if !is_accepted {
                change.added.insert(entry.clone());
            } else if known.is_some_and(|known| !known.entries.contains(&entry)) {
                change.renamed.insert(entry.clone());
            }
            change.baseline.entries.insert(entry);
        } else {
            change.open += 1;
        }
    }
    for held in &analysis.verdict.held {
        hold(&mut change, held, accept_new);
    }
    let before = known.map(|known| &known.entries).into_iter().flatten();
    change.gone = before.filter(|entry| !change.baseline.entries.contains(entry)).cloned().collect();
    change
}

/// A number is held to its first value and to every better one; to a worse one where that is asked for.
fn hold(change: &mut Change, held: &Held, accept_new: bool) {
    let limit = held.limit.map(|limit| held.entry(limit));
    let today = held.value.map(|value| held.entry(value));
    let (entry, changes) = match (limit, today) {
        (None, Some(today)) => (today.clone(), Some((&mut change.tightened, today))),
        (Some(_), Some(today)) if held.can_be_tightened() => (today.clone(), Some((&mut change.tightened, today))),
        (Some(_), Some(today)) if held.is_worse() && accept_new => (today.clone(), Some((&mut change.added, today))),
        (Some(limit), _) => (limit, None),
        (None, None) => return,
    };
    change.open += usize::from(held.is_worse() && !accept_new);
    if let Some((list, entry)) = changes {
        list.insert(entry);
    }
    change.baseline.entries.insert(entry);
}

fn tell(change: &Change, is_known: bool) {
    for entry in &change.gone {
        anstream::println!("- {entry}");
    }
    for entry in &change.renamed {
        anstream::println!("~ {entry}");
    }
    for entry in change.added.iter().chain(&change.tightened).filter(|_| is_known) {
        anstream::println!("+ {entry}");
    }
    let limits = change.baseline.entries.iter().filter(|entry| matches!(entry.what, What::Limit(_))).count();
    let accepted = change.baseline.entries.len() - limits;
    let noun = if accepted == 1 { "violation" } else { "violations" };
    let mut line = format!("{BASELINE}: {accepted} {noun} accepted");
    match limits {
        0 => {}
        1 => line += " and 1 number held",
        limits => line += &format!(" and {limits} numbers held"),
    }
    match (is_known, change.added.len(), change.gone.len()) {
        (false, ..) => line += " from now on",
        (true, 0, 0) if change.tightened.is_empty() => line += ", as before",
        (true, 0, 0) => line += ", tightened",
        (true, 0, gone) => line += &format!(", {gone} taken out"),
        (true, added, gone) => line += &format!(", {gone} taken out; WIDENED by {added}"),
    }
    if change.open > 0 {
        line += &format!("; {} not accepted (`--accept-new` would)", change.open);
    }
    anstream::println!("{line}");
}

/// Two branches that each take lines out are merged by git itself; what that brings back goes at the next run.
fn merge_by_lines(root: &Path) -> Result<(), String> {
    let path = root.join(".gitattributes");
    let bytes = load::bytes(&path).map_err(|error| error.to_string())?;
    let mut text = String::from_utf8(bytes).map_err(|_| format!("`{}` is not UTF-8", path.display()))?;
    let is_said = text.lines().any(|line| line.split_whitespace().next() == Some(BASELINE));
    if is_said {
        return Ok(());
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text += &format!("{BASELINE} merge=union\n");
    save::write(&path, text.as_bytes()).map_err(|error| error.to_string())
}
