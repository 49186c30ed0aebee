//! An API that shows what is not its own to show: internals of another boundary, a driver, a framework.
//!
//! In: the types in the declarations of API items: parameters, results, `pub` fields, bounds, aliases.  Out: one violation
//! per boundary and type.  Not here: naming such a type inside (`internal_access`, `external_dependency`).

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::declaration::Declaration;
use super::{Context, Rule, Violation, external_dependency};
use crate::boundary::{BoundaryId, Role};
use crate::facts::ItemKind;
use crate::model::{ExternalId, ExternalUse, NodeId, NodeKind, ReferenceId, ReferenceKind};
use crate::source::{FileId, Span};

pub(super) const RULE: Rule = Rule {
    name: "leaky-contract",
    group: "contracts",
    summary: "an API shows another boundary's internals, or a type of a driver or framework",
    documentation: include_str!("leaky_contract.md"),
    check,
};

/// Signatures that are told by name.
const SIGNATURES: usize = 4;

/// What is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Leaked {
    /// A type of a third-party crate, by its last name: the modules before it are a matter of spelling.
    External(ExternalId, String),
    /// A type of another boundary.
    Internal(NodeId),
}

/// Where one type is shown by one API.
#[derive(Default)]
struct Shown {
    items: BTreeSet<NodeId>,
    references: Vec<ReferenceId>,
    places: Vec<(FileId, Span)>,
}

type Found = BTreeMap<(BoundaryId, Leaked), Shown>;

fn check(context: &Context<'_>) -> Vec<Violation> {
    if context.boundaries.is_empty() {
        return Vec::new();
    }
    let mut apis = Apis { context, known: FxHashMap::default() };
    let mut found = Found::new();
    add_external(context, &mut apis, &mut found);
    add_internal(context, &mut apis, &mut found);
    let mut violations: Vec<Violation> =
        found.iter().map(|((boundary, leaked), shown)| violation(context, *boundary, leaked, shown)).collect();
    violations.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    violations
}

/// The items whose place in an API was asked for.
struct Apis<'a> {
    context: &'a Context<'a>,
    known: FxHashMap<NodeId, bool>,
}

impl Apis<'_> {
    fn holds(&mut self, boundary: BoundaryId, item: NodeId) -> bool {
        *self.known.entry(item).or_insert_with(|| self.context.is_api_item(boundary, item))
    }
}

/// A type of a third-party crate in the signature of an API item.
struct Candidate<'a> {
    boundary: BoundaryId,
    used: &'a ExternalUse,
    name: &'a str,
}

fn add_external(context: &Context<'_>, apis: &mut Apis<'_>, found: &mut Found) {
    let (model, boundaries) = (context.model, context.boundaries);
    let shown = model.external_uses().iter().filter(|used| used.shown && used.kind == ReferenceKind::Type);
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    for used in shown.filter(|used| external_dependency::proves(context, used)) {
        let name = model.symbol(used.path).rsplit("::").next().unwrap_or_default();
        if boundaries.is_leak(used.krate, name)
            && !context.is_generated(used.from)
            && !context.is_generated_file(used.file)
            && let Some(boundary) = boundaries.of(used.from).filter(|id| apis.holds(*id, used.from_item))
        {
            candidates.push(Candidate { boundary, used, name });
        }
    }
    let strangers = Strangers::new(context, &candidates);
    for Candidate { boundary, used, name } in candidates {
        if boundaries.is_strict_about_leaks() || strangers.meet(context, used) && !is_bound(context, used) {
            let shown = found.entry((boundary, Leaked::External(used.krate, name.to_owned()))).or_default();
            shown.items.insert(used.from_item);
            shown.places.push((used.file, used.span));
        }
    }
}

/// Which boundaries use which API items, and which of them have to do with a crate anyway.
struct Strangers {
    users: FxHashMap<NodeId, BTreeSet<BoundaryId>>,
    acquainted: FxHashSet<(BoundaryId, ExternalId)>,
}

impl Strangers {
    fn new(context: &Context<'_>, candidates: &[Candidate<'_>]) -> Self {
        let (model, boundaries) = (context.model, context.boundaries);
        let mut users: FxHashMap<NodeId, BTreeSet<BoundaryId>> =
            candidates.iter().map(|it| (context.contract_of(it.used.from_item), BTreeSet::new())).collect();
        if candidates.is_empty() {
            return Self { users, acquainted: FxHashSet::default() };
        }
        for edge in model.edge_ids() {
            let ends = model.edge(edge);
            let (Some(user), Some(owner)) = (boundaries.of(ends.from), boundaries.of(ends.to)) else { continue };
            // Who wires the program knows its parts, whatever they are made of.
            if user == owner || boundaries.has_role(ends.from, Role::Composition) {
                continue;
            }
            for (_, reference) in model.references_of(edge).filter(|(_, reference)| reference.counts()) {
                if let Some(users) = users.get_mut(&reference.to_item) {
                    users.insert(user);
                }
            }
        }
        let uses = model.external_uses().iter().filter(|used| external_dependency::proves(context, used));
        let acquainted = uses.filter_map(|used| Some((boundaries.of(used.from)?, used.krate))).collect();
        Self { users, acquainted }
    }

    /// Whether somebody uses the item who has nothing to do with the crate otherwise: to the others its types are no
    /// news, and what nobody uses is too widely shown, whatever is in it.
    fn meet(&self, context: &Context<'_>, used: &ExternalUse) -> bool {
        let users = self.users.get(&context.contract_of(used.from_item)).into_iter().flatten();
        users.into_iter().any(|user| !self.acquainted.contains(&(*user, used.krate)))
    }
}

