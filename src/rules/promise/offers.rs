//! Which items APIs offer, and under which names.
//!
//! In: a model and its boundaries.  Out: [`Offer`]s.  Not here: what the items look like.

use std::collections::{BTreeMap, VecDeque};

use rustc_hash::FxHashMap;

use crate::boundary::BoundaryId;
use crate::facts::ItemKind;
use crate::model::{NodeId, NodeKind, Step};
use crate::rules::Context;

/// More names than these for one item tell a reader nothing more.
const MAX_NAMES: usize = 8;
/// Re-exports that contain each other end here.
const MAX_SEGMENTS: usize = 12;

/// An item that others may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) node: NodeId,
    /// The boundary; for code in no boundary its library.
    pub(super) owner: String,
    /// The shortest first.
    pub(super) names: Vec<String>,
}

impl Context<'_> {
    /// What is built, and not for tests: of each boundary its own API, of code in no boundary that of its library.
    pub(super) fn offers(&self) -> Vec<Offer> {
        let (model, boundaries) = (self.model, self.boundaries);
        let mut offers: Vec<Offer> = Vec::new();
        for id in boundaries.ids() {
            let owner = boundaries.name(id);
            // Of nested boundaries each has its own API.
            let own = self.names_in_api(id).into_iter().filter(|(node, _)| boundaries.of(*node) == Some(id));
            offers.extend(own.map(|(node, names)| Offer { node, owner: owner.to_owned(), names }));
        }
        let public: BTreeMap<NodeId, Vec<String>> = model.public_paths().into_iter().collect();
        for (node, names) in public.into_iter().filter(|(node, _)| boundaries.of(*node).is_none()) {
            let owner = model.target_of(node).map_or_else(String::new, |target| model.path(target).to_owned());
            offers.push(Offer { node, owner, names });
        }
        let is_offered = |id: NodeId| {
            let node = model.node(id);
            matches!(node.kind, NodeKind::Item(kind) if kind != ItemKind::Variant)
                && node.active
                && !self.is_in_test(id)
        };
        offers.retain(|offer| is_offered(offer.node));
        for offer in &mut offers {
            offer.names.sort_by(|a, b| (a.matches("::").count(), a).cmp(&(b.matches("::").count(), b)));
            offer.names.dedup();
        }
        offers
    }

    fn names_in_api(&self, boundary: BoundaryId) -> BTreeMap<NodeId, Vec<String>> {
        let (model, boundaries) = (self.model, self.boundaries);
        let users: Vec<NodeId> = self.users(boundary).collect();
        let mut names: BTreeMap<NodeId, Vec<String>> = BTreeMap::new();
        let roots = boundaries.roots(boundary).iter().copied().filter(|root| self.can_be_named(boundary, *root));
        let mut queue: VecDeque<(NodeId, String, usize)> =
            roots.map(|root| (root, model.path(root).to_owned(), 1)).collect();
        let mut seen: FxHashMap<NodeId, usize> = FxHashMap::default();
        while let Some((module, prefix, segments)) = queue.pop_front() {
            for export in model.exports(module) {
                if !boundaries.is_outside_visibility(boundary, export.visibility)
                    || !boundaries.contains(boundary, export.node)
                {
                    continue;
                }
                let name = format!("{prefix}::{}", model.symbol(export.name));
                if model.node(export.node).kind.is_module() {
                    let prefixes = seen.entry(export.node).or_insert(0);
                    if segments < MAX_SEGMENTS && *prefixes < MAX_NAMES {
                        *prefixes += 1;
                        queue.push_back((export.node, name, segments + 1));
                    }
                    continue;
                }
                let step = Step { module, name: export.name, node: export.node };
                if users.iter().any(|user| boundaries.is_api_step(model, boundary, *user, &step)) {
                    let known = names.entry(export.node).or_default();
                    if known.len() < MAX_NAMES {
                        known.push(name);
                    }
                }
            }
        }
        names
    }
}
