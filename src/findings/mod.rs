//! What is worth knowing of a workspace on the first day, before anybody has said how it should be.
//!
//! In: a model, sources, notes, what the rules find without a riprap.toml, and which files were changed together.  Out:
//! [`Finding`]s, those that buy most first, so few that they are read.  Nothing here is a violation: nobody has decided
//! anything yet.  Not here: judging (`rules`), and reading commits (`analysis`).

mod facades;
mod hubs;
mod packages;
mod told;

use std::collections::BTreeMap;
use std::fmt;

use crate::model::{Model, NodeId, NodeKind, Reference};
use crate::source::{Date, Note, SourceTree};
use crate::verdict::Judged;
use crate::workspace::Workspace;

/// Everything that findings come from.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    pub workspace: &'a Workspace,
    /// Whose `cfg` counts.
    pub target: &'a str,
    pub model: &'a Model,
    pub sources: &'a SourceTree,
    pub notes: &'a [Note],
    /// What the rules find.
    pub violations: &'a [Judged],
    /// `None` where there is no history.
    pub edits: Option<&'a Edits>,
}

/// What was changed together of late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edits {
    /// The day of the oldest commit.
    pub since: Date,
    /// The files of each commit, as the workspace's folder sees them.
    pub commits: Vec<Vec<String>>,
}

/// What a finding is of, in the order of the first page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Modules that depend on each other.
    Tangle,
    /// A path around the shorter one that a re-export offers.
    BypassedFacade,
    /// A module that most changes pass through.
    Hub,
    /// A package that changes often, and much is built again each time.
    RebuildTax,
    /// A package of parts that do not use each other, and others use one of them.
    Split,
    /// Two packages that change together, and one is there for the other alone.
    Merge,
    /// `pub` that nothing outside needs.
    Exposed,
    /// A file that nothing compiles.
    UnusedFile,
    /// What a rule finds beside these.
    Other,
}

impl Kind {
    pub fn word(self) -> &'static str {
        match self {
            Self::Tangle => "tangle",
            Self::BypassedFacade => "bypassed facade",
            Self::Hub => "hub",
            Self::RebuildTax => "rebuild tax",
            Self::Split => "package to split",
            Self::Merge => "packages to merge",
            Self::Exposed => "exposed",
            Self::UnusedFile => "unused file",
            Self::Other => "finding",
        }
    }
}

/// Something to know, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub kind: Kind,
    /// One line.
    pub title: String,
    /// What fixing it buys, in a unit of its kind: only findings of one kind are compared by it.
    pub gain: u64,
    /// What the number means.
    pub buys: String,
    /// Facts behind it, the most telling first.
    pub details: Vec<String>,
    /// What to do.
    pub advice: String,
    pub place: Option<Place>,
    /// What it is about, to be shown on a map.
    pub about: Vec<NodeId>,
}

/// Where a finding can be seen in the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// As the workspace's folder sees it.
    pub path: String,
    pub line: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.path, self.line)
    }
}

impl Finding {
    /// The same finding has the same in another state of the code, whatever its numbers are then.
    pub fn identity(&self, model: &Model) -> String {
        let mut about: Vec<&str> = self.about.iter().map(|node| model.path(*node)).collect();
        about.sort_unstable();
        let about = match about.is_empty() {
            true => self.place.as_ref().map_or(self.title.clone(), |place| place.path.clone()),
            false => about.join(" "),
        };
        format!("{}: {about}", self.kind.word())
    }
}

/// The first page holds so many findings for each so many lines.
const PER_PAGE: u64 = 10;
const LINES_OF_PAGE: u64 = 100_000;

/// A small workspace may have so many, and nobody reads more of a large one.
const AT_LEAST: usize = 5;
const AT_MOST: usize = 20;

/// All findings, in turns of the kinds: of each the one that buys most, then of each the second.
pub fn findings(known: Known<'_>) -> Vec<Finding> {
    let mut by_kind: BTreeMap<Kind, Vec<Finding>> = BTreeMap::new();
    let all = told::findings(known)
        .into_iter()
        .chain(facades::findings(known))
        .chain(hubs::findings(known))
        .chain(packages::findings(known));
    for finding in all {
        by_kind.entry(finding.kind).or_default().push(finding);
    }
    for findings in by_kind.values_mut() {
        findings.sort_by(|a, b| (b.gain, &a.title).cmp(&(a.gain, &b.title)));
    }
    let rounds = by_kind.values().map(Vec::len).max().unwrap_or_default();
    let turn = |at: usize| by_kind.values().filter_map(move |findings| findings.get(at).cloned()).collect::<Vec<_>>();
    (0..rounds).flat_map(turn).collect()
}

/// Those that the rules do not tell as violations: what remains worth knowing where there is a riprap.toml.
pub fn beyond_rules(known: Known<'_>) -> Vec<Finding> {
    let mut found = findings(known);
    found.retain(|finding| !matches!(finding.kind, Kind::Tangle | Kind::Exposed | Kind::Other));
    found
}

/// How many of them the first page holds.
pub fn of_first_page(model: &Model) -> usize {
    let lines: u64 = model.packages().map(|package| model.total_lines(package)).sum();
    usize::try_from(lines * PER_PAGE / LINES_OF_PAGE).unwrap_or(usize::MAX).clamp(AT_LEAST, AT_MOST)
}

/// The place that declares a node: of a module the line in the file of the one around it.
fn place_of(known: Known<'_>, node: NodeId) -> Option<Place> {
    let declared = known.model.node(node);
    let declaring = if declared.kind == NodeKind::Module { declared.parent? } else { node };
    let file = known.model.node(declaring).file?;
    Some(Place { path: known.sources.file(file).path.clone(), line: declared.line.max(1) })
}

/// Where the text of a module begins.
fn beginning_of(known: Known<'_>, module: NodeId) -> Option<Place> {
    let node = known.model.node(module);
    let is_inline = node.parent.is_some_and(|parent| known.model.node(parent).file == node.file);
    if is_inline {
        return place_of(known, module);
    }
    Some(Place { path: known.sources.file(node.file?).path.clone(), line: 1 })
}

/// Where a reference stands.
fn place_at(known: Known<'_>, reference: &Reference) -> Place {
    Place { path: known.sources.file(reference.file).path.clone(), line: reference.line }
}

/// `12,345`: as people read it.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}

/// `1 module`, `2 modules`.
fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

#[cfg(test)]
mod tests;
