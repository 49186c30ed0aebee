//! The state of the walk through one file, and how it records a path.
//!
//! In: nodes of `syntax`.  Out: entries of [`FileFacts`].  Not here: which nodes hold paths: `items`, `bodies`,
//! `patterns` and `macros` add to the same `Collector`.

use super::conditions::Conditions;
use super::locals::{Locals, Names, Space, Symbol};
use super::origin::FROM_BODY;
use super::syntax::{Kind, Syntax};
use super::transcribe::DOLLAR_CRATE;
use super::{CfgId, FileFacts, ItemId, Path, PathRole, PathRoot, PathSource, Problem, ScopeId, Segment, SegmentRange};
use crate::source::Span;
use crate::workspace::cfg::CfgExpr;

/// The walk calls itself at most this often; what is nested deeper is left out and noted.
const MAX_DEPTH: u32 = 400;

/// What kind of list the items at hand are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A file or an inline module.
    Module,
    /// The body of a function, constant or static.
    Body,
    /// A trait or an `impl`.
    Associated { inherited: bool },
}

/// Where the walk is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    pub(super) scope: ScopeId,
    /// `scope` is that of the innermost list of items or statements: it may get items.
    pub(super) scope_is_own: bool,
    pub(super) owner: Option<ItemId>,
    pub(super) cfg: CfgId,
    pub(super) source: PathSource,
    pub(super) place: Place,
    /// Traits and their constants stand for the structs and flags of `bitflags!`.
    pub(super) flags: bool,
    /// What is read now is shown by the declaration of its owner.
    pub(super) shown: bool,
    /// Items write their own declaration, and not that of a trait which they implement.
    pub(super) declaring: bool,
    /// Arguments of macros that are not known are read later, wherever the call stands.
    pub(super) deferring: bool,
}

/// A path as read, before it is known whether it is recorded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    pub(super) root: PathRoot,
    /// Its first segment is `Self`, a qualified type or broken: no question about modules.
    pub(super) relative: bool,
    /// It ends in `::self`.
    pub(super) trailing_self: bool,
    /// Some segment has generic arguments or a qualified type.
    pub(super) arguments: bool,
    pub(super) span: Span,
}

impl Written {
    /// A name without a root.
    pub(super) fn plain(span: Span) -> Self {
        Self { root: PathRoot::Plain, relative: false, trailing_self: false, arguments: false, span }
    }
}

/// From the start of a span to an end; nowhere if either is, or if arguments of a macro changed places.
fn spanned(span: Span, end: u32) -> Span {
    match span.start <= end && end != FROM_BODY {
        true => Span::new(span.start, end),
        false => Span::new(FROM_BODY, FROM_BODY),
    }
}

pub(super) struct Collector<'t> {
    pub(super) syntax: Syntax<'t>,
    pub(super) facts: FileFacts,
    pub(super) names: Names<'t>,
    pub(super) locals: Locals,
    pub(super) conditions: Conditions,
    pub(super) at: Context,
    /// Names that a pattern binds, until the place where they come into scope.
    pub(super) pending: Vec<Symbol>,
    /// The segments of the path at hand, with their offsets.
    pub(super) segments: Vec<(Symbol, u32)>,
    /// Method calls whose insides the walk is passing.
    pub(super) open_calls: Vec<u32>,
    depth: u32,
}

impl<'t> Collector<'t> {
    pub(super) fn new(syntax: Syntax<'t>, facts: FileFacts) -> Self {
        let at = Context {
            scope: super::FILE_SCOPE,
            scope_is_own: true,
            owner: None,
            cfg: CfgId::default(),
            source: PathSource::Written,
            place: Place::Module,
            flags: false,
            shown: false,
            declaring: true,
            deferring: false,
        };
        Self {
            syntax,
            facts,
            names: Names::default(),
            locals: Locals::default(),
            conditions: Conditions::default(),
            at,
            pending: Vec::new(),
            segments: Vec::new(),
            open_calls: Vec::new(),
            depth: 0,
        }
    }

    /// Runs `inner` one level deeper, unless that is too deep.
    pub(super) fn deeper(&mut self, node: u32, inner: impl FnOnce(&mut Self)) {
        self.deeper_at(self.syntax.node(node).first, inner);
    }

    /// The same for tokens without a node.
    pub(super) fn deeper_at(&mut self, token: u32, inner: impl FnOnce(&mut Self)) {
        if self.depth >= MAX_DEPTH {
            let message = "nested too deeply to be read";
            if self.facts.problems.last().is_none_or(|problem| problem.message != message) {
                let offset = self.syntax.token_span(token..token).start;
                self.facts.problems.push(Problem { offset, message: message.into() });
            }
            return;
        }
        self.depth += 1;
        inner(self);
        self.depth -= 1;
    }

