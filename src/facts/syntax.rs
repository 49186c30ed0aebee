//! Text to a flat tree; the only place that knows the parser.
//!
//! In: the text of a file and its edition.  Out: tokens without trivia, and nodes in pre-order, both plain arrays.
//! A range of tokens, such as the arguments of a macro call, is parsed again without new text: its nodes are appended
//! and dropped after use.  Not here: what the nodes mean.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ra_ap_parser::{Edition as Dialect, Input, LexedStr, PrefixEntryPoint, Step, TopEntryPoint};

pub(super) use ra_ap_parser::SyntaxKind as Kind;

use super::Problem;
use super::origin::{FROM_BODY, Origin};
use crate::source::Span;
use crate::workspace::Edition;

/// Brackets inside brackets beyond this are not parsed.
const MAX_BRACKETS: u32 = 256;
/// The same for everything else that makes the parser call itself: `&&&&x`, `a = b = c`, `else if` chains.
const MAX_CHAIN: u32 = 1000;
/// More problems than this in one file say nothing new.
const MAX_PROBLEMS: usize = 50;

/// A token that is neither white space nor a comment.  Operators are single characters: `::` is two joint colons.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// The keyword that an identifier is in some places (`union`, `auto`), else `EOF`.
    contextual: Kind,
    pub(super) start: u32,
    pub(super) end: u32,
    /// The next token follows at once; for a float, it has a fraction.
    pub(super) joint: bool,
}

impl Token {
    /// A token without text.
    pub(super) fn mark(kind: Kind) -> Self {
        Self { kind, contextual: Kind::EOF, start: 0, end: 0, joint: false }
    }

    /// The same token in another text.
    pub(super) fn at(self, start: u32, end: u32) -> Self {
        Self { start, end, ..self }
    }

    /// Reserved, in the newest edition.
    pub(super) fn is_keyword(self) -> bool {
        self.kind.is_keyword(Dialect::CURRENT)
    }

    /// A token of another kind with the same text.
    pub(super) fn of_kind(self, kind: Kind) -> Self {
        Self { kind, contextual: Kind::EOF, ..self }
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) first: u32,
    /// The token after the last one.
    pub(super) last: u32,
    /// The node after the last one inside.
    pub(super) end: u32,
}

/// What a range of tokens is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    File,
    Items,
    Statements,
    Expression,
    Pattern,
    Type,
}

/// The nodes of one parse.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parsed {
    pub(super) root: u32,
    pub(super) end: u32,
    pub(super) errors: usize,
}

pub(super) struct Syntax<'t> {
    text: &'t str,
    dialect: Dialect,
    tokens: Vec<Token>,
    /// Per token, where it comes from; empty if the text is that of the file.
    origins: Vec<Origin>,
    nodes: Vec<Node>,
    /// What the walk knows of a node already: by node, as far as any is known.
    notes: Vec<u32>,
    open: Vec<u32>,
}

impl<'t> Syntax<'t> {
    /// The tokens of a file, and what the lexer has to say against them.
    pub(super) fn new(text: &'t str, edition: Edition) -> (Self, Vec<Problem>) {
        let (tokens, problems) = tokens_of(text, edition);
        let nodes = Vec::with_capacity(tokens.len());
        let dialect = dialect_of(edition);
        (Self { text, dialect, tokens, origins: Vec::new(), nodes, notes: Vec::new(), open: Vec::new() }, problems)
    }

    /// Tokens that are no file.
    pub(super) fn of_tokens(text: &'t str, tokens: Vec<Token>, origins: Vec<Origin>, edition: Edition) -> Self {
        Self {
            text,
            dialect: dialect_of(edition),
            tokens,
            origins,
            nodes: Vec::new(),
            notes: Vec::new(),
            open: Vec::new(),
        }
    }

    /// How many tokens there are.
    pub(super) fn len(&self) -> u32 {
        self.tokens.len() as u32
    }

    /// Where a token of a list comes from; `None` in a file.
    pub(super) fn origin(&self, at: u32) -> Option<Origin> {
        self.origins.get(at as usize).copied()
    }

