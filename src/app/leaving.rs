//! Leaving a workspace, and asking first where its riprap.toml has changes that are not saved.
//!
//! In: what a person wants to do next.  Out: that, at once or after the draft is saved or dropped.  Not here: the question
//! (`panels::unsaved`).

use std::path::{Path, PathBuf};

use super::editing;
use super::execute::{close, open};
use super::state::{Center, Overlay, State};
use super::tools::Tools;
use crate::load;

/// What takes the place of an opened workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Leaving {
    Quit,
    Close,
    Open(PathBuf),
}

/// How a draft that is not saved ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LastWord {
    Save,
    Drop,
}

/// Leaves, or asks first.
pub(crate) fn leave(state: &mut State, leaving: Leaving, tools: &Tools<'_>) {
    if has_unsaved(state) {
        state.overlay = Overlay::Unsaved(leaving);
    } else {
        go(state, leaving, tools);
    }
}

/// Keeps the window open while somebody is asked.
pub(crate) fn hold_window(state: &mut State, ctx: &egui::Context) {
    if ctx.input(|input| input.viewport().close_requested()) && has_unsaved(state) {
        ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
        state.overlay = Overlay::Unsaved(Leaving::Quit);
    }
}

/// The answer to the question.
pub(crate) fn answered(state: &mut State, word: LastWord, tools: &Tools<'_>) {
    let Overlay::Unsaved(leaving) = std::mem::take(&mut state.overlay) else { return };
    let Some(document) = &mut state.document else { return };
    match word {
        LastWord::Drop => {
            document.draft.revert(0.0);
            go(state, leaving, tools);
        }
        LastWord::Save => {
            editing::save_rules(document, tools);
            state.leaving = Some(leaving);
        }
    }
}

/// A file was written, or was not: then the workspace stays, with what is wrong.
pub(crate) fn written(state: &mut State, path: &Path, is_written: bool, tools: &Tools<'_>) {
    if !path.ends_with(load::CONFIG) {
        return;
    }
    let Some(leaving) = state.leaving.take() else { return };
    if is_written {
        go(state, leaving, tools);
    } else {
        state.center = Center::Rules;
    }
}

fn has_unsaved(state: &State) -> bool {
    state.document.as_ref().is_some_and(|document| document.draft.is_changed())
}

fn go(state: &mut State, leaving: Leaving, tools: &Tools<'_>) {
    match leaving {
        Leaving::Quit => tools.ctx.send_viewport_cmd(egui::ViewportCommand::Close),
        Leaving::Close => close(state, tools),
        Leaving::Open(path) => open(state, path, tools),
    }
}
