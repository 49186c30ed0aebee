//! Which items code outside a boundary can name through its API.
//!
//! In: a boundary and an item of it.  Out: yes or no.  Not here: single steps of routes (`boundary`).

use super::Context;
use crate::boundary::BoundaryId;
use crate::facts::ItemKind;
use crate::model::{NodeId, NodeKind, ReferenceKind, Step, WORKSPACE};

impl Context<'_> {
    /// Whether an item belongs to the API; what a type, trait or enum holds does if that does.
    pub(super) fn is_api_item(&self, boundary: BoundaryId, item: NodeId) -> bool {
        let node = self.model.node(item);
        let Some(parent) = node.parent else { return false };
        match self.model.node(parent).kind {
            NodeKind::Item(ItemKind::Impl) => {
                self.boundaries.is_outside_visibility(boundary, node.visibility)
                    && self.self_type(parent, item).is_some_and(|it| it != item && self.is_api_item(boundary, it))
            }
            NodeKind::Item(ItemKind::Trait | ItemKind::Enum) => self.is_api_item(boundary, parent),
            NodeKind::Item(_) => false,
            _ => self.is_shown(boundary, item),
        }
    }

    /// What others name to get at an item: itself, or the type or trait that it is part of.
    pub(super) fn contract_of(&self, item: NodeId) -> NodeId {
        let Some(parent) = self.model.node(item).parent else { return item };
        match self.model.node(parent).kind {
            NodeKind::Item(ItemKind::Impl) => self.self_type(parent, item).unwrap_or(item),
            NodeKind::Item(ItemKind::Trait | ItemKind::Enum) => parent,
            _ => item,
        }
    }

    /// Whether some module of the boundary shows the item to code outside, as its API.
    fn is_shown(&self, boundary: BoundaryId, item: NodeId) -> bool {
        let (model, boundaries) = (self.model, self.boundaries);
        self.shown_by(item).iter().any(|(module, export)| {
            let step = Step { module: *module, name: export.name, node: item };
            boundaries.contains(boundary, *module)
                && boundaries.is_outside_visibility(boundary, export.visibility)
                && self.can_be_named(boundary, *module)
                && self.users(boundary).any(|user| boundaries.is_api_step(model, boundary, user, &step))
        })
    }

    /// Anybody, and each other boundary, to which more may be shown.
    pub(super) fn users(&self, boundary: BoundaryId) -> impl Iterator<Item = NodeId> {
        let boundaries = self.boundaries;
        let roots = boundaries.ids().filter_map(|id| boundaries.roots(id).first().copied());
        std::iter::once(WORKSPACE).chain(roots.filter(move |root| !boundaries.contains(boundary, *root)))
    }

    /// Whether code outside can name a module of the boundary at all.
    pub(super) fn can_be_named(&self, boundary: BoundaryId, module: NodeId) -> bool {
        let (model, boundaries) = (self.model, self.boundaries);
        let is_library =
            |target: NodeId| matches!(model.node(target).kind, NodeKind::Target(kind) if kind.is_library());
        let mut inside = model.ancestors(module).take_while(|node| boundaries.contains(boundary, *node));
        inside.all(|node| match model.node(node).kind {
            NodeKind::Target(_) => is_library(node),
            NodeKind::Module => boundaries.is_outside_visibility(boundary, model.node(node).visibility),
            _ => true,
        })
    }

    /// The type that an `impl` without a trait is for.
    fn self_type(&self, implementation: NodeId, item: NodeId) -> Option<NodeId> {
        let (model, around) = (self.model, self.model.path(item).rsplit_once("::")?.0);
        model.find(around).or_else(|| {
            let edges = model.edges_from(model.module_of(implementation)?);
            let mut references = edges.flat_map(|edge| model.references_of(edge));
            references
                .find(|(_, it)| it.from_item == implementation && it.kind == ReferenceKind::Impl)
                .map(|(_, it)| it.to_item)
        })
    }
}
