//! First boundaries: finding them, putting them right, and saving them.
//!
//! In: requests and what the worker says.  Out: the changed [`Sketch`], the draft of riprap.toml that follows it, and jobs.  A
//! part of `execute`, the one writer of state.  Not here: commands (`sketch_commands`), what becomes of riprap.toml
//! (`sketch_text`), finding and judging (`sketched`).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::FxHashMap;

use super::canvas::picture::Picture;
use super::generation::Generation;
use super::mail::Job;
use super::motion::{Arrival, Transition};
use super::notice::Notice;
use super::pane::Pane;
use super::sketch::{Laying, OnSketch, Sketch};
use super::sketch_text::{is_apart, write_draft};
use super::sketched::{Laid, SketchJob, Sketched, What};
use super::state::State;
use super::tiling;
use super::tools::Tools;
use super::{gathering, lasso};
use crate::analysis::Wish;
use crate::model::NodeId;
use crate::propose::{GroupBy, Plan};
use crate::scene::map::{self, Highlight, MapView};
use crate::scene::shape::Rect;
use crate::scene::thing::{Place, Thing};
use crate::theme::Measurer;

const LEGEND_WIDTH: f32 = 1.0;

pub(super) fn sketch(state: &mut State) -> Option<&mut Sketch> {
    state.document.as_mut()?.sketch.as_deref_mut()
}

pub(super) fn with(state: &mut State, change: impl FnOnce(&mut Sketch)) {
    if let Some(sketch) = sketch(state) {
        change(sketch);
    }
}

/// Shows the step, and finds groups where there are none; a workspace with a riprap.toml needs no first one.
pub(super) fn begin(state: &mut State, tools: &Tools<'_>) {
    let Some(document) = &mut state.document else { return };
    if document.analysis.config.is_some() {
        leave(state, tools);
        state.notice = Some(Notice::failed("There is a riprap.toml: the Rules view edits it".to_owned(), Vec::new()));
        return;
    }
    tiling::show(state, Pane::Sketch, tools);
    let Some(document) = &mut state.document else { return };
    let sketch = document.sketch.get_or_insert_with(|| Box::new(Sketch::new()));
    if sketch.plan.is_none() && sketch.laying.is_none() {
        let by = sketch.by;
        find(state, by, tools);
    }
}

/// Its tile is closed; the last one shows the map.
fn leave(state: &mut State, tools: &Tools<'_>) {
    state.tiles.close(Pane::Sketch);
    tiling::show(state, Pane::MAP, tools);
}

/// What was put together for another state of the same workspace goes on with this one.
pub(super) fn follow(state: &mut State, mut sketch: Box<Sketch>, tools: &Tools<'_>) {
    let is_shown = state.tiles.shows(Pane::Sketch);
    let Some(document) = &mut state.document else { return };
    stop(&mut sketch);
    let is_away = document.timeline.rewind.is_away();
    // Once there is a file, it says what holds; and commits are looked at as they were.
    if document.analysis.config.is_some() || is_away {
        document.sketch = is_away.then_some(sketch);
        if is_shown {
            leave(state, tools);
        }
        return;
    }
    let (model, seen) = (&document.analysis.model, sketch.laid.take());
    let carried = |plan: Plan| seen.map(|seen| plan.carried_over(seen.model(), model));
    sketch.plan = sketch.plan.take().and_then(carried);
    sketch.undo = Default::default();
    sketch.view = None;
    (sketch.selection, sketch.hover, sketch.drag) = (None, None, None);
    sketch.gathered.clear();
    sketch.arrangement = None;
    sketch.arrival = Arrival::Stay;
    let by = sketch.by;
    let plan = sketch.plan.clone();
    document.sketch = Some(sketch);
    match plan {
        Some(plan) if !plan.parts.is_empty() => lay(state, What::Wish(Wish::Plan(plan)), None, tools),
        _ => find(state, by, tools),
    }
}

