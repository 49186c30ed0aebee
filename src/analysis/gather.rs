//! From a path to an analysis: the only part of the spine that reads the disk, through `load`.
//!
//! In: a path, and later the paths of files that changed.  Out: [`Analysis`].  Not here: reading itself.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::{Analysis, AnalysisError, Gathered, Phase, Progress, Session, analyze};
use crate::load;
use crate::source::{self, SourceFile, SourceTree};

/// Loads and analyzes a workspace as it is on disk.
///
/// # Errors
/// Whatever keeps the workspace from being loaded at all, and `cancel`.
pub fn open(path: &Path, progress: &(dyn Fn(Progress) + Sync), cancel: &AtomicBool) -> Result<Analysis, AnalysisError> {
    analyze(gather(path, progress, cancel)?, progress, cancel)
}

/// A workspace on disk that is analysed again as its files change.
#[derive(Default)]
pub struct Live {
    path: PathBuf,
    session: Option<Session>,
}

impl Live {
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
        let (session, analysis) = Session::start(gather(path, progress, cancel)?, progress, cancel)?;
        self.session = Some(session);
        Ok(analysis)
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
        let Some(session) = &mut self.session else { return self.open(&path, progress, cancel).map(Some) };
        let root = session.root();
        let paths: Option<Vec<String>> = changed.iter().map(|path| load::source_path(root, path)).collect();
        // A new folder is told with what is in it; a manifest or a file that is gone changes the module tree.
        let files: Option<Vec<SourceFile>> =
            paths.and_then(|paths| load::extra(root, &paths).into_iter().map(Result::ok).collect());
        match files {
            Some(files) if session.knows(&files) => {
                if !session.differs(&files) {
                    return Ok(None);
                }
                session.edit(files, progress, cancel).map(Some)
            }
            _ => self.open(&path, progress, cancel).map(Some),
        }
    }
}

/// Reads a workspace from disk.
fn gather(path: &Path, progress: &(dyn Fn(Progress) + Sync), cancel: &AtomicBool) -> Result<Gathered, AnalysisError> {
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
    let (mut notes, mut sources) = (loaded.notes, loaded.sources);
    let outside = named_outside(&sources);
    if !outside.is_empty() {
        let mut files: Vec<SourceFile> = sources.ids().map(|id| sources.file(id).clone()).collect();
        for read in load::extra(&loaded.root, &outside) {
            match read {
                Ok(file) => files.push(file),
                // What does not exist is noted where a module is found to have no file.
                Err(note) if note.kind == "unreadable" => {}
                Err(note) => notes.push(note),
            }
        }
        sources = SourceTree::new(files);
    }
    Ok(Gathered {
        root: loaded.root,
        workspace: loaded.workspace,
        sources,
        config: loaded.config.map(|(path, text)| SourceFile::new(path, text.into())),
        baseline: loaded.baseline.map(|(path, text)| SourceFile::new(path, text.into())),
        notes,
    })
}

/// Files that `#[path = "../x.rs"]` or `include!("../x.rs")` name and no package folder holds (RESOLUTION.md F21).
fn named_outside(sources: &SourceTree) -> Vec<String> {
    let mut outside = BTreeSet::new();
    for id in sources.ids() {
        let file = sources.file(id);
        for opening in ["path = \"", "path=\"", "include!(\""] {
            for rest in file.text.split(opening).skip(1) {
                let literal = rest.split('"').next().unwrap_or_default();
                if literal.contains("..") && literal.ends_with(".rs") && !literal.contains(['\n', '{', '\\']) {
                    let path = source::join(source::folder_of(&file.path), literal);
                    if sources.find(&path).is_none() {
                        outside.insert(path);
                    }
                }
            }
        }
    }
    outside.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_that_are_named_and_not_there_are_asked_for() {
        let text =
            "#[path = \"../../shared/x.rs\"]\nmod x;\n#[path = \"../b.rs\"]\nmod b;\ninclude!(\"../../gen.rs\");\n";
        let file = |path: &str, text: &str| SourceFile::new(path.into(), text.into());
        let sources = SourceTree::new(vec![file("k/src/lib.rs", text), file("k/b.rs", "")]);
        assert_eq!(named_outside(&sources), ["gen.rs", "shared/x.rs"]);
    }
}
