//! Dependencies between siblings: modules of one container, and boundaries of one container.
//!
//! In: a model, and the boundaries on it.  Out: for each container what its children do with each other, each child taken
//! with everything below it, and the rings among them.  Not here: finding rings in a graph (`cycles`), and judging.

use std::collections::BTreeMap;

use super::cycles::{Dependencies, Ring, rings};
use crate::boundary::{Authors, Boundaries, BoundaryId, Role};
use crate::model::{EdgeId, Model, NodeId, ReferenceId};

/// A module, sorted by its path.
pub type Named<'a> = (&'a str, NodeId);

/// What the children of each module do with each other, each child taken with everything below it: an edge counts
/// between the two children of the lowest common ancestor of its ends, unless that is no module: crates are left to
/// Cargo.  References that prove something come first; a dependency without any is none.
pub fn siblings(model: &Model) -> BTreeMap<Named<'_>, Dependencies<Named<'_>>> {
    let mut uses: Dependencies<Named<'_>> = BTreeMap::new();
    for edge in model.edge_ids().filter(|edge| !model.edge(*edge).test) {
        let Some((from, to)) = lifted(model, edge) else { continue };
        let counted = model.references_of(edge).filter(|(_, reference)| reference.counts()).map(|(id, _)| id);
        uses.entry(((model.path(from), from), (model.path(to), to))).or_default().extend(counted);
    }
    let mut containers: BTreeMap<Named<'_>, Dependencies<Named<'_>>> = BTreeMap::new();
    for ((from, to), references) in uses {
        let Some(container) = model.node(from.1).parent else { continue };
        let Some(references) = proven(model, references) else { continue };
        containers.entry((model.path(container), container)).or_default().insert((from, to), references);
    }
    containers
}

/// The two siblings between which an edge counts; none between a module and one below it, and between crates.
fn lifted(model: &Model, edge: EdgeId) -> Option<(NodeId, NodeId)> {
    let edge = model.edge(edge);
    let common = model.common_ancestor(edge.from, edge.to);
    model.target_of(common)?;
    let child = |end: NodeId| model.ancestors(end).take_while(|node| *node != common).last();
    Some((child(edge.from)?, child(edge.to)?))
}

/// The rings of sibling modules that are of one boundary, by container.
pub fn module_rings<'a>(
    model: &Model,
    boundaries: &Boundaries,
    siblings: &BTreeMap<Named<'a>, Dependencies<Named<'a>>>,
) -> Vec<(NodeId, Ring<Named<'a>>)> {
    let keeps = |reference| keeps(model, boundaries, reference);
    let of_container = |((_, container), uses): (&Named<'a>, &Dependencies<Named<'a>>)| {
        let inner: Dependencies<Named<'a>> = uses
            .iter()
            .filter(|((from, to), _)| boundaries.of(from.1) == boundaries.of(to.1))
            .filter(|_| !boundaries.has_role(*container, Role::Generated))
            .map(|(ends, references)| (*ends, references.clone()))
            .collect();
        rings(&inner, keeps).into_iter().map(|ring| (*container, ring)).collect::<Vec<_>>()
    };
    siblings.iter().flat_map(of_container).collect()
}

/// The container of boundaries that are nested in no other.
pub const OUTERMOST: &str = "workspace";

/// What the boundaries of each container, by its name, do with each other: a reference uses the boundary that its written
/// route enters, not those behind that one's API.
pub fn boundary_siblings<'a>(
    model: &Model,
    boundaries: &'a Boundaries,
    authors: &Authors,
) -> BTreeMap<&'a str, Dependencies<&'a str>> {
    let mut uses: BTreeMap<(Option<BoundaryId>, BoundaryId, BoundaryId), Vec<ReferenceId>> = BTreeMap::new();
    for edge in model.edge_ids() {
        let from = model.edge(edge).from;
        let Some(user) = boundaries.of(from) else { continue };
        if boundaries.has_role(from, Role::TestSupport) {
            continue;
        }
        for (id, reference) in model.references_of(edge) {
            if reference.counts()
                && authors.is_written_in(model, boundaries, from, reference)
                && let Some(entry) = boundaries.entry(model, from, model.steps_of(reference.route))
                && let Some(key) = boundary_ends(boundaries, user, entry.boundary)
            {
                uses.entry(key).or_default().push(id);
            }
        }
    }
    let mut containers: BTreeMap<&str, Dependencies<&str>> = BTreeMap::new();
    for ((container, from, to), references) in uses {
        let Some(references) = proven(model, references) else { continue };
        let container = container.map_or(OUTERMOST, |id| boundaries.name(id));
        let ends = (boundaries.name(from), boundaries.name(to));
        containers.entry(container).or_default().insert(ends, references);
    }
    containers
}

/// The two boundaries between which a use counts, children of the innermost boundary around both ends; none between a
/// boundary and one nested in it.
fn boundary_ends(
    boundaries: &Boundaries,
    user: BoundaryId,
    used: BoundaryId,
) -> Option<(Option<BoundaryId>, BoundaryId, BoundaryId)> {
    let used_chain: Vec<BoundaryId> = boundaries.outwards(used).collect();
    let mut from = None;
    for outer in boundaries.outwards(user) {
        if let Some(common) = used_chain.iter().position(|id| *id == outer) {
            return Some((Some(outer), from?, *used_chain.get(common.checked_sub(1)?)?));
        }
        from = Some(outer);
    }
    Some((None, from?, *used_chain.last()?))
}

/// The rings of boundaries, by container.
pub fn boundary_rings<'a>(
    model: &Model,
    boundaries: &'a Boundaries,
    authors: &Authors,
) -> Vec<(&'a str, Ring<&'a str>)> {
    let keeps = |reference| keeps(model, boundaries, reference);
    boundary_siblings(model, boundaries, authors)
        .iter()
        .flat_map(|(container, uses)| rings(uses, keeps).into_iter().map(|ring| (*container, ring)))
        .collect()
}

/// The references with those that prove something first; none where nothing is proven.
fn proven(model: &Model, mut references: Vec<ReferenceId>) -> Option<Vec<ReferenceId>> {
    references.sort_by_key(|id| (!model.reference(*id).proves(), *id));
    references.first().is_some_and(|id| model.reference(*id).proves()).then_some(references)
}

/// Whether a reference is one that stays when cuts are looked for.
fn keeps(model: &Model, boundaries: &Boundaries, reference: ReferenceId) -> bool {
    let reference = model.reference(reference);
    boundaries.keeps(model, model.edge(reference.edge).from, reference.to_item)
}
