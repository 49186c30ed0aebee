//! What else differs between two documents, so that nobody takes it for a change of the code.
//!
//! In: two documents.  Out: sentences.  Not here: changes of what riprap.toml says of boundaries (`areas`).

use std::collections::{BTreeMap, BTreeSet};

use crate::snapshot::Document;

pub(super) fn conditions(before: &Document<'_>, after: &Document<'_>) -> Vec<String> {
    let mut told = Vec::new();
    let modules: BTreeSet<&str> = before.modules.iter().map(|module| &*module.path).collect();
    if !modules.is_empty() && !after.modules.iter().any(|module| modules.contains(&*module.path)) {
        told.push("the two have no module in common: they may be of different workspaces".to_owned());
    }
    if before.tool.version != after.tool.version {
        let (new, old) = (&after.tool.version, &before.tool.version);
        told.push(format!("riprap {new} wrote the later document, riprap {old} the earlier one"));
    }
    let (old, new) = (&before.configuration, &after.configuration);
    match (&old.file, &new.file) {
        (None, Some(file)) => told.push(format!("only the later revision has a {file}")),
        (Some(file), None) => told.push(format!("only the earlier revision has a {file}")),
        _ => {}
    }
    for (what, old, new) in [("target", &old.target, &new.target), ("features", &old.features, &new.features)] {
        if old != new {
            told.push(format!("`{what}` is `{new}`, was `{old}`: other code counts as built"));
        }
    }
    if old.enrich != new.enrich {
        let list = |words: &[std::borrow::Cow<'_, str>]| match words {
            [] => "nothing".to_owned(),
            words => words.join(", "),
        };
        let (old, new) = (list(&old.enrich), list(&new.enrich));
        told.push(format!("beyond the sources, {new} was looked at for the later revision, {old} for the earlier one"));
    }
    told.extend(rules(before, after));
    told.extend(blind_spots(before, after));
    told
}

fn rules(before: &Document<'_>, after: &Document<'_>) -> Option<String> {
    // A document of before rules were listed says nothing.
    if before.rules.is_empty() || after.rules.is_empty() {
        return None;
    }
    let rules: BTreeSet<&str> = before.rules.keys().chain(after.rules.keys()).map(|rule| &**rule).collect();
    let differ = rules.into_iter().filter_map(|rule| {
        let level = |document: &Document<'_>| document.rules.get(rule).map_or("off", |level| &**level).to_owned();
        let (old, new) = (level(before), level(after));
        (old != new).then(|| format!("`{rule}` {old} -> {new}"))
    });
    let differ: Vec<String> = differ.collect();
    (!differ.is_empty()).then(|| format!("levels of rules differ: {}", differ.join(", ")))
}

/// More that could not be seen may look like less that is wrong.
fn blind_spots(before: &Document<'_>, after: &Document<'_>) -> Option<String> {
    let count = |document: &Document<'_>| {
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        for note in &document.notes {
            *kinds.entry(note.kind.to_string()).or_default() += 1;
        }
        kinds
    };
    let (old, new) = (count(before), count(after));
    let kinds: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differ = kinds.into_iter().filter_map(|kind| {
        let of = |counts: &BTreeMap<String, usize>| counts.get(kind).copied().unwrap_or_default();
        let (old, new) = (of(&old), of(&new));
        (old != new).then(|| format!("{kind} {old} -> {new}"))
    });
    let differ: Vec<String> = differ.collect();
    (!differ.is_empty()).then(|| format!("what could not be seen differs: {}", differ.join(", ")))
}
