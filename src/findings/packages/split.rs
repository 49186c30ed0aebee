//! Packages that are several in one: parts that do not use each other, and others that use one part alone.
//!
//! In: packages.  Out: those whose split would spare their users most.  A part is what hangs together of the modules at the
//! root of a library; what the root only shows again joins nothing.  Not here: parts that little joins (`module-cycle`
//! tells of cuts).

use std::collections::{BTreeMap, BTreeSet};

use super::{FEWEST_EDITS, Packages, lines_below};
use crate::findings::{Finding, Kind, counted, grouped};
use crate::model::{Edge, Model, NodeId, NodeKind, ReferenceKind};
use crate::workspace::PackageId;

/// A part of fewer lines, or of a smaller share of the package, is none.
const LINES: u64 = 200;
const PERCENT: u64 = 10;

/// So few users say nothing.
const FEWEST_USERS: usize = 3;

/// So many parts, and modules of each, are named.
const TOLD: usize = 4;

struct Part {
    modules: Vec<NodeId>,
    lines: u64,
    users: BTreeSet<NodeId>,
}

pub(super) fn findings(packages: &Packages<'_>) -> Vec<Finding> {
    packages.nodes.iter().filter_map(|(id, node)| finding(packages, *id, *node)).collect()
}

fn finding(packages: &Packages<'_>, id: PackageId, package: NodeId) -> Option<Finding> {
    let model = packages.known.model;
    let is_library = |node: &&NodeId| matches!(model.node(**node).kind, NodeKind::Target(kind) if kind.is_library());
    let library = *model.children(package).iter().find(is_library)?;
    let least = LINES.max(lines_below(model, library) * PERCENT / 100);
    let mut parts = parts(model, library);
    parts.retain(|part| part.lines >= least);
    for part in &mut parts {
        part.users = users(model, &part.modules, package);
    }
    let users: BTreeSet<NodeId> = parts.iter().flat_map(|part| part.users.iter().copied()).collect();
    let parts_of = |user: &NodeId| parts.iter().filter(|part| part.users.contains(user)).count();
    let of_one = users.iter().filter(|user| parts_of(user) == 1).count();
    let used = parts.iter().filter(|part| !part.users.is_empty()).count();
    if used < 2 || users.len() < FEWEST_USERS || of_one * 2 < users.len() {
        return None;
    }
    // For each edit of a part, or for one, the lines that are built after the package and not after the part.
    let after_package = packages.rebuilt(id, None);
    let spared = |part: &Part| {
        let users = packages.nodes.iter().filter(|(_, node)| part.users.contains(node)).map(|(user, _)| *user);
        let after_part: BTreeSet<PackageId> = users.flat_map(|user| packages.rebuilt(user, None)).chain([id]).collect();
        let edits = packages.history().map_or(1, |_| edits(packages, id, library, &part.modules));
        let is_rare = packages.history().is_some() && edits < FEWEST_EDITS;
        if is_rare { 0 } else { packages.lines_of(after_package.difference(&after_part)) * edits as u64 }
    };
    let gain: u64 = parts.iter().map(spared).sum();
    if gain == 0 {
        return None;
    }
    let buys = match packages.history() {
        Some(edits) => format!("{} lines less to build, over the commits since {}", grouped(gain), edits.since),
        None => format!("{} lines less to build, after one change of each part", grouped(gain)),
    };
    let name = packages.name(id);
    Some(Finding {
        kind: Kind::Split,
        title: format!(
            "package `{name}` has {} parts of {least} lines or more that do not use each other; {of_one} of {} use one alone",
            parts.len(),
            counted(users.len(), "package"),
        ),
        gain,
        buys,
        details: parts.iter().take(TOLD).map(|part| told(model, part)).collect(),
        advice: "give parts that different packages use a package each".to_owned(),
        place: Some(packages.place(id)),
        about: vec![package],
    })
}

