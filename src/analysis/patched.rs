//! A patch, proved before it is offered: its texts are analysed in memory and held against what the draft promised.
//!
//! In: a session whose code the draft was laid over.  Out: [`Patched`].  No file is changed.  Not here: what is edited
//! (`patch`), and writing it.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{Analysis, AnalysisError, Session};
use crate::draft::{self, Drafted, Gravity, Ground};
use crate::load;
use crate::patch::{self, Narrower, Patch, Promise, Subject};
use crate::rules::{Violation, narrower};
use crate::source::{SourceFile, SourceTree};
use crate::workspace::{Dependency, Workspace};

/// The edits that a draft means.
#[derive(Debug)]
pub struct Patched {
    pub patch: Patch,
    /// The code after them, against the draft.
    pub promise: Promise,
    /// What they lead to.
    pub analysis: Analysis,
}

impl Patched {
    /// As `git apply` takes it.
    pub fn text(&self) -> String {
        patch::unified(&self.patch.files)
    }
}

impl Session {
    /// `None` if `ground` is not of the code that this session knows.
    ///
    /// # Errors
    /// `cancel` alone.
    pub fn patch(
        &mut self,
        ground: &Ground,
        drafted: &Drafted,
        cancel: &AtomicBool,
    ) -> Result<Option<Patched>, AnalysisError> {
        let today = ground.model();
        let Some(written) = self.written(today) else { return Ok(None) };
        let root = self.root().to_owned();
        let manifest = |path: &str| load::read_text(&root.join(path)).ok().map(Arc::from);
        let config = self.config().cloned();
        let (workspace, sources) = self.files();
        let subject = Subject {
            today,
            drafted,
            workspace: &workspace,
            sources: &sources,
            written: &written,
            manifest: &manifest,
            config: config.as_ref().map(|file| (file.path.as_str(), &*file.text)),
        };
        let patch = patch::patch(&subject);
        let analysis = self.after(&patch, cancel)?;
        let mut promise = patch::promise(drafted, &analysis.model, &analysis.verdict);
        // No analysis of names tells what Cargo and the compiler refuse.
        let conditions = draft::conditions(ground, drafted).into_iter();
        let refused = conditions.filter(|it| it.gravity == Gravity::Refused);
        promise.differences.extend(refused.map(|it| format!("not possible: {}", it.message)));
        Ok(Some(Patched { patch, promise, analysis }))
    }

    /// What `over-exposed` finds, written narrower; `None` if `today` is not the code that this session knows, or nothing is
    /// found.
    ///
    /// # Errors
    /// `cancel` alone.
    pub fn narrow(&mut self, today: &Analysis, cancel: &AtomicBool) -> Result<Option<Patched>, AnalysisError> {
        let Some(written) = self.written(&today.model) else { return Ok(None) };
        let is_mended = |violation: &Violation| violation.from_node.is_some() && narrower(violation).is_some();
        let violations = today.verdict.violations.iter().map(|judged| &judged.violation).filter(|it| is_mended(it));
        let things = violations
            .filter_map(|violation| Some(Narrower { node: violation.from_node?, visibility: narrower(violation)? }));
        let things: Vec<Narrower<'_>> = things.collect();
        if things.is_empty() {
            return Ok(None);
        }
        let (_, sources) = self.files();
        let patch = patch::narrowed(&today.model, &sources, &written, &things);
        let analysis = self.after(&patch, cancel)?;
        let promise =
            patch::promise_of_less((&today.model, &analysis.model), (&today.verdict, &analysis.verdict), &is_mended);
        Ok(Some(Patched { patch, promise, analysis }))
    }

    /// What the texts of a patch lead to.
    fn after(&self, patch: &Patch, cancel: &AtomicBool) -> Result<Analysis, AnalysisError> {
        let (workspace, sources) = self.files();
        let mut files: Vec<SourceFile> = sources.ids().map(|id| sources.file(id).clone()).collect();
        let changed = |path: &str| patch.files.iter().find(|change| change.before == path);
        for file in &mut files {
            if let Some(change) = changed(&file.path) {
                let text = if change.old == change.new { Arc::clone(&file.text) } else { Arc::clone(&change.new) };
                *file = SourceFile::new(change.after.clone(), text);
            }
        }
        let config = self.config().map(|file| match changed(&file.path) {
            Some(change) => SourceFile::new(file.path.clone(), Arc::clone(&change.new)),
            None => file.clone(),
        });
        let workspace = with_dependencies(&workspace, patch);
        self.judged(workspace, Arc::new(SourceTree::new(files)), config, cancel)
    }
}

/// The workspace as Cargo would show it with the new entries of manifests.
fn with_dependencies(workspace: &Arc<Workspace>, patch: &Patch) -> Arc<Workspace> {
    if patch.dependencies.is_empty() {
        return Arc::clone(workspace);
    }
    let mut with = Workspace::clone(workspace);
    for new in &patch.dependencies {
        let Some(on) = workspace.package_ids().find(|id| workspace.package(*id).name == new.on) else { continue };
        let library = workspace.package(on).targets.iter().find(|target| target.kind.is_library());
        let extern_name = library.map_or_else(|| new.on.replace('-', "_"), |target| target.crate_name());
        let dependency = Dependency {
            extern_name,
            manifest_name: new.on.clone(),
            package: new.on.clone(),
            local: Some(on),
            kind: new.kind,
            target: None,
            optional: false,
            default_features: true,
            features: Vec::new(),
        };
        with.packages.iter_mut().filter(|it| it.name == new.of).for_each(|it| it.dependencies.push(dependency.clone()));
    }
    Arc::new(with)
}
