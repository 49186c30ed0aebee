//! Moves: what hands and commands mean by them.
//!
//! In: a box that is put onto another one, a selection and where it shall go.  Out: moves in the draft, or why there is none.
//! A part of `execute`, the one writer of state.  Not here: judging them.

use super::command::Command;
use super::drafting::{Destination, Drafting};
use super::finder::{Finder, Scope};
use super::laying::{add, drafting};
use super::motion::Arrival;
use super::notice::Notice;
use super::state::{Overlay, State};
use super::tools::Tools;
use crate::draft::Move;
use crate::model::{Model, NodeId, NodeKind, WORKSPACE};
use crate::scene::thing::{Place, Thing};

/// A move that a box on another one means.
pub(super) fn put(state: &mut State, what: Place, onto: Thing, tools: &Tools<'_>) {
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
    let Some(drafted) = drafting.drafted() else { return Err("the draft is not judged yet".to_owned()) };
    let to = match onto {
        Thing::Boundary { boundary, .. } => Destination::Boundary(drafted.boundaries.name(boundary).to_owned()),
        Thing::Node(node) => Destination::Code(node),
        Thing::Edge { .. } => return Err("nothing can be put onto an edge".to_owned()),
    };
    put_into(drafting, what, to)
}

fn put_into(drafting: &Drafting, what: Place, to: Destination) -> Result<Move, String> {
    let (Some(ground), Some(drafted)) = (&drafting.ground, drafting.drafted()) else {
        return Err("the draft is not judged yet".to_owned());
    };
    let today = ground.model();
    match (what, to) {
        (Place::Node(node), Destination::Code(to)) if is_within_crate(today, node) => relocation(today, node, to),
        (what, Destination::Boundary(into)) => joined(drafting, today, what, into),
        // Packages and boundaries go to the boundary of what they are put onto.
        (what, Destination::Code(to)) => {
            let into = drafted.boundaries.of(to).map(|id| drafted.boundaries.name(id).to_owned());
            let name = drafting.name_of(what.into());
            match into {
                Some(into) => joined(drafting, today, what, into),
                None => Err(format!("`{name}` can only be given to a boundary, and there is none")),
            }
        }
    }
}

fn is_within_crate(model: &Model, node: NodeId) -> bool {
    matches!(model.node(node).kind, NodeKind::Module | NodeKind::Item(_))
}

fn relocation(today: &Model, node: NodeId, to: NodeId) -> Result<Move, String> {
    let code = today.path(node).to_owned();
    // Of an item its module is meant.
    let place = today.ancestors(to).find(|it| !matches!(today.node(*it).kind, NodeKind::Item(_)));
    match place.filter(|place| *place != WORKSPACE) {
        Some(place) if place == node => Err(format!("`{code}` cannot be put into itself")),
        Some(place) => Ok(Move::Relocate { code, to: today.path(place).to_owned() }),
        None => Err(format!("`{code}` needs a package or a module to be in")),
    }
}

/// Code becomes a part of a boundary; what is all of a boundary takes it along.
fn joined(drafting: &Drafting, today: &Model, what: Place, into: String) -> Result<Move, String> {
    if let Some(boundary) = drafting.boundary_of(what.into()) {
        return match boundary == into {
            true => Err(format!("`{into}` is one boundary already")),
            false => Ok(Move::Merge { boundary: boundary.to_owned(), into }),
        };
    }
    let Some(node) = what.node() else { return Err("this is no code of the workspace".to_owned()) };
    let code = today.path(node).to_owned();
    if matches!(today.node(node).kind, NodeKind::Item(_)) {
        return Err(format!("`{code}` is an item: put it into a module of `{into}`"));
    }
    let own = drafting.drafted().and_then(|drafted| Some(drafted.boundaries.name(drafted.boundaries.of(node)?)));
    match own == Some(&*into) {
        true => Err(format!("`{code}` is a part of `{into}` already")),
        false => Ok(Move::Assign { code, boundary: into }),
    }
}

pub(super) fn put_selection(state: &mut State, to: Destination, tools: &Tools<'_>) {
    let Some(drafting) = drafting(state) else { return };
    let Some(place) = drafting.selection.and_then(Thing::place) else { return };
    match put_into(drafting, place, to) {
        Ok(step) => {
            let arrival = place.node().map_or(Arrival::Stay, |node| Arrival::FlyTo(Thing::Node(node)));
            add(state, [step], arrival, tools);
        }
        Err(message) => state.notice = Some(Notice::failed(message, Vec::new())),
    }
}

pub(super) fn gather(drafting: &mut Drafting, thing: Thing) {
    let Some(place) = thing.place() else { return };
    if !drafting.gathered.remove(&place) {
        drafting.gathered.insert(place);
    }
}

/// What a place is called today: moves name code as it is before the first one.
pub(super) fn today_name(drafting: &Drafting, place: Place) -> Option<String> {
    let (ground, drafted) = (drafting.ground.as_ref()?, drafting.drafted()?);
    match place {
        Place::Node(node) => Some(ground.model().path(node).to_owned()),
        Place::Fragment { boundary, .. } => Some(drafted.boundaries.name(boundary).to_owned()),
    }
}

/// Asks where the selection shall go.
pub(super) fn begin_move(state: &mut State, command: Command) {
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
pub(super) fn split_off(state: &mut State, tools: &Tools<'_>) {
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
