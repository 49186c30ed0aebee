//! Trying the draft of riprap.toml against the commits of the opened workspace.
//!
//! In: what a person asks for, what the worker says.  Out: the changed [`Trial`](super::trial::Trial).  A part of `execute`,
//! the one writer of state.

use super::mail::Job;
use super::pane::Pane;
use super::state::{Document, State};
use super::tiling;
use super::timeline::Running;
use super::tools::Tools;
use super::trial::{OnTrial, Tried};
use crate::analysis::{Progress, Rules, Stretch};
use crate::load;

/// Goes through the commits with what is in the editor.
pub(crate) fn begin(state: &mut State, tools: &Tools<'_>) {
    tiling::show(state, Pane::Rules, tools);
    let generation = state.next_generation();
    let Some(document) = &mut state.document else { return };
    let Some(text) = document.rules_draft.text.clone() else { return };
    let (running, cancel) = Running::new(generation, false);
    let trial = &mut document.trial;
    trial.running = Some(running);
    trial.failed = None;
    let rules = Rules::Other { name: load::CONFIG.to_owned(), text: text.clone() };
    let stretch = Stretch { last: trial.last, every: 1, rules, ..Stretch::default() };
    tools.worker.send(Job::Try { generation, stretch, text, cancel });
}

/// Does what a hand wants.
pub(crate) fn grant(document: &mut Document, wish: OnTrial) {
    let trial = &mut document.trial;
    match wish {
        OnTrial::SetLast(last) => trial.last = last,
        OnTrial::SetRule(rule) => (trial.rule, trial.picked) = (rule, None),
        OnTrial::Pick(index) => trial.picked = (trial.picked != Some(index)).then_some(index),
        OnTrial::Cancel => trial.running = None,
    }
}

pub(crate) fn progressed(document: &mut Document, generation: u64, progress: Progress) {
    let running = document.trial.running.as_mut();
    if let Some(running) = running.filter(|running| running.generation == generation) {
        running.progress = Some(progress);
    }
}

/// Takes what came of it.
pub(crate) fn ended(document: &mut Document, generation: u64, result: Result<Box<Tried>, String>) {
    let trial = &mut document.trial;
    if trial.running.take_if(|running| running.generation == generation).is_none() {
        return;
    }
    (trial.rule, trial.picked) = (None, None);
    match result {
        Ok(tried) => trial.tried = Some(tried),
        Err(message) => (trial.tried, trial.failed) = (None, Some(message)),
    }
}
