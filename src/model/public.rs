//! The paths by which the outside can name an item.
//!
//! In: what modules show.  Out: public paths, shortest first.  Not here: which of them a boundary allows.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::{Model, NodeId, NodeKind, Visibility};

/// More ways than these to name one item tell a reader nothing more.
const MAX_PATHS: usize = 4;

/// Re-exports that contain each other end here.
const MAX_SEGMENTS: usize = 12;

impl Model {
    /// For every item and module that another crate can name: its paths from library roots, shortest first.
    pub fn public_paths(&self) -> FxHashMap<NodeId, Vec<String>> {
        let mut paths: FxHashMap<NodeId, Vec<String>> = FxHashMap::default();
        for root in self.node_ids() {
            if matches!(self.node(root).kind, NodeKind::Target(kind) if kind.is_library()) {
                self.add_public_paths(root, &mut paths);
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
        for list in paths.values_mut() {
            list.sort_by(|a, b| (a.matches("::").count(), a).cmp(&(b.matches("::").count(), b)));
            list.dedup();
        }
        paths
    }

    fn add_public_paths(&self, root: NodeId, paths: &mut FxHashMap<NodeId, Vec<String>>) {
        let mut queue = VecDeque::from([(root, self.path(root).to_owned(), 1)]);
        while let Some((module, prefix, segments)) = queue.pop_front() {
            for export in self.exports(module).iter().filter(|export| export.visibility == Visibility::Public) {
                let list = paths.entry(export.node).or_default();
                if list.len() >= MAX_PATHS {
                    continue;
                }
                let path = format!("{prefix}::{}", self.symbol(export.name));
                if list.contains(&path) {
                    continue;
                }
                list.push(path.clone());
                if self.node(export.node).kind == NodeKind::Module && segments < MAX_SEGMENTS {
                    queue.push_back((export.node, path, segments + 1));
                }
            }
        }
    }
}