    /// Where a token starts, as facts tell places.
    pub(super) fn offset(&self, at: u32) -> u32 {
        match self.origins.get(at as usize) {
            Some(origin) => origin.span.start,
            None => self.tokens[at as usize].start,
        }
    }

    /// Parses all tokens as a file.
    pub(super) fn parse_file(&mut self, problems: &mut Vec<Problem>) -> Parsed {
        self.parse_as(Entry::File, 0..self.tokens.len() as u32, Some(problems), |_, kind| kind)
    }

    /// Parses a range of tokens, each of them with the kind that `substitute` gives for it.
    /// The caller drops the nodes with [`Self::forget`].
    pub(super) fn parse(&mut self, entry: Entry, range: Range<u32>, substitute: impl Fn(u32, Kind) -> Kind) -> Parsed {
        self.parse_as(entry, range, None, substitute)
    }

    /// Drops a parse and all that came after it.
    pub(super) fn forget(&mut self, parsed: Parsed) {
        self.nodes.truncate(parsed.root as usize);
        self.notes.truncate(parsed.root as usize);
    }

    fn parse_as(
        &mut self,
        entry: Entry,
        range: Range<u32>,
        problems: Option<&mut Vec<Problem>>,
        substitute: impl Fn(u32, Kind) -> Kind,
    ) -> Parsed {
        let root = self.nodes.len() as u32;
        let failed = Parsed { root, end: root, errors: usize::MAX };
        if range.is_empty() && entry != Entry::File {
            return failed;
        }
        // What is parsed again was within the limit as part of the file.
        if entry == Entry::File
            && let Some(offset) = self.too_deep(range.clone())
        {
            if let Some(problems) = problems {
                problems.push(Problem { offset, message: "nested too deeply to be read".into() });
            }
            return failed;
        }
        let mut input = Input::with_capacity(range.len());
        for at in range.clone() {
            let token = self.tokens[at as usize];
            push(&mut input, token, substitute(at, token.kind), self.dialect);
        }
        let entry = match entry {
            Entry::File => TopEntryPoint::SourceFile,
            Entry::Items => TopEntryPoint::MacroItems,
            Entry::Statements => TopEntryPoint::MacroStmts,
            Entry::Expression => TopEntryPoint::Expr,
            Entry::Pattern => TopEntryPoint::Pattern,
            Entry::Type => TopEntryPoint::Type,
        };
        // The parser asserts its own progress; no file may bring the program down over that.
        let Ok(output) = catch_unwind(AssertUnwindSafe(|| entry.parse(&input))) else {
            if let Some(problems) = problems {
                problems.push(Problem { offset: 0, message: "the parser gave up on this file".into() });
            }
            return failed;
        };
        let mut position = range.start;
        let mut errors = 0;
        let mut messages = Vec::new();
        for step in output.iter() {
            match step {
                Step::Token { n_input_tokens, .. } => position += u32::from(n_input_tokens),
                Step::Enter { kind } => {
                    self.open.push(self.nodes.len() as u32);
                    self.nodes.push(Node { kind, first: position, last: position, end: 0 });
                }
                Step::Exit => self.close(position),
                Step::FloatSplit { ends_in_dot } => {
                    position += 1;
                    self.close(position);
                    if !ends_in_dot {
                        self.close(position);
                    }
                }
                Step::Error { msg } => {
                    errors += 1;
                    if problems.is_some() && messages.len() < MAX_PROBLEMS {
                        let offset = self.token_span(position..position).start;
                        messages.push(Problem { offset, message: msg.to_owned() });
                    }
                }
            }
        }
        while !self.open.is_empty() {
            self.close(position);
        }
        if let Some(problems) = problems {
            problems.append(&mut messages);
            problems.truncate(MAX_PROBLEMS);
        }
        // Tokens behind a complete expression, type or pattern are put into an error without a message.
        if self.nodes.get(root as usize).is_none_or(|node| node.kind == Kind::ERROR) {
            errors += 1;
        }
        Parsed { root, end: self.nodes.len() as u32, errors }
    }

