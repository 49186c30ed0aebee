//! From a path to an analysis of the files on disk, or of a commit (`revision`).
//!
//! In: a path, what is asked for, and later the paths of files that changed.  Out: [`Analysis`].  Not here: reading itself
//! (`load`, `git`).

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::baselines::baselines;
use super::manifests::manifests;
use super::may::may;
use super::patched::Patched;
use super::{
    Analysis, AnalysisError, Answer, Asked, Beyond, Gathered, MayError, Phase, Progress, Session, analyze, outside,
    registry, revision,
};
use crate::config;
use crate::draft::{Drafted, Ground};
use crate::enrich::Enrichment;
use crate::enrich::scip::{self, Index};
use crate::load;
use crate::source::{SourceFile, SourceTree};
use crate::workspace::{Package, TargetKind, Workspace};

/// Loads and analyzes a workspace, as it is on disk or in the revision that is asked for.
///
/// # Errors
/// Whatever keeps the workspace from being loaded at all, and `cancel`.
pub fn open(
    path: &Path,
    asked: &Asked,
    progress: &(dyn Fn(Progress) + Sync),
    cancel: &AtomicBool,
) -> Result<Analysis, AnalysisError> {
    let gathered = gather(path, asked, progress, cancel)?;
    analyze(Gathered { earlier: asked.earlier.clone(), ..gathered }, progress, cancel)
}

/// A workspace that is analysed again as its files on disk change.
#[derive(Default)]
pub struct Live {
    path: PathBuf,
    asked: Asked,
    session: Option<Session>,
}

impl Live {
    pub fn new(asked: Asked) -> Self {
        Self { asked, ..Self::default() }
    }

    /// What is shown is a commit, and not the files on disk.
    pub fn is_of_commit(&self) -> bool {
        self.asked.commit().is_some()
    }

    /// Opens a workspace in the place of the one before.
    ///
    /// # Errors
    /// As [`open`].
    pub fn open(
        &mut self,
        path: &Path,
        progress: &(dyn Fn(Progress) + Sync),
        cancel: &AtomicBool,
    ) -> Result<Analysis, AnalysisError> {
        self.session = None;
        self.path = path.to_owned();
        let (session, analysis) = Session::start(gather(path, &self.asked, progress, cancel)?, progress, cancel)?;
        self.session = Some(session);
        Ok(analysis)
    }

    /// What another riprap.toml would lead to, but for what it asks to be looked at beyond the sources; nothing is taken
    /// over.  `None` where no workspace is analysed.
    ///
    /// # Errors
    /// `cancel` alone.
    pub fn under(&self, config: &str, cancel: &AtomicBool) -> Result<Option<Analysis>, AnalysisError> {
        let session = self.session.as_ref();
        session.map(|session| session.under(Some(config_file(config.to_owned())), cancel)).transpose()
    }

    /// CODEOWNERS says whose the code is.
    pub fn has_owners(&self) -> bool {
        self.session.as_ref().is_some_and(Session::has_owners)
    }

    pub(super) fn owners_of(&self, path: &str) -> String {
        self.session.as_ref().map(|session| session.owners_of(path)).unwrap_or_default()
    }

    /// May `from` use `to`, in the workspace as `analysis` has it?  `None` where no workspace is analysed.
    ///
    /// # Errors
    /// Names that mean nothing, and `cancel`.
    pub fn may(
        &self,
        analysis: &Analysis,
        from: &str,
        to: &str,
        cancel: &AtomicBool,
    ) -> Result<Option<Answer>, MayError> {
        self.session.as_ref().map(|session| may(session, analysis, from, to, cancel)).transpose()
    }

    /// The edits that a draft of this very analysis means, and whether they keep its promise; `None` where the workspace is
    /// another one by now, and for a commit.
    ///
    /// # Errors
    /// `cancel` alone.
    pub fn patch(
        &mut self,
        ground: &Ground,
        drafted: &Drafted,
        cancel: &AtomicBool,
    ) -> Result<Option<Patched>, AnalysisError> {
        if self.asked.commit().is_some() {
            return Ok(None);
        }
        self.session.as_mut().map_or(Ok(None), |session| session.patch(ground, drafted, cancel))
    }

    /// What `over-exposed` finds in this very analysis, written narrower; `None` where it finds nothing, where the workspace is
    /// another one by now, and for a commit.
    ///
    /// # Errors
    /// `cancel` alone.
    pub fn narrow(&mut self, today: &Analysis, cancel: &AtomicBool) -> Result<Option<Patched>, AnalysisError> {
        if self.asked.commit().is_some() {
            return Ok(None);
        }
        self.session.as_mut().map_or(Ok(None), |session| session.narrow(today, cancel))
    }

