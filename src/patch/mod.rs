//! The source edits that a draft means: files that are moved, `mod` and `use` lines, paths, visibilities, dependencies.
//!
//! In: today's code and a draft laid over it, every written path with what its names mean, and the texts of manifests and
//! riprap.toml.  Out: [`Patch`]: new texts and places, and what is left for a person, each with its reason; [`unified`]: the
//! same as a diff; [`promise`]: whether the code after it is what the draft said.  A path is corrected in place; what an item
//! needs of its old module, and what is left there needs of it, is imported.  What cannot be done for certain is left, never
//! guessed.  Not here: reading and writing files, and analysing the new texts (`analysis`).

mod brought;
mod dependencies;
mod edits;
mod exposed;
mod fate;
mod files;
mod imports;
mod macros;
mod members;
mod modules;
mod pieces;
mod promise;
mod spelled;
mod unified;
mod uses;
mod visibility;

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::draft::{Drafted, Move};
use crate::facts::{self, FileFacts};
use crate::model::{Model, NodeId, NodeKind, Written};
use crate::source::{FileId, SourceTree};
use crate::workspace::{DependencyKind, Edition, Workspace};

use edits::Edits;
use visibility::Needs;

pub use exposed::{Narrower, narrowed};
pub use promise::{Promise, promise, promise_of_less};
pub use unified::unified;

/// What a patch is made of.
pub struct Subject<'a> {
    pub today: &'a Model,
    pub drafted: &'a Drafted,
    pub workspace: &'a Workspace,
    pub sources: &'a SourceTree,
    pub written: &'a [Written],
    /// The text of a manifest, by its path from the workspace's folder.
    pub manifest: &'a dyn Fn(&str) -> Option<Arc<str>>,
    /// Path and text of riprap.toml.
    pub config: Option<(&'a str, &'a str)>,
}

/// New texts, and what they lack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch {
    /// Sorted by where they were.
    pub files: Vec<FileChange>,
    pub left: Vec<Left>,
    pub dependencies: Vec<NewDependency>,
}

/// A file with another text, or elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileChange {
    /// From the workspace's folder.
    pub before: String,
    pub after: String,
    pub old: Arc<str>,
    pub new: Arc<str>,
}

/// What a person has to do, because it is not known how.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Left {
    /// File and line, as they are today.
    pub place: Option<(String, u32)>,
    pub reason: String,
}

/// A dependency that a Cargo.toml lists now.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NewDependency {
    /// Names of packages.
    pub of: String,
    pub on: String,
    pub kind: DependencyKind,
}

/// The edits that the moves of a draft mean.
pub fn patch(subject: &Subject<'_>) -> Patch {
    let mut work = Work::new(subject);
    if work.roots.is_empty() {
        work.others();
        return work.finished();
    }
    work.corrected = work.correct_macros();
    let fates = work.fates();
    work.rewrite(&fates);
    work.widen();
    work.relocate();
    work.list_dependencies();
    work.others();
    work.finished()
}

/// The edits so far.
struct Work<'a> {
    subject: &'a Subject<'a>,
    today: &'a Model,
    after: &'a Model,
    sources: &'a SourceTree,
    /// What goes below another module, with the number of its move.
    roots: BTreeMap<NodeId, usize>,
    edits: Edits,
    /// What the bodies of macros name, and name right.
    corrected: BTreeSet<NodeId>,
    /// By file: where it will be.
    moved_files: BTreeMap<FileId, String>,
    left: BTreeSet<Left>,
    needs: Needs,
    brought: brought::Brought,
    /// By package and package, or name of a crate outside: whether code outside tests uses it.
    dependencies: BTreeMap<(NodeId, dependencies::On), bool>,
    manifests: BTreeMap<String, (Arc<str>, String)>,
    new_dependencies: Vec<NewDependency>,
    facts: RefCell<FxHashMap<FileId, Arc<FileFacts>>>,
}

