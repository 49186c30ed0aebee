//! What each name that a pattern binds is taken out of.
//!
//! In: a pattern whose names are bound, and the value that it is matched with.  Out: the value of each binding.  Not
//! here: which names a pattern binds (`patterns`).

use smallvec::SmallVec;

use super::bodies::is_pattern;
use super::collect::Collector;
use super::syntax::Kind;
use super::typing::{UNKNOWN_VALUE, ValueFact, ValueId};

/// Patterns inside patterns beyond this are not looked at.
const MAX_DEPTH: u32 = 32;

impl Collector<'_> {
    /// Gives the names that a pattern binds their values.
    pub(super) fn project(&mut self, pattern: u32, value: ValueId) {
        if value != UNKNOWN_VALUE {
            self.project_within(pattern, value, 0);
        }
    }

    fn project_within(&mut self, pattern: u32, value: ValueId, depth: u32) {
        if depth > MAX_DEPTH {
            return;
        }
        let parts: SmallVec<[u32; 8]> =
            self.syntax.children(pattern).filter(|child| is_pattern(self.syntax.kind(*child))).collect();
        match self.syntax.kind(pattern) {
            Kind::IDENT_PAT => {
                if let Some(token) = self.name_token(pattern) {
                    let symbol = self.symbol(token);
                    self.locals.set_value(symbol, value);
                }
                for part in parts {
                    self.project_within(part, value, depth + 1);
                }
            }
            Kind::REF_PAT | Kind::PAREN_PAT | Kind::BOX_PAT | Kind::OR_PAT => {
                if let Some(part) = parts.first() {
                    self.project_within(*part, value, depth + 1);
                }
            }
            Kind::TUPLE_PAT => self.numbered(parts, depth, |name| ValueFact::Field { base: value, name }),
            Kind::TUPLE_STRUCT_PAT => {
                let Some(path) = self.syntax.child(pattern, Kind::PATH) else { return };
                let constructor = self.type_of_path(path, 0);
                self.numbered(parts, depth, |name| ValueFact::Part { base: value, constructor, name });
            }
            Kind::RECORD_PAT => self.record_pattern(pattern, value, depth),
            Kind::SLICE_PAT => {
                let element = self.push_value(ValueFact::Element { base: value });
                for part in parts {
                    let rest = self.syntax.child(part, Kind::REST_PAT).is_some();
                    self.project_within(part, if rest { value } else { element }, depth + 1);
                }
            }
            _ => {}
        }
    }

    /// Elements by number, up to `..`.
    fn numbered(&mut self, parts: SmallVec<[u32; 8]>, depth: u32, fact: impl Fn(super::NameId) -> ValueFact) {
        for (place, part) in parts.into_iter().enumerate() {
            match self.syntax.kind(part) {
                Kind::REST_PAT => return,
                Kind::WILDCARD_PAT | Kind::LITERAL_PAT => {}
                _ => {
                    let Some(name) = self.number(place) else { return };
                    let value = self.push_value(fact(name));
                    self.project_within(part, value, depth + 1);
                }
            }
        }
    }

    fn record_pattern(&mut self, pattern: u32, base: ValueId, depth: u32) {
        let (Some(path), Some(list)) =
            (self.syntax.child(pattern, Kind::PATH), self.syntax.child(pattern, Kind::RECORD_PAT_FIELD_LIST))
        else {
            return;
        };
        let constructor = self.type_of_path(path, 0);
        let fields: SmallVec<[u32; 8]> = self.syntax.children(list).collect();
        for field in fields {
            if self.syntax.kind(field) != Kind::RECORD_PAT_FIELD {
                continue;
            }
            let part = self.syntax.children(field).find(|child| is_pattern(self.syntax.kind(*child)));
            let Some(part) = part else { continue };
            let name = match self.segment_name(field) {
                Some(name) => Some(name),
                // A field's name alone.
                None => self.name_token(part).map(|token| {
                    let symbol = self.symbol(token);
                    self.names.mention(symbol, &mut self.facts.names)
                }),
            };
            let Some(name) = name else { continue };
            let value = self.push_value(ValueFact::Part { base, constructor, name });
            self.project_within(part, value, depth + 1);
        }
    }
}
