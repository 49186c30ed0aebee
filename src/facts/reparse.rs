//! Ranges of tokens read as Rust: the arguments of macro calls, with the tokens of the file.
//!
//! In: token ranges.  Out: what the walk finds in them.  A reading that does not parse leaves no trace and says so;
//! the last resort looks for paths among the tokens.  Not here: which reading is tried when (`macros`).

use std::ops::Range;

use super::collect::{Collector, Written};
use super::literals::captures;
use super::syntax::{Entry, Kind, Parsed};
use super::{MacroPosition, MacroReading, PathRole, PathRoot, PathSource};
use crate::source::Span;

impl Collector<'_> {
    /// The arguments as expressions between commas, as in a call (`(`) or an array (`[`).  `template`: which of them
    /// is a format string.
    pub(super) fn expressions(
        &mut self,
        tree: Range<u32>,
        bracket: Kind,
        template: Option<usize>,
    ) -> Option<MacroReading> {
        let parsed = self.parse_list(tree, bracket)?;
        let elements: Vec<u32> = self.syntax.children(parsed.root).collect();
        let arguments: Vec<(u32, Option<u32>)> = elements.iter().map(|element| self.named_argument(*element)).collect();
        let named: Vec<u32> = arguments.iter().filter_map(|(_, name)| *name).collect();
        for (place, (start, _)) in arguments.into_iter().enumerate() {
            if template == Some(place) {
                self.template(start, &named);
            }
            self.walk(start..self.syntax.end(elements[place]));
        }
        self.syntax.forget(parsed);
        Some(MacroReading::Expressions)
    }

    /// Expressions of a macro that is not known: a plain path may be a type, and a literal a format string.
    pub(super) fn loose_expressions(&mut self, tree: Range<u32>) -> Option<MacroReading> {
        let parsed = self.parse_list(tree, Kind::L_PAREN)?;
        let elements: Vec<u32> = self.syntax.children(parsed.root).collect();
        for element in elements {
            match self.syntax.kind(element) {
                Kind::PATH_EXPR => match self.syntax.child(element, Kind::PATH) {
                    Some(path) => {
                        let role = self.loose_role(self.syntax.node(path).last);
                        self.path(path, role);
                    }
                    None => self.walk(element..self.syntax.end(element)),
                },
                Kind::LITERAL => self.constants_in(self.syntax.node(element).first),
                _ => self.walk(element..self.syntax.end(element)),
            }
        }
        self.syntax.forget(parsed);
        Some(MacroReading::Expressions)
    }

    /// By the first letter of the last segment: a type or a constant, or else a value.
    fn loose_role(&self, end: u32) -> PathRole {
        let name = self.syntax.token_text(end.saturating_sub(1));
        if name.starts_with(char::is_uppercase) { PathRole::GenericArgument } else { PathRole::Value }
    }

    /// Parses a bracketed list of expressions whatever its brackets are.
    fn parse_list(&mut self, tree: Range<u32>, bracket: Kind) -> Option<Parsed> {
        let closing = if bracket == Kind::L_BRACK { Kind::R_BRACK } else { Kind::R_PAREN };
        let (first, last) = (tree.start, tree.end - 1);
        let parsed = self.syntax.parse(Entry::Expression, tree, |at, kind| match kind {
            _ if at == first => bracket,
            Kind::R_PAREN | Kind::R_BRACK | Kind::R_CURLY if at == last => closing,
            kind => kind,
        });
        self.unless_broken(parsed)
    }

    fn unless_broken(&mut self, parsed: Parsed) -> Option<Parsed> {
        if parsed.errors == 0 {
            return Some(parsed);
        }
        self.syntax.forget(parsed);
        None
    }

    /// Of `name = value`: the node that the value starts with, and the token of the name.
    fn named_argument(&self, element: u32) -> (u32, Option<u32>) {
        if self.syntax.kind(element) != Kind::BIN_EXPR {
            return (element, None);
        }
        let mut sides = self.syntax.children(element);
        let (Some(left), Some(right)) = (sides.next(), sides.next()) else { return (element, None) };
        let (left, value) = (self.syntax.node(left), self.syntax.node(right));
        let assigned = value.first == left.last + 1 && self.syntax.token(left.last) == Kind::EQ;
        let nameable = matches!(left.kind, Kind::PATH_EXPR | Kind::FIELD_EXPR | Kind::LITERAL);
        if !assigned || !nameable {
            return (element, None);
        }
        (right, (left.last == left.first + 1).then_some(left.first))
    }

    /// What a format string captures, apart from the call's own named arguments.
    pub(super) fn template(&mut self, element: u32, named: &[u32]) {
        let node = self.syntax.node(element);
        if node.kind == Kind::LITERAL {
            self.template_token(node.first, named);
        }
    }

    /// The same for the token of a literal.
    pub(super) fn template_token(&mut self, token: u32, named: &[u32]) {
        if self.syntax.token(token) == Kind::STRING {
            self.captured(token, PathSource::MacroArgument, |text, this| {
                !named.iter().any(|token| this.syntax.token_text(*token).trim_start_matches("r#") == text)
            });
        }
    }

    /// In a literal that may be a format string, only names of constants are taken for captures.
    pub(super) fn constants_in(&mut self, token: u32) {
        if self.syntax.token(token) == Kind::STRING {
            self.captured(token, PathSource::MacroScan, |text, _| {
                text.starts_with(char::is_uppercase) && !text.chars().any(char::is_lowercase)
            });
        }
    }

    fn captured(&mut self, token: u32, source: PathSource, wanted: impl Fn(&str, &Self) -> bool) {
        let text = self.syntax.token_text(token);
        if !text.contains('{') {
            return;
        }
        let start = self.syntax.offset(token);
        let context = self.syntax.origin(token).map_or(0, |origin| origin.context);
        for range in captures(text) {
            let name = &text[range.clone()];
            if !wanted(name, self) {
                continue;
            }
            let from = self.segments.len();
            let symbol = self.names.symbol(name, context);
            let place = |at: usize| start.saturating_add(at as u32);
            let span = Span::new(place(range.start), place(range.end));
            self.segments.push((symbol, span.start));
            self.record(from, Written::plain(span), PathRole::Value, source);
            self.segments.truncate(from);
        }
    }

    /// Items of a macro that is not known; `None` if they are none.
    pub(super) fn items_in(&mut self, tokens: Range<u32>) -> Option<MacroReading> {
        let parsed = self.syntax.parse(Entry::Items, tokens.clone(), |_, kind| kind);
        // A single slip among many items does not make them something else.
        let allowed = if parsed.errors == 1 { tokens.len() / 100 } else { 0 };
        if parsed.errors > allowed {
            self.syntax.forget(parsed);
            return None;
        }
        self.take_items(parsed, tokens);
        Some(MacroReading::Items)
    }

    /// Items of a macro that is known to take some, as far as they parse.
    pub(super) fn forced_items(&mut self, tokens: Range<u32>, substitute: impl Fn(u32, Kind) -> Kind) -> MacroReading {
        let parsed = self.syntax.parse(Entry::Items, tokens.clone(), substitute);
        self.take_items(parsed, tokens);
        MacroReading::Items
    }

    fn take_items(&mut self, parsed: Parsed, tokens: Range<u32>) {
        if parsed.root < parsed.end {
            self.with_item_scope(tokens, |this| this.walk(parsed.root + 1..parsed.end));
        }
        self.syntax.forget(parsed);
    }

    /// Statements; unless `contained`, they stand for statements of the block around the call.
    pub(super) fn statements_in(&mut self, tokens: Range<u32>, contained: bool) -> Option<MacroReading> {
        let parsed = self.syntax.parse(Entry::Statements, tokens, |_, kind| kind);
        let parsed = self.unless_broken(parsed)?;
        if !self.are_separated(parsed.root) {
            self.syntax.forget(parsed);
            return None;
        }
        let only = self.syntax.after_attributes(parsed.root);
        let plain =
            only < parsed.end && self.syntax.end(only) == parsed.end && self.syntax.kind(only) == Kind::PATH_EXPR;
        match if plain { self.syntax.child(only, Kind::PATH) } else { None } {
            Some(path) => {
                let role = self.loose_role(self.syntax.node(path).last);
                self.path(path, role);
            }
            None => self.statements(parsed.root, contained),
        }
        self.syntax.forget(parsed);
        Some(MacroReading::Statements)
    }

    /// The parser takes `a b c` for three statements; they must end in semicolons or braces.
    fn are_separated(&self, list: u32) -> bool {
        let end = self.syntax.end(list);
        self.syntax.children(list).filter(|child| self.syntax.end(*child) < end).all(|child| {
            let node = self.syntax.node(child);
            let ends_itself = matches!(self.syntax.token(node.last - 1), Kind::SEMICOLON | Kind::R_CURLY);
            ends_itself || !matches!(node.kind, Kind::EXPR_STMT | Kind::LET_STMT)
        })
    }

    /// One expression.
    pub(super) fn expression_in(&mut self, tokens: Range<u32>) -> bool {
        // Attributes without an expression behind them would be outside any node.
        if self.syntax.token(tokens.start) == Kind::POUND {
            return false;
        }
        self.one(Entry::Expression, tokens)
    }

    pub(super) fn type_in(&mut self, tokens: Range<u32>) -> bool {
        // The parser drops these words if no function pointer follows, and then has tokens outside any node.
        if matches!(self.syntax.token(tokens.start), Kind::UNSAFE_KW | Kind::EXTERN_KW) {
            return false;
        }
        self.one(Entry::Type, tokens)
    }

    fn one(&mut self, entry: Entry, tokens: Range<u32>) -> bool {
        let parsed = self.syntax.parse(entry, tokens, |_, kind| kind);
        let Some(parsed) = self.unless_broken(parsed) else { return false };
        self.walk(parsed.root..parsed.end);
        self.syntax.forget(parsed);
        true
    }

    /// One pattern; what it binds is pending.
    pub(super) fn pattern_in(&mut self, tokens: Range<u32>) -> Option<()> {
        let parsed = self.syntax.parse(Entry::Pattern, tokens, |_, kind| kind);
        let parsed = self.unless_broken(parsed)?;
        self.pattern(parsed.root);
        self.syntax.forget(parsed);
        Some(())
    }

    /// What fits no grammar as a whole is cut at commas, semicolons and arrows, and each part read as what it is.
    pub(super) fn pieces(&mut self, tokens: Range<u32>) -> MacroReading {
        let mut scanned = false;
        for piece in self.split_pieces(tokens) {
            let single_name = piece.len() == 1;
            if single_name {
                let role = self.loose_role(piece.end);
                self.scan_one(piece.start, piece.end, role);
            } else if !self.expression_in(piece.clone()) && !self.type_in(piece.clone()) {
                scanned |= !self.parts_of_piece(piece);
            }
        }
        if scanned { MacroReading::Scanned } else { MacroReading::Expressions }
    }

    /// What is in brackets, or on both sides of a colon (`{ "key": value }`); gives false if it had to scan.
    fn parts_of_piece(&mut self, piece: Range<u32>) -> bool {
        let mut read = true;
        if self.syntax.after_group(piece.start, piece.end) == piece.end {
            let inside = self.syntax.inside(piece.clone());
            self.deeper_at(piece.start, |this| read = this.pieces(inside) != MacroReading::Scanned);
            return read;
        }
        let colon = self.find(piece.clone(), |this, at| {
            this.syntax.token(at) == Kind::COLON
                && !this.syntax.at_double_colon(at)
                && !(at > piece.start && this.syntax.at_double_colon(at - 1))
        });
        match colon {
            Some(colon) if colon > piece.start => {
                self.deeper_at(colon, |this| {
                    for side in [piece.start..colon, colon + 1..piece.end] {
                        read &= this.pieces(side) != MacroReading::Scanned;
                    }
                });
            }
            _ => {
                self.scan(piece);
                read = false;
            }
        }
        read
    }

    fn split_pieces(&self, tokens: Range<u32>) -> Vec<Range<u32>> {
        let mut pieces = Vec::new();
        for part in self.split(tokens, &[Kind::COMMA, Kind::SEMICOLON]) {
            let mut start = part.start;
            let mut at = part.start;
            while at < part.end {
                if self.syntax.at_fat_arrow(at) {
                    if at > start {
                        pieces.push(start..at);
                    }
                    start = at + 2;
                    at += 2;
                } else {
                    at = self.syntax.after_group(at, part.end);
                }
            }
            if part.end > start {
                pieces.push(start..part.end);
            }
        }
        pieces
    }

    /// Paths among tokens that are no Rust: those with several segments, those with a capital letter, macro calls.
    pub(super) fn scan(&mut self, tokens: Range<u32>) {
        let mut at = tokens.start;
        while at < tokens.end {
            if self.starts_path(at, tokens.start) {
                at = self.scan_one(at, tokens.end, PathRole::GenericArgument);
            } else {
                if self.syntax.token(at) == Kind::STRING {
                    self.constants_in(at);
                }
                at += 1;
            }
        }
    }

    fn starts_path(&self, at: u32, start: u32) -> bool {
        let begins = self.syntax.is_name(at) || self.syntax.at_double_colon(at);
        let before = if at > start { self.syntax.token(at - 1) } else { Kind::EOF };
        begins && !matches!(before, Kind::DOT | Kind::DOLLAR | Kind::POUND | Kind::FN_KW | Kind::LET_KW)
    }

    /// Records the path that starts here, if it looks like one; gives the token after it, or after the call it names.
    fn scan_one(&mut self, at: u32, limit: u32, role: PathRole) -> u32 {
        let from = self.segments.len();
        let Some((written, after)) = self.scan_path(at, limit) else { return at + 1 };
        let count = self.segments.len() - from;
        let last = self.segments.last().map_or("", |(symbol, _)| self.names.text(*symbol));
        let capital = last.starts_with(char::is_uppercase);
        let worth = count > 1 || (count == 1 && (capital || written.root != PathRoot::Plain));
        let opens =
            |at: u32| at < limit && matches!(self.syntax.token(at), Kind::L_PAREN | Kind::L_BRACK | Kind::L_CURLY);
        let call = count > 0 && self.syntax.token(after) == Kind::BANG && opens(after + 1);
        let role = match role {
            _ if call => PathRole::Macro,
            _ if opens(after) && self.syntax.token(after) == Kind::L_PAREN => PathRole::Call,
            PathRole::GenericArgument if !capital => PathRole::Value,
            role => role,
        };
        let mut next = after;
        if call {
            let path = self.record(from, written, role, PathSource::MacroScan);
            next = self.syntax.after_group(after + 1, limit);
            let tree = after + 1..next;
            self.segments.truncate(from);
            let name = self.syntax.token_text(after - 1);
            self.deeper_at(at, |this| this.call(path, name, tree, MacroPosition::Expression));
        } else if worth {
            self.record(from, written, role, PathSource::MacroScan);
        }
        self.segments.truncate(from);
        next
    }
}
