//! Tokens apart from a file: the rules of a macro, the arguments of a call, and what expansion makes of both.
//!
//! In: text.  Out: [`TokenList`]: tokens with their own text, each with the place in the calling file that it stands for,
//! and its hygiene context.  Not here: matching and transcribing, and reading the tokens as Rust.

use std::ops::Range;
use std::sync::Arc;

use super::origin::{FROM_BODY, Origin};
use super::syntax::{Kind, Syntax, Token, tokens_of};
use crate::source::Span;
use crate::workspace::Edition;

/// Opens and closes a fragment that a matcher took as a whole: no token of the text.
pub(super) const OPEN_FRAGMENT: Kind = Kind::TOMBSTONE;
pub(super) const CLOSE_FRAGMENT: Kind = Kind::EOF;

/// A sequence of tokens with balanced brackets.
#[derive(Clone, Debug)]
pub struct TokenList {
    text: Arc<str>,
    /// Their places are in `text`.
    pub(super) tokens: Vec<Token>,
    pub(super) origins: Vec<Origin>,
    /// The places of the real tokens; empty if there are no marks around fragments.
    real: Vec<u32>,
}

impl TokenList {
    /// The tokens of a piece of a file; spans are relative to its start.
    pub fn new(text: &str, edition: Edition) -> Self {
        let (tokens, _) = tokens_of(text, edition);
        let origin =
            |token: &Token| Origin { span: Span::new(token.start, token.end), context: 0, krate: 0, local: false };
        let origins = tokens.iter().map(origin).collect();
        Self { text: text.into(), tokens, origins, real: Vec::new() }
    }

    fn of_parts(text: Arc<str>, tokens: Vec<Token>, origins: Vec<Origin>) -> Self {
        let mut list = Self { text, tokens, origins, real: Vec::new() };
        if (0..list.len()).any(|at| list.is_mark(at)) {
            list.real = (0..list.len()).filter(|at| !list.is_mark(*at)).collect();
        }
        list
    }

    /// The same tokens, of which those at these places are locals of the function around the call.
    #[must_use]
    pub fn with_locals(mut self, places: &[u32]) -> Self {
        for place in places {
            if let Some(origin) = self.origins.get_mut(*place as usize) {
                origin.local = true;
            }
        }
        self
    }

    pub fn len(&self) -> u32 {
        self.tokens.len() as u32
    }

    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// A part of the tokens, without the marks around fragments: as [`super::MacroCall::tokens`] counts them.
    pub fn part(&self, places: Range<u32>) -> Self {
        if places.is_empty() {
            return Self::of_parts(Arc::clone(&self.text), Vec::new(), Vec::new());
        }
        let place =
            |at: u32| if self.real.is_empty() { at } else { self.real.get(at as usize).copied().unwrap_or(self.len()) };
        let end = (place(places.end - 1) + 1).min(self.len()) as usize;
        let full = (place(places.start) as usize).min(end)..end;
        Self::of_parts(Arc::clone(&self.text), self.tokens[full.clone()].to_vec(), self.origins[full].to_vec())
    }

    /// The text of the tokens, and which of them are locals: lists that are alike here expand alike.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of some tokens, with nothing between them: as [`super::MacroCall::tokens`] counts them.
    pub fn text_of(&self, places: Range<u32>) -> String {
        let part = self.part(places);
        (0..part.len()).map(|at| part.token_text(at)).collect()
    }

