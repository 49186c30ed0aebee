//! A third-party crate used where it is not allowed.
//!
//! In: every use of a third-party crate.  Out: one violation per referring module and crate.  Not here: types of such
//! crates in an API (`leaky_contract`).

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, Rule, Violation};
use crate::boundary::{BoundaryId, External, Role, Ruling};
use crate::facts::PathSource;
use crate::model::{ExternalId, ExternalUse, NodeId, NodeKind, Step};
use crate::source::{FileId, Span};
use crate::workspace::TargetKind;

pub(super) const RULE: Rule = Rule {
    name: "external-dependency",
    group: "boundaries",
    summary: "a third-party crate is used where it is not allowed",
    documentation: include_str!("external_dependency.md"),
    check,
};

/// Names of the API that are told of a boundary that may use the crate.
const OFFERS: usize = 3;

/// Entries of `allow` that are told.
const ENTRIES: usize = 6;

/// Code that is built into the product, as somebody wrote it: what a macro's body names is its author's.
pub(super) fn proves(context: &Context<'_>, used: &ExternalUse) -> bool {
    let is_build_script = |target: NodeId| context.model.node(target).kind == NodeKind::Target(TargetKind::BuildScript);
    !used.test
        && used.active
        && used.source != PathSource::MacroBody
        && !context.boundaries.has_role(used.from, Role::TestSupport)
        && !context.model.target_of(used.from).is_some_and(is_build_script)
}

fn check(context: &Context<'_>) -> Vec<Violation> {
    let model = context.model;
    let mut found: BTreeMap<(NodeId, ExternalId), Forbidden<'_>> = BTreeMap::new();
    if context.boundaries.is_empty() {
        return Vec::new();
    }
    for used in model.external_uses().iter().filter(|used| proves(context, used)) {
        if let Some((user, ruling)) = forbidding(context, used) {
            let forbidden = || Forbidden { user, ruling, first: used, places: Vec::new() };
            let group = found.entry((used.from, used.krate)).or_insert_with(forbidden);
            group.places.push((used.file, used.span));
        }
    }
    let mut violations: Vec<Violation> = found.into_values().map(|group| violation(context, group)).collect();
    violations.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    violations
}

/// What one module uses of one crate.
struct Forbidden<'a> {
    /// The boundary whose `external` is against it.
    user: BoundaryId,
    ruling: Ruling,
    first: &'a ExternalUse,
    places: Vec<(FileId, Span)>,
}

/// The boundary whose `external` is against a use, and why.
fn forbidding(context: &Context<'_>, used: &ExternalUse) -> Option<(BoundaryId, Ruling)> {
    let boundaries = context.boundaries;
    let (user, ruling) = boundaries.ruling(boundaries.of(used.from)?, used.krate)?;
    // A single thing that another boundary re-exports is that one's: only who shows the crate whole is no way around.
    let is_anothers = used.facade.is_some_and(|facade| !used.whole && !boundaries.contains(user, facade));
    (ruling != Ruling::Allowed && !is_anothers).then_some((user, ruling))
}

fn violation(context: &Context<'_>, forbidden: Forbidden<'_>) -> Violation {
    let (model, boundaries) = (context.model, context.boundaries);
    let Forbidden { user, ruling, first, places } = forbidden;
    let (from, krate) = (model.path(first.from), model.external_crate(first.krate));
    let name = boundaries.name(user);
    let nothing = External::default();
    let external = boundaries.declaration(user).external.as_ref().unwrap_or(&nothing);
    Violation {
        from_node: Some(first.from),
        message: format!("`{from}` uses the crate `{krate}`, which boundary `{name}` must not use"),
        label: format!("`{krate}` is not for `{name}`"),
        why: why(external, ruling, name, krate),
        route: Some(route(context, user, external, ruling, first)),
        places,
        ..Violation::between(RULE.name, from, krate)
    }
}

