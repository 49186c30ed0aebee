//! What the values of expressions come from.
//!
//! In: nodes of expressions, just after the walk has passed them, when the locals in them are still in scope.  Out:
//! entries of [`Typing`]; the value of a node is noted at the node.  Not here: declared types (`signatures`), what
//! patterns bind (`bindings`).

use smallvec::SmallVec;

use super::Entries;
use super::collect::{Collector, Context};
use super::syntax::Kind;
use super::typing::{Member, MemberBase, TypeFact, TypeId, UNKNOWN_TYPE, UNKNOWN_VALUE, ValueFact, ValueId};

/// Chains of calls and fields beyond this are not looked at.
const MAX_DEPTH: u32 = 200;
/// Of an `if` or `match`, so many branches are looked at.
const MAX_BRANCHES: usize = 4;

impl Collector<'_> {
    /// The value of an expression that the walk has passed.
    pub(super) fn value_of(&mut self, id: u32) -> ValueId {
        self.value_within(id, 0)
    }

    fn value_within(&mut self, id: u32, depth: u32) -> ValueId {
        let note = self.syntax.note(id);
        if note != 0 || depth > MAX_DEPTH {
            return ValueId(note);
        }
        let value = self.read_value(id, depth + 1);
        self.syntax.set_note(id, value.0);
        value
    }

    fn read_value(&mut self, id: u32, depth: u32) -> ValueId {
        let first = self.syntax.after_attributes(id);
        let inner = (first < self.syntax.end(id)).then_some(first);
        let of_inner = |this: &mut Self| inner.map_or(UNKNOWN_VALUE, |inner| this.value_within(inner, depth));
        let fact = match self.syntax.kind(id) {
            Kind::PATH_EXPR => {
                return match self.syntax.child(id, Kind::PATH) {
                    Some(path) => self.value_of_path(path),
                    None => UNKNOWN_VALUE,
                };
            }
            Kind::PAREN_EXPR | Kind::REF_EXPR | Kind::PREFIX_EXPR => return of_inner(self),
            Kind::METHOD_CALL_EXPR => return self.method_call(id, depth),
            Kind::CALL_EXPR => {
                let callee = of_inner(self);
                let list = self.syntax.child(id, Kind::ARG_LIST);
                let arguments = self.argument_values(list, depth);
                let call = self.push_value(ValueFact::Call { callee, arguments });
                self.give_closures(call, arguments);
                return call;
            }
            Kind::FIELD_EXPR => {
                let base = of_inner(self);
                match self.segment_name(id) {
                    Some(name) if base != UNKNOWN_VALUE => ValueFact::Field { base, name },
                    _ => return UNKNOWN_VALUE,
                }
            }
            Kind::INDEX_EXPR => ValueFact::Index { base: of_inner(self) },
            Kind::TRY_EXPR => ValueFact::Try { base: of_inner(self) },
            Kind::AWAIT_EXPR => ValueFact::Await { base: of_inner(self) },
            Kind::CAST_EXPR => ValueFact::Typed(self.parameter_type(id)),
            Kind::RECORD_EXPR => match self.syntax.child(id, Kind::PATH) {
                Some(path) => ValueFact::Typed(self.type_of_path(path, 0)),
                None => return UNKNOWN_VALUE,
            },
            Kind::TUPLE_EXPR => {
                let parts: SmallVec<[u32; 8]> = self.syntax.children(id).collect();
                let parts = parts.into_iter().map(|part| self.value_within(part, depth)).collect();
                ValueFact::Tuple { parts: self.value_list(parts) }
            }
            Kind::ARRAY_EXPR => ValueFact::Array { first: of_inner(self) },
            Kind::LITERAL => match self.syntax.token(self.syntax.node(id).first) {
                Kind::STRING => ValueFact::Text,
                Kind::INT_NUMBER | Kind::FLOAT_NUMBER | Kind::TRUE_KW | Kind::FALSE_KW | Kind::CHAR => {
                    ValueFact::Number
                }
                _ => return UNKNOWN_VALUE,
            },
            Kind::IF_EXPR => {
                let branches: SmallVec<[u32; 8]> = self
                    .syntax
                    .children(id)
                    .skip(1)
                    .filter(|child| matches!(self.syntax.kind(*child), Kind::BLOCK_EXPR | Kind::IF_EXPR))
                    .collect();
                return self.either(branches, depth);
            }
            Kind::MATCH_EXPR => {
                let Some(arms) = self.syntax.child(id, Kind::MATCH_ARM_LIST) else { return UNKNOWN_VALUE };
                let bodies = self.syntax.children(arms).filter_map(|arm| self.syntax.children(arm).last()).collect();
                return self.either(bodies, depth);
            }
            Kind::MACRO_EXPR => {
                let path = self
                    .syntax
                    .child(id, Kind::MACRO_CALL)
                    .and_then(|call| self.syntax.child(call, Kind::PATH))
                    .and_then(|path| self.syntax.child(path, Kind::PATH_SEGMENT));
                match path.and_then(|segment| self.segment_name(segment)) {
                    Some(name) => ValueFact::Macro { name },
                    None => return UNKNOWN_VALUE,
                }
            }
            // Blocks and closures are noted when the walk leaves them.
            _ => return UNKNOWN_VALUE,
        };
        self.push_value(fact)
    }

    /// The branches whose values were noted when the walk left them.
    fn either(&mut self, branches: SmallVec<[u32; 8]>, depth: u32) -> ValueId {
        let mut values: SmallVec<[ValueId; 8]> = SmallVec::new();
        for branch in branches {
            let value = match self.syntax.kind(branch) {
                Kind::IF_EXPR => self.value_within(branch, depth),
                _ => ValueId(self.syntax.note(branch)),
            };
            if value != UNKNOWN_VALUE && values.len() < MAX_BRANCHES {
                values.push(value);
            }
        }
        let mut value = values.pop().unwrap_or(UNKNOWN_VALUE);
        while let Some(before) = values.pop() {
            value = self.push_value(ValueFact::Either(before, value));
        }
        value
    }

    fn value_of_path(&mut self, path: u32) -> ValueId {
        let Some(segment) = self.syntax.child(path, Kind::PATH_SEGMENT) else { return UNKNOWN_VALUE };
        let qualifier = self.syntax.child(path, Kind::PATH);
        if let Some(index) = self.recorded(path) {
            let mut arguments = self.type_arguments(segment, 0);
            if let Some(qualifier) = qualifier.and_then(|qualifier| self.syntax.child(qualifier, Kind::PATH_SEGMENT))
                && arguments.start == arguments.end
            {
                arguments = self.type_arguments(qualifier, 0);
            }
            return self.push_value(ValueFact::Path { path: index, arguments });
        }
        if let Some(qualifier) = qualifier {
            let Some(name) = self.segment_name(segment) else { return UNKNOWN_VALUE };
            let base = self.type_of_path(qualifier, 0);
            return self.push_value(ValueFact::Associated { base, name });
        }
        let first = self.syntax.node(segment).first;
        match self.syntax.token(first) {
            Kind::IDENT => {
                let symbol = self.symbol(first);
                self.locals.value(symbol)
            }
            Kind::SELF_KW => {
                let owner = self.at.owner;
                self.push_value(ValueFact::SelfValue { owner })
            }
            Kind::SELF_TYPE_KW => {
                let meaning = self.type_of_path(path, 0);
                self.push_value(ValueFact::Typed(meaning))
            }
            _ => UNKNOWN_VALUE,
        }
    }

    fn method_call(&mut self, id: u32, depth: u32) -> ValueId {
        let receiver = self.syntax.after_attributes(id);
        let Some(name_node) = self.syntax.child(id, Kind::NAME_REF) else { return UNKNOWN_VALUE };
        let Some(name) = self.segment_name(id) else { return UNKNOWN_VALUE };
        let base = MemberBase::Value(self.value_within(receiver, depth));
        let list = self.syntax.child(id, Kind::ARG_LIST);
        let arguments = self.argument_values(list, depth);
        let types = self.type_arguments(id, 0);
        let span = self.syntax.span(name_node);
        let Context { scope, owner, cfg, source, .. } = self.at;
        let member = Member { base, name, span, arguments, types, scope, owner, cfg, source };
        self.facts.typing.members.push(member);
        let call = self.push_value(ValueFact::Method(self.facts.typing.members.len() as u32 - 1));
        self.give_closures(call, arguments);
        call
    }

    /// A path in an expression that no module holds: `Self::f`, `T::f`, `<A as Tr>::f`.
    pub(super) fn associated_path(&mut self, path: u32) {
        let (Some(qualifier), Some(segment)) =
            (self.syntax.child(path, Kind::PATH), self.syntax.child(path, Kind::PATH_SEGMENT))
        else {
            return;
        };
        let Some(name_node) = self.syntax.child(segment, Kind::NAME_REF) else { return };
        let Some(name) = self.segment_name(segment) else { return };
        let base = MemberBase::Type(self.type_of_path(qualifier, 0));
        let span = self.syntax.span(name_node);
        let Context { scope, owner, cfg, source, .. } = self.at;
        let (arguments, types) = (Entries::default(), Entries::default());
        let member = Member { base, name, span, arguments, types, scope, owner, cfg, source };
        self.facts.typing.members.push(member);
    }

    fn argument_values(&mut self, list: Option<u32>, depth: u32) -> Entries {
        let Some(list) = list else { return Entries::default() };
        let arguments: SmallVec<[u32; 8]> = self.syntax.children(list).collect();
        let values = arguments.into_iter().map(|argument| self.value_within(argument, depth)).collect();
        self.value_list(values)
    }

    /// Tells closures which call they are given to.
    fn give_closures(&mut self, call: ValueId, arguments: Entries) {
        let typing = &mut self.facts.typing;
        for (place, at) in (arguments.start..arguments.end).enumerate() {
            let argument = typing.value_lists[at as usize];
            if let ValueFact::Closure { user, place: given, .. } = &mut typing.values[argument.0 as usize] {
                *user = call;
                *given = place.min(usize::from(u8::MAX)) as u8;
            }
        }
    }

    /// A closure whose parameters are bound and whose body is still to be walked.
    pub(super) fn open_closure(&mut self, id: u32, parameters: Option<u32>) -> ValueId {
        let fact = ValueFact::Closure { result: UNKNOWN_VALUE, user: UNKNOWN_VALUE, place: 0 };
        let closure = self.push_value(fact);
        self.syntax.set_note(id, closure.0);
        let parameters: SmallVec<[u32; 8]> =
            parameters.map(|list| self.syntax.children(list).collect()).unwrap_or_default();
        for (place, parameter) in parameters.into_iter().enumerate() {
            let Some(pattern) = self.first_pattern(parameter) else { continue };
            let place = place.min(usize::from(u8::MAX)) as u8;
            let value = match self.parameter_type(parameter) {
                UNKNOWN_TYPE => self.push_value(ValueFact::ClosureParameter { closure, place }),
                written => self.push_value(ValueFact::Typed(written)),
            };
            self.project(pattern, value);
        }
        closure
    }

    /// The body of a closure was walked.
    pub(super) fn close_closure(&mut self, id: u32, closure: ValueId) {
        let Some(body) = self.syntax.children(id).last() else { return };
        let value = self.value_of(body);
        if let ValueFact::Closure { result, .. } = &mut self.facts.typing.values[closure.0 as usize] {
            *result = value;
        }
    }

    /// The value of a block is that of its last expression.
    pub(super) fn note_block(&mut self, block: u32, list: u32) {
        let last = self.syntax.children(list).last();
        if let Some(last) = last.filter(|last| is_value(self.syntax.kind(*last))) {
            let value = self.value_of(last);
            self.syntax.set_note(block, value.0);
        }
    }

    /// Gives the names of a parameter's pattern their types.
    pub(super) fn project_parameters(&mut self, list: u32) {
        let parameters: SmallVec<[u32; 8]> = self.syntax.children(list).collect();
        for parameter in parameters {
            let Some(pattern) = self.first_pattern(parameter) else { continue };
            let written = self.parameter_type(parameter);
            if written != UNKNOWN_TYPE {
                let value = self.push_value(ValueFact::Typed(written));
                self.project(pattern, value);
            }
        }
    }

    /// What a `let` binds: by the written type, or else by the initializer.
    pub(super) fn let_value(&mut self, id: u32, pattern: u32) -> ValueId {
        let written = self.parameter_type(id);
        if written != UNKNOWN_TYPE && !self.is_partial(written) {
            return self.push_value(ValueFact::Typed(written));
        }
        let after = self.syntax.end(pattern);
        let initializer = self.syntax.children(id).find(|child| *child >= after && is_value(self.syntax.kind(*child)));
        initializer.map_or(UNKNOWN_VALUE, |initializer| self.value_of(initializer))
    }

    /// A written type with arguments of which none is known: `Vec<_>`.
    fn is_partial(&self, written: TypeId) -> bool {
        let typing = &self.facts.typing;
        matches!(typing.type_fact(written), TypeFact::Path { arguments, .. }
            if arguments.start < arguments.end
                && typing.type_list(arguments).iter().all(|argument| *argument == UNKNOWN_TYPE))
    }

    pub(super) fn push_value(&mut self, fact: ValueFact) -> ValueId {
        self.facts.typing.values.push(fact);
        ValueId(self.facts.typing.values.len() as u32 - 1)
    }

    fn value_list(&mut self, values: SmallVec<[ValueId; 8]>) -> Entries {
        let start = self.facts.typing.value_lists.len() as u32;
        self.facts.typing.value_lists.extend(values);
        Entries { start, end: self.facts.typing.value_lists.len() as u32 }
    }
}

/// Kinds of expressions that can have a value worth knowing.
fn is_value(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::PATH_EXPR
            | Kind::PAREN_EXPR
            | Kind::REF_EXPR
            | Kind::PREFIX_EXPR
            | Kind::METHOD_CALL_EXPR
            | Kind::CALL_EXPR
            | Kind::FIELD_EXPR
            | Kind::INDEX_EXPR
            | Kind::TRY_EXPR
            | Kind::AWAIT_EXPR
            | Kind::CAST_EXPR
            | Kind::RECORD_EXPR
            | Kind::TUPLE_EXPR
            | Kind::ARRAY_EXPR
            | Kind::LITERAL
            | Kind::IF_EXPR
            | Kind::MATCH_EXPR
            | Kind::MACRO_EXPR
            | Kind::BLOCK_EXPR
            | Kind::CLOSURE_EXPR
    )
}
