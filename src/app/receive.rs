//! What the worker says, written into the state.
//!
//! In: a [`Message`].  Out: the changed [`State`], and jobs that follow from it.  A part of `execute`, the one writer of
//! state; an answer to a question that nobody asks any more changes nothing.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use super::amending;
use super::changes::with_document;
use super::churning;
use super::compare;
use super::drawing;
use super::editing;
use super::keeping;
use super::launching;
use super::leaving::Leaving;
use super::look::Drawing;
use super::mail::{Message, NotWritten};
use super::naming;
use super::notice::Notice;
use super::opening::{follow, leave, saved, show_opened};
use super::portraying;
use super::rewinding;
use super::sketch_text;
use super::sketching;
use super::state::{Failure, Overlay, Screen, State};
use super::tools::Tools;
use super::travel::show_arrangement;
use super::trying;
use super::whatif;
use super::widgets::sentence;
use crate::load;

/// A dialog that says nothing so soon was not shown at all: rfd cannot tell the two apart.
const DIALOG_AT_LEAST: Duration = Duration::from_millis(300);

/// Takes what the worker says.
pub(crate) fn receive(state: &mut State, message: Message, tools: &Tools<'_>) {
    match message {
        Message::Progress { generation, progress } => {
            if let Screen::Loading(loading) = &mut state.screen
                && generation == state.generation
            {
                loading.progress = Some(progress);
            }
        }
        Message::Opened { generation, result } => {
            let Screen::Loading(loading) = &state.screen else { return };
            if generation != state.generation {
                return;
            }
            let path = loading.path.clone();
            state.cancel = None;
            match result {
                Ok(opened) => {
                    show_opened(state, path, *opened, false, tools);
                    with_document(state, editing::analysed);
                }
                Err(message) => state.screen = Screen::Failed(Failure { path, message }),
            }
        }
        Message::Arranged { generation, view, arrangement } => {
            let animated = !state.settings.reduced_motion;
            with_document(state, |document| {
                if document.arranging == Some(generation) {
                    document.arranging = None;
                    document.view = view;
                    show_arrangement(document, arrangement, animated, tools.measurer);
                }
            });
        }
        Message::Sketched { generation, result } => sketching::arrived(state, generation, result, tools),
        Message::DraftLaid(message) => whatif::laid(state, *message, tools),
        Message::DraftTold { drafted, told } => whatif::told(state, &drafted, told),
        Message::MovesTried { generation, done, total } => whatif::tried(state, generation, (done, total)),
        Message::MovesSuggested { generation, found } => whatif::suggested(state, generation, found),
        Message::DraftRead(text) => keeping::read(state, text, tools),
        Message::Patched { path, result } => keeping::patched(state, path, result, tools),
        Message::CompareProgress { generation, progress } => compare::progressed(state, generation, progress),
        Message::Compared { generation, result } => compare::arrived(state, generation, result, tools),
        Message::ArrangedCompared { generation, view, compared } => {
            compare::arranged(state, generation, view, compared, tools);
        }
        Message::Suggested { path, landmarks } => {
            if state.comparisons.suggestions.path.as_ref() == Some(&path) {
                state.comparisons.suggestions.landmarks = Some(landmarks);
            }
        }
        Message::Changed(paths) => {
            let (views, others) = naming::apart(paths);
            if let Some(document) = &mut state.document {
                if !views.is_empty() {
                    naming::read(document, tools);
                }
                document.changed.extend(others);
            }
            follow(state, tools);
        }
        Message::Unwatched(reason) => with_document(state, |document| document.unwatched = Some(reason)),
        Message::Followed { generation, result } => {
            let Some(document) = &mut state.document else { return };
            if document.following != Some(generation) {
                return;
            }
            document.following = None;
            // It may have begun before the window itself wrote a file.
            let is_overtaken = document.overtaken.take().is_some();
            match result {
                Ok(Some(opened)) => {
                    let (path, changed) = (document.path.clone(), std::mem::take(&mut document.changed));
                    show_opened(state, path, *opened, true, tools);
                    with_document(state, |document| document.changed = changed);
                }
                Ok(None) => {}
                // What is shown stays; the next change or a reload may end better.
                Err(message) => document.stale = Some(message),
            }
            if !is_overtaken {
                with_document(state, editing::analysed);
            }
            follow(state, tools);
        }
        Message::Rewound { generation, result } => rewinding::rewound(state, generation, result, tools),
        Message::CommitsLookedAt { generation, progress } => rewinding::progressed(state, generation, progress),
        Message::CommitsListed { generation, told } => rewinding::listed(state, generation, *told, tools),
        Message::CommitsFound { generation, batch } => rewinding::found(state, generation, *batch),
        Message::History { generation, result } => rewinding::told(state, generation, result, tools),
        Message::TrialProgress { generation, progress } => {
            with_document(state, |document| trying::progressed(document, generation, progress));
        }
        Message::Tried { generation, result } => {
            with_document(state, |document| trying::ended(document, generation, result));
        }
        Message::HeadMoved => with_document(state, |document| {
            rewinding::head_moved(document);
            document.churning.head_moved();
        }),
        Message::Judged { generation, outcome } => {
            amending::judged(state, generation, &outcome);
            with_document(state, |document| document.rules_draft.judged(generation, outcome));
        }
        Message::Proposed { generation, text } => {
            with_document(state, |document| document.rules_draft.proposed(generation, text));
        }
        Message::Churned { generation, result } => churning::found(state, generation, result, tools),
        Message::Measured { analysis, metrics, below, findings } => with_document(state, |document| {
            if Arc::ptr_eq(&document.analysis, &analysis) {
                document.metrics = Some(metrics);
                document.below = Some(below);
                document.findings = Some(findings);
                if document.shows(Drawing::Treemap) {
                    drawing::draw(document, tools.measurer);
                }
            }
        }),
        Message::Completions { typed, folders } => state.completions = (typed, folders),
        Message::LaidOut(Ok(root)) => leave(state, Leaving::Open(root), tools),
        Message::LaidOut(Err(reason)) => state.hint = Some(sentence(&reason)),
        Message::Picked { path, waited } => {
            state.dialog_open = false;
            match path {
                Some(path) => leave(state, Leaving::Open(path), tools),
                None if waited < DIALOG_AT_LEAST => {
                    state.hint =
                        Some("No folder dialog could be shown here: type or paste the path instead".to_owned());
                }
                None => {}
            }
        }
        Message::PickedFile { path, waited } => portraying::picked(state, path, waited, tools),
        Message::Portrayed { generation, result } => portraying::ended(state, generation, result, tools),
        Message::ViewsRead { root, views } => {
            with_document(state, |document| naming::arrived(document, &root, views));
            if let Overlay::Finder(finder) = &mut state.overlay {
                finder.forget();
            }
        }
        Message::Queried { typed, answer } => {
            let marked: BTreeSet<_> = answer.marked.iter().copied().collect();
            if let Overlay::Finder(finder) = &mut state.overlay
                && finder.answer(&typed, *answer)
            {
                with_document(state, |document| document.found = marked);
            }
        }
        Message::NotOpened(reason) => state.notice = Some(Notice::failed(sentence(&reason), Vec::new())),
        Message::Written { path, result } => {
            if let Err(error) = result {
                state.hint = Some(format!("The settings in {} were not kept: {error}", path.display()));
            }
        }
        Message::Edited { path, result } => {
            if keeping::written(state, &path, &result, tools) {
                return;
            }
            let Some(document) = &mut state.document else { return };
            if load::is_view(&path) {
                naming::read(document, tools);
                if let Err(failure) = &result {
                    state.notice = Some(naming::not_written(&path, failure));
                }
                editing::ended(document, &path, result);
                return;
            }
            let is_stale = match &result {
                // Where nobody tells what changes on disk, this is the one who knows.
                Ok(()) => document.unwatched.is_some(),
                Err(failure) => *failure == NotWritten::ChangedMeanwhile,
            };
            let is_written = result.is_ok();
            editing::ended(document, &path, result);
            sketch_text::written(state, &path, is_written, tools);
            saved(state, &path, is_written, tools);
            if is_stale {
                with_document(state, |document| document.changed.extend([path]));
                follow(state, tools);
            }
        }
        Message::Surveyed(survey) => launching::surveyed(state, survey),
        Message::Launched { spot, result } => launching::ended(state, &spot, result, tools),
        // Taken by the one who asked for it.
        Message::Screenshot(_) => {}
    }
}
