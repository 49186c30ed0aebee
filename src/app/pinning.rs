//! Boxes that a person has put somewhere on the map.
//!
//! In: requests.  Out: a view with pins, which can be undone like any other change of it.  A part of `execute`, the one
//! writer of state.  Not here: what makes way for a pinned box (`layout`), and the hand that drags (`views::carry`).

use std::sync::Arc;

use super::action::Direction;
use super::changes::with_document_and_motion;
use super::mail::Job;
use super::motion::Arrival;
use super::placing::{pin_of, pinnable};
use super::state::State;
use super::tools::Tools;
use super::travel::change_view;
use crate::scene::map::Pin;
use crate::scene::thing::{Place, Thing};

/// How far a key moves a box, in the map's points.
const STEP: i32 = 12;

pub(super) fn pin(state: &mut State, place: Place, pin: Pin, tools: &Tools<'_>) {
    with_document_and_motion(state, |document, _, generation| {
        let mut view = document.view.clone();
        view.pins.insert(place, pin);
        change_view(document, view, Arrival::Still, generation, tools);
    });
}

/// Pins the selected box where it is, or lets it go.
pub(super) fn toggle(state: &mut State, tools: &Tools<'_>) {
    let Some((place, now)) = state.document.as_ref().and_then(|document| {
        let place = pinnable(document)?;
        Some((place, pin_of(document, place)?))
    }) else {
        return;
    };
    with_document_and_motion(state, |document, _, generation| {
        let mut view = document.view.clone();
        if view.pins.remove(&place).is_none() {
            view.pins.insert(place, now);
        }
        change_view(document, view, Arrival::Hold(place), generation, tools);
    });
}

pub(super) fn let_all_go(state: &mut State, tools: &Tools<'_>) {
    with_document_and_motion(state, |document, _, generation| {
        let mut view = document.view.clone();
        view.pins.clear();
        let arrival = document.selection.and_then(Thing::place).map_or(Arrival::Stay, Arrival::Hold);
        change_view(document, view, arrival, generation, tools);
    });
}

/// Moves the selected box a little, and pins it.
pub(super) fn nudge(state: &mut State, direction: Direction, tools: &Tools<'_>) {
    let Some(document) = &state.document else { return };
    let Some(place) = pinnable(document) else { return };
    // Where the last key put it may not be arranged yet.
    let from = document.view.pins.get(&place).copied().or_else(|| pin_of(document, place));
    let Some(Pin { x, y }) = from else { return };
    let (x, y) = match direction {
        Direction::Left => (x - STEP, y),
        Direction::Right => (x + STEP, y),
        Direction::Up => (x, y - STEP),
        Direction::Down => (x, y + STEP),
    };
    pin(state, place, Pin { x, y }, tools);
}

/// Arranges everything as if it were seen for the first time; pinned boxes stay.
pub(super) fn arrange_anew(state: &mut State, tools: &Tools<'_>) {
    with_document_and_motion(state, |document, _, generation| {
        document.arrival = Arrival::Fit;
        document.arranging = Some(generation);
        tools.worker.send(Job::Arrange {
            generation,
            analysis: Arc::clone(&document.analysis),
            view: document.view.clone(),
            previous: None,
        });
    });
}
