//! What if: making moves, taking them back, and looking at where they lead.
//!
//! In: requests and what the worker says.  Out: the changed [`Drafting`], and jobs.  A part of `execute`, the one writer of
//! state.  No source is ever touched.  Not here: judging, and drawing.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::FxHashMap;

use super::canvas::picture::Picture;
use super::command::Command;
use super::drafting::{Destination, DraftJob, DraftLaid, Drafting, Laid, OnDraft, Suggesting, Told};
use super::edits::FileEdit;
use super::finder::{Finder, Scope};
use super::generation::Generation;
use super::mail::{Job, NotWritten};
use super::motion::{Arrival, Transition};
use super::notice::Notice;
use super::state::{Center, Document, Overlay, State};
use super::tools::Tools;
use super::worker::carried_over;
use crate::analysis::Analysis;
use crate::draft::{self, Draft, Move, Suggestion};
use crate::export::moves;
use crate::model::{NodeId, NodeKind};
use crate::scene::map::{EdgeMode, Highlight, MapView, drafted_legend, draw_drafted};
use crate::scene::shape::Rect;
use crate::scene::thing::{Place, Thing};
use crate::theme::Measurer;

const LEGEND_WIDTH: f32 = 1.0;

/// The list of moves for people, beside riprap.toml.
const MARKDOWN: &str = "riprap.draft.md";

/// Shows the view, and begins a draft where there is none.
pub(super) fn enter(state: &mut State, tools: &Tools<'_>) {
    state.center = Center::WhatIf;
    let generation = state.next_generation();
    let Some(document) = &mut state.document else { return };
    let is_new = document.drafting.is_none();
    let view = document.view.clone();
    let gathered = document.gathered.clone();
    let drafting = document.drafting.get_or_insert_with(|| Box::new(Drafting::new(view)));
    if !gathered.is_empty() {
        drafting.gathered = gathered;
    }
    if is_new {
        tools.worker.send(Job::ReadDraft { path: document.analysis.root.join(draft::FILE) });
    }
    if drafting.laid.is_none() && drafting.laying.is_none() {
        lay(document, generation, tools);
    }
}

