//! A model with code in other places: what would be if modules and items were moved, and references were gone.
//!
//! In: a model, which nodes go below which, and which references are left out.  Out: a new model with the same nodes
//! under the same numbers: other parents, paths, visibilities and routes.  A name that led to what was moved is written as
//! its path in the new place; a name that a re-export brings stays.  What is used inside one module alone is no reference
//! of a model: who moves an item tells it.  Not here: whether the move is possible, and what is thought of it (`draft`).

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::builder::{Order, placed};
use super::graph::ModuleGraph;
use super::lists::Lists;
use super::passages;
use super::{
    Certainty, Export, ListId, Model, NewReference, Node, NodeId, NodeKind, ReferenceId, ReferenceKind, Step,
    Visibility, WORKSPACE,
};
use crate::facts::PathSource;
use crate::source::{FileId, Span};

/// A use within one module, which is none of the model's references until one of its ends goes elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InnerUse {
    pub from_item: NodeId,
    pub to_item: NodeId,
    pub kind: ReferenceKind,
    pub file: FileId,
    pub span: Span,
    pub line: u32,
    pub column: u32,
}

impl Model {
    /// The model if each node lay below the other one, one move after the other, and without some references.
    ///
    /// A node goes below a module that is not in it; only modules and items do.  `inner` is what moved items and the rest
    /// of their modules use of each other.
    #[must_use]
    pub fn rearranged(&self, moves: &[(NodeId, NodeId)], without: &FxHashSet<ReferenceId>, inner: &[InnerUse]) -> Self {
        let mut tree = Tree {
            nodes: self.nodes.clone(),
            children: Arc::clone(&self.children),
            exports: Arc::clone(&self.exports),
            lists: self.lists.clone(),
        };
        let mut moved = vec![false; self.nodes.len()];
        for (node, to) in moves {
            tree.place(*node, *to);
            moved[node.0 as usize] = true;
        }
        let homes = self.homes(&tree, moves);
        let along = self.imports_along(&homes);
        let mut routes: FxHashMap<ListId, (ListId, ListId)> = FxHashMap::default();
        let mut references = Vec::with_capacity(self.references.len());
        for (index, mut reference) in self.all_references().enumerate() {
            let id = ReferenceId(index as u32);
            if without.contains(&id) {
                continue;
            }
            if let Some(home) = homes.get(&reference.to_item) {
                reference.to = *home;
            }
            if let Some(home) = homes.get(&reference.from_item).or_else(|| along.get(&id)) {
                reference.from = *home;
                if along.contains_key(&id) {
                    reference.from_item = *home;
                }
            }
            if reference.from == reference.to {
                continue;
            }
            if !moves.is_empty() && self.steps_of(reference.route).iter().any(|step| moved[step.node.0 as usize]) {
                let (route, named) =
                    *routes.entry(reference.route).or_insert_with(|| self.rerouted(&mut tree, &moved, &reference));
                (reference.route, reference.named) = (route, named);
            }
            references.push(reference);
        }
        references.extend(inner.iter().filter_map(|used| self.outer(&mut tree, &homes, used)));
        let mut externals = self.externals.clone();
        for used in &mut externals.uses {
            if let Some(home) = homes.get(&used.from_item) {
                used.from = *home;
            }
        }
        let mut passages = self.passages.clone();
        for passage in &mut passages {
            if let Some(home) = homes.get(&passage.from_item) {
                passage.from = *home;
            }
        }
        let Tree { nodes, children, exports, lists } = tree;
        let order = Order::new(&nodes);
        if !moves.is_empty() {
            references.sort_by(|a, b| order.compare(&nodes, a, b));
            externals.sort(|module| order.rank(module), &lists);
            passages::sort(&mut passages, |module| order.rank(module));
        }
        let (edges, references) = placed(&nodes, &order, references);
        let graph = ModuleGraph::new(nodes.len(), &edges);
        let by_path = if moves.is_empty() { Arc::clone(&self.by_path) } else { Arc::default() };
        Self {
            nodes,
            children,
            exports,
            edges,
            references,
            externals,
            passages,
            lists,
            graph,
            by_path,
            notes: self.notes.clone(),
        }
    }

    /// The new module of each item that has another one.
    fn homes(&self, tree: &Tree, moves: &[(NodeId, NodeId)]) -> FxHashMap<NodeId, NodeId> {
        let mut homes = FxHashMap::default();
        for (node, _) in moves {
            let item = tree.node(*node);
            if let (NodeKind::Item(_), Some(module)) = (item.kind, item.parent) {
                let mut open = vec![*node];
                while let Some(inner) = open.pop() {
                    homes.insert(inner, module);
                    open.extend_from_slice(self.children(inner));
                }
            }
        }
        homes
    }

