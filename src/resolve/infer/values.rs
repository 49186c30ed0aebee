//! The types of values.
//!
//! In: value facts of the file at hand.  Out: types, each computed once.  Not here: what is written (`meaning`), calls
//! (`calls`), what is taken out of values (`parts`).

use smallvec::SmallVec;

use super::arena::{Kind, Ty, UNKNOWN};
use super::meaning::Meaning;
use super::standard::Standard;
use super::{Inferer, MAX_DEPTH};
use crate::facts::{Entries, ItemKind, ValueFact, ValueId};

impl Inferer<'_> {
    pub(super) fn value(&mut self, id: ValueId) -> Ty {
        if let Some(known) = self.values[id.0 as usize] {
            return known;
        }
        if self.depth > MAX_DEPTH {
            return UNKNOWN;
        }
        // Whoever comes back here in a ring knows nothing.
        self.values[id.0 as usize] = Some(UNKNOWN);
        self.depth += 1;
        let ty = self.type_of_value(id);
        self.depth -= 1;
        self.values[id.0 as usize] = Some(ty);
        ty
    }

    pub(super) fn type_of_value(&mut self, id: ValueId) -> Ty {
        let typing = &self.facts(self.instance).typing;
        match typing.value(id) {
            ValueFact::Unknown => UNKNOWN,
            ValueFact::Typed(written) => self.lower(self.instance, written, &[]),
            ValueFact::SelfValue { owner } => {
                let owner = self.here().owner(owner);
                owner.map_or(UNKNOWN, |owner| self.self_type(owner, &[]))
            }
            ValueFact::Path { path, arguments } => self.type_of_path(path, arguments),
            ValueFact::Associated { .. } => UNKNOWN,
            ValueFact::Call { callee, arguments } => self.call(callee, arguments),
            ValueFact::Method(member) => self.method_call(typing.members[member as usize]),
            ValueFact::Field { base, name } => {
                let base = self.value(base);
                self.field(base, name)
            }
            ValueFact::Part { base, constructor, name } => self.part(base, constructor, name),
            ValueFact::Index { base } => {
                let base = self.value(base);
                self.indexed(base)
            }
            ValueFact::Try { base } => {
                let base = self.value(base);
                match self.arena.kind(base) {
                    Kind::Standard(Standard::Option | Standard::Result, arguments) => self.arena.argument(arguments, 0),
                    _ => UNKNOWN,
                }
            }
            ValueFact::Await { base } => {
                let base = self.value(base);
                self.awaited(base)
            }
            ValueFact::Element { base } => {
                let base = self.value(base);
                self.element(base)
            }
            ValueFact::Tuple { parts } => {
                let parts: SmallVec<[Ty; 4]> = typing.value_list(parts).iter().map(|part| self.value(*part)).collect();
                let parts = self.arena.push_list(parts);
                self.arena.push(Kind::Tuple(parts))
            }
            ValueFact::Array { first } => {
                let first = self.value(first);
                self.arena.standard(Standard::Sequence, [first])
            }
            ValueFact::Either(first, second) => {
                let ty = self.value(first);
                if self.is_known(ty) {
                    return ty;
                }
                let other = self.value(second);
                if other == UNKNOWN { ty } else { other }
            }
            ValueFact::Closure { .. } => self.arena.push(Kind::Closure(id)),
            ValueFact::ClosureParameter { closure, place } => self.closure_parameter(closure, place as usize),
            ValueFact::Text => self.arena.standard(Standard::Text, []),
            ValueFact::Number => self.arena.standard(Standard::Number, []),
            ValueFact::Macro { name } => {
                let name = self.name(self.instance, name);
                if self.shared.names.text_macros.contains(&name) {
                    self.arena.standard(Standard::Text, [])
                } else {
                    UNKNOWN
                }
            }
        }
    }

    /// Nothing in it is left open.
    pub(super) fn is_known(&self, ty: Ty) -> bool {
        match self.arena.kind(ty) {
            Kind::Unknown => false,
            Kind::Standard(_, arguments) => !self.arena.list(arguments).contains(&UNKNOWN),
            _ => true,
        }
    }

    pub(super) fn type_of_path(&mut self, path: u32, arguments: Entries) -> Ty {
        match self.meaning(self.instance, path, false) {
            Meaning::Item(item) => match self.item_kind(item) {
                ItemKind::Const | ItemKind::Static => {
                    let shape = self.shape(item);
                    self.lower(shape.instance as usize, shape.meaning, &[])
                }
                ItemKind::Struct | ItemKind::Variant => {
                    let arguments = self.lower_list(self.instance, arguments, &[]);
                    self.of_item(item, arguments)
                }
                _ => UNKNOWN,
            },
            Meaning::External(name, _) if Some(name) == self.shared.world.tree.symbols.get("None") => {
                self.arena.standard(Standard::Option, [UNKNOWN])
            }
            _ => UNKNOWN,
        }
    }
}
