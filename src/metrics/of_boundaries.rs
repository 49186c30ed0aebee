//! The numbers of each boundary, those nested in it included.
//!
//! In: the measured graph, what is inside containers, the boundaries.  Out: a list of measures for each boundary, and what
//! the workspace needs of them.  Not here: the definitions of the numbers.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::coupling::{self, Coupling};
use super::graph::Graph;
use super::inside::{Inside, Tangles};
use super::size::{COHESION, ITEMS, LINES, MODULES, REACHED_BY, REACHES};
use super::value::Measure;
use super::{lift, reach, surface, tangle, turned};
use crate::boundary::{Authors, Boundaries, BoundaryId};
use crate::facts::ItemKind;
use crate::model::{Model, NodeId, NodeKind, ReferenceId};
use crate::order::Edge;

/// What is measured of boundaries, and what of it the workspace needs.
pub(super) struct OfBoundaries {
    pub(super) measures: Vec<Vec<Measure>>,
    /// To open the rings of boundaries.
    pub(super) to_cut: BTreeSet<ReferenceId>,
    pub(super) references_in: u64,
    pub(super) references_around: u64,
    pub(super) sdp_violations: Option<u64>,
}

pub(super) fn of_boundaries(
    model: &Model,
    boundaries: &Boundaries,
    authors: &Authors,
    graph: &Graph,
    inside: &Inside,
) -> OfBoundaries {
    let count = boundaries.len();
    if count == 0 {
        let (measures, to_cut) = (Vec::new(), BTreeSet::new());
        return OfBoundaries { measures, to_cut, references_in: 0, references_around: 0, sdp_violations: None };
    }
    let mut couplings = vec![Coupling::default(); count];
    let mut uses: BTreeSet<(u32, u32)> = BTreeSet::new();
    for id in &graph.references {
        let reference = model.reference(*id);
        let edge = model.edge(reference.edge);
        for boundary in boundaries.chain(edge.to).filter(|id| !boundaries.contains(*id, edge.from)) {
            couplings[boundary.0 as usize].items_in.push(reference.from_item);
            // A boundary uses those around neither end.
            for user in boundaries.chain(edge.from).filter(|id| !boundaries.contains(*id, edge.to)) {
                uses.insert((user.0, boundary.0));
            }
        }
        for boundary in boundaries.chain(edge.from).filter(|id| !boundaries.contains(*id, edge.to)) {
            couplings[boundary.0 as usize].items_out.push(reference.from_item);
        }
    }
    let couplings: Vec<Coupling> = couplings.into_par_iter().map(Coupling::distinct).collect();
    let edges: Vec<Edge> = uses.iter().map(|(from, to)| (*from, *to, 1)).collect();
    let (reaches, reached_by) =
        (reach::depends_on(count as u32, &edges), reach::depends_on(count as u32, &turned(&edges)));
    let surfaces = surface::surfaces(model, boundaries, authors, &graph.references);
    let breaks_sdp = |(from, to): &&(u32, u32)| couplings[*from as usize].is_more_stable_than(&couplings[*to as usize]);
    let measures = boundaries.ids().map(|id| {
        let index = id.0 as usize;
        let mut measures = size_of(model, boundaries, graph, inside, id);
        measures.push(coupling::USERS.count(uses.iter().filter(|(_, to)| *to == id.0).count()));
        measures.push(coupling::USED.count(uses.iter().filter(|(from, _)| *from == id.0).count()));
        measures.extend(couplings[index].measures());
        let sdp = uses.iter().filter(|(from, _)| *from == id.0).filter(breaks_sdp).count();
        measures.push(coupling::SDP_VIOLATIONS.count(sdp));
        measures.push(REACHES.count(reaches[index] - 1));
        measures.push(REACHED_BY.count(reached_by[index] - 1));
        measures.extend(surfaces[index].measures());
        measures
    });
    OfBoundaries {
        measures: measures.collect(),
        to_cut: lift::boundary_rings(model, boundaries, authors)
            .iter()
            .flat_map(|(_, ring)| ring.cuts.iter().flat_map(|cut| cut.references.iter().copied()))
            .collect(),
        references_in: surfaces.iter().map(|surface| surface.references_in).sum(),
        references_around: surfaces.iter().map(|surface| surface.references_around).sum(),
        sdp_violations: Some(uses.iter().filter(breaks_sdp).count() as u64),
    }
}

/// Sizes of a boundary with those nested in it, and what its inside looks like.
fn size_of(model: &Model, boundaries: &Boundaries, graph: &Graph, inside: &Inside, id: BoundaryId) -> Vec<Measure> {
    let is_inside = |node: &NodeId| boundaries.contains(id, *node);
    let all: Vec<NodeId> = model.module_ids().filter(is_inside).collect();
    let measured: BTreeSet<u32> = (0..graph.len()).filter(|index| is_inside(&graph.modules[*index as usize])).collect();
    let inner: Vec<Edge> =
        graph.edges.iter().filter(|(from, to, _)| measured.contains(from) && measured.contains(to)).copied().collect();
    let items = measured.iter().flat_map(|index| model.children(graph.modules[*index as usize])).filter(|child| {
        let node = model.node(**child);
        matches!(node.kind, NodeKind::Item(kind) if kind != ItemKind::Impl) && !node.test
    });
    let nested = boundaries.ids().filter(|other| boundaries.outwards(*other).any(|outer| outer == id));
    let to_cut: usize = nested.map(|other| inside.to_cut[other.0 as usize].len()).sum();
    let tangles = Tangles::new(graph.len(), &inner);
    let mut measures = vec![
        MODULES.count(all.len()),
        ITEMS.count(items.count()),
        LINES.count(all.iter().map(|module| u64::from(model.node(*module).lines)).sum::<u64>()),
    ];
    measures.extend(COHESION.ratio(inner.len() as u64 + 1, measured.len() as u64));
    measures.push(tangle::REFERENCES_TO_CUT.count(to_cut));
    measures.extend(tangles.measures(measured.iter().map(|index| *index as usize)));
    measures
}
