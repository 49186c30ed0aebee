//! The overlay on the code tree: which code belongs to which boundary, and what a boundary shows.
//!
//! In: a frozen model, the folders of its packages, and declarations (from riprap.toml, through `config`).  Out:
//! [`Boundaries`]: the boundary of every node, how boundaries nest, their roots, and whether a name is API.  Not here:
//! reading riprap.toml, and judging references (that is `rules`).

mod api;
mod author;
mod boundaries;
mod crossing;
mod order;
mod overlay;
mod pattern;
mod permission;
mod selector;
pub mod spelling;

#[cfg(test)]
pub(crate) mod fixture;

pub use author::Authors;
pub use boundaries::{Boundaries, Forbidden, Kept, Selector, Unmatched};
pub use crossing::{Entry, Trespass, named_module};
pub use overlay::resolve;
pub use pattern::Pattern;

use crate::source::Span;

/// A boundary; an index into the declarations sorted by name, meaningful only together with its [`Boundaries`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BoundaryId(pub u32);

/// A value and where riprap.toml says it, as bytes of that file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    pub value: T,
    pub span: Span,
}

/// What riprap.toml says about the structure, before it meets a model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intent {
    /// Sorted by name.
    pub boundaries: Vec<Declaration>,
    pub layers: Layers,
    pub forbids: Vec<Forbid>,
    pub keeps: Vec<Keep>,
}

impl From<Vec<Declaration>> for Intent {
    fn from(boundaries: Vec<Declaration>) -> Self {
        Self { boundaries, ..Self::default() }
    }
}

/// `layers`: ranks of boundaries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layers {
    /// The highest first.
    pub order: Vec<Placed<String>>,
    /// Each may use only the next one.
    pub closed: bool,
}

/// One `[[forbid]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forbid {
    /// The whole entry.
    pub span: Span,
    pub from: Placed<String>,
    pub to: Placed<String>,
    /// What leads over this is allowed; then ways over other modules are forbidden, too.
    pub unless_through: Option<Placed<String>>,
    pub reason: Option<String>,
}

/// A dependency that stays when cuts are looked for: the `keep` of a `[[cycle-hint]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keep {
    pub from: Placed<String>,
    pub to: Placed<String>,
}

/// One `[boundary.NAME]` of riprap.toml, before it meets a model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declaration {
    pub name: String,
    /// The key `NAME` in the configuration.
    pub span: Span,
    pub contains: Vec<Placed<Pattern>>,
    /// Everything that any entry shows.
    pub api: Vec<Placed<Shown>>,
    /// `None` where nothing is declared; an empty list allows nothing.
    pub may_use: Option<Vec<Placed<String>>>,
    pub owner: Option<String>,
    pub layer: Option<Placed<String>>,
    pub tags: Vec<String>,
    pub role: Option<Role>,
}

/// What a boundary is for, where rules must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Wires everything together: it may use any layer.
    Composition,
}

/// What a boundary's `api` may list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// What can be named at the boundary's own root modules.
    Root,
    /// Everything that the compiler lets others reach.
    Pub,
    /// A path, and what is below it.
    Path(Pattern),
}

/// Something wrong with the configuration, to be shown with the line that says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, complete without the source line.
    pub message: String,
    /// Where, as bytes of riprap.toml.
    pub span: Span,
    /// The short form, for the caret.
    pub label: String,
    /// Other places that have a part in it.
    pub others: Vec<(Span, String)>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Problem {
    pub fn new(span: Span, message: impl Into<String>, label: impl Into<String>) -> Self {
        Self { message: message.into(), span, label: label.into(), others: Vec::new(), help: None }
    }

    pub fn with_help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }
}
