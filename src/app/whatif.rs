//! What if: making moves, taking them back, and looking at where they lead.
//!
//! In: requests and what the worker says.  Out: the changed [`Drafting`], and jobs.  A part of `execute`, the one writer of
//! state.  No source is ever touched.  Not here: what moves are meant (`moving`), judging, and drawing.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rustc_hash::FxHashMap;

use super::carrying::carried_over;
use super::command::Command;
use super::drafting::{DraftLaid, Drafting, OnDraft, Suggesting, Told};
use super::generation::Generation;
use super::keeping;
use super::laying::{add, arrive, change, drafting, fit, lay, render, stop_suggesting, with, with_view};
use super::mail::Job;
use super::map_commands;
use super::motion::{Arrival, Transition};
use super::moving::{begin_move, gather, put, put_selection, split_off, today_name};
use super::notice::Notice;
use super::pane::Pane;
use super::state::State;
use super::tiling;
use super::tools::Tools;
use super::travel;
use crate::analysis::Analysis;
use crate::draft::{self, Draft, Move, Suggestion};
use crate::scene::map::Highlight;
use crate::scene::shape::Rect;
use crate::scene::thing::{Place, Thing};
use crate::theme::Measurer;

/// Shows the view, and begins a draft where there is none.
pub(super) fn enter(state: &mut State, tools: &Tools<'_>) {
    tiling::show(state, Pane::WhatIf, tools);
    begin(state, tools);
}

/// Begins a draft where there is none; what is selected or gathered elsewhere is so here.
pub(super) fn begin(state: &mut State, tools: &Tools<'_>) {
    let generation = state.next_generation();
    let Some(document) = &mut state.document else { return };
    let is_new = document.drafting.is_none();
    let view = document.view.clone();
    let gathered = document.gathered.clone();
    let selection = document.selection.filter(|thing| matches!(thing, Thing::Node(_)));
    let drafting = document.drafting.get_or_insert_with(|| Box::new(Drafting::new(view)));
    if !gathered.is_empty() {
        drafting.gathered = gathered;
    }
    drafting.selection = selection.or(drafting.selection);
    if is_new {
        tools.worker.send(Job::ReadDraft { path: document.analysis.root.join(draft::FILE) });
    }
    if drafting.laid.is_none() && drafting.laying.is_none() {
        lay(document, generation, tools);
    }
}

/// What was drafted for another state of the same workspace goes on with this one.
pub(super) fn follow(state: &mut State, mut drafting: Box<Drafting>, before: &Analysis, tools: &Tools<'_>) {
    let generation = state.next_generation();
    let is_shown = state.tiles.shows(Pane::WhatIf);
    let Some(document) = &mut state.document else { return };
    stop_suggesting(&mut drafting);
    drafting.view = carried_over(&drafting.view, before, &document.analysis);
    (drafting.ground, drafting.laid, drafting.told, drafting.laying) = (None, None, None, None);
    (drafting.selection, drafting.hover, drafting.drag) = (None, None, None);
    drafting.gathered.clear();
    drafting.arrival = Arrival::Stay;
    document.drafting = Some(drafting);
    if is_shown {
        lay(document, generation, tools);
    }
}

pub(super) fn laid(state: &mut State, message: DraftLaid, tools: &Tools<'_>) {
    let animated = !state.settings.reduced_motion;
    let generation = state.next_generation();
    let Some(drafting) = drafting(state) else { return };
    if drafting.laying != Some(message.generation) {
        return;
    }
    drafting.laying = None;
    let is_same = drafting.laid.as_ref().is_some_and(|laid| Arc::ptr_eq(&laid.drafted, &message.laid.drafted));
    drafting.ground = Some(message.ground);
    drafting.view = message.view;
    drafting.hover = None;
    let before: FxHashMap<Thing, Rect> = drafting.picture.boxes().iter().copied().collect();
    drafting.laid = Some(message.laid);
    render(drafting, tools.measurer);
    arrive(drafting, &before, animated);
    drafting.transition = (animated && !before.is_empty()).then_some(Transition { before, started: None });
    if !is_same {
        drafting.told = None;
        suggest(drafting, generation, tools);
    }
}

/// Looks for moves that help, on a thread of its own.
fn suggest(drafting: &mut Drafting, generation: Generation, tools: &Tools<'_>) {
    let (Some(ground), Some(laid)) = (&drafting.ground, &drafting.laid) else { return };
    let cancel = Arc::new(AtomicBool::new(false));
    let job = Job::SuggestMoves {
        generation,
        ground: Arc::clone(ground),
        drafted: Arc::clone(&laid.drafted),
        cancel: Arc::clone(&cancel),
    };
    drafting.suggesting = Suggesting { running: Some((generation, cancel)), ..Suggesting::default() };
    tools.worker.send(job);
}

