//! Which files mean what they meant before: their references are taken over, only with other numbers.
//!
//! In: a resolution, and the names of the next one.  Out: the references of each file of the next one that nothing which
//! it asked for has another answer now.  A file may always be resolved again instead: what is not sure is.  Not here: what
//! is the same thing as before (`same`), which answers changed (`changed`).

mod carried;
mod changed;

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::asked::Question;
use super::imports::Imports;
use super::infer::Known;
use super::patch::Names;
use super::same::{Same, State};
use super::trails::Trails;
use super::tree::Tree;
use super::walk::World;
use super::{FileReferences, Resolution};
use crate::source::SourceTree;

/// A resolution, and the sources that it is of.
#[derive(Debug)]
pub struct Before {
    sources: Arc<SourceTree>,
    tree: Tree,
    names: Names,
    parts: Vec<Vec<usize>>,
    references: Vec<FileReferences>,
    listened: bool,
}

/// What of it holds for the next one.
pub(super) struct Again<'a> {
    before: &'a Before,
    same: Same,
    changed: FxHashSet<Question>,
}

impl Before {
    pub fn new(mut resolution: Resolution, sources: Arc<SourceTree>) -> Self {
        let listened = resolution.kept.listened;
        let tree = resolution.take_tree();
        let names = std::mem::take(&mut resolution.kept.names);
        let parts = tree.parts();
        Self { sources, tree, names, parts, references: resolution.references, listened }
    }

    /// `None` if names of all files may mean something else.
    pub(super) fn again(
        &self,
        world: &World<'_>,
        sources: &SourceTree,
        imports: &Imports,
        trails: &Trails,
        parts: &[Vec<usize>],
        known: &Known,
    ) -> Option<Again<'_>> {
        let Names { externs, scopes, imports: old_imports, trails: old_trails, known: old_known, .. } = &self.names;
        if !self.listened || self.parts.len() != self.references.len() {
            return None;
        }
        let old = State {
            sources: &self.sources,
            tree: &self.tree,
            scopes,
            imports: old_imports,
            trails: old_trails,
            parts: &self.parts,
        };
        let new = State { sources, tree: world.tree, scopes: world.scopes, imports, trails, parts };
        let same = Same::new(old, new)?;
        if !old_known.uses_names_of(known) {
            return None;
        }
        let all = externs.iter().zip(world.externs);
        if externs.len() != world.externs.len() || !all.into_iter().all(|(old, new)| old.is(new, &same)) {
            return None;
        }
        let mut changed = FxHashSet::default();
        scopes.changed(world.scopes, &same, &mut changed);
        old_known.changed(known, &same, &mut changed);
        Some(Again { before: self, same, changed })
    }
}

impl Again<'_> {
    /// The references of a file, given by its number; `None` if they may be others now.
    pub(super) fn references(&self, part: usize) -> Option<FileReferences> {
        let file = &self.before.references[self.same.parts[part]?];
        let is_answered_alike = |question: &Question| self.is_known(question) && !self.changed.contains(question);
        file.asked.iter().all(is_answered_alike).then(|| carried::carried(&self.same, file)).flatten()
    }

    /// Whether what is asked about is still there.
    fn is_known(&self, question: &Question) -> bool {
        let same = &self.same;
        match *question {
            Question::Name(module, _)
            | Question::Globs(module)
            | Question::Types(module)
            | Question::Traits(module) => same.module(module).is_some(),
            Question::Member(item, _) | Question::Impls(item) => same.item(item).is_some(),
            Question::Shape(item) => same.has_shape(item),
            Question::Textual(_)
            | Question::Blanket(_)
            | Question::ImplsOfExternal(_)
            | Question::ImplsOfStandard(_) => true,
        }
    }
}
