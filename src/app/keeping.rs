//! A draft as a file, and its list of moves for people.
//!
//! In: a draft, and what is on disk.  Out: jobs that read and write; what somebody else wrote is not overwritten unseen.  A
//! part of `execute`, the one writer of state.  Not here: the texts (`crate::draft`, `crate::export`).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::command::Command;
use super::drafting::Drafting;
use super::edits::FileEdit;
use super::laying::{change, drafting};
use super::mail::{Job, NewPatch, NotWritten};
use super::motion::Arrival;
use super::notice::Notice;
use super::state::State;
use super::tools::Tools;
use crate::draft;
use crate::export::moves;

/// The list of moves for people, beside riprap.toml.
const MARKDOWN: &str = "riprap.draft.md";
/// The edits that the moves mean, beside riprap.toml.
const PATCH: &str = "riprap.draft.patch";

/// riprap.draft.toml was read: it is taken where nothing was drafted yet.
pub(super) fn read(state: &mut State, text: Result<Option<String>, String>, tools: &Tools<'_>) {
    let Some(drafting) = drafting(state) else { return };
    let text = match text {
        Ok(Some(text)) => text,
        Ok(None) => return,
        Err(message) => {
            state.notice = Some(Notice::failed(message, Vec::new()));
            return;
        }
    };
    drafting.on_disk = Some(text.clone());
    if !drafting.draft.moves.is_empty() {
        return;
    }
    match draft::read(&text) {
        Ok(draft) if draft.moves.is_empty() => {}
        Ok(draft) => {
            let said = format!("Opened {} with {} moves", draft::FILE, draft.moves.len());
            change(state, draft, Arrival::Stay, tools);
            state.notice = Some(Notice::done(said, tools.now()));
        }
        Err(mistakes) => {
            let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            state.notice = Some(Notice::failed(told.join("\n"), Vec::new()));
        }
    }
}

pub(super) fn markdown(drafting: &Drafting) -> Option<String> {
    let (ground, drafted) = (drafting.ground.as_ref()?, drafting.drafted()?);
    let changes = drafting.told.as_ref().map_or(&[][..], |told| &told.changes);
    Some(moves::moves(ground, drafted, changes))
}

/// Writes the draft, unless somebody else wrote the file meanwhile.
pub(super) fn save(state: &mut State, tools: &Tools<'_>) {
    let Some(document) = &mut state.document else { return };
    let root = document.analysis.root.clone();
    let Some(drafting) = &mut document.drafting else { return };
    let text = draft::write(&drafting.draft);
    let before = drafting.on_disk.replace(text.clone());
    tools.worker.send(Job::Edit(FileEdit {
        path: root.join(draft::FILE),
        before,
        after: Some(text),
        what: format!("Saved {}", draft::FILE),
    }));
}

/// What became of writing a draft; false for another file.
pub(super) fn written(state: &mut State, path: &Path, result: &Result<(), NotWritten>, tools: &Tools<'_>) -> bool {
    if !path.ends_with(draft::FILE) {
        return false;
    }
    match result {
        Ok(()) => {
            let said = format!("Saved {}", draft::FILE);
            state.notice = Some(Notice::done(said, tools.now()));
        }
        Err(failure) => {
            let message = match failure {
                NotWritten::ChangedMeanwhile => {
                    format!("{} was changed by somebody else: save again to replace what it says now", draft::FILE)
                }
                NotWritten::Failed(message) => message.clone(),
            };
            // What is there now is read, so that the next attempt replaces what was seen.
            state.notice = Some(Notice::failed(message, vec![Command::SaveDraft]));
            tools.worker.send(Job::ReadDraft { path: path.to_owned() });
        }
    }
    true
}

pub(super) fn write(state: &mut State, tools: &Tools<'_>) {
    let Some(document) = &mut state.document else { return };
    let path: PathBuf = document.analysis.root.join(MARKDOWN);
    let Some(text) = document.drafting.as_deref().and_then(markdown) else { return };
    tools.worker.send(Job::Write { path, bytes: text.into_bytes() });
    state.notice = Some(Notice::done(format!("Wrote {MARKDOWN}"), tools.now()));
}

/// Asks for the edits; they are proved before they are written.
pub(super) fn patch(state: &mut State, tools: &Tools<'_>) {
    let Some(document) = &mut state.document else { return };
    let path = document.analysis.root.join(PATCH);
    let Some(drafting) = document.drafting.as_deref() else { return };
    let (Some(ground), Some(laid)) = (&drafting.ground, &drafting.laid) else { return };
    let (ground, drafted) = (Arc::clone(ground), Arc::clone(&laid.drafted));
    tools.worker.send(Job::Patch { path, ground, drafted });
    state.notice =
        Some(Notice::done("Making a patch of the moves, and analysing the code with it".to_owned(), tools.now()));
}

/// A patch is there: it is written with what is to be said of it.
pub(super) fn patched(state: &mut State, path: PathBuf, result: Result<Box<NewPatch>, String>, tools: &Tools<'_>) {
    match result {
        Ok(patch) => {
            tools.worker.send(Job::Write { path, bytes: patch.text.into_bytes() });
            let said = format!("Wrote {PATCH}.  {}", patch.verdict);
            state.notice = Some(match patch.is_kept {
                true => Notice::done(said, tools.now()),
                false => Notice::failed(said, Vec::new()),
            });
        }
        Err(message) => state.notice = Some(Notice::failed(format!("No patch: {message}"), Vec::new())),
    }
}
