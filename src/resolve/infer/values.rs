//! The types of values.
//!
//! In: value facts of the file at hand.  Out: types, each computed once.  Not here: what is written (`meaning`), which
//! function is meant (`methods`).

use smallvec::SmallVec;

use super::super::{ItemId, ModuleId, Sym};
use super::arena::{Kind, List, Ty, UNKNOWN};
use super::meaning::{Meaning, Substitution};
use super::methods::Hit;
use super::standard::{Row, Standard};
use super::{Inferer, MAX_DEPTH};
use crate::facts::{Entries, ItemKind, Member, MemberBase, NameId, TypeFact, TypeId, ValueFact, ValueId};

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

    fn type_of_value(&mut self, id: ValueId) -> Ty {
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
    fn is_known(&self, ty: Ty) -> bool {
        match self.arena.kind(ty) {
            Kind::Unknown => false,
            Kind::Standard(_, arguments) => !self.arena.list(arguments).contains(&UNKNOWN),
            _ => true,
        }
    }

    fn type_of_path(&mut self, path: u32, arguments: Entries) -> Ty {
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

    fn call(&mut self, callee: ValueId, arguments: Entries) -> Ty {
        let typing = &self.facts(self.instance).typing;
        match typing.value(callee) {
            ValueFact::Path { path, arguments: written } => {
                let meaning = self.meaning(self.instance, path, false);
                self.call_of(meaning, written, typing.value_list(arguments), path)
            }
            ValueFact::Associated { base, name, arguments: written } => {
                let base = self.lower(self.instance, base, &[]);
                let name = self.name(self.instance, name);
                match self.associated_function(base, name, self.here_scope()) {
                    Some(hit) => self.result_of(hit, written, typing.value_list(arguments)),
                    None => self.variant_of(base, name),
                }
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
    fn variant_of(&mut self, base: Ty, name: Sym) -> Ty {
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
    fn same(&self, base: Ty, name: Sym) -> Ty {
        if self.shared.names.constructors.contains(&name) { base } else { UNKNOWN }
    }

    fn call_of(&mut self, meaning: Meaning, written: Entries, arguments: &[ValueId], path: u32) -> Ty {
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
    fn construct(&mut self, item: ItemId, written: Entries, arguments: &[ValueId]) -> Ty {
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
    fn result_of_function(&mut self, ty: Ty) -> Ty {
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
    fn given_to(&mut self, hit: Hit, written: Entries, arguments: &[ValueId]) -> Substitution {
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

    fn has_parameter(&self, ty: Ty, depth: usize) -> bool {
        match self.arena.kind(ty) {
            Kind::Parameter(_) => true,
            Kind::Item(_, list) | Kind::Standard(_, list) | Kind::External(_, list) | Kind::Tuple(list) => {
                depth < 4 && self.arena.list(list).iter().any(|ty| self.has_parameter(*ty, depth + 1))
            }
            _ => false,
        }
    }

    fn result_of(&mut self, hit: Hit, written: Entries, arguments: &[ValueId]) -> Ty {
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

    fn method_call(&mut self, member: Member) -> Ty {
        let MemberBase::Value(receiver) = member.base else { return UNKNOWN };
        let receiver = self.value(receiver);
        let name = self.name(self.instance, member.name);
        let scope = self.here().scope(member.scope);
        let arguments = self.facts(self.instance).typing.value_list(member.arguments);
        if let Some(hit) = self.method(receiver, name, scope) {
            return self.result_of(hit, member.types, arguments);
        }
        let mut at = receiver;
        for _ in 0..8 {
            if let Some((row, list)) = self.row(at, name) {
                if Some(name) == self.shared.names.collect {
                    break;
                }
                return self.by_row(row, at, list, arguments);
            }
            match self.deref(at) {
                Some(next) => at = next,
                None => break,
            }
        }
        if Some(name) == self.shared.names.collect {
            return self.collected(receiver, member.types);
        }
        let guard = matches!(self.arena.kind(receiver), Kind::Standard(Standard::Pointer, _))
            && self.shared.names.is_guard(name);
        if self.shared.names.gives_same(name) || guard { receiver } else { UNKNOWN }
    }

    /// What the table says of a method of a type, with the type's arguments.
    fn row(&mut self, ty: Ty, name: Sym) -> Option<(Row, List)> {
        match self.arena.kind(ty) {
            Kind::Standard(standard, list) => Some((self.shared.names.method(standard, name)?, list)),
            Kind::Item(..) | Kind::Parameter(_) | Kind::Bounds(_) | Kind::External(..) => {
                let row = self.shared.names.method(Standard::Sequence, name)?;
                if matches!(self.arena.kind(ty), Kind::External(..)) {
                    return None;
                }
                let element = self.element(ty);
                (element != UNKNOWN).then(|| (row, self.arena.push_list([element])))
            }
            _ => None,
        }
    }

    fn by_row(&mut self, row: Row, receiver: Ty, list: List, arguments: &[ValueId]) -> Ty {
        let mut template = row.result.bytes();
        self.from_template(&mut template, receiver, list, arguments)
    }

    fn from_template(
        &mut self,
        template: &mut std::str::Bytes<'static>,
        receiver: Ty,
        list: List,
        arguments: &[ValueId],
    ) -> Ty {
        let shape = match template.next() {
            Some(b's') => {
                // What can be iterated is a sequence of the same elements, whatever it was.
                return match self.arena.kind(receiver) {
                    Kind::Standard(..) => receiver,
                    _ => self.arena.push(Kind::Standard(Standard::Sequence, list)),
                };
            }
            Some(b'0') => return self.arena.argument(list, 0),
            Some(b'1') => return self.arena.argument(list, 1),
            Some(b'f') => return self.result_of_argument(arguments),
            Some(b'e') => {
                let result = self.result_of_argument(arguments);
                return self.element(result);
            }
            Some(b'a') => return arguments.first().map_or(UNKNOWN, |first| self.value(*first)),
            Some(b'E') => {
                let of = match arguments.first() {
                    Some(first) => self.value(*first),
                    None => self.arena.argument(list, 0),
                };
                return self.element(of);
            }
            Some(b'n') => return self.arena.standard(Standard::Number, []),
            Some(b'O') => Standard::Option,
            Some(b'S') => Standard::Sequence,
            Some(b'P') => Standard::Pointer,
            Some(b'R') => Standard::Result,
            Some(b'M') => Standard::Map,
            Some(b't') => {
                let first = self.from_template(template, receiver, list, arguments);
                let second = self.from_template(template, receiver, list, arguments);
                let parts = self.arena.push_list([first, second]);
                return self.arena.push(Kind::Tuple(parts));
            }
            _ => return UNKNOWN,
        };
        let first = self.from_template(template, receiver, list, arguments);
        if matches!(shape, Standard::Result | Standard::Map) {
            let second = self.from_template(template, receiver, list, arguments);
            return self.arena.standard(shape, [first, second]);
        }
        self.arena.standard(shape, [first])
    }

    /// What the function among the arguments gives.
    fn result_of_argument(&mut self, arguments: &[ValueId]) -> Ty {
        let Some(last) = arguments.last() else { return UNKNOWN };
        match self.facts(self.instance).typing.value(*last) {
            ValueFact::Closure { result, .. } => self.value(result),
            ValueFact::Path { path, arguments } => {
                let meaning = self.meaning(self.instance, path, false);
                self.call_of(meaning, arguments, &[], path)
            }
            _ => UNKNOWN,
        }
    }

    /// `collect::<Vec<_>>()`.
    fn collected(&mut self, receiver: Ty, types: Entries) -> Ty {
        let element = self.element(receiver);
        let list = self.lower_list(self.instance, types, &[]);
        let wanted = self.arena.argument(list, 0);
        match self.arena.kind(wanted) {
            Kind::Unknown | Kind::Standard(Standard::Sequence, _) => self.arena.standard(Standard::Sequence, [element]),
            Kind::Standard(shape @ (Standard::Result | Standard::Option), _) => match self.arena.kind(element) {
                Kind::Standard(_, inner) => {
                    let inner = self.arena.argument(inner, 0);
                    let all = self.arena.standard(Standard::Sequence, [inner]);
                    self.arena.standard(shape, [all, UNKNOWN])
                }
                _ => wanted,
            },
            Kind::Standard(Standard::Map, given) if self.arena.argument(given, 1) == UNKNOWN => {
                match self.arena.kind(element) {
                    Kind::Tuple(parts) => self.arena.push(Kind::Standard(Standard::Map, parts)),
                    _ => wanted,
                }
            }
            _ => wanted,
        }
    }

    /// What iterating over a type gives.
    pub(super) fn element(&mut self, ty: Ty) -> Ty {
        let mut at = ty;
        for _ in 0..4 {
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

    fn indexed(&mut self, ty: Ty) -> Ty {
        let mut at = ty;
        for _ in 0..4 {
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
    fn awaited(&mut self, ty: Ty) -> Ty {
        let mut at = ty;
        for _ in 0..4 {
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
    fn field(&mut self, base: Ty, name: NameId) -> Ty {
        let name = self.name(self.instance, name);
        let mut at = base;
        for _ in 0..8 {
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

    fn numbered(&self, parts: List, name: Sym) -> Ty {
        let place = self.shared.world.tree.symbols.text(name).parse::<usize>();
        place.map_or(UNKNOWN, |place| self.arena.argument(parts, place))
    }

    /// The field of a struct or variant; `of`: what has the generic parameters.
    fn field_of(&mut self, owner: ItemId, of: ItemId, arguments: List, name: Sym) -> Option<Ty> {
        let shape = self.shape(owner);
        let instance = shape.instance as usize;
        let fields = &self.facts(instance).typing.fields[shape.fields.0 as usize..shape.fields.1 as usize];
        let field = fields.iter().find(|field| self.name(instance, field.name) == name)?;
        let given = self.given(of, arguments);
        Some(self.lower(instance, field.meaning, &given))
    }

    /// What a pattern takes out of a value.
    fn part(&mut self, base: ValueId, constructor: TypeId, name: NameId) -> Ty {
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
            TypeFact::SelfType { .. } => match self.lower(self.instance, constructor, &[]) {
                ty => match self.arena.kind(ty) {
                    Kind::Item(item, _) => item,
                    _ => return UNKNOWN,
                },
            },
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

    fn variant(&self, item: ItemId, name: Sym) -> Option<ItemId> {
        let variants = self.shared.world.scopes.variants.get(&item)?;
        variants.iter().find(|(variant, _)| *variant == name).map(|(_, item)| *item)
    }

    fn part_of_standard(&self, whole: Ty, constructor: Sym) -> Ty {
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

    /// What the call that a closure is given to gives it.
    fn closure_parameter(&mut self, closure: ValueId, place: usize) -> Ty {
        let typing = &self.facts(self.instance).typing;
        let ValueFact::Closure { user, place: given_as, .. } = typing.value(closure) else { return UNKNOWN };
        match typing.value(user) {
            ValueFact::Call { callee, arguments } => {
                let (hit, written) = match typing.value(callee) {
                    ValueFact::Path { path, arguments } => match self.meaning(self.instance, path, false) {
                        Meaning::Item(function) => (Hit { function, self_type: UNKNOWN }, arguments),
                        Meaning::Member(item, name) => {
                            let base = self.of_item(item, List::default());
                            match self.associated_function(base, name, self.here_scope()) {
                                Some(hit) => (hit, Entries::default()),
                                None => return UNKNOWN,
                            }
                        }
                        _ => return UNKNOWN,
                    },
                    ValueFact::Associated { base, name, arguments } => {
                        let base = self.lower(self.instance, base, &[]);
                        let name = self.name(self.instance, name);
                        match self.associated_function(base, name, self.here_scope()) {
                            Some(hit) => (hit, arguments),
                            None => return UNKNOWN,
                        }
                    }
                    _ => return UNKNOWN,
                };
                let arguments = &typing.value_list(arguments)[..given_as as usize];
                self.parameter_of_closure(hit, written, arguments, given_as as usize, place)
            }
            ValueFact::Method(member) => {
                let member = typing.members[member as usize];
                let MemberBase::Value(receiver) = member.base else { return UNKNOWN };
                let receiver = self.value(receiver);
                let name = self.name(self.instance, member.name);
                let scope = self.here().scope(member.scope);
                let arguments = &typing.value_list(member.arguments)[..given_as as usize];
                if let Some(hit) = self.method(receiver, name, scope) {
                    return self.parameter_of_closure(hit, member.types, arguments, given_as as usize, place);
                }
                let mut at = receiver;
                for _ in 0..8 {
                    if let Some((row, list)) = self.row(at, name) {
                        let mut template = row.closure.get(place..).unwrap_or_default().bytes();
                        return self.from_template(&mut template, at, list, arguments);
                    }
                    match self.deref(at) {
                        Some(next) => at = next,
                        None => return UNKNOWN,
                    }
                }
                UNKNOWN
            }
            _ => UNKNOWN,
        }
    }

    /// The parameter of a closure that a function of the workspace takes.
    fn parameter_of_closure(
        &mut self,
        hit: Hit,
        written: Entries,
        before: &[ValueId],
        given_as: usize,
        place: usize,
    ) -> Ty {
        let Some((instance, signature)) = self.signature(hit.function) else { return UNKNOWN };
        let parameters = self.facts(instance).typing.type_list(signature.parameters);
        let Some(parameter) = parameters.get(given_as).copied() else { return UNKNOWN };
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
    fn substituted(&self, ty: Ty, given: &Substitution) -> Ty {
        match self.arena.kind(ty) {
            Kind::Parameter(parameter) => {
                given.iter().find(|(known, _)| *known == parameter).map_or(ty, |(_, known)| *known)
            }
            _ => ty,
        }
    }

    fn here_scope(&self) -> ModuleId {
        self.here().scopes[0]
    }
}
