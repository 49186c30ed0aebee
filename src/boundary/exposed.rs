//! What of a boundary some code outside may name.
//!
//! In: a model, its boundaries.  Out: items, and whether a module can be named.  Not here: whether anybody does.

use std::collections::BTreeSet;

use super::{Boundaries, BoundaryId};
use crate::facts::ItemKind;
use crate::model::{Model, NodeId, NodeKind, Step, WORKSPACE};

impl Boundaries {
    /// The items that some code outside the boundary may name: through the API, and as far as the compiler lets it.
    pub fn exposed(&self, model: &Model, boundary: BoundaryId) -> BTreeSet<NodeId> {
        let mut items = BTreeSet::new();
        let members = model.module_ids().filter(|module| self.contains(boundary, *module));
        for module in members.filter(|module| self.is_open(model, boundary, *module)) {
            for export in model.exports(module) {
                let is_item = matches!(model.node(export.node).kind, NodeKind::Item(kind) if kind != ItemKind::Impl);
                let step = Step { module, name: export.name, node: export.node };
                if is_item
                    && self.is_outside_visibility(boundary, export.visibility)
                    && self.is_api_step(model, boundary, WORKSPACE, &step)
                {
                    items.insert(export.node);
                }
            }
        }
        items
    }

    /// Whether code outside can name the module: all around it is visible, and where its crate begins is a library.
    fn is_open(&self, model: &Model, boundary: BoundaryId, module: NodeId) -> bool {
        let inside = model.ancestors(module).take_while(|node| self.contains(boundary, *node));
        inside.filter(|node| model.node(*node).kind.is_module()).all(|node| {
            let it = model.node(node);
            match it.kind {
                NodeKind::Target(kind) => kind.is_library(),
                _ => self.roots(boundary).contains(&node) || self.is_outside_visibility(boundary, it.visibility),
            }
        })
    }
}
