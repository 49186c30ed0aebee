//! Naming what is shown, and changing and deleting what was named: files of `riprap.views/`, each of which can be taken back
//! like any other edit.
//!
//! In: forms, and what the worker read.  Out: the list of named views, jobs that write files.  A part of `execute`, the one
//! writer of state.  Not here: taking a view up again (`viewing`), and what a file looks like (`crate::viewpoint`).

use std::path::{Path, PathBuf};

use super::command::Command;
use super::editing;
use super::edits::FileEdit;
use super::mail::{Job, NotWritten};
use super::named::{NamedFile, ViewForm};
use super::notice::Notice;
use super::state::{Document, Overlay, State};
use super::tools::Tools;
use super::viewing;
use super::widgets::sentence;
use crate::load;
use crate::viewpoint::file::{NamedView, file_name};

/// Opens the form for what is shown.
pub(super) fn prepare(state: &mut State) {
    state.overlay = Overlay::SaveView(ViewForm::default());
}

/// Opens the form for a view that is there.
pub(super) fn edit(state: &mut State, file: &str) {
    let Some(view) = state.document.as_ref().and_then(|document| document.named_view(file)) else { return };
    let (name, note) = (view.name.clone(), view.note.clone());
    state.overlay = Overlay::SaveView(ViewForm { file: Some(file.to_owned()), name, note, is_shown: false });
}

/// Writes what the form says.
pub(super) fn save(state: &mut State, tools: &Tools<'_>) {
    let Overlay::SaveView(form) = &state.overlay else { return };
    let (name, note) = (form.name.trim().to_owned(), form.note.trim().to_owned());
    if name.is_empty() {
        return;
    }
    let shown = viewing::viewpoint(state);
    let Some(document) = &state.document else { return };
    let (file, viewpoint, what) = match &form.file {
        Some(file) => {
            let Some(view) = document.named_view(file) else { return };
            (file.clone(), view.viewpoint.clone(), format!("Changed the view `{name}`"))
        }
        None => {
            let Some(viewpoint) = shown else { return };
            (file_name(&name), viewpoint, format!("Saved the view `{name}`"))
        }
    };
    let text = NamedView { name, note, viewpoint }.to_text();
    write(state, &file, Some(text), what, tools);
    state.overlay = Overlay::None;
}

/// Takes the file of a view away; that can be taken back.
pub(super) fn delete(state: &mut State, file: &str, tools: &Tools<'_>) {
    let Some(named) = state.document.as_ref().and_then(|document| document.named_file(file)) else { return };
    let what = format!("Deleted the view `{}`", named.name());
    write(state, file, None, what, tools);
}

fn write(state: &mut State, file: &str, after: Option<String>, what: String, tools: &Tools<'_>) {
    let Some(document) = &mut state.document else { return };
    let path = document.analysis.root.join(load::VIEWS).join(file);
    let before = document.named_file(file).and_then(|named| named.text.clone());
    if before == after {
        return;
    }
    state.notice = Some(Notice::done_with_offers(what.clone(), vec![Command::UndoEdit], tools.now()));
    editing::record(document, FileEdit { path, before, after, what }, tools);
}

/// Has the files read; the list follows.
pub(super) fn read(document: &Document, tools: &Tools<'_>) {
    tools.worker.send(Job::ReadViews { root: document.analysis.root.clone() });
}

pub(super) fn arrived(document: &mut Document, root: &Path, views: Vec<NamedFile>) {
    if document.analysis.root == root {
        document.named = views;
    }
}

/// The paths among what changed on disk that are of named views, and the others.
pub(super) fn apart(paths: Vec<PathBuf>) -> (Vec<PathBuf>, Vec<PathBuf>) {
    paths.into_iter().partition(|path| load::is_view(path) || path.ends_with(load::VIEWS))
}

/// Why a view was not written.
pub(super) fn not_written(path: &Path, failure: &NotWritten) -> Notice {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Notice::failed(
        match failure {
            NotWritten::ChangedMeanwhile => {
                format!("`{name}` was changed by somebody else meanwhile: it stays as it is")
            }
            NotWritten::Failed(message) => sentence(message),
        },
        Vec::new(),
    )
}

impl Document {
    pub(crate) fn named_file(&self, file: &str) -> Option<&NamedFile> {
        self.named.iter().find(|named| named.file == file)
    }

    pub(crate) fn named_view(&self, file: &str) -> Option<&NamedView> {
        self.named_file(file).and_then(|named| named.view.as_ref().ok())
    }

    /// The view that would be replaced if something of this name was saved.
    pub(crate) fn named_like(&self, name: &str) -> Option<&NamedFile> {
        self.named_file(&file_name(name))
    }
}
