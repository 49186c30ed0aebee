//! How often files change, for the treemap: asked for when it is first looked at, and again when other commits are there.
//!
//! In: what is shown, what the worker says.  Out: the document with what is known of its commits.  A part of `execute`, the
//! one writer of state.  Not here: going through commits (`worker`).

use std::sync::Arc;

use super::drawing;
use super::generation::Generation;
use super::look::Drawing;
use super::mail::Job;
use super::pane::Pane;
use super::state::{Screen, State};
use super::timeline::Running;
use super::tools::Tools;
use crate::history::Churn;

/// What is due in this frame.
pub(crate) fn go_on(state: &mut State, tools: &Tools<'_>) {
    if state.screen != Screen::Map || !state.tiles.shows(Pane::Canvas(Drawing::Treemap)) {
        return;
    }
    let generation = state.generation + 1;
    let Some(document) = &mut state.document else { return };
    let is_needed = document.needs_churn();
    let churning = &mut document.churning;
    if !is_needed || churning.running.is_some() || churning.is_settled() {
        return;
    }
    let (running, cancel) = Running::new(generation, true);
    churning.running = Some(running);
    churning.again = false;
    state.generation = generation;
    let root = document.analysis.root.clone();
    tools.worker.send(Job::Churn { generation, root, cancel });
}

/// Takes what was found.
pub(crate) fn found(state: &mut State, generation: Generation, result: Result<Arc<Churn>, String>, tools: &Tools<'_>) {
    let Some(document) = &mut state.document else { return };
    let churning = &mut document.churning;
    if churning.running.take_if(|running| running.generation == generation).is_none() {
        return;
    }
    match result {
        Ok(churn) => churning.known = Some(churn),
        Err(why) => churning.failed = Some(why),
    }
    if document.needs_churn() {
        drawing::draw(document, tools.measurer);
        drawing::refit(document);
    }
}
