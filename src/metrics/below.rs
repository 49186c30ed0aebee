//! The numbers of a node together with all that is below it, and of its own code alone.
//!
//! In: a model and its boundaries.  Out: [`Below`], for pictures that close and open parts of the tree: instability as
//! `coupling` defines it, and the references that enter a boundary as `surface` counts them, by the module that they lead
//! to.  Not here: sums over parts that a picture puts together.

use super::coupling::Coupling;
use super::graph::Graph;
use super::value::Ratio;
use crate::boundary::{Authors, Boundaries, BoundaryId};
use crate::model::{Model, NodeId};

/// Numbers by node.
#[derive(Clone, Debug, Default)]
pub struct Below {
    /// Packages, targets and modules with all below them.
    whole: Vec<Option<Ratio>>,
    /// Modules alone.
    own: Vec<Option<Ratio>>,
    boundaries: Vec<Option<Ratio>>,
    entries: Vec<Entries>,
}

/// References from outside a boundary into it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entries {
    pub all: u64,
    /// Those that go around its API.
    pub around: u64,
}

impl Entries {
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { all: self.all + other.all, around: self.around + other.around }
    }
}

impl Below {
    pub fn new(model: &Model, boundaries: &Boundaries) -> Self {
        let graph = Graph::new(model);
        let (couplings, entries) =
            rayon::join(|| couplings(model, boundaries, &graph), || entries(model, boundaries, &graph));
        let [whole, own, of_boundaries] = couplings;
        Self { whole, own, boundaries: of_boundaries, entries }
    }

    /// Of a package, target or module with all below it; `None` for what neither uses nor is used.
    pub fn instability(&self, node: NodeId) -> Option<Ratio> {
        self.whole.get(node.0 as usize).copied().flatten()
    }

    /// Of a module without the modules below it.
    pub fn own_instability(&self, module: NodeId) -> Option<Ratio> {
        self.own.get(module.0 as usize).copied().flatten()
    }

    pub fn boundary_instability(&self, boundary: BoundaryId) -> Option<Ratio> {
        self.boundaries.get(boundary.0 as usize).copied().flatten()
    }

    /// The references from outside its boundary that lead to what a module itself holds.
    pub fn entries(&self, module: NodeId) -> Entries {
        self.entries.get(module.0 as usize).copied().unwrap_or_default()
    }
}

/// Of nodes with all below them, of modules alone, of boundaries.
fn couplings(model: &Model, boundaries: &Boundaries, graph: &Graph) -> [Vec<Option<Ratio>>; 3] {
    let n = model.node_ids().len();
    let mut whole = vec![Coupling::default(); n];
    let mut own = vec![Coupling::default(); n];
    let mut of_boundaries = vec![Coupling::default(); boundaries.len()];
    for id in &graph.references {
        let reference = model.reference(*id);
        let edge = model.edge(reference.edge);
        let item = reference.from_item;
        own[edge.to.0 as usize].items_in.push(item);
        own[edge.from.0 as usize].items_out.push(item);
        let common = model.common_ancestor(edge.from, edge.to);
        for node in model.ancestors(edge.to).take_while(|node| *node != common) {
            whole[node.0 as usize].items_in.push(item);
        }
        for node in model.ancestors(edge.from).take_while(|node| *node != common) {
            whole[node.0 as usize].items_out.push(item);
        }
        for boundary in boundaries.chain(edge.to).filter(|id| !boundaries.contains(*id, edge.from)) {
            of_boundaries[boundary.0 as usize].items_in.push(item);
        }
        for boundary in boundaries.chain(edge.from).filter(|id| !boundaries.contains(*id, edge.to)) {
            of_boundaries[boundary.0 as usize].items_out.push(item);
        }
    }
    let ratios = |all: Vec<Coupling>| all.into_iter().map(|it| it.distinct().instability()).collect();
    [ratios(whole), ratios(own), ratios(of_boundaries)]
}

fn entries(model: &Model, boundaries: &Boundaries, graph: &Graph) -> Vec<Entries> {
    if boundaries.is_empty() {
        return Vec::new();
    }
    let authors = Authors::new(model);
    let mut entries = vec![Entries::default(); model.node_ids().len()];
    for id in &graph.references {
        let reference = model.reference(*id);
        let edge = model.edge(reference.edge);
        if !reference.proves() || !authors.is_written_in(model, boundaries, edge.from, reference) {
            continue;
        }
        let steps = model.steps_of(reference.route);
        if boundaries.entry(model, edge.from, steps).is_some() {
            let of_module = &mut entries[edge.to.0 as usize];
            of_module.all += 1;
            of_module.around += u64::from(boundaries.trespass(model, edge.from, steps).is_some());
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::fixture::{Fixture, declarations};

    const SHOP: &str = "
        package web web
        package orders orders
        pub mod orders::placing
        pub struct orders::placing::Order
        pub fn orders::placing::inner
        pub mod orders::placing::deep
        pub fn orders::placing::deep::f
        pub fn orders::place
        mod web::pages
        web::pages -> orders::place call
        web::pages -> orders::placing::Order type
        web::pages -> orders::placing::deep::f call
        orders -> orders::placing::inner call";

    fn below(declared: &[(&str, &str)]) -> (Fixture, Below) {
        let fixture = Fixture::new(SHOP);
        let boundaries = fixture.boundaries(declarations(declared));
        let below = Below::new(&fixture.model, &boundaries);
        (fixture, below)
    }

    #[test]
    fn what_stays_inside_a_node_does_not_couple_it() {
        let (fixture, below) = below(&[]);
        let whole = |path| below.instability(fixture.node(path)).map(|ratio| (ratio.part, ratio.whole));
        let own = |path| below.own_instability(fixture.node(path)).map(|ratio| (ratio.part, ratio.whole));
        // One module uses it; that the root uses a module below it is nobody else's business.
        assert_eq!((whole("orders"), whole("web")), (Some((0, 1)), Some((1, 1))));
        // Used by the pages and by the root.
        assert_eq!((whole("orders::placing"), own("orders::placing")), (Some((0, 2)), Some((0, 2))));
        assert_eq!(own("orders"), Some((1, 2)));
        assert_eq!(own("web"), None);
    }

    #[test]
    fn references_around_an_api_count_where_they_lead() {
        let (fixture, below) = below(&[("orders", "contains orders"), ("web", "contains web")]);
        let entries = |path| below.entries(fixture.node(path));
        assert_eq!(entries("orders"), Entries { all: 1, around: 0 });
        assert_eq!(entries("orders::placing"), Entries { all: 1, around: 1 });
        assert_eq!(entries("orders::placing::deep"), Entries { all: 1, around: 1 });
        assert_eq!(entries("web::pages"), Entries::default());
        let boundary = |index| below.boundary_instability(BoundaryId(index)).map(|ratio| (ratio.part, ratio.whole));
        assert_eq!((boundary(0), boundary(1)), (Some((0, 1)), Some((1, 1))));
    }

    #[test]
    fn without_boundaries_nothing_is_entered() {
        let (fixture, below) = below(&[]);
        assert_eq!(below.entries(fixture.node("orders")), Entries::default());
    }
}
