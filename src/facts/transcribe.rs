//! A rule's body with its variables filled in.
//!
//! In: a rule, what its variables stand for, the arguments.  Out: a token list.  Names of the body get a hygiene
//! context of their own; names of the arguments keep theirs.  Not here: matching.

use std::ops::Range;

use super::matching::Bound;
use super::origin::{FROM_BODY, Origin};
use super::rules::{Part, Rule, Rules};
use super::syntax::Kind;
use super::token_list::{CLOSE_FRAGMENT, OPEN_FRAGMENT, TokenList, Writer};
use crate::source::Span;

/// More tokens than this from one call are a macro that does not end.
const MAX_TOKENS: usize = 1 << 18;

/// `None` if the result is too long, or a repetition has nothing to repeat.
pub(super) fn transcribe(
    rules: &Rules,
    rule: &Rule,
    bounds: &[Bound],
    arguments: &TokenList,
    krate: u32,
) -> Option<TokenList> {
    let nowhere = Span::new(FROM_BODY, FROM_BODY);
    let origin = Origin { span: nowhere, context: arguments.last_context() + 1, krate, local: false };
    let mut scribe = Scribe { rules, bounds, arguments, origin, rounds: Vec::new(), output: Writer::default() };
    scribe.parts(&rule.body)?;
    Some(scribe.output.finish())
}

struct Scribe<'a> {
    rules: &'a Rules,
    bounds: &'a [Bound],
    arguments: &'a TokenList,
    origin: Origin,
    /// Which round each repetition around is in.
    rounds: Vec<usize>,
    output: Writer,
}

impl<'a> Scribe<'a> {
    fn parts(&mut self, parts: &[Part]) -> Option<()> {
        for (index, part) in parts.iter().enumerate() {
            if self.output.len() > MAX_TOKENS {
                return None;
            }
            match part {
                Part::Token(token) => {
                    if self.rules.local_inner_macros && self.is_bare_call(parts, index) {
                        self.write_crate(*token);
                        self.write_colons(*token);
                    }
                    self.write(*token);
                }
                Part::Crate(token) => self.write_crate(*token),
                Part::Group { open, close, parts } => {
                    self.write(*open);
                    self.parts(parts)?;
                    self.write(*close);
                }
                Part::Use(variable) => {
                    if let Bound::One { tokens, whole } = self.bound(*variable)? {
                        let (tokens, whole) = (tokens.clone(), *whole);
                        if whole {
                            self.output.mark(OPEN_FRAGMENT);
                        }
                        self.output.copy(self.arguments, tokens);
                        if whole {
                            self.output.mark(CLOSE_FRAGMENT);
                        }
                    }
                }
                Part::Repeat { parts, separator, variables, .. } => self.repeat(parts, separator, variables)?,
                // Of a matcher.
                Part::Variable(..) => {}
            }
        }
        Some(())
    }

    fn repeat(&mut self, parts: &[Part], separator: &Range<u32>, variables: &[u16]) -> Option<()> {
        let lengths = variables.iter().filter_map(|variable| match self.bound(*variable) {
            Some(Bound::Many(list)) => Some(list.len()),
            _ => None,
        });
        let count = lengths.min()?;
        for round in 0..count {
            if round > 0 {
                separator.clone().for_each(|token| self.write(token));
            }
            self.rounds.push(round);
            let done = self.parts(parts);
            self.rounds.pop();
            done?;
        }
        Some(())
    }

    /// What a variable stands for in the rounds at hand.
    fn bound(&self, variable: u16) -> Option<&'a Bound> {
        let mut bound = self.bounds.get(variable as usize)?;
        for round in &self.rounds {
            match bound {
                Bound::Many(list) => bound = list.get(*round)?,
                _ => break,
            }
        }
        Some(bound)
    }

    fn write(&mut self, token: u32) {
        let list = &self.rules.list;
        self.output.push(list.token_text(token), list.tokens[token as usize], self.origin_of(token));
    }

    /// In a macro that a macro defines, `$crate` of the outer one was written already.
    fn origin_of(&self, token: u32) -> Origin {
        let written = self.rules.list.origins[token as usize];
        let outer = self.rules.list.kind(token) == Kind::CRATE_KW && self.rules.list.token_text(token) == DOLLAR_CRATE;
        Origin { krate: if outer { written.krate } else { self.origin.krate }, ..self.origin }
    }

    fn write_crate(&mut self, token: u32) {
        let token = self.rules.list.tokens[token as usize].of_kind(Kind::CRATE_KW);
        self.output.push(DOLLAR_CRATE, token, self.origin);
    }

    fn write_colons(&mut self, token: u32) {
        for joint in [true, false] {
            let mut colon = self.rules.list.tokens[token as usize].of_kind(Kind::COLON);
            colon.joint = joint;
            self.output.push(":", colon, self.origin);
        }
    }

    /// `name!` that no `::` stands before.
    fn is_bare_call(&self, parts: &[Part], index: usize) -> bool {
        let kind = |part: Option<&Part>| match part {
            Some(Part::Token(token)) => Some(self.rules.list.kind(*token)),
            _ => None,
        };
        let before = index.checked_sub(1).and_then(|before| kind(parts.get(before)));
        kind(parts.get(index)) == Some(Kind::IDENT)
            && kind(parts.get(index + 1)) == Some(Kind::BANG)
            && matches!(parts.get(index + 2), Some(Part::Group { .. }))
            && before != Some(Kind::COLON)
    }
}

/// The text of the one token that stands for `$crate` in a result.
pub(super) const DOLLAR_CRATE: &str = "$crate";
