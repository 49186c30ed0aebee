//! The frozen code tree and its edges: what an analysis knows of one revision.
//!
//! In: what `resolve` found, through [`ModelBuilder`].  Out: [`Model`], which never changes.  Identity is the stable
//! path of a node, never its index.  Not here: boundaries (an overlay), rules, numbers, drawing.

mod builder;
mod externals;
mod graph;
mod lists;
mod origins;
mod passages;
mod patch;
mod public;
mod query;
mod rearranged;
mod references;
mod supposed;
mod tree;
mod verify;
mod written;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

pub use builder::{ModelBuilder, NewReference};
pub use origins::Origins;
pub use rearranged::InnerUse;
pub use supposed::{Way, WayStep};
pub use written::{By, Form, Meaning, Name, Written};

pub use crate::resolve::{Certainty, ExternalId, ReferenceKind};
pub use externals::ExternalUse;
pub use passages::Passage;

use crate::facts::{ItemKind, PathSource};
use crate::source::{FileId, Note, Span};
use crate::workspace::TargetKind;

/// A node of the code tree; meaningful only together with its [`Model`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// All references from one module to another; an index into [`Model::edges`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeId(pub u32);

/// One place in the source that names an item; an index into [`Model::references`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReferenceId(pub u32);

/// An identifier, kept once per model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(pub u32);

/// A sequence kept once per model; read it with the query that names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListId(pub u32);

/// The root of the code tree.
pub const WORKSPACE: NodeId = NodeId(0);

/// What the code tree consists of.  A target is its own root module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    Workspace,
    Package,
    Target(TargetKind),
    Module,
    Item(ItemKind),
}

impl NodeKind {
    /// A module in the sense of an edge's end: a target's root or a module below it.
    pub fn is_module(self) -> bool {
        matches!(self, Self::Target(_) | Self::Module)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub kind: NodeKind,
    /// The last segment of the path; a package's or target's own name, with its hyphens.
    pub name: Arc<str>,
    /// Stable identity: `LABEL::a::b` for modules and items, the name for a package, empty for the workspace.
    pub path: Arc<str>,
    pub parent: Option<NodeId>,
    pub visibility: Visibility,
    /// The file that holds the body; for a package its manifest is not a source file, so `None`.
    pub file: Option<FileId>,
    /// In that file; for a module that is a whole file, the whole file.
    pub span: Span,
    /// Where the name is declared, for a jump: the name in `mod name;` for a module.
    pub line: u32,
    /// Lines of source in this node alone: without the modules below it.
    pub lines: u32,
    /// Built for tests alone.
    pub test: bool,
    /// Built in the analysed configuration, tests included.
    pub active: bool,
}

impl Node {
    /// One that everybody may use, that stands in no file, and that is built as the product is.
    pub fn new(kind: NodeKind, name: &str, path: &str, parent: Option<NodeId>) -> Self {
        Self {
            kind,
            name: name.into(),
            path: path.into(),
            parent,
            visibility: Visibility::Public,
            file: None,
            span: Span::default(),
            line: 0,
            lines: 0,
            test: false,
            active: true,
        }
    }
}

/// From where a name can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Visibility {
    Public,
    /// Within this module and below.
    Within(NodeId),
}

/// A name that a module shows beyond itself: its own items, and what it re-exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Export {
    pub name: Symbol,
    pub node: NodeId,
    pub visibility: Visibility,
    pub reexport: bool,
}

/// One step of a written route: in `module`, `name` was looked up, and led to `node`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    pub module: NodeId,
    pub name: Symbol,
    pub node: NodeId,
}

/// One place in the source that names something in another module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    pub edge: EdgeId,
    pub kind: ReferenceKind,
    pub source: PathSource,
    pub certainty: Certainty,
    pub test: bool,
    pub active: bool,
    /// It stands where the declaration of `from_item` shows it: in a signature, a `pub` field, a bound.
    pub shown: bool,
    pub file: FileId,
    /// The path as written.
    pub span: Span,
    pub line: u32,
    pub column: u32,
    /// The item around it; the module itself where there is none.
    pub from_item: NodeId,
    /// What the path resolves to: an item, or a module.
    pub to_item: NodeId,
    /// The modules of the names written in the path, the definer among them if written: [`Model::nodes_of`].
    pub named: ListId,
    /// The modules whose re-exports were followed, in order: [`Model::nodes_of`].
    pub facades: ListId,
    /// The written route, the import that brought its first name included: [`Model::steps_of`].
    pub route: ListId,
}

impl Reference {
    /// Code that is built: not for tests alone, no link in a comment, no `pub(in path)`.
    pub fn counts(&self) -> bool {
        !self.test && !matches!(self.kind, ReferenceKind::Doc | ReferenceKind::Visibility)
    }

    /// Enough for a violation: code of the analysed configuration whose meaning is known.
    pub fn proves(&self) -> bool {
        self.counts() && self.active && self.certainty == Certainty::Resolved
    }
}

/// All references from one module to another, both of this workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    pub from: NodeId,
    pub to: NodeId,
    /// A range of [`Model::references`], sorted by file and place.
    pub references: Range<u32>,
    /// All references are test-only.
    pub test: bool,
    /// Any reference is active.
    pub active: bool,
    /// The best of its references.
    pub certainty: Certainty,
}

/// The code tree, the edges between its modules, and what could not be seen.
#[derive(Debug)]
pub struct Model {
    nodes: Vec<Node>,
    /// Children of each node, sorted by kind and name.
    children: Arc<Vec<Vec<NodeId>>>,
    exports: Arc<Vec<Vec<Export>>>,
    edges: Vec<Edge>,
    references: Vec<Reference>,
    externals: externals::Externals,
    /// By the paths of their modules, then by crate and place.
    passages: Vec<Passage>,
    lists: lists::Lists,
    graph: graph::ModuleGraph,
    by_path: Arc<OnceLock<query::ByPath>>,
    notes: Vec<Note>,
}