    /// The identifiers among them, without `r#`.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let names = (0..self.len()).filter(|at| self.kind(*at) == Kind::IDENT);
        names.map(|at| self.token_text(at)).map(|name| name.strip_prefix("r#").unwrap_or(name))
    }

    /// Its tokens for the parser, without the marks around fragments.
    pub(super) fn syntax(&self, edition: Edition) -> Syntax<'_> {
        let (tokens, origins) = match self.real.is_empty() {
            true => (self.tokens.clone(), self.origins.clone()),
            false => self.real.iter().map(|at| (self.tokens[*at as usize], self.origins[*at as usize])).unzip(),
        };
        Syntax::of_tokens(&self.text, tokens, origins, edition)
    }

    pub(super) fn token_text(&self, at: u32) -> &str {
        let token = self.tokens[at as usize];
        &self.text[token.start as usize..token.end as usize]
    }

    /// The kind of a token; `EOF` past the end.
    pub(super) fn kind(&self, at: u32) -> Kind {
        self.tokens.get(at as usize).map_or(Kind::EOF, |token| token.kind)
    }

    pub(super) fn is_mark(&self, at: u32) -> bool {
        at < self.len() && [OPEN_FRAGMENT, CLOSE_FRAGMENT].contains(&self.kind(at))
    }

    /// For an opening bracket or mark, what follows its closing one; else the next token.
    pub(super) fn after_group(&self, open: u32, limit: u32) -> u32 {
        let mut depth = 0u32;
        let mut at = open;
        while at < limit {
            match self.kind(at) {
                Kind::L_PAREN | Kind::L_BRACK | Kind::L_CURLY => depth += 1,
                Kind::R_PAREN | Kind::R_BRACK | Kind::R_CURLY => depth = depth.saturating_sub(1),
                kind if kind == OPEN_FRAGMENT => depth += 1,
                kind if kind == CLOSE_FRAGMENT => depth = depth.saturating_sub(1),
                _ => {}
            }
            at += 1;
            if depth == 0 {
                break;
            }
        }
        at.min(limit)
    }

    /// How many tokens the operator here is made of: `=>` is one token tree.
    pub(super) fn operator_length(&self, at: u32, limit: u32) -> u32 {
        let joint = |at: u32| self.tokens.get(at as usize).is_some_and(|token| token.joint) && at + 1 < limit;
        let (first, second, third) = (self.kind(at), self.kind(at + 1), self.kind(at + 2));
        if !joint(at) {
            return 1;
        }
        let three = joint(at + 1)
            && matches!(
                (first, second, third),
                (Kind::DOT, Kind::DOT, Kind::DOT | Kind::EQ)
                    | (Kind::L_ANGLE, Kind::L_ANGLE, Kind::EQ)
                    | (Kind::R_ANGLE, Kind::R_ANGLE, Kind::EQ)
            );
        let two = matches!(
            (first, second),
            (Kind::COLON, Kind::COLON)
                | (Kind::EQ | Kind::MINUS, Kind::R_ANGLE)
                | (Kind::DOT, Kind::DOT)
                | (Kind::AMP, Kind::AMP)
                | (Kind::PIPE, Kind::PIPE)
                | (Kind::L_ANGLE, Kind::L_ANGLE | Kind::MINUS)
                | (Kind::R_ANGLE, Kind::R_ANGLE)
                | (
                    Kind::EQ
                        | Kind::BANG
                        | Kind::L_ANGLE
                        | Kind::R_ANGLE
                        | Kind::PLUS
                        | Kind::MINUS
                        | Kind::STAR
                        | Kind::SLASH
                        | Kind::PERCENT
                        | Kind::CARET
                        | Kind::AMP
                        | Kind::PIPE,
                    Kind::EQ
                )
        );
        match (three, two) {
            (true, _) => 3,
            (_, true) => 2,
            _ => 1,
        }
    }

    /// The highest context of its tokens.
    pub(super) fn last_context(&self) -> u32 {
        self.origins.iter().map(|origin| origin.context).max().unwrap_or(0)
    }
}

/// A list that is being written.
#[derive(Default)]
pub(super) struct Writer {
    text: String,
    tokens: Vec<Token>,
    origins: Vec<Origin>,
}

impl Writer {
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn push(&mut self, text: &str, token: Token, origin: Origin) {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        self.tokens.push(token.at(start, self.text.len() as u32));
        self.origins.push(origin);
    }

    /// Copies tokens of another list; the last one is not joint with what follows.
    pub(super) fn copy(&mut self, list: &TokenList, range: Range<u32>) {
        for at in range.clone() {
            let mut token = list.tokens[at as usize];
            token.joint &= at + 1 < range.end || token.kind == Kind::FLOAT_NUMBER;
            self.push(list.token_text(at), token, list.origins[at as usize]);
        }
    }

    pub(super) fn mark(&mut self, kind: Kind) {
        let token = Token::mark(kind);
        let origin = Origin { span: Span::new(FROM_BODY, FROM_BODY), context: 0, krate: 0, local: false };
        self.push("", token, origin);
    }

    pub(super) fn finish(self) -> TokenList {
        TokenList::of_parts(self.text.into(), self.tokens, self.origins)
    }
}
