//! Looking around in an opened workspace: selecting, opening and closing boxes, flying, drawing anew.
//!
//! In: a [`Document`] and where to go.  Out: the changed document, and arranging asked of the worker.  A part of
//! `execute`, the one writer of state.  Not here: commands, and anything beside the document.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::action::Direction;
use super::blasting;
use super::drawing::{draw, fit};
use super::look::Drawing;
use super::mail::Job;
use super::motion::{Arrival, Transition};
use super::relations;
use super::state::Document;
use super::tools::Tools;
use crate::model::NodeId;
use crate::scene::address;
use crate::scene::map::{Arrangement, Highlight, MapView};
use crate::scene::shape::Rect;
use crate::scene::thing::{Place, Thing};
use crate::theme::Measurer;
use crate::viewpoint::Region;

pub(super) fn set_selection(document: &mut Document, selection: Option<Thing>) {
    document.selection = selection;
    document.reference = 0;
    document.scroll_to_reference = false;
    document.relations = selection
        .map(|thing| relations::of(&document.analysis, &document.evidence, document.view.filter, thing))
        .unwrap_or_default();
}

pub(super) fn select(document: &mut Document, selection: Option<Thing>) {
    if document.selection != selection {
        document.trail.record(document.selection);
        set_selection(document, selection);
    }
}

pub(super) fn visit(document: &mut Document, thing: Thing, animated: bool, generation: u64, tools: &Tools<'_>) {
    select(document, Some(thing));
    reveal(document, thing, animated, generation, tools);
}

/// Brings a thing into sight; what is around it is opened first.
pub(super) fn reveal(document: &mut Document, thing: Thing, animated: bool, generation: u64, tools: &Tools<'_>) {
    let model = &document.analysis.model;
    let mut view = document.view.clone();
    view.show(model, &document.analysis.boundaries, thing);
    if view == document.view && document.arranging.is_none() {
        if let Some(rect) = place_of(document, thing) {
            document.camera.reveal(rect, animated);
        }
    } else {
        change_view(document, view, Arrival::FlyTo(thing), generation, tools);
    }
}

/// So many boxes are brought into sight at once; more are only marked.
const MOST_SHOWN: usize = 40;

/// Marks things on the map, and brings them into sight if they are few.
pub(super) fn show_all(document: &mut Document, nodes: &[NodeId], animated: bool, generation: u64, tools: &Tools<'_>) {
    document.found = nodes.iter().copied().collect();
    match nodes {
        [] => select(document, None),
        [one] => visit(document, Thing::Node(*one), animated, generation, tools),
        _ => {
            select(document, None);
            let mut view = document.view.clone();
            for node in nodes.iter().filter(|_| nodes.len() <= MOST_SHOWN) {
                view.show(&document.analysis.model, &document.analysis.boundaries, Thing::Node(*node));
            }
            change_view(document, view, Arrival::Fit, generation, tools);
        }
    }
}

pub(super) fn show_reference(document: &mut Document, index: usize) {
    if index < document.relations.references.len() {
        document.reference = index;
        document.scroll_to_reference = true;
    }
}

/// Changes what the map shows, in a way that can be undone.
pub(super) fn change_view(
    document: &mut Document,
    view: MapView,
    arrival: Arrival,
    generation: u64,
    tools: &Tools<'_>,
) {
    if view != document.view {
        document.undo.record(document.view.clone());
    }
    ask_for(document, view, arrival, generation, tools);
}

/// Has the worker arrange a view; until then the picture stays as it is.
pub(super) fn ask_for(document: &mut Document, view: MapView, arrival: Arrival, generation: u64, tools: &Tools<'_>) {
    document.view = view.clone();
    document.arrival = arrival;
    document.arranging = Some(generation);
    tools.worker.send(Job::Arrange {
        generation,
        analysis: Arc::clone(&document.analysis),
        view,
        previous: Some(Arc::clone(&document.arrangement)),
    });
}

pub(super) fn show_arrangement(
    document: &mut Document,
    arrangement: Arc<Arrangement>,
    animated: bool,
    measurer: &Measurer,
) {
    let before: FxHashMap<Thing, Rect> = document.picture.boxes().iter().copied().collect();
    let center = {
        let visible = document.camera.visible().center();
        // The innermost box in the middle of the window is what a person looks at.
        document.picture.boxes().iter().rev().find(|(_, rect)| rect.contains(visible)).map(|(thing, _)| *thing)
    };
    document.arrangement = arrangement;
    document.hover = None;
    // The filter may have changed what there is to say.
    let (selection, reference) = (document.selection, document.reference);
    set_selection(document, selection);
    document.reference = reference.min(document.relations.references.len().saturating_sub(1));
    document.scroll_to_reference = true;
    draw(document, measurer);

    let arrival = std::mem::take(&mut document.arrival);
    let held = match &arrival {
        Arrival::Hold(place) => Some(Thing::from(*place)),
        Arrival::Stay | Arrival::FlyTo(_) => center,
        Arrival::Fit | Arrival::See(_) => None,
    };
    if let Some((old, new)) = held.and_then(|thing| Some((*before.get(&thing)?, document.picture.place(thing)?))) {
        document.camera.follow(corner(old), corner(new));
    }
    match arrival {
        Arrival::Fit => fit(document, animated),
        Arrival::FlyTo(thing) => {
            if let Some(rect) = place_of(document, thing) {
                document.camera.reveal(rect, animated);
            }
        }
        Arrival::See(region) => match area_of(document, &region) {
            Some(area) => document.camera.frame(area, animated),
            None => fit(document, animated),
        },
        Arrival::Hold(_) | Arrival::Stay => {}
    }
    document.transition = animated.then_some(Transition { before, started: None });
}

