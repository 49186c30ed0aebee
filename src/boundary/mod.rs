//! The overlay on the code tree: which code belongs to which boundary, and what a boundary shows.
//!
//! In: the code, a frozen model first, and declarations (from riprap.toml, through `config`).  Out:
//! [`Boundaries`]: the boundary of every node, how boundaries nest, their roots, and whether a name is API.  Not here:
//! reading riprap.toml, and judging references (that is `rules`).

mod api;
mod author;
mod boundaries;
mod code;
mod codeowners;
mod crossing;
mod declaration;
mod deployable;
mod driver_crates;
mod effective;
mod exception;
mod exposed;
mod external;
mod file_owners;
mod hexagon;
mod laid;
mod of_package;
mod order;
mod overlay;
mod pattern;
mod permission;
mod ratchet;
mod select;
mod selection;
mod selector;
pub mod spelling;
mod template;

#[cfg(test)]
pub(crate) mod fixture;

pub use author::Authors;
pub use boundaries::{
    Boundaries, Deployed, Excepted, Forbidden, Kept, Ratcheted, Ruling, Scope, Selector, Side, Unmatched,
};
pub use code::Code;
pub use codeowners::Codeowners;
pub use crossing::{Entry, Trespass, named_module};
pub use declaration::{Declaration, External, Origin, Role, Shown};
pub use effective::Setting;
pub use external::{CrateGroup, Leaks};
pub use file_owners::FileOwners;
pub use laid::Laid;
pub use of_package::OfPackage;
pub use overlay::{resolve, resolve_of_another_time};
pub use pattern::{Coverage, Pattern};
pub use select::{Ground, select};
pub use selection::Selection;
pub use template::Template;

use std::fmt;

use crate::source::{Date, Span};

/// A boundary; an index into the declarations sorted by name, meaningful only together with its [`Boundaries`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BoundaryId(pub u32);

/// A value and where it is said, as bytes of [`crate::source::ConfigFiles`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    pub value: T,
    pub span: Span,
}

/// What riprap.toml and manifests say about the structure, before it meets a model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intent {
    /// Each with a table of its own.
    pub boundaries: Vec<Declaration>,
    pub templates: Vec<Template>,
    /// What every boundary starts from; its `contains` means nothing.
    pub defaults: Declaration,
    /// What members' manifests say, in the order of their paths.
    pub of_packages: Vec<OfPackage>,
    /// A boundary that does not say what it uses may use nothing.
    pub strict: bool,
    pub layers: Layers,
    pub forbids: Vec<Forbid>,
    pub exceptions: Vec<Exception>,
    /// `[crates]`, sorted by name.
    pub crate_groups: Vec<CrateGroup>,
    pub leaks: Leaks,
    pub deployables: Vec<Deployable>,
    pub keeps: Vec<Keep>,
    pub ratchets: Vec<Ratchet>,
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

/// One entry of `deployables`: binaries that are built and released together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deployable {
    pub name: String,
    /// `bin:NAME` each, or the name alone.
    pub targets: Vec<Placed<String>>,
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

/// What a number can be of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    Workspace,
    Boundary,
    Module,
}

impl fmt::Display for Extent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Workspace => "the workspace",
            Self::Boundary => "a boundary",
            Self::Module => "a module",
        })
    }
}

/// One `[[ratchet]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ratchet {
    /// The whole entry.
    pub span: Span,
    /// As riprap.toml writes it.
    pub metric: String,
    /// What has such a number.
    pub of: &'static [Extent],
    /// A boundary, or a module; without it the whole workspace.  Of [`FOUND`] the query.
    pub scope: Option<Placed<String>>,
}

/// The number of what a query finds, as riprap.baseline names it.
pub const FOUND: &str = "found";

/// The name of the scope that is everything.
const WORKSPACE: &str = "workspace";

impl Ratchet {
    /// The scope's name in messages and in riprap.baseline.
    pub fn scope_name(&self) -> &str {
        self.scope.as_ref().map_or(WORKSPACE, |scope| &scope.value)
    }
}

/// One `[[exception]]`; an end that is not given may be anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exception {
    /// The whole entry.
    pub span: Span,
    pub rule: String,
    pub from: Option<Placed<String>>,
    pub to: Option<Placed<String>>,
    /// It is good for so many violations at most; if there are more, for none.
    pub max: Option<u64>,
    /// The last day on which it is good.
    pub until: Option<Date>,
    pub owner: Option<String>,
    pub reason: Option<String>,
}

/// Something wrong with the configuration, to be shown with the line that says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, complete without the source line.
    pub message: String,
    /// Where, as bytes of [`crate::source::ConfigFiles`]; of riprap.baseline, of that file.
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
