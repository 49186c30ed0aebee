//! Which node each module and item of a resolution became.
//!
//! In: `tree` fills it.  Out: [`Origins`], what an edit needs to find the nodes of a file again.  Not here: the nodes.

use super::NodeId;
use crate::resolve::{Def, ItemId, ModuleId, Resolution};

/// The nodes of a model by what they were in the resolution.
#[derive(Debug)]
pub struct Origins {
    /// Named modules alone: blocks belong to the module around them.
    pub(super) modules: Vec<Option<NodeId>>,
    pub(super) items: Vec<Option<NodeId>>,
}

impl Origins {
    /// The node of the module around a scope.
    pub(super) fn module(&self, resolution: &Resolution, scope: ModuleId) -> NodeId {
        let module = resolution.enclosing_module(scope);
        self.modules[module.0 as usize].expect("named modules have nodes")
    }

    /// The node of a meaning.
    pub(super) fn node_of(&self, resolution: &Resolution, def: Def) -> Option<NodeId> {
        match def {
            Def::Module(module) | Def::Generated(module) => {
                self.modules[resolution.enclosing_module(module).0 as usize]
            }
            Def::Item(ItemId(item)) => self.items[item as usize],
            Def::External(_) => None,
        }
    }
}
