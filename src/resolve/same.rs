//! What of one resolution is the same thing in the next: numbers change wherever something before them does.
//!
//! In: two states of the tree, and of imports with their trails.  Out: [`Same`], from old numbers to new ones.  What has a
//! new number is equal in all that anybody asks of it; where that is not so, it is taken for something else.  Not here:
//! what names mean in scopes, which may have changed nevertheless (`again`).

mod matching;
mod shapes;

use rustc_hash::FxHashSet;

use super::imports::Imports;
use super::scope::{Binding, ImportId, Scopes};
use super::trails::{ImportTrail, Lead, Trails};
use super::tree::Tree;
use super::{Def, ItemId, ModuleId, Step, Sym, Trail, Visibility};
use crate::source::{FileId, SourceTree};

/// One of two states.
#[derive(Clone, Copy)]
pub(super) struct State<'a> {
    pub(super) sources: &'a SourceTree,
    pub(super) tree: &'a Tree,
    pub(super) scopes: &'a Scopes,
    pub(super) imports: &'a Imports,
    pub(super) trails: &'a Trails,
    /// The instances of each file.
    pub(super) parts: &'a [Vec<usize>],
}

/// By old number: the new one.
#[derive(Debug, Default)]
pub(super) struct Same {
    symbols: Twins,
    modules: Twins,
    items: Twins,
    imports: Twins,
    files: Vec<Option<FileId>>,
    /// Old items whose declarations have the types that they had.
    shaped: Vec<bool>,
    /// Per new part: the old one, if nothing in its text or around it is different.
    pub(super) parts: Vec<Option<usize>>,
    /// Old files in which textual macros may stand in another order.
    pub(super) reordered: FxHashSet<FileId>,
}

/// Old and new numbers, none of them twice.
#[derive(Debug, Default)]
struct Twins {
    forth: Vec<Option<u32>>,
    back: Vec<Option<u32>>,
}

impl Twins {
    fn new(old: usize, new: usize) -> Self {
        Self { forth: vec![None; old], back: vec![None; new] }
    }

    /// False if one of them has another twin.
    fn pair(&mut self, old: u32, new: u32) -> bool {
        let (forth, back) = (&mut self.forth[old as usize], &mut self.back[new as usize]);
        if forth.is_none() && back.is_none() {
            (*forth, *back) = (Some(new), Some(old));
        }
        *forth == Some(new)
    }

    fn part(&mut self, old: u32) {
        if let Some(new) = self.forth[old as usize].take() {
            self.back[new as usize] = None;
        }
    }

    fn forth(&self, old: u32) -> Option<u32> {
        self.forth[old as usize]
    }

    fn back(&self, new: u32) -> Option<u32> {
        self.back[new as usize]
    }
}

impl Same {
    pub(super) fn symbol(&self, old: Sym) -> Option<Sym> {
        self.symbols.forth(old.0).map(Sym)
    }

    pub(super) fn symbol_back(&self, new: Sym) -> Option<Sym> {
        self.symbols.back(new.0).map(Sym)
    }

    pub(super) fn module(&self, old: ModuleId) -> Option<ModuleId> {
        self.modules.forth(old.0).map(ModuleId)
    }

    pub(super) fn module_back(&self, new: ModuleId) -> Option<ModuleId> {
        self.modules.back(new.0).map(ModuleId)
    }

    pub(super) fn item(&self, old: ItemId) -> Option<ItemId> {
        self.items.forth(old.0).map(ItemId)
    }

    pub(super) fn item_back(&self, new: ItemId) -> Option<ItemId> {
        self.items.back(new.0).map(ItemId)
    }

    pub(super) fn import(&self, old: ImportId) -> Option<ImportId> {
        self.imports.forth(old.0).map(ImportId)
    }

    pub(super) fn file(&self, old: FileId) -> Option<FileId> {
        self.files[old.0 as usize]
    }

    /// Whether the declaration of an item has the types that it had.
    pub(super) fn has_shape(&self, old: ItemId) -> bool {
        self.shaped[old.0 as usize] && self.item(old).is_some()
    }

    pub(super) fn def(&self, old: Def) -> Option<Def> {
        match old {
            Def::Module(module) => self.module(module).map(Def::Module),
            Def::Item(item) => self.item(item).map(Def::Item),
            Def::Generated(module) => self.module(module).map(Def::Generated),
            Def::External(_) => Some(old),
        }
    }

    pub(super) fn visibility(&self, old: Visibility) -> Option<Visibility> {
        match old {
            Visibility::Public => Some(old),
            Visibility::Within(module) => self.module(module).map(Visibility::Within),
        }
    }

    pub(super) fn step(&self, old: &Step) -> Option<Step> {
        Some(Step { module: self.module(old.module)?, name: self.symbol(old.name)?, def: self.def(old.def)? })
    }

    pub(super) fn trail(&self, old: &Trail) -> Option<Trail> {
        let modules = |list: &[ModuleId]| list.iter().map(|module| self.module(*module)).collect::<Option<_>>();
        let route = old.route.iter().map(|step| self.step(step)).collect::<Option<_>>()?;
        Some(Trail { named: modules(&old.named)?, facades: modules(&old.facades)?, route })
    }

    /// Whether old bindings are these now, in this order.
    pub(super) fn are_bindings(&self, old: &[Binding], new: &[Binding]) -> bool {
        let is = |(old, new): (&Binding, &Binding)| {
            self.def(old.def) == Some(new.def)
                && self.visibility(old.visibility) == Some(new.visibility)
                && (old.activity, old.distance) == (new.activity, new.distance)
                && match (old.import, new.import) {
                    (None, None) => true,
                    (Some(old), Some(new)) => self.import(old) == Some(new),
                    _ => false,
                }
        };
        old.len() == new.len() && old.iter().zip(new).all(is)
    }

    /// Whether items of one list are those of another, in this order.
    pub(super) fn are_items(&self, old: &[ItemId], new: &[ItemId]) -> bool {
        old.len() == new.len() && old.iter().zip(new).all(|(old, new)| self.item(*old) == Some(*new))
    }

    fn is_import_trail(&self, old: &ImportTrail, new: &ImportTrail) -> bool {
        let modules = |old: &[ModuleId], new: &[ModuleId]| {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| self.module(*old) == Some(*new))
        };
        let trail = |old: &Trail, new: &Trail| {
            modules(&old.named, &new.named)
                && modules(&old.facades, &new.facades)
                && old.route.len() == new.route.len()
                && old.route.iter().zip(&new.route).all(|(old, new)| self.step(old) == Some(*new))
        };
        let lead = |(old, new): (&Lead, &Lead)| {
            (old.namespace, old.activity) == (new.namespace, new.activity)
                && self.def(old.def) == Some(new.def)
                && trail(&old.trail, &new.trail)
        };
        old.found.len() == new.found.len() && old.found.iter().zip(&new.found).all(lead)
    }
}
