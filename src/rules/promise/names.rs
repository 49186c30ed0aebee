//! What the paths in a declaration mean, so that two ways to write one name are the same text.
//!
//! In: the references of a model.  Out: for a path at a place, the item's own path.  Not here: resolving anything.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::facts::ItemKind;
use crate::model::{Model, NodeId, NodeKind};
use crate::source::FileId;

pub(super) struct Names<'a> {
    model: &'a Model,
    /// By the place where a path begins: where it ends, and what it means.
    paths: FxHashMap<(FileId, u32), (u32, Meaning)>,
    /// Types of each module by their names: between them there are no references.
    siblings: FxHashMap<NodeId, FxHashMap<&'a str, NodeId>>,
}

enum Meaning {
    Item(NodeId),
    External(String),
}

impl<'a> Names<'a> {
    /// Of what stands in these items.
    pub(super) fn new(model: &'a Model, items: FxHashSet<NodeId>) -> Self {
        let mut paths = FxHashMap::default();
        for reference in model.references().iter().filter(|it| items.contains(&it.from_item)) {
            let meaning = Meaning::Item(reference.to_item);
            paths.entry((reference.file, reference.span.start)).or_insert((reference.span.end, meaning));
        }
        for used in model.external_uses().iter().filter(|it| items.contains(&it.from_item)) {
            let krate = model.external_crate(used.krate).replace('-', "_");
            let path = model.symbol(used.path);
            let text = if path.is_empty() { krate } else { format!("{krate}::{path}") };
            paths.entry((used.file, used.span.start)).or_insert((used.span.end, Meaning::External(text)));
        }
        let modules: FxHashSet<NodeId> = items.iter().filter_map(|item| model.module_of(*item)).collect();
        let siblings = modules.into_iter().map(|module| (module, types_of(model, module))).collect();
        Self { model, paths, siblings }
    }

    /// What a path means that stands at `offset` of the file of `item`, and how many of its bytes that covers.
    pub(super) fn of(&self, item: NodeId, offset: u32, segments: &[&str]) -> Option<(u32, String)> {
        let file = self.model.node(item).file?;
        if let Some((end, meaning)) = self.paths.get(&(file, offset)) {
            let text = match meaning {
                Meaning::Item(node) => self.model.path(*node).to_owned(),
                Meaning::External(text) => text.clone(),
            };
            return Some((end - offset, text));
        }
        let module = self.model.module_of(item)?;
        let node = self.siblings.get(&module)?.get(segments.last()?)?;
        Some((u32::MAX, self.model.path(*node).to_owned()))
    }
}

fn types_of(model: &Model, module: NodeId) -> FxHashMap<&str, NodeId> {
    use ItemKind::{Enum, Struct, Trait, TraitAlias, TypeAlias, Union};
    let is_type = |kind| matches!(kind, NodeKind::Item(Struct | Enum | Union | Trait | TraitAlias | TypeAlias));
    let children = model.children(module).iter().copied().filter(|id| is_type(model.node(*id).kind));
    children.map(|id| (&*model.node(id).name, id)).collect()
}
