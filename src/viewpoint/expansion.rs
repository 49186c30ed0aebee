//! Which boxes are open, by name.
//!
//! In: a [`MapView`] and its model.  Out: an [`Expansion`], and from it a [`MapView`] of another model, as far as it knows
//! the names.

use crate::boundary::Boundaries;
use crate::model::{Model, NodeId};
use crate::scene::address;
use crate::scene::map::{MapView, Pin};
use crate::scene::thing::{Place, Thing};

use super::Viewpoint;

/// What is open, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expansion {
    /// Packages and modules whose insides are shown, sorted.
    pub open: Vec<String>,
    /// Boundaries that are shown as one box, sorted.
    pub closed: Vec<String>,
}

impl Expansion {
    pub fn of(view: &MapView, model: &Model, boundaries: &Boundaries) -> Self {
        let name = |place: Place| address::name(model, boundaries, place.into());
        let mut open: Vec<String> = view.open.iter().map(|node| name(Place::Node(*node))).collect();
        let mut closed: Vec<String> = view.closed.iter().map(|place| name(*place)).collect();
        open.sort();
        closed.sort();
        Self { open, closed }
    }
}

/// What a viewpoint means in one model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    pub view: MapView,
    pub selection: Option<Thing>,
    /// What a search had found.
    pub found: Vec<NodeId>,
    /// Names that nothing has.
    pub missing: Vec<String>,
}

impl Viewpoint {
    /// Looks the names up; `first` is what a first look opens.
    pub fn find(&self, model: &Model, boundaries: &Boundaries, first: impl FnOnce() -> MapView) -> Found {
        let mut missing = Vec::new();
        let mut place = |name: &String| {
            let place = address::find(model, boundaries, name).and_then(Thing::place);
            if place.is_none() {
                missing.push(name.clone());
            }
            place
        };
        let mut view = match &self.expansion {
            Some(expansion) => MapView {
                open: expansion.open.iter().filter_map(&mut place).filter_map(Place::node).collect(),
                closed: expansion.closed.iter().filter_map(&mut place).filter(|it| it.node().is_none()).collect(),
                ..MapView::default()
            },
            None => first(),
        };
        (view.filter, view.edges) = (self.filter, self.edges);
        view.pins = self.pins.iter().filter_map(|(name, (x, y))| Some((place(name)?, Pin { x: *x, y: *y }))).collect();
        let found = self.found.iter().filter_map(&mut place).filter_map(Place::node).collect();
        let selection = self.focus.as_ref().and_then(|name| {
            let thing = address::find(model, boundaries, name);
            if thing.is_none() {
                missing.push(name.clone());
            }
            thing
        });
        // Whatever is selected is shown, even if somebody wrote the file by hand.
        if let Some(thing) = selection.filter(|_| self.expansion.is_none()) {
            view.show(model, boundaries, thing);
        }
        missing.sort();
        missing.dedup();
        Found { view, selection, found, missing }
    }
}
