//! What is said of one boundary, and where each of it is said.
//!
//! In: what `config` read.  Out: [`Declaration`]: its own keys, completed by a template and the defaults.  Not here: what
//! the patterns match (`overlay`), which boundaries a template makes (`template`), and which boundary a manifest speaks of
//! (`of_package`).

use std::collections::BTreeMap;
use std::fmt;

use super::{Pattern, Placed};
use crate::source::Span;

/// One boundary, before it meets a model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declaration {
    pub name: String,
    /// The key `NAME` of riprap.toml, or the key `riprap` of a manifest.
    pub span: Span,
    pub contains: Vec<Placed<Pattern>>,
    /// Everything that any entry shows; without the key what can be named at the boundary's root modules.
    pub api: Vec<Placed<Shown>>,
    /// `None` where nothing is declared; an empty list allows nothing.
    pub may_use: Option<Vec<Placed<String>>>,
    /// What it may use for its messages alone: their types may be named, and nothing called.
    pub events_only: Vec<Placed<String>>,
    /// Its API is held to what it was.
    pub stable: bool,
    /// The tables and schemas that it owns, `*` inside the names.
    pub tables: Vec<Placed<String>>,
    /// `None` where nothing is said: any third-party crate may be used.
    pub external: Option<External>,
    pub owner: Option<String>,
    pub layer: Option<Placed<String>>,
    pub tags: Vec<String>,
    pub role: Option<Role>,
    /// The hexagonal form: code that knows nothing of what is around it.
    pub domain: Vec<Placed<Pattern>>,
    /// The hexagonal form: code that only composition roots put to use.
    pub adapters: Vec<Placed<Pattern>>,
    /// Where each key that is said comes from.
    pub origins: BTreeMap<&'static str, Placed<Origin>>,
}

/// Where the value of a key comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The boundary's own table in riprap.toml.
    Own,
    /// `[package.metadata.riprap]` of this manifest.
    Manifest(String),
    /// The template of this name.
    Template(String),
    /// `[defaults]`.
    Defaults,
    /// The CODEOWNERS file of the repository.
    Codeowners,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own => f.write_str("its own table"),
            Self::Manifest(path) => write!(f, "`[package.metadata.riprap]` of {path}"),
            Self::Template(name) => write!(f, "the template `[boundary.\"{name}\"]`"),
            Self::Defaults => f.write_str("`[defaults]`"),
            Self::Codeowners => f.write_str("CODEOWNERS"),
        }
    }
}

impl Origin {
    /// Said of this boundary alone.
    pub fn is_own(&self) -> bool {
        matches!(self, Self::Own | Self::Manifest(_))
    }
}

/// What a boundary is for, where rules must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Wires everything together: it may use any layer.
    Composition,
    /// Holds only types that boundaries share.
    Contracts,
    /// Reads what others own to report on it.
    Reporting,
    /// Helps tests: its own references are a test's, and only tests use it.
    TestSupport,
    /// Written by a program: its shape is nobody's decision.
    Generated,
}

impl Role {
    pub const ALL: [Self; 5] =
        [Self::Composition, Self::Contracts, Self::Reporting, Self::TestSupport, Self::Generated];

    /// The word of riprap.toml.
    pub fn word(self) -> &'static str {
        match self {
            Self::Composition => "composition",
            Self::Contracts => "contracts",
            Self::Reporting => "reporting",
            Self::TestSupport => "test-support",
            Self::Generated => "generated",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
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
    /// Paths, and what is below them, for these users alone.
    Only { users: Vec<Placed<String>>, show: Vec<Pattern> },
}

impl Shown {
    /// The paths that it lists.
    pub fn patterns(&self) -> &[Pattern] {
        match self {
            Self::Root | Self::Pub => &[],
            Self::Path(pattern) => std::slice::from_ref(pattern),
            Self::Only { show, .. } => show,
        }
    }
}

/// `external`: which third-party crates a boundary may use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct External {
    /// The value in riprap.toml.
    pub span: Span,
    /// If there is a list, nothing but what it names.
    pub allow: Option<Vec<Placed<String>>>,
    /// None of these, unless `allow` names a crate more exactly.
    pub deny: Vec<Placed<String>>,
}

impl Declaration {
    /// Takes over what `other` says and this does not.
    pub(super) fn inherit(&mut self, other: &Self) {
        for key in other.origins.keys() {
            if !self.origins.contains_key(key) {
                self.take(key, other);
            }
        }
    }

    /// Takes over what `other` says of one key.
    pub(super) fn take(&mut self, key: &'static str, other: &Self) {
        let Some(said) = other.origins.get(key) else { return };
        match key {
            "contains" => self.contains.clone_from(&other.contains),
            "api" => self.api.clone_from(&other.api),
            "may_use" => self.may_use.clone_from(&other.may_use),
            "events_only" => self.events_only.clone_from(&other.events_only),
            "stable" => self.stable = other.stable,
            "tables" => self.tables.clone_from(&other.tables),
            "external" => self.external.clone_from(&other.external),
            "owner" => self.owner.clone_from(&other.owner),
            "layer" => self.layer.clone_from(&other.layer),
            "tags" => self.tags.clone_from(&other.tags),
            "role" => self.role = other.role,
            "domain" => self.domain.clone_from(&other.domain),
            "adapters" => self.adapters.clone_from(&other.adapters),
            _ => return,
        }
        self.origins.insert(key, said.clone());
    }

    /// Says that all its keys come from one place.
    #[must_use]
    pub(super) fn said_by(mut self, origin: &Origin) -> Self {
        for said in self.origins.values_mut() {
            said.value.clone_from(origin);
        }
        self
    }

    /// What it says it may use, each with its key: `may_use` first, then `events_only`.
    pub fn permitted(&self) -> impl Iterator<Item = (&'static str, &Placed<String>)> {
        let calls = self.may_use.iter().flatten().map(|entry| ("may_use", entry));
        calls.chain(self.events_only.iter().map(|entry| ("events_only", entry)))
    }

    pub fn origin(&self, key: &str) -> Option<&Origin> {
        self.origins.get(key).map(|said| &said.value)
    }

    /// The table in which somebody would look for a key, or write it.
    pub fn table(&self, key: &str) -> String {
        let own = || self.origins.values().map(|said| &said.value);
        let manifest = match self.origin(key) {
            Some(Origin::Manifest(path)) => Some(path),
            None if !own().any(|origin| *origin == Origin::Own) => own().find_map(|origin| match origin {
                Origin::Manifest(path) => Some(path),
                _ => None,
            }),
            _ => None,
        };
        match manifest {
            Some(path) => format!("`[package.metadata.riprap]` of {path}"),
            None => format!("`[boundary.{}]`", self.name),
        }
    }
}