pub(super) fn told(state: &mut State, drafted: &Arc<draft::Drafted>, told: Told) {
    let Some(drafting) = drafting(state) else { return };
    if drafting.laid.as_ref().is_some_and(|laid| Arc::ptr_eq(&laid.drafted, drafted)) {
        drafting.told = Some(told);
    }
}

pub(super) fn tried(state: &mut State, generation: Generation, progress: (usize, usize)) {
    let Some(drafting) = drafting(state) else { return };
    if drafting.suggesting.running.as_ref().is_some_and(|(running, _)| *running == generation) {
        drafting.suggesting.progress = progress;
    }
}

pub(super) fn suggested(state: &mut State, generation: Generation, found: Vec<Suggestion>) {
    let Some(drafting) = drafting(state) else { return };
    if drafting.suggesting.running.take_if(|(running, _)| *running == generation).is_some() {
        drafting.suggesting.found = Some(found);
    }
}

/// Does what hands ask for.
pub(super) fn grant(state: &mut State, wish: OnDraft, tools: &Tools<'_>) {
    match wish {
        OnDraft::Select(thing) => select(state, thing),
        OnDraft::Hover(thing) => with(state, |drafting| drafting.hover = thing),
        OnDraft::Toggle(place) => toggle(state, place, tools),
        OnDraft::Gather(thing) => with(state, |drafting| gather(drafting, thing)),
        OnDraft::Put { what, onto } => put(state, what, onto, tools),
        OnDraft::PutSelection(to) => put_selection(state, to, tools),
        OnDraft::Drop(index) => {
            let Some(drafting) = drafting(state) else { return };
            let mut draft = drafting.draft.clone();
            if index < draft.moves.len() {
                draft.moves.remove(index);
                change(state, draft, Arrival::Stay, tools);
            }
        }
        OnDraft::Apply(moves) => add(state, moves, Arrival::Stay, tools),
        OnDraft::VisitGone(index) => visit(state, index, false, tools),
        OnDraft::VisitNew(index) => visit(state, index, true, tools),
    }
}

/// Selects what breaks a rule and brings it into sight.
fn visit(state: &mut State, index: usize, is_new: bool, tools: &Tools<'_>) {
    let Some(drafting) = drafting(state) else { return };
    let (Some(ground), Some(drafted)) = (&drafting.ground, drafting.drafted()) else { return };
    let (verdict, model) = match is_new {
        true => (&drafted.verdict, &drafted.model),
        false => (&ground.verdict, ground.model()),
    };
    let Some(judged) = verdict.violations.get(index) else { return };
    let edge = judged.violation.references.first().map(|id| model.edge(model.reference(*id).edge));
    let thing = edge.map(|edge| Thing::edge(edge.from, edge.to));
    let thing = thing.or(judged.violation.from_node.map(Thing::Node));
    let Some(thing) = thing else { return };
    go_to(state, thing, tools);
}

/// Selects a thing and brings it into sight; what is around it is opened first.
pub(super) fn go_to(state: &mut State, thing: Thing, tools: &Tools<'_>) {
    let animated = !state.settings.reduced_motion;
    select(state, Some(thing));
    let Some(drafting) = drafting(state) else { return };
    let Some(drafted) = drafting.drafted() else { return };
    let mut view = drafting.view.clone();
    view.show(&drafted.model, &drafted.boundaries, thing);
    if view != drafting.view {
        with_view(state, tools, Arrival::FlyTo(thing), |_, shown| *shown = view);
    } else {
        drafting.arrival = Arrival::FlyTo(thing);
        arrive(drafting, &FxHashMap::default(), animated);
    }
}

/// One selection for all views: a node has the same number in the draft.
fn select(state: &mut State, thing: Option<Thing>) {
    with(state, |drafting| drafting.selection = thing);
    let is_node = |place: Place| place.node().is_some();
    let is_known = match thing {
        Some(Thing::Edge { from, to }) => is_node(from) && is_node(to),
        Some(Thing::Boundary { .. }) => false,
        Some(Thing::Node(_)) | None => true,
    };
    if let Some(document) = state.document.as_mut().filter(|_| is_known) {
        document.violation = None;
        travel::select(document, thing);
    }
}

