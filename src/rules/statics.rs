//! Statics, what they hold, and which boundaries reach them.
//!
//! In: the model, the text of statics.  Out: [`Static`], one per static outside tests.  Not here: whether that is allowed.

use std::collections::BTreeMap;

use super::Context;
use super::declaration::{Declaration, spelled, text_at};
use crate::boundary::BoundaryId;
use crate::facts::{ItemKind, Word, words};
use crate::model::{NodeId, NodeKind, ReferenceId};

/// What a static holds, as far as its type and its uses say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holding {
    /// It never changes once it is there.
    Constant,
    /// A number that is only counted up or down, and read.
    Counter,
    /// It can be changed by everybody who reaches it.
    Mutable,
}

impl Holding {
    /// The word of the snapshot document.
    pub fn word(self) -> &'static str {
        match self {
            Self::Constant => "constant",
            Self::Counter => "counter",
            Self::Mutable => "mutable",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Static {
    pub node: NodeId,
    /// As written.
    pub type_text: String,
    pub holding: Holding,
    pub owner: Option<BoundaryId>,
    /// The references from other modules, by their boundaries; those that prove it first.
    pub access: BTreeMap<BoundaryId, Vec<ReferenceId>>,
}

/// Types whose values change behind a shared reference.
const MUTABLE: [&str; 22] = [
    "Mutex",
    "RwLock",
    "ReentrantMutex",
    "FairMutex",
    "RefCell",
    "Cell",
    "UnsafeCell",
    "SyncUnsafeCell",
    "AtomicCell",
    "AtomicRefCell",
    "DashMap",
    "DashSet",
    "ArcSwap",
    "ArcSwapOption",
    "ArcSwapAny",
    "SegQueue",
    "ArrayQueue",
    "SkipMap",
    "SkipSet",
    "AtomicBool",
    "AtomicPtr",
    "ShardedLock",
];

/// The name of a type that holds state, not data.
pub(super) fn changes_behind_references(word: &str) -> bool {
    MUTABLE.contains(&word) || word.starts_with("Atomic")
}

/// Methods of atomics that overwrite what was there; what is only added to is a counter or gives ids.
const OVERWRITES: [&str; 10] = [
    "store",
    "swap",
    "compare_and_swap",
    "compare_exchange",
    "compare_exchange_weak",
    "fetch_update",
    "fetch_and",
    "fetch_nand",
    "fetch_or",
    "fetch_xor",
];

impl Context<'_> {
    /// In the order of their paths.
    pub fn statics(&self) -> Vec<Static> {
        let model = self.model;
        let is_static = |node: &NodeId| {
            let item = model.node(*node);
            item.kind == NodeKind::Item(ItemKind::Static) && !item.test && item.active
        };
        let mut statics: Vec<Static> = model
            .node_ids()
            .filter(is_static)
            .filter_map(|node| {
                let declaration = Declaration::of(self, node)?;
                Some(self.static_of(node, &declaration))
            })
            .collect();
        statics.retain(|it| !self.is_in_test(it.node));
        statics.sort_by(|a, b| model.path(a.node).cmp(model.path(b.node)));
        statics
    }

    fn static_of(&self, node: NodeId, declaration: &Declaration<'_>) -> Static {
        let references = self.references_to(node);
        let owner = self.boundaries.of(node);
        let mut access: BTreeMap<BoundaryId, Vec<ReferenceId>> = BTreeMap::new();
        for id in &references {
            let reference = self.model.reference(*id);
            let user = self.boundaries.of(self.model.edge(reference.edge).from);
            if let Some(user) = user.filter(|_| reference.counts()) {
                access.entry(user).or_default().push(*id);
            }
        }
        for ids in access.values_mut() {
            ids.sort_by_key(|id| (!self.model.reference(*id).proves(), *id));
        }
        let type_words = declaration.value_type();
        let has = |wanted: &dyn Fn(&str) -> bool| type_words.iter().any(|word| wanted(word.text));
        let holding = if declaration.has_modifier("mut") || has(&|word| MUTABLE.contains(&word)) {
            Holding::Mutable
        } else if has(&|word| word.starts_with("Atomic")) {
            if self.is_overwritten(node, &references) { Holding::Mutable } else { Holding::Counter }
        } else {
            Holding::Constant
        };
        Static { node, type_text: spelled(type_words), holding, owner, access }
    }

    /// Built for tests alone.
    pub(super) fn is_in_test(&self, node: NodeId) -> bool {
        let model = self.model;
        model.ancestors(node).any(|above| {
            model.node(above).test || matches!(model.node(above).kind, NodeKind::Target(kind) if kind.is_test())
        })
    }

    fn references_to(&self, node: NodeId) -> Vec<ReferenceId> {
        let model = self.model;
        let Some(module) = model.module_of(node) else { return Vec::new() };
        let mut found: Vec<ReferenceId> = Vec::new();
        for edge in model.edges_to(module) {
            found.extend(model.references_of(edge).filter(|(_, it)| it.to_item == node).map(|(id, _)| id));
        }
        found.sort();
        found
    }

    /// Whether any use of an atomic, in its own file or where a reference is, sets it.
    fn is_overwritten(&self, node: NodeId, references: &[ReferenceId]) -> bool {
        let Some(sources) = self.sources else { return false };
        let item = self.model.node(node);
        let mut files: Vec<_> = references.iter().map(|id| self.model.reference(*id).file).chain(item.file).collect();
        files.sort();
        files.dedup();
        files.into_iter().any(|file| {
            let text = &sources.file(file).text;
            text.contains(&*item.name) && is_overwritten_in(&words(text), &item.name)
        })
    }
}

/// `NAME.store(..)` and the like; `NAME.with(|x| x.set(..))` never is an atomic.
fn is_overwritten_in(words: &[Word<'_>], name: &str) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        word.text == name && text_at(words, at + 1) == "." && OVERWRITES.contains(&text_at(words, at + 2))
    })
}
