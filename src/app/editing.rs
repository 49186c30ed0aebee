//! Editing files of the workspace: riprap.baseline, riprap.toml and named views.
//!
//! In: what a person wants to say.  Out: jobs that write the files, and a history that takes them back; the window follows
//! as it follows any change on disk.  What somebody else wrote meanwhile is never overwritten.  Not here: what the texts
//! are (`accept`, `crate::edit`), and writing (`worker`).

use std::path::Path;
use std::sync::Arc;

use super::accept;
use super::edits::FileEdit;
use super::mail::{Job, NotWritten};
use super::pane::Pane;
use super::rules_draft::RulesDraft;
use super::state::{Document, Screen, State};
use super::tools::Tools;
use crate::edit::{self, Change};
use crate::load;

/// Accepts a violation in riprap.baseline, or takes it out.
pub(crate) fn toggle_accepted(document: &mut Document, index: usize, tools: &Tools<'_>) {
    let Some(file) = accept::file_of(&document.analysis, index) else { return };
    let path = document.analysis.root.join(&file);
    let analysed = document.analysis.baselines.file(&file).map(|file| &*file.text);
    let before = latest(document, &path, analysed);
    let Some((text, what)) = accept::toggled(&document.analysis, index, before.as_deref()) else { return };
    record(document, FileEdit { path, before, after: Some(text), what }, tools);
}

/// Makes a change in riprap.toml, which is made if there is none; a refusal is told.  Where there is a draft that is not
/// saved, the change is made there.
pub(crate) fn change_rules(document: &mut Document, change: &Change, tools: &Tools<'_>) {
    if document.rules_draft.is_changed() {
        document.rules_draft.change(change, tools.ctx.input(|input| input.time));
        let done = || format!("{}, in the draft of riprap.toml: it is not saved yet", change.what());
        document.edited = Some(document.rules_draft.told.clone().map_or_else(|| Ok(done()), Err));
        return;
    }
    let path = document.analysis.root.join(load::CONFIG);
    let before = rules(document);
    match edit::apply(before.as_deref(), change) {
        Ok(text) => record(document, FileEdit { path, before, after: Some(text), what: change.what() }, tools),
        Err(refusal) => document.edited = Some(Err(refusal.to_string())),
    }
}

/// Writes the draft of riprap.toml.
pub(crate) fn save_rules(document: &mut Document, tools: &Tools<'_>) {
    let RulesDraft { text, base, .. } = &document.rules_draft;
    let path = document.analysis.root.join(load::CONFIG);
    let what = if base.is_some() { "Saved riprap.toml" } else { "Began a riprap.toml" };
    let edit = FileEdit { path, before: base.clone(), after: text.clone(), what: what.to_owned() };
    record(document, edit, tools);
}

/// What riprap.toml says, or will say once what was asked for is written; the draft, where that is not saved.
pub(crate) fn rules(document: &Document) -> Option<String> {
    if document.rules_draft.is_changed() {
        return document.rules_draft.text.clone();
    }
    let path = document.analysis.root.join(load::CONFIG);
    latest(document, &path, document.analysis.config.as_ref().map(|file| &*file.text))
}

/// Has the draft of riprap.toml judged where it is looked at and nobody types.
pub(crate) fn judge_draft(state: &mut State, tools: &Tools<'_>) {
    if state.screen != Screen::Map || !state.tiles.shows(Pane::Rules) {
        return;
    }
    let now = tools.ctx.input(|input| input.time);
    let Some(document) = &mut state.document else { return };
    let generation = state.generation + 1;
    if let Some((text, cancel)) = document.rules_draft.due(now, generation) {
        state.generation = generation;
        let analysis = Arc::clone(&document.analysis);
        tools.worker.send(Job::Judge { generation, text, cancel, now: analysis });
    } else if let Some(pause) = document.rules_draft.pause(now) {
        tools.ctx.request_repaint_after_secs(pause as f32);
    }
}

/// Takes back what was last written.
pub(crate) fn undo(document: &mut Document, tools: &Tools<'_>) {
    if let Some(edit) = document.edits.undo() {
        write(document, edit, tools);
    }
}

/// Writes again what was last taken back.
pub(crate) fn redo(document: &mut Document, tools: &Tools<'_>) {
    if let Some(edit) = document.edits.redo() {
        write(document, edit, tools);
    }
}

/// Takes what the worker says of a file that was to be written.
pub(crate) fn ended(document: &mut Document, path: &Path, result: Result<(), NotWritten>) {
    match result {
        Ok(()) => {
            if path == document.analysis.root.join(load::CONFIG)
                && let Some(text) = document.edits.text_of(path)
            {
                document.rules_draft.follow(text.as_deref());
            }
        }
        Err(NotWritten::ChangedMeanwhile) => {
            document.edits.forget(path);
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let told = format!("`{name}` was changed by somebody else meanwhile: it stays as it is on disk");
            document.edited = Some(Err(told));
        }
        Err(NotWritten::Failed(message)) => {
            document.edits.failed(path);
            document.edited = Some(Err(message));
        }
    }
}

/// What is on disk is what the analysis shows.
pub(crate) fn analysed(document: &mut Document) {
    document.edits.settled();
    document.rules_draft.follow(document.analysis.config.as_ref().map(|file| &*file.text));
}

/// What a file says: what was written last, or what was analysed.
fn latest(document: &Document, path: &Path, analysed: Option<&str>) -> Option<String> {
    document.edits.text_of(path).cloned().unwrap_or_else(|| analysed.map(str::to_owned))
}

/// Writes a file, in a way that can be taken back.
pub(crate) fn record(document: &mut Document, edit: FileEdit, tools: &Tools<'_>) {
    document.edits.record(edit.clone());
    write(document, edit, tools);
}

fn write(document: &mut Document, edit: FileEdit, tools: &Tools<'_>) {
    document.overtaken = document.following;
    document.edited = Some(Ok(edit.what.clone()));
    tools.worker.send(Job::Edit(edit));
}
