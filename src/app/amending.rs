//! Preparing a change of riprap.toml, and making it.
//!
//! In: wishes, what is filled in.  Out: the open dialog with the new text, and the change in the file.  A part of
//! `execute`, the one writer of state.  Not here: what a form means (`wish`), and writing (`editing`).

use super::amendment::{Amendment, Form, Rewrite, Wish};
use super::command::Command;
use super::editing;
use super::notice::Notice;
use super::state::{Document, Overlay, State};
use super::tools::Tools;
use super::widgets::sentence;
use crate::edit;

pub(crate) fn prepare(state: &mut State, wish: Wish) {
    let Some(document) = &state.document else { return };
    match wish.form(document) {
        Ok(form) => {
            state.overlay =
                Overlay::Amendment(Amendment { form, rewrite: Err(String::new()), seen: None, is_shown: false });
            follow(state);
        }
        Err(hindrance) => state.notice = Some(Notice::failed(sentence(&hindrance), Vec::new())),
    }
}

/// Makes the new text anew where something else is filled in.
pub(crate) fn follow(state: &mut State) {
    let (Overlay::Amendment(amendment), Some(document)) = (&mut state.overlay, &state.document) else { return };
    if amendment.seen.as_ref() != Some(&amendment.form) {
        amendment.rewrite = rewrite(&amendment.form, document);
        amendment.seen = Some(amendment.form.clone());
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
    follow(state);
    let (Overlay::Amendment(amendment), Some(document)) = (&state.overlay, &mut state.document) else { return };
    let Ok(rewrite) = &amendment.rewrite else { return };
    let is_boundary = matches!(amendment.form, Form::Boundary { .. });
    editing::change_rules(document, &rewrite.change.clone(), tools);
    match &document.edited {
        Some(Err(refusal)) => state.notice = Some(Notice::failed(sentence(refusal), Vec::new())),
        Some(Ok(what)) => {
            let now = tools.ctx.input(|input| input.time);
            state.notice = Some(Notice::done_with_offer(what.clone(), Command::UndoEdit, now));
            if is_boundary {
                document.gathered.clear();
            }
        }
        None => {}
    }
    state.overlay = Overlay::None;
}
