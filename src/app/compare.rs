//! Comparing two revisions: asking for them, showing them, going through what differs.
//!
//! In: requests and what the worker says.  Out: the changed [`Comparisons`](super::comparing::Comparisons), and jobs.  A part
//! of `execute`, the one writer of state.  Not here: what differs, and drawing it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use rustc_hash::FxHashMap;

use super::canvas::picture::Picture;
use super::command::Command;
use super::comparing::{Asking, Comparing, Refusal, RevisionChoice};
use super::generation::Generation;
use super::mail::Job;
use super::map_commands;
use super::motion::{Arrival, Transition};
use super::notice::Notice;
use super::pair::{CompareJob, Found, Revision, Wanted};
use super::pane::Pane;
use super::state::{Overlay, State};
use super::tiling;
use super::tools::Tools;
use crate::analysis::{Analysis, Progress};
use crate::compare::Side;
use crate::scene::address;
use crate::scene::map::comparison::{Compared, Showing, draw, legend};
use crate::scene::map::{Arrangement, Highlight, MapView};
use crate::scene::shape::Rect;
use crate::scene::thing::{Place, Thing};
use crate::theme::Measurer;
use crate::viewpoint::Viewpoint;

const LEGEND_WIDTH: f32 = 1.0;

/// Opens the dialog, with what is compared now, or else the last commit with what is open.
pub(super) fn prepare(state: &mut State, tools: &Tools<'_>) {
    let Some(document) = &state.document else { return };
    let shown = state.comparisons.shown.as_ref().map(|shown| &shown.pair.comparison);
    let name = |name: &str| name.split(" (").next().unwrap_or(name).to_owned();
    let (old, new) = match shown {
        Some(comparison) => (name(&comparison.before), name(&comparison.after)),
        None => ("HEAD".to_owned(), document.analysis.called(&document.analysis.revision)),
    };
    let path = document.path.clone();
    if state.comparisons.suggestions.path.as_ref() != Some(&path) {
        state.comparisons.suggestions.landmarks = None;
        state.comparisons.suggestions.path = Some(path.clone());
    }
    // Tags and branches may have come since the last time.
    tools.worker.send(Job::Suggest { path });
    state.overlay = Overlay::Revisions(RevisionChoice { old, new, is_shown: false });
}

/// Reads two revisions, each by its name; what the window shows already is not read again.
pub(super) fn ask(state: &mut State, old: &str, new: &str, tools: &Tools<'_>) {
    let Some(document) = &state.document else { return };
    let wanted = |name: &str| {
        let analysis = &document.analysis;
        let is_open = name == analysis.revision || name == analysis.called(&analysis.revision);
        match is_open {
            true => Wanted::Known(revision(analysis)),
            false => Wanted::Revision(name.to_owned()),
        }
    };
    let (old, new) = (wanted(old.trim()), wanted(new.trim()));
    tiling::show(state, Pane::Compare, tools);
    state.overlay = Overlay::None;
    send(state, old, new, false, tools);
}

fn revision(analysis: &Arc<Analysis>) -> Revision {
    Revision { name: analysis.called(&analysis.revision), analysis: Arc::clone(analysis) }
}

fn send(state: &mut State, old: Wanted, new: Wanted, quietly: bool, tools: &Tools<'_>) {
    cancel(state);
    let generation = state.next_generation();
    let Some(document) = &state.document else { return };
    let cancel = Arc::new(AtomicBool::new(false));
    state.comparisons.failure = None;
    state.comparisons.asking = Some(Asking {
        generation,
        old: old.name().to_owned(),
        new: new.name().to_owned(),
        progress: None,
        since: Instant::now(),
        cancel: Arc::clone(&cancel),
        quietly,
    });
    let shown = state.comparisons.shown.as_ref();
    tools.worker.send(Job::Compare(Box::new(CompareJob {
        generation,
        old,
        new,
        cancel,
        seen: shown.filter(|_| quietly).map(|shown| (Arc::clone(&shown.pair), shown.view.clone())),
        previous: match shown {
            Some(shown) => shown.compared.map.clone(),
            None => Arrangement::clone(&document.arrangement),
        },
    })));
}

/// Ends what is being read; what was shown is shown again.
pub(super) fn cancel(state: &mut State) {
    if let Some(asking) = state.comparisons.asking.take() {
        asking.cancel.store(true, Ordering::Relaxed);
    }
}

/// Forgets everything about a workspace that is left.
pub(super) fn leave(state: &mut State) {
    cancel(state);
    state.comparisons.shown = None;
    state.comparisons.failure = None;
    state.comparisons.suggestions = Default::default();
}

