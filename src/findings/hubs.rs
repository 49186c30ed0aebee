//! Modules that use much and are used by much: most changes pass through them.
//!
//! In: edges, tests left out.  Out: the modules of which both numbers are among the highest.  A module that is only used (a
//! vocabulary) or only uses (a composition) is none.  Not here: why.

use std::collections::BTreeSet;

use super::{Finding, Kind, Known, beginning_of};
use crate::model::{EdgeId, Model, NodeId};

/// A hub is used by so many modules and uses as many, at least, and by this share of all.
const MODULES: usize = 12;
const PERCENT: usize = 2;

pub(super) fn findings(known: Known<'_>) -> Vec<Finding> {
    let model = known.model;
    let modules: Vec<NodeId> =
        model.module_ids().filter(|module| model.node(*module).active && !model.node(*module).test).collect();
    let least = MODULES.max(modules.len() * PERCENT / 100);
    modules
        .into_iter()
        .filter_map(|module| {
            let (users, used) = (around(model, module, true), around(model, module, false));
            (users.len() >= least && used.len() >= least).then(|| finding(known, module, users.len(), used.len()))
        })
        .collect()
}

/// The modules that use this one or that it uses, those around and below it left out.
fn around(model: &Model, module: NodeId, users: bool) -> BTreeSet<NodeId> {
    let edges: Vec<_> = if users { model.edges_to(module).collect() } else { model.edges_from(module).collect() };
    let is_built = |edge: &EdgeId| model.references_of(*edge).any(|(_, it)| it.active && it.counts());
    let edges = edges.into_iter().filter(is_built).map(|edge| model.edge(edge));
    let ends = edges.map(|edge| if users { edge.from } else { edge.to });
    ends.filter(|other| !model.is_within(*other, module) && !model.is_within(module, *other)).collect()
}

fn finding(known: Known<'_>, module: NodeId, users: usize, used: usize) -> Finding {
    let path = known.model.path(module);
    Finding {
        kind: Kind::Hub,
        title: format!("`{path}` is used by {users} modules and uses {used}"),
        gain: (users * used) as u64,
        buys: format!("changes in {used} modules that no longer reach {users} others over this one"),
        details: Vec::new(),
        advice: "part what others use from what uses others: types and traits in one module, the work in another"
            .to_owned(),
        place: beginning_of(known, module),
        about: vec![module],
    }
}