    fn close(&mut self, position: u32) {
        if let Some(id) = self.open.pop() {
            let end = self.nodes.len() as u32;
            let node = &mut self.nodes[id as usize];
            node.last = position;
            node.end = end;
        }
    }

    /// The place where nesting exceeds what the parser, which is recursive, may be given.
    fn too_deep(&self, range: Range<u32>) -> Option<u32> {
        let mut outer: Vec<(u32, u32)> = Vec::new();
        let mut chain = 0u32;
        let mut angles = 0u32;
        let mut after_operand = false;
        for at in range {
            let token = self.tokens[at as usize];
            match token.kind {
                Kind::L_PAREN | Kind::L_BRACK | Kind::L_CURLY => {
                    outer.push((chain, angles));
                    chain += 1;
                    angles = 0;
                }
                Kind::R_PAREN | Kind::R_BRACK => (chain, angles) = outer.pop().unwrap_or_default(),
                Kind::R_CURLY => {
                    (chain, angles) = outer.pop().unwrap_or_default();
                    if self.token(at + 1) != Kind::ELSE_KW {
                        (chain, angles) = (outer.last().map_or(0, |(chain, _)| chain + 1), 0);
                    }
                }
                Kind::SEMICOLON => (chain, angles) = (outer.last().map_or(0, |(chain, _)| chain + 1), 0),
                Kind::COMMA => chain = outer.last().map_or(0, |(chain, _)| chain + 1) + angles,
                Kind::R_ANGLE if angles > 0 => {
                    angles -= 1;
                    chain -= 1;
                }
                Kind::L_ANGLE => {
                    angles += 1;
                    chain += 1;
                }
                Kind::AMP | Kind::STAR | Kind::BANG | Kind::MINUS | Kind::PIPE | Kind::DOT if after_operand => {}
                Kind::AMP | Kind::STAR | Kind::BANG | Kind::MINUS | Kind::PIPE | Kind::DOT => chain += 1,
                Kind::EQ | Kind::AT => chain += 1,
                Kind::ELSE_KW | Kind::RETURN_KW | Kind::BREAK_KW | Kind::YIELD_KW | Kind::BOX_KW => chain += 1,
                Kind::FN_KW | Kind::FOR_KW | Kind::IMPL_KW | Kind::DYN_KW | Kind::UNSAFE_KW => chain += 1,
                _ => {}
            }
            after_operand = token.kind == Kind::IDENT
                || token.kind.is_literal()
                || matches!(token.kind, Kind::SELF_KW | Kind::R_PAREN | Kind::R_BRACK | Kind::R_CURLY);
            if outer.len() as u32 > MAX_BRACKETS || chain > MAX_CHAIN {
                return Some(token.start);
            }
        }
        None
    }

    pub(super) fn node(&self, id: u32) -> Node {
        self.nodes[id as usize]
    }

    pub(super) fn kind(&self, id: u32) -> Kind {
        self.nodes[id as usize].kind
    }

    pub(super) fn end(&self, id: u32) -> u32 {
        self.nodes[id as usize].end
    }

    /// What was noted at a node; zero if nothing was.
    pub(super) fn note(&self, id: u32) -> u32 {
        self.notes.get(id as usize).copied().unwrap_or_default()
    }

    pub(super) fn set_note(&mut self, id: u32, note: u32) {
        if self.notes.len() <= id as usize {
            self.notes.resize(self.nodes.len(), 0);
        }
        self.notes[id as usize] = note;
    }

    /// The first node directly inside that has this kind.
    pub(super) fn child(&self, id: u32, kind: Kind) -> Option<u32> {
        self.children(id).find(|child| self.kind(*child) == kind)
    }