/// The later revision becomes the earlier one.
fn swap(state: &mut State, tools: &Tools<'_>) {
    let Some(shown) = &state.comparisons.shown else { return };
    let (old, new) = (shown.pair.old.clone(), shown.pair.new.clone());
    send(state, Wanted::Known(new), Wanted::Known(old), true, tools);
}

/// The workspace was analysed anew: what is compared with it is compared again.
pub(super) fn follow(state: &mut State, before: &Arc<Analysis>, tools: &Tools<'_>) {
    let (Some(shown), Some(document)) = (&state.comparisons.shown, &state.document) else { return };
    let now = |side: Side| {
        let revision_before = shown.pair.of(side);
        match Arc::ptr_eq(&revision_before.analysis, before) {
            true => (revision(&document.analysis), true),
            false => (revision_before.clone(), false),
        }
    };
    let ((old, is_old_new), (new, is_new_new)) = (now(Side::Before), now(Side::After));
    if is_old_new || is_new_new {
        send(state, Wanted::Known(old), Wanted::Known(new), true, tools);
    }
}

pub(super) fn progressed(state: &mut State, generation: Generation, progress: Progress) {
    if let Some(asking) = state.comparisons.asking.as_mut().filter(|asking| asking.generation == generation) {
        asking.progress = Some(progress);
    }
}

pub(super) fn arrived(
    state: &mut State,
    generation: Generation,
    result: Result<Box<Found>, String>,
    tools: &Tools<'_>,
) {
    let Some(asking) = state.comparisons.asking.take_if(|asking| asking.generation == generation) else { return };
    match result {
        Ok(found) => {
            let Found { pair, view, compared } = *found;
            let mut comparing = Comparing::new(pair, view, compared);
            if let Some(before) = state.comparisons.shown.take().filter(|_| asking.quietly) {
                keep(&mut comparing, &before);
            }
            render(&mut comparing, state.comparisons.is_split, tools.measurer);
            state.comparisons.shown = Some(Box::new(comparing));
            if let Some(focus) = state.comparisons.focus.take() {
                show_focus(state, &focus, tools);
            }
            if let Some(viewpoint) = state.comparisons.viewpoint.take() {
                take_up(state, &viewpoint, tools);
            }
        }
        Err(message) => {
            let Asking { old, new, .. } = asking;
            state.comparisons.failure = Some(Refusal { old, new, message });
        }
    }
}

/// Looks at two revisions as somebody did before.
fn take_up(state: &mut State, viewpoint: &Viewpoint, tools: &Tools<'_>) {
    let generation = state.next_generation();
    state.comparisons.is_split = viewpoint.side_by_side;
    let Some(comparing) = state.comparisons.shown.as_mut() else { return };
    let union = &comparing.pair.union;
    let found = viewpoint.find(&union.model, &union.boundaries, || comparing.view.clone());
    comparing.selection = found.selection;
    comparing.difference = found.selection.and_then(|thing| comparing.difference_of(thing));
    let arrival = match (&viewpoint.region, found.selection) {
        (Some(region), _) => Arrival::See(region.clone()),
        (None, Some(thing)) => Arrival::FlyTo(thing),
        (None, None) => Arrival::Fit,
    };
    (comparing.view, comparing.arrival, comparing.arranging) = (found.view.clone(), arrival, Some(generation));
    let (pair, view) = (Arc::clone(&comparing.pair), found.view);
    // As in a picture of it: where boxes were before has no say.
    tools.worker.send(Job::ArrangeCompared { generation, pair, view, previous: None });
    if !found.missing.is_empty() {
        state.notice = Some(Notice::missing(&found.missing));
    }
}

fn show_focus(state: &mut State, focus: &str, tools: &Tools<'_>) {
    let Some(shown) = &state.comparisons.shown else { return };
    let union = &shown.pair.union;
    if let Some(thing) = address::find(&union.model, &union.boundaries, focus) {
        select(state, Some(thing));
        reveal(state, thing, tools);
    }
}

/// How it was looked at, as far as it is still there.
fn keep(comparing: &mut Comparing, before: &Comparing) {
    comparing.camera = before.camera.clone();
    comparing.placed = before.placed;
    comparing.arrival = Arrival::Stay;
    comparing.folded = before.folded.clone();
    let union = &comparing.pair.union;
    let same = |place: Place| match place {
        Place::Node(node) => union.carried_over([node], &before.pair.union).first().copied().map(Place::Node),
        Place::Fragment { .. } => None,
    };
    comparing.selection = before.selection.and_then(|thing| match thing {
        Thing::Edge { from, to } => Some(Thing::Edge { from: same(from)?, to: same(to)? }),
        thing => Some(same(thing.place()?)?.into()),
    });
    comparing.difference = comparing.selection.and_then(|thing| comparing.difference_of(thing));
}