/// The clause of riprap.toml that is broken.
fn why(external: &External, ruling: Ruling, name: &str, krate: &str) -> String {
    if let Ruling::Denied(index) = ruling {
        let entry = &external.deny[index].value;
        return match entry == krate {
            true => format!("`external` of `{name}` denies it"),
            false => format!("`external` of `{name}` denies `{entry}`, and `{krate}` is one of them"),
        };
    }
    let allowed = external.allow.as_deref().unwrap_or_default();
    if allowed.is_empty() {
        return format!("`external` of `{name}` allows no third-party crate");
    }
    let mut entries: Vec<String> = allowed.iter().take(ENTRIES).map(|entry| format!("`{}`", entry.value)).collect();
    if allowed.len() > ENTRIES {
        entries.push(format!("{} more", allowed.len() - ENTRIES));
    }
    format!("`external` of `{name}` allows nothing but {}", entries.join(", "))
}

/// A boundary that may use the crate and what it offers, and what to declare if this one shall use it too.
fn route(context: &Context<'_>, user: BoundaryId, external: &External, ruling: Ruling, used: &ExternalUse) -> String {
    let krate = context.model.external_crate(used.krate);
    let name = context.boundaries.name(user);
    let table = context.boundaries.declaration(user).table("external");
    let declare = match (ruling, &external.allow) {
        (Ruling::Denied(index), _) if external.deny[index].value == krate => {
            format!("take \"{krate}\" out of `deny`")
        }
        // A list of what is allowed allows nothing else.
        (Ruling::Denied(_), None) => format!("add `allow = [\"{krate}\", \"*\"]`"),
        _ => format!("add \"{krate}\" to `allow`"),
    };
    let ask = match holder(context, user, used) {
        Some(holder) => {
            let offers = offers(context, holder, used);
            let offers = if offers.is_empty() { String::new() } else { format!(" and offers {}", offers.join(", ")) };
            format!("ask `{}` for it, which may use `{krate}`{offers}", context.boundaries.name(holder))
        }
        None => format!("take what it does as an argument, and let a boundary that may use `{krate}` do it"),
    };
    format!("{ask}; or, if `{name}` shall use it itself, {declare} in `external` of {table}")
}

/// The boundary that uses the crate most of those that may; none that wires everything, and none that uses the one that
/// would ask it.
fn holder(context: &Context<'_>, user: BoundaryId, used: &ExternalUse) -> Option<BoundaryId> {
    let boundaries = context.boundaries;
    let mut counts: BTreeMap<BoundaryId, usize> = BTreeMap::new();
    let same = context.model.external_uses().iter().filter(|it| it.krate == used.krate && proves(context, it));
    for boundary in same.filter_map(|it| boundaries.of(it.from)) {
        let may = boundaries.ruling(boundary, used.krate).is_none_or(|(_, ruling)| ruling == Ruling::Allowed);
        let is_wiring = boundaries.declaration(boundary).role == Some(Role::Composition);
        if may && !is_wiring && boundary != user && !boundaries.contains(boundary, used.from) {
            *counts.entry(boundary).or_default() += 1;
        }
    }
    let uses_user = |holder: BoundaryId| {
        let mut edges = context.model.edges().iter().filter(|edge| !edge.test && edge.active);
        edges.any(|edge| boundaries.contains(holder, edge.from) && boundaries.contains(user, edge.to))
    };
    let mut holders: Vec<(BoundaryId, usize)> = counts.into_iter().collect();
    holders.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
    holders.into_iter().map(|(id, _)| id).find(|id| !uses_user(*id))
}

/// Names of a boundary's API that are defined where it uses the crate.
fn offers(context: &Context<'_>, holder: BoundaryId, used: &ExternalUse) -> Vec<String> {
    let (model, boundaries) = (context.model, context.boundaries);
    let uses = model.external_uses().iter().filter(|it| it.krate == used.krate);
    let users: BTreeSet<NodeId> = uses.map(|it| it.from).filter(|from| boundaries.contains(holder, *from)).collect();
    let mut names = BTreeSet::new();
    for root in boundaries.roots(holder) {
        for export in model.exports(*root) {
            let step = Step { module: *root, name: export.name, node: export.node };
            let is_defined_there = model.module_of(export.node).is_some_and(|module| users.contains(&module));
            if matches!(model.node(export.node).kind, NodeKind::Item(_))
                && is_defined_there
                && model.is_visible(export.visibility, used.from)
                && context.is_reachable(*root, used.from)
                && boundaries.is_api_step(model, holder, used.from, &step)
            {
                names.insert(format!("`{}::{}`", context.spelled(*root, used.from), model.symbol(export.name)));
            }
        }
    }
    names.into_iter().take(OFFERS).collect()
}

#[cfg(test)]
mod tests;
