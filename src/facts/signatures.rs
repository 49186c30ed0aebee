//! The types that items are declared with.
//!
//! In: nodes of types and items, after the walk has recorded the paths in them.  Out: entries of [`Typing`].  Not here:
//! the types of expressions (`values`).

use smallvec::SmallVec;

use super::collect::Collector;
use super::locals::Space;
use super::syntax::Kind;
use super::typing::{Field, Generic, ImplTypes, Signature, TypeFact, TypeId, UNKNOWN_TYPE};
use super::{Entries, ItemId, NameId};

/// Types inside types beyond this are not looked at.
const MAX_DEPTH: u32 = 32;

/// Names of the elements of tuples.
const NUMBERS: [&str; 12] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"];

impl Collector<'_> {
    /// The type that a node writes.
    pub(super) fn type_of(&mut self, id: u32) -> TypeId {
        self.type_within(id, 0)
    }

    fn type_within(&mut self, id: u32, depth: u32) -> TypeId {
        if depth > MAX_DEPTH {
            return UNKNOWN_TYPE;
        }
        let fact = match self.syntax.kind(id) {
            Kind::PATH_TYPE => {
                return match self.syntax.child(id, Kind::PATH) {
                    Some(path) => self.type_of_path(path, depth + 1),
                    None => UNKNOWN_TYPE,
                };
            }
            Kind::REF_TYPE | Kind::PAREN_TYPE | Kind::FOR_TYPE => {
                return match self.inner_type(id) {
                    Some(inner) => self.type_within(inner, depth + 1),
                    None => UNKNOWN_TYPE,
                };
            }
            Kind::TUPLE_TYPE => {
                let parts: SmallVec<[u32; 8]> = self.syntax.children(id).collect();
                let parts = parts.into_iter().map(|part| self.type_within(part, depth + 1)).collect();
                TypeFact::Tuple { parts: self.type_list(parts) }
            }
            Kind::SLICE_TYPE | Kind::ARRAY_TYPE => {
                let item = self.inner_type(id).map_or(UNKNOWN_TYPE, |inner| self.type_within(inner, depth + 1));
                TypeFact::Slice { item }
            }
            Kind::DYN_TRAIT_TYPE | Kind::IMPL_TRAIT_TYPE => TypeFact::Bounds { bounds: self.bounds(id, depth + 1) },
            Kind::FN_PTR_TYPE => {
                let list = self.syntax.child(id, Kind::PARAM_LIST);
                let parameters: SmallVec<[u32; 8]> =
                    list.map(|list| self.syntax.children(list).collect()).unwrap_or_default();
                self.function(id, parameters, depth + 1)
            }
            _ => return UNKNOWN_TYPE,
        };
        self.push_type(fact)
    }

    /// The last node inside that is a type.
    fn inner_type(&self, id: u32) -> Option<u32> {
        self.syntax.children(id).filter(|child| is_type(self.syntax.kind(*child))).last()
    }

    /// `fn(A) -> B`, `Fn(A) -> B`: from the nodes that hold one parameter each, and the one that holds the result.
    fn function(&mut self, id: u32, parameters: SmallVec<[u32; 8]>, depth: u32) -> TypeFact {
        let result = self.result_type(id, depth);
        let mut types = SmallVec::new();
        for parameter in parameters {
            let inner = self.inner_type(parameter);
            types.push(inner.map_or(UNKNOWN_TYPE, |inner| self.type_within(inner, depth)));
        }
        TypeFact::Function { parameters: self.type_list(types), result }
    }

    fn result_type(&mut self, id: u32, depth: u32) -> TypeId {
        let inner = self.syntax.child(id, Kind::RET_TYPE).and_then(|result| self.inner_type(result));
        inner.map_or(UNKNOWN_TYPE, |inner| self.type_within(inner, depth))
    }

    /// What a `PATH` node means as a type; for `Self::A`, `T::A` and `<A as Tr>::B`, what it begins with is kept.
    pub(super) fn type_of_path(&mut self, path: u32, depth: u32) -> TypeId {
        if depth > MAX_DEPTH {
            return UNKNOWN_TYPE;
        }
        let Some(segment) = self.syntax.child(path, Kind::PATH_SEGMENT) else { return UNKNOWN_TYPE };
        if let Some(arguments) = self.syntax.child(segment, Kind::PARENTHESIZED_ARG_LIST) {
            let parameters = self.syntax.children(arguments).collect();
            let fact = self.function(segment, parameters, depth + 1);
            return self.push_type(fact);
        }
        if let Some(index) = self.recorded(path) {
            let arguments = self.type_arguments(segment, depth + 1);
            return self.push_type(TypeFact::Path { path: index, arguments });
        }
        if let Some(qualifier) = self.syntax.child(path, Kind::PATH) {
            let base = self.type_of_path(qualifier, depth + 1);
            let Some(name) = self.segment_name(segment) else { return UNKNOWN_TYPE };
            return self.push_type(TypeFact::Associated { base, name });
        }
        let first = self.syntax.node(segment).first;
        if let Some(anchor) = self.syntax.child(segment, Kind::TYPE_ANCHOR) {
            return self.anchor(anchor, depth + 1);
        }
        let owner = self.at.owner;
        match (self.syntax.token(first), owner) {
            (Kind::SELF_TYPE_KW, _) => self.push_type(TypeFact::SelfType { owner }),
            (Kind::IDENT, Some(owner)) => {
                let symbol = self.symbol(first);
                if !self.locals.is_local(symbol, Space::Types) {
                    return UNKNOWN_TYPE;
                }
                let name = self.names.mention(symbol, &mut self.facts.names);
                self.push_type(TypeFact::Parameter { name, owner })
            }
            _ => UNKNOWN_TYPE,
        }
    }

    /// `<A>`, `<A as Tr>`.
    fn anchor(&mut self, anchor: u32, depth: u32) -> TypeId {
        let types: SmallVec<[u32; 2]> =
            self.syntax.children(anchor).filter(|child| is_type(self.syntax.kind(*child))).collect();
        let Some(first) = types.first() else { return UNKNOWN_TYPE };
        let base = self.type_within(*first, depth);
        match types.get(1) {
            Some(second) => {
                let trait_ = self.type_within(*second, depth);
                self.push_type(TypeFact::As { base, trait_ })
            }
            None => base,
        }
    }

    /// The generic arguments of a segment or method call, lifetimes left out.
    pub(super) fn type_arguments(&mut self, segment: u32, depth: u32) -> Entries {
        let Some(list) = self.syntax.child(segment, Kind::GENERIC_ARG_LIST) else { return Entries::default() };
        let children: SmallVec<[u32; 8]> = self.syntax.children(list).collect();
        let mut types = SmallVec::new();
        for child in children {
            match self.syntax.kind(child) {
                Kind::TYPE_ARG => {
                    let inner = self.inner_type(child);
                    types.push(inner.map_or(UNKNOWN_TYPE, |inner| self.type_within(inner, depth)));
                }
                Kind::CONST_ARG => types.push(UNKNOWN_TYPE),
                Kind::ASSOC_TYPE_ARG => {
                    if let (Some(name), Some(inner)) = (self.segment_name(child), self.inner_type(child)) {
                        let meaning = self.type_within(inner, depth);
                        types.push(self.push_type(TypeFact::Binding { name, meaning }));
                    }
                }
                _ => {}
            }
        }
        self.type_list(types)
    }

    /// The types in the bounds directly inside a node.
    fn bounds(&mut self, id: u32, depth: u32) -> Entries {
        let Some(list) = self.syntax.child(id, Kind::TYPE_BOUND_LIST) else { return Entries::default() };
        let bounds: SmallVec<[u32; 8]> = self.syntax.children(list).collect();
        let mut types = SmallVec::new();
        for bound in bounds {
            if let Some(inner) = self.inner_type(bound) {
                types.push(self.type_within(inner, depth));
            }
        }
        self.type_list(types)
    }

    /// The name of a `NAME_REF` directly inside.
    pub(super) fn segment_name(&mut self, id: u32) -> Option<NameId> {
        let name = self.syntax.child(id, Kind::NAME_REF)?;
        let token = self.syntax.node(name).first;
        if !matches!(self.syntax.token(token), Kind::IDENT | Kind::INT_NUMBER) {
            return None;
        }
        let symbol = self.symbol(token);
        Some(self.names.mention(symbol, &mut self.facts.names))
    }

    /// The name of the element of a tuple.
    pub(super) fn number(&mut self, place: usize) -> Option<NameId> {
        let symbol = self.names.symbol(NUMBERS.get(place)?, 0);
        Some(self.names.mention(symbol, &mut self.facts.names))
    }

    pub(super) fn push_type(&mut self, fact: TypeFact) -> TypeId {
        self.facts.typing.types.push(fact);
        TypeId(self.facts.typing.types.len() as u32 - 1)
    }

    fn type_list(&mut self, types: SmallVec<[TypeId; 8]>) -> Entries {
        let start = self.facts.typing.type_lists.len() as u32;
        self.facts.typing.type_lists.extend(types);
        Entries { start, end: self.facts.typing.type_lists.len() as u32 }
    }

    /// A function's parameters and result, and its generic parameters.
    pub(super) fn signature(&mut self, item: ItemId, id: u32) {
        self.generic_parameters(item, id);
        let mut method = false;
        let mut types = SmallVec::new();
        let list = self.syntax.child(id, Kind::PARAM_LIST);
        let parameters: SmallVec<[u32; 8]> = list.map(|list| self.syntax.children(list).collect()).unwrap_or_default();
        for parameter in parameters {
            match self.syntax.kind(parameter) {
                Kind::SELF_PARAM => method = true,
                Kind::PARAM => types.push(self.parameter_type(parameter)),
                _ => {}
            }
        }
        let parameters = self.type_list(types);
        let result = self.result_type(id, 0);
        self.facts.typing.signatures.push(Signature { item, method, parameters, result });
    }

    /// The type written for a parameter or `let`; it is lowered once.
    pub(super) fn parameter_type(&mut self, id: u32) -> TypeId {
        let Some(inner) = self.inner_type(id) else { return UNKNOWN_TYPE };
        match self.syntax.note(inner) {
            0 => {
                let meaning = self.type_of(inner);
                self.syntax.set_note(inner, meaning.0 + 1);
                meaning
            }
            note => TypeId(note - 1),
        }
    }

    /// The generic parameters of an item with their bounds, `where` clauses among them.
    pub(super) fn generic_parameters(&mut self, item: ItemId, id: u32) {
        let list = self.syntax.child(id, Kind::GENERIC_PARAM_LIST);
        let parameters: SmallVec<[u32; 8]> = list.map(|list| self.syntax.children(list).collect()).unwrap_or_default();
        for parameter in parameters {
            if !matches!(self.syntax.kind(parameter), Kind::TYPE_PARAM | Kind::CONST_PARAM) {
                continue;
            }
            let Some(token) = self.name_token(parameter) else { continue };
            let symbol = self.symbol(token);
            let name = Some(self.names.mention(symbol, &mut self.facts.names));
            let bounds = self.bounds(parameter, 0);
            self.facts.typing.generics.push(Generic { item, name, bounds, declared: true });
        }
        let Some(clause) = self.syntax.child(id, Kind::WHERE_CLAUSE) else { return };
        let predicates: SmallVec<[u32; 8]> = self.syntax.children(clause).collect();
        for predicate in predicates {
            let Some(subject) = self.inner_type(predicate) else { continue };
            let subject = self.type_of(subject);
            let name = match self.facts.typing.type_fact(subject) {
                TypeFact::Parameter { name, .. } => Some(name),
                TypeFact::SelfType { .. } => None,
                _ => continue,
            };
            let bounds = self.bounds(predicate, 0);
            self.facts.typing.generics.push(Generic { item, name, bounds, declared: false });
        }
    }

    /// A trait's generic parameters and supertraits.
    pub(super) fn trait_bounds(&mut self, item: ItemId, id: u32) {
        self.generic_parameters(item, id);
        let bounds = self.bounds(id, 0);
        if bounds.start < bounds.end {
            self.facts.typing.generics.push(Generic { item, name: None, bounds, declared: false });
        }
    }

    /// The fields of a struct, union or variant.
    pub(super) fn fields(&mut self, owner: ItemId, id: u32) {
        let list = self
            .syntax
            .children(id)
            .find(|child| matches!(self.syntax.kind(*child), Kind::RECORD_FIELD_LIST | Kind::TUPLE_FIELD_LIST));
        let Some(list) = list else { return };
        let fields: SmallVec<[u32; 8]> = self.syntax.children(list).collect();
        for (place, field) in fields.into_iter().enumerate() {
            let name = match self.name_token(field) {
                Some(token) => {
                    let symbol = self.symbol(token);
                    Some(self.names.mention(symbol, &mut self.facts.names))
                }
                None => self.number(place),
            };
            let (Some(name), Some(inner)) = (name, self.inner_type(field)) else { continue };
            let meaning = self.type_of(inner);
            self.facts.typing.fields.push(Field { owner, name, meaning });
        }
    }

    /// The type that an `impl` is for, and its trait, by their nodes.
    pub(super) fn impl_types(&mut self, item: ItemId, id: u32, types: &[u32]) {
        self.generic_parameters(item, id);
        let (self_type, trait_) = match *types {
            [trait_, self_type, ..] => (self.type_of(self_type), self.type_of(trait_)),
            [self_type] => (self.type_of(self_type), UNKNOWN_TYPE),
            [] => return,
        };
        self.facts.typing.impls.push(ImplTypes { item, self_type, trait_ });
    }

    /// The type of a constant or static, or what an alias or associated type stands for.
    pub(super) fn meaning(&mut self, item: ItemId, id: u32) {
        if let Some(inner) = self.inner_type(id) {
            let meaning = self.type_of(inner);
            self.facts.typing.meanings.push((item, meaning));
        }
    }

    /// The index of a `PATH` node's path among the facts, if it is a question about modules.
    pub(super) fn recorded(&self, path: u32) -> Option<u32> {
        self.syntax.note(path).checked_sub(1)
    }
}

pub(super) fn is_type(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::PATH_TYPE
            | Kind::REF_TYPE
            | Kind::PTR_TYPE
            | Kind::TUPLE_TYPE
            | Kind::SLICE_TYPE
            | Kind::ARRAY_TYPE
            | Kind::DYN_TRAIT_TYPE
            | Kind::IMPL_TRAIT_TYPE
            | Kind::FN_PTR_TYPE
            | Kind::NEVER_TYPE
            | Kind::INFER_TYPE
            | Kind::PAREN_TYPE
            | Kind::FOR_TYPE
            | Kind::MACRO_TYPE
    )
}