/// Does what hands ask for.
pub(super) fn grant(state: &mut State, wish: OnSketch, tools: &Tools<'_>) {
    match wish {
        OnSketch::By(by) => find(state, by, tools),
        OnSketch::Select(thing) => with(state, |sketch| select(sketch, thing)),
        OnSketch::Hover(thing) => with(state, |sketch| sketch.hover = thing),
        OnSketch::Toggle(place) => toggle(state, place, tools),
        OnSketch::Gather(thing) => with(state, |sketch| gather(sketch, thing)),
        OnSketch::GatherWithin(path) => with(state, |sketch| {
            sketch.lasso.armed = false;
            let Some(arrangement) = sketch.arrangement.clone() else { return };
            gathering::gather_all(&arrangement.cut, &mut sketch.gathered, lasso::caught(&arrangement, &path));
        }),
        OnSketch::Choose(name) => with(state, |sketch| {
            let is_chosen = sketch.chosen.as_ref() == Some(&name);
            sketch.selection = sketch.box_of(&name).filter(|_| !is_chosen);
            choose(sketch, (!is_chosen).then_some(name));
        }),
        OnSketch::Put { code, into } => change(state, tools, |laid, plan| plan.put(laid.model(), &code, &into)),
        OnSketch::PutPlace { what, into } => change(state, tools, |laid, plan| put(laid, plan, [what], &into)),
        OnSketch::PutSelection(into) => put_selection(state, &into, tools),
        OnSketch::Rename { from, to } => rename(state, &from, &to, tools),
        OnSketch::Merge { from, into } => {
            change(state, tools, |_, plan| plan.merge(&from, &into));
            with(state, |sketch| choose(sketch, Some(into)));
        }
        OnSketch::Drop(name) => change(state, tools, |_, plan| plan.drop(&name)),
        OnSketch::TakeGroups => {
            let Some(document) = &mut state.document else { return };
            let laid = document.sketch.as_ref().and_then(|sketch| sketch.laid.clone());
            if let Some(laid) = laid {
                write_draft(document, &laid, tools);
            }
        }
    }
}

/// Finds groups anew; what there was can be brought back.
fn find(state: &mut State, by: GroupBy, tools: &Tools<'_>) {
    with(state, |sketch| {
        sketch.told = None;
        sketch.arrival = Arrival::Fit;
    });
    lay(state, What::Wish(Wish::By(by)), None, tools);
}

/// Makes another plan of this one, in a way that can be undone.
pub(super) fn change(state: &mut State, tools: &Tools<'_>, change: impl FnOnce(&Laid, &mut Plan)) {
    let Some(sketch) = sketch(state) else { return };
    let (Some(laid), Some(before)) = (sketch.laid.clone(), sketch.plan.clone()) else { return };
    let mut plan = before.clone();
    change(&laid, &mut plan);
    sketch.told = None;
    if plan == before {
        return;
    }
    if plan.parts.is_empty() {
        sketch.told = Some("One group has to stay: find groups anew instead".to_owned());
        return;
    }
    sketch.undo.record((sketch.by, before));
    sketch.gathered.clear();
    set_plan(state, plan, tools);
}

/// A plan that was made takes the place of the one that is shown.
pub(super) fn set_plan(state: &mut State, plan: Plan, tools: &Tools<'_>) {
    let view = sketch(state).and_then(|sketch| {
        sketch.plan = Some(plan.clone());
        sketch.arrival = Arrival::Stay;
        sketch.view.clone()
    });
    lay(state, What::Wish(Wish::Plan(plan)), view, tools);
}

/// Boxes of the map become a part of a group: all of a group, and single pieces.
fn put(laid: &Laid, plan: &mut Plan, places: impl IntoIterator<Item = Place>, into: &str) {
    let code: Vec<NodeId> = gathering::code(laid.model(), laid.boundaries(), &places.into_iter().collect());
    plan.put(laid.model(), &code, into);
}