/// Has the worker judge the draft as it is now.
fn lay(document: &mut Document, generation: Generation, tools: &Tools<'_>) {
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

fn stop_suggesting(drafting: &mut Drafting) {
    if let Some((_, cancel)) = drafting.suggesting.running.take() {
        cancel.store(true, Ordering::Relaxed);
    }
    drafting.suggesting = Suggesting::default();
}

/// What was drafted for another state of the same workspace goes on with this one.
pub(super) fn follow(state: &mut State, mut drafting: Box<Drafting>, before: &Analysis, tools: &Tools<'_>) {
    let generation = state.next_generation();
    let is_shown = state.center == Center::WhatIf;
    let Some(document) = &mut state.document else { return };
    stop_suggesting(&mut drafting);
    drafting.view = carried_over(&drafting.view, &before.model, &document.analysis.model);
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

/// Where the camera goes now.
fn arrive(drafting: &mut Drafting, before: &FxHashMap<Thing, Rect>, animated: bool) {
    let place = |drafting: &Drafting, thing: Thing| {
        drafting.laid.as_ref().and_then(|laid| laid.arrangement.rect_of_thing(thing))
    };
    match std::mem::take(&mut drafting.arrival) {
        Arrival::Fit => fit(drafting, animated),
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
        Arrival::Stay => {}
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

/// riprap.draft.toml was read: it is taken where nothing was drafted yet.
pub(super) fn read(state: &mut State, text: Result<Option<String>, String>, tools: &Tools<'_>) {
    let Some(drafting) = drafting(state) else { return };
    let text = match text {
        Ok(Some(text)) => text,
        Ok(None) => return,
        Err(message) => {
            state.notice = Some(Notice::failed(message, Vec::new()));
            return;
        }
    };
    drafting.on_disk = Some(text.clone());
    if !drafting.draft.moves.is_empty() {
        return;
    }
    match draft::read(&text) {
        Ok(draft) if draft.moves.is_empty() => {}
        Ok(draft) => {
            let said = format!("Opened {} with {} moves", draft::FILE, draft.moves.len());
            change(state, draft, Arrival::Stay, tools);
            state.notice = Some(Notice::done(said, tools.now()));
        }
        Err(mistakes) => {
            let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            state.notice = Some(Notice::failed(told.join("\n"), Vec::new()));
        }
    }
}

fn drafting(state: &mut State) -> Option<&mut Drafting> {
    state.document.as_mut()?.drafting.as_deref_mut()
}

/// Another list of moves, in a way that can be undone.
fn change(state: &mut State, draft: Draft, arrival: Arrival, tools: &Tools<'_>) {
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

fn add(state: &mut State, moves: impl IntoIterator<Item = Move>, arrival: Arrival, tools: &Tools<'_>) {
    let Some(drafting) = drafting(state) else { return };
    let mut draft = drafting.draft.clone();
    draft.moves.extend(moves);
    change(state, draft, arrival, tools);
}

/// Does what hands ask for.
pub(super) fn grant(state: &mut State, wish: OnDraft, tools: &Tools<'_>) {
    match wish {
        OnDraft::Select(thing) => with(state, |drafting| drafting.selection = thing),
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

fn with(state: &mut State, change: impl FnOnce(&mut Drafting)) {
    if let Some(drafting) = drafting(state) {
        change(drafting);
    }
}

fn gather(drafting: &mut Drafting, thing: Thing) {
    let Some(place) = thing.place() else { return };
    if !drafting.gathered.remove(&place) {
        drafting.gathered.insert(place);
    }
}

/// A move that a box on another one means.
fn put(state: &mut State, what: Place, onto: Thing, tools: &Tools<'_>) {
    let Some(drafting) = drafting(state) else { return };
    match meant(drafting, what, onto) {
        Ok(step) => {
            let arrival = match what {
                Place::Node(node) => Arrival::FlyTo(Thing::Node(node)),
                Place::Fragment { .. } => Arrival::Stay,
            };
            drafting.selection = what.node().map(Thing::Node);
            add(state, [step], arrival, tools);
        }
        Err(message) => state.notice = Some(Notice::failed(message, Vec::new())),
    }
}

/// What putting a box onto another one means.
pub(crate) fn meant(drafting: &Drafting, what: Place, onto: Thing) -> Result<Move, String> {
    let (Some(ground), Some(drafted)) = (&drafting.ground, drafting.drafted()) else {
        return Err("the draft is not judged yet".to_owned());
    };
    let destination = match onto {
        Thing::Boundary { boundary, .. } => Destination::Boundary(drafted.boundaries.name(boundary).to_owned()),
        Thing::Node(node) => Destination::Code(node),
        Thing::Edge { .. } => return Err("nothing can be put onto an edge".to_owned()),
    };
    let today = ground.model();
    match (what, destination) {
        (Place::Fragment { boundary, .. }, destination) => {
            let boundary = drafted.boundaries.name(boundary).to_owned();
            let into = match destination {
                Destination::Boundary(name) => Some(name),
                Destination::Code(node) => drafted.boundaries.of(node).map(|id| drafted.boundaries.name(id).to_owned()),
            };
            match into.filter(|into| *into != boundary) {
                Some(into) => Ok(Move::Merge { boundary, into }),
                None => Err(format!("boundary `{boundary}` can only be merged into another boundary")),
            }
        }
        (Place::Node(node), destination) => meant_of(today, drafted, node, destination),
    }
}

fn meant_of(
    today: &crate::model::Model,
    drafted: &draft::Drafted,
    node: NodeId,
    destination: Destination,
) -> Result<Move, String> {
    let code = today.path(node).to_owned();
    let is_item = matches!(today.node(node).kind, NodeKind::Item(_));
    match (today.node(node).kind, destination) {
        (NodeKind::Item(_), Destination::Boundary(name)) => {
            Err(format!("`{code}` is an item: put it into a module of `{name}`"))
        }
        (_, Destination::Boundary(boundary)) => {
            let own = drafted.boundaries.of(node).map(|id| drafted.boundaries.name(id));
            match own == Some(&*boundary) {
                true => Err(format!("`{code}` is a part of `{boundary}` already")),
                false => Ok(Move::Assign { code, boundary }),
            }
        }
        (NodeKind::Package | NodeKind::Target(_), Destination::Code(to)) => {
            let other = drafted.boundaries.of(to).filter(|id| drafted.boundaries.of(node) != Some(*id));
            match other {
                Some(id) => Ok(Move::Assign { code, boundary: drafted.boundaries.name(id).to_owned() }),
                None => Err(format!("package `{code}` can only be given to another boundary")),
            }
        }
        (_, Destination::Code(to)) => {
            // Of an item its module is meant.
            let place = today.ancestors(to).find(|it| !matches!(today.node(*it).kind, NodeKind::Item(_)));
            match place.filter(|place| *place != crate::model::WORKSPACE) {
                Some(place) if place == node => Err(format!("`{code}` cannot be put into itself")),
                Some(place) => Ok(Move::Relocate { code, to: today.path(place).to_owned() }),
                None if is_item => Err(format!("`{code}` needs a module to be in")),
                None => Err(format!("`{code}` needs a package or a module to be in")),
            }
        }
    }
}

fn put_selection(state: &mut State, to: Destination, tools: &Tools<'_>) {
    let Some(drafting) = drafting(state) else { return };
    let Some(place) = drafting.selection.and_then(Thing::place) else { return };
    let (Some(ground), Some(drafted)) = (&drafting.ground, drafting.drafted()) else { return };
    let step = match (place, to) {
        (Place::Node(node), to) => meant_of(ground.model(), drafted, node, to),
        (Place::Fragment { boundary, .. }, Destination::Boundary(into)) => {
            Ok(Move::Merge { boundary: drafted.boundaries.name(boundary).to_owned(), into })
        }
        (place @ Place::Fragment { .. }, Destination::Code(node)) => meant(drafting, place, Thing::Node(node)),
    };
    match step {
        Ok(step) => {
            let arrival = place.node().map_or(Arrival::Stay, |node| Arrival::FlyTo(Thing::Node(node)));
            add(state, [step], arrival, tools);
        }
        Err(message) => state.notice = Some(Notice::failed(message, Vec::new())),
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
    let mut view = drafting.view.clone();
    view.show(&drafted.model, &drafted.boundaries, thing);
    drafting.selection = Some(thing);
    let animated = !state.settings.reduced_motion;
    if state.document.as_ref().and_then(|it| it.drafting.as_ref()).is_some_and(|drafting| drafting.view != view) {
        with_view(state, tools, Arrival::FlyTo(thing), |_, shown| *shown = view);
    } else {
        with(state, |drafting| {
            drafting.arrival = Arrival::FlyTo(thing);
            arrive(drafting, &FxHashMap::default(), animated);
        });
    }
}

fn toggle(state: &mut State, place: Place, tools: &Tools<'_>) {
    if drafting(state).is_some_and(|drafting| drafting.is_expandable(place)) {
        with_view(state, tools, Arrival::Hold(place), |_, view| view.toggle(place));
    }
}

/// Another view of the same draft.
fn with_view(
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

/// Draws the picture anew.
fn render(drafting: &mut Drafting, measurer: &Measurer) {
    let (Some(ground), Some(Laid { drafted, arrangement, .. })) = (&drafting.ground, &drafting.laid) else { return };
    let drawn = draw_drafted(arrangement, &drafting.highlight, drafted, ground.model());
    let legend = drafted_legend(arrangement, &drafting.highlight, drafted, LEGEND_WIDTH, measurer);
    drafting.picture = Picture::new(drawn.scene, drawn.hits, measurer);
    drafting.legend = Picture::new(legend.scene, Vec::new(), measurer);
    drafting.meanings = legend.meanings;
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

pub(crate) fn fit(drafting: &mut Drafting, animated: bool) {
    let bounds = drafting.picture.scene.bounds;
    drafting.camera.fit(bounds, 1.5, animated);
}

/// Does a command while a draft is on the screen; false for one that is not about it.
pub(super) fn run(state: &mut State, command: Command, tools: &Tools<'_>) -> bool {
    if state.center != Center::WhatIf {
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
        Command::SaveDraft => save(state, tools),
        Command::CopyMoves => {
            if let Some(text) = drafting(state).and_then(|drafting| markdown(drafting)) {
                tools.ctx.copy_text(text);
                state.notice = Some(Notice::done("Copied the moves as Markdown".to_owned(), tools.now()));
            }
        }
        Command::WriteMoves => write(state, tools),
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
        Command::ZoomIn => with(state, |drafting| drafting.camera.zoom_by(1.25, animated)),
        Command::ZoomOut => with(state, |drafting| drafting.camera.zoom_by(0.8, animated)),
        Command::ZoomReset => with(state, |drafting| drafting.camera.zoom_reset(animated)),
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
        Command::ExpandToPackages => expand_to(state, 1, tools),
        Command::ExpandToLevel2 => expand_to(state, 2, tools),
        Command::ExpandToLevel3 => expand_to(state, 3, tools),
        Command::ExpandToLevel4 => expand_to(state, 4, tools),
        Command::ToggleEdges => with_view(state, tools, Arrival::Stay, |_, view| {
            view.edges = if view.edges == EdgeMode::All { EdgeMode::Quiet } else { EdgeMode::All };
        }),
        Command::ToggleTests => {
            with_view(state, tools, Arrival::Stay, |_, view| view.filter.tests = !view.filter.tests);
        }
        Command::ToggleInactive => {
            with_view(state, tools, Arrival::Stay, |_, view| view.filter.inactive = !view.filter.inactive);
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
        _ => return false,
    }
    true
}

fn expand_to(state: &mut State, level: u32, tools: &Tools<'_>) {
    with_view(state, tools, Arrival::Fit, |drafted, view| view.expand_to_level(&drafted.model, level));
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

/// What a place is called today: moves name code as it is before the first one.
fn today_name(drafting: &Drafting, place: Place) -> Option<String> {
    let (ground, drafted) = (drafting.ground.as_ref()?, drafting.drafted()?);
    match place {
        Place::Node(node) => Some(ground.model().path(node).to_owned()),
        Place::Fragment { boundary, .. } => Some(drafted.boundaries.name(boundary).to_owned()),
    }
}

/// Asks where the selection shall go.
fn begin_move(state: &mut State, command: Command) {
    let Some(drafting) = drafting(state) else { return };
    let Some(drafted) = drafting.drafted() else { return };
    let boundaries = drafted.boundaries.ids().map(|id| drafted.boundaries.name(id).to_owned()).collect();
    let scope = match command {
        Command::MergeInto => Scope::Boundaries,
        _ => Scope::Destinations,
    };
    state.overlay = Overlay::Finder(Finder::among(scope, boundaries));
}

/// Makes a boundary of what is gathered, or else of what is selected, with a name that is free.
fn split_off(state: &mut State, tools: &Tools<'_>) {
    let Some(drafting) = drafting(state) else { return };
    let places: Vec<Place> = match drafting.gathered.is_empty() {
        true => drafting.selection.and_then(Thing::place).into_iter().collect(),
        false => drafting.gathered.iter().copied().collect(),
    };
    let Some((ground, drafted)) = drafting.ground.as_ref().zip(drafting.drafted()) else { return };
    let is_code = |node: &NodeId| !matches!(ground.model().node(*node).kind, NodeKind::Item(_));
    let nodes: Vec<NodeId> = places.iter().filter_map(|place| place.node()).filter(is_code).collect();
    let Some(first) = nodes.first() else {
        let message = "Gather packages or modules first: a boundary consists of those".to_owned();
        state.notice = Some(Notice::failed(message, Vec::new()));
        return;
    };
    let base = ground.model().node(*first).name.to_string();
    let is_free = |name: &String| drafted.boundaries.find(name).is_none();
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    let name = std::iter::once(base.clone()).chain(numbered).find(is_free).unwrap_or(base);
    let code = nodes.iter().map(|node| ground.model().path(*node).to_owned()).collect();
    drafting.gathered.clear();
    add(state, [Move::Split { code, boundary: name }], Arrival::Stay, tools);
    if let Some(document) = &mut state.document {
        document.gathered.clear();
    }
}

fn markdown(drafting: &Drafting) -> Option<String> {
    let (ground, drafted) = (drafting.ground.as_ref()?, drafting.drafted()?);
    let changes = drafting.told.as_ref().map_or(&[][..], |told| &told.changes);
    Some(moves::moves(ground, drafted, changes))
}

/// Writes the draft, unless somebody else wrote the file meanwhile.
fn save(state: &mut State, tools: &Tools<'_>) {
    let Some(document) = &mut state.document else { return };
    let root = document.analysis.root.clone();
    let Some(drafting) = &mut document.drafting else { return };
    let text = draft::write(&drafting.draft);
    let before = drafting.on_disk.replace(text.clone());
    tools.worker.send(Job::Edit(FileEdit {
        path: root.join(draft::FILE),
        before,
        after: Some(text),
        what: format!("Saved {}", draft::FILE),
    }));
}

/// What became of writing a draft; false for another file.
pub(super) fn written(state: &mut State, path: &Path, result: &Result<(), NotWritten>, tools: &Tools<'_>) -> bool {
    if !path.ends_with(draft::FILE) {
        return false;
    }
    match result {
        Ok(()) => {
            let said = format!("Saved {}", draft::FILE);
            state.notice = Some(Notice::done(said, tools.now()));
        }
        Err(failure) => {
            let message = match failure {
                NotWritten::ChangedMeanwhile => {
                    format!("{} was changed by somebody else: save again to replace what it says now", draft::FILE)
                }
                NotWritten::Failed(message) => message.clone(),
            };
            // What is there now is read, so that the next attempt replaces what was seen.
            state.notice = Some(Notice::failed(message, vec![Command::SaveDraft]));
            tools.worker.send(Job::ReadDraft { path: path.to_owned() });
        }
    }
    true
}

fn write(state: &mut State, tools: &Tools<'_>) {
    let Some(document) = &mut state.document else { return };
    let path: PathBuf = document.analysis.root.join(MARKDOWN);
    let Some(text) = document.drafting.as_deref().and_then(markdown) else { return };
    tools.worker.send(Job::Write { path, bytes: text.into_bytes() });
    state.notice = Some(Notice::done(format!("Wrote {MARKDOWN}"), tools.now()));
}
