//! Patterns: the names that they bind and the items that they name.
//!
//! In: pattern nodes.  Out: paths, and bound names in `pending`; the caller decides where those come into scope.
//! Not here: whether a bare name is a constant; one with a capital first letter is left to `resolve`.

use super::collect::{Collector, Written};
use super::syntax::Kind;
use super::{MacroPosition, PathRole};

impl Collector<'_> {
    pub(super) fn pattern(&mut self, id: u32) {
        self.deeper(id, |this| {
            let end = this.syntax.end(id);
            let mut at = id;
            while at < end {
                at = this.pattern_node(at);
            }
        });
    }

    /// Reads one node and gives the next, which may be its first child.
    fn pattern_node(&mut self, id: u32) -> u32 {
        let node = self.syntax.node(id);
        match node.kind {
            Kind::IDENT_PAT => {
                self.bare_name(id, false);
                return id + 1;
            }
            Kind::TUPLE_STRUCT_PAT | Kind::PATH_PAT => return self.pattern_path(id, PathRole::Pattern),
            Kind::RECORD_PAT => return self.pattern_path(id, PathRole::Type),
            Kind::RECORD_PAT_FIELD => return self.field(id),
            Kind::RANGE_PAT => {
                let children: Vec<u32> = self.syntax.children(id).collect();
                for child in children {
                    match self.syntax.kind(child) {
                        Kind::IDENT_PAT => self.bare_name(child, true),
                        _ => self.pattern(child),
                    }
                }
            }
            Kind::CONST_BLOCK_PAT => self.walk(id + 1..node.end),
            Kind::MACRO_PAT => return self.macro_node(id, MacroPosition::Pattern),
            Kind::ATTR | Kind::PATH | Kind::NAME | Kind::NAME_REF => {}
            _ => return id + 1,
        }
        node.end
    }

    fn pattern_path(&mut self, id: u32, role: PathRole) -> u32 {
        let Some(path) = self.syntax.child(id, Kind::PATH) else { return id + 1 };
        self.path(path, role);
        self.syntax.end(path)
    }

    /// `field: pattern`, or a field's name alone, which always binds.
    fn field(&mut self, id: u32) -> u32 {
        if self.syntax.has_attributes(id) {
            let cfg = self.attributes(id, false).cfg;
            self.under(cfg, |this| {
                let children: Vec<u32> = this.syntax.children(id).collect();
                if !this.shorthand(id) {
                    children.into_iter().for_each(|child| this.pattern(child));
                }
            });
            return self.syntax.end(id);
        }
        if self.shorthand(id) { self.syntax.end(id) } else { id + 1 }
    }

    fn shorthand(&mut self, id: u32) -> bool {
        if self.syntax.child(id, Kind::NAME_REF).is_some() {
            return false;
        }
        let mut at = self.syntax.child(id, Kind::BOX_PAT).unwrap_or(id);
        at = match self.syntax.child(at, Kind::IDENT_PAT) {
            Some(name) => name,
            None => return false,
        };
        if let Some(token) = self.name_token(at) {
            let symbol = self.symbol(token);
            self.pending.push(symbol);
        }
        true
    }

    /// `x`, `ref x`, `mut x`, `x @ ..` bind; a capital letter may be a constant, a static, a unit struct or variant.
    /// The ends of a range (`constant`) never bind.
    fn bare_name(&mut self, id: u32, constant: bool) {
        let Some(token) = self.name_token(id) else { return };
        let node = self.syntax.node(id);
        let plain = node.last == node.first + 1;
        let capital =
            self.syntax.token_text(token).trim_start_matches("r#").chars().next().is_some_and(char::is_uppercase);
        let symbol = self.symbol(token);
        if !(constant || plain && capital) {
            self.pending.push(symbol);
            return;
        }
        let from = self.segments.len();
        let span = self.syntax.token_span(token..token + 1);
        self.segments.push((symbol, span.start));
        let written = Written::plain(span);
        let role = if constant { PathRole::Pattern } else { PathRole::PatternName };
        self.record(from, written, role, self.at.source);
        self.segments.truncate(from);
    }
}