fn told(model: &Model, part: &Part) -> String {
    let name = |module: &NodeId| match model.node(*module) {
        node if node.kind == NodeKind::Module => format!("`{}`", node.name),
        _ => "the root".to_owned(),
    };
    let mut names: Vec<String> = part.modules.iter().take(TOLD).map(name).collect();
    if part.modules.len() > TOLD {
        names.push(format!("{} more", part.modules.len() - TOLD));
    }
    format!("{}: {} lines, used by {}", names.join(", "), grouped(part.lines), counted(part.users.len(), "package"))
}

/// What hangs together below the root of a library, the longest first.
fn parts(model: &Model, library: NodeId) -> Vec<Part> {
    let tops: Vec<NodeId> = std::iter::once(library)
        .chain(model.children(library).iter().copied().filter(|child| model.node(*child).kind.is_module()))
        .filter(|top| model.node(*top).active && !model.node(*top).test)
        .collect();
    let mut part_of: BTreeMap<NodeId, NodeId> = tops.iter().map(|top| (*top, *top)).collect();
    for id in model.edge_ids() {
        let edge = model.edge(id);
        let ends = (top(model, library, edge.from), top(model, library, edge.to));
        let (Some(from), Some(to)) = ends else { continue };
        let is_shown = |kind| edge.from == library && matches!(kind, ReferenceKind::Use | ReferenceKind::Reexport);
        let joins = model.references_of(id).any(|(_, reference)| reference.counts() && !is_shown(reference.kind));
        let (Some(from), Some(to)) = (part_of.get(&from).copied(), part_of.get(&to).copied()) else { continue };
        if joins && from != to {
            part_of.values_mut().filter(|part| **part == from).for_each(|part| *part = to);
        }
    }
    let mut parts: BTreeMap<NodeId, Part> = BTreeMap::new();
    for top in tops {
        let part = parts.entry(part_of[&top]).or_insert_with(|| Part {
            modules: Vec::new(),
            lines: 0,
            users: BTreeSet::new(),
        });
        part.modules.push(top);
        part.lines += if top == library { u64::from(model.node(library).lines) } else { lines_below(model, top) };
    }
    let mut parts: Vec<Part> = parts.into_values().collect();
    parts.sort_by_key(|part| (std::cmp::Reverse(part.lines), part.modules[0]));
    parts
}

/// The module at the root of a library that a module is in: the root itself, or one of those below.
fn top(model: &Model, library: NodeId, module: NodeId) -> Option<NodeId> {
    if module == library {
        return Some(library);
    }
    model.ancestors(module).find(|node| model.node(*node).parent == Some(library))
}

/// Of the root only what stands in it itself counts.
fn is_of(model: &Model, tops: &[NodeId], module: NodeId) -> bool {
    tops.iter()
        .any(|top| module == *top || (model.node(*top).kind == NodeKind::Module && model.is_within(module, *top)))
}

/// The packages whose code names something of these modules.
fn users(model: &Model, tops: &[NodeId], package: NodeId) -> BTreeSet<NodeId> {
    let uses = |edge: &&Edge| edge.active && !edge.test && is_of(model, tops, edge.to);
    let from = model.edges().iter().filter(uses).filter_map(|edge| model.package_of(edge.from));
    from.filter(|user| *user != package).collect()
}

/// How many commits changed files of these modules.
fn edits(packages: &Packages<'_>, id: PackageId, library: NodeId, tops: &[NodeId]) -> usize {
    let Packages { known, commits, .. } = packages;
    let model = known.model;
    // What is written inside the file of the root is edited with the root.
    let root = (!tops.contains(&library)).then(|| model.node(library).file).flatten();
    let files: BTreeSet<&str> = model
        .module_ids()
        .filter(|module| is_of(model, tops, *module) && model.node(*module).file != root)
        .filter_map(|module| Some(&*known.sources.file(model.node(module).file?).path))
        .collect();
    let touches = |commit: &&BTreeMap<PackageId, Vec<&str>>| {
        commit.get(&id).is_some_and(|edited| edited.iter().any(|file| files.contains(file)))
    };
    commits.iter().filter(touches).count()
}
