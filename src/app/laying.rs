//! A draft and its list of moves: another list, another view, and the picture.
//!
//! In: the document.  Out: the changed [`Drafting`], and jobs that judge and arrange it.  A part of `execute`, the one writer
//! of state.  Not here: which moves (`moving`), and what the worker says (`whatif`).

use std::sync::Arc;
use std::sync::atomic::Ordering;

use rustc_hash::FxHashMap;

use super::canvas::picture::Picture;
use super::drafting::{DraftJob, Drafting, Laid, Suggesting};
use super::generation::Generation;
use super::mail::Job;
use super::motion::Arrival;
use super::state::{Document, State};
use super::tools::Tools;
use crate::draft::{self, Draft, Move};
use crate::scene::map::{MapView, drafted_legend, draw_drafted};
use crate::scene::shape::Rect;
use crate::scene::thing::Thing;
use crate::theme::Measurer;

const LEGEND_WIDTH: f32 = 1.0;

pub(super) fn drafting(state: &mut State) -> Option<&mut Drafting> {
    state.document.as_mut()?.drafting.as_deref_mut()
}

pub(super) fn with(state: &mut State, change: impl FnOnce(&mut Drafting)) {
    if let Some(drafting) = drafting(state) {
        change(drafting);
    }
}

/// Another list of moves, in a way that can be undone.
pub(super) fn change(state: &mut State, draft: Draft, arrival: Arrival, tools: &Tools<'_>) {
    let generation = state.next_generation();
    let Some(document) = &mut state.document else { return };
    let Some(drafting) = &mut document.drafting else { return };
    if drafting.draft == draft {
        return;
    }
    drafting.undo.record(drafting.draft.clone());
    drafting.draft = draft;
    drafting.arrival = arrival;
    lay(document, generation, tools);
}

pub(super) fn add(state: &mut State, moves: impl IntoIterator<Item = Move>, arrival: Arrival, tools: &Tools<'_>) {
    let Some(drafting) = drafting(state) else { return };
    let mut draft = drafting.draft.clone();
    draft.moves.extend(moves);
    change(state, draft, arrival, tools);
}

/// Has the worker judge the draft as it is now.
pub(super) fn lay(document: &mut Document, generation: Generation, tools: &Tools<'_>) {
    let (analysis, arrangement) = (Arc::clone(&document.analysis), Arc::clone(&document.arrangement));
    let Some(drafting) = &mut document.drafting else { return };
    stop_suggesting(drafting);
    drafting.laying = Some(generation);
    let previous = drafting.laid.as_ref().map_or(arrangement, |laid| Arc::clone(&laid.arrangement));
    tools.worker.send(Job::Draft(Box::new(DraftJob {
        generation,
        analysis,
        ground: drafting.ground.clone(),
        draft: drafting.draft.clone(),
        laid: None,
        view: drafting.view.clone(),
        previous: Some(previous),
    })));
}

pub(super) fn stop_suggesting(drafting: &mut Drafting) {
    if let Some((_, cancel)) = drafting.suggesting.running.take() {
        cancel.store(true, Ordering::Relaxed);
    }
    drafting.suggesting = Suggesting::default();
}

/// Another view of the same draft.
pub(super) fn with_view(
    state: &mut State,
    tools: &Tools<'_>,
    arrival: Arrival,
    change: impl FnOnce(&draft::Drafted, &mut MapView),
) {
    let generation = state.next_generation();
    let Some(document) = &mut state.document else { return };
    let analysis = Arc::clone(&document.analysis);
    let Some(drafting) = &mut document.drafting else { return };
    let (Some(ground), Some(laid)) = (&drafting.ground, &drafting.laid) else { return };
    // A draft that is being judged arrives with its own arrangement.
    if drafting.laying.is_some() && laid.drafted.draft != drafting.draft {
        return;
    }
    let mut view = drafting.view.clone();
    change(&laid.drafted, &mut view);
    drafting.view = view.clone();
    drafting.arrival = arrival;
    drafting.laying = Some(generation);
    tools.worker.send(Job::Draft(Box::new(DraftJob {
        generation,
        analysis,
        ground: Some(Arc::clone(ground)),
        draft: drafting.draft.clone(),
        laid: Some(laid.clone()),
        view,
        previous: Some(Arc::clone(&laid.arrangement)),
    })));
}

/// Where the camera goes now.
pub(super) fn arrive(drafting: &mut Drafting, before: &FxHashMap<Thing, Rect>, animated: bool) {
    let place = |drafting: &Drafting, thing: Thing| {
        drafting.laid.as_ref().and_then(|laid| laid.arrangement.rect_of_thing(thing))
    };
    match std::mem::take(&mut drafting.arrival) {
        // No named view leads into a draft.
        Arrival::Fit | Arrival::See(_) => fit(drafting, animated),
        Arrival::FlyTo(thing) => {
            if let Some(rect) = place(drafting, thing) {
                drafting.camera.reveal(rect, animated);
            }
        }
        Arrival::Hold(held) => {
            if let Some((old, new)) = before.get(&held.into()).copied().zip(place(drafting, held.into())) {
                let corner = |rect: Rect| (f64::from(rect.min.x), f64::from(rect.min.y));
                drafting.camera.follow(corner(old), corner(new));
            }
        }
        Arrival::Stay | Arrival::Still => {}
    }
}

/// Draws the picture anew.
pub(super) fn render(drafting: &mut Drafting, measurer: &Measurer) {
    let (Some(ground), Some(Laid { drafted, arrangement, .. })) = (&drafting.ground, &drafting.laid) else { return };
    let drawn = draw_drafted(arrangement, &drafting.highlight, drafted, ground.model());
    let legend = drafted_legend(arrangement, &drafting.highlight, drafted, ground.model(), LEGEND_WIDTH, measurer);
    drafting.picture = Picture::new(drawn.scene, drawn.hits, measurer);
    drafting.legend = Picture::new(legend.scene, Vec::new(), measurer);
    drafting.meanings = legend.meanings;
}

pub(crate) fn fit(drafting: &mut Drafting, animated: bool) {
    let bounds = drafting.picture.scene.bounds;
    drafting.camera.fit(bounds, 1.5, animated);
}
