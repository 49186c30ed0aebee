//! Macro calls: which grammar their arguments are read with.
//!
//! In: `MACRO_CALL` nodes, or calls found in tokens.  Out: [`MacroCall`] entries and, from the arguments, the same
//! facts that written code gives.  Not here: the readings themselves (`reparse`, `arms`), and expansion.

use std::ops::Range;

use super::collect::{Collector, Place};
use super::known_macros::{Known, defines_items, known};
use super::locals::Space;
use super::syntax::Kind;
use super::{Entries, MacroCall, MacroPosition, MacroReading, PathRole, PathSource, TokenRange};

impl<'t> Collector<'t> {
    /// A node that holds a macro call: `MACRO_EXPR`, `MACRO_TYPE`, `MACRO_PAT`.  Gives the node after it.
    pub(super) fn macro_node(&mut self, id: u32, position: MacroPosition) -> u32 {
        let cfg = if self.syntax.has_attributes(id) { self.attributes(id, false).cfg } else { self.at.cfg };
        if let Some(call) = self.syntax.child(id, Kind::MACRO_CALL) {
            self.under(cfg, |this| this.macro_call(call, position));
        }
        self.syntax.end(id)
    }

    pub(super) fn macro_call(&mut self, id: u32, position: MacroPosition) {
        let item = matches!(position, MacroPosition::Item | MacroPosition::Associated { .. });
        let attributes = self.attributes(id, item);
        self.mention_macros(&attributes);
        let (Some(path), Some(tree)) = (self.syntax.child(id, Kind::PATH), self.syntax.child(id, Kind::TOKEN_TREE))
        else {
            return;
        };
        let name = self.last_name(path);
        self.under(attributes.cfg, |this| {
            let index = this.path(path, PathRole::Macro);
            let node = this.syntax.node(tree);
            this.deeper(id, |this| this.call(index, name, node.first..node.last, position));
        });
    }