/// Where a region is in the picture; `None` where the box is gone that it is told from.
fn area_of(document: &Document, region: &Region) -> Option<Rect> {
    let (model, boundaries) = (&document.analysis.model, &document.analysis.boundaries);
    region.area(|name| document.arrangement.rect_of_thing(address::find(model, boundaries, name)?))
}

fn corner(rect: Rect) -> (f64, f64) {
    (f64::from(rect.min.x), f64::from(rect.min.y))
}

/// Where a thing is in the picture; for what is hidden in a closed box, that box.
pub(crate) fn place_of(document: &Document, thing: Thing) -> Option<Rect> {
    let map = &document.arrangement;
    let shown = |place: Place| map.cut.box_at(place).map(|index| map.cut.boxes[index as usize].place);
    match (document.look.drawing, thing) {
        (Drawing::Map, thing) => map.rect_of_thing(thing),
        (Drawing::Matrix, Thing::Edge { from, to }) => {
            document.picture.place(Thing::Edge { from: shown(from)?, to: shown(to)? })
        }
        (Drawing::Treemap, Thing::Edge { from, to }) => {
            let place = |place: Place| document.picture.place(shown(place)?.into());
            Some(place(from)?.union(place(to)?))
        }
        (Drawing::Matrix | Drawing::Treemap, thing) => document.picture.place(shown(thing.place()?)?.into()),
    }
}

/// Draws anew if what stands out has changed.
pub(super) fn redraw(document: &mut Document, measurer: &Measurer) {
    blasting::follow(document);
    let wanted = Highlight {
        selection: document.selection,
        hover: document.hover.as_ref().map(|hover| hover.thing),
        search: document.found.clone(),
        gathered: document.gathered.clone(),
        rings: document.blasting.as_ref().map(|blasting| Arc::clone(&blasting.rings)).unwrap_or_default(),
    };
    if wanted != document.highlight {
        document.highlight = wanted;
        draw(document, measurer);
    }
}

pub(super) fn select_parent(document: &mut Document, animated: bool) {
    let cut = &document.arrangement.cut;
    let place = match document.selection {
        Some(Thing::Edge { from, .. }) => Some(from),
        Some(thing) => {
            let index = thing.place().and_then(|place| cut.box_at(place));
            index.and_then(|index| cut.boxes[index as usize].parent).map(|parent| cut.boxes[parent as usize].place)
        }
        None => None,
    };
    select(document, place.map(Thing::from));
    bring_selection(document, animated);
}

fn bring_selection(document: &mut Document, animated: bool) {
    if let Some(rect) = document.selection.and_then(|thing| place_of(document, thing)) {
        document.camera.reveal(rect, animated);
    }
}

/// To the nearest box in a direction: among the siblings first, then the boxes around; into the first box from nothing.
pub(super) fn move_selection(document: &mut Document, direction: Direction, animated: bool) {
    let boxes = document.picture.boxes();
    let cut = &document.arrangement.cut;
    let parent_of = |thing: Thing| {
        let index = cut.find(thing.place()?)?;
        cut.boxes[index as usize].parent
    };
    let current = match document.selection {
        Some(Thing::Edge { from, .. }) => Some(Thing::from(from)),
        other => other,
    };
    let current = current.and_then(|thing| Some((thing, document.picture.place(thing)?)));
    let Some((current, at)) = current else {
        let first = boxes.first().map(|(thing, _)| *thing);
        document.violation = None;
        select(document, first);
        bring_selection(document, animated);
        return;
    };
    let parent = parent_of(current);
    let nearest = |siblings: bool| {
        boxes
            .iter()
            .filter(|(thing, _)| *thing != current && (parent_of(*thing) == parent) == siblings)
            .filter(|(_, rect)| siblings || !(rect.contains_rect(at) || at.contains_rect(*rect)))
            .filter_map(|(thing, rect)| Some((distance(at, *rect, direction)?, *thing)))
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
            .map(|(_, thing)| thing)
    };
    if let Some(next) = nearest(true).or_else(|| nearest(false)) {
        document.violation = None;
        select(document, Some(next));
        bring_selection(document, animated);
    }
}

/// How far a box is in a direction; `None` for one that is not there.  What is off to a side counts as further.
fn distance(from: Rect, to: Rect, direction: Direction) -> Option<f32> {
    let (a, b) = (from.center(), to.center());
    let (ahead, aside) = match direction {
        Direction::Left => (a.x - b.x, a.y - b.y),
        Direction::Right => (b.x - a.x, a.y - b.y),
        Direction::Up => (a.y - b.y, a.x - b.x),
        Direction::Down => (b.y - a.y, a.x - b.x),
    };
    (ahead > 0.5).then_some(ahead + 2.5 * aside.abs())
}
