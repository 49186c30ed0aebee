//! Types as inference handles them.
//!
//! In: kinds of types.  Out: [`Ty`], a number in an [`Arena`].  References are the type that they lead to.  Not here:
//! where types come from.

use super::super::{ItemId, Sym};
use super::standard::Standard;
use crate::facts::ValueId;

/// A type; an index into an [`Arena`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Ty(u32);

pub(super) const UNKNOWN: Ty = Ty(0);

/// A half-open range of the arena's lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct List {
    start: u32,
    end: u32,
}

/// A generic parameter of an item; without a name, `Self` of a trait or an associated type of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Parameter {
    pub(super) item: ItemId,
    pub(super) name: Option<Sym>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Unknown,
    /// A struct, enum, union or (as a bound) trait of the workspace.
    Item(ItemId, List),
    Standard(Standard, List),
    /// Of another crate.
    External(Sym, List),
    Parameter(Parameter),
    Tuple(List),
    /// The parameters, and last the result.
    Function(List),
    /// `impl A + B`, `dyn A + B`.
    Bounds(List),
    /// `Item = A` among arguments.
    Binding(Sym, Ty),
    /// A closure of the file at hand.
    Closure(ValueId),
}

#[derive(Debug)]
pub(super) struct Arena {
    kinds: Vec<Kind>,
    lists: Vec<Ty>,
}

impl Default for Arena {
    fn default() -> Self {
        Self { kinds: vec![Kind::Unknown], lists: Vec::new() }
    }
}

impl Arena {
    pub(super) fn kind(&self, ty: Ty) -> Kind {
        self.kinds[ty.0 as usize]
    }

    /// How many types it has.
    pub(super) fn len(&self) -> usize {
        self.kinds.len()
    }

    pub(super) fn push(&mut self, kind: Kind) -> Ty {
        self.kinds.push(kind);
        Ty(self.kinds.len() as u32 - 1)
    }

    pub(super) fn list(&self, list: List) -> &[Ty] {
        &self.lists[list.start as usize..list.end as usize]
    }

    pub(super) fn push_list(&mut self, types: impl IntoIterator<Item = Ty>) -> List {
        let start = self.lists.len() as u32;
        self.lists.extend(types);
        List { start, end: self.lists.len() as u32 }
    }

    /// An argument by its number; unknown if there is none.
    pub(super) fn argument(&self, list: List, place: usize) -> Ty {
        self.list(list).get(place).copied().unwrap_or(UNKNOWN)
    }

    pub(super) fn standard(&mut self, standard: Standard, arguments: impl IntoIterator<Item = Ty>) -> Ty {
        let arguments = self.push_list(arguments);
        self.push(Kind::Standard(standard, arguments))
    }
}