fn toggle(state: &mut State, place: Place, tools: &Tools<'_>) {
    if drafting(state).is_some_and(|drafting| drafting.is_expandable(place)) {
        with_view(state, tools, Arrival::Hold(place), |_, view| view.toggle(place));
    }
}

/// Draws anew if what stands out has changed.
pub(super) fn redraw(state: &mut State, measurer: &Measurer) {
    let Some(drafting) = drafting(state) else { return };
    let wanted = Highlight {
        selection: drafting.selection,
        hover: drafting.hover,
        gathered: drafting.gathered.clone(),
        ..Highlight::default()
    };
    if wanted != drafting.highlight {
        drafting.highlight = wanted;
        render(drafting, measurer);
    }
}

/// Does a command while a draft is on the screen; false for one that is not about it.
pub(super) fn run(state: &mut State, command: Command, tools: &Tools<'_>) -> bool {
    if state.tiles.focused != Pane::WhatIf {
        return false;
    }
    let animated = !state.settings.reduced_motion;
    match command {
        Command::MoveTo | Command::MergeInto => begin_move(state, command),
        Command::CutEdge => {
            let Some(drafting) = drafting(state) else { return true };
            if let Some(Thing::Edge { from, to }) = drafting.selection {
                let name = |place: Place| today_name(drafting, place);
                if let Some((from, to)) = name(from).zip(name(to)) {
                    add(state, [Move::Cut { from, to }], Arrival::Stay, tools);
                }
            }
        }
        Command::SplitOff => split_off(state, tools),
        Command::DropMoves => change(state, Draft::default(), Arrival::Stay, tools),
        Command::SaveDraft => keeping::save(state, tools),
        Command::CopyMoves => {
            if let Some(text) = drafting(state).and_then(|drafting| keeping::markdown(drafting)) {
                tools.ctx.copy_text(text);
                state.notice = Some(Notice::done("Copied the moves as Markdown".to_owned(), tools.now()));
            }
        }
        Command::WriteMoves => keeping::write(state, tools),
        Command::WritePatch => keeping::patch(state, tools),
        Command::Undo | Command::Redo => {
            let Some(drafting) = drafting(state) else { return true };
            let present = drafting.draft.clone();
            let other = match command {
                Command::Undo => drafting.undo.back(present),
                _ => drafting.undo.forward(present),
            };
            if let Some(draft) = other {
                drafting.draft = draft;
                drafting.arrival = Arrival::Stay;
                let generation = state.next_generation();
                if let Some(document) = &mut state.document {
                    lay(document, generation, tools);
                }
            }
        }
        Command::Gather => with(state, |drafting| {
            if let Some(thing) = drafting.selection {
                gather(drafting, thing);
            }
        }),
        Command::SelectParent => with(state, select_parent),
        Command::ZoomIn | Command::ZoomOut | Command::ZoomReset => {
            with(state, |drafting| map_commands::zoom(&mut drafting.camera, command, animated));
        }
        Command::Fit => with(state, |drafting| fit(drafting, animated)),
        Command::FitSelection => with(state, |drafting| {
            let rect = drafting.selection.zip(drafting.laid.as_ref());
            if let Some(rect) = rect.and_then(|(thing, laid)| laid.arrangement.rect_of_thing(thing)) {
                drafting.camera.fit(rect, 4.0, animated);
            }
        }),
        Command::ToggleExpanded => {
            if let Some(place) = drafting(state).and_then(|drafting| drafting.expandable_selection()) {
                toggle(state, place, tools);
            }
        }
        Command::ClearSelection => with(state, |drafting| {
            if drafting.drag.take().is_none() {
                if drafting.gathered.is_empty() {
                    drafting.selection = None;
                } else {
                    drafting.gathered.clear();
                }
            }
        }),
        _ => {
            let Some((arrival, change)) = map_commands::of_view(command) else { return false };
            with_view(state, tools, arrival, |drafted, view| change(&drafted.model, view));
        }
    }
    true
}

fn select_parent(drafting: &mut Drafting) {
    let Some(laid) = &drafting.laid else { return };
    let cut = &laid.arrangement.cut;
    let index = match drafting.selection {
        Some(Thing::Edge { from, .. }) => cut.find(from),
        Some(thing) => {
            let index = thing.place().and_then(|place| cut.box_at(place));
            index.and_then(|index| cut.boxes[index as usize].parent)
        }
        None => None,
    };
    drafting.selection = index.map(|index| laid.arrangement.thing(index));
}
