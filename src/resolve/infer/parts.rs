//! What is taken out of values: fields, elements, what patterns bind.
//!
//! In: types of values.  Out: types of their parts.  Not here: which value a binding is a part of (`facts`).

use super::super::{ItemId, Sym};
use super::Inferer;
use super::arena::{Kind, List, Ty, UNKNOWN};
use super::meaning::Meaning;
use super::methods::MAX_STEPS;
use super::standard::Standard;
use crate::facts::{ItemKind, NameId, TypeFact, TypeId, ValueId};

impl Inferer<'_> {
    /// What iterating over a type gives.
    pub(super) fn element(&mut self, ty: Ty) -> Ty {
        let mut at = ty;
        for _ in 0..MAX_STEPS {
            match self.arena.kind(at) {
                Kind::Standard(Standard::Sequence | Standard::Option | Standard::Result, list) => {
                    return self.arena.argument(list, 0);
                }
                Kind::Standard(Standard::Map, list) => return self.arena.push(Kind::Tuple(list)),
                Kind::Item(..) | Kind::Parameter(_) | Kind::Bounds(_) => {
                    if let Some(item) = self.shared.names.item {
                        let element = self.projection(at, item);
                        if element != UNKNOWN {
                            return element;
                        }
                    }
                }
                _ => {}
            }
            match self.deref(at) {
                Some(next) => at = next,
                None => return UNKNOWN,
            }
        }
        UNKNOWN
    }

    pub(super) fn indexed(&mut self, ty: Ty) -> Ty {
        let mut at = ty;
        for _ in 0..MAX_STEPS {
            match self.arena.kind(at) {
                Kind::Standard(Standard::Sequence, list) => return self.arena.argument(list, 0),
                Kind::Standard(Standard::Map, list) => return self.arena.argument(list, 1),
                Kind::Item(item, _) => {
                    if let Some(output) = self.shared.names.output {
                        let [_] = self.associated_of_impls(item, output)[..] else { return UNKNOWN };
                        return self.projection(at, output);
                    }
                }
                _ => {}
            }
            match self.deref(at) {
                Some(next) => at = next,
                None => return UNKNOWN,
            }
        }
        UNKNOWN
    }

    /// What a future gives; of what is no future, it is the value of an `async` function itself.
    pub(super) fn awaited(&mut self, ty: Ty) -> Ty {
        let mut at = ty;
        for _ in 0..MAX_STEPS {
            match self.arena.kind(at) {
                Kind::Standard(Standard::Future, list) => return self.arena.argument(list, 0),
                Kind::Bounds(_) | Kind::Parameter(_) => {
                    let Some(output) = self.shared.names.output else { return UNKNOWN };
                    return self.projection(at, output);
                }
                Kind::Standard(Standard::Pointer, list) => at = self.arena.argument(list, 0),
                _ => return ty,
            }
        }
        ty
    }

    /// The field of a type or of what it dereferences to.
    pub(super) fn field(&mut self, base: Ty, name: NameId) -> Ty {
        let name = self.name(self.instance, name);
        let mut at = base;
        for _ in 0..MAX_STEPS {
            match self.arena.kind(at) {
                Kind::Item(item, arguments) => {
                    if let Some(ty) = self.field_of(item, item, arguments, name) {
                        return ty;
                    }
                }
                Kind::Tuple(parts) => return self.numbered(parts, name),
                _ => {}
            }
            match self.deref(at) {
                Some(next) => at = next,
                None => return UNKNOWN,
            }
        }
        UNKNOWN
    }

    pub(super) fn numbered(&self, parts: List, name: Sym) -> Ty {
        let place = self.shared.world.tree.symbols.text(name).parse::<usize>();
        place.map_or(UNKNOWN, |place| self.arena.argument(parts, place))
    }

    /// The field of a struct or variant; `of`: what has the generic parameters.
    pub(super) fn field_of(&mut self, owner: ItemId, of: ItemId, arguments: List, name: Sym) -> Option<Ty> {
        let shape = self.shape(owner);
        let instance = shape.instance as usize;
        let fields = &self.facts(instance).typing.fields[shape.fields.0 as usize..shape.fields.1 as usize];
        let field = fields.iter().find(|field| self.name(instance, field.name) == name)?;
        let given = self.given(of, arguments);
        Some(self.lower(instance, field.meaning, &given))
    }

    /// What a pattern takes out of a value.
    pub(super) fn part(&mut self, base: ValueId, constructor: TypeId, name: NameId) -> Ty {
        let name = self.name(self.instance, name);
        let mut whole = self.value(base);
        while let Kind::Standard(Standard::Pointer, list) = self.arena.kind(whole) {
            whole = self.arena.argument(list, 0);
        }
        let owner = match self.facts(self.instance).typing.type_fact(constructor) {
            TypeFact::Path { path, .. } => match self.meaning(self.instance, path, true) {
                Meaning::Item(item) => item,
                Meaning::Member(item, variant) => match self.variant(item, variant) {
                    Some(variant) => variant,
                    None => return UNKNOWN,
                },
                Meaning::External(constructor, _) => return self.part_of_standard(whole, constructor),
                Meaning::Nothing => return UNKNOWN,
            },
            // `Self::Variant(x)`.
            TypeFact::Associated { base, name } => {
                let variant = self.name(self.instance, name);
                let around = self.lower(self.instance, base, &[]);
                let Kind::Item(item, _) = self.arena.kind(around) else { return UNKNOWN };
                match self.variant(item, variant) {
                    Some(variant) => variant,
                    None => return UNKNOWN,
                }
            }
            TypeFact::SelfType { .. } => {
                let ty = self.lower(self.instance, constructor, &[]);
                let Kind::Item(item, _) = self.arena.kind(ty) else { return UNKNOWN };
                item
            }
            _ => return UNKNOWN,
        };
        let owner = match self.item_kind(owner) {
            ItemKind::TypeAlias => {
                let meant = self.of_item(owner, List::default());
                match self.arena.kind(meant) {
                    Kind::Item(item, _) => item,
                    _ => return UNKNOWN,
                }
            }
            _ => owner,
        };
        let of = match self.item_kind(owner) {
            ItemKind::Variant => self.parent(owner).unwrap_or(owner),
            _ => owner,
        };
        let arguments = match self.arena.kind(whole) {
            Kind::Item(item, arguments) if item == of => arguments,
            _ => List::default(),
        };
        self.field_of(owner, of, arguments, name).unwrap_or(UNKNOWN)
    }

    pub(super) fn variant(&self, item: ItemId, name: Sym) -> Option<ItemId> {
        let variants = self.shared.world.scopes.variants.get(&item)?;
        variants.iter().find(|(variant, _)| *variant == name).map(|(_, item)| *item)
    }

    pub(super) fn part_of_standard(&self, whole: Ty, constructor: Sym) -> Ty {
        let names = &self.shared.names;
        let Kind::Standard(shape, list) = self.arena.kind(whole) else { return UNKNOWN };
        let constructor = Some(constructor);
        match shape {
            Standard::Option if constructor == names.some => self.arena.argument(list, 0),
            Standard::Result if constructor == names.ok => self.arena.argument(list, 0),
            Standard::Result if constructor == names.err => self.arena.argument(list, 1),
            _ => UNKNOWN,
        }
    }
}
