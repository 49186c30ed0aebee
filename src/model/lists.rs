//! Names and lists that many references share, each kept once.
//!
//! In: names, lists of nodes, lists of steps.  Out: their numbers.  Not here: what they are for.

use std::hash::Hash;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{ListId, NodeId, Step, Symbol};

#[derive(Clone, Debug)]
pub(super) struct Lists {
    symbols: Interner<str>,
    nodes: Interner<[NodeId]>,
    steps: Interner<[Step]>,
}

impl Default for Lists {
    /// `ListId::default()` is the empty list.
    fn default() -> Self {
        let mut lists = Self { symbols: Interner::default(), nodes: Interner::default(), steps: Interner::default() };
        lists.nodes_list(&[]);
        lists.steps_list(&[]);
        lists
    }
}

impl Lists {
    pub(super) fn symbol(&mut self, name: &str) -> Symbol {
        Symbol(self.symbols.intern(name))
    }

    pub(super) fn nodes_list(&mut self, nodes: &[NodeId]) -> ListId {
        ListId(self.nodes.intern(nodes))
    }

    pub(super) fn steps_list(&mut self, steps: &[Step]) -> ListId {
        ListId(self.steps.intern(steps))
    }

    pub(super) fn name(&self, symbol: Symbol) -> &str {
        &self.symbols.values[symbol.0 as usize]
    }

    pub(super) fn nodes(&self, list: ListId) -> &[NodeId] {
        &self.nodes.values[list.0 as usize]
    }

    pub(super) fn steps(&self, list: ListId) -> &[Step] {
        &self.steps.values[list.0 as usize]
    }
}

#[derive(Debug)]
struct Interner<T: ?Sized> {
    values: Vec<Arc<T>>,
    index: FxHashMap<Arc<T>, u32>,
}

impl<T: ?Sized> Default for Interner<T> {
    fn default() -> Self {
        Self { values: Vec::new(), index: FxHashMap::default() }
    }
}

impl<T: ?Sized> Clone for Interner<T>
where
    Arc<T>: Eq + Hash,
{
    fn clone(&self) -> Self {
        Self { values: self.values.clone(), index: self.index.clone() }
    }
}

impl<T: ?Sized + Eq + Hash> Interner<T>
where
    for<'a> Arc<T>: From<&'a T>,
{
    fn intern(&mut self, value: &T) -> u32 {
        if let Some(id) = self.index.get(value) {
            return *id;
        }
        let id = self.values.len() as u32;
        let value: Arc<T> = value.into();
        self.index.insert(Arc::clone(&value), id);
        self.values.push(value);
        id
    }
}
