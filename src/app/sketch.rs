//! First boundaries, found and put right by hand: what is looked at, until it is saved.
//!
//! In: what the worker found and what a person points at.  Out: [`Sketch`], a part of the document.  Not here: changing it
//! (`sketching`), finding and judging (`sketched`), and drawing (`scene`).

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::canvas::camera::Camera;
use super::canvas::picture::Picture;
use super::edits::FileEdit;
use super::generation::Generation;
use super::history::History;
use super::lasso::Lasso;
use super::motion::{Arrival, Transition};
use super::sketched::Laid;
use crate::model::NodeId;
use crate::propose::{GroupBy, Plan};
use crate::scene::map::{Arrangement, Highlight, MapView};
use crate::scene::shape::Point;
use crate::scene::thing::{Place, Thing};

/// Boundaries to be, on the screen.
pub(crate) struct Sketch {
    pub(crate) by: GroupBy,
    /// `None` until the first was found.
    pub(crate) plan: Option<Plan>,
    pub(crate) undo: History<(GroupBy, Plan)>,
    /// Of the plan, or of an earlier one while that is judged.
    pub(crate) laid: Option<Arc<Laid>>,
    /// Why nothing was found, or a change was not made.
    pub(crate) told: Option<String>,
    pub(crate) laying: Option<Laying>,
    /// What was put into the draft of riprap.toml: another text there is a person's.
    pub(crate) written: Option<String>,
    /// The riprap.baseline to write once riprap.toml is.
    pub(crate) saving: Option<FileEdit>,
    /// The group that is told in full, and what is typed as its name.
    pub(crate) chosen: Option<String>,
    pub(crate) name_entry: String,
    /// The list shall bring that group into sight.
    pub(crate) scroll_to_chosen: bool,
    pub(crate) view: Option<MapView>,
    pub(crate) arrangement: Option<Arc<Arrangement>>,
    pub(crate) highlight: Highlight,
    pub(crate) picture: Picture,
    pub(crate) legend: Picture,
    /// What the legend says, in words.
    pub(crate) meanings: Vec<&'static str>,
    pub(crate) camera: Camera,
    pub(crate) placed: bool,
    pub(crate) selection: Option<Thing>,
    pub(crate) hover: Option<Thing>,
    pub(crate) gathered: BTreeSet<Place>,
    pub(crate) lasso: Lasso,
    pub(crate) drag: Option<Drag>,
    pub(crate) arrival: Arrival,
    pub(crate) transition: Option<Transition>,
}

/// A plan that the worker is at.
#[derive(Clone, Debug)]
pub(crate) struct Laying {
    pub(crate) generation: Generation,
    pub(crate) cancel: Arc<AtomicBool>,
    /// What the plan is found by, if it is found at all.
    pub(crate) by: Option<GroupBy>,
}

/// A box that a hand moves.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Drag {
    pub(crate) what: Place,
    /// Where it is held, in the scene's coordinates.
    pub(crate) at: Point,
    /// The box under it, and the group that it would become a part of.
    pub(crate) onto: Option<(Thing, String)>,
}

/// What hands do about groups.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum OnSketch {
    /// Finds groups anew.
    By(GroupBy),
    Select(Option<Thing>),
    Hover(Option<Thing>),
    Toggle(Place),
    Gather(Thing),
    GatherWithin(Vec<Point>),
    /// Tells a group in full, or no more.
    Choose(String),
    /// Puts code into a group, which is made if there is none of that name.
    Put {
        code: Vec<NodeId>,
        into: String,
    },
    /// Puts a box of the map into a group.
    PutPlace {
        what: Place,
        into: String,
    },
    /// Puts what is gathered, or selected, into a group.
    PutSelection(String),
    Rename {
        from: String,
        to: String,
    },
    Merge {
        from: String,
        into: String,
    },
    /// The code of a group belongs to none.
    Drop(String),
    /// Replaces what somebody typed as riprap.toml by what is shown.
    TakeGroups,
}

impl Sketch {
    pub(crate) fn new() -> Self {
        Self {
            by: GroupBy::default(),
            plan: None,
            undo: History::default(),
            laid: None,
            told: None,
            laying: None,
            written: None,
            saving: None,
            chosen: None,
            name_entry: String::new(),
            scroll_to_chosen: false,
            view: None,
            arrangement: None,
            highlight: Highlight::default(),
            picture: Picture::default(),
            legend: Picture::default(),
            meanings: Vec::new(),
            camera: Camera::default(),
            placed: false,
            selection: None,
            hover: None,
            gathered: BTreeSet::new(),
            lasso: Lasso::default(),
            drag: None,
            arrival: Arrival::Fit,
            transition: None,
        }
    }

    /// What to call a thing of the map.
    pub(crate) fn name_of(&self, thing: Thing) -> String {
        let Some(laid) = &self.laid else { return String::new() };
        match thing {
            Thing::Node(node) => {
                let node = laid.model().node(node);
                if node.path.is_empty() { node.name.to_string() } else { node.path.to_string() }
            }
            Thing::Boundary { boundary, .. } => laid.boundaries().name(boundary).to_owned(),
            Thing::Edge { from, to } => format!("{} → {}", self.name_of(from.into()), self.name_of(to.into())),
        }
    }

    /// The group that a box belongs to.
    pub(crate) fn group_of(&self, thing: Thing) -> Option<&str> {
        let boundaries = self.laid.as_ref()?.boundaries();
        let boundary = match thing {
            Thing::Boundary { boundary, .. } => boundary,
            Thing::Node(node) => boundaries.of(node)?,
            Thing::Edge { .. } => return None,
        };
        Some(boundaries.name(boundary))
    }

    /// The box of a group, or of its only piece.
    pub(crate) fn box_of(&self, group: &str) -> Option<Thing> {
        let (boundaries, arrangement) = (self.laid.as_ref()?.boundaries(), self.arrangement.as_ref()?);
        let id = boundaries.find(group)?;
        let is_its = |place: &Place| match place {
            Place::Fragment { boundary, .. } => *boundary == id,
            Place::Node(node) => boundaries.members(id) == [*node],
        };
        let mut places = arrangement.cut.boxes.iter().map(|visible| visible.place);
        places.find(is_its).map(Thing::from)
    }

    /// The group that a box would become a part of, put onto another one.
    pub(crate) fn meant(&self, what: Place, onto: Thing) -> Option<&str> {
        let into = self.group_of(onto)?;
        (self.group_of(what.into()) != Some(into)).then_some(into)
    }

    pub(crate) fn is_expandable(&self, place: Place) -> bool {
        let Some(arrangement) = &self.arrangement else { return false };
        let cut = &arrangement.cut;
        cut.find(place).is_some_and(|index| cut.boxes[index as usize].expandable)
    }

    /// What is shown is the plan, and nothing is on its way.
    pub(crate) fn is_settled(&self) -> bool {
        self.laying.is_none() && self.laid.as_ref().is_some_and(|laid| Some(&laid.plan) == self.plan.as_ref())
    }
}
