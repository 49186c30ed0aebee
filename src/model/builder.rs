//! The mutable twin of [`Model`]: filled once, then frozen.
//!
//! In: nodes (a parent before its children), exports, references, notes.  Out: a sorted, verified-by-construction
//! [`Model`].  Not here: deciding what a path means.

use std::cmp::Ordering;
use std::sync::Arc;

use rayon::prelude::*;

use super::externals::{ExternalUse, Externals};
use super::graph::ModuleGraph;
use super::lists::Lists;
use super::passages::{self, Passage};
use super::{
    Certainty, Edge, EdgeId, Export, ListId, Model, Node, NodeId, NodeKind, Reference, ReferenceKind, Step, Symbol,
    WORKSPACE,
};
use crate::facts::PathSource;
use crate::source::{FileId, Note, Span};

/// A reference before it is put into its edge.
#[derive(Clone, Copy, Debug)]
pub struct NewReference {
    /// The module that contains it.
    pub from: NodeId,
    /// The module that defines what it resolves to.
    pub to: NodeId,
    pub kind: ReferenceKind,
    pub source: PathSource,
    pub certainty: Certainty,
    pub test: bool,
    pub active: bool,
    pub shown: bool,
    pub file: FileId,
    pub span: Span,
    pub line: u32,
    pub column: u32,
    pub from_item: NodeId,
    pub to_item: NodeId,
    pub named: ListId,
    pub facades: ListId,
    pub route: ListId,
}

/// Collects a [`Model`].
#[derive(Debug)]
pub struct ModelBuilder {
    nodes: Vec<Node>,
    exports: Vec<Vec<Export>>,
    references: Vec<NewReference>,
    externals: Externals,
    passages: Vec<Passage>,
    lists: Lists,
    notes: Vec<Note>,
}

impl ModelBuilder {
    pub fn new(workspace_name: &str) -> Self {
        let root = Node::new(NodeKind::Workspace, workspace_name, "", None);
        Self {
            nodes: vec![root],
            exports: vec![Vec::new()],
            references: Vec::new(),
            externals: Externals::default(),
            passages: Vec::new(),
            lists: Lists::default(),
            notes: Vec::new(),
        }
    }

    /// The node's parent must have been added before; without one it hangs below the workspace.
    pub fn add_node(&mut self, mut node: Node) -> NodeId {
        let parent = *node.parent.get_or_insert(WORKSPACE);
        assert!((parent.0 as usize) < self.nodes.len(), "a parent is added before its children");
        self.nodes.push(node);
        self.exports.push(Vec::new());
        NodeId(self.nodes.len() as u32 - 1)
    }

    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    pub fn symbol(&mut self, name: &str) -> Symbol {
        self.lists.symbol(name)
    }

    /// `ListId::default()` is the empty list.
    pub fn nodes_list(&mut self, nodes: &[NodeId]) -> ListId {
        self.lists.nodes_list(nodes)
    }

    /// `ListId::default()` is the empty list.
    pub fn steps_list(&mut self, steps: &[Step]) -> ListId {
        self.lists.steps_list(steps.iter().copied())
    }

    /// Nodes whose ids are given out already, in their order.
    pub(super) fn add_nodes(&mut self, nodes: Vec<Node>) {
        self.nodes.extend(nodes);
        self.exports.resize_with(self.nodes.len(), Vec::new);
    }

    pub(super) fn next_id(&self) -> NodeId {
        NodeId(self.nodes.len() as u32)
    }

    pub(super) fn order(&self) -> Order {
        Order::new(&self.nodes)
    }

    pub(super) fn lists(&mut self) -> &mut Lists {
        &mut self.lists
    }

    pub fn add_export(&mut self, module: NodeId, export: Export) {
        self.exports[module.0 as usize].push(export);
    }

    /// References within one module, and from a module to itself through an item, are not kept.
    pub fn add_reference(&mut self, reference: NewReference) {
        if reference.from != reference.to {
            self.references.push(reference);
        }
    }

