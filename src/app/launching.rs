//! Opening places in an editor, and choosing which one that is.
//!
//! In: a place, the settings, what the worker says.  Out: jobs for the worker, and a word to the person.  A part of
//! `execute`, the one writer of state.  Not here: which place is meant (`spot`), and starting anything (`crate::launch`).

use super::command::Command;
use super::editor_choice::EditorChoice;
use super::mail::Job;
use super::notice::Notice;
use super::spot::Spot;
use super::state::{Overlay, State};
use super::tools::Tools;
use super::widgets::sentence;
use crate::launch::{LaunchError, Survey};

pub(crate) fn open(state: &State, spot: Spot, tools: &Tools<'_>) {
    if let Some(document) = &state.document {
        let place = spot.in_workspace(&document.analysis);
        tools.worker.launch(state.settings.editor.clone(), spot, place);
    }
}

/// An editor was started, or none was, or it failed at once.
pub(crate) fn ended(state: &mut State, spot: &Spot, result: Result<String, LaunchError>, tools: &Tools<'_>) {
    state.notice = Some(match result {
        Ok(editor) => Notice::done(format!("Opens `{spot}` in {editor}"), tools.ctx.input(|input| input.time)),
        Err(error) => {
            let helps = match error {
                LaunchError::NoFile { .. } => Command::Reload,
                _ => Command::ChooseEditor,
            };
            Notice::failed(sentence(&error.to_string()), vec![helps])
        }
    });
}

pub(crate) fn choose(state: &mut State, tools: &Tools<'_>) {
    state.overlay = Overlay::Editor(EditorChoice::new(&state.settings.editor));
    tools.worker.send(Job::Survey);
}

pub(crate) fn surveyed(state: &mut State, survey: Survey) {
    if let Overlay::Editor(choice) = &mut state.overlay {
        choice.survey = Some(survey);
    }
}
