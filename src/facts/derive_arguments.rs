//! What attributes for derive macros name: `#[serde(with = "module")]`, `#[diesel(table_name = orders)]`.
//!
//! In: the arguments of an attribute on a type, a field or a variant.  Out: the paths among its values, which the derive
//! macro puts into the code that it writes.  Words without a value (`flatten`, `long`) are the macro's own.
//! Not here: attribute macros, whose arguments may name parameters of the function that they stand before.

use std::ops::Range;

use super::attributes::Attributes;
use super::collect::{Collector, Written};
use super::literals::content;
use super::syntax::Kind;
use super::{PathRole, PathRoot, PathSource};
use crate::source::Span;

/// Words of attributes nest no deeper than this.
const MAX_DEPTH: u32 = 8;

impl<'t> Collector<'t> {
    /// Records the values of all attributes for derive macros.
    pub(super) fn mention_helpers(&mut self, attributes: &Attributes) {
        for helper in &attributes.helpers {
            let cfg = match &helper.condition {
                Some(condition) => self.condition(attributes.cfg, condition.clone()),
                None => attributes.cfg,
            };
            self.under(cfg, |this| this.helper(helper.tokens.clone(), 0));
        }
    }

    /// `word`, `a::path`, `word = value`, `word(..)`, separated by commas.
    fn helper(&mut self, tokens: Range<u32>, depth: u32) {
        let names_code = self.is_path_after(tokens.start);
        for part in self.split(tokens, &[Kind::COMMA]) {
            let (word, next) = (part.start, part.start + 1);
            if self.syntax.token(next) == Kind::EQ && next + 1 < part.end {
                self.value(word, next + 1..part.end);
            } else if self.syntax.token(next) == Kind::L_PAREN && next < part.end && depth < MAX_DEPTH {
                self.helper(self.syntax.inside(next..part.end), depth + 1);
            } else if part.len() > 1 || names_code {
                self.value(word, part);
            }
        }
    }

    /// What stands in these brackets names code even if it is one word: `belongs_to(Post)`.
    fn is_path_after(&self, inside: u32) -> bool {
        let word = inside.checked_sub(2).filter(|_| self.syntax.token(inside - 1) == Kind::L_PAREN);
        word.is_some_and(|word| self.syntax.token_text(word) == "belongs_to")
    }

    fn value(&mut self, word: u32, value: Range<u32>) {
        if value.len() == 1 && self.syntax.token(value.start) == Kind::STRING {
            if takes_a_path(self.syntax.token_text(word)) {
                self.paths_in_string(value.start);
            }
            return;
        }
        let from = self.segments.len();
        match self.scan_path(value.start, value.end) {
            Some((written, end)) if end == value.end => {
                self.record(from, written, PathRole::GenericArgument, PathSource::MacroScan);
                if self.syntax.token_text(word) == "table_name" {
                    // Derives of diesel name the columns, too, through the table; this one is among those of every table.
                    let star = self.names.symbol("star", 0);
                    self.segments.push((star, written.span.end));
                    self.record(from, written, PathRole::GenericArgument, PathSource::MacroScan);
                }
            }
            _ => {}
        }
        self.segments.truncate(from);
    }

    /// Each path in the text of a literal: `"a::b"`, `"Option<c::D>"`.
    fn paths_in_string(&mut self, token: u32) {
        let literal = self.syntax.token_text(token);
        let (range, raw) = content(literal);
        if !raw && literal.contains('\\') {
            return;
        }
        let start = self.syntax.offset(token);
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let text = &literal[range.clone()];
        let mut at = 0;
        while let Some(first) = text[at..].find(is_name) {
            let begin = at + first;
            let end = text[begin..].find(|c| !is_name(c) && c != ':').map_or(text.len(), |end| begin + end);
            let place = |offset: usize| start.saturating_add((range.start + offset) as u32);
            self.path_in_text(&text[begin..end], place(begin), place(end));
            at = end;
        }
    }

    fn path_in_text(&mut self, text: &'t str, start: u32, end: u32) {
        let from = self.segments.len();
        let mut root = PathRoot::Plain;
        for name in text.split("::") {
            let begun = self.segments.len() > from;
            root = match (name, root) {
                ("crate", PathRoot::Plain) if !begun => PathRoot::Crate,
                ("self", PathRoot::Plain) if !begun => PathRoot::Super(0),
                ("super", PathRoot::Plain) if !begun => PathRoot::Super(1),
                ("super", PathRoot::Super(up)) if !begun => PathRoot::Super(up.saturating_add(1)),
                ("" | "crate" | "self" | "super" | "Self", _) => return self.segments.truncate(from),
                (name, root) => {
                    let symbol = self.names.symbol(name, 0);
                    self.segments.push((symbol, start));
                    root
                }
            };
        }
        let written = Written { root, ..Written::plain(Span::new(start, end)) };
        self.record(from, written, PathRole::GenericArgument, PathSource::MacroScan);
        self.segments.truncate(from);
    }
}

/// Words whose strings are paths, in the derive macros that are in use (serde, schemars, validator, derivative).
fn takes_a_path(word: &str) -> bool {
    let words = ["with", "default", "remote", "from", "try_from", "into", "getter", "function", "custom", "as", "type"];
    words.contains(&word) || word.ends_with("_with") || word == "skip_serializing_if"
}
