//! A reference that nobody has written yet: what would be if somebody did.
//!
//! In: a module, and a path as code could write it.  Out: the [`Way`] of that path, and the model with one reference
//! more.  Not here: whether that would be right (`rules`).

use super::builder::{Order, placed};
use super::graph::ModuleGraph;
use super::patch::merged;
use super::{Certainty, Model, NewReference, Node, NodeId, NodeKind, ReferenceId, ReferenceKind, Step, Visibility};
use crate::facts::PathSource;
use crate::source::Span;

/// Where a written path leads, name by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// An item, or a module.
    pub to: NodeId,
    /// The names that modules on the way show.
    pub steps: Vec<WayStep>,
    /// Modules whose re-exports are followed.
    facades: Vec<NodeId>,
}

/// In `module`, `name` leads to `node`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayStep {
    pub module: NodeId,
    pub name: String,
    pub node: NodeId,
    /// From where the name can be used there.
    pub visibility: Visibility,
}

impl Way {
    /// The first name that code in a module cannot use: the compiler refuses it.
    pub fn hidden_from(&self, model: &Model, from: NodeId) -> Option<&WayStep> {
        self.steps.iter().find(|step| !model.is_visible(step.visibility, from))
    }
}

impl Model {
    /// What a path from a target's root means: `orders::storage::Row`, or by a re-export `orders::Row`.
    pub fn way(&self, path: &str) -> Option<Way> {
        let (mut at, rest) = self.target_before(path)?;
        let mut way = Way { to: at, steps: Vec::new(), facades: Vec::new() };
        for name in rest.split("::").filter(|name| !name.is_empty()) {
            let (node, visibility, reexport) = self.named(at, name)?;
            if self.node(at).kind.is_module() {
                way.steps.push(WayStep { module: at, name: name.to_owned(), node, visibility });
                way.facades.extend(reexport.then_some(at));
            }
            at = node;
        }
        way.to = at;
        Some(way)
    }

    /// The target that a path starts with: labels may have `:` and `/` in them, and none is the start of another.
    fn target_before<'p>(&self, path: &'p str) -> Option<(NodeId, &'p str)> {
        let ends = path.match_indices("::").map(|(end, _)| end).chain([path.len()]);
        ends.filter_map(|end| Some((self.find(&path[..end])?, path[end..].trim_start_matches("::"))))
            .find(|(node, _)| matches!(self.node(*node).kind, NodeKind::Target(_)))
    }

    /// A name of a module or an item: what it shows or holds, from where, and whether by a re-export.
    fn named(&self, at: NodeId, name: &str) -> Option<(NodeId, Visibility, bool)> {
        let own = self.find(&format!("{}::{name}", self.path(at)));
        let shown = self.exports(at).iter().filter(|export| self.symbol(export.name) == name);
        // What is declared here goes before what is brought here.
        let shown = shown.min_by_key(|export| (Some(export.node) != own, export.reexport));
        let shown = shown.map(|export| (export.node, export.visibility, export.reexport));
        shown.or_else(|| own.map(|node| (node, self.node(node).visibility, false)))
    }

    /// The model if code of a module used a thing by this way, and the reference that it has more.  `None` if that is no
    /// reference between modules.
    pub fn supposing(&self, from: NodeId, way: &Way) -> Option<(Self, ReferenceId)> {
        let to = self.module_of(way.to).filter(|to| *to != from)?;
        let Node { file, span, line, .. } = self.node(from);
        let mut lists = self.lists.clone();
        let mut named: Vec<NodeId> = way.steps.iter().filter_map(|step| self.module_of(step.node)).collect();
        named.dedup();
        let step = |step: &WayStep| Step { module: step.module, name: lists.symbol(&step.name), node: step.node };
        let route: Vec<Step> = way.steps.iter().map(step).collect();
        let named = lists.nodes_list(&named);
        let new = NewReference {
            from,
            to,
            kind: ReferenceKind::Use,
            source: PathSource::Written,
            certainty: Certainty::Resolved,
            test: false,
            active: true,
            shown: false,
            file: (*file)?,
            span: Span::new(span.start, span.start),
            line: *line,
            column: 1,
            from_item: from,
            to_item: way.to,
            named,
            facades: lists.nodes_list(&way.facades),
            route: lists.steps_list(route),
        };
        let order = Order::new(&self.nodes);
        let all = merged(&self.nodes, &order, self.all_references(), vec![new]);
        let (edges, references) = placed(&self.nodes, &order, all);
        let graph = ModuleGraph::new(self.nodes.len(), &edges);
        let id =
            references.iter().position(|it| it.span == new.span && it.from_item == from && it.to_item == way.to)?;
        let model = Self {
            nodes: self.nodes.clone(),
            children: self.children.clone(),
            exports: self.exports.clone(),
            edges,
            references,
            externals: self.externals.clone(),
            passages: self.passages.clone(),
            lists,
            graph,
            by_path: self.by_path.clone(),
            notes: self.notes.clone(),
        };
        Some((model, ReferenceId(id as u32)))
    }
}
