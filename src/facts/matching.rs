//! Arguments against the matcher of a rule.
//!
//! In: a rule and the tokens of a call.  Out: what each variable stands for, or nothing.  The compiler refuses macros
//! for which another token could go on either way, so taking as much as fits is exact (The Rust Reference, "Macro
//! Follow-Set Ambiguity").  Not here: the choice among rules.

use std::ops::Range;

use super::rules::{Fragment, Part, Rule, Rules, Times, is_word};
use super::syntax::{Kind, Prefix, prefix_length};
use super::token_list::{CLOSE_FRAGMENT, OPEN_FRAGMENT, TokenList};

/// What a variable stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Bound {
    #[default]
    Nothing,
    One {
        tokens: Range<u32>,
        /// Later matchers see it as a whole.
        whole: bool,
    },
    Many(Vec<Bound>),
}

/// Matches all of `tokens`, which are without their brackets.
pub(super) fn matches(rules: &Rules, rule: &Rule, arguments: &TokenList, tokens: Range<u32>) -> Option<Vec<Bound>> {
    let matcher = Matcher { rules, arguments };
    let mut bounds = vec![Bound::Nothing; rule.variables];
    let end = matcher.parts(&rule.matcher, tokens.start, tokens.end, &mut bounds)?;
    (end == tokens.end).then_some(bounds)
}

struct Matcher<'a> {
    rules: &'a Rules,
    arguments: &'a TokenList,
}