    /// What is known after files changed; `None` if nothing that counts is different.
    ///
    /// # Errors
    /// As [`open`].
    pub fn follow(
        &mut self,
        changed: &[PathBuf],
        progress: &(dyn Fn(Progress) + Sync),
        cancel: &AtomicBool,
    ) -> Result<Option<Analysis>, AnalysisError> {
        let path = self.path.clone();
        if self.asked.commit().is_some() {
            // A commit never changes.
            return Ok(None);
        }
        let Some(session) = &mut self.session else { return self.open(&path, progress, cancel).map(Some) };
        let root = session.root();
        let config_path = root.join(load::CONFIG);
        if !changed.is_empty() && changed.iter().all(|path| *path == config_path) {
            // One that cannot be read is told with what opening the workspace says of it.
            let text = load::read_text_if_any(&config_path);
            let old = session.config().map(|file| &*file.text);
            match text {
                Ok(new) if new.as_deref() == old => return Ok(None),
                Ok(new) if asked_in(new.as_deref()) == asked_in(old) => {
                    return session.configure(new.map(config_file), progress, cancel).map(Some);
                }
                _ => return self.open(&path, progress, cancel).map(Some),
            }
        }
        let paths: Option<Vec<String>> = changed.iter().map(|path| load::source_path(root, path)).collect();
        // A new folder is told with what is in it; a manifest or a file that is gone changes the module tree.
        let files: Option<Vec<SourceFile>> =
            paths.and_then(|paths| load::extra(root, &paths).into_iter().map(Result::ok).collect());
        match files {
            // Which crates outside are looked at depends on what every file says.
            Some(files) if session.knows(&files) && !session.reads_outside() => {
                if !session.differs(&files) {
                    return Ok(None);
                }
                session.edit(files, progress, cancel).map(Some)
            }
            _ => self.open(&path, progress, cancel).map(Some),
        }
    }
}

fn config_file(text: String) -> SourceFile {
    SourceFile::new(load::CONFIG.to_owned(), text.into())
}

/// What a riprap.toml asks to be looked at beyond the sources.  One with problems asks for nothing: they are told when it
/// is used.
fn asked_in(config: Option<&str>) -> Enrichment {
    config.and_then(|text| config::read(text).ok()).map(|config| config.enrich).unwrap_or_default()
}

/// Reads a workspace.
fn gather(
    path: &Path,
    asked: &Asked,
    progress: &(dyn Fn(Progress) + Sync),
    cancel: &AtomicBool,
) -> Result<Gathered, AnalysisError> {
    if let Some(commit) = asked.commit() {
        return revision::gather(path, commit, asked, progress, cancel);
    }
    let loaded = load::workspace(
        path,
        &|step| {
            let (phase, done, total) = match step {
                load::Progress::Manifests => (Phase::Manifests, 0, 0),
                load::Progress::Files => (Phase::Reading, 0, 0),
                load::Progress::Reading { done, total } => (Phase::Reading, done, total),
            };
            progress(Progress { phase, done, total });
        },
        cancel,
    )?;
    let written = asked_in(loaded.config.as_ref().map(|(_, text)| text.as_str())).seen_from(&loaded.root);
    let date = asked.date.unwrap_or(asked.today);
    let asked = asked.enrich.clone().and(written);
    let root = loaded.root;
    let (mut notes, mut sources) = (loaded.notes, loaded.sources);
    let outside = outside::named(&sources);
    if !outside.is_empty() {
        let mut files: Vec<SourceFile> = sources.ids().map(|id| sources.file(id).clone()).collect();
        for read in load::extra(&root, &outside) {
            match read {
                Ok(file) => files.push(file),
                // What does not exist is noted where a module is found to have no file.
                Err(note) if note.kind == "unreadable" => {}
                Err(note) => notes.push(note),
            }
        }
        sources = SourceTree::new(files);
    }
    if asked.out_dir {
        let mut files: Vec<SourceFile> = sources.ids().map(|id| sources.file(id).clone()).collect();
        for read in load::out_dirs(&loaded.target_folder, &with_build_script(&loaded.workspace)) {
            match read {
                Ok(file) => files.push(file),
                Err(note) => notes.push(note),
            }
        }
        sources = SourceTree::new(files);
    }
    let registry = if asked.registry {
        let (registry, told) = registry::gather(&root, &loaded.workspace, &sources, cancel)?;
        notes.extend(told);
        Some(Arc::new(registry))
    } else {
        None
    };
    let manifests = manifests(&root, &loaded.workspace);
    let paths = sources.ids().map(|id| sources.file(id).path.as_str());
    let baselines = baselines(&root, &loaded.workspace, paths)?;
    let shown = |file: &Path| load::shown(&root, file);
    let index = asked.scip.as_deref().map(|file| index(file, shown(file))).transpose()?;
    let beyond = Beyond { words: asked.words(shown), out_dir: asked.out_dir, index, registry };
    Ok(Gathered {
        root,
        workspace: Arc::new(loaded.workspace),
        sources: Arc::new(sources),
        codeowners: loaded.codeowners,
        beyond,
        date,
        commit: None,
        manifests,
        config: loaded.config.map(|(path, text)| SourceFile::new(path, text.into())),
        baselines,
        earlier: None,
        of_another_time: false,
        notes,
    })
}

fn index(file: &Path, shown: String) -> Result<Arc<Index>, AnalysisError> {
    let bytes = load::contents(file)?;
    let no_index = |reason| AnalysisError::NoIndex { file: file.to_owned(), reason };
    scip::read(shown, &bytes).map(Arc::new).map_err(no_index)
}

/// The packages that have an `OUT_DIR`.
fn with_build_script(workspace: &Workspace) -> Vec<&str> {
    let has_one = |package: &&Package| package.targets.iter().any(|it| it.kind == TargetKind::BuildScript);
    workspace.packages.iter().filter(has_one).map(|package| package.name.as_str()).collect()
}
