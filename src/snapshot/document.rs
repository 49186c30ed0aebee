//! The shape of the snapshot document, entry by entry.
//!
//! Fields stand in alphabetical order, which is the order in the document.  Lists are sorted by the writer.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

type Text<'a> = Cow<'a, str>;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document<'a> {
    pub boundaries: Vec<Boundary<'a>>,
    pub boundary_edges: Vec<BoundaryEdge<'a>>,
    pub configuration: Configuration<'a>,
    pub crates: Vec<Crate<'a>>,
    pub edges: Vec<Edge<'a>>,
    /// Empty until events are known.
    pub events: Vec<serde_json::Value>,
    pub metrics: Metrics<'a>,
    pub modules: Vec<Module<'a>>,
    pub notes: Vec<Note<'a>>,
    /// `WORKTREE` for the files on disk.
    pub revision: Text<'a>,
    /// The level of each rule that was judged.
    #[serde(default)]
    pub rules: BTreeMap<Text<'a>, Text<'a>>,
    pub schema: Text<'a>,
    pub statics: Vec<Static<'a>>,
    /// Empty until tables are known.
    pub tables: Vec<serde_json::Value>,
    pub tool: Tool<'a>,
    pub violations: Vec<Violation<'a>>,
    pub workspace: Text<'a>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Static<'a> {
    /// References by boundary.
    pub access: BTreeMap<Text<'a>, u32>,
    /// `mutable`, `counter` or `constant`.
    pub holding: Text<'a>,
    pub owner: Option<Text<'a>>,
    pub path: Text<'a>,
    /// As written.
    #[serde(rename = "type")]
    pub type_text: Text<'a>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tool<'a> {
    pub name: Text<'a>,
    pub version: Text<'a>,
}

impl Tool<'_> {
    /// This riprap.
    pub fn this() -> Self {
        Self { name: "riprap".into(), version: env!("CARGO_PKG_VERSION").into() }
    }
}

/// What the result depends on beside the sources.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Configuration<'a> {
    /// The day that the verdict depends on; `None` where it depends on none.
    #[serde(default)]
    pub date: Option<Text<'a>>,
    /// What was looked at beyond the sources, by request.
    pub enrich: Vec<Text<'a>>,
    /// `default`, `all`, or a list joined by commas.
    pub features: Text<'a>,
    /// The configuration file, if there is one.
    pub file: Option<Text<'a>>,
    pub target: Text<'a>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Crate<'a> {
    pub boundary: Option<Text<'a>>,
    pub kind: Text<'a>,
    pub label: Text<'a>,
    pub name: Text<'a>,
    pub package: Text<'a>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Module<'a> {
    pub active: bool,
    /// The names that the module shows beyond itself.
    pub api: Vec<Text<'a>>,
    pub boundary: Option<Text<'a>>,
    /// Of its text, 16 hexadecimal digits: two modules with the same one say the same.  Empty for one without a file.
    #[serde(default)]
    pub digest: Text<'a>,
    /// The third-party crates that it uses, sorted by name; left out where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub external: Vec<External<'a>>,
    /// `None` for a module whose file was not found.
    pub file: Option<Text<'a>>,
    pub items: Vec<Item<'a>>,
    pub lines: u32,
    pub path: Text<'a>,
    pub test: bool,
    pub visibility: Text<'a>,
}

/// A third-party crate that a module uses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct External<'a> {
    pub name: Text<'a>,
    pub references: u32,
    /// All of them are test-only.
    pub test: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item<'a> {
    pub kind: Text<'a>,
    pub line: u32,
    pub name: Text<'a>,
    /// Of an item in the API of its boundary; of code in no boundary, in that of its library.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise<'a>>,
    pub public_paths: Vec<Text<'a>>,
    pub visibility: Text<'a>,
}

