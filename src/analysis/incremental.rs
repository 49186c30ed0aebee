//! The analysis again after edits, doing anew only what an edit can change.
//!
//! In: what an analysis starts from, then files with new texts, or another state altogether.  Out: an [`Analysis`] after
//! each, equal to a fresh one.
//! Facts are kept by content.  An edit that leaves what its file declares as it was has the references of that file
//! resolved again and nothing else; any other edit has all names resolved again, from facts that are kept.
//! Another riprap.toml is judged by what was resolved, unless it chooses other `cfg` branches.
//! Not here: finding out that files changed.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::{FxHashMap, FxHashSet};

use super::analyze::{Plan, go_on};
use super::{Analysis, AnalysisError, Gathered, Phase, Progress};
use crate::facts::{self, FileFacts};
use crate::model::{Model, NodeId, Origins, ReferenceId, Way, Written};
use crate::resolve::{Before, Expansions, Resolution};
use crate::rules;
use crate::source::{FileId, SourceFile, SourceTree};
use crate::workspace::{Edition, Workspace};

/// An analysis that can be repeated.
pub struct Session {
    plan: Plan,
    facts: KeptFacts,
    expansions: Expansions,
    memory: rules::Memory,
    /// `None` after a run that was cancelled.
    last: Option<Last>,
    /// What the next resolution may take references from, and the sources that it is of.
    before: Option<(Resolution, Arc<SourceTree>)>,
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
        let mut session = Self {
            plan: Plan::new(gathered),
            facts: KeptFacts::default(),
            expansions: Expansions::default(),
            memory: rules::Memory::default(),
            last: None,
            before: None,
        };
        let analysis = session.repeat(progress, cancel)?;
        Ok((session, analysis))
    }

    /// Whether files can be edited: all of them are known.  Others may belong to a module tree in a new way.
    pub fn knows(&self, files: &[SourceFile]) -> bool {
        files.iter().all(|file| self.plan.sources.find(&file.path).is_some())
    }

    /// CODEOWNERS says whose the code is.
    pub(super) fn has_owners(&self) -> bool {
        self.plan.has_owners()
    }

    /// Whose a file is, as CODEOWNERS writes it; empty where it says nothing.
    pub(super) fn owners_of(&self, path: &str) -> String {
        self.plan.owners_of(path)
    }

    /// Whether crates outside are looked at.
    pub fn reads_outside(&self) -> bool {
        self.plan.reads_outside()
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
        let before = Arc::clone(&self.plan.sources);
        let mut edits: Vec<Edit> = Vec::new();
        for file in files {
            let Some(id) = before.find(&file.path) else { continue };
            let old = &before.file(id).text;
            if *old != file.text {
                edits.push(Edit { file: id, old: Arc::clone(old), new: file.text });
            }
        }
        if !edits.is_empty() {
            let texts = edits.iter().map(|edit| (edit.file, Arc::clone(&edit.new)));
            self.plan.sources = Arc::new(before.with_texts(texts));
            if let Some(last) = self.last.take() {
                self.last = self.patched(last, &before, &edits);
            }
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
            self.forget();
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
            Some(last) if resolves_alike => {
                plan.judge(&last.resolution, Arc::clone(&last.model), Some(&self.memory), cancel)
            }
            _ => {
                let facts = |file, edition| self.facts.of(&plan.sources, file, edition);
                let resolution = plan.resolve(&facts, Some(&self.expansions), None, &|_| {}, cancel)?;
                let (model, _) = Model::new(&plan.workspace, &plan.sources, &resolution);
                plan.judge(&resolution, Arc::new(model), Some(&self.memory), cancel)
            }
        }
    }

    /// Every written path of the code that `today` is of; `None` if this session knows another one.
    pub(super) fn written(&mut self, today: &Arc<Model>) -> Option<Vec<Written>> {
        let last = self.last.as_mut().filter(|last| Arc::ptr_eq(&last.model, today))?;
        Some(last.origins.written(&mut last.resolution))
    }

    pub(super) fn files(&self) -> (Arc<Workspace>, Arc<SourceTree>) {
        (Arc::clone(&self.plan.workspace), Arc::clone(&self.plan.sources))
    }

    /// What other files would lead to; nothing is taken over.
    ///
    /// # Errors
    /// `cancel` alone.
    pub(super) fn judged(
        &self,
        workspace: Arc<Workspace>,
        sources: Arc<SourceTree>,
        config: Option<SourceFile>,
        cancel: &AtomicBool,
    ) -> Result<Analysis, AnalysisError> {
        let plan = self.plan.patched(workspace, sources, config);
        let facts = |file, edition| self.facts.of(&plan.sources, file, edition);
        let resolution = plan.resolve(&facts, None, None, &|_| {}, cancel)?;
        let (model, _) = Model::new(&plan.workspace, &plan.sources, &resolution);
        plan.judge(&resolution, Arc::new(model), None, cancel)
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
        let analysis = self.plan.judge(&last.resolution, Arc::new(model), Some(&self.memory), cancel)?;
        Ok(Some((analysis, reference)))
    }

    /// Whether another state is just this one, but for the day and the commit.
    pub fn is_at(&self, gathered: &Gathered) -> bool {
        self.last.is_some()
            && self.plan.notes_are(&gathered.notes)
            && self.plan.is_judged_like(gathered)
            && self.plan.edits(gathered).is_some_and(|edited| edited.is_empty())
    }

    /// What is known of another state, of the next commit most often; facts of files that are the same are kept.
    ///
    /// # Errors
    /// `cancel` alone; the state is taken over nevertheless.
    pub fn next(
        &mut self,
        gathered: Gathered,
        progress: &(dyn Fn(Progress) + Sync),
        cancel: &AtomicBool,
    ) -> Result<Analysis, AnalysisError> {
        if let Some(edited) = self.plan.edits(&gathered) {
            if self.plan.is_judged_like(&gathered) {
                self.plan.move_to(gathered.date, gathered.commit, gathered.notes);
            } else {
                let plan = Plan::new(Gathered { sources: Arc::clone(&self.plan.sources), ..gathered });
                if !plan.configured.resolves_like(&self.plan.configured) {
                    self.forget();
                }
                self.plan = plan;
            }
            return self.edit(edited, progress, cancel);
        }
        let plan = Plan::new(gathered);
        if let Some(last) = self.last.take() {
            self.before = Some((last.resolution, Arc::clone(&self.plan.sources)));
        }
        if !plan.reads_like(&self.plan) {
            self.forget();
        }
        self.plan = plan;
        let analysis = self.repeat(progress, cancel);
        self.facts.forget_all_but(&self.plan.sources);
        analysis
    }

    /// Names mean something else now, everywhere.
    fn forget(&mut self) {
        (self.last, self.before) = (None, None);
    }

    /// `None` if the edits may concern other files.
    fn patched(&mut self, last: Last, before: &Arc<SourceTree>, edits: &[Edit]) -> Option<Last> {
        let Self { plan, facts, expansions, .. } = self;
        let Last { mut resolution, model, origins, patches } = last;
        let concerns_others = |edit: &Edit| {
            let facts = |file, edition| facts.of(&plan.sources, file, edition);
            !resolution.may_patch(&plan.input(&facts, Some(expansions), &|| {}), edit.file, &edit.old)
        };
        if patches >= MAX_PATCHES || edits.iter().any(concerns_others) {
            self.before = Some((resolution, Arc::clone(before)));
            return None;
        }
        let files: Vec<FileId> = edits.iter().map(|edit| edit.file).collect();
        let read = |file, edition| facts.of(&plan.sources, file, edition);
        resolution = resolution.patched(&plan.input(&read, Some(expansions), &|| {}), &files)?;
        let model = Arc::new(model.patched(&origins, &plan.sources, &resolution, &files));
        Some(Last { resolution, model, origins, patches: patches + 1 })
    }

    fn repeat(&mut self, progress: &(dyn Fn(Progress) + Sync), cancel: &AtomicBool) -> Result<Analysis, AnalysisError> {
        go_on(cancel)?;
        let last = match self.last.take() {
            Some(last) => last,
            None => {
                let facts = |file, edition| self.facts.of(&self.plan.sources, file, edition);
                let before = self.before.take().map(|(resolution, sources)| Before::new(resolution, sources));
                let resolution =
                    self.plan.resolve(&facts, Some(&self.expansions), before.as_ref(), progress, cancel)?;
                self.expansions.forget_unused();
                self.memory.forget_unused();
                progress(Progress { phase: Phase::Judging, done: 0, total: 0 });
                let (model, origins) = Model::new(&self.plan.workspace, &self.plan.sources, &resolution);
                Last { resolution, model: Arc::new(model), origins, patches: 0 }
            }
        };
        let analysis = self.plan.judge(&last.resolution, Arc::clone(&last.model), Some(&self.memory), cancel);
        self.last = Some(last);
        analysis
    }
}

/// A file with a new text.
struct Edit {
    file: FileId,
    old: Arc<str>,
    new: Arc<str>,
}

/// The facts of each text and edition, by where the text lies in memory: one that is kept here cannot lie elsewhere.
#[derive(Default)]
struct KeptFacts(Mutex<FxHashMap<(usize, Edition), OfText>>);

/// Facts, with the text that they are of.
type OfText = (Arc<str>, Arc<FileFacts>);

impl KeptFacts {
    fn of(&self, sources: &SourceTree, file: FileId, edition: Edition) -> Arc<FileFacts> {
        let text = &sources.file(file).text;
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (place(text), edition);
        if let Some((_, facts)) = lock().get(&key) {
            return Arc::clone(facts);
        }
        let facts = Arc::new(facts::read(text, edition));
        lock().insert(key, (Arc::clone(text), Arc::clone(&facts)));
        facts
    }

    fn forget_all_but(&self, sources: &SourceTree) {
        let needed: FxHashSet<usize> = sources.ids().map(|id| place(&sources.file(id).text)).collect();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|(place, _), _| needed.contains(place));
    }
}

fn place(text: &Arc<str>) -> usize {
    text.as_ptr().addr()
}

#[cfg(test)]
mod tests;
