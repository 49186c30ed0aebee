//! The overlay on the code tree: which code belongs to which boundary, and what a boundary shows.
//!
//! In: a frozen model, the folders of its packages, and declarations (from riprap.toml, through `config`).  Out:
//! [`Boundaries`]: the boundary of every node, how boundaries nest, their roots, and whether a name is API.  Not here:
//! reading riprap.toml, and judging references (that is `rules`).

mod api;
mod boundaries;
mod overlay;
mod pattern;
mod permission;
pub mod spelling;

#[cfg(test)]
pub(crate) mod fixture;

pub use boundaries::Boundaries;
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

/// One `[boundary.NAME]` of riprap.toml, before it meets a model.
#[derive(Clone, Debug, PartialEq, Eq)]
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
