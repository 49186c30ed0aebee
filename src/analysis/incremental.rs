//! The analysis again after edits, doing anew only what an edit can change.
//!
//! In: what an analysis starts from, then files with new texts.  Out: an [`Analysis`] after each, equal to a fresh one.
//! Facts are kept by content.  An edit that leaves what its file declares as it was has the references of that file
//! resolved again and nothing else; any other edit has all names resolved again, from facts that are kept.
//! Another riprap.toml is judged by what was resolved, unless it chooses other `cfg` branches.
//! Not here: finding out that files changed, and edits of manifests, which start afresh.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::analyze::{Plan, go_on};
use super::{Analysis, AnalysisError, Gathered, Phase, Progress};
use crate::facts::{self, FileFacts};
use crate::model::{Model, NodeId, Origins, ReferenceId, Way};
use crate::resolve::Resolution;
use crate::source::{FileId, SourceFile, SourceTree};
use crate::workspace::Edition;

/// An analysis that can be repeated.
pub struct Session {
    plan: Plan,
    facts: KeptFacts,
    /// `None` after a run that was cancelled.
    last: Option<Last>,
}

/// After so many patches all names are resolved again: each leaves lists behind that nothing uses any more.
const MAX_PATCHES: u32 = 500;

/// What the next edit starts from.
struct Last {
    resolution: Resolution,
    model: Arc<Model>,
    origins: Origins,
    patches: u32,
}

impl Session {
    /// The first analysis.
    ///
    /// # Errors
    /// `cancel` alone.
    pub fn start(
        gathered: Gathered,
        progress: &(dyn Fn(Progress) + Sync),
        cancel: &AtomicBool,
    ) -> Result<(Self, Analysis), AnalysisError> {
        let mut session = Self { plan: Plan::new(gathered), facts: KeptFacts::default(), last: None };
        let analysis = session.repeat(progress, cancel)?;
        Ok((session, analysis))
    }

    /// Whether files can be edited: all of them are known.  Others may belong to a module tree in a new way.
    pub fn knows(&self, files: &[SourceFile]) -> bool {
        files.iter().all(|file| self.plan.sources.find(&file.path).is_some())
    }

    /// The workspace's folder.
    pub fn root(&self) -> &Path {
        &self.plan.root
    }

    /// Whether a text is another one than before.
    pub fn differs(&self, files: &[SourceFile]) -> bool {
        let sources = &self.plan.sources;
        files.iter().any(|file| sources.find(&file.path).is_none_or(|id| sources.file(id).text != file.text))
    }

    /// Takes new texts over; files that are not known are left out.
    ///
    /// # Errors
    /// `cancel` alone; the texts are taken over nevertheless.
    pub fn edit(
        &mut self,
        files: Vec<SourceFile>,
        progress: &(dyn Fn(Progress) + Sync),
        cancel: &AtomicBool,
    ) -> Result<Analysis, AnalysisError> {
        for file in files {
            let Some(id) = self.plan.sources.find(&file.path) else { continue };
            let old = Arc::clone(&self.plan.sources.file(id).text);
            if old == file.text {
                continue;
            }
            self.plan.sources = Arc::new(self.plan.sources.replaced(id, file.text));
            self.last = self.last.take().and_then(|last| self.patched(last, id, &old));
        }
        self.repeat(progress, cancel)
    }

    /// The riprap.toml that holds.
    pub fn config(&self) -> Option<&SourceFile> {
        self.plan.configured.file.as_ref()
    }

    /// Takes another riprap.toml over; what it asks to be looked at beyond the sources must be what it was.
    ///
    /// # Errors
    /// `cancel` alone; the text is taken over nevertheless.
    pub fn configure(
        &mut self,
        config: Option<SourceFile>,
        progress: &(dyn Fn(Progress) + Sync),
        cancel: &AtomicBool,
    ) -> Result<Analysis, AnalysisError> {
        let plan = self.plan.under(config);
        if !plan.configured.resolves_like(&self.plan.configured) {
            self.last = None;
        }
        self.plan = plan;
        self.repeat(progress, cancel)
    }

