//! Which views are in sight, and what follows for the document.
//!
//! In: the state, and which view shall be seen.  Out: the changed tiles, with a canvas for each picture in sight.  A part of
//! `execute`, the one writer of state.  Not here: commands about tiles (`splitting`), and where tiles are (`tiles`).

use super::drawing;
use super::look::Drawing;
use super::pane::Pane;
use super::state::State;
use super::tools::Tools;

/// Brings a view to where it can be seen, and acts on it from now on.
pub(super) fn show(state: &mut State, pane: Pane, tools: &Tools<'_>) {
    if state.tiles.focused != pane || !state.tiles.shows(pane) {
        state.tiles.show(pane);
        settle(state, tools);
    }
}

/// Brings a picture of the workspace to where it can be seen; whichever is in sight will do.
pub(super) fn show_canvas(state: &mut State, tools: &Tools<'_>) {
    if state.tiles.focused.is_canvas() {
        return;
    }
    let last = state.document.as_ref().map_or(Drawing::Map, |document| document.canvas.drawing);
    let in_sight = state.tiles.in_sight();
    let last = Pane::Canvas(last);
    let any = in_sight.iter().copied().find(|pane| pane.is_canvas());
    show(state, if in_sight.contains(&last) { last } else { any.unwrap_or(last) }, tools);
}

/// The document has a canvas for each picture in sight, and the one that is acted on is at hand.
pub(super) fn settle(state: &mut State, tools: &Tools<'_>) {
    let in_sight: Vec<Drawing> = state.tiles.in_sight().into_iter().filter_map(Pane::drawing).collect();
    let Some(document) = &mut state.document else { return };
    let at_hand = state.tiles.focused.drawing();
    let last = Some(document.canvas.drawing);
    let at_hand = at_hand.or(last.filter(|last| in_sight.contains(last))).or(in_sight.first().copied()).or(last);
    if let Some(at_hand) = at_hand {
        drawing::show(document, at_hand, &in_sight, tools.measurer);
    }
}
