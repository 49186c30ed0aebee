//! What Cargo would say of a draft: packages that need each other.
//!
//! In: the manifests' dependencies, and what code uses today and after the moves.  Out: dependencies that are missing, and
//! rings.  What only tests need makes no ring.  Not here: what the compiler says (`language`).

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::ground::Ground;
use crate::model::{Model, NodeId};
use crate::workspace::DependencyKind;

/// A dependency that a Cargo.toml has to list for the moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Missing {
    pub(super) from: NodeId,
    pub(super) to: NodeId,
    /// The packages of the ring that it closes, from `to` to `from`; empty where it closes none.
    pub(super) ring: Vec<NodeId>,
}

type Uses = BTreeSet<(NodeId, NodeId)>;

/// Packages of which the first uses the second outside tests.
fn uses(model: &Model) -> Uses {
    let edges = model.edges().iter().filter(|edge| !edge.test);
    let ends = edges.filter_map(|edge| Some((model.package_of(edge.from)?, model.package_of(edge.to)?)));
    ends.filter(|(from, to)| from != to).collect()
}

fn listed(ground: &Ground) -> Uses {
    let (model, workspace) = (ground.model(), &ground.given.workspace);
    let nodes: BTreeMap<&str, NodeId> = model.packages().map(|id| (&*model.node(id).name, id)).collect();
    let mut listed = Uses::new();
    for package in &workspace.packages {
        let Some(from) = nodes.get(package.name.as_str()) else { continue };
        let normal = package.dependencies.iter().filter(|it| it.kind != DependencyKind::Dev);
        let local = normal.filter_map(|dependency| dependency.local);
        listed.extend(local.filter_map(|to| Some((*from, *nodes.get(workspace.package(to).name.as_str())?))));
    }
    listed
}

pub(super) fn missing(ground: &Ground, after: &Model) -> Vec<Missing> {
    let (before, then, listed) = (uses(ground.model()), uses(after), listed(ground));
    // A dependency goes with its last use; one that no code explains stays.
    let goes = |pair: &&(NodeId, NodeId)| before.contains(*pair) && !then.contains(*pair);
    let needed: Uses = listed.iter().filter(|pair| !goes(pair)).chain(&then).copied().collect();
    let new = then.iter().filter(|pair| !before.contains(*pair) && !listed.contains(*pair));
    new.map(|(from, to)| Missing { from: *from, to: *to, ring: way(&needed, *to, *from) }).collect()
}

/// The shortest way from one package to another, both included; empty without one.
fn way(uses: &Uses, from: NodeId, to: NodeId) -> Vec<NodeId> {
    let mut came: BTreeMap<NodeId, NodeId> = BTreeMap::from([(from, from)]);
    let mut open = VecDeque::from([from]);
    while let Some(package) = open.pop_front() {
        if package == to {
            let mut way = vec![to];
            let mut at = to;
            while at != from {
                at = came[&at];
                way.push(at);
            }
            way.reverse();
            return way;
        }
        for (_, next) in uses.range((package, NodeId(0))..=(package, NodeId(u32::MAX))) {
            if !came.contains_key(next) {
                came.insert(*next, package);
                open.push_back(*next);
            }
        }
    }
    Vec::new()
}