impl<'a> Work<'a> {
    fn new(subject: &'a Subject<'a>) -> Self {
        let drafted = subject.drafted;
        let is_moved = |(node, index): &&(NodeId, usize)| {
            matches!(drafted.draft.moves.get(*index), Some(Move::Relocate { .. }))
                && drafted.model.node(*node).parent != subject.today.node(*node).parent
        };
        let mut work = Self {
            subject,
            today: subject.today,
            after: &drafted.model,
            sources: subject.sources,
            roots: drafted.relocated.iter().filter(is_moved).copied().collect(),
            edits: Edits::default(),
            corrected: BTreeSet::new(),
            moved_files: BTreeMap::new(),
            left: BTreeSet::new(),
            needs: Needs::default(),
            brought: brought::Brought::default(),
            dependencies: BTreeMap::new(),
            manifests: BTreeMap::new(),
            new_dependencies: Vec::new(),
            facts: RefCell::default(),
        };
        for refusal in &drafted.refusals {
            work.leave(None, refusal.message.clone());
        }
        work
    }

    fn facts_of(&self, file: FileId) -> Arc<FileFacts> {
        let source = self.sources.file(file);
        let edition = self.subject.workspace.package_holding(&source.path);
        let edition = edition.map_or(Edition::E2024, |package| self.subject.workspace.package(package).edition);
        let mut known = self.facts.borrow_mut();
        Arc::clone(known.entry(file).or_insert_with(|| Arc::new(facts::read(&source.text, edition))))
    }

    fn leave(&mut self, place: Option<(FileId, u32)>, reason: String) {
        let place = place.map(|(file, offset)| {
            let source = self.sources.file(file);
            (source.path.clone(), source.line_at(offset))
        });
        self.left.insert(Left { place, reason });
    }

    /// What is moved by itself, of what is around a node, the innermost.
    fn root_of(&self, node: NodeId) -> Option<NodeId> {
        self.today.ancestors(node).find(|node| self.roots.contains_key(node))
    }

    /// The module that a path stands in then.
    fn module_then(&self, written: &Written) -> NodeId {
        let around =
            self.today.ancestors(written.from_item).take_while(|node| !self.today.node(*node).kind.is_module());
        let item = around.filter(|node| self.roots.contains_key(node)).last();
        item.and_then(|item| self.after.node(item).parent).unwrap_or(written.from)
    }

    fn is_item(&self, node: NodeId) -> bool {
        matches!(self.today.node(node).kind, NodeKind::Item(_))
    }

    /// What the other moves mean: entries of riprap.toml that are written by hand.
    fn others(&mut self) {
        for step in &self.subject.drafted.draft.moves {
            match step {
                Move::Relocate { .. } => {}
                Move::Cut { .. } => self.leave(None, format!("{step}: no edit takes a use away")),
                Move::Assign { .. } | Move::Split { .. } | Move::Merge { .. } => {
                    self.leave(None, format!("{step}: change riprap.toml"));
                }
            }
        }
    }

    fn finished(mut self) -> Patch {
        let (texts, clashes) = std::mem::take(&mut self.edits).apply(self.sources);
        for (file, offset) in clashes {
            self.leave(Some((file, offset)), "two changes are of the same text".to_owned());
        }
        let mut files: Vec<FileChange> = Vec::new();
        for file in self.sources.ids() {
            let source = self.sources.file(file);
            let after = self.moved_files.get(&file).unwrap_or(&source.path).clone();
            let new = texts.get(&file).map_or_else(|| Arc::clone(&source.text), |text| text.as_str().into());
            if after != source.path || new != source.text {
                files.push(FileChange { before: source.path.clone(), after, old: Arc::clone(&source.text), new });
            }
        }
        for (path, (old, new)) in &self.manifests {
            files.push(FileChange {
                before: path.clone(),
                after: path.clone(),
                old: Arc::clone(old),
                new: new.as_str().into(),
            });
        }
        files.extend(self.configuration());
        files.sort();
        self.new_dependencies.sort();
        Patch { files, left: self.left.into_iter().collect(), dependencies: self.new_dependencies }
    }
}
