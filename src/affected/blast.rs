//! How far a change of some code goes, by rings: who names it, who names those, and so on; and what is built again.
//!
//! In: a revision, and nodes of its model.  Out: a [`Blast`].  A ring says what can be reached and not what will break: the
//! first is exact, each further one holds more that nothing happens to.  Tests of other modules are no part of the rings.
//! Not here: drawing it, and changes of files ([`affected`](super::affected)).

use std::collections::{BTreeMap, BTreeSet};

use super::{Cause, Revision, packages};
use crate::model::{Model, NodeId, NodeKind, Reference};
use crate::workspace::PackageId;

/// What a change of some code can reach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blast {
    /// Modules by their distance: those that hold the code itself, those that name it, those that name these, ...  Each
    /// sorted.
    pub rings: Vec<Vec<NodeId>>,
    /// Items of other modules whose text names it, sorted; a module where an import or the like stands in none.
    pub naming: Vec<NodeId>,
    /// Those among them that show it to their own users: in a signature, a `pub` field, a bound.
    pub showing: Vec<NodeId>,
    /// Packages that Cargo builds again, sorted.
    pub built: Vec<PackageId>,
    /// Packages of which only tests are.
    pub tested: Vec<PackageId>,
}

/// What a change of these nodes, and of all below them, reaches.
pub fn blast(revision: Revision<'_>, nodes: &[NodeId]) -> Blast {
    let model = revision.model;
    let inside = below(model, nodes);
    let modules: BTreeSet<NodeId> = nodes.iter().flat_map(|node| modules_of(model, *node)).collect();
    let (mut naming, mut showing, mut first) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for module in &modules {
        for edge in model.edges_to(*module) {
            let from = model.edge(edge).from;
            let names = |reference: &Reference| is_built(reference) && inside.contains(&reference.to_item);
            let named = model.references_of(edge).map(|(_, reference)| reference).filter(|it| names(it));
            for reference in named.filter(|it| !inside.contains(&it.from_item)) {
                naming.insert(reference.from_item);
                if reference.shown {
                    showing.insert(reference.from_item);
                }
                first.insert(from);
            }
        }
    }
    let mut found = Blast { rings: rings(model, modules, first), ..Blast::default() };
    found.naming = naming.into_iter().collect();
    found.showing = showing.into_iter().collect();
    (found.built, found.tested) = built_again(revision, nodes);
    found
}

impl Blast {
    /// Each module with its distance.
    pub fn distances(&self) -> impl Iterator<Item = (NodeId, usize)> + '_ {
        let of_ring = |(distance, ring): (usize, &'_ Vec<NodeId>)| {
            ring.iter().map(move |module| (*module, distance)).collect::<Vec<_>>()
        };
        self.rings.iter().enumerate().flat_map(of_ring)
    }
}

/// Code of the configuration that is no test, and no link in a comment.
fn is_built(reference: &Reference) -> bool {
    reference.counts() && reference.active
}

fn below(model: &Model, nodes: &[NodeId]) -> BTreeSet<NodeId> {
    let mut all: BTreeSet<NodeId> = BTreeSet::new();
    let mut open = nodes.to_vec();
    while let Some(node) = open.pop() {
        if all.insert(node) {
            open.extend(model.children(node));
        }
    }
    all
}

/// The modules in a node; of an item the one that it stands in.
fn modules_of(model: &Model, node: NodeId) -> Vec<NodeId> {
    let is_module = |id: &NodeId| model.node(*id).kind.is_module();
    match model.node(node).kind {
        NodeKind::Item(_) => model.ancestors(node).find(is_module).into_iter().collect(),
        _ => below(model, &[node]).into_iter().filter(is_module).collect(),
    }
}

fn rings(model: &Model, start: BTreeSet<NodeId>, first: BTreeSet<NodeId>) -> Vec<Vec<NodeId>> {
    let mut seen: BTreeSet<NodeId> = start.clone();
    let mut rings = vec![start.into_iter().collect::<Vec<_>>()];
    let mut next: BTreeSet<NodeId> = first;
    loop {
        next.retain(|module| seen.insert(*module));
        if next.is_empty() {
            return rings;
        }
        let ring: Vec<NodeId> = std::mem::take(&mut next).into_iter().collect();
        let edges = ring.iter().flat_map(|module| model.edges_to(*module));
        let is_there = |edge: &_| model.references_of(*edge).any(|(_, reference)| is_built(reference));
        next = edges.filter(is_there).map(|edge| model.edge(edge).from).collect();
        rings.push(ring);
    }
}

fn built_again(revision: Revision<'_>, nodes: &[NodeId]) -> (Vec<PackageId>, Vec<PackageId>) {
    let Revision { model, workspace, .. } = revision;
    let by_name: BTreeMap<&str, PackageId> =
        workspace.package_ids().map(|id| (workspace.package(id).name.as_str(), id)).collect();
    let (mut built, mut tested) = (BTreeMap::new(), BTreeMap::new());
    for node in nodes {
        let Some(package) = model.package_of(*node) else { continue };
        let name = &*model.node(package).name;
        let Some(id) = by_name.get(name) else { continue };
        let of_tests = model
            .target_of(*node)
            .is_some_and(|target| matches!(model.node(target).kind, NodeKind::Target(kind) if kind.is_test()));
        let list = if of_tests || model.node(*node).test { &mut tested } else { &mut built };
        list.insert(*id, Cause::Changed(name.to_owned()));
    }
    packages::follow(workspace, &mut built, &mut tested);
    (built.into_keys().collect(), tested.into_keys().collect())
}