    /// Imports of a module that only items need which left it: they go along.
    fn imports_along(&self, homes: &FxHashMap<NodeId, NodeId>) -> FxHashMap<ReferenceId, NodeId> {
        let mut along = FxHashMap::default();
        let mut left: Vec<(NodeId, NodeId)> = Vec::new();
        #[expect(clippy::iter_over_hash_type, reason = "sorted below")]
        for (item, home) in homes {
            left.extend(self.module_of(*item).map(|module| (module, *home)));
        }
        left.sort_unstable();
        left.dedup();
        for (module, home) in left {
            let all = self.edges_from(module).flat_map(|edge| self.references_of(edge));
            let mut users: FxHashMap<NodeId, (bool, bool)> = FxHashMap::default();
            let mut imports = Vec::new();
            for (id, reference) in all {
                if reference.kind == ReferenceKind::Use && reference.from_item == module {
                    imports.push((id, reference.to_item));
                } else {
                    let (leaving, staying) = users.entry(reference.to_item).or_default();
                    let leaves = homes.get(&reference.from_item) == Some(&home);
                    (*leaving, *staying) = (*leaving || leaves, *staying || !leaves);
                }
            }
            let goes = |(_, to): &(ReferenceId, NodeId)| users.get(to) == Some(&(true, false));
            along.extend(imports.into_iter().filter(goes).map(|(id, _)| (id, home)));
        }
        along
    }

    /// A use that leads from one module to another now.
    fn outer(&self, tree: &mut Tree, homes: &FxHashMap<NodeId, NodeId>, used: &InnerUse) -> Option<NewReference> {
        let module = |item: NodeId| homes.get(&item).copied().or_else(|| tree.module_of(item));
        let (from, to) = (module(used.from_item)?, module(used.to_item)?);
        if from == to {
            return None;
        }
        let route = tree.route_to(used.to_item);
        let mut named: Vec<NodeId> = route.iter().filter_map(|step| tree.module_of(step.node)).collect();
        named.dedup();
        let source = self.node(used.from_item);
        Some(NewReference {
            from,
            to,
            kind: used.kind,
            source: PathSource::Written,
            certainty: Certainty::Resolved,
            test: source.test,
            active: source.active,
            shown: false,
            file: used.file,
            span: used.span,
            line: used.line,
            column: used.column,
            from_item: used.from_item,
            to_item: used.to_item,
            named: tree.lists.nodes_list(&named),
            facades: ListId::default(),
            route: tree.lists.steps_list(route),
        })
    }

    /// The route by which what was moved is named in its new place, and the modules that it names.
    fn rerouted(&self, tree: &mut Tree, moved: &[bool], reference: &NewReference) -> (ListId, ListId) {
        let steps = self.steps_of(reference.route);
        let is_own_place =
            |step: &Step| moved[step.node.0 as usize] && self.node(step.node).parent == Some(step.module);
        let Some(last) = steps.iter().rposition(is_own_place) else { return (reference.route, reference.named) };
        let mut route = tree.route_to(steps[last].node);
        route.extend_from_slice(&steps[last + 1..]);
        let mut named: Vec<NodeId> = route.iter().filter_map(|step| tree.module_of(step.node)).collect();
        named.dedup();
        (tree.lists.steps_list(route), tree.lists.nodes_list(&named))
    }
}

/// The parts of a model that a move changes.
struct Tree {
    nodes: Vec<Node>,
    children: Arc<Vec<Vec<NodeId>>>,
    exports: Arc<Vec<Vec<Export>>>,
    lists: Lists,
}