pub(super) fn arranged(
    state: &mut State,
    generation: Generation,
    view: MapView,
    compared: Arc<Compared>,
    tools: &Tools<'_>,
) {
    let animated = !state.settings.reduced_motion;
    let is_split = state.comparisons.is_split;
    let Some(comparing) = state.comparisons.shown.as_mut() else { return };
    if comparing.arranging != Some(generation) {
        return;
    }
    comparing.arranging = None;
    comparing.view = view;
    comparing.hover = None;
    let picture = comparing.pictures.first();
    let before: FxHashMap<Thing, Rect> = picture.map(|it| it.boxes().iter().copied().collect()).unwrap_or_default();
    comparing.compared = compared;
    render(comparing, is_split, tools.measurer);
    let arrival = std::mem::take(&mut comparing.arrival);
    let place = |comparing: &Comparing, thing: Thing| comparing.compared.map.rect_of_thing(thing);
    match arrival {
        Arrival::Fit => fit(comparing, animated),
        Arrival::FlyTo(thing) => {
            if let Some(rect) = place(comparing, thing) {
                comparing.camera.reveal(rect, animated);
            }
        }
        Arrival::Hold(held) => {
            if let Some((old, new)) = before.get(&held.into()).copied().zip(place(comparing, held.into())) {
                let corner = |rect: Rect| (f64::from(rect.min.x), f64::from(rect.min.y));
                comparing.camera.follow(corner(old), corner(new));
            }
        }
        Arrival::See(region) => {
            let union = &comparing.pair.union;
            let find = |name: &str| address::find(&union.model, &union.boundaries, name);
            match region.area(|name| comparing.compared.map.rect_of_thing(find(name)?)) {
                Some(area) => comparing.camera.frame(area, animated),
                None => fit(comparing, animated),
            }
        }
        Arrival::Stay | Arrival::Still => {}
    }
    comparing.transition = animated.then_some(Transition { before, started: None });
}

/// Draws the pictures anew.
pub(super) fn render(comparing: &mut Comparing, is_split: bool, measurer: &Measurer) {
    let (compared, highlight) = (&comparing.compared, &comparing.highlight);
    let showings: &[Showing] =
        if is_split { &[Showing::Only(Side::Before), Showing::Only(Side::After)] } else { &[Showing::Both] };
    let picture = |showing: &Showing| {
        let drawn = draw(compared, highlight, *showing);
        Picture::new(drawn.scene, drawn.hits, measurer)
    };
    comparing.pictures = showings.iter().map(picture).collect();
    let legend = legend(compared, highlight, LEGEND_WIDTH, measurer);
    comparing.legend = Picture::new(legend.scene, Vec::new(), measurer);
    comparing.meanings = legend.meanings;
}

/// Draws anew if what stands out has changed.
pub(super) fn redraw(state: &mut State, measurer: &Measurer) {
    let is_split = state.comparisons.is_split;
    let Some(comparing) = state.comparisons.shown.as_mut() else { return };
    let wanted = Highlight { selection: comparing.selection, hover: comparing.hover, ..Highlight::default() };
    if wanted != comparing.highlight {
        comparing.highlight = wanted;
        render(comparing, is_split, measurer);
    }
}

pub(crate) fn fit(comparing: &mut Comparing, animated: bool) {
    let bounds = comparing.compared.map.bounds;
    comparing.camera.fit(bounds, 1.5, animated);
}

/// Selects where the thing is in sight; the list shows what is said of it.
pub(super) fn select(state: &mut State, thing: Option<Thing>) {
    let Some(comparing) = state.comparisons.shown.as_mut() else { return };
    comparing.selection = thing;
    comparing.difference = thing.and_then(|thing| comparing.difference_of(thing));
    if let Some(section) = comparing.difference.map(|index| comparing.pair.differences[index].section) {
        comparing.folded.retain(|folded| *folded != section);
        comparing.scroll = true;
    }
}

pub(super) fn hover(state: &mut State, thing: Option<Thing>) {
    if let Some(comparing) = state.comparisons.shown.as_mut() {
        comparing.hover = thing;
    }
}

