//! Conditions on one node each.
//!
//! In: a condition, the ground.  Out: the nodes of which it holds.  Not here: what leads from node to node.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::{Ground, name};
use crate::boundary::pattern::glob_matches;
use crate::boundary::spelling::did_you_mean;
use crate::boundary::{Boundaries, BoundaryId, Pattern, Selection};
use crate::model::{Model, NodeId, NodeKind, Reference, Visibility};
use crate::query::{Access, Comparison, Key, KindSet, Kinds, Measure, Mistake, Set, State, Word};
use crate::source::SourceTree;

/// Conditions that name nothing.
pub(super) fn select(ground: Ground<'_>, set: &Set) -> Selection {
    let model = ground.model;
    match set {
        Set::Kind(KindSet::Crate) => Selection::of_crates(model, |_| true),
        Set::Kind(kind) => Selection::of_nodes(model, |node| is_kind(*kind, model.node(node).kind)),
        Set::Visibility(access) => Selection::of_nodes(model, |node| can_be_used(model, node, *access)),
        Set::Is(state) => is(ground, *state),
        Set::Measured(measure, comparison, number) => measured(ground, *measure, *comparison, *number),
        _ => Selection::none(model),
    }
}

fn is_kind(wanted: KindSet, kind: NodeKind) -> bool {
    match kind {
        NodeKind::Workspace => false,
        NodeKind::Package => wanted == KindSet::Package,
        NodeKind::Target(_) => matches!(wanted, KindSet::Target | KindSet::Module),
        NodeKind::Module => wanted == KindSet::Module,
        NodeKind::Item(item) => wanted.has(item),
    }
}

/// Whether this is from where a module or item can be used; at a crate's root, `crate` and `private` are the same.
fn can_be_used(model: &Model, node: NodeId, access: Access) -> bool {
    let it = model.node(node);
    let declared = it.parent.filter(|_| !matches!(it.kind, NodeKind::Package | NodeKind::Target(_)));
    let Some(parent) = declared else { return false };
    let Visibility::Within(module) = it.visibility else { return access == Access::Public };
    let in_own_module = Some(module) == model.module_of(parent);
    let in_crate = matches!(model.node(module).kind, NodeKind::Target(_));
    match access {
        Access::Public => false,
        Access::Private => in_own_module,
        Access::Crate => in_crate,
        Access::Restricted => !in_own_module && !in_crate,
    }
}

fn is(ground: Ground<'_>, state: State) -> Selection {
    let Ground { model, boundaries, .. } = ground;
    match state {
        State::Test => Selection::of_nodes(model, |node| model.node(node).test),
        State::Inactive => Selection::of_nodes(model, |node| !model.node(node).active),
        State::Tangled => {
            let tangled: BTreeSet<NodeId> = model.tangles().into_iter().flatten().collect();
            Selection::of_nodes(model, |node| tangled.contains(&node))
        }
        State::Api => {
            let shown = shown(model, boundaries);
            Selection::of_nodes(model, |node| shown.contains(&node))
        }
        State::Internal => {
            let shown = shown(model, boundaries);
            let is_item = |node: NodeId| matches!(model.node(node).kind, NodeKind::Item(_));
            let is_shown = |node: NodeId| model.ancestors(node).any(|around| shown.contains(&around));
            Selection::of_nodes(model, |node| is_item(node) && boundaries.of(node).is_some() && !is_shown(node))
        }
        State::Unused => {
            let users = users(ground);
            let can_be_used = |node: NodeId| model.module_of(node).is_some();
            Selection::of_nodes(model, |node| can_be_used(node) && users[node.0 as usize] == 0)
        }
    }
}

/// The items that some boundary shows.
fn shown(model: &Model, boundaries: &Boundaries) -> BTreeSet<NodeId> {
    boundaries.ids().flat_map(|id| boundaries.exposed(model, id)).collect()
}

