//! An API that others rely on was changed instead of added to.
//!
//! In: what the APIs of stable boundaries promise at two revisions.  Out: one violation per item, with each thing that breaks.  Not
//! here: how two promises differ (`promise::breach`).

use std::collections::BTreeMap;

use super::promise::Promise;
use super::promise::breach::{Difference, Revision, Surroundings, revisions};
use super::{Context, Rule, Violation};
use crate::source::{FileId, Span};

pub(super) const RULE: Rule = Rule {
    name: "breaking-change",
    group: "contracts",
    summary: "the API of a boundary with `stable = true` was changed instead of added to",
    documentation: include_str!("breaking_change.md"),
    check,
};

/// Differences told in a message.
const TOLD: usize = 3;

fn check(context: &Context<'_>) -> Vec<Violation> {
    let Some(earlier) = context.earlier else { return Vec::new() };
    let boundaries = context.boundaries;
    let stable = boundaries.ids().filter(|id| boundaries.declaration(*id).stable).map(|id| boundaries.name(id));
    let mut owners: BTreeMap<&str, (Vec<&Promise>, Vec<&Promise>)> =
        stable.map(|name| (name, (Vec::new(), Vec::new()))).collect();
    if owners.is_empty() {
        return Vec::new();
    }
    let now = context.promises();
    for promise in &earlier.promises {
        if let Some((before, _)) = owners.get_mut(promise.owner.as_str()) {
            before.push(promise);
        }
    }
    for (_, promise) in &now {
        if let Some((_, after)) = owners.get_mut(promise.owner.as_str()) {
            after.push(promise);
        }
    }
    let world = Surroundings {
        was: &|path| earlier.items.contains(path),
        is: &|path| context.model.find(path).is_some(),
        moved: &str::to_owned,
    };
    let mut violations = Vec::new();
    for (owner, (before, after)) in owners {
        let broken = revisions(&before, &after, &world).into_iter().filter(Revision::breaks);
        violations.extend(broken.filter_map(|revision| violation(context, owner, &revision)));
    }
    violations.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    violations.dedup_by(|a, b| a.id == b.id);
    violations
}

/// `None` for what was added alone.
fn violation(context: &Context<'_>, owner: &str, revision: &Revision<'_>) -> Option<Violation> {
    let before = revision.before?;
    let name = before.names.first().unwrap_or(&before.path);
    let broken: Vec<&Difference> = revision.differences.iter().filter(|difference| difference.breaks).collect();
    let told: Vec<&str> = broken.iter().take(TOLD).map(|difference| difference.what.as_str()).collect();
    let more = match broken.len().saturating_sub(TOLD) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    let kind = &before.kind;
    let after = revision.after;
    let places = after.map(|_| places(context, &broken)).unwrap_or_default();
    let gone = match after {
        Some(_) => String::new(),
        None => format!(" (it stood at {}:{})", before.file, before.line),
    };
    Some(Violation {
        from_node: after.and_then(|after| context.model.module_of(context.model.find(&after.path)?)),
        to_node: after.and_then(|after| context.model.find(&after.path)),
        message: format!("the {kind} `{name}` in the stable API of `{owner}` {}{more}{gone}", told.join("; ")),
        label: format!("part of the stable API of `{owner}`"),
        why: format!(
            "`{owner}` is declared stable: others built on what it promised, and their code or data stops working"
        ),
        route: Some(route(after)),
        places,
        ..Violation::between(RULE.name, owner, before.path.as_str())
    })
}

fn route(after: Option<&Promise>) -> String {
    match after {
        None => {
            "keep it, as `#[deprecated]`, until nobody uses it; if it has another name, re-export it under the old one"
        }
        Some(_) => {
            "add instead: a new item beside the old one, an `Option` or `#[serde(default)]` field, a variant of a \
             `#[non_exhaustive]` enum; keep the old one as `#[deprecated]`"
        }
    }
    .to_owned()
}

fn places(context: &Context<'_>, broken: &[&Difference]) -> Vec<(FileId, Span)> {
    let Some(sources) = context.sources else { return Vec::new() };
    let place = |file: &str, line: u32| {
        let id = sources.find(file)?;
        let file = sources.file(id);
        let text = file.line_text(line);
        let start = file.line_start(line)? + (text.len() - text.trim_start().len()) as u32;
        Some((id, Span::new(start, start + text.trim().len() as u32)))
    };
    let mut places: Vec<(FileId, Span)> = broken.iter().filter_map(|it| place(&it.file, it.line)).collect();
    places.dedup();
    places
}

#[cfg(test)]
mod tests;