    /// The nodes directly inside.
    pub(super) fn children(&self, id: u32) -> impl Iterator<Item = u32> + use<'_, 't> {
        let end = self.end(id);
        let mut next = id + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then_some(next)?;
            next = self.end(child);
            Some(child)
        })
    }

    /// The first node directly inside is an attribute; they never stand elsewhere but behind another attribute.
    pub(super) fn has_attributes(&self, id: u32) -> bool {
        let node = self.node(id);
        id + 1 < node.end && self.kind(id + 1) == Kind::ATTR
    }

    /// The first node inside that is no attribute; the node's end if there is none.
    pub(super) fn after_attributes(&self, id: u32) -> u32 {
        let end = self.end(id);
        let mut at = id + 1;
        while at < end && self.kind(at) == Kind::ATTR {
            at = self.end(at);
        }
        at
    }

    /// The kind of a token; `EOF` past the end.
    pub(super) fn token(&self, at: u32) -> Kind {
        self.tokens.get(at as usize).map_or(Kind::EOF, |token| token.kind)
    }

    pub(super) fn token_text(&self, at: u32) -> &'t str {
        let token = self.tokens[at as usize];
        &self.text[token.start as usize..token.end as usize]
    }

    /// An identifier, or a keyword that can stand in a path.
    pub(super) fn is_name(&self, at: u32) -> bool {
        matches!(self.token(at), Kind::IDENT | Kind::CRATE_KW | Kind::SELF_KW | Kind::SUPER_KW | Kind::SELF_TYPE_KW)
    }

    /// Two colons stand here.
    pub(super) fn at_double_colon(&self, at: u32) -> bool {
        self.token(at) == Kind::COLON && self.token(at + 1) == Kind::COLON && self.tokens[at as usize].joint
    }

    /// `=>` stands here.
    pub(super) fn at_fat_arrow(&self, at: u32) -> bool {
        self.token(at) == Kind::EQ && self.token(at + 1) == Kind::R_ANGLE && self.tokens[at as usize].joint
    }

    /// For an opening bracket, the token after its closing one; for any other token, the next.
    pub(super) fn after_group(&self, open: u32, limit: u32) -> u32 {
        let mut depth = 0u32;
        let mut at = open;
        while at < limit {
            match self.token(at) {
                Kind::L_PAREN | Kind::L_BRACK | Kind::L_CURLY => depth += 1,
                Kind::R_PAREN | Kind::R_BRACK | Kind::R_CURLY => depth = depth.saturating_sub(1),
                _ => {}
            }
            at += 1;
            if depth == 0 {
                break;
            }
        }
        at.min(limit)
    }

    /// What stands inside a bracketed group; all but the first token where the closing one is missing.
    pub(super) fn inside(&self, group: Range<u32>) -> Range<u32> {
        let closed =
            group.len() > 1 && matches!(self.token(group.end - 1), Kind::R_PAREN | Kind::R_BRACK | Kind::R_CURLY);
        let start = (group.start + 1).min(group.end);
        start..(if closed { group.end - 1 } else { group.end }).max(start)
    }

    pub(super) fn span(&self, id: u32) -> Span {
        let node = self.node(id);
        self.token_span(node.first..node.last)
    }

    /// From the start of the first token to the end of the last; empty for no tokens.
    pub(super) fn token_span(&self, range: Range<u32>) -> Span {
        if !self.origins.is_empty() {
            return self.span_of_origins(range);
        }
        let length = self.text.len() as u32;
        let start = self.tokens.get(range.start as usize).map_or(length, |token| token.start);
        if range.is_empty() {
            return Span::new(start, start);
        }
        let end = self.tokens.get(range.end as usize - 1).map_or(length, |token| token.end);
        Span::new(start, end)
    }

    /// The place in the calling file; that of the body if any end of it is from there.
    fn span_of_origins(&self, range: Range<u32>) -> Span {
        let nowhere = Span::new(FROM_BODY, FROM_BODY);
        let Some(first) = self.origins.get(range.start as usize) else { return nowhere };
        if range.is_empty() {
            return Span::new(first.span.start, first.span.start);
        }
        let Some(last) = self.origins.get(range.end as usize - 1) else { return nowhere };
        let known = first.span.start <= last.span.end && last.span.end != FROM_BODY;
        if known { Span::new(first.span.start, last.span.end) } else { nowhere }
    }
}