impl Tree {
    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(Some(id), |id| self.node(*id).parent)
    }

    fn module_of(&self, id: NodeId) -> Option<NodeId> {
        self.ancestors(id).find(|node| self.node(*node).kind.is_module())
    }

    fn target_of(&self, id: NodeId) -> Option<NodeId> {
        self.ancestors(id).find(|node| matches!(self.node(*node).kind, NodeKind::Target(_)))
    }

    /// From the root of its target.
    fn route_to(&mut self, node: NodeId) -> Vec<Step> {
        let mut way: Vec<NodeId> =
            self.ancestors(node).take_while(|it| !matches!(self.node(*it).kind, NodeKind::Target(_))).collect();
        way.reverse();
        let step = |node: NodeId| {
            let Node { name, parent, .. } = &self.nodes[node.0 as usize];
            Step { module: parent.unwrap_or(WORKSPACE), name: self.lists.symbol(name), node }
        };
        way.into_iter().map(step).collect()
    }

    /// Puts a node below another module.
    fn place(&mut self, node: NodeId, to: NodeId) {
        let from = self.node(node).parent.unwrap_or(WORKSPACE);
        let (old, new) = (Arc::clone(&self.node(from).path), Arc::clone(&self.node(to).path));
        let roots = (self.target_of(from), self.target_of(to));
        self.nodes[node.0 as usize].parent = Some(to);
        let children = Arc::make_mut(&mut self.children);
        children[from.0 as usize].retain(|child| *child != node);
        let mut subtree = vec![node];
        let mut next = 0;
        while let Some(inner) = subtree.get(next).copied() {
            subtree.extend_from_slice(&children[inner.0 as usize]);
            next += 1;
        }
        for inner in &subtree {
            let path = &self.nodes[inner.0 as usize].path;
            if let Some(rest) = path.strip_prefix(&*old) {
                let path = format!("{new}{rest}");
                self.nodes[inner.0 as usize].path = path.into();
            }
        }
        let nodes = &self.nodes;
        let key = |id: &NodeId| {
            let node = &nodes[id.0 as usize];
            (node.kind, Arc::clone(&node.name), Arc::clone(&node.path), node.span)
        };
        let siblings = &mut children[to.0 as usize];
        let at = siblings.partition_point(|other| key(other) <= key(&node));
        siblings.insert(at, node);

        let inside: FxHashSet<NodeId> = subtree.iter().copied().collect();
        let around: FxHashSet<NodeId> = self.ancestors(to).collect();
        let seen = |visibility: Visibility| match visibility {
            Visibility::Within(module) if inside.contains(&module) => visibility,
            // Of the whole crate, and of the module around: both are others now.
            Visibility::Within(module) if Some(module) == roots.0 => Visibility::Within(roots.1.unwrap_or(to)),
            Visibility::Within(module) if module == from || !around.contains(&module) => Visibility::Within(to),
            visibility => visibility,
        };
        let exports = Arc::make_mut(&mut self.exports);
        let is_own = |export: &Export| export.node == node && !export.reexport;
        let shown: Vec<Export> = exports[from.0 as usize].iter().copied().filter(is_own).collect();
        exports[from.0 as usize].retain(|export| !is_own(export));
        exports[to.0 as usize].extend(shown);
        for inner in &subtree {
            self.nodes[inner.0 as usize].visibility = seen(self.nodes[inner.0 as usize].visibility);
            for export in &mut exports[inner.0 as usize] {
                export.visibility = seen(export.visibility);
            }
        }
        for export in exports[to.0 as usize].iter_mut().filter(|export| is_own(export)) {
            export.visibility = seen(export.visibility);
        }
        exports[to.0 as usize].sort();
        exports[to.0 as usize].dedup();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::fixture::Fixture;

    const WORKSPACE_TEXT: &str = "
        package orders orders
        pub mod orders::stock
        pub struct orders::stock::Level
        mod orders::ledger
        pub fn orders::ledger::post
        package web web
        mod web::cart
        web::cart -> orders::stock::Level
        orders::ledger -> orders::stock::Level
    ";

    fn told(model: &Model) -> Vec<String> {
        let edge = |edge: &super::super::Edge| {
            let routes = model.references()[edge.references.start as usize].route;
            let route: Vec<&str> = model.steps_of(routes).iter().map(|step| model.symbol(step.name)).collect();
            format!("{} -> {} by {}", model.path(edge.from), model.path(edge.to), route.join("::"))
        };
        model.edges().iter().map(edge).collect()
    }

    fn moved(fixture: &Fixture, moves: &[(&str, &str)]) -> Model {
        let moves: Vec<(NodeId, NodeId)> =
            moves.iter().map(|(node, to)| (fixture.node(node), fixture.node(to))).collect();
        let model = fixture.model.rearranged(&moves, &FxHashSet::default(), &[]);
        assert_eq!(model.verify(), Vec::<String>::new());
        model
    }

    #[test]
    fn a_module_takes_what_is_below_it_along_and_is_named_in_its_new_place() {
        let model = moved(&Fixture::new(WORKSPACE_TEXT), &[("orders::stock", "web::cart")]);
        assert!(model.find("web::cart::stock::Level").is_some() && model.find("orders::stock").is_none());
        assert_eq!(
            told(&model),
            [
                "orders::ledger -> web::cart::stock by cart::stock::Level",
                "web::cart -> web::cart::stock by cart::stock::Level"
            ]
        );
    }

    #[test]
    fn an_item_is_of_the_module_that_it_goes_to() {
        let model = moved(&Fixture::new(WORKSPACE_TEXT), &[("orders::stock::Level", "web::cart")]);
        assert_eq!(told(&model), ["orders::ledger -> web::cart by cart::Level"]);
    }

    #[test]
    fn a_move_and_the_move_back_leave_nothing_changed() {
        let fixture = Fixture::new(WORKSPACE_TEXT);
        for node in ["orders::stock", "orders::stock::Level"] {
            let back = fixture.model.path(fixture.model.node(fixture.node(node)).parent.unwrap());
            let model = moved(&fixture, &[(node, "web::cart"), (node, back)]);
            assert_eq!(told(&model), told(&fixture.model));
            assert!(model.node_ids().all(|id| model.node(id) == fixture.model.node(id)));
            assert!(model.node_ids().all(|id| model.exports(id) == fixture.model.exports(id)));
            assert!(model.node_ids().all(|id| model.children(id) == fixture.model.children(id)));
        }
    }

    #[test]
    fn what_is_left_out_is_gone_with_its_edge() {
        let fixture = Fixture::new(WORKSPACE_TEXT);
        let model = fixture.model.rearranged(&[], &FxHashSet::from_iter([ReferenceId(0)]), &[]);
        assert_eq!(model.verify(), Vec::<String>::new());
        assert_eq!(told(&model), told(&fixture.model)[1..]);
    }
}