fn measured(ground: Ground<'_>, measure: Measure, comparison: Comparison, number: u64) -> Selection {
    let model = ground.model;
    let has_items = |node: NodeId| {
        let is_item = |child: &&NodeId| matches!(model.node(**child).kind, NodeKind::Item(_));
        model.children(node).iter().filter(is_item).count() as u64
    };
    let counts =
        |counted: Vec<u64>| Selection::of_nodes(model, |node| comparison.holds(counted[node.0 as usize], number));
    match measure {
        Measure::Lines => {
            let lines = |node: NodeId| match model.node(node).kind {
                NodeKind::Package => model.total_lines(node),
                NodeKind::Item(_) => lines_of_item(model, ground.sources, node),
                _ => u64::from(model.node(node).lines),
            };
            Selection::of_nodes(model, |node| comparison.holds(lines(node), number))
        }
        Measure::Items => Selection::of_nodes(model, |node| comparison.holds(has_items(node), number)),
        Measure::FanIn => counts(users(ground)),
        Measure::FanOut => counts(used(ground)),
    }
}

/// With its attributes.
fn lines_of_item(model: &Model, sources: &SourceTree, node: NodeId) -> u64 {
    let it = model.node(node);
    let Some(source) = it.file.map(|file| sources.file(file)) else { return 0 };
    u64::from(source.line_at(it.span.end) - source.line_at(it.span.start) + 1)
}

/// For each node how many modules outside it use it, or something below it.
fn users(ground: Ground<'_>) -> Vec<u64> {
    count(ground, |ground, reference| (reference.to_item, ground.model.edge(reference.edge).from))
}

/// For each node how many modules outside it its code uses.
fn used(ground: Ground<'_>) -> Vec<u64> {
    count(ground, |ground, reference| (reference.from_item, ground.model.edge(reference.edge).to))
}

/// For each node how many modules are at the other end of what begins or ends in it.
fn count(ground: Ground<'_>, ends: impl Fn(Ground<'_>, &Reference) -> (NodeId, NodeId)) -> Vec<u64> {
    let model = ground.model;
    let counting = model.references().iter().filter(|reference| ground.counts(reference, &Kinds::default()));
    // Many references of an edge have the same ends.
    let pairs: FxHashSet<(NodeId, NodeId)> = counting.map(|reference| ends(ground, reference)).collect();
    let around = |(own, other): &(NodeId, NodeId)| {
        let other = *other;
        model.ancestors(*own).take_while(move |node| !model.is_within(other, *node)).map(move |node| (node, other))
    };
    let mut all: Vec<(NodeId, NodeId)> = pairs.iter().flat_map(around).collect();
    all.sort_unstable();
    all.dedup();
    let mut counts = vec![0; model.node_ids().len()];
    all.iter().for_each(|(node, _)| counts[node.0 as usize] += 1);
    counts
}

/// `key:value`.
pub(super) fn has(ground: Ground<'_>, key: Key, word: &Word) -> Result<Selection, Mistake> {
    let Ground { model, boundaries, .. } = ground;
    let text = word.text.as_str();
    let of_boundaries = |meant: &dyn Fn(BoundaryId) -> bool| {
        let meant: Vec<BoundaryId> = boundaries.ids().filter(|id| meant(*id)).collect();
        Selection::of_nodes(model, |node| boundaries.chain(node).any(|id| meant.contains(&id)))
    };
    let found = match key {
        Key::Name => Selection::of_nodes(model, |node| glob_matches(text, &model.node(node).name)),
        Key::Boundary => of_boundaries(&|id| glob_matches(text, boundaries.name(id))),
        Key::Package => {
            let covers = |name: &str| name::is_crate(text, name);
            let packages: Vec<NodeId> = model.packages().filter(|node| covers(&model.node(*node).name)).collect();
            Selection::of_nodes(model, |node| model.package_of(node).is_some_and(|it| packages.contains(&it)))
        }
        Key::Crate => Selection::of_crates(model, |name| name::is_crate(text, name)),
        Key::Layer => {
            let layers = &boundaries.layers().order;
            of_boundaries(&|id| {
                boundaries.layer(id).is_some_and(|rank| glob_matches(text, &layers[rank as usize].value))
            })
        }
        Key::Tag => of_boundaries(&|id| boundaries.declaration(id).tags.iter().any(|tag| glob_matches(text, tag))),
        Key::Owner => Selection::of_nodes(model, |node| is_owned(model, boundaries, node, text)),
        Key::File => of_files(model, ground.sources, word)?,
        Key::Attribute => Selection::of_nodes(model, |node| has_attribute(model, ground.sources, node, text)),
    };
    // A name with a slip finds nothing; a condition that nothing meets is an answer.
    match known(ground, key) {
        Some(names) if found.is_empty() && !text.contains('*') => {
            let message = format!("no {} is called `{text}`", key.word());
            Err(Mistake::new(word.span, message).with_help(did_you_mean(text, names)))
        }
        _ => Ok(found),
    }
}