/// An item of an API, as those see it who use it; what is empty or false is left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Promise<'a> {
    /// Others can list its parts, so that one more changes something for them.
    #[serde(default, skip_serializing_if = "is_false")]
    pub closed: bool,
    /// The names by which others may get at it; left out where they are its public paths.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<Text<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part<'a>>,
    /// What `#[serde(..)]` says.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub serde: Text<'a>,
    /// The declaration without its parts, in one spelling, types by their paths.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub text: Text<'a>,
    /// What it derives and implements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub traits: Vec<Text<'a>>,
}

/// A field, variant, function, type or constant of such an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part<'a> {
    /// Where it is not that of the whole item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Text<'a>>,
    pub kind: Text<'a>,
    pub line: u32,
    pub name: Text<'a>,
    /// Of a trait: it has a default.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub serde: Text<'a>,
    pub text: Text<'a>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(value: &bool) -> bool {
    !*value
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edge<'a> {
    pub active: bool,
    pub certainty: Text<'a>,
    pub facades: Vec<Text<'a>>,
    pub from: Text<'a>,
    pub kinds: BTreeMap<Text<'a>, u32>,
    pub named: Vec<Text<'a>>,
    pub references: Vec<Reference<'a>>,
    pub test: bool,
    pub to: Text<'a>,
}

/// How the other end of an edge begins that leaves the workspace through another module: the package follows, or nothing
/// for the standard library.
pub const EXTERNAL: &str = "external:";

impl Edge<'_> {
    /// It is between two modules of the workspace.
    pub fn is_inner(&self) -> bool {
        !self.to.starts_with(EXTERNAL)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reference<'a> {
    pub active: bool,
    pub certainty: Text<'a>,
    pub column: u32,
    pub facades: Vec<Text<'a>>,
    pub file: Text<'a>,
    pub from_item: Text<'a>,
    pub kind: Text<'a>,
    pub line: u32,
    pub named: Vec<Text<'a>>,
    pub source: Text<'a>,
    pub test: bool,
    pub to_item: Text<'a>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Boundary<'a> {
    pub api: Vec<Text<'a>>,
    pub contains: Vec<Text<'a>>,
    /// What it may name for messages, and not call.
    #[serde(default)]
    pub events_only: Vec<Text<'a>>,
    pub may_use: Option<Vec<Text<'a>>>,
    pub name: Text<'a>,
    pub owner: Option<Text<'a>>,
    pub parent: Option<Text<'a>>,
    /// Its API is held to what it was.
    #[serde(default)]
    pub stable: bool,
    /// Patterns of the tables that it owns.
    #[serde(default)]
    pub tables: Vec<Text<'a>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoundaryEdge<'a> {
    pub from: Text<'a>,
    /// No reference of it breaks a rule.
    pub legal: bool,
    pub references: u32,
    pub to: Text<'a>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Violation<'a> {
    /// Accepted by the baseline.
    pub baseline: bool,
    /// Excepted in riprap.toml or beside the code, and why.
    #[serde(default)]
    pub excepted: Option<Text<'a>>,
    pub from: Text<'a>,
    pub id: Text<'a>,
    pub introduced: Option<Introduced<'a>>,
    pub level: Text<'a>,
    /// Of a cycle, sorted.
    pub members: Vec<Text<'a>>,
    pub message: Text<'a>,
    pub references: Vec<Place<'a>>,
    pub route: Option<Text<'a>>,
    pub rule: Text<'a>,
    pub to: Text<'a>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Introduced<'a> {
    pub author: Text<'a>,
    pub commit: Text<'a>,
    pub date: Text<'a>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place<'a> {
    pub column: u32,
    pub file: Text<'a>,
    pub line: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note<'a> {
    pub column: Option<u32>,
    pub detail: Text<'a>,
    pub kind: Text<'a>,
    pub line: Option<u32>,
    pub path: Text<'a>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Metrics<'a> {
    pub boundaries: BTreeMap<Text<'a>, Numbers<'a>>,
    pub modules: BTreeMap<Text<'a>, Numbers<'a>>,
    pub workspace: Numbers<'a>,
}

/// By the key of a metric: counts are whole numbers, ratios have at most three digits after the point.
pub type Numbers<'a> = BTreeMap<Text<'a>, serde_json::Number>;
