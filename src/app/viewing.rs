//! How a person looks at the workspace, in words, and looking so again.
//!
//! In: the state, or a [`Viewpoint`].  Out: the viewpoint, or the state as it says.  A part of `execute`, the one writer of
//! state.  Not here: links (`linking`), files (`naming`), and what a viewpoint means in a model (`crate::viewpoint`).

use std::sync::Arc;

use super::canvas::camera::Camera;
use super::compare;
use super::drawing;
use super::look::Drawing;
use super::mail::Job;
use super::motion::Arrival;
use super::notice::Notice;
use super::pane::Pane;
use super::sketching;
use super::state::{Document, Side, State};
use super::tiling;
use super::tools::Tools;
use super::travel::select;
use super::whatif;
use crate::boundary::Boundaries;
use crate::model::Model;
use crate::scene::address;
use crate::scene::shape::{Point, Rect};
use crate::scene::thing::Thing;
use crate::viewpoint::{Expansion, Region, View, Viewpoint};

/// What is shown, in words; `None` while there is nothing.
pub(crate) fn viewpoint(state: &State) -> Option<Viewpoint> {
    let document = state.document.as_ref()?;
    match state.tiles.focused {
        Pane::Canvas(_) => Some(of_document(document)),
        Pane::Rules => Some(Viewpoint { view: View::Rules, ..Viewpoint::default() }),
        Pane::Sketch => Some(Viewpoint { view: View::Boundaries, ..Viewpoint::default() }),
        Pane::WhatIf => Some(Viewpoint { view: View::WhatIf, ..Viewpoint::default() }),
        Pane::Timeline => {
            Some(Viewpoint { view: View::Timeline, axis: document.timeline.axis, ..Viewpoint::default() })
        }
        Pane::Compare => {
            let shown = state.comparisons.shown.as_ref()?;
            let union = &shown.pair.union;
            let (model, boundaries) = (&union.model, &union.boundaries);
            // As a person would ask for it again.
            let asked = |name: &str| name.split(" (").next().unwrap_or(name).to_owned();
            let boxes = shown.pictures.first().map(|picture| picture.boxes()).unwrap_or_default();
            Some(Viewpoint {
                view: View::Compare,
                revisions: Some((asked(&shown.pair.old.name), asked(&shown.pair.new.name))),
                focus: shown.selection.map(|thing| address::name(model, boundaries, thing)),
                expansion: Some(Expansion::of(&shown.view, model, boundaries)),
                filter: shown.view.filter,
                edges: shown.view.edges,
                side_by_side: state.comparisons.is_split,
                region: region(&shown.camera, boxes, model, boundaries),
                ..Viewpoint::default()
            })
        }
    }
}

pub(crate) fn of_document(document: &Document) -> Viewpoint {
    let (model, boundaries) = (&document.analysis.model, &document.analysis.boundaries);
    let name = |thing: Thing| address::name(model, boundaries, thing);
    // The rows of a matrix have no place beside each other that lasts.
    let (view, boxes) = match document.canvas.drawing {
        Drawing::Map => (View::Map, document.canvas.picture.boxes()),
        Drawing::Matrix => (View::Matrix, Default::default()),
        Drawing::Treemap => (View::Treemap, Default::default()),
    };
    // A treemap is as large as its window.
    let region = match view {
        View::Treemap => None,
        _ => region(&document.canvas.camera, boxes, model, boundaries),
    };
    Viewpoint {
        view,
        focus: document.selection.map(name),
        expansion: Some(Expansion::of(&document.view, model, boundaries)),
        filter: document.view.filter,
        edges: document.view.edges,
        pins: document.view.pins.iter().map(|(place, pin)| (name(Thing::from(*place)), (pin.x, pin.y))).collect(),
        found: document.found.iter().map(|node| name(Thing::Node(*node))).collect(),
        reading: document.look.reading,
        choice: document.look.choice,
        region,
        ..Viewpoint::default()
    }
}

/// What is in sight, told from the innermost box in the middle.
fn region(camera: &Camera, boxes: &[(Thing, Rect)], model: &Model, boundaries: &Boundaries) -> Option<Region> {
    if !camera.has_canvas() {
        return None;
    }
    let visible = camera.visible();
    let middle = visible.center();
    let innermost = boxes.iter().rev().find(|(_, rect)| rect.contains(middle));
    let nearest = || boxes.iter().min_by(|a, b| distance(a.1, middle).total_cmp(&distance(b.1, middle)));
    let anchor = innermost.or_else(nearest);
    Some(Region::of(visible, anchor.map(|(thing, rect)| (address::name(model, boundaries, *thing), *rect))))
}

fn distance(rect: Rect, point: Point) -> f32 {
    rect.center().distance(point)
}

/// Looks as the viewpoint says; what is gone is told.
pub(crate) fn take_up(state: &mut State, viewpoint: Viewpoint, tools: &Tools<'_>) {
    let side = match viewpoint.view {
        View::Findings => Some(Side::Findings),
        View::Violations => Some(Side::Violations),
        View::Notes => Some(Side::Notes),
        View::Map
        | View::Matrix
        | View::Treemap
        | View::Timeline
        | View::Compare
        | View::Rules
        | View::WhatIf
        | View::Boundaries => None,
    };
    if let Some(side) = side {
        (state.side, state.side_open) = (side, true);
    }
    match viewpoint.view {
        View::Map | View::Matrix | View::Treemap | View::Findings | View::Violations | View::Notes => {
            tiling::show(state, Pane::of(viewpoint.view), tools);
            show(state, &viewpoint, tools);
        }
        View::Rules => tiling::show(state, Pane::Rules, tools),
        View::WhatIf => whatif::enter(state, tools),
        View::Boundaries => sketching::begin(state, tools),
        View::Timeline => {
            tiling::show(state, Pane::Timeline, tools);
            if let Some(document) = state.document.as_mut().filter(|it| it.timeline.axis != viewpoint.axis) {
                document.timeline.set_axis(viewpoint.axis);
            }
        }
        View::Compare => match viewpoint.revisions.clone() {
            Some((old, new)) => {
                state.comparisons.viewpoint = Some(viewpoint);
                compare::ask(state, &old, &new, tools);
            }
            None => {
                tiling::show(state, Pane::Compare, tools);
                compare::prepare(state, tools);
            }
        },
    }
}

/// On the canvas, as a map or another picture.
fn show(state: &mut State, viewpoint: &Viewpoint, tools: &Tools<'_>) {
    let generation = state.next_generation();
    let Some(document) = &mut state.document else { return };
    (document.look.reading, document.look.choice) = (viewpoint.reading, viewpoint.choice);
    drawing::draw(document, tools.measurer);
    let analysis = Arc::clone(&document.analysis);
    let found = viewpoint.find(&analysis.model, &analysis.boundaries, || document.view.clone());
    document.violation = None;
    document.found = found.found.into_iter().collect();
    select(document, found.selection);
    if found.view != document.view {
        document.undo.record(document.view.clone());
    }
    document.view = found.view.clone();
    document.arrival = match (&viewpoint.region, found.selection) {
        (Some(region), _) => Arrival::See(region.clone()),
        (None, Some(thing)) => Arrival::FlyTo(thing),
        (None, None) => Arrival::Fit,
    };
    document.arranging = Some(generation);
    // As in a picture of it: where boxes were before has no say.
    tools.worker.send(Job::Arrange { generation, analysis, view: found.view, previous: None });
    if !found.missing.is_empty() {
        state.notice = Some(Notice::missing(&found.missing));
    }
}