/// Who has nothing to do with the crate takes the types that fit a bound from somebody else, and never sees the bound.
fn is_bound(context: &Context<'_>, used: &ExternalUse) -> bool {
    Declaration::of(context, used.from_item).is_some_and(|item| item.is_in_bound(used.span.start))
}

fn add_internal(context: &Context<'_>, apis: &mut Apis<'_>, found: &mut Found) {
    let (model, boundaries) = (context.model, context.boundaries);
    for edge in model.edge_ids() {
        let ends = model.edge(edge);
        let (Some(boundary), Some(owner)) = (boundaries.of(ends.from), boundaries.of(ends.to)) else { continue };
        if boundary == owner || context.is_generated(ends.from) || boundaries.contains(owner, ends.from) {
            continue;
        }
        for (id, reference) in model.references_of(edge) {
            let is_shown = reference.shown && reference.kind == ReferenceKind::Type && reference.proves();
            if is_shown
                && is_foreign(context, owner, ends.from, reference.to_item)
                && apis.holds(boundary, reference.from_item)
            {
                let shown = found.entry((boundary, Leaked::Internal(reference.to_item))).or_default();
                shown.items.insert(reference.from_item);
                shown.references.push(id);
            }
        }
    }
}

/// Whether a type of another boundary is none that an API may show.
fn is_foreign(context: &Context<'_>, owner: BoundaryId, from: NodeId, shown: NodeId) -> bool {
    let parent = context.model.node(shown).parent.map(|parent| context.model.node(parent).kind);
    // What stands in a type or trait is judged with that.
    parent.is_some_and(NodeKind::is_module)
        && matches!(context.model.node(shown).kind, NodeKind::Item(kind) if is_type(kind))
        && !context.boundaries.has_role(shown, Role::Contracts)
        && (context.boundaries.is_strict_about_leaks() || context.legal_name(owner, from, shown).is_none())
}

fn is_type(kind: ItemKind) -> bool {
    use ItemKind::{Enum, Struct, Trait, TraitAlias, TypeAlias, Union};
    matches!(kind, Struct | Enum | Union | Trait | TraitAlias | TypeAlias)
}

fn violation(context: &Context<'_>, boundary: BoundaryId, leaked: &Leaked, shown: &Shown) -> Violation {
    let (model, boundaries) = (context.model, context.boundaries);
    let name = boundaries.name(boundary);
    let items: Vec<String> = shown.items.iter().map(|item| format!("`{}`", model.path(*item))).collect();
    let mut signatures = items.iter().take(SIGNATURES).cloned().collect::<Vec<_>>().join(", ");
    if items.len() > SIGNATURES {
        signatures += &format!(" and {} more", items.len() - SIGNATURES);
    }
    let words = match leaked {
        Leaked::External(krate, last) => external_words(name, model.external_crate(*krate), last),
        Leaked::Internal(node) => internal_words(context, name, *node),
    };
    Violation {
        from_node: shown.items.first().and_then(|item| model.module_of(*item)),
        to_node: match leaked {
            Leaked::Internal(node) => Some(*node),
            Leaked::External(..) => None,
        },
        message: format!("the API of boundary `{name}` shows `{}`, {} (in {signatures})", words.to, words.what),
        label: format!("part of the API of `{name}`"),
        why: words.why,
        route: Some(words.route),
        references: shown.references.clone(),
        places: shown.places.clone(),
        ..Violation::between(RULE.name, name, words.to)
    }
}

/// What a finding says.
struct Words {
    to: String,
    /// As in "the API shows X, WHAT".
    what: String,
    why: String,
    route: String,
}

fn external_words(name: &str, krate: &str, last: &str) -> Words {
    Words {
        to: format!("{}::{last}", krate.replace('-', "_")),
        what: format!("a type of the crate `{krate}`"),
        why: format!("whoever uses `{name}` depends on `{krate}` and its version too, and changes with it"),
        route: format!(
            "show a type or trait of `{name}` instead and convert inside; if `{krate}` may be part of every API, add \
             \"{krate}\" to `allow` of `leaky-contract`"
        ),
    }
}

fn internal_words(context: &Context<'_>, name: &str, node: NodeId) -> Words {
    let (model, boundaries) = (context.model, context.boundaries);
    let owner = boundaries.of(node).map_or("", |owner| boundaries.name(owner));
    Words {
        to: model.path(node).to_owned(),
        what: match boundaries.is_strict_about_leaks() {
            true => format!("which belongs to `{owner}`"),
            false => format!("which is internal to `{owner}`"),
        },
        why: format!("whoever uses `{name}` is bound to `{owner}` too: what `{owner}` changes inside breaks them"),
        route: format!(
            "show a type of `{name}` instead and convert inside; or let the API of `{owner}` show it, or move it to a \
             boundary of contracts"
        ),
    }
}

#[cfg(test)]
mod tests;
