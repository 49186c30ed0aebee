//! The rules of a declarative macro, read once per definition (The Rust Reference, "Macros By Example").
//!
//! In: the tokens of a definition.  Out: [`Rules`]: per rule a matcher and a body, both as trees of [`Part`]s.
//! Not here: matching arguments and writing the result (`matching`, `transcribe`).

use std::ops::Range;

use super::syntax::Kind;
use super::token_list::TokenList;
use crate::workspace::Edition;

/// Rules nested deeper than this are not read.
const MAX_DEPTH: u32 = 64;

/// A macro that can be expanded.
#[derive(Debug)]
pub struct Rules {
    pub(super) list: TokenList,
    pub(super) rules: Vec<Rule>,
    pub(super) edition: Edition,
    /// Calls in its bodies mean macros of its own crate: `macro_export(local_inner_macros)`.
    pub(super) local_inner_macros: bool,
}

#[derive(Debug)]
pub(super) struct Rule {
    pub(super) matcher: Vec<Part>,
    pub(super) body: Vec<Part>,
    /// How many variables the matcher binds.
    pub(super) variables: usize,
}

#[derive(Debug)]
pub(super) enum Part {
    /// A token of the definition, which stands for itself.
    Token(u32),
    /// Brackets, as the places of both, and what is inside.
    Group { open: u32, close: u32, parts: Vec<Part> },
    /// `$x:kind` in a matcher.
    Variable(u16, Fragment),
    /// `$x` in a body.
    Use(u16),
    /// `$( .. ) separator operator`.
    Repeat { parts: Vec<Part>, separator: Range<u32>, times: Times, variables: Vec<u16> },
    /// `$crate`.
    Crate(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Times {
    Any,
    OneOrMore,
    AtMostOnce,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fragment {
    Ident,
    Lifetime,
    Literal,
    TokenTree,
    Visibility,
    Meta,
    Expression,
    Type,
    Pattern,
    SinglePattern,
    Path,
    Statement,
    Block,
    Item,
}

impl Fragment {
    fn of(word: &str, edition: Edition) -> Option<Self> {
        Some(match word {
            "ident" => Self::Ident,
            "lifetime" => Self::Lifetime,
            "literal" => Self::Literal,
            "tt" => Self::TokenTree,
            "vis" => Self::Visibility,
            "meta" => Self::Meta,
            "expr" | "expr_2021" => Self::Expression,
            "ty" => Self::Type,
            "pat" if edition < Edition::E2021 => Self::SinglePattern,
            "pat" => Self::Pattern,
            "pat_param" => Self::SinglePattern,
            "path" => Self::Path,
            "stmt" => Self::Statement,
            "block" => Self::Block,
            "item" => Self::Item,
            _ => return None,
        })
    }
}

impl Rules {
    /// Reads what follows the name in `macro_rules! name { .. }` or `macro name { .. }`; `None` if that is broken.
    pub fn new(list: TokenList, edition: Edition, local_inner_macros: bool) -> Option<Self> {
        let end = list.len();
        let first = list.after_group(0, end);
        let rules = if first < end {
            // `macro name($x:expr) { .. }`.
            vec![rule(&list, edition, 0..first, first..list.after_group(first, end))?]
        } else {
            let mut rules = Vec::new();
            let mut at = 1;
            while at + 1 < end {
                let matcher = at..list.after_group(at, end - 1);
                let arrow = matcher.end;
                if list.kind(arrow) != Kind::EQ || list.kind(arrow + 1) != Kind::R_ANGLE {
                    return None;
                }
                let body = arrow + 2..list.after_group(arrow + 2, end - 1);
                at = body.end + u32::from(matches!(list.kind(body.end), Kind::SEMICOLON | Kind::COMMA));
                rules.push(rule(&list, edition, matcher, body)?);
            }
            rules
        };
        Some(Self { list, rules, edition, local_inner_macros })
    }
}

/// Both ranges are bracketed.
fn rule(list: &TokenList, edition: Edition, matcher: Range<u32>, body: Range<u32>) -> Option<Rule> {
    if matcher.len() < 2 || body.len() < 2 {
        return None;
    }
    let mut reader = Reader { list, edition, names: Vec::new(), depth: 0 };
    let matcher = reader.parts(matcher.start + 1..matcher.end - 1, true)?;
    let body = reader.parts(body.start + 1..body.end - 1, false)?;
    Some(Rule { matcher, body, variables: reader.names.len() })
}

struct Reader<'a> {
    list: &'a TokenList,
    edition: Edition,
    names: Vec<&'a str>,
    depth: u32,
}

impl<'a> Reader<'a> {
    fn parts(&mut self, range: Range<u32>, matcher: bool) -> Option<Vec<Part>> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let mut parts = Vec::new();
        let mut at = range.start;
        while at < range.end {
            at = self.part(at, range.end, matcher, &mut parts)?;
        }
        self.depth -= 1;
        Some(parts)
    }

    /// Reads one part and gives the token after it.
    fn part(&mut self, at: u32, end: u32, matcher: bool, parts: &mut Vec<Part>) -> Option<u32> {
        match self.list.kind(at) {
            Kind::DOLLAR if at + 1 < end => match self.list.kind(at + 1) {
                Kind::L_PAREN => return self.repeat(at + 1, end, matcher, parts),
                Kind::CRATE_KW => {
                    parts.push(Part::Crate(at + 1));
                    return Some(at + 2);
                }
                _ if self.is_word(at + 1) => {
                    let name = self.name(at + 1);
                    if matcher && self.list.kind(at + 2) == Kind::COLON && at + 3 < end {
                        let fragment = Fragment::of(self.list.token_text(at + 3), self.edition)?;
                        self.names.push(name);
                        parts.push(Part::Variable(self.names.len() as u16 - 1, fragment));
                        return Some(at + 4);
                    }
                    let bound = self.names.iter().rposition(|known| *known == name).filter(|_| !matcher);
                    if let Some(bound) = bound {
                        parts.push(Part::Use(bound as u16));
                        return Some(at + 2);
                    }
                }
                _ => {}
            },
            Kind::L_PAREN | Kind::L_BRACK | Kind::L_CURLY => {
                let after = self.list.after_group(at, end);
                let inner = self.parts(at + 1..(after - 1).max(at + 1), matcher)?;
                parts.push(Part::Group { open: at, close: after - 1, parts: inner });
                return Some(after);
            }
            _ => {}
        }
        parts.push(Part::Token(at));
        Some(at + 1)
    }

    fn repeat(&mut self, open: u32, end: u32, matcher: bool, parts: &mut Vec<Part>) -> Option<u32> {
        let after = self.list.after_group(open, end);
        let before = self.names.len();
        let inner = self.parts(open + 1..(after - 1).max(open + 1), matcher)?;
        let mut at = after;
        let mut separator = at..at;
        if self.times(at).is_none() || (at + 1 < end && self.times(at + 1).is_some() && self.is_separated(at)) {
            at += self.list.operator_length(at, end);
            separator.end = at;
        }
        let times = self.times(at).filter(|_| at < end)?;
        let mut variables: Vec<u16> =
            if matcher { (before as u16..self.names.len() as u16).collect() } else { Vec::new() };
        if !matcher {
            uses(&inner, &mut variables);
        }
        parts.push(Part::Repeat { parts: inner, separator, times, variables });
        Some(at + 1)
    }

    /// `$(a)+*` repeats with a plus between; `$(a)* *` is followed by a star.
    fn is_separated(&self, at: u32) -> bool {
        self.list.kind(at) != Kind::QUESTION && self.list.tokens[at as usize].joint && self.list.kind(at) == Kind::PLUS
    }

    fn times(&self, at: u32) -> Option<Times> {
        Some(match self.list.kind(at) {
            Kind::STAR => Times::Any,
            Kind::PLUS => Times::OneOrMore,
            Kind::QUESTION => Times::AtMostOnce,
            _ => return None,
        })
    }

    fn is_word(&self, at: u32) -> bool {
        is_word(self.list, at)
    }

    fn name(&self, at: u32) -> &'a str {
        let list: &'a TokenList = self.list;
        let text = list.token_text(at);
        text.strip_prefix("r#").unwrap_or(text)
    }
}

fn uses(parts: &[Part], found: &mut Vec<u16>) {
    for part in parts {
        match part {
            Part::Use(variable) => found.push(*variable),
            Part::Group { parts, .. } | Part::Repeat { parts, .. } => uses(parts, found),
            Part::Token(_) | Part::Variable(..) | Part::Crate(_) => {}
        }
    }
}

/// An identifier or a keyword, but no `_`.
pub(super) fn is_word(list: &TokenList, at: u32) -> bool {
    if at >= list.len() {
        return false;
    }
    let text = list.token_text(at);
    match list.kind(at) {
        Kind::IDENT => true,
        kind if kind.is_literal() => false,
        _ => text != "_" && text.starts_with(|c: char| c.is_alphabetic() || c == '_'),
    }
}
