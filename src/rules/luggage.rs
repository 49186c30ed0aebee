//! What goes with an item that moves to another module.
//!
//! In: items of a module.  Out: what they use beside them there, which has to move, too, and the modules that all of it uses.
//! Names are compared as words, so that rather too much goes along than too little.  Not here: where to.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::Context;
use crate::facts::ItemKind;
use crate::model::{Model, NodeId, NodeKind};

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
    let mut surroundings: FxHashMap<NodeId, Surroundings<'_>> = FxHashMap::default();
    let mut moved: BTreeSet<NodeId> = items.iter().copied().collect();
    let mut open = items.to_vec();
    while let Some(item) = open.pop() {
        let Some(module) = model.module_of(item) else { continue };
        let around = surroundings.entry(module).or_insert_with(|| Surroundings::new(model, module));
        let blocks = context.impls().of(model, item).iter().copied();
        let blocks = blocks.filter(|block| model.module_of(*block) == Some(module));
        for part in std::iter::once(item).chain(blocks) {
            luggage.uses.extend(around.used_in(part));
            let Some(file) = model.node(part).file else { continue };
            for word in context.words(file, model.node(part).span) {
                for other in around.beside.get(word.text).into_iter().flatten() {
                    if moved.insert(*other) {
                        luggage.beside.insert(*other);
                        open.push(*other);
                    }
                }
            }
        }
    }
    luggage
}

/// What items of a module may use.
struct Surroundings<'a> {
    /// The items of the module that are no tests, by name.
    beside: FxHashMap<&'a str, Vec<NodeId>>,
    /// An item and a module that something in it uses; sorted.
    uses: Vec<(NodeId, NodeId)>,
}

impl<'a> Surroundings<'a> {
    fn new(model: &'a Model, module: NodeId) -> Self {
        let mut beside: FxHashMap<&str, Vec<NodeId>> = FxHashMap::default();
        for child in model.children(module) {
            let node = model.node(*child);
            let is_item = matches!(node.kind, NodeKind::Item(kind) if kind != ItemKind::Impl);
            if is_item && !node.test {
                beside.entry(&*node.name).or_default().push(*child);
            }
        }
        let mut uses = Vec::new();
        for edge in model.edges_from(module) {
            let to = model.edge(edge).to;
            for (_, reference) in model.references_of(edge).filter(|(_, reference)| reference.counts()) {
                let inside = model.ancestors(reference.from_item).take_while(|around| *around != module);
                uses.extend(inside.map(|item| (item, to)));
            }
        }
        uses.sort_unstable();
        uses.dedup();
        Self { beside, uses }
    }

    fn used_in(&self, item: NodeId) -> impl Iterator<Item = NodeId> {
        let first = self.uses.partition_point(|(user, _)| *user < item);
        self.uses[first..].iter().take_while(move |(user, _)| *user == item).map(|(_, to)| *to)
    }
}
