//! The legal way to something that was reached illegally.
//!
//! In: a written route and who wrote it.  Out: another name of the same thing that an API offers, the shortest there is.
//! Not here: what to change where there is none.

use rustc_hash::FxHashMap;

use super::Context;
use crate::boundary::BoundaryId;
use crate::model::{Export, Model, NodeId, NodeKind, Step};

/// What a route finally names: the last thing that a module offers, and the variant or associated names after it.
pub(super) fn named_thing(model: &Model, steps: &[Step]) -> Option<(NodeId, String)> {
    let is_modules_name = |step: &Step| {
        let parent = model.node(step.node).parent.map(|parent| model.node(parent).kind);
        matches!(parent, Some(NodeKind::Module | NodeKind::Target(_) | NodeKind::Package))
    };
    let last = steps.iter().rposition(is_modules_name)?;
    let rest: String = steps[last + 1..].iter().map(|step| format!("::{}", model.symbol(step.name))).collect();
    Some((steps[last].node, rest))
}

/// The advice for something that has a legal name.
pub(super) fn another_name(path: &str) -> String {
    format!("use `{path}` instead: it is the same thing")
}

impl Context<'_> {
    /// A path to `thing` through names that `boundary` and those around it offer to code in `from`.
    pub(super) fn legal_name(&self, boundary: BoundaryId, from: NodeId, thing: NodeId) -> Option<String> {
        let (model, boundaries) = (self.model, self.boundaries);
        let around: Vec<BoundaryId> =
            boundaries.outwards(boundary).filter(|outer| !boundaries.contains(*outer, from)).collect();
        self.shown_by(thing)
            .iter()
            .filter(|(module, export)| {
                let step = Step { module: *module, name: export.name, node: thing };
                boundaries.contains(boundary, *module)
                    && model.is_visible(export.visibility, from)
                    && around.iter().all(|outer| boundaries.is_api_step(model, *outer, from, &step))
                    && self.is_reachable(*module, from)
            })
            .map(|(module, export)| format!("{}::{}", self.spelled(*module, from), model.symbol(export.name)))
            .min_by(|a, b| (a.matches("::").count(), a).cmp(&(b.matches("::").count(), b)))
    }

    /// The modules that show a node, under whatever name.
    pub(super) fn shown_by(&self, node: NodeId) -> &[(NodeId, Export)] {
        let index = self.shown_by.get_or_init(|| {
            let mut index: FxHashMap<NodeId, Vec<(NodeId, Export)>> = FxHashMap::default();
            for module in self.model.module_ids() {
                for export in self.model.exports(module) {
                    index.entry(export.node).or_default().push((module, *export));
                }
            }
            index
        });
        index.get(&node).map_or(&[], Vec::as_slice)
    }

    /// The module's path as code in `from` would write it.
    pub(super) fn spelled(&self, module: NodeId, from: NodeId) -> String {
        let path = self.model.path(module);
        match self.model.target_of(module) {
            Some(target) if self.model.target_of(from) == Some(target) => {
                format!("crate{}", &path[self.model.path(target).len()..])
            }
            _ => path.to_owned(),
        }
    }

    /// Whether the module and those around it are visible, and its crate can be named at all.
    pub(super) fn is_reachable(&self, module: NodeId, from: NodeId) -> bool {
        let model = self.model;
        let Some(target) = model.target_of(module) else { return false };
        let is_same_crate = model.target_of(from) == Some(target);
        let is_library = matches!(model.node(target).kind, NodeKind::Target(kind) if kind.is_library());
        (is_same_crate || is_library)
            && model
                .ancestors(module)
                .take_while(|node| *node != target)
                .all(|node| model.is_visible(model.node(node).visibility, from))
    }
}