pub(super) fn put_selection(state: &mut State, into: &str, tools: &Tools<'_>) {
    let Some(sketch) = sketch(state) else { return };
    let places: Vec<Place> = match sketch.gathered.is_empty() {
        true => sketch.selection.and_then(Thing::place).into_iter().collect(),
        false => sketch.gathered.iter().copied().collect(),
    };
    change(state, tools, |laid, plan| put(laid, plan, places, into));
    let name = into.to_owned();
    with(state, |sketch| choose(sketch, Some(name)));
}

fn rename(state: &mut State, from: &str, to: &str, tools: &Tools<'_>) {
    let mut is_renamed = from == to;
    change(state, tools, |_, plan| is_renamed |= plan.rename(from, to));
    let told = format!("`{to}` is the name of another group, or none that a boundary can have");
    with(state, |sketch| match is_renamed {
        true => choose(sketch, Some(to.to_owned())),
        false => sketch.told = Some(told),
    });
}

pub(super) fn choose(sketch: &mut Sketch, name: Option<String>) {
    sketch.name_entry = name.clone().unwrap_or_default();
    sketch.scroll_to_chosen = name.is_some();
    sketch.chosen = name;
}

/// One selection on the map and in the list.
fn select(sketch: &mut Sketch, thing: Option<Thing>) {
    sketch.selection = thing;
    if let Some(group) = thing.and_then(|thing| sketch.group_of(thing)).map(str::to_owned) {
        choose(sketch, Some(group));
    }
}

pub(super) fn gather(sketch: &mut Sketch, thing: Thing) {
    let Some(arrangement) = sketch.arrangement.clone() else { return };
    let Some(place) = gathering::gatherable(&arrangement.cut, thing) else { return };
    if !sketch.gathered.remove(&place) {
        gathering::gather_all(&arrangement.cut, &mut sketch.gathered, [place]);
    }
}

pub(super) fn toggle(state: &mut State, place: Place, tools: &Tools<'_>) {
    if sketch(state).is_some_and(|sketch| sketch.is_expandable(place)) {
        with_view(state, tools, Arrival::Hold(place), |_, view| view.toggle(place));
    }
}

/// Another view of the same groups.
pub(super) fn with_view(
    state: &mut State,
    tools: &Tools<'_>,
    arrival: Arrival,
    change: impl FnOnce(&Laid, &mut MapView),
) {
    let Some(sketch) = sketch(state) else { return };
    let (Some(laid), Some(mut view)) = (sketch.laid.clone(), sketch.view.clone()) else { return };
    // A plan that is being judged arrives with its own arrangement.
    if sketch.laying.is_some() {
        return;
    }
    change(&laid, &mut view);
    sketch.arrival = arrival;
    lay(state, What::Same(laid), Some(view), tools);
}

fn stop(sketch: &mut Sketch) {
    if let Some(laying) = sketch.laying.take() {
        laying.cancel.store(true, Ordering::Relaxed);
    }
}

fn lay(state: &mut State, what: What, view: Option<MapView>, tools: &Tools<'_>) {
    let generation = state.next_generation();
    let Some(document) = &mut state.document else { return };
    let analysis = Arc::clone(&document.analysis);
    let Some(sketch) = &mut document.sketch else { return };
    stop(sketch);
    let cancel = Arc::new(AtomicBool::new(false));
    let by = if let What::Wish(Wish::By(by)) = &what { Some(*by) } else { None };
    sketch.laying = Some(Laying { generation, cancel: Arc::clone(&cancel), by });
    let previous = sketch.arrangement.clone();
    let job = SketchJob { generation, analysis, what, view, previous, cancel };
    tools.worker.send(Job::Sketch(Box::new(job)));
}

