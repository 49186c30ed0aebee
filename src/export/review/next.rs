//! The next things to do: each one change that mends something, the most worthwhile first.
//!
//! In: the newest verdict, and which violations are new.  Out: a chapter.  Not here: how to do it; the legal route of a violation
//! says that.

use std::collections::BTreeMap;

use crate::export::report::wording::{best_place, counted};
use crate::export::story::{Chapter, Entry, Group, Mark, Tone};
use crate::rules;
use crate::snapshot::Parts;
use crate::verdict::{Judged, Level};

/// As many as a team can remember.
const MOST: usize = 5;

/// Violations that one and the same change mends.
struct Thing<'a> {
    violations: Vec<&'a Judged>,
    /// Places that would have to change.
    places: usize,
    is_new: bool,
    is_denied: bool,
}

/// `new` are identities.  Nothing where nothing is to be done.
pub(super) fn chapter(newest: &Parts<'_>, new: &[&str]) -> Option<Chapter> {
    let mut things: BTreeMap<(usize, &str), Thing<'_>> = BTreeMap::new();
    for judged in newest.verdict.violations.iter().filter(|judged| judged.level != Level::Off) {
        let violation = &judged.violation;
        // What names the same way out is mended by the same change.
        let route = violation.route.as_deref().unwrap_or(&violation.id);
        let rule = rules::position(violation.rule).unwrap_or(usize::MAX);
        let empty = Thing { violations: Vec::new(), places: 0, is_new: false, is_denied: false };
        let thing = things.entry((rule, route)).or_insert(empty);
        thing.violations.push(judged);
        thing.places += violation.removal();
        thing.is_new |= new.contains(&violation.id.as_str());
        thing.is_denied |= judged.denied;
    }
    let mut things: Vec<((usize, &str), Thing<'_>)> = things.into_iter().collect();
    // What denies and is fresh costs least to undo; then what mends most for each place that is touched.
    things.sort_by_key(|((rule, route), it)| {
        let yield_of = it.violations.len() * 1000 / it.places.max(1);
        (!it.is_denied, !it.is_new, std::cmp::Reverse((yield_of, it.violations.len())), *rule, *route)
    });
    let entries: Vec<Entry> = things.iter().take(MOST).map(|(_, thing)| entry(newest, thing)).collect();
    Chapter::of("Next".to_owned(), Tone::Bad, vec![Group::of("", entries)])
}

fn entry(newest: &Parts<'_>, thing: &Thing<'_>) -> Entry {
    let first = &thing.violations[0].violation;
    let more = match thing.violations.len() - 1 {
        0 => String::new(),
        more => format!(", and {} that the same change mends", counted(more, "other", "others")),
    };
    let mark = if thing.is_denied { Mark::Broken } else { Mark::Changed };
    let mut entry = Entry::new(mark, format!("`{}`: {}{more}", first.rule, first.message));
    entry.details.extend(first.route.clone());
    let new = if thing.is_new { "new since then; " } else { "" };
    if thing.places > 0 {
        let place =
            best_place(newest, first).map(|(place, _)| format!(", the first at `{}:{}`", place.file, place.line));
        let places = counted(thing.places, "place", "places");
        entry.details.push(format!("{new}{places} to change{}", place.unwrap_or_default()));
    }
    entry
}
