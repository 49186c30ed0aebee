//! A model after edits that changed no declaration.
//!
//! In: the model before, and a patched resolution.  Out: a new model: the nodes of the edited files have their new places,
//! their references are replaced, and everything else is shared or copied.  Not here: whether that is enough (`resolve`).

use std::sync::Arc;

use super::builder::{Order, placed};
use super::graph::ModuleGraph;
use super::origins::Origins;
use super::passages::{self, Passage};
use super::references::{Names, References};
use super::{Model, NewReference, Node};
use crate::resolve::{ModuleId, Resolution};
use crate::source::{FileId, SourceTree, Span};

impl Model {
    /// The model of `resolution`, which differs from that of this model by edits of `files` alone.
    #[must_use]
    pub fn patched(&self, origins: &Origins, sources: &SourceTree, resolution: &Resolution, files: &[FileId]) -> Self {
        let mut nodes = self.nodes.clone();
        for (item, node) in resolution.items.iter().zip(&origins.items) {
            if let (true, Some(node)) = (files.contains(&item.file), node) {
                let node = &mut nodes[node.0 as usize];
                (node.span, node.line) = (item.span, sources.file(item.file).line_at(item.name_span.start));
            }
        }
        for (index, (module, node)) in resolution.modules.iter().zip(&origins.modules).enumerate() {
            let Some(node) = node else { continue };
            let node = &mut nodes[node.0 as usize];
            if let Some((declared_in, span)) = module.declared
                && files.contains(&declared_in)
            {
                node.line = sources.file(declared_in).line_at(span.start);
            }
            if module.fragments.iter().any(|part| files.contains(&part.file)) {
                node.span = module.fragments.first().map_or(Span::default(), |body| body.span);
                node.lines = super::tree::own_lines(sources, resolution, ModuleId(index as u32));
            }
        }
        let mut lists = self.lists.clone();
        let reader = References { sources, resolution, origins };
        let order = Order::new(&nodes);
        let mut new: Vec<NewReference> = Vec::new();
        let mut names = Names::of(resolution);
        let mut externals = self.externals.without(files);
        let mut passages: Vec<Passage> = self.passages.iter().filter(|it| !files.contains(&it.file)).copied().collect();
        for read in resolution.references.iter().filter(|read| files.contains(&read.file)) {
            let mut read = reader.read(read);
            externals.uses.extend(read.externals(resolution, &mut lists));
            let (references, new_passages) = read.enter(resolution, &mut lists, &mut names);
            new.extend(references);
            passages.extend(new_passages);
        }
        externals.sort(|module| order.rank(module), &lists);
        passages::sort(&mut passages, |module| order.rank(module));
        new.sort_by(|a, b| order.compare(&nodes, a, b));
        let kept = self.all_references().filter(|reference| !files.contains(&reference.file));
        let (edges, references) = placed(&nodes, &order, merged(&nodes, &order, kept, new));
        let graph = ModuleGraph::new(nodes.len(), &edges);
        let mut notes = resolution.notes.clone();
        notes.sort();
        notes.dedup();
        Self {
            nodes,
            children: Arc::clone(&self.children),
            exports: Arc::clone(&self.exports),
            edges,
            references,
            externals,
            passages,
            lists,
            graph,
            by_path: Arc::clone(&self.by_path),
            notes,
        }
    }

    /// As they were before they were put into their edges, in their order.
    pub(super) fn all_references(&self) -> impl Iterator<Item = NewReference> + '_ {
        self.references.iter().map(|it| {
            let edge = &self.edges[it.edge.0 as usize];
            NewReference {
                from: edge.from,
                to: edge.to,
                kind: it.kind,
                source: it.source,
                certainty: it.certainty,
                test: it.test,
                active: it.active,
                shown: it.shown,
                file: it.file,
                span: it.span,
                line: it.line,
                column: it.column,
                from_item: it.from_item,
                to_item: it.to_item,
                named: it.named,
                facades: it.facades,
                route: it.route,
            }
        })
    }
}

/// Two sorted sequences as one.
pub(super) fn merged(
    nodes: &[Node],
    order: &Order,
    kept: impl Iterator<Item = NewReference>,
    new: Vec<NewReference>,
) -> Vec<NewReference> {
    let mut new = new.into_iter().peekable();
    let mut all = Vec::with_capacity(kept.size_hint().1.unwrap_or_default() + new.len());
    for reference in kept {
        while let Some(earlier) = new.next_if(|it| order.compare(nodes, it, &reference).is_lt()) {
            all.push(earlier);
        }
        all.push(reference);
    }
    all.extend(new);
    all
}