    /// The names of all third-party packages, sorted.
    pub fn set_external_crates<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) {
        self.externals.set_crates(names);
    }

    pub fn add_external_use(&mut self, used: ExternalUse) {
        self.externals.uses.push(used);
    }

    pub fn add_passage(&mut self, passage: Passage) {
        self.passages.push(passage);
    }

    pub fn add_note(&mut self, note: Note) {
        self.notes.push(note);
    }

    pub fn freeze(mut self) -> Model {
        let order = self.order();
        self.references.par_sort_by(|a, b| order.compare(&self.nodes, a, b));
        let references = std::mem::take(&mut self.references);
        self.frozen(&order, references)
    }

    /// With references that are in order already.
    pub(super) fn frozen(mut self, order: &Order, references: Vec<NewReference>) -> Model {
        let mut children = vec![Vec::new(); self.nodes.len()];
        for (index, node) in self.nodes.iter().enumerate().skip(1) {
            let parent = node.parent.unwrap_or(WORKSPACE);
            children[parent.0 as usize].push(NodeId(index as u32));
        }
        for list in &mut children {
            list.sort_by(|a, b| {
                let (a, b) = (&self.nodes[a.0 as usize], &self.nodes[b.0 as usize]);
                (a.kind, &a.name, &a.path, a.span).cmp(&(b.kind, &b.name, &b.path, b.span))
            });
        }
        for list in &mut self.exports {
            list.sort();
            list.dedup();
        }
        let (edges, references) = placed(&self.nodes, order, references);
        self.notes.sort();
        self.notes.dedup();
        let graph = ModuleGraph::new(self.nodes.len(), &edges);
        self.externals.sort(|module| order.rank(module), &self.lists);
        passages::sort(&mut self.passages, |module| order.rank(module));
        Model {
            nodes: self.nodes,
            children: Arc::new(children),
            exports: Arc::new(self.exports),
            edges,
            references,
            externals: self.externals,
            passages: self.passages,
            lists: self.lists,
            graph,
            by_path: Arc::default(),
            notes: self.notes,
        }
    }
}

/// The order of references in a model: by the paths of their edge, so that numbers do not depend on the order of
/// discovery, then by place.
pub(super) struct Order {
    /// Of modules: their places when all are sorted by path.
    ranks: Vec<u32>,
}

impl Order {
    pub(super) fn new(nodes: &[Node]) -> Self {
        let mut modules: Vec<usize> = (0..nodes.len()).filter(|index| nodes[*index].kind.is_module()).collect();
        modules.sort_by(|a, b| nodes[*a].path.cmp(&nodes[*b].path).then(a.cmp(b)));
        let mut ranks = vec![0; nodes.len()];
        for (rank, module) in modules.into_iter().enumerate() {
            ranks[module] = rank as u32;
        }
        Self { ranks }
    }

    /// Where the references of a module come.
    pub(super) fn rank(&self, module: NodeId) -> u32 {
        self.ranks[module.0 as usize]
    }

    pub(super) fn compare(&self, nodes: &[Node], a: &NewReference, b: &NewReference) -> Ordering {
        let path = |node: NodeId| &nodes[node.0 as usize].path;
        let key = |it: &NewReference| (self.rank(it.from), self.rank(it.to), it.file, it.span, it.kind);
        key(a).cmp(&key(b)).then_with(|| match a.to_item == b.to_item {
            true => Ordering::Equal,
            false => path(a.to_item).cmp(path(b.to_item)).then(a.to_item.cmp(&b.to_item)),
        })
    }
}

/// Sorted references put into their edges; of those that are alike the first is kept.
pub(super) fn placed(nodes: &[Node], order: &Order, mut sorted: Vec<NewReference>) -> (Vec<Edge>, Vec<Reference>) {
    sorted.dedup_by(|a, b| order.compare(nodes, a, b) == Ordering::Equal);
    let mut edges: Vec<Edge> = Vec::new();
    let mut references = Vec::with_capacity(sorted.len());
    for new in &sorted {
        let index = references.len() as u32;
        match edges.last_mut() {
            Some(edge) if (edge.from, edge.to) == (new.from, new.to) => {
                edge.references.end = index + 1;
                edge.test &= new.test;
                edge.active |= new.active;
                edge.certainty = edge.certainty.min(new.certainty);
            }
            _ => edges.push(Edge {
                from: new.from,
                to: new.to,
                references: index..index + 1,
                test: new.test,
                active: new.active,
                certainty: new.certainty,
            }),
        }
        references.push(reference(new, EdgeId(edges.len() as u32 - 1)));
    }
    (edges, references)
}

fn reference(new: &NewReference, edge: EdgeId) -> Reference {
    Reference {
        edge,
        kind: new.kind,
        source: new.source,
        certainty: new.certainty,
        test: new.test,
        active: new.active,
        shown: new.shown,
        file: new.file,
        span: new.span,
        line: new.line,
        column: new.column,
        from_item: new.from_item,
        to_item: new.to_item,
        named: new.named,
        facades: new.facades,
        route: new.route,
    }
}
