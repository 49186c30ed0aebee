//! The numbers of the whole workspace.
//!
//! In: the measured graph, what is inside containers, what was measured of boundaries.  Out: a list of measures.  Not
//! here: the definitions of the numbers.

use super::graph::Graph;
use super::inside::{Inside, Tangles};
use super::of_boundaries::OfBoundaries;
use super::size::{EDGES, LINES, MEASURED_MODULES, MODULES, PACKAGES, REFERENCES};
use super::tangle::Inner;
use super::value::Measure;
use super::{coupling, reach, surface, tangle};
use crate::model::{Model, NodeId, NodeKind, WORKSPACE};

pub(super) fn workspace(
    model: &Model,
    graph: &Graph,
    inside: &Inside,
    of_boundaries: &OfBoundaries,
    tangles: &Tangles,
    reaches: &[u32],
) -> Vec<Measure> {
    let lines = model.total_lines(WORKSPACE);
    let mut to_cut = of_boundaries.to_cut.clone();
    to_cut.extend(inside.to_cut.iter().flatten());
    let fat = |node: NodeId| inside.containers.get(&node).is_some_and(Inner::is_fat);
    let mut measures = vec![
        PACKAGES.count(model.packages().filter(|id| model.node(*id).kind == NodeKind::Package).count()),
        MODULES.count(model.module_ids().count()),
        MEASURED_MODULES.count(graph.len()),
        EDGES.count(graph.edges.len()),
        REFERENCES.count(graph.references.len()),
        LINES.count(lines),
        tangle::REFERENCES_TO_CUT.count(to_cut.len()),
    ];
    measures.extend(tangles.measures(0..graph.modules.len()));
    measures.extend(reach::sums(reaches));
    measures.extend(
        tangle::TANGLED_SHARE.ratio(Inside::lines(model, WORKSPACE, &|node| inside.ringed.contains(&node)), lines),
    );
    measures.extend(tangle::FAT_SHARE.ratio(Inside::lines(model, WORKSPACE, &fat), lines));
    measures.push(tangle::EXCESS_LINES.count(inside.containers.values().map(Inner::excess_lines).sum::<u64>()));
    measures.extend(of_boundaries.sdp_violations.map(|count| coupling::SDP_VIOLATIONS.count(count)));
    measures.extend(surface::LEAK_RATIO.ratio(of_boundaries.references_around, of_boundaries.references_in));
    measures
}
