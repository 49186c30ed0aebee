//! Preparing a change of riprap.toml, and making it.
//!
//! In: wishes, what is filled in, outcomes.  Out: the open dialog with the new text and what comes of it, and the change in
//! the file.  A part of `execute`, the one writer of state.  Not here: what a form means (`wish`), judging (`worker`), and
//! writing (`editing`).

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::amendment::{Amendment, Form, Judging, Rewrite, Wish};
use super::command::Command;
use super::editing;
use super::generation::Generation;
use super::mail::Job;
use super::notice::Notice;
use super::outcome::Outcome;
use super::state::{Document, Overlay, State};
use super::tools::Tools;
use super::widgets::sentence;
use crate::edit;

/// While somebody types no faster than this, each letter is judged; in seconds.
const PAUSE_SECS: f64 = 0.2;

pub(crate) fn prepare(state: &mut State, wish: Wish, tools: &Tools<'_>) {
    let Some(document) = &state.document else { return };
    match wish.form(document) {
        Ok(form) => {
            state.overlay = Overlay::Amendment(Box::new(Amendment::new(form)));
            follow(state, tools);
        }
        Err(hindrance) => state.notice = Some(Notice::failed(sentence(&hindrance), Vec::new())),
    }
}

/// Makes the new text anew where something else is filled in, and has it judged once nobody types.
pub(crate) fn follow(state: &mut State, tools: &Tools<'_>) {
    let now = tools.ctx.input(|input| input.time);
    if !matches!(state.overlay, Overlay::Amendment(_)) {
        return;
    }
    let generation = state.next_generation();
    let (Overlay::Amendment(amendment), Some(document)) = (&mut state.overlay, &state.document) else { return };
    if amendment.seen.as_ref() != Some(&amendment.form) {
        amendment.forget_outcome();
        amendment.rewrite = rewrite(&amendment.form, document);
        // The first text was not typed.
        let is_first = amendment.seen.replace(amendment.form.clone()).is_none();
        amendment.changed_at = Some(if is_first { f64::NEG_INFINITY } else { now });
    }
    let (Some(changed_at), Ok(rewrite)) = (amendment.changed_at, &amendment.rewrite) else { return };
    let pause = changed_at + PAUSE_SECS - now;
    if pause > 0.0 {
        tools.ctx.request_repaint_after(Duration::from_secs_f64(pause));
        return;
    }
    let cancel = Arc::new(AtomicBool::new(false));
    let (text, analysis) = (rewrite.after.clone(), Arc::clone(&document.analysis));
    amendment.changed_at = None;
    amendment.judging = Some(Judging { generation, cancel: Arc::clone(&cancel) });
    tools.worker.send(Job::Judge { generation, text, cancel, now: analysis });
}

/// Takes an outcome, unless something else is filled in by now.
pub(crate) fn judged(state: &mut State, generation: Generation, outcome: &Result<Arc<Outcome>, String>) {
    let Overlay::Amendment(amendment) = &mut state.overlay else { return };
    if amendment.judging.as_ref().is_some_and(|judging| judging.generation == generation) {
        amendment.judging = None;
        amendment.outcome = outcome.as_ref().ok().cloned();
    }
}

fn rewrite(form: &Form, document: &Document) -> Result<Rewrite, String> {
    let change = form.change(document)?;
    let before = editing::rules(document);
    let after = edit::apply(before.as_deref(), &change).map_err(|refusal| refusal.to_string())?;
    Ok(Rewrite { change, before, after })
}

/// Makes the change, unless it cannot be made.
pub(crate) fn make(state: &mut State, tools: &Tools<'_>) {
    follow(state, tools);
    let (Overlay::Amendment(amendment), Some(document)) = (&mut state.overlay, &mut state.document) else { return };
    let Ok(rewrite) = &amendment.rewrite else { return };
    let is_boundary = matches!(amendment.form, Form::Boundary { .. });
    editing::change_rules(document, &rewrite.change.clone(), tools);
    amendment.forget_outcome();
    match &document.edited {
        Some(Err(refusal)) => state.notice = Some(Notice::failed(sentence(refusal), Vec::new())),
        Some(Ok(what)) => {
            let now = tools.ctx.input(|input| input.time);
            state.notice = Some(Notice::done_with_offers(what.clone(), vec![Command::UndoEdit], now));
            if is_boundary {
                document.gathered.clear();
            }
        }
        None => {}
    }
    state.overlay = Overlay::None;
}