    /// The last identifier of a path; empty if it has none.
    fn last_name(&self, path: u32) -> &'t str {
        let node = self.syntax.node(path);
        let last = (node.first..node.last).rev().find(|at| self.syntax.token(*at) == Kind::IDENT);
        last.map_or("", |at| self.syntax.token_text(at).trim_start_matches("r#"))
    }

    /// Records a call and reads its arguments.
    pub(super) fn call(&mut self, path: Option<u32>, name: &str, tree: Range<u32>, position: MacroPosition) {
        let record = path.map(|path| {
            let locals = self.local_tokens(name, tree.clone());
            self.facts.macro_calls.push(MacroCall {
                path,
                position,
                arguments: self.syntax.token_span(tree.clone()),
                tokens: TokenRange { start: tree.start, end: tree.end },
                reading: MacroReading::Empty,
                paths: Entries::default(),
                items: Entries::default(),
                calls: Entries::default(),
                locals,
            });
            self.facts.macro_calls.len() - 1
        });
        let from = self.counts();
        let before = self.at;
        if self.at.source == PathSource::Written {
            self.at.source = PathSource::MacroArgument;
        }
        let reading = self.arguments(name, tree, position);
        self.at = before;
        if let Some(record) = record {
            let to = self.counts();
            let [paths, items, calls] = std::array::from_fn(|list| Entries { start: from[list], end: to[list] });
            let call = &mut self.facts.macro_calls[record];
            *call = MacroCall { reading, paths, items, calls, ..*call };
        }
    }

    fn counts(&self) -> [u32; 3] {
        [self.facts.paths.len(), self.facts.items.len(), self.facts.macro_calls.len()].map(|count| count as u32)
    }

    /// Notes which tokens of the arguments are locals here, where an expansion may have to know.
    fn local_tokens(&mut self, name: &str, tree: Range<u32>) -> Entries {
        let start = self.facts.local_tokens.len() as u32;
        if known(name).is_none_or(|known| known == Known::Select) {
            for at in tree.clone() {
                if self.syntax.token(at) != Kind::IDENT {
                    continue;
                }
                let symbol = self.symbol(at);
                if self.locals.is_local(symbol, Space::Values) || self.locals.is_local(symbol, Space::Types) {
                    self.facts.local_tokens.push(at - tree.start);
                }
            }
        }
        Entries { start, end: self.facts.local_tokens.len() as u32 }
    }

    fn arguments(&mut self, name: &str, tree: Range<u32>, position: MacroPosition) -> MacroReading {
        let inside = self.syntax.inside(tree.clone());
        let known = known(name);
        let among_items = matches!(position, MacroPosition::Item | MacroPosition::Associated { .. });
        if known.is_none() && (among_items || self.at.deferring) {
            return MacroReading::Deferred;
        }
        let names_nothing = |at| !self.syntax.is_name(at) && self.syntax.token(at) != Kind::STRING;
        if inside.clone().all(names_nothing) {
            return MacroReading::Empty;
        }
        if inside.len() == 1 && self.syntax.token(inside.start) == Kind::STRING && known != Some(Known::Include) {
            // The most frequent call of all: a message and nothing else.
            match known {
                Some(Known::Format(_) | Known::Event) => self.template_token(inside.start, &[]),
                Some(_) => {}
                None => self.constants_in(inside.start),
            }
            return if known == Some(Known::Ignored) { MacroReading::Ignored } else { MacroReading::Expressions };
        }
        known
            .and_then(|known| self.known_arguments(known, tree.clone(), position))
            .unwrap_or_else(|| self.unknown_arguments(tree, position))
    }

    /// `None` if the arguments are not written as this macro's usually are.
    fn known_arguments(&mut self, known: Known, tree: Range<u32>, position: MacroPosition) -> Option<MacroReading> {
        let inside = self.syntax.inside(tree.clone());
        match known {
            Known::Format(place) => self.expressions(tree, Kind::L_PAREN, Some(place)),
            Known::Expressions => self.expressions(tree, Kind::L_PAREN, None),
            Known::Array => self.expressions(tree, Kind::L_BRACK, None),
            Known::Event => Some(self.event(tree)),
            Known::Matches => self.matches(inside),
            Known::Items => Some(self.forced_items(inside, |_, kind| kind)),
            // A `static mut` has the grammar of a `static ref`.
            Known::LazyStatic => Some(self.forced_items(inside, |_, kind| match kind {
                Kind::REF_KW => Kind::MUT_KW,
                kind => kind,
            })),
            Known::BitFlags => self.bit_flags(inside),
            Known::CfgIf => self.cfg_if(inside, position),
            Known::CfgSelect => self.cfg_select(inside, position),
            Known::Select => self.select(inside),
            Known::OffsetOf => {
                let subject = self.split(inside, &[Kind::COMMA]).into_iter().next()?;
                self.type_in(subject).then_some(MacroReading::Types)
            }
            Known::Assembly => Some(self.assembly(inside)),
            Known::Include => {
                let is_literal = inside.len() == 1 && self.syntax.token(inside.start) == Kind::STRING;
                let is_value =
                    matches!(position, MacroPosition::Expression | MacroPosition::Pattern | MacroPosition::Type);
                // A computed path is one to a generated file; its parts name nothing.
                if is_literal || !is_value {
                    return Some(MacroReading::Include);
                }
                self.expressions(tree, Kind::L_PAREN, None)
            }
            Known::Ignored => Some(MacroReading::Ignored),
        }
    }

    pub(super) fn unknown_arguments(&mut self, tree: Range<u32>, position: MacroPosition) -> MacroReading {
        let inside = self.syntax.inside(tree.clone());
        let braces = self.syntax.token(tree.start) == Kind::L_CURLY;
        let contained = position == MacroPosition::Expression;
        let read = match position {
            MacroPosition::Item | MacroPosition::Associated { .. } => {
                self.items_in(inside.clone()).or_else(|| self.loose_expressions(tree))
            }
            MacroPosition::Statement | MacroPosition::Expression if braces => {
                self.statements_in(inside.clone(), contained).or_else(|| self.loose_expressions(tree))
            }
            MacroPosition::Statement | MacroPosition::Expression => {
                self.loose_expressions(tree).or_else(|| self.statements_in(inside.clone(), contained))
            }
            MacroPosition::Pattern => self
                .pattern_in(inside.clone())
                .map(|()| MacroReading::Patterns)
                .or_else(|| self.loose_expressions(tree)),
            MacroPosition::Type => match self.type_in(inside.clone()) {
                true => Some(MacroReading::Types),
                false => self.loose_expressions(tree),
            },
        };
        read.unwrap_or_else(|| self.pieces(inside))
    }

    /// A statement that is a macro call is likely to define items for the block that it stands in.
    pub(super) fn macro_gives_items(&self, statement: u32) -> bool {
        let call = match self.syntax.kind(statement) {
            Kind::EXPR_STMT => self.syntax.child(statement, Kind::MACRO_EXPR),
            _ => Some(statement),
        };
        let Some(call) = call.and_then(|id| self.syntax.child(id, Kind::MACRO_CALL)) else { return false };
        let (Some(path), Some(tree)) = (self.syntax.child(call, Kind::PATH), self.syntax.child(call, Kind::TOKEN_TREE))
        else {
            return false;
        };
        let name = self.last_name(path);
        if let Some(known) = known(name) {
            return defines_items(known);
        }
        let tree = self.syntax.node(tree);
        self.syntax.token(tree.first) == Kind::L_CURLY
            && matches!(
                self.syntax.token(tree.first + 1),
                Kind::USE_KW
                    | Kind::FN_KW
                    | Kind::PUB_KW
                    | Kind::STRUCT_KW
                    | Kind::ENUM_KW
                    | Kind::TRAIT_KW
                    | Kind::IMPL_KW
                    | Kind::MOD_KW
                    | Kind::STATIC_KW
                    | Kind::CONST_KW
                    | Kind::TYPE_KW
                    | Kind::EXTERN_KW
            )
    }

    /// Runs `inner` where items may be put: in the scope at hand, or in a new one for these tokens.
    pub(super) fn with_item_scope(&mut self, tokens: Range<u32>, inner: impl FnOnce(&mut Self)) {
        let before = self.at;
        if !self.at.scope_is_own && !matches!(self.at.place, Place::Associated { .. }) {
            let span = self.syntax.token_span(tokens);
            self.open_block(span);
            self.at.place = Place::Body;
        }
        inner(self);
        self.at = before;
    }
}