/// Takes what the worker found.
pub(super) fn arrived(
    state: &mut State,
    generation: Generation,
    result: Result<Box<Sketched>, String>,
    tools: &Tools<'_>,
) {
    let animated = !state.settings.reduced_motion;
    let Some(document) = &mut state.document else { return };
    let Some(sketch) = &mut document.sketch else { return };
    let Some(laying) = sketch.laying.take_if(|laying| laying.generation == generation) else { return };
    let Sketched { laid, view, arrangement } = match result {
        Ok(sketched) => *sketched,
        Err(why) => {
            sketch.told = Some(why);
            return;
        }
    };
    if let Some(by) = laying.by {
        if let Some(before) = sketch.plan.take().filter(|before| *before != laid.plan) {
            sketch.undo.record((sketch.by, before));
        }
        sketch.by = by;
        sketch.gathered.clear();
        choose(sketch, None);
    }
    sketch.plan = Some(laid.plan.clone());
    if sketch.chosen.as_ref().is_some_and(|chosen| laid.plan.find(chosen).is_none()) {
        choose(sketch, None);
    }
    let is_same = sketch.laid.as_ref().is_some_and(|before| Arc::ptr_eq(before, &laid));
    let before: FxHashMap<Thing, Rect> = sketch.picture.boxes().iter().copied().collect();
    // Numbers of boundaries are others in another plan.
    if !is_same {
        sketch.selection = sketch.selection.filter(|thing| matches!(thing, Thing::Node(_)));
    }
    sketch.laid = Some(Arc::clone(&laid));
    (sketch.view, sketch.arrangement) = (Some(view), Some(arrangement));
    (sketch.hover, sketch.drag) = (None, None);
    render(sketch, tools.measurer);
    arrive(sketch, &before, animated);
    sketch.transition = (animated && !before.is_empty()).then_some(Transition { before, started: None });
    if !is_same && !is_apart(document) {
        write_draft(document, &laid, tools);
    }
}

/// Where the camera goes now.
fn arrive(sketch: &mut Sketch, before: &FxHashMap<Thing, Rect>, animated: bool) {
    let place = |sketch: &Sketch, thing: Thing| sketch.arrangement.as_ref().and_then(|it| it.rect_of_thing(thing));
    match std::mem::take(&mut sketch.arrival) {
        Arrival::Fit | Arrival::See(_) => fit(sketch, animated),
        Arrival::FlyTo(thing) => {
            if let Some(rect) = place(sketch, thing) {
                sketch.camera.reveal(rect, animated);
            }
        }
        Arrival::Hold(held) => {
            if let Some((old, new)) = before.get(&held.into()).copied().zip(place(sketch, held.into())) {
                let corner = |rect: Rect| (f64::from(rect.min.x), f64::from(rect.min.y));
                sketch.camera.follow(corner(old), corner(new));
            }
        }
        Arrival::Stay | Arrival::Still => {}
    }
}

pub(crate) fn fit(sketch: &mut Sketch, animated: bool) {
    let bounds = sketch.picture.scene.bounds;
    sketch.camera.fit(bounds, 1.5, animated);
}

/// Draws the picture anew.
fn render(sketch: &mut Sketch, measurer: &Measurer) {
    let Some(arrangement) = &sketch.arrangement else { return };
    let drawn = map::draw(arrangement, &sketch.highlight);
    let legend = map::legend(arrangement, &sketch.highlight, LEGEND_WIDTH, measurer);
    sketch.picture = Picture::new(drawn.scene, drawn.hits, measurer);
    sketch.legend = Picture::new(legend.scene, Vec::new(), measurer);
    sketch.meanings = legend.meanings;
}

/// Draws anew if what stands out has changed.
pub(super) fn redraw(state: &mut State, measurer: &Measurer) {
    let Some(sketch) = sketch(state) else { return };
    let wanted = Highlight {
        selection: sketch.selection,
        hover: sketch.hover,
        gathered: sketch.gathered.clone(),
        ..Highlight::default()
    };
    if wanted != sketch.highlight {
        sketch.highlight = wanted;
        render(sketch, measurer);
    }
}
