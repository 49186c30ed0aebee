//! Names that references share, each kept once, and the lists of references, one after another.
//!
//! In: names, lists of nodes, lists of steps.  Out: their numbers.  Not here: what they are for.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{ListId, NodeId, Step, Symbol};

#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    symbols: Symbols,
    nodes: Sequences<NodeId>,
    steps: Sequences<Step>,
}

impl Lists {
    pub(super) fn symbol(&mut self, name: &str) -> Symbol {
        self.symbols.intern(name)
    }

    pub(super) fn nodes_list(&mut self, nodes: &[NodeId]) -> ListId {
        self.nodes.push(nodes.iter().copied())
    }

    pub(super) fn steps_list(&mut self, steps: impl IntoIterator<Item = Step>) -> ListId {
        self.steps.push(steps)
    }

    pub(super) fn name(&self, symbol: Symbol) -> &str {
        &self.symbols.values[symbol.0 as usize]
    }

    pub(super) fn nodes(&self, list: ListId) -> &[NodeId] {
        self.nodes.get(list)
    }

    pub(super) fn steps(&self, list: ListId) -> &[Step] {
        self.steps.get(list)
    }
}

/// Lists in one allocation; `ListId::default()` is the empty one.
#[derive(Clone, Debug)]
struct Sequences<T> {
    values: Vec<T>,
    /// Where each list ends; it begins where the one before it ends.
    ends: Vec<u32>,
}

impl<T> Default for Sequences<T> {
    fn default() -> Self {
        Self { values: Vec::new(), ends: vec![0] }
    }
}

impl<T> Sequences<T> {
    fn push(&mut self, list: impl IntoIterator<Item = T>) -> ListId {
        let before = self.values.len();
        self.values.extend(list);
        if self.values.len() == before {
            return ListId::default();
        }
        self.ends.push(self.values.len() as u32);
        ListId(self.ends.len() as u32 - 1)
    }

    fn get(&self, list: ListId) -> &[T] {
        let number = list.0 as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.values[start as usize..self.ends[number] as usize]
    }
}

#[derive(Clone, Debug, Default)]
struct Symbols {
    values: Vec<Arc<str>>,
    index: FxHashMap<Arc<str>, Symbol>,
}

impl Symbols {
    fn intern(&mut self, name: &str) -> Symbol {
        if let Some(symbol) = self.index.get(name) {
            return *symbol;
        }
        let symbol = Symbol(self.values.len() as u32);
        let name: Arc<str> = name.into();
        self.index.insert(Arc::clone(&name), symbol);
        self.values.push(name);
        symbol
    }
}
