//! Which code belongs to which boundary, once that is known.
//!
//! In: what `overlay` found.  Out: [`Boundaries`] and the questions to it.  Not here: how it is found, what a boundary
//! shows (`api`) and what it may use (`permission`).

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::{BoundaryId, Declaration, Exception, FileOwners, Forbid, Layers, Pattern, Ratchet, Role, Selection};
use crate::model::NodeId;
use crate::source::Span;

/// Which code belongs to which boundary.  The default has no boundaries.
#[derive(Clone, Debug, Default)]
pub struct Boundaries {
    /// Sorted by name.
    pub(super) declarations: Vec<Declaration>,
    pub(super) parents: Vec<Option<BoundaryId>>,
    pub(super) roots: Vec<Vec<NodeId>>,
    pub(super) members: Vec<Vec<NodeId>>,
    /// The innermost boundary of each node.
    pub(super) owners: Vec<Option<BoundaryId>>,
    /// For each entry of each `api`: the packages that it shows whole.
    pub(super) shown_packages: Vec<Vec<Vec<NodeId>>>,
    pub(super) permissions: Vec<Permissions>,
    /// A boundary that does not say what it uses may use nothing.
    pub(super) strict: bool,
    /// For each entry of each `api`: the users that it is for, where it is not for all.
    pub(super) users: Vec<Vec<Vec<Selector>>>,
    pub(super) unmatched: Vec<Unmatched>,
    pub(super) layers: Layers,
    /// Of each boundary's own layer.
    pub(super) ranks: Vec<Option<u32>>,
    pub(super) forbidden: Vec<Forbidden>,
    pub(super) exceptions: Vec<Excepted>,
    /// On which side of a hexagon each node is.
    pub(super) sides: BTreeMap<NodeId, (BoundaryId, Side)>,
    /// Whom each file belongs to; `None` without CODEOWNERS.
    pub(super) file_owners: Option<Arc<FileOwners>>,
    pub(super) externals: Externals,
    pub(super) deployables: Vec<Deployed>,
    pub(super) kept: Vec<Kept>,
    pub(super) ratchets: Vec<Ratcheted>,
}

impl Boundaries {
    pub fn len(&self) -> usize {
        self.declarations.len()
    }

    pub fn is_empty(&self) -> bool {
        self.declarations.is_empty()
    }

    /// In the order of their names.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = BoundaryId> + use<> {
        (0..self.declarations.len() as u32).map(BoundaryId)
    }

    pub fn declaration(&self, id: BoundaryId) -> &Declaration {
        &self.declarations[id.0 as usize]
    }

    pub fn name(&self, id: BoundaryId) -> &str {
        &self.declaration(id).name
    }

    pub fn find(&self, name: &str) -> Option<BoundaryId> {
        let index = self.declarations.binary_search_by(|declaration| declaration.name.as_str().cmp(name)).ok()?;
        Some(BoundaryId(index as u32))
    }

    /// The innermost boundary of a package, target, module or item; `None` for code in no boundary.
    pub fn of(&self, node: NodeId) -> Option<BoundaryId> {
        self.owners.get(node.0 as usize).copied().flatten()
    }

    /// The boundary around a boundary.
    pub fn parent(&self, id: BoundaryId) -> Option<BoundaryId> {
        self.parents[id.0 as usize]
    }

    /// A boundary, the one around it, and so on outwards.
    pub fn outwards(&self, id: BoundaryId) -> impl Iterator<Item = BoundaryId> + '_ {
        std::iter::successors(Some(id), |id| self.parent(*id))
    }

    /// All boundaries of a node, innermost first.
    pub fn chain(&self, node: NodeId) -> impl Iterator<Item = BoundaryId> + '_ {
        self.of(node).into_iter().flat_map(|id| self.outwards(id))
    }

    /// True for code of the boundary itself and of those nested in it.
    pub fn contains(&self, id: BoundaryId, node: NodeId) -> bool {
        self.chain(node).any(|boundary| boundary == id)
    }

    /// The modules whose names are the boundary's default API: for a package its library and binaries, for a module
    /// pattern the module itself.  Sorted.
    pub fn roots(&self, id: BoundaryId) -> &[NodeId] {
        &self.roots[id.0 as usize]
    }

    /// The topmost packages, targets and modules of which this boundary is the innermost.  Sorted.
    pub fn members(&self, id: BoundaryId) -> &[NodeId] {
        &self.members[id.0 as usize]
    }

    /// True for code of a boundary that has this role, and of those nested in it.
    pub fn has_role(&self, node: NodeId, role: Role) -> bool {
        self.chain(node).any(|id| self.declaration(id).role == Some(role))
    }

    /// What was declared and is not there, sorted by place.
    pub fn unmatched(&self) -> &[Unmatched] {
        &self.unmatched
    }
}