    /// Runs `inner` where a further condition holds.
    pub(super) fn under(&mut self, cfg: CfgId, inner: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.at.cfg, cfg);
        inner(self);
        self.at.cfg = before;
    }

    pub(super) fn condition(&mut self, outer: CfgId, inner: CfgExpr) -> CfgId {
        self.conditions.and(&mut self.facts.cfgs, outer, inner)
    }

    pub(super) fn symbol(&mut self, token: u32) -> Symbol {
        let context = self.syntax.origin(token).map_or(0, |origin| origin.context);
        self.names.symbol(self.syntax.token_text(token), context)
    }

    /// The name of an item or binding: the first `NAME` directly inside.
    pub(super) fn name_token(&self, node: u32) -> Option<u32> {
        let name = self.syntax.child(node, Kind::NAME)?;
        let token = self.syntax.node(name).first;
        (self.syntax.token(token) == Kind::IDENT).then_some(token)
    }

    /// Moves the segments at hand to the facts.
    pub(super) fn keep_segments(&mut self, from: usize) -> SegmentRange {
        let start = self.facts.segments.len() as u32;
        for (symbol, offset) in &self.segments[from..] {
            let name = self.names.mention(*symbol, &mut self.facts.names);
            self.facts.segments.push(Segment { name, start: *offset });
        }
        SegmentRange { start, end: self.facts.segments.len() as u32 }
    }

    /// Reads the segments of a `PATH` node to the end of [`Self::segments`].
    pub(super) fn read_path(&mut self, path: u32) -> Written {
        let node = self.syntax.node(path);
        let global = self.syntax.at_double_colon(node.first);
        let mut written = Written {
            root: if global { PathRoot::Global } else { PathRoot::Plain },
            relative: false,
            trailing_self: false,
            arguments: false,
            span: self.syntax.token_span(node.first..node.first + 1),
        };
        let from = self.segments.len();
        let mut at = path;
        while at < node.end {
            match self.syntax.kind(at) {
                Kind::PATH => at += 1,
                Kind::PATH_SEGMENT => {
                    self.read_segment(at, from, &mut written);
                    at = self.syntax.end(at);
                }
                _ => at = self.syntax.end(at),
            }
        }
        written
    }

    fn read_segment(&mut self, segment: u32, from: usize, written: &mut Written) {
        let end = self.syntax.end(segment);
        if segment + 1 >= end {
            return;
        }
        let inner = self.syntax.node(segment + 1);
        if inner.kind != Kind::NAME_REF {
            written.relative = true;
            written.arguments = true;
            return;
        }
        written.arguments |= inner.end < end;
        let end = self.syntax.token_span(inner.first..inner.last).end;
        written.span = spanned(written.span, end);
        let started = self.segments.len() > from;
        match (self.syntax.token(inner.first), written.root) {
            (Kind::IDENT, _) => {
                let symbol = self.symbol(inner.first);
                self.segments.push((symbol, self.syntax.offset(inner.first)));
            }
            (Kind::SELF_KW, _) if started => written.trailing_self = true,
            (Kind::CRATE_KW, PathRoot::Plain) if !started => written.root = self.crate_root(inner.first),
            (Kind::SELF_KW, PathRoot::Plain) => written.root = PathRoot::Super(0),
            (Kind::SELF_KW, PathRoot::Super(_)) => {}
            (Kind::SUPER_KW, PathRoot::Plain) if !started => written.root = PathRoot::Super(1),
            (Kind::SUPER_KW, PathRoot::Super(up)) if !started => written.root = PathRoot::Super(up.saturating_add(1)),
            _ => written.relative = true,
        }
    }

    /// `crate`, or the crate of the macro that wrote `$crate`.
    pub(super) fn crate_root(&self, token: u32) -> PathRoot {
        match self.syntax.origin(token) {
            Some(origin) if self.syntax.token_text(token) == DOLLAR_CRATE => PathRoot::DollarCrate(origin.krate),
            _ => PathRoot::Crate,
        }
    }

    /// Records the path of a `PATH` node, unless it is a local or stands below one, and what its arguments name.
    /// Gives its index.
    pub(super) fn path(&mut self, path: u32, role: PathRole) -> Option<u32> {
        let from = self.segments.len();
        let written = self.read_path(path);
        let index = self.record(from, written, role, self.at.source);
        self.segments.truncate(from);
        if let Some(index) = index {
            self.syntax.set_note(path, index + 1);
        }
        if written.arguments {
            self.deeper(path, |this| this.path_arguments(path));
        }
        index
    }

    /// Records the segments from `from` on as a path.
    pub(super) fn record(&mut self, from: usize, written: Written, role: PathRole, source: PathSource) -> Option<u32> {
        let (first, _) = *self.segments.get(from)?;
        let single = self.segments.len() == from + 1;
        if written.relative || (written.root == PathRoot::Plain && self.is_local(first, single, role)) {
            return None;
        }
        let segments = self.keep_segments(from);
        let source = if written.span.start == FROM_BODY { PathSource::MacroBody } else { source };
        let Context { scope, owner, cfg, shown, .. } = self.at;
        let path = Path { root: written.root, segments, role, source, scope, owner, cfg, shown, span: written.span };
        self.facts.paths.push(path);
        Some(self.facts.paths.len() as u32 - 1)
    }

    fn is_local(&self, first: Symbol, single: bool, role: PathRole) -> bool {
        match role {
            PathRole::Macro | PathRole::Derive | PathRole::Attribute | PathRole::Visibility | PathRole::Doc => false,
            PathRole::Pattern | PathRole::PatternName if single => false,
            PathRole::Value | PathRole::Call if single => self.locals.is_local(first, Space::Values),
            PathRole::GenericArgument if single => {
                self.locals.is_local(first, Space::Types) || self.locals.is_local(first, Space::Values)
            }
            _ => self.locals.is_local(first, Space::Types),
        }
    }

    /// Generic arguments and qualified types, which name other things than the path itself.
    fn path_arguments(&mut self, path: u32) {
        let end = self.syntax.end(path);
        let mut at = path;
        while at < end {
            let node = self.syntax.node(at);
            match node.kind {
                Kind::PATH | Kind::PATH_SEGMENT | Kind::NAME_REF => at += 1,
                Kind::PARENTHESIZED_ARG_LIST => {
                    // `Fn(A) -> B` takes types alone.
                    let mut argument = at + 1;
                    while argument < node.end {
                        let next = self.syntax.end(argument);
                        self.walk(argument + 1..next);
                        argument = next;
                    }
                    at = node.end;
                }
                _ => {
                    self.walk(at + 1..node.end);
                    at = node.end;
                }
            }
        }
    }
}