/// The names that a key may have here, where a slip is a mistake.
fn known(ground: Ground<'_>, key: Key) -> Option<Vec<&str>> {
    let Ground { model, boundaries, .. } = ground;
    Some(match key {
        Key::Boundary => boundaries.ids().map(|id| boundaries.name(id)).collect(),
        Key::Package => model.packages().map(|node| &*model.node(node).name).collect(),
        Key::Crate => model.external_crates().map(|(_, name)| name).collect(),
        Key::Layer => boundaries.layers().order.iter().map(|layer| layer.value.as_str()).collect(),
        Key::Tag => {
            boundaries.ids().flat_map(|id| boundaries.declaration(id).tags.iter().map(String::as_str)).collect()
        }
        Key::Name | Key::Owner | Key::File | Key::Attribute => return None,
    })
}

/// The owner of its boundary, or else of its file.
fn is_owned(model: &Model, boundaries: &Boundaries, node: NodeId, text: &str) -> bool {
    let of_boundary = boundaries.chain(node).find_map(|id| boundaries.declaration(id).owner.as_deref());
    match of_boundary {
        Some(owner) => owner.split([',', ' ']).any(|owner| glob_matches(text, owner)),
        None => {
            let owners = model.node(node).file.and_then(|file| boundaries.owners_of_file(file));
            owners.into_iter().flatten().any(|owner| glob_matches(text, owner))
        }
    }
}

/// A file, or a folder and all below it; `*` is a part of one name, `**` any folders.
fn of_files(model: &Model, sources: &SourceTree, word: &Word) -> Result<Selection, Mistake> {
    let text = word.text.trim_end_matches('/');
    // The last name may be a file's: `src/*.rs`.
    let folder = if text.contains('/') { text.to_owned() } else { format!("{text}/") };
    let pattern = Pattern::parse(&folder).map_err(|why| Mistake::new(word.span, format!("`{text}`: {why}")))?;
    let covered: BTreeSet<_> = sources.ids().filter(|id| pattern.covers_package("", &sources.file(*id).path)).collect();
    Ok(Selection::of_nodes(model, |node| model.node(node).file.is_some_and(|file| covered.contains(&file))))
}

/// Whether an attribute of this name, or a derive of it, stands before an item.
fn has_attribute(model: &Model, sources: &SourceTree, node: NodeId, text: &str) -> bool {
    let it = model.node(node);
    let (Some(file), NodeKind::Item(_)) = (it.file, it.kind) else { return false };
    let source = &sources.file(file).text;
    let Some(own) = source.get(it.span.start as usize..it.span.end as usize) else { return false };
    attributes(own).any(|name| name.rsplit("::").next().is_some_and(|last| glob_matches(text, last)))
}

/// The names of the attributes that a text begins with, and of what `derive` lists.
fn attributes(text: &str) -> impl Iterator<Item = &str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.trim_start().strip_prefix("#[") {
        let Some((inside, after)) = balanced(open) else { break };
        let end = inside.find(['(', '=', '[', '{']).unwrap_or(inside.len());
        let name = inside[..end].trim();
        names.push(name);
        if let Some(list) = inside[end..].strip_prefix('(').filter(|_| name == "derive") {
            names.extend(list.trim_end().trim_end_matches(')').split(',').map(str::trim).filter(|it| !it.is_empty()));
        }
        rest = skip_comments(after);
    }
    names.into_iter()
}

/// The text up to the bracket that closes it, and the text after that; brackets in texts do not count.
fn balanced(text: &str) -> Option<(&str, &str)> {
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '[' if !quoted => depth += 1,
            ']' if !quoted && depth == 0 => return Some((&text[..at], &text[at + 1..])),
            ']' if !quoted => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Comments may stand between attributes.
fn skip_comments(text: &str) -> &str {
    let mut rest = text.trim_start();
    while rest.starts_with("//") {
        rest = rest.find('\n').map_or("", |end| rest[end..].trim_start());
    }
    rest
}