    /// What another riprap.toml would lead to; nothing is taken over.  One that cannot be read has no model of its own.
    ///
    /// # Errors
    /// `cancel` alone.
    pub fn under(&self, config: Option<SourceFile>, cancel: &AtomicBool) -> Result<Analysis, AnalysisError> {
        let plan = self.plan.under(config);
        let resolves_alike = !plan.configured.is_readable() || plan.configured.resolves_like(&self.plan.configured);
        match &self.last {
            Some(last) if resolves_alike => plan.judge(&last.resolution, Arc::clone(&last.model), cancel),
            _ => {
                let facts = |file, edition| self.facts.of(&plan.sources, file, edition);
                let resolution = plan.resolve(&facts, &|_| {}, cancel)?;
                let (model, _) = Model::new(&plan.workspace, &plan.sources, &resolution);
                plan.judge(&resolution, Arc::new(model), cancel)
            }
        }
    }

    /// What a reference that nobody has written yet would lead to; `None` if it is none between modules.
    ///
    /// # Errors
    /// `cancel` alone.
    pub fn supposing(
        &self,
        from: NodeId,
        way: &Way,
        cancel: &AtomicBool,
    ) -> Result<Option<(Analysis, ReferenceId)>, AnalysisError> {
        let Some(last) = &self.last else { return Ok(None) };
        let Some((model, reference)) = last.model.supposing(from, way) else { return Ok(None) };
        let analysis = self.plan.judge(&last.resolution, Arc::new(model), cancel)?;
        Ok(Some((analysis, reference)))
    }

    /// `None` if the edit of a file may concern others.
    fn patched(&self, last: Last, file: FileId, old: &str) -> Option<Last> {
        let facts = |file, edition| self.facts.of(&self.plan.sources, file, edition);
        let Last { resolution, model, origins, patches } = last;
        if patches >= MAX_PATCHES {
            return None;
        }
        let resolution = resolution.patched(&self.plan.input(&facts, &|| {}), file, old)?;
        let model = Arc::new(model.patched(&origins, &self.plan.sources, &resolution, file));
        Some(Last { resolution, model, origins, patches: patches + 1 })
    }

    fn repeat(&mut self, progress: &(dyn Fn(Progress) + Sync), cancel: &AtomicBool) -> Result<Analysis, AnalysisError> {
        go_on(cancel)?;
        let last = match self.last.take() {
            Some(last) => last,
            None => {
                let facts = |file, edition| self.facts.of(&self.plan.sources, file, edition);
                let resolution = self.plan.resolve(&facts, progress, cancel)?;
                progress(Progress { phase: Phase::Judging, done: 0, total: 0 });
                let (model, origins) = Model::new(&self.plan.workspace, &self.plan.sources, &resolution);
                Last { resolution, model: Arc::new(model), origins, patches: 0 }
            }
        };
        let analysis = self.plan.judge(&last.resolution, Arc::clone(&last.model), cancel);
        self.last = Some(last);
        analysis
    }
}

/// The facts of each file and edition.
#[derive(Default)]
struct KeptFacts(Mutex<FxHashMap<(FileId, Edition), OfText>>);

/// Facts, with the text that they are of.
type OfText = (Arc<str>, Arc<FileFacts>);

impl KeptFacts {
    fn of(&self, sources: &SourceTree, file: FileId, edition: Edition) -> Arc<FileFacts> {
        let text = &sources.file(file).text;
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, facts)) = lock().get(&(file, edition))
            && (Arc::ptr_eq(known, text) || known == text)
        {
            return Arc::clone(facts);
        }
        let facts = Arc::new(facts::read(text, edition));
        lock().insert((file, edition), (Arc::clone(text), Arc::clone(&facts)));
        facts
    }
}

#[cfg(test)]
mod tests;