fn dialect_of(edition: Edition) -> Dialect {
    match edition {
        Edition::E2015 => Dialect::Edition2015,
        Edition::E2018 => Dialect::Edition2018,
        Edition::E2021 => Dialect::Edition2021,
        Edition::E2024 => Dialect::Edition2024,
    }
}

/// What a matcher of `macro_rules!` asks the parser for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefix {
    Block,
    Statement,
    Pattern,
    /// Without `|` at its top.
    SinglePattern,
    Type,
    Expression,
    Path,
    Item,
    Meta,
}

/// How many of these tokens, from the first, are one fragment; `None` if none is.
pub(super) fn prefix_length(tokens: impl Iterator<Item = Token>, prefix: Prefix, edition: Edition) -> Option<u32> {
    let dialect = dialect_of(edition);
    let mut input = Input::with_capacity(16);
    for token in tokens {
        push(&mut input, token, token.kind, dialect);
    }
    let entry = match prefix {
        Prefix::Block => PrefixEntryPoint::Block,
        Prefix::Statement => PrefixEntryPoint::Stmt,
        Prefix::Pattern => PrefixEntryPoint::PatTop,
        Prefix::SinglePattern => PrefixEntryPoint::Pat,
        Prefix::Type => PrefixEntryPoint::Ty,
        Prefix::Expression => PrefixEntryPoint::Expr,
        Prefix::Path => PrefixEntryPoint::Path,
        Prefix::Item => PrefixEntryPoint::Item,
        Prefix::Meta => PrefixEntryPoint::MetaItem,
    };
    let output = catch_unwind(AssertUnwindSafe(|| entry.parse(&input))).ok()?;
    let mut length = 0;
    for step in output.iter() {
        match step {
            Step::Token { n_input_tokens, .. } => length += u32::from(n_input_tokens),
            Step::FloatSplit { .. } => length += 1,
            Step::Error { .. } => return None,
            Step::Enter { .. } | Step::Exit => {}
        }
    }
    Some(length)
}

fn push(input: &mut Input, token: Token, kind: Kind, dialect: Dialect) {
    match kind {
        Kind::IDENT => input.push_ident(token.contextual, dialect),
        kind => input.push(kind, dialect),
    }
    if token.joint {
        input.was_joint();
    }
}

/// The tokens of a text, and what the lexer has to say against them.
pub(super) fn tokens_of(text: &str, edition: Edition) -> (Vec<Token>, Vec<Problem>) {
    catch_unwind(|| lex(text, dialect_of(edition))).unwrap_or_else(|_| {
        (Vec::new(), vec![Problem { offset: 0, message: "this text cannot be split into tokens".into() }])
    })
}

fn lex(text: &str, dialect: Dialect) -> (Vec<Token>, Vec<Problem>) {
    // A byte order mark is no token.
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let lexed = LexedStr::new(dialect, &text[mark..]);
    let mut tokens: Vec<Token> = Vec::with_capacity(lexed.len() / 2 + 1);
    for at in 0..lexed.len() {
        let kind = lexed.kind(at);
        if kind.is_trivia() {
            if let Some(last) = tokens.last_mut()
                && last.kind != Kind::FLOAT_NUMBER
            {
                last.joint = false;
            }
            continue;
        }
        let range = lexed.text_range(at);
        let contextual = match kind {
            Kind::IDENT => Kind::from_contextual_keyword(lexed.text(at), dialect).unwrap_or(Kind::IDENT),
            _ => Kind::EOF,
        };
        let joint = kind != Kind::FLOAT_NUMBER || !lexed.text(at).ends_with('.');
        let (start, end) = ((range.start + mark) as u32, (range.end + mark) as u32);
        tokens.push(Token { kind, contextual, start, end, joint });
    }
    let problems = lexed
        .errors()
        .take(MAX_PROBLEMS)
        .map(|(at, message)| Problem { offset: (lexed.text_start(at) + mark) as u32, message: message.to_owned() })
        .collect();
    (tokens, problems)
}
