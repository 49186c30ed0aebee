//! What calls give, and what they give to the closures among their arguments.
//!
//! In: calls of functions, constructors and methods.  Out: types.  Not here: which method is meant (`methods`), methods
//! of the standard library (`templates`).

use super::super::{ItemId, ModuleId, Sym};
use super::Inferer;
use super::arena::{Kind, List, Ty, UNKNOWN};
use super::meaning::{Meaning, Substitution};
use super::methods::Hit;
use super::standard::Standard;
use crate::facts::{Entries, ItemKind, Member, MemberBase, ValueFact, ValueId};

impl Inferer<'_> {
    pub(super) fn call(&mut self, callee: ValueId, arguments: Entries) -> Ty {
        let typing = &self.facts(self.instance).typing;
        let arguments = typing.value_list(arguments);
        if let Some((hit, written)) = self.callee(callee) {
            return self.result_of(hit, written, arguments);
        }
        match typing.value(callee) {
            ValueFact::Path { path, arguments: written } => {
                let meaning = self.meaning(self.instance, path, false);
                self.call_of(meaning, written, arguments, path)
            }
            ValueFact::Associated { base, name } => {
                let base = self.lower(self.instance, base, &[]);
                let name = self.name(self.instance, name);
                self.variant_of(base, name)
            }
            // `Self(..)`.
            ValueFact::Typed(written) => match self.lower(self.instance, written, &[]) {
                ty if matches!(self.arena.kind(ty), Kind::Function(_) | Kind::Bounds(_) | Kind::Parameter(_)) => {
                    self.result_of_function(ty)
                }
                ty => ty,
            },
            _ => {
                let callee = self.value(callee);
                self.result_of_function(callee)
            }
        }
    }

    /// `Self::Variant(..)`.
    pub(super) fn variant_of(&mut self, base: Ty, name: Sym) -> Ty {
        match self.arena.kind(base) {
            Kind::Item(item, _) => {
                let variants = self.shared.world.scopes.variants.get(&item);
                let is_variant = variants.is_some_and(|variants| variants.iter().any(|(variant, _)| *variant == name));
                if is_variant { base } else { self.same(base, name) }
            }
            _ => UNKNOWN,
        }
    }

    /// `Self::default()` and the like, which are derived.
    pub(super) fn same(&self, base: Ty, name: Sym) -> Ty {
        if self.shared.names.constructors.contains(&name) { base } else { UNKNOWN }
    }

    pub(super) fn call_of(&mut self, meaning: Meaning, written: Entries, arguments: &[ValueId], path: u32) -> Ty {
        let names = &self.shared.names;
        match meaning {
            Meaning::Item(item) => match self.item_kind(item) {
                ItemKind::Function => {
                    let hit = Hit { function: item, self_type: UNKNOWN };
                    self.result_of(hit, written, arguments)
                }
                ItemKind::Struct | ItemKind::Variant => self.construct(item, written, arguments),
                ItemKind::Const | ItemKind::Static => {
                    let ty = self.type_of_path(path, written);
                    self.result_of_function(ty)
                }
                _ => UNKNOWN,
            },
            Meaning::Member(item, name) => {
                let list = self.lower_list(self.instance, written, &[]);
                let base = self.of_item(item, list);
                match self.associated_function(base, name, self.here_scope()) {
                    Some(hit) => self.result_of(hit, Entries::default(), arguments),
                    None => self.same(base, name),
                }
            }
            Meaning::External(name, None) => {
                let first = arguments.first().copied();
                let shape = match Some(name) {
                    some if some == names.some => Standard::Option,
                    ok if ok == names.ok => Standard::Result,
                    err if err == names.err => {
                        let error = first.map_or(UNKNOWN, |first| self.value(first));
                        return self.arena.standard(Standard::Result, [UNKNOWN, error]);
                    }
                    _ => return UNKNOWN,
                };
                let first = first.map_or(UNKNOWN, |first| self.value(first));
                self.arena.standard(shape, [first, UNKNOWN])
            }
            Meaning::External(name, Some(before)) => match names.type_named(before) {
                Some(shape @ (Standard::Pointer | Standard::Lock)) if names.wrapping.contains(&name) => {
                    let first = arguments.first().map_or(UNKNOWN, |first| self.value(*first));
                    self.arena.standard(shape, [first])
                }
                // `Arc::clone(&x)`.
                Some(Standard::Pointer) if names.gives_same(name) => {
                    arguments.first().map_or(UNKNOWN, |first| self.value(*first))
                }
                Some(shape) if names.constructors.contains(&name) => {
                    let list = self.lower_list(self.instance, written, &[]);
                    self.arena.push(Kind::Standard(shape, list))
                }
                None if names.constructors.contains(&name) => self.arena.push(Kind::External(before, List::default())),
                _ => UNKNOWN,
            },
            Meaning::Nothing => UNKNOWN,
        }
    }

    /// A tuple struct or variant with its arguments.
    pub(super) fn construct(&mut self, item: ItemId, written: Entries, arguments: &[ValueId]) -> Ty {
        let owner = match self.item_kind(item) {
            ItemKind::Variant => self.parent(item).unwrap_or(item),
            _ => item,
        };
        if written.start < written.end || !self.generics(owner).iter().any(|generic| generic.declared) {
            let list = self.lower_list(self.instance, written, &[]);
            return self.of_item(item, list);
        }
        let shape = self.shape(item);
        let instance = shape.instance as usize;
        let mut given = Substitution::new();
        let fields = &self.facts(instance).typing.fields[shape.fields.0 as usize..shape.fields.1 as usize];
        for (field, argument) in fields.iter().zip(arguments) {
            let pattern = self.lower(instance, field.meaning, &[]);
            let argument = self.value(*argument);
            self.unify(pattern, argument, &mut given, 0);
        }
        self.self_type(owner, &given)
    }

    /// What calling a value of this type gives.
    pub(super) fn result_of_function(&mut self, ty: Ty) -> Ty {
        match self.arena.kind(ty) {
            Kind::Function(types) => self.arena.list(types).last().copied().unwrap_or(UNKNOWN),
            Kind::Closure(closure) => match self.facts(self.instance).typing.value(closure) {
                ValueFact::Closure { result, .. } => self.value(result),
                _ => UNKNOWN,
            },
            Kind::Bounds(_) | Kind::Parameter(_) => {
                let bounds = self.bounds_of(ty);
                let function = bounds.into_iter().find(|bound| matches!(self.arena.kind(*bound), Kind::Function(_)));
                function.map_or(UNKNOWN, |function| self.result_of_function(function))
            }
            Kind::Standard(Standard::Pointer, inner) => {
                let inner = self.arena.argument(inner, 0);
                if matches!(self.arena.kind(inner), Kind::Bounds(_) | Kind::Function(_)) {
                    self.result_of_function(inner)
                } else {
                    UNKNOWN
                }
            }
            _ => UNKNOWN,
        }
    }

    /// What the parameters around a function stand for.
    pub(super) fn given_to(&mut self, hit: Hit, written: Entries, arguments: &[ValueId]) -> Substitution {
        let mut given = match self.parent(hit.function) {
            Some(around) if hit.self_type != UNKNOWN => self.given_by_impl(around, hit.self_type),
            _ => Substitution::new(),
        };
        let Some((instance, signature)) = self.signature(hit.function) else { return given };
        if !self.generics(hit.function).iter().any(|generic| generic.declared) && hit.self_type == UNKNOWN {
            return given;
        }
        if written.start < written.end {
            let list = self.lower_list(self.instance, written, &[]);
            let named = self.given(hit.function, list);
            given.extend(named.into_iter().filter(|(_, ty)| *ty != UNKNOWN));
        }
        let parameters = self.facts(instance).typing.type_list(signature.parameters);
        for (parameter, argument) in parameters.iter().zip(arguments) {
            let pattern = self.lower(instance, *parameter, &[]);
            if self.has_parameter(pattern, 0) {
                let argument = self.value(*argument);
                self.unify(pattern, argument, &mut given, 0);
            }
        }
        given
    }

    pub(super) fn has_parameter(&self, ty: Ty, depth: usize) -> bool {
        match self.arena.kind(ty) {
            Kind::Parameter(_) => true,
            Kind::Item(_, list) | Kind::Standard(_, list) | Kind::External(_, list) | Kind::Tuple(list) => {
                depth < 4 && self.arena.list(list).iter().any(|ty| self.has_parameter(*ty, depth + 1))
            }
            _ => false,
        }
    }

    pub(super) fn result_of(&mut self, hit: Hit, written: Entries, arguments: &[ValueId]) -> Ty {
        let Some((instance, signature)) = self.signature(hit.function) else { return UNKNOWN };
        if signature.result == crate::facts::UNKNOWN_TYPE {
            return UNKNOWN;
        }
        let given = self.given_to(hit, written, arguments);
        let before = self.asking.replace(hit.function);
        let ty = self.lower(instance, signature.result, &given);
        self.asking = before;
        ty
    }

    pub(super) fn method_call(&mut self, member: Member) -> Ty {
        let MemberBase::Value(receiver) = member.base else { return UNKNOWN };
        let receiver = self.value(receiver);
        let name = self.name(self.instance, member.name);
        let scope = self.here().scope(member.scope);
        let arguments = self.facts(self.instance).typing.value_list(member.arguments);
        if let Some(hit) = self.method(receiver, name, scope) {
            return self.result_of(hit, member.types, arguments);
        }
        if Some(name) == self.shared.names.collect {
            return self.collected(receiver, member.types);
        }
        if let Some((row, asked, list)) = self.row(receiver, name) {
            return self.by_template(row.result, asked, list, arguments);
        }
        let guard = matches!(self.arena.kind(receiver), Kind::Standard(Standard::Pointer, _))
            && self.shared.names.is_guard(name);
        if self.shared.names.gives_same(name) || guard { receiver } else { UNKNOWN }
    }

    /// What the call that a closure is given to gives it.
    pub(super) fn closure_parameter(&mut self, closure: ValueId, place: usize) -> Ty {
        let typing = &self.facts(self.instance).typing;
        let ValueFact::Closure { user, place: given_as, .. } = typing.value(closure) else { return UNKNOWN };
        let given_as = given_as as usize;
        match typing.value(user) {
            ValueFact::Call { callee, arguments } => {
                let Some((hit, written)) = self.callee(callee) else { return UNKNOWN };
                let before = typing.value_list(arguments).get(..given_as).unwrap_or_default();
                self.parameter_of_closure(hit, written, before, place)
            }
            ValueFact::Method(member) => {
                let member = typing.members[member as usize];
                let MemberBase::Value(receiver) = member.base else { return UNKNOWN };
                let receiver = self.value(receiver);
                let name = self.name(self.instance, member.name);
                let scope = self.here().scope(member.scope);
                let before = typing.value_list(member.arguments).get(..given_as).unwrap_or_default();
                if let Some(hit) = self.method(receiver, name, scope) {
                    return self.parameter_of_closure(hit, member.types, before, place);
                }
                match self.row(receiver, name) {
                    Some((row, asked, list)) => {
                        let template = row.closure.get(place..).unwrap_or_default();
                        self.by_template(template, asked, list, before)
                    }
                    None => UNKNOWN,
                }
            }
            _ => UNKNOWN,
        }
    }

    /// The function of the workspace that is called, and its written generic arguments.
    fn callee(&mut self, callee: ValueId) -> Option<(Hit, Entries)> {
        let (base, name, written) = match self.facts(self.instance).typing.value(callee) {
            ValueFact::Path { path, arguments } => match self.meaning(self.instance, path, false) {
                Meaning::Item(function) if self.item_kind(function) == ItemKind::Function => {
                    return Some((Hit { function, self_type: UNKNOWN }, arguments));
                }
                Meaning::Member(item, name) => {
                    let list = self.lower_list(self.instance, arguments, &[]);
                    (self.of_item(item, list), name, Entries::default())
                }
                _ => return None,
            },
            ValueFact::Associated { base, name } => {
                (self.lower(self.instance, base, &[]), self.name(self.instance, name), Entries::default())
            }
            _ => return None,
        };
        Some((self.associated_function(base, name, self.here_scope())?, written))
    }

    /// The parameter of a closure that a function of the workspace takes.
    pub(super) fn parameter_of_closure(&mut self, hit: Hit, written: Entries, before: &[ValueId], place: usize) -> Ty {
        let Some((instance, signature)) = self.signature(hit.function) else { return UNKNOWN };
        let parameters = self.facts(instance).typing.type_list(signature.parameters);
        let Some(parameter) = parameters.get(before.len()).copied() else { return UNKNOWN };
        let given = self.given_to(hit, written, before);
        let asked = self.asking.replace(hit.function);
        let taken = self.lower(instance, parameter, &given);
        let bounds = self.bounds_of(taken);
        self.asking = asked;
        let function = bounds.into_iter().chain([taken]).find_map(|bound| match self.arena.kind(bound) {
            Kind::Function(types) => Some(types),
            _ => None,
        });
        let Some(types) = function else { return UNKNOWN };
        let count = self.arena.list(types).len();
        let ty = if place + 1 < count { self.arena.argument(types, place) } else { UNKNOWN };
        self.substituted(ty, &given)
    }

    /// A parameter that is known by now.
    pub(super) fn substituted(&self, ty: Ty, given: &Substitution) -> Ty {
        match self.arena.kind(ty) {
            Kind::Parameter(parameter) => {
                given.iter().find(|(known, _)| *known == parameter).map_or(ty, |(_, known)| *known)
            }
            _ => ty,
        }
    }

    pub(super) fn here_scope(&self) -> ModuleId {
        self.here().scopes[0]
    }
}
