//! Which items a boundary shows to code outside it.
//!
//! In: a boundary.  Out: the items that its API offers, the methods of its types with them.  Not here: what an API is
//! (`boundary::api`).

use rustc_hash::{FxHashMap, FxHashSet};

use super::Context;
use crate::boundary::BoundaryId;
use crate::facts::ItemKind;
use crate::model::{Model, NodeId, NodeKind, ReferenceKind, Step, Visibility, WORKSPACE};

impl Context<'_> {
    /// The `impl` blocks of the workspace.
    pub(super) fn impls(&self) -> &Impls {
        self.impls.get_or_init(|| Impls::new(self.model))
    }

    /// Items that everybody outside can name, sorted by path.  Associated items are not among them: see [`Impls`].
    pub(super) fn shown_items(&self, boundary: BoundaryId) -> Vec<NodeId> {
        let (model, boundaries) = (self.model, self.boundaries);
        let mut modules: Vec<NodeId> = boundaries.roots(boundary).to_vec();
        let mut seen: FxHashSet<NodeId> = modules.iter().copied().collect();
        let mut items: Vec<NodeId> = Vec::new();
        while let Some(module) = modules.pop() {
            for export in model.exports(module) {
                let step = Step { module, name: export.name, node: export.node };
                let leaves = match export.visibility {
                    Visibility::Public => true,
                    Visibility::Within(around) => !boundaries.contains(boundary, around),
                };
                if !leaves || !boundaries.contains(boundary, export.node) || !seen.insert(export.node) {
                    continue;
                }
                if model.node(export.node).kind.is_module() {
                    modules.push(export.node);
                } else if boundaries.is_api_step(model, boundary, WORKSPACE, &step) {
                    items.push(export.node);
                } else {
                    // Another module may show it.
                    seen.remove(&export.node);
                }
            }
        }
        items.sort_by(|a, b| model.path(*a).cmp(model.path(*b)).then(a.cmp(b)));
        items.dedup();
        items
    }

    /// The `impl`s of this very type: in its crate there may be others of its name.
    pub(super) fn implementations(&self, item: NodeId) -> Vec<NodeId> {
        let model = self.model;
        let is_namesake = |node: NodeId| model.node(node).name == model.node(item).name;
        let is_of_item = |implementation: &NodeId| {
            let Some(module) = model.module_of(*implementation) else { return false };
            let references = model.edges_from(module).flat_map(|edge| model.references_of(edge));
            let mut headers = references
                .filter(|(_, it)| it.from_item == *implementation && it.kind == ReferenceKind::Impl)
                .map(|(_, it)| it.to_item);
            // Between items of one module there are no references.
            headers
                .find(|node| is_namesake(*node))
                .map_or_else(|| model.node(item).parent == Some(module), |named| named == item)
        };
        self.impls().of(model, item).iter().copied().filter(is_of_item).collect()
    }
}

/// The `impl` blocks of types, by crate and the name of the type.
#[derive(Debug)]
pub(super) struct Impls(FxHashMap<NodeId, FxHashMap<Box<str>, Vec<NodeId>>>);

impl Impls {
    fn new(model: &Model) -> Self {
        let mut by_type: FxHashMap<NodeId, FxHashMap<Box<str>, Vec<NodeId>>> = FxHashMap::default();
        for id in model.node_ids() {
            let node = model.node(id);
            if node.kind != NodeKind::Item(ItemKind::Impl) {
                continue;
            }
            if let (Some(target), Some((_, type_name))) = (model.target_of(id), header(&node.name)) {
                by_type.entry(target).or_default().entry(type_name.into()).or_default().push(id);
            }
        }
        Self(by_type)
    }

    /// All `impl`s in its own crate for a type of this name: where two types have one name, those of both.
    pub(super) fn of(&self, model: &Model, item: NodeId) -> &[NodeId] {
        let in_crate = model.target_of(item).and_then(|target| self.0.get(&target));
        in_crate.and_then(|by_type| by_type.get(&*model.node(item).name)).map_or(&[], Vec::as_slice)
    }

    /// The functions that code outside `within` can call on a type or trait that it can name.
    pub(super) fn functions(&self, model: &Model, item: NodeId, leaves: impl Fn(Visibility) -> bool) -> Vec<NodeId> {
        let is_function = |id: &NodeId| model.node(*id).kind == NodeKind::Item(ItemKind::Method);
        let own = model.children(item).iter().copied();
        let blocks = self.of(model, item).iter();
        let inherent = blocks.filter(|id| header(&model.node(**id).name).is_some_and(|(of, _)| of.is_none()));
        let methods = inherent.flat_map(|id| model.children(*id).iter().copied());
        let visible = methods.filter(|id| leaves(model.node(*id).visibility));
        own.chain(visible).filter(is_function).collect()
    }
}

/// The trait and the type in an impl's name: `impl Trait for Type`, `impl Type`.
pub(super) fn header(name: &str) -> Option<(Option<&str>, &str)> {
    let rest = name.strip_prefix("impl ")?;
    Some(match rest.split_once(" for ") {
        Some((trait_, type_name)) => (Some(trait_), type_name),
        None => (None, rest),
    })
}