impl Matcher<'_> {
    /// The token after what the parts match from `at` on.
    fn parts(&self, parts: &[Part], at: u32, end: u32, bounds: &mut [Bound]) -> Option<u32> {
        let mut at = at;
        for part in parts {
            at = match part {
                Part::Token(token) | Part::Crate(token) => self.token(*token, at, end)?,
                Part::Group { open, parts, .. } => {
                    if self.arguments.kind(at) != self.rules.list.kind(*open) || at >= end {
                        return None;
                    }
                    let after = self.arguments.after_group(at, end);
                    let inner = self.parts(parts, at + 1, after - 1, bounds)?;
                    (inner == after - 1).then_some(after)?
                }
                Part::Variable(variable, fragment) => {
                    let next = self.fragment(*fragment, at, end)?;
                    let marked = self.arguments.kind(at) == OPEN_FRAGMENT;
                    let plain = matches!(fragment, Fragment::Ident | Fragment::Lifetime | Fragment::TokenTree);
                    let whole = !plain && !marked && next > at;
                    bounds[*variable as usize] = Bound::One { tokens: at..next, whole };
                    next
                }
                Part::Repeat { parts, separator, times, variables } => {
                    self.repeat(parts, separator, *times, variables, at, end, bounds)?
                }
                // Of a body.
                Part::Use(_) => return None,
            };
        }
        Some(at)
    }

    #[expect(clippy::too_many_arguments, reason = "the fields of one part, and where it is")]
    fn repeat(
        &self,
        parts: &[Part],
        separator: &Range<u32>,
        times: Times,
        variables: &[u16],
        at: u32,
        end: u32,
        bounds: &mut [Bound],
    ) -> Option<u32> {
        for variable in variables {
            bounds[*variable as usize] = Bound::Many(Vec::new());
        }
        let mut inner = vec![Bound::Nothing; bounds.len()];
        let (mut at, mut count) = (at, 0);
        while times != Times::AtMostOnce || count == 0 {
            let start = match count {
                0 => Some(at),
                _ => separator.clone().try_fold(at, |at, token| self.token(token, at, end)),
            };
            let next = start.and_then(|start| self.parts(parts, start, end, &mut inner));
            let Some(next) = next.filter(|next| *next > at) else { break };
            for variable in variables {
                if let Bound::Many(list) = &mut bounds[*variable as usize] {
                    list.push(std::mem::take(&mut inner[*variable as usize]));
                }
            }
            (at, count) = (next, count + 1);
        }
        (times != Times::OneOrMore || count > 0).then_some(at)
    }

    /// A token that stands for itself.
    fn token(&self, token: u32, at: u32, end: u32) -> Option<u32> {
        let same = at < end
            && self.arguments.kind(at) == self.rules.list.kind(token)
            && self.arguments.token_text(at) == self.rules.list.token_text(token);
        same.then_some(at + 1)
    }

    fn fragment(&self, fragment: Fragment, at: u32, end: u32) -> Option<u32> {
        let list = self.arguments;
        let kind = if at < end { list.kind(at) } else { Kind::EOF };
        if at < end && kind == OPEN_FRAGMENT {
            let taken = match fragment {
                Fragment::Ident | Fragment::Lifetime => list.kind(at + 2) == CLOSE_FRAGMENT && is_word(list, at + 1),
                _ => true,
            };
            let after = list.after_group(at, end);
            // An expression that was passed on may only begin this one: `$receiver.method()`.
            let goes_on = after < end && !matches!(list.kind(after), Kind::COMMA | Kind::SEMICOLON | Kind::FAT_ARROW);
            let longer = match fragment {
                Fragment::Expression if goes_on => self.parsed(Prefix::Expression, at, end),
                Fragment::Statement if goes_on => self.parsed(Prefix::Statement, at, end),
                _ => None,
            };
            return taken.then(|| longer.map_or(after, |longer| longer.max(after)));
        }
        let prefix = match fragment {
            Fragment::Ident => return (at < end && is_word(list, at)).then_some(at + 1),
            Fragment::Lifetime => return (kind == Kind::LIFETIME_IDENT).then_some(at + 1),
            Fragment::Literal => {
                let value = at + u32::from(kind == Kind::MINUS);
                let literal =
                    list.kind(value).is_literal() || matches!(list.kind(value), Kind::TRUE_KW | Kind::FALSE_KW);
                return (value < end && literal).then_some(value + 1);
            }
            Fragment::TokenTree => return self.token_tree(at, end),
            Fragment::Visibility => return Some(self.visibility(at, end)),
            Fragment::Meta => Prefix::Meta,
            Fragment::Expression => Prefix::Expression,
            Fragment::Type => Prefix::Type,
            Fragment::Pattern => Prefix::Pattern,
            Fragment::SinglePattern => Prefix::SinglePattern,
            Fragment::Path => Prefix::Path,
            Fragment::Statement => Prefix::Statement,
            Fragment::Block => Prefix::Block,
            Fragment::Item => Prefix::Item,
        };
        if at >= end {
            return None;
        }
        // Most arguments are one token and a comma.
        let next = if at + 1 < end { list.kind(at + 1) } else { Kind::COMMA };
        let simple = matches!(fragment, Fragment::Expression | Fragment::Type | Fragment::Path | Fragment::Pattern)
            && (kind == Kind::IDENT || (kind.is_literal() && fragment != Fragment::Type && fragment != Fragment::Path));
        if simple && matches!(next, Kind::COMMA | Kind::SEMICOLON) {
            return Some(at + 1);
        }
        self.parsed(prefix, at, end)
    }

    fn token_tree(&self, at: u32, end: u32) -> Option<u32> {
        if at >= end {
            return None;
        }
        let after = self.arguments.after_group(at, end);
        Some(if after > at + 1 { after } else { at + self.arguments.operator_length(at, end) })
    }

    /// `pub`, `pub(crate)`, `pub(in a::b)`, or nothing.
    fn visibility(&self, at: u32, end: u32) -> u32 {
        if at >= end || self.arguments.kind(at) != Kind::PUB_KW {
            return at;
        }
        let restricted = at + 2 < end
            && self.arguments.kind(at + 1) == Kind::L_PAREN
            && matches!(self.arguments.kind(at + 2), Kind::CRATE_KW | Kind::SELF_KW | Kind::SUPER_KW | Kind::IN_KW);
        if restricted { self.arguments.after_group(at + 1, end) } else { at + 1 }
    }

    /// Asks the parser, with as few of the tokens as it needs.
    fn parsed(&self, prefix: Prefix, at: u32, end: u32) -> Option<u32> {
        let mut window = 24;
        loop {
            let (limit, real) = self.window(at, end, window);
            let tokens = real.iter().map(|at| self.arguments.tokens[*at as usize]);
            let length = prefix_length(tokens, prefix, self.rules.edition);
            // What ends with the window may go on behind it, and what is wrong there may be the end of the window.
            let undecided = limit < end && length.is_none_or(|length| length as usize == real.len());
            if !undecided {
                let length = length? as usize;
                let last = *real.get(length.checked_sub(1)?)?;
                return Some(self.behind_marks(last + 1, end));
            }
            window *= 4;
        }
    }

    /// The real tokens of the first token trees, and where they end.
    fn window(&self, at: u32, end: u32, size: u32) -> (u32, Vec<u32>) {
        let mut limit = at;
        while limit < end && limit - at < size {
            limit = self.arguments.after_group(limit, end);
        }
        (limit, (at..limit).filter(|at| !self.arguments.is_mark(*at)).collect())
    }

    fn behind_marks(&self, at: u32, end: u32) -> u32 {
        let mut at = at;
        while at < end && self.arguments.kind(at) == CLOSE_FRAGMENT {
            at += 1;
        }
        at
    }
}
