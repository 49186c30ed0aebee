//! Imports: `use` trees flattened to their leaves, and `extern crate`.
//!
//! In: `USE` and `EXTERN_CRATE` nodes.  Out: one [`Import`] per leaf (The Rust Reference, "Use declarations").
//! Not here: what the paths mean, which differs between editions.

use super::collect::Collector;
use super::locals::Symbol;
use super::syntax::Kind;
use super::{CfgId, Import, ImportKind, PathRoot, SegmentRange, Visibility};
use crate::source::Span;

/// What all leaves of one `use` share.
#[derive(Clone, Copy)]
struct Shared {
    visibility: Visibility,
    cfg: CfgId,
    item_span: Span,
}

/// `as name`, `as _` or neither.
enum Alias {
    Name(Symbol),
    Unnamed,
    Absent,
}

impl Collector<'_> {
    pub(super) fn use_item(&mut self, id: u32) {
        let shared = self.shared(id);
        if let Some(tree) = self.syntax.child(id, Kind::USE_TREE) {
            let from = self.segments.len();
            self.use_tree(tree, None, from, shared);
            self.segments.truncate(from);
        }
    }

    pub(super) fn extern_crate(&mut self, id: u32) {
        let attributes = self.attributes(id, true);
        self.mention_macros(&attributes);
        let visibility = self.visibility_of(id);
        let item_span = self.syntax.span(id);
        let Some(name) = self.syntax.child(id, Kind::NAME_REF) else { return };
        let token = self.syntax.node(name).first;
        let own = self.syntax.token(token) == Kind::SELF_KW;
        let from = self.segments.len();
        let symbol = self.symbol(token);
        if !own {
            self.segments.push((symbol, self.syntax.offset(token)));
        }
        let segments = self.keep_segments(from);
        self.segments.truncate(from);
        let name = match self.alias(id) {
            Alias::Name(alias) => Some(self.names.mention(alias, &mut self.facts.names)),
            Alias::Unnamed => None,
            Alias::Absent => Some(self.names.mention(symbol, &mut self.facts.names)),
        };
        let kind = ImportKind::ExternCrate { name, macro_use: attributes.macro_use };
        let shared = Shared { visibility, cfg: attributes.cfg, item_span };
        let root = if own { PathRoot::Crate } else { PathRoot::Plain };
        self.push_import(root, segments, kind, item_span, shared);
    }

    fn shared(&mut self, id: u32) -> Shared {
        let attributes = self.attributes(id, true);
        self.mention_macros(&attributes);
        Shared { visibility: self.visibility_of(id), cfg: attributes.cfg, item_span: self.syntax.span(id) }
    }

    /// One tree below the segments from `from` on, which begin at `prefix` if it is a nested one.
    fn use_tree(&mut self, tree: u32, prefix: Option<PathRoot>, from: usize, shared: Shared) {
        let node = self.syntax.node(tree);
        let here = self.segments.len();
        let mut root = prefix;
        let mut trailing_self = false;
        let path = self.syntax.child(tree, Kind::PATH);
        if let Some(path) = path {
            let written = self.read_path(path);
            trailing_self = written.trailing_self;
            let below = here > from || prefix.is_some_and(|root| root != PathRoot::Plain);
            let nested_self = below && written.root == PathRoot::Super(0) && self.segments.len() == here;
            root = match (prefix, written.root) {
                _ if written.relative => return self.segments.truncate(here),
                (None, own) => Some(own),
                // `a::{self}`; in `{self as b}` it begins a path.
                (Some(outer), PathRoot::Super(0)) if nested_self => {
                    trailing_self = true;
                    Some(outer)
                }
                (Some(outer), PathRoot::Plain) => Some(outer),
                // `super::{super::a}`
                (Some(PathRoot::Super(outer)), PathRoot::Super(up)) if up > 0 && here == from => {
                    Some(PathRoot::Super(outer.saturating_add(up)))
                }
                // `{crate::a, ::b}`: nothing stands before the braces.
                (Some(PathRoot::Plain), own) if here == from => Some(own),
                _ => return self.segments.truncate(here),
            };
        } else if self.syntax.at_double_colon(node.first) && prefix.is_none_or(|root| root == PathRoot::Plain) {
            root = Some(PathRoot::Global);
        }
        let root = root.unwrap_or(PathRoot::Plain);
        if let Some(list) = self.syntax.child(tree, Kind::USE_TREE_LIST) {
            self.deeper(list, |this| {
                let end = this.syntax.end(list);
                let mut at = list + 1;
                while at < end {
                    if this.syntax.kind(at) == Kind::USE_TREE {
                        this.use_tree(at, Some(root), from, shared);
                    }
                    at = this.syntax.end(at);
                }
            });
        } else if self.syntax.token(node.last.saturating_sub(1)) == Kind::STAR {
            let segments = self.keep_segments(from);
            self.push_import(root, segments, ImportKind::Glob, self.syntax.span(tree), shared);
        } else if path.is_some() {
            self.use_leaf(tree, root, from, trailing_self, shared);
        }
        self.segments.truncate(here);
    }

    fn use_leaf(&mut self, tree: u32, root: PathRoot, from: usize, own: bool, shared: Shared) {
        let last = self.segments[from..].last().map(|(symbol, _)| *symbol);
        let name = match self.alias(tree) {
            Alias::Name(alias) => Some(alias),
            Alias::Absent => match last {
                Some(last) => Some(last),
                // `use crate;` and `use super::{self};` bring no name.
                None => return,
            },
            Alias::Unnamed => None,
        };
        let kind = match name {
            None => ImportKind::Unnamed,
            Some(name) => {
                let name = self.names.mention(name, &mut self.facts.names);
                if own { ImportKind::SelfOnly { name } } else { ImportKind::Single { name } }
            }
        };
        let segments = self.keep_segments(from);
        self.push_import(root, segments, kind, self.syntax.span(tree), shared);
    }

    fn alias(&mut self, id: u32) -> Alias {
        let Some(rename) = self.syntax.child(id, Kind::RENAME) else { return Alias::Absent };
        match self.name_token(rename) {
            Some(token) => Alias::Name(self.symbol(token)),
            None if self.syntax.token(self.syntax.node(rename).first + 1) == Kind::UNDERSCORE => Alias::Unnamed,
            None => Alias::Absent,
        }
    }

    fn push_import(&mut self, root: PathRoot, segments: SegmentRange, kind: ImportKind, span: Span, shared: Shared) {
        let Shared { visibility, cfg, item_span } = shared;
        let (scope, owner) = (self.at.scope, self.at.owner);
        self.facts.imports.push(Import { root, segments, kind, visibility, scope, owner, cfg, span, item_span });
    }
}
