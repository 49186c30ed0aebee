//! One selection for all views in sight, also where they show other states of the workspace.
//!
//! In: what was selected before something was done.  Out: the same thing selected in the other views.  A part of `execute`,
//! the one writer of state.  Not here: what is selected by which hand.

use super::compare;
use super::pane::Pane;
use super::state::State;
use super::travel::{select, show_beside};
use crate::scene::address;
use crate::scene::thing::{Place, Thing};

/// What is selected in the workspace and in the comparison.
pub(super) struct Selections {
    document: Option<Thing>,
    compared: Option<Thing>,
}

pub(super) fn of(state: &State) -> Selections {
    Selections {
        document: state.document.as_ref().and_then(|document| document.selection),
        compared: state.comparisons.shown.as_ref().and_then(|shown| shown.selection),
    }
}

/// Selects elsewhere what was selected in one view.
pub(super) fn spread(state: &mut State, before: &Selections) {
    if state.tiles.is_single() {
        return;
    }
    let now = of(state);
    if now.document != before.document {
        into_draft(state, now.document);
        into_comparison(state, now.document);
    } else if now.compared != before.compared {
        from_comparison(state, now.compared);
    }
}

/// A node has the same number in the draft.
fn into_draft(state: &mut State, selection: Option<Thing>) {
    let is_node = |place: Place| place.node().is_some();
    let is_known = match selection {
        Some(Thing::Edge { from, to }) => is_node(from) && is_node(to),
        Some(Thing::Boundary { .. }) => false,
        Some(Thing::Node(_)) | None => true,
    };
    let drafting = state.document.as_mut().and_then(|document| document.drafting.as_deref_mut());
    if let Some(drafting) = drafting.filter(|_| is_known) {
        drafting.selection = selection;
    }
}

fn into_comparison(state: &mut State, selection: Option<Thing>) {
    let (Some(shown), Some(document)) = (&state.comparisons.shown, &state.document) else { return };
    if !state.tiles.shows(Pane::Compare) {
        return;
    }
    let (analysis, union) = (&document.analysis, &shown.pair.union);
    let found = selection.and_then(|thing| {
        let name = address::name(&analysis.model, &analysis.boundaries, thing);
        address::find(&union.model, &union.boundaries, &name)
    });
    compare::select(state, found);
    let animated = !state.settings.reduced_motion;
    if let Some(shown) = &mut state.comparisons.shown
        && let Some(rect) = found.and_then(|thing| shown.compared.map.rect_of_thing(thing))
    {
        shown.camera.reveal(rect, animated);
    }
}

fn from_comparison(state: &mut State, selection: Option<Thing>) {
    let animated = !state.settings.reduced_motion;
    let (Some(shown), Some(document)) = (&state.comparisons.shown, &mut state.document) else { return };
    let union = &shown.pair.union;
    let found = selection.and_then(|thing| {
        let name = address::name(&union.model, &union.boundaries, thing);
        address::find(&document.analysis.model, &document.analysis.boundaries, &name)
    });
    document.violation = None;
    select(document, found);
    show_beside(document, animated);
}