/// Where code stands in the hexagonal form of its boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Domain,
    Adapter,
}

/// A pattern that matches nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unmatched {
    /// Where riprap.toml says it.
    pub span: Span,
    /// For `crates` and `allow`: the rule whose option it is.
    pub boundary: String,
    pub pattern: String,
    /// The key it stands in.
    pub key: &'static str,
}

impl fmt::Display for Unmatched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { boundary, pattern, key, .. } = self;
        match *key {
            "contains" => write!(f, "`{pattern}` of boundary `{boundary}` matches no code"),
            "domain" | "adapters" => {
                write!(f, "`{pattern}` in `{key}` of boundary `{boundary}` matches no module of it")
            }
            "external" => {
                write!(f, "`{pattern}` in `external` of boundary `{boundary}` is no dependency of this workspace")
            }
            "crates" | "allow" => {
                write!(f, "`{pattern}` in `{key}` of `{boundary}` is no dependency of this workspace")
            }
            "api" => write!(f, "the API pattern `{pattern}` of boundary `{boundary}` matches nothing"),
            _ => write!(f, "`{pattern}`, which boundary `{boundary}` may use, matches nothing"),
        }
    }
}

/// A deployable whose binaries are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deployed {
    pub name: String,
    pub targets: Vec<NodeId>,
}

/// What an entry means that names code.  A name is a boundary first, then a package; with `::` it is always a module or
/// item path, with `/` a folder.
#[derive(Clone, Debug)]
pub enum Selector {
    /// `**`
    Everything,
    Boundaries(Vec<BoundaryId>),
    Packages(Vec<NodeId>),
    Path(Pattern),
    /// Of a query that is more than a name.
    Found(Arc<Selection>),
}

/// What each entry of [`Declaration::permitted`] means; `None` for a path that means nothing.
pub(super) type Permissions = Vec<Option<Selector>>;

/// A `[[forbid]]` whose names are known.
#[derive(Clone, Debug)]
pub struct Forbidden {
    pub from: Selector,
    pub to: Selector,
    pub unless_through: Option<Selector>,
    pub declared: Forbid,
}

/// An `[[exception]]` whose names are known.
#[derive(Clone, Debug)]
pub struct Excepted {
    pub declared: Exception,
    pub(super) from: Option<End>,
    pub(super) to: Option<End>,
}

/// One end of a violation: code, or something that only has a name (a boundary, a table, a crate outside).
#[derive(Clone, Debug)]
pub(super) struct End {
    pub(super) text: String,
    /// `None` where no code has such a name.
    pub(super) code: Option<Selector>,
}

/// What a boundary's `external` says of a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    Allowed,
    /// By this entry of `deny`.
    Denied(usize),
    /// There is an `allow`, and the crate is not in it.
    NotListed,
}

/// What is declared of third-party crates, once the dependencies are known.
#[derive(Clone, Debug, Default)]
pub(super) struct Externals {
    /// Per boundary that has an `external`: per crate.
    pub(super) rulings: Vec<Option<Vec<Ruling>>>,
    /// Per crate: an API must not show its types.
    pub(super) leaking: Vec<bool>,
    pub(super) strict: bool,
}

/// A dependency that stays when cuts are looked for, its names known.
#[derive(Clone, Debug)]
pub struct Kept {
    pub from: Selector,
    pub to: Selector,
}

/// What a `[[ratchet]]` is about, its name known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Workspace,
    Boundary(BoundaryId),
    Module(NodeId),
    /// So many things that a query finds.
    Found(u64),
}

/// A `[[ratchet]]` whose scope is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ratcheted {
    pub declared: Ratchet,
    pub scope: Scope,
}