/// Shows a line of the list on the picture; what is around it is opened first.
pub(super) fn visit(state: &mut State, index: usize, tools: &Tools<'_>) {
    let Some(comparing) = state.comparisons.shown.as_mut() else { return };
    let Some(difference) = comparing.pair.differences.get(index) else { return };
    let (thing, section) = (difference.thing, difference.section);
    comparing.difference = Some(index);
    comparing.scroll = true;
    comparing.folded.retain(|folded| *folded != section);
    comparing.selection = thing;
    if let Some(thing) = thing {
        reveal(state, thing, tools);
    }
}

/// Brings a thing into sight; what is around it is opened first.
fn reveal(state: &mut State, thing: Thing, tools: &Tools<'_>) {
    let animated = !state.settings.reduced_motion;
    let generation = state.next_generation();
    let Some(comparing) = state.comparisons.shown.as_mut() else { return };
    let union = &comparing.pair.union;
    let mut view = comparing.view.clone();
    view.show(&union.model, &union.boundaries, thing);
    if view == comparing.view && comparing.arranging.is_none() {
        if let Some(rect) = comparing.compared.map.rect_of_thing(thing) {
            comparing.camera.reveal(rect, animated);
        }
    } else {
        change_view(comparing, view, Arrival::FlyTo(thing), generation, tools);
    }
}

fn change_view(comparing: &mut Comparing, view: MapView, arrival: Arrival, generation: Generation, tools: &Tools<'_>) {
    comparing.view = view.clone();
    comparing.arrival = arrival;
    comparing.arranging = Some(generation);
    tools.worker.send(Job::ArrangeCompared {
        generation,
        pair: Arc::clone(&comparing.pair),
        view,
        previous: Some(Arc::clone(&comparing.compared)),
    });
}

fn step(state: &mut State, forward: bool, tools: &Tools<'_>) {
    let Some(comparing) = state.comparisons.shown.as_ref() else { return };
    let count = comparing.pair.differences.len();
    if count == 0 {
        return;
    }
    let next = match (comparing.difference, forward) {
        (Some(index), true) => (index + 1) % count,
        (Some(index), false) => (index + count - 1) % count,
        (None, true) => 0,
        (None, false) => count - 1,
    };
    visit(state, next, tools);
}

pub(super) fn toggle(state: &mut State, place: Place, tools: &Tools<'_>) {
    with_view(state, tools, Arrival::Hold(place), |_, view| view.toggle(place));
}

fn with_view(state: &mut State, tools: &Tools<'_>, arrival: Arrival, change: impl FnOnce(&Comparing, &mut MapView)) {
    let generation = state.next_generation();
    let Some(comparing) = state.comparisons.shown.as_mut() else { return };
    let mut view = comparing.view.clone();
    change(comparing, &mut view);
    change_view(comparing, view, arrival, generation, tools);
}

/// Does a command while two revisions are on the screen; false for one that is not about them.
pub(super) fn run(state: &mut State, command: Command, tools: &Tools<'_>) -> bool {
    let animated = !state.settings.reduced_motion;
    match command {
        Command::NextDifference => step(state, true, tools),
        Command::PreviousDifference => step(state, false, tools),
        Command::SwapRevisions => swap(state, tools),
        Command::SideBySide => {
            state.comparisons.is_split = !state.comparisons.is_split;
            let is_split = state.comparisons.is_split;
            if let Some(comparing) = state.comparisons.shown.as_mut() {
                render(comparing, is_split, tools.measurer);
                comparing.placed = false;
            }
        }
        Command::Cancel => cancel(state),
        _ if state.tiles.focused != Pane::Compare => return false,
        Command::ZoomIn | Command::ZoomOut | Command::ZoomReset => {
            with_shown(state, |shown| map_commands::zoom(&mut shown.camera, command, animated));
        }
        Command::Fit => with_shown(state, |shown| fit(shown, animated)),
        Command::FitSelection => with_shown(state, |shown| {
            if let Some(rect) = shown.selection.and_then(|thing| shown.compared.map.rect_of_thing(thing)) {
                shown.camera.fit(rect, 4.0, animated);
            }
        }),
        Command::ToggleExpanded => {
            if let Some(place) = state.comparisons.shown.as_ref().and_then(|shown| shown.expandable_selection()) {
                toggle(state, place, tools);
            }
        }
        Command::ClearSelection => select(state, None),
        _ => {
            let Some((arrival, change)) = map_commands::of_view(command) else { return false };
            with_view(state, tools, arrival, |comparing, view| change(&comparing.pair.union.model, view));
        }
    }
    true
}

fn with_shown(state: &mut State, change: impl FnOnce(&mut Comparing)) {
    if let Some(shown) = state.comparisons.shown.as_mut() {
        change(shown);
    }
}
