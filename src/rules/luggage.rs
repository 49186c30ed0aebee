//! What goes with an item that moves to another module.
//!
//! In: items of a module.  Out: what they use beside them there, which has to move, too, and the modules that all of it uses.
//! Names are compared as words, so that rather too much goes along than too little.  Not here: where to.

use std::collections::BTreeSet;

use super::Context;
use crate::facts::ItemKind;
use crate::model::{NodeId, NodeKind};

/// What items drag along.
#[derive(Debug, Default)]
pub(super) struct Luggage {
    /// Items beside them, without themselves.
    pub(super) beside: BTreeSet<NodeId>,
    /// Other modules, whose items are used.
    pub(super) uses: BTreeSet<NodeId>,
}

pub(super) fn luggage(context: &Context<'_>, items: &[NodeId]) -> Luggage {
    let model = context.model;
    let mut luggage = Luggage::default();
    let mut moved: BTreeSet<NodeId> = items.iter().copied().collect();
    let mut open = items.to_vec();
    while let Some(item) = open.pop() {
        let Some(module) = model.module_of(item) else { continue };
        let blocks = context.impls().of(model, item).iter().copied();
        let blocks = blocks.filter(|block| model.module_of(*block) == Some(module));
        let parts: Vec<NodeId> = std::iter::once(item).chain(blocks).collect();
        for edge in model.edges_from(module) {
            let stands_inside = |node: NodeId| parts.iter().any(|part| model.is_within(node, *part));
            let mut references = model.references_of(edge).map(|(_, reference)| reference);
            if references.any(|it| it.counts() && stands_inside(it.from_item)) {
                luggage.uses.insert(model.edge(edge).to);
            }
        }
        let words: BTreeSet<&str> = parts
            .iter()
            .filter_map(|part| Some((model.node(*part).file?, model.node(*part).span)))
            .flat_map(|(file, span)| context.words(file, span))
            .map(|word| word.text)
            .collect();
        let beside = model.children(module).iter().copied().filter(|child| {
            let node = model.node(*child);
            let is_item = matches!(node.kind, NodeKind::Item(kind) if kind != ItemKind::Impl);
            is_item && !node.test && words.contains(&*node.name)
        });
        for other in beside {
            if moved.insert(other) {
                luggage.beside.insert(other);
                open.push(other);
            }
        }
    }
    luggage
}
