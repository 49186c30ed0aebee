//! What written types mean.
//!
//! In: type facts of any file, and what generic parameters stand for.  Out: types.  Aliases are followed, `Self` is the
//! type of the `impl`.  Not here: the types of values (`values`), methods (`methods`).

use smallvec::SmallVec;

use super::super::asked::Question;
use super::super::scope::Namespace;
use super::super::walk::{Prefix, Query};
use super::super::{Def, ItemId, Sym};
use super::arena::{Kind, List, Parameter, Ty, UNKNOWN};
use super::standard::Standard;
use super::tables::Shape;
use super::{Inferer, MAX_DEPTH, MAX_TYPES};
use crate::facts::{self, FileFacts, Generic, ItemKind, TypeFact, TypeId};

/// What generic parameters stand for.
pub(super) type Substitution = SmallVec<[(Parameter, Ty); 4]>;

/// What a path of some file means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Item(ItemId),
    /// A name that belongs to a type: `S::f`.
    Member(ItemId, Sym),
    /// The last name, and the one before it.
    External(Sym, Option<Sym>),
    Nothing,
}

impl<'a> Inferer<'a> {
    pub(super) fn hear(&self, question: Question) {
        self.shared.world.hear(question);
    }

    pub(super) fn facts(&self, instance: usize) -> &'a FileFacts {
        &self.shared.world.tree.instances[instance].facts
    }

    pub(super) fn name(&self, instance: usize, name: facts::NameId) -> Sym {
        self.shared.world.tree.instances[instance].name(name)
    }

    fn global(&self, instance: usize, item: facts::ItemId) -> ItemId {
        self.shared.world.tree.instances[instance].item(item)
    }

    pub(super) fn shape(&self, item: ItemId) -> Shape {
        let shape = self.shared.shapes[item.0 as usize];
        if shape.instance as usize != self.instance {
            self.hear(Question::Shape(item));
        }
        shape
    }

    pub(super) fn parent(&self, item: ItemId) -> Option<ItemId> {
        self.shared.world.tree.item(item).parent
    }

    pub(super) fn item_kind(&self, item: ItemId) -> ItemKind {
        self.shared.world.tree.item(item).kind
    }

    /// The generic parameters and bounds that are written at an item.
    pub(super) fn generics(&self, item: ItemId) -> &'a [Generic] {
        let shape = self.shape(item);
        let typing = &self.facts(shape.instance as usize).typing;
        &typing.generics[shape.generics.0 as usize..shape.generics.1 as usize]
    }

    /// The type that is written somewhere in a file.
    pub(super) fn lower(&mut self, instance: usize, id: TypeId, given: &[(Parameter, Ty)]) -> Ty {
        if id == facts::UNKNOWN_TYPE || self.depth > MAX_DEPTH || self.arena.len() > MAX_TYPES {
            return UNKNOWN;
        }
        self.depth += 1;
        let ty = self.lower_fact(instance, id, given);
        self.depth -= 1;
        ty
    }

    fn lower_fact(&mut self, instance: usize, id: TypeId, given: &[(Parameter, Ty)]) -> Ty {
        match self.facts(instance).typing.type_fact(id) {
            TypeFact::Unknown => UNKNOWN,
            TypeFact::Path { path, arguments } => {
                let arguments = self.lower_list(instance, arguments, given);
                match self.meaning(instance, path, true) {
                    Meaning::Item(item) => self.of_item(item, arguments),
                    Meaning::External(name, _) => self.of_external(name, arguments),
                    Meaning::Member(item, name) => {
                        let base = self.of_item(item, List::default());
                        self.projection(base, name)
                    }
                    Meaning::Nothing => UNKNOWN,
                }
            }
            TypeFact::SelfType { owner } => match self.shared.world.tree.instances[instance].owner(owner) {
                Some(owner) => self.self_type(owner, given),
                None => UNKNOWN,
            },
            TypeFact::Parameter { name, owner } => {
                let (name, mut at) = (self.name(instance, name), Some(self.global(instance, owner)));
                while let Some(item) = at {
                    let here = self.shape(item).instance as usize;
                    let declares = |generic: &Generic| {
                        generic.declared && generic.name.is_some_and(|it| self.name(here, it) == name)
                    };
                    if self.generics(item).iter().any(declares) {
                        return self.parameter(Parameter { item, name: Some(name) }, given);
                    }
                    at = self.parent(item);
                }
                UNKNOWN
            }
            TypeFact::Associated { base, name } => {
                let name = self.name(instance, name);
                let base = self.lower(instance, base, given);
                self.projection(base, name)
            }
            TypeFact::As { base, .. } => self.lower(instance, base, given),
            TypeFact::Binding { name, meaning } => {
                let meaning = self.lower(instance, meaning, given);
                self.arena.push(Kind::Binding(self.name(instance, name), meaning))
            }
            TypeFact::Tuple { parts } => {
                let parts = self.lower_list(instance, parts, given);
                self.arena.push(Kind::Tuple(parts))
            }
            TypeFact::Slice { item } => {
                let item = self.lower(instance, item, given);
                self.arena.standard(Standard::Sequence, [item])
            }
            TypeFact::Bounds { bounds } => {
                let bounds = self.lower_list(instance, bounds, given);
                self.arena.push(Kind::Bounds(bounds))
            }
            TypeFact::Function { parameters, result } => {
                let facts = self.facts(instance).typing.type_list(parameters);
                let mut types: SmallVec<[Ty; 4]> = facts.iter().map(|it| self.lower(instance, *it, given)).collect();
                types.push(self.lower(instance, result, given));
                let types = self.arena.push_list(types);
                self.arena.push(Kind::Function(types))
            }
        }
    }

    pub(super) fn lower_list(&mut self, instance: usize, list: facts::Entries, given: &[(Parameter, Ty)]) -> List {
        let facts = self.facts(instance).typing.type_list(list);
        let types: SmallVec<[Ty; 4]> = facts.iter().map(|it| self.lower(instance, *it, given)).collect();
        self.arena.push_list(types)
    }

    pub(super) fn parameter(&mut self, parameter: Parameter, given: &[(Parameter, Ty)]) -> Ty {
        match given.iter().find(|(known, _)| *known == parameter) {
            Some((_, ty)) => *ty,
            None => self.arena.push(Kind::Parameter(parameter)),
        }
    }

    /// A type of the workspace with arguments; aliases are followed, a variant is its enum.
    pub(super) fn of_item(&mut self, item: ItemId, arguments: List) -> Ty {
        match self.item_kind(item) {
            ItemKind::TypeAlias => {
                let shape = self.shape(item);
                let given = self.given(item, arguments);
                self.lower(shape.instance as usize, shape.meaning, &given)
            }
            ItemKind::Variant => match self.parent(item) {
                Some(parent) => self.arena.push(Kind::Item(parent, arguments)),
                None => UNKNOWN,
            },
            ItemKind::Struct | ItemKind::Enum | ItemKind::Union | ItemKind::Trait | ItemKind::TraitAlias => {
                self.arena.push(Kind::Item(item, arguments))
            }
            _ => UNKNOWN,
        }
    }

    fn of_external(&mut self, name: Sym, arguments: List) -> Ty {
        match self.shared.names.type_named(name) {
            // `SmallVec<[T; N]>` is a sequence of `T`.
            Some(Standard::Sequence) => {
                let first = self.arena.argument(arguments, 0);
                match self.arena.kind(first) {
                    Kind::Standard(Standard::Sequence, inner) if self.is_array_backed(name) => {
                        self.arena.push(Kind::Standard(Standard::Sequence, inner))
                    }
                    _ => self.arena.push(Kind::Standard(Standard::Sequence, arguments)),
                }
            }
            // The lifetime is no argument.
            Some(standard) => self.arena.push(Kind::Standard(standard, arguments)),
            None => self.arena.push(Kind::External(name, arguments)),
        }
    }

    fn is_array_backed(&self, name: Sym) -> bool {
        matches!(self.shared.world.tree.symbols.text(name), "SmallVec" | "ArrayVec")
    }

    /// The parameters of an item and the arguments they are given.
    pub(super) fn given(&self, item: ItemId, arguments: List) -> Substitution {
        let instance = self.shape(item).instance as usize;
        let declared = self.generics(item).iter().filter(|generic| generic.declared);
        declared
            .enumerate()
            .map(|(place, generic)| {
                let name = generic.name.map(|name| self.name(instance, name));
                (Parameter { item, name }, self.arena.argument(arguments, place))
            })
            .collect()
    }

    /// `Self`, as an item sees it.
    pub(super) fn self_type(&mut self, from: ItemId, given: &[(Parameter, Ty)]) -> Ty {
        let mut at = Some(from);
        while let Some(item) = at {
            match self.item_kind(item) {
                ItemKind::Trait => return self.parameter(Parameter { item, name: None }, given),
                ItemKind::Impl => {
                    let shape = self.shape(item);
                    let typing = &self.facts(shape.instance as usize).typing;
                    let Some(header) = typing.impls.get((shape.header as usize).wrapping_sub(1)) else {
                        return UNKNOWN;
                    };
                    return self.lower(shape.instance as usize, header.self_type, given);
                }
                ItemKind::Struct | ItemKind::Enum | ItemKind::Union => {
                    let instance = self.shape(item).instance as usize;
                    let mut parameters: SmallVec<[Ty; 4]> = SmallVec::new();
                    for generic in self.generics(item).iter().filter(|generic| generic.declared) {
                        let name = generic.name.map(|name| self.name(instance, name));
                        parameters.push(self.parameter(Parameter { item, name }, given));
                    }
                    let arguments = self.arena.push_list(parameters);
                    return self.arena.push(Kind::Item(item, arguments));
                }
                _ => at = self.parent(item),
            }
        }
        UNKNOWN
    }

    /// The associated type of a type.
    pub(super) fn projection(&mut self, base: Ty, name: Sym) -> Ty {
        if self.depth > MAX_DEPTH {
            return UNKNOWN;
        }
        self.depth += 1;
        let ty = self.project(base, name);
        self.depth -= 1;
        ty
    }

    fn project(&mut self, base: Ty, name: Sym) -> Ty {
        match self.arena.kind(base) {
            Kind::Item(item, _) if self.item_kind(item) != ItemKind::Trait => {
                let found = self.associated_of_impls(item, name);
                let [associated] = found[..] else { return UNKNOWN };
                let Some(implementation) = self.parent(associated) else { return UNKNOWN };
                let shape = self.shape(associated);
                let given = self.given_by_impl(implementation, base);
                self.lower(shape.instance as usize, shape.meaning, &given)
            }
            Kind::Parameter(_) | Kind::Bounds(_) | Kind::Item(..) => {
                for bound in self.bounds_of(base) {
                    let (Kind::Item(_, arguments) | Kind::External(_, arguments)) = self.arena.kind(bound) else {
                        continue;
                    };
                    if let Some(meaning) = self.bound_to(arguments, name) {
                        return meaning;
                    }
                    let Kind::Item(trait_, _) = self.arena.kind(bound) else { continue };
                    self.hear(Question::Member(trait_, name));
                    if let Some(associated) = self.shared.tables.associated.get(&(trait_, name)) {
                        return self.arena.push(Kind::Parameter(Parameter { item: *associated, name: None }));
                    }
                }
                UNKNOWN
            }
            _ => UNKNOWN,
        }
    }

    /// The associated types of this name in the `impl`s of traits for a type.
    pub(super) fn associated_of_impls(&self, item: ItemId, name: Sym) -> SmallVec<[ItemId; 2]> {
        self.hear(Question::Impls(item));
        let tables = &self.shared.tables;
        let impls = tables.impls.get(&super::tables::Subject::Item(item)).map_or(&[][..], Vec::as_slice);
        let associated = |it: &super::tables::TraitImpl| {
            self.hear(Question::Member(it.item, name));
            tables.associated.get(&(it.item, name))
        };
        impls.iter().filter_map(associated).copied().collect()
    }

    /// What `Name = A` among arguments says.
    pub(super) fn bound_to(&self, arguments: List, name: Sym) -> Option<Ty> {
        self.arena.list(arguments).iter().find_map(|argument| match self.arena.kind(*argument) {
            Kind::Binding(bound, meaning) if bound == name => Some(meaning),
            _ => None,
        })
    }

    /// What a parameter, or `impl A + B`, is known to implement; supertraits are not followed.
    pub(super) fn bounds_of(&mut self, ty: Ty) -> SmallVec<[Ty; 4]> {
        let mut bounds = SmallVec::new();
        match self.arena.kind(ty) {
            Kind::Bounds(list) => bounds.extend(self.arena.list(list).iter().copied()),
            Kind::Item(item, _) if self.item_kind(item) == ItemKind::Trait => bounds.push(ty),
            Kind::Parameter(parameter) => self.bounds_of_parameter(parameter, &mut bounds),
            _ => {}
        }
        bounds
    }

    fn bounds_of_parameter(&mut self, parameter: Parameter, bounds: &mut SmallVec<[Ty; 4]>) {
        if self.depth > MAX_DEPTH {
            return;
        }
        self.depth += 1;
        // In `T: Tr<T::A, T::B>` each of the two asks for the bounds of `T` again: then the traits alone are the answer.
        let is_asked_within = self.bounding.contains(&parameter);
        self.bounding.push(parameter);
        if parameter.name.is_none() && self.item_kind(parameter.item) == ItemKind::Trait {
            let trait_ = self.arena.push(Kind::Item(parameter.item, List::default()));
            bounds.push(trait_);
        }
        // The item that declares it, and those inside it where the question may come from.
        let mut items: SmallVec<[ItemId; 2]> = SmallVec::new();
        items.push(parameter.item);
        items.extend(self.asking.filter(|asking| *asking != parameter.item));
        for item in items {
            let instance = self.shape(item).instance as usize;
            for generic in self.generics(item) {
                let name = generic.name.map(|name| self.name(instance, name));
                let of_self = name.is_none() && item != parameter.item;
                if name != parameter.name || of_self {
                    continue;
                }
                for bound in self.facts(instance).typing.type_list(generic.bounds) {
                    let bound = match is_asked_within {
                        true => self.bare(instance, *bound),
                        false => self.lower(instance, *bound, &[]),
                    };
                    bounds.push(bound);
                }
            }
        }
        self.bounding.pop();
        self.depth -= 1;
    }

    /// A bound without its arguments.
    fn bare(&mut self, instance: usize, bound: TypeId) -> Ty {
        match self.facts(instance).typing.type_fact(bound) {
            TypeFact::Path { path, .. } => match self.meaning(instance, path, true) {
                Meaning::Item(item) => self.of_item(item, List::default()),
                Meaning::External(name, _) => self.of_external(name, List::default()),
                Meaning::Member(..) | Meaning::Nothing => UNKNOWN,
            },
            _ => UNKNOWN,
        }
    }

    /// What a path of a file means; as a type, or as a value.
    pub(super) fn meaning(&mut self, instance: usize, path: u32, is_type: bool) -> Meaning {
        if let Some(known) = self.meanings.get(&(instance as u32, path)) {
            return *known;
        }
        let meaning = self.find_meaning(instance, path, is_type);
        self.meanings.insert((instance as u32, path), meaning);
        meaning
    }

    fn find_meaning(&self, index: usize, path: u32, is_type: bool) -> Meaning {
        let world = self.shared.world;
        let instance = &world.tree.instances[index];
        let Some(fact) = instance.facts.paths.get(path as usize) else { return Meaning::Nothing };
        let segments: SmallVec<[Sym; 4]> = instance.segments(fact.segments).collect();
        let query = Query {
            krate: instance.krate,
            scope: instance.scope(fact.scope),
            root: fact.root,
            segments: &segments,
            activity: instance.activity(fact.cfg),
            import: None,
            file: instance.file,
            offset: instance.span(fact.span).start,
        };
        let Some(last) = segments.last() else { return Meaning::Nothing };
        let external = |hops: &[super::super::walk::Hop]| {
            let named = match hops {
                [hop] if segments.len() == 1 => {
                    hop.binding.import.and_then(|import| self.shared.imports.get(import).segments.last().copied())
                }
                _ => None,
            };
            let before = segments.len().checked_sub(2).map(|at| segments[at]);
            Meaning::External(named.unwrap_or(*last), before)
        };
        let mut ignore = |_, _| {};
        let (prefix, hops) = world.prefix(&query, false, &mut ignore);
        match prefix {
            Prefix::Outside(_) => return external(&hops),
            Prefix::Missing if segments.len() == 2 && hops.is_empty() => return external(&hops),
            Prefix::Missing => return Meaning::Nothing,
            _ => {}
        }
        if hops.len() + 1 < segments.len() {
            return match (prefix, hops.len() + 2 == segments.len()) {
                (Prefix::Within(item), true) => Meaning::Member(item, *last),
                _ => Meaning::Nothing,
            };
        }
        let order: &[Namespace] =
            if is_type { &[Namespace::Types, Namespace::Values] } else { &[Namespace::Values, Namespace::Types] };
        for namespace in order {
            if let Some(hop) = world.step(&query, prefix, *last, *namespace, &mut ignore) {
                return match hop.binding.def {
                    Def::Item(item) => Meaning::Item(item),
                    Def::External(_) => external(&[hop]),
                    Def::Module(_) | Def::Generated(_) => continue,
                };
            }
        }
        match prefix {
            Prefix::Within(item) => Meaning::Member(item, *last),
            Prefix::Lexical => Meaning::External(*last, None),
            _ => Meaning::Nothing,
        }
    }
}
