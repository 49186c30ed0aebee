//! What is known about the selected thing: who uses it, what it uses, and the references of an edge.
//!
//! In: an analysis, the map's filter, a [`Thing`].  Out: [`Relations`], made once for each selection.  Not here: words
//! and layout of the inspector.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::Analysis;
use crate::model::{EdgeId, Model, NodeId, NodeKind, Reference, ReferenceId, ReferenceKind};
use crate::scene::map::Filter;
use crate::scene::thing::{Place, Thing};
use crate::verdict::Tally;

/// One thing at the other end, with all references between it and the selected one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Neighbour {
    pub(crate) node: NodeId,
    pub(crate) references: u32,
    /// The violations that the references are evidence of.
    pub(crate) broken: Tally,
}

impl Neighbour {
    fn new(node: NodeId) -> Self {
        Self { node, references: 0, broken: Tally::default() }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Relations {
    /// Those that use the selected box; the heaviest first.
    pub(crate) callers: Vec<Neighbour>,
    /// Those that it uses; the heaviest first.
    pub(crate) callees: Vec<Neighbour>,
    /// Those that reach something else through what the selected box re-exports; the heaviest first.
    pub(crate) through: Vec<Neighbour>,
    /// The references of the selected edge, those that break a rule first, then by file and place.
    pub(crate) references: Vec<ReferenceId>,
    /// The edges between modules that the selected edge consists of.
    pub(crate) edges: Vec<EdgeId>,
    /// How many references of each kind the selected edge has.
    pub(crate) kinds: Vec<(ReferenceKind, u32)>,
    /// Indices of the violations of the selected thing, in the order of the verdict.
    pub(crate) violations: Vec<usize>,
}

/// Which references break a rule: for each, the indices of the violations that it is evidence of.
pub(crate) type Evidence = FxHashMap<ReferenceId, Vec<usize>>;

pub(crate) fn evidence(analysis: &Analysis) -> Evidence {
    let mut evidence = Evidence::default();
    for (index, judged) in analysis.verdict.violations.iter().enumerate() {
        for reference in &judged.violation.references {
            evidence.entry(*reference).or_default().push(index);
        }
    }
    evidence
}

/// All relations of `thing` that the filter lets through.
pub(crate) fn of(analysis: &Analysis, evidence: &Evidence, filter: Filter, thing: Thing) -> Relations {
    match thing {
        Thing::Edge { from, to } => of_edge(analysis, evidence, filter, from, to),
        Thing::Node(node) => of_box(analysis, evidence, filter, Place::Node(node)),
        Thing::Boundary { boundary, parent } => {
            of_box(analysis, evidence, filter, Place::Fragment { boundary, parent })
        }
    }
}

fn of_edge(analysis: &Analysis, evidence: &Evidence, filter: Filter, from: Place, to: Place) -> Relations {
    let model = &analysis.model;
    let (from_holds, to_holds) = (Inside::new(analysis, from), Inside::new(analysis, to));
    // Where one end is around the other, what is inside the inner one belongs to it alone.
    let (inner_from, inner_to) = (to_holds.holds_place(from), from_holds.holds_place(to));
    let (mut references, mut edges) = (Vec::new(), Vec::new());
    for id in model.edge_ids() {
        let edge = model.edge(id);
        if !(from_holds.may_hold_code_of(edge.from) && to_holds.may_hold_code_of(edge.to)) {
            continue;
        }
        for (reference_id, reference) in model.references_of(id) {
            let (source, target) = (reference.from_item, reference.to_item);
            let leaves = from_holds.holds(source) && (inner_from || !to_holds.holds(source));
            let enters = to_holds.holds(target) && (inner_to || !from_holds.holds(target));
            if leaves && enters && is_shown(reference, filter) {
                references.push(reference_id);
                if edges.last() != Some(&id) {
                    edges.push(id);
                }
            }
        }
    }
    let mut kinds: BTreeMap<ReferenceKind, u32> = BTreeMap::new();
    let mut violations = Vec::new();
    for reference in &references {
        *kinds.entry(model.reference(*reference).kind).or_default() += 1;
        violations.extend(evidence.get(reference).into_iter().flatten().copied());
    }
    violations.sort_unstable();
    violations.dedup();
    references.sort_by_key(|id| {
        let reference = model.reference(*id);
        (!evidence.contains_key(id), reference.file, reference.span, *id)
    });
    let mut kinds: Vec<(ReferenceKind, u32)> = kinds.into_iter().collect();
    kinds.sort_by_key(|(kind, count)| (std::cmp::Reverse(*count), *kind));
    Relations { references, edges, kinds, violations, ..Relations::default() }
}

fn of_box(analysis: &Analysis, evidence: &Evidence, filter: Filter, place: Place) -> Relations {
    let model = &analysis.model;
    let inside = Inside::new(analysis, place);
    let whole = match place {
        Place::Node(node) => !model.node(node).kind.is_module() && !is_item(model, node),
        Place::Fragment { .. } => true,
    };
    // A package's neighbours are packages, a module's are modules: the level that the question was asked on.
    let level = |node: NodeId| if whole { model.package_of(node).unwrap_or(node) } else { node };
    let (mut callers, mut callees) = (BTreeMap::new(), BTreeMap::new());
    let mut violations: FxHashSet<usize> = FxHashSet::default();
    for id in model.edge_ids() {
        let edge = model.edge(id);
        if !(inside.may_hold_code_of(edge.from) || inside.may_hold_code_of(edge.to)) {
            continue;
        }
        for (reference_id, reference) in model.references_of(id) {
            let (leaves, enters) = (inside.holds(reference.from_item), inside.holds(reference.to_item));
            if !is_shown(reference, filter) {
                continue;
            }
            let broken = evidence.get(&reference_id);
            if leaves || enters {
                violations.extend(broken.into_iter().flatten().copied());
            }
            let (neighbours, other) = match (leaves, enters) {
                (true, false) => (&mut callees, level(edge.to)),
                (false, true) => (&mut callers, level(edge.from)),
                _ => continue,
            };
            let neighbour = neighbours.entry(other).or_insert(Neighbour::new(other));
            neighbour.references += 1;
            for violation in broken.into_iter().flatten() {
                neighbour.broken.add(analysis.verdict.violations[*violation].standing());
            }
        }
    }
    let mut violations: Vec<usize> = violations.into_iter().collect();
    violations.sort_unstable();
    let through = through(model, &inside, filter, &level);
    let (callers, callees) = (sorted(callers), sorted(callees));
    Relations { callers, callees, through, violations, ..Relations::default() }
}

/// Who goes through a facade: references that neither begin nor end inside, and follow a re-export of it.
fn through(model: &Model, inside: &Inside<'_>, filter: Filter, level: &dyn Fn(NodeId) -> NodeId) -> Vec<Neighbour> {
    let mut users = BTreeMap::new();
    for reference in model.references().iter().filter(|reference| is_shown(reference, filter)) {
        let through = model.nodes_of(reference.facades).iter().any(|facade| inside.holds(*facade));
        if through && !inside.holds(reference.from_item) && !inside.holds(reference.to_item) {
            let user = level(model.edge(reference.edge).from);
            let neighbour = users.entry(user).or_insert(Neighbour::new(user));
            neighbour.references += 1;
        }
    }
    sorted(users)
}

fn sorted(neighbours: BTreeMap<NodeId, Neighbour>) -> Vec<Neighbour> {
    let mut neighbours: Vec<Neighbour> = neighbours.into_values().collect();
    neighbours.sort_by_key(|neighbour| {
        let open = neighbour.broken.denied + neighbour.broken.warned;
        (std::cmp::Reverse(open), std::cmp::Reverse(neighbour.references), neighbour.node)
    });
    neighbours
}

fn is_item(model: &Model, node: NodeId) -> bool {
    matches!(model.node(node).kind, NodeKind::Item(_))
}

pub(crate) fn is_shown(reference: &Reference, filter: Filter) -> bool {
    (filter.tests || !reference.test) && (filter.inactive || reference.active)
}

/// Which nodes are inside a place.
struct Inside<'a> {
    analysis: &'a Analysis,
    place: Place,
}

impl<'a> Inside<'a> {
    fn new(analysis: &'a Analysis, place: Place) -> Self {
        Self { analysis, place }
    }

    fn holds(&self, node: NodeId) -> bool {
        match self.place {
            Place::Node(container) => self.analysis.model.is_within(node, container),
            Place::Fragment { boundary, parent } => {
                self.analysis.model.is_within(node, parent) && self.analysis.boundaries.contains(boundary, node)
            }
        }
    }

    /// False where nothing in a module can be inside: spares looking at its references.
    fn may_hold_code_of(&self, module: NodeId) -> bool {
        let model = &self.analysis.model;
        match self.place {
            Place::Node(container) => model.is_within(module, container) || model.is_within(container, module),
            Place::Fragment { parent, .. } => model.is_within(module, parent) || model.is_within(parent, module),
        }
    }

    fn holds_place(&self, place: Place) -> bool {
        place != self.place
            && match place {
                Place::Node(node) => self.holds(node),
                Place::Fragment { parent, .. } => self.holds(parent),
            }
    }
}
