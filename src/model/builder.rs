//! The mutable twin of [`Model`]: filled once, then frozen.
//!
//! In: nodes (a parent before its children), exports, references, notes.  Out: a sorted, verified-by-construction
//! [`Model`].  Not here: deciding what a path means.

use rustc_hash::FxHashMap;

use super::graph::ModuleGraph;
use super::{
    Certainty, Edge, EdgeId, Export, ListId, Model, Node, NodeId, NodeKind, Reference, ReferenceKind, Step, Symbol,
    Visibility, WORKSPACE,
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
    symbols: Interner<Box<str>>,
    node_lists: Interner<Box<[NodeId]>>,
    step_lists: Interner<Box<[Step]>>,
    notes: Vec<Note>,
}

impl ModelBuilder {
    pub fn new(workspace_name: &str) -> Self {
        let root = Node {
            kind: NodeKind::Workspace,
            name: workspace_name.into(),
            path: "".into(),
            parent: None,
            visibility: Visibility::Public,
            file: None,
            span: Span::default(),
            line: 0,
            lines: 0,
            test: false,
            active: true,
        };
        Self {
            nodes: vec![root],
            exports: vec![Vec::new()],
            references: Vec::new(),
            symbols: Interner::default(),
            node_lists: Interner::starting_with(Box::default()),
            step_lists: Interner::starting_with(Box::default()),
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

    pub fn symbol(&mut self, name: &str) -> Symbol {
        Symbol(self.symbols.intern(name.into()))
    }

    /// `ListId::default()` is the empty list.
    pub fn nodes_list(&mut self, nodes: &[NodeId]) -> ListId {
        ListId(self.node_lists.intern(nodes.into()))
    }

    /// `ListId::default()` is the empty list.
    pub fn steps_list(&mut self, steps: &[Step]) -> ListId {
        ListId(self.step_lists.intern(steps.into()))
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

    pub fn add_note(&mut self, note: Note) {
        self.notes.push(note);
    }

    pub fn freeze(mut self) -> Model {
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
        // Edges are sorted by path, so that their numbers do not depend on the order of discovery.
        let order = path_order(&self.nodes);
        self.references.sort_by_key(|r| {
            (order[r.from.0 as usize], order[r.to.0 as usize], r.file, r.span, r.kind, order[r.to_item.0 as usize])
        });
        self.references.dedup_by(|a, b| {
            (a.from, a.to, a.file, a.span, a.kind, a.to_item) == (b.from, b.to, b.file, b.span, b.kind, b.to_item)
        });
        let mut edges: Vec<Edge> = Vec::new();
        let mut references = Vec::with_capacity(self.references.len());
        for new in &self.references {
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
            references.push(placed(new, EdgeId(edges.len() as u32 - 1)));
        }
        self.notes.sort();
        self.notes.dedup();
        let mut by_path = FxHashMap::default();
        for (index, node) in self.nodes.iter().enumerate().skip(1) {
            if node.kind == NodeKind::Package {
                continue;
            }
            // A module is found before an item of the same path.
            let id = NodeId(index as u32);
            let slot = by_path.entry(node.path.clone()).or_insert(id);
            if node.kind.is_module() && !self.nodes[slot.0 as usize].kind.is_module() {
                *slot = id;
            }
        }
        let graph = ModuleGraph::new(self.nodes.len(), &edges);
        Model {
            nodes: self.nodes,
            children,
            exports: self.exports,
            edges,
            references,
            symbols: self.symbols.values,
            node_lists: self.node_lists.values,
            step_lists: self.step_lists.values,
            graph,
            by_path,
            notes: self.notes,
        }
    }
}

fn placed(new: &NewReference, edge: EdgeId) -> Reference {
    Reference {
        edge,
        kind: new.kind,
        source: new.source,
        certainty: new.certainty,
        test: new.test,
        active: new.active,
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

/// The rank of each node when all are sorted by path.
fn path_order(nodes: &[Node]) -> Vec<u32> {
    let mut sorted: Vec<u32> = (0..nodes.len() as u32).collect();
    sorted.sort_by(|a, b| nodes[*a as usize].path.cmp(&nodes[*b as usize].path).then(a.cmp(b)));
    let mut rank = vec![0; nodes.len()];
    for (position, node) in sorted.into_iter().enumerate() {
        rank[node as usize] = position as u32;
    }
    rank
}

#[derive(Debug)]
struct Interner<T> {
    values: Vec<T>,
    index: FxHashMap<T, u32>,
}

impl<T> Default for Interner<T> {
    fn default() -> Self {
        Self { values: Vec::new(), index: FxHashMap::default() }
    }
}

impl<T: Clone + Eq + std::hash::Hash> Interner<T> {
    fn starting_with(first: T) -> Self {
        let mut interner = Self::default();
        interner.intern(first);
        interner
    }

    fn intern(&mut self, value: T) -> u32 {
        if let Some(id) = self.index.get(&value) {
            return *id;
        }
        let id = self.values.len() as u32;
        self.index.insert(value.clone(), id);
        self.values.push(value);
        id
    }
}
