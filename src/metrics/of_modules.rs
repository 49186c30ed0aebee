//! The numbers of each module.
//!
//! In: the measured graph and what is inside containers.  Out: a list of measures for every module.  Not here: the
//! definitions of the numbers.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::coupling::{self, Coupling};
use super::graph::{self, Graph};
use super::inside::{Inside, Tangles};
use super::size::{LINES, REACHED_BY, REACHES};
use super::tangle;
use super::value::Measure;
use crate::model::{EdgeId, Model, NodeId};

pub(super) fn modules(
    model: &Model,
    graph: &Graph,
    inside: &Inside,
    tangles: &Tangles,
    reaches: &[u32],
    reached_by: &[u32],
) -> BTreeMap<NodeId, Vec<Measure>> {
    let n = graph.modules.len();
    let (mut users, mut used) = (vec![Vec::new(); n], vec![Vec::new(); n]);
    for (from, to, _) in &graph.edges {
        used[*from as usize].push(*to);
        users[*to as usize].push(*from);
    }
    let couplings: Vec<Coupling> = graph.modules.par_iter().map(|module| coupling_of(model, graph, *module)).collect();
    let of_measured = |index: usize| {
        let sdp = used[index].iter().filter(|to| couplings[index].is_more_stable_than(&couplings[**to as usize]));
        let mut measures = vec![coupling::USERS.count(users[index].len()), coupling::USED.count(used[index].len())];
        measures.extend(couplings[index].measures());
        measures.push(coupling::SDP_VIOLATIONS.count(sdp.count()));
        measures.push(REACHES.count(reaches[index] - 1));
        measures.push(REACHED_BY.count(reached_by[index] - 1));
        if tangles.sizes[index] > 1 {
            measures.push(tangle::TANGLE.count(tangles.sizes[index]));
        }
        measures
    };
    model
        .module_ids()
        .map(|id| {
            let mut measures = vec![LINES.count(model.node(id).lines)];
            if let Ok(index) = graph.modules.binary_search(&id) {
                measures.extend(of_measured(index));
            }
            if let Some(inner) = inside.containers.get(&id) {
                measures.push(tangle::FAT.count(inner.edges));
                measures.push(tangle::REFERENCES_TO_CUT.count(inner.to_cut));
                measures.extend(tangle::TANGLE_SHARE.ratio(inner.to_cut, inner.references));
                measures.push(tangle::EXCESS_LINES.count(inner.excess_lines()));
            }
            (id, measures)
        })
        .collect()
}

fn coupling_of(model: &Model, graph: &Graph, module: NodeId) -> Coupling {
    let items = |edges: &mut dyn Iterator<Item = EdgeId>| {
        let measured = edges.filter(|edge| {
            let edge = model.edge(*edge);
            graph.modules.binary_search(&edge.from).is_ok() && graph.modules.binary_search(&edge.to).is_ok()
        });
        let references = measured.flat_map(|edge| model.references_of(edge)).map(|(_, reference)| reference);
        references.filter(|reference| graph::counts(reference)).map(|reference| reference.from_item).collect()
    };
    let (items_in, items_out) = (items(&mut model.edges_to(module)), items(&mut model.edges_from(module)));
    Coupling { items_in, items_out }.distinct()
}
