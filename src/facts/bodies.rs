//! Expressions, types and statements.
//!
//! In: nodes.  Out: the paths in them, with locals removed and block scopes recorded.  Not here: items (`items`),
//! patterns (`patterns`), macro calls (`macros`).
//!
//! The nodes lie in pre-order, so most of them are simply passed over: only what opens a scope of names, holds a
//! path or carries a condition is looked at, and only what can hold such scopes calls itself.

use std::ops::Range;

use super::collect::{Collector, Place};
use super::locals::Space;
use super::syntax::Kind;
use super::typing::{UNKNOWN_VALUE, ValueFact, ValueId};
use super::{ImportKind, MacroPosition, PathRole, Scope, ScopeId, ScopeKind};
use crate::source::Span;

impl Collector<'_> {
    /// Everything in a range of nodes.
    pub(super) fn walk(&mut self, nodes: Range<u32>) {
        let around = self.open_calls.len();
        let mut at = nodes.start;
        while at < nodes.end {
            at = self.visit(at);
            // A call is read when all inside it was, and before the scope around it ends.
            while self.open_calls.len() > around
                && let Some(call) = self.open_calls.pop_if(|call| self.syntax.end(*call) <= at)
            {
                self.value_of(call);
            }
        }
        self.open_calls.truncate(around);
    }

    /// Reads one node and gives the next to read, which may be its first child.
    fn visit(&mut self, id: u32) -> u32 {
        let node = self.syntax.node(id);
        if is_item(node.kind) {
            self.deeper(id, |this| this.item(id));
            return node.end;
        }
        if node.end > id + 1 && self.syntax.kind(id + 1) == Kind::ATTR {
            let attributes = self.attributes(id, false);
            // A variant is an item of its own, and has its attributes read as one.
            if node.kind != Kind::VARIANT {
                self.mention_helpers(&attributes);
            }
            let cfg = attributes.cfg;
            if cfg != self.at.cfg {
                self.deeper(id, |this| this.under(cfg, |this| this.visit_whole(id)));
                return node.end;
            }
        }
        self.dispatch(id)
    }

    /// The node's attributes are known already.
    fn visit_whole(&mut self, id: u32) {
        let end = self.syntax.end(id);
        let next = self.dispatch(id);
        self.walk(next..end);
    }

    fn dispatch(&mut self, id: u32) -> u32 {
        let node = self.syntax.node(id);
        match node.kind {
            Kind::PATH_TYPE => {
                if id + 1 < node.end {
                    self.path(id + 1, PathRole::Type);
                }
            }
            Kind::PATH_EXPR => {
                if let Some(path) = self.syntax.child(id, Kind::PATH)
                    && self.path(path, PathRole::Value).is_none()
                {
                    self.associated_path(path);
                }
            }
            Kind::CALL_EXPR => {
                let callee = self.syntax.after_attributes(id);
                if callee < node.end && self.syntax.kind(callee) == Kind::PATH_EXPR {
                    if let Some(path) = self.syntax.child(callee, Kind::PATH)
                        && self.path(path, PathRole::Call).is_none()
                    {
                        self.associated_path(path);
                    }
                    return self.syntax.end(callee);
                }
                return callee;
            }
            Kind::METHOD_CALL_EXPR => {
                self.open_calls.push(id);
                return self.syntax.after_attributes(id);
            }
            Kind::MATCH_EXPR => {
                let subject = self.syntax.after_attributes(id);
                self.deeper(id, |this| this.match_subject(id, subject));
                return self.syntax.end(subject).min(node.end);
            }
            Kind::RECORD_EXPR => {
                return match self.syntax.child(id, Kind::PATH) {
                    Some(path) => {
                        self.path(path, PathRole::Type);
                        self.syntax.end(path)
                    }
                    None => id + 1,
                };
            }
            Kind::TYPE_ARG => return self.type_argument(id),
            Kind::BLOCK_EXPR => self.deeper(id, |this| this.block(id)),
            Kind::CLOSURE_EXPR => self.deeper(id, |this| this.closure(id)),
            Kind::IF_EXPR => self.deeper(id, |this| this.if_chain(id)),
            Kind::WHILE_EXPR => self.deeper(id, |this| {
                let mark = this.locals.mark();
                this.walk(id + 1..node.end);
                this.locals.leave(mark);
            }),
            Kind::FOR_EXPR => self.deeper(id, |this| this.for_loop(id)),
            Kind::MATCH_ARM => self.deeper(id, |this| {
                let mark = this.locals.mark();
                let subject = ValueId(this.syntax.note(id));
                let body = this.binding_pattern(id);
                if let Some(pattern) = this.first_pattern(id) {
                    this.project(pattern, subject);
                }
                this.walk(body..node.end);
                if let Some(body) = this.syntax.children(id).last() {
                    this.value_of(body);
                }
                this.locals.leave(mark);
            }),
            Kind::LET_EXPR | Kind::LET_STMT => self.deeper(id, |this| {
                let from = this.pending.len();
                let mut rest = id + 1;
                let pattern = this.first_pattern(id);
                if let Some(pattern) = pattern {
                    this.pattern(pattern);
                    rest = this.syntax.end(pattern);
                }
                this.walk(rest..node.end);
                let value = pattern.map(|pattern| this.let_value(id, pattern));
                this.bind_pending(from);
                if let (Some(pattern), Some(value)) = (pattern, value) {
                    this.project(pattern, value);
                }
            }),
            Kind::PARAM => {
                // In the type of a function pointer; those of functions and closures are read with them.
                let start = self.first_pattern(id).map_or(id + 1, |pattern| self.syntax.end(pattern));
                self.walk(start..node.end);
            }
            Kind::EXPR_STMT => {
                if id + 1 < node.end && self.syntax.kind(id + 1) == Kind::MACRO_EXPR {
                    return self.macro_node(id + 1, MacroPosition::Statement);
                }
                return id + 1;
            }
            Kind::MACRO_EXPR => return self.macro_node(id, MacroPosition::Expression),
            Kind::MACRO_TYPE => return self.macro_node(id, MacroPosition::Type),
            Kind::MACRO_PAT => return self.macro_node(id, MacroPosition::Pattern),
            Kind::VARIANT => self.variant(id),
            Kind::RECORD_FIELD | Kind::TUPLE_FIELD if self.at.shown && self.is_hidden_field(id) => {
                self.at.shown = false;
                self.walk(id + 1..node.end);
                self.at.shown = true;
            }
            Kind::VISIBILITY => {
                self.visibility(id);
            }
            kind if is_pattern(kind) => {
                // Where no pattern belongs: its names bind nothing.
                let from = self.pending.len();
                self.pattern(id);
                self.pending.truncate(from);
            }
            Kind::ATTR | Kind::PATH | Kind::TOKEN_TREE | Kind::NAME | Kind::NAME_REF | Kind::LITERAL => {}
            _ => return id + 1,
        }
        node.end
    }

    /// `A<N>` may be a type or a constant where it is a plain name.
    fn type_argument(&mut self, id: u32) -> u32 {
        let end = self.syntax.end(id);
        let plain = end == id + 5
            && self.syntax.kind(id + 1) == Kind::PATH_TYPE
            && self.syntax.kind(id + 2) == Kind::PATH
            && self.syntax.kind(id + 4) == Kind::NAME_REF;
        if !plain {
            return id + 1;
        }
        self.path(id + 2, PathRole::GenericArgument);
        end
    }

    /// What a `match` looks at, for its arms.
    fn match_subject(&mut self, id: u32, subject: u32) {
        self.walk(subject..self.syntax.end(subject).min(self.syntax.end(id)));
        let Some(arms) = self.syntax.child(id, Kind::MATCH_ARM_LIST) else { return };
        let value = self.value_of(subject);
        let end = self.syntax.end(arms);
        let mut arm = arms + 1;
        while arm < end {
            self.syntax.set_note(arm, value.0);
            arm = self.syntax.end(arm);
        }
    }

    fn block(&mut self, id: u32) {
        match self.syntax.child(id, Kind::STMT_LIST) {
            Some(list) => self.statements_of(Some(id), list, true),
            None => self.walk(id + 1..self.syntax.end(id)),
        }
    }

    fn closure(&mut self, id: u32) {
        let mark = self.locals.mark();
        let end = self.syntax.end(id);
        match self.syntax.child(id, Kind::PARAM_LIST) {
            Some(parameters) => {
                self.parameters(parameters);
                let closure = self.open_closure(id, Some(parameters));
                self.walk(self.syntax.end(parameters)..end);
                self.close_closure(id, closure);
            }
            None => self.walk(id + 1..end),
        }
        self.locals.leave(mark);
    }

    /// `if .. else if .. else ..`; what a condition binds is known in its own block alone.
    fn if_chain(&mut self, id: u32) {
        let mut at = id;
        loop {
            let end = self.syntax.end(at);
            let mark = self.locals.mark();
            let mut next = at + 1;
            let mut else_if = None;
            let mut blocks = 0;
            while next < end {
                let kind = self.syntax.kind(next);
                if kind == Kind::IF_EXPR && blocks == 1 {
                    else_if = Some(next);
                    break;
                }
                let child = next;
                next = self.syntax.end(next);
                // The condition itself may be a block: `if { a } { b }`.
                let branch = kind == Kind::BLOCK_EXPR && child > at + 1;
                self.walk(child..next);
                if branch {
                    blocks += 1;
                    self.locals.leave(mark);
                }
            }
            self.locals.leave(mark);
            match else_if {
                Some(inner) => at = inner,
                None => return,
            }
        }
    }

    fn for_loop(&mut self, id: u32) {
        let mark = self.locals.mark();
        let from = self.pending.len();
        let end = self.syntax.end(id);
        let (mut pattern, mut elements) = (None, UNKNOWN_VALUE);
        let mut at = id + 1;
        while at < end {
            let kind = self.syntax.kind(at);
            let next = self.syntax.end(at);
            if is_pattern(kind) {
                self.pattern(at);
                pattern = Some(at);
            } else if next == end {
                // The last is the body, which alone sees the names.
                self.bind_pending(from);
                if let Some(pattern) = pattern.filter(|_| elements != UNKNOWN_VALUE) {
                    let element = self.push_value(ValueFact::Element { base: elements });
                    self.project(pattern, element);
                }
                self.walk(at..next);
            } else {
                self.walk(at..next);
                elements = self.value_of(at);
            }
            at = next;
        }
        self.pending.truncate(from);
        self.locals.leave(mark);
    }

    /// Reads and binds the first pattern inside; gives the node after it.
    fn binding_pattern(&mut self, id: u32) -> u32 {
        let Some(pattern) = self.first_pattern(id) else { return id + 1 };
        let from = self.pending.len();
        self.pattern(pattern);
        self.bind_pending(from);
        self.syntax.end(pattern)
    }

    pub(super) fn first_pattern(&self, id: u32) -> Option<u32> {
        self.syntax.children(id).find(|child| self.syntax.kind(*child) != Kind::ATTR).filter(|child| {
            let kind = self.syntax.kind(*child);
            is_pattern(kind) || kind == Kind::MACRO_PAT
        })
    }

    /// Brings what patterns bound since `from` into scope.
    pub(super) fn bind_pending(&mut self, from: usize) {
        for at in from..self.pending.len() {
            self.locals.bind(self.pending[at], Space::Values);
        }
        self.pending.truncate(from);
    }

    /// The parameters of a function or closure, and what is in their patterns and types.
    pub(super) fn parameters(&mut self, list: u32) {
        let from = self.pending.len();
        let mut at = list + 1;
        let end = self.syntax.end(list);
        while at < end {
            let next = self.syntax.end(at);
            let cfg = if self.syntax.has_attributes(at) { self.attributes(at, false).cfg } else { self.at.cfg };
            self.under(cfg, |this| {
                let mut rest = at + 1;
                if let Some(pattern) = this.first_pattern(at) {
                    this.pattern(pattern);
                    rest = this.syntax.end(pattern);
                }
                this.walk(rest..next);
            });
            at = next;
        }
        self.bind_pending(from);
    }

    /// A list of statements.  `contained`: names that it declares are not known after it; otherwise it stands for
    /// statements of the list around it, as the arguments of some macros do.
    pub(super) fn statements(&mut self, list: u32, contained: bool) {
        self.statements_of(None, list, contained);
    }

    /// `block`: the expression that the statements are the body of.
    fn statements_of(&mut self, block: Option<u32>, list: u32, contained: bool) {
        let before = self.at;
        let mark = self.locals.mark();
        let has_items = self.has_items(list);
        if self.syntax.has_attributes(list) {
            self.at.cfg = self.attributes(list, false).cfg;
        }
        if contained {
            self.at.scope_is_own = false;
        }
        if has_items && !self.at.scope_is_own {
            let span = self.syntax.span(list);
            self.open_block(span);
        }
        if contained {
            self.at.place = Place::Body;
        }
        if has_items {
            self.declare_items(list);
        }
        let end = self.syntax.end(list);
        let mut at = list + 1;
        while at < end {
            let next = self.syntax.end(at);
            match self.syntax.kind(at) {
                // Read with the declarations.
                Kind::USE | Kind::EXTERN_CRATE => {}
                Kind::MACRO_EXPR => {
                    self.macro_node(at, MacroPosition::Statement);
                }
                _ => self.walk(at..next),
            }
            at = next;
        }
        if let Some(block) = block {
            self.note_block(block, list);
        }
        if contained {
            self.locals.leave(mark);
        }
        self.at = before;
    }

    /// A scope for the items of a block.
    pub(super) fn open_block(&mut self, span: Span) {
        self.facts.scopes.push(Scope { kind: ScopeKind::Block, parent: Some(self.at.scope), span });
        self.at.scope = ScopeId(self.facts.scopes.len() as u32 - 1);
        self.at.scope_is_own = true;
    }

    fn has_items(&self, list: u32) -> bool {
        self.syntax.children(list).any(|child| match self.syntax.kind(child) {
            Kind::EXPR_STMT | Kind::MACRO_EXPR => self.macro_gives_items(child),
            kind => is_item(kind),
        })
    }

    /// Items and imports of a block are known in the whole block and hide the locals around it.
    fn declare_items(&mut self, list: u32) {
        let imports = self.facts.imports.len();
        let end = self.syntax.end(list);
        let mut at = list + 1;
        while at < end {
            let kind = self.syntax.kind(at);
            match kind {
                Kind::USE | Kind::EXTERN_CRATE => self.item(at),
                Kind::FN | Kind::CONST | Kind::STATIC => self.declare(at, Space::Values),
                Kind::STRUCT => {
                    self.declare(at, Space::Types);
                    if self.syntax.child(at, Kind::RECORD_FIELD_LIST).is_none() {
                        self.declare(at, Space::Values);
                    }
                }
                Kind::ENUM | Kind::UNION | Kind::TRAIT | Kind::TYPE_ALIAS | Kind::MODULE => {
                    self.declare(at, Space::Types);
                }
                _ => {}
            }
            at = self.syntax.end(at);
        }
        for at in imports..self.facts.imports.len() {
            let import = &self.facts.imports[at];
            let (name, values) = match import.kind {
                ImportKind::Single { name } => (name, true),
                ImportKind::SelfOnly { name } | ImportKind::ExternCrate { name: Some(name), .. } => (name, false),
                _ => continue,
            };
            if let Some(symbol) = self.names.symbol_of(self.facts.name(name)) {
                self.locals.declare(symbol, Space::Types);
                if values {
                    self.locals.declare(symbol, Space::Values);
                }
            }
        }
    }

    fn declare(&mut self, item: u32, space: Space) {
        if let Some(token) = self.name_token(item) {
            let symbol = self.symbol(token);
            self.locals.declare(symbol, space);
        }
    }
}

pub(super) fn is_item(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::FN
            | Kind::USE
            | Kind::STRUCT
            | Kind::ENUM
            | Kind::UNION
            | Kind::TRAIT
            | Kind::IMPL
            | Kind::MODULE
            | Kind::CONST
            | Kind::STATIC
            | Kind::TYPE_ALIAS
            | Kind::EXTERN_CRATE
            | Kind::EXTERN_BLOCK
            | Kind::MACRO_RULES
            | Kind::MACRO_DEF
            | Kind::MACRO_CALL
    )
}

pub(super) fn is_pattern(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::IDENT_PAT
            | Kind::WILDCARD_PAT
            | Kind::TUPLE_STRUCT_PAT
            | Kind::TUPLE_PAT
            | Kind::RECORD_PAT
            | Kind::REF_PAT
            | Kind::OR_PAT
            | Kind::PATH_PAT
            | Kind::LITERAL_PAT
            | Kind::SLICE_PAT
            | Kind::PAREN_PAT
            | Kind::RANGE_PAT
            | Kind::REST_PAT
            | Kind::BOX_PAT
            | Kind::CONST_BLOCK_PAT
            | Kind::DEREF_PAT
            | Kind::NOT_NULL
    )
}
