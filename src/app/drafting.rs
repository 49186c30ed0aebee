//! What if: a draft that is looked at, and what is known of it.
//!
//! In: what the worker found and what a person points at.  Out: [`Drafting`], a part of the document.  Not here: changing it
//! (`whatif`), judging (`crate::draft`), and drawing (`scene`).

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::canvas::camera::Camera;
use super::canvas::picture::Picture;
use super::generation::Generation;
use super::history::History;
use super::motion::{Arrival, Transition};
use crate::analysis::Analysis;
use crate::draft::{Change, Condition, Draft, Drafted, Ground, Move, Suggestion};
use crate::scene::map::{Arrangement, Highlight, MapView};
use crate::scene::shape::Point;
use crate::scene::thing::{Place, Thing};

/// A draft on the screen.
pub(crate) struct Drafting {
    pub(crate) draft: Draft,
    pub(crate) undo: History<Draft>,
    /// Today's state; `None` until the worker has made it.
    pub(crate) ground: Option<Arc<Ground>>,
    /// Of the draft, or of an earlier one while that is judged.
    pub(crate) laid: Option<Laid>,
    /// What takes longer to find out; `None` until it is.
    pub(crate) told: Option<Told>,
    pub(crate) suggesting: Suggesting,
    pub(crate) view: MapView,
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
    pub(crate) drag: Option<Drag>,
    /// A draft or a view that the worker is at.
    pub(crate) laying: Option<Generation>,
    pub(crate) arrival: Arrival,
    pub(crate) transition: Option<Transition>,
    /// What riprap.draft.toml says, as far as it was read or written.
    pub(crate) on_disk: Option<String>,
}

/// A draft that is judged and arranged.
#[derive(Clone)]
pub(crate) struct Laid {
    pub(crate) drafted: Arc<Drafted>,
    pub(crate) arrangement: Arc<Arrangement>,
    /// How long judging took.
    pub(crate) took: Duration,
}

/// What is found out about a draft once it is shown.
pub(crate) struct Told {
    pub(crate) changes: Vec<Change>,
    pub(crate) conditions: Vec<Condition>,
}

/// The search for moves that help.
#[derive(Default)]
pub(crate) struct Suggesting {
    pub(crate) running: Option<(Generation, Arc<AtomicBool>)>,
    /// How many moves were tried of how many.
    pub(crate) progress: (usize, usize),
    /// `None` until the search has ended.
    pub(crate) found: Option<Vec<Suggestion>>,
}

/// A box that a hand moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Drag {
    pub(crate) what: Place,
    /// Where it is held, in the scene's coordinates.
    pub(crate) at: Point,
    pub(crate) onto: Option<Thing>,
}

/// Where something shall go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    Code(crate::model::NodeId),
    Boundary(String),
}

/// What hands do about a draft.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum OnDraft {
    Select(Option<Thing>),
    Hover(Option<Thing>),
    Toggle(Place),
    Gather(Thing),
    /// Puts a box into another one.
    Put {
        what: Place,
        onto: Thing,
    },
    /// Puts what is selected somewhere.
    PutSelection(Destination),
    /// Takes a move out of the list.
    Drop(usize),
    /// Adds moves that were suggested.
    Apply(Vec<Move>),
    /// Shows where a violation is: by its index today, or in the draft.
    VisitGone(usize),
    VisitNew(usize),
}

/// What the worker is to do about a draft.
pub(crate) struct DraftJob {
    pub(crate) generation: Generation,
    pub(crate) analysis: Arc<Analysis>,
    pub(crate) ground: Option<Arc<Ground>>,
    pub(crate) draft: Draft,
    /// What is laid already, if only the view is another one.
    pub(crate) laid: Option<Laid>,
    pub(crate) view: MapView,
    pub(crate) previous: Option<Arc<Arrangement>>,
}

/// What it says of one.
pub(crate) struct DraftLaid {
    pub(crate) generation: Generation,
    pub(crate) ground: Arc<Ground>,
    pub(crate) laid: Laid,
    pub(crate) view: MapView,
}

impl Drafting {
    pub(crate) fn new(view: MapView) -> Self {
        Self {
            draft: Draft::default(),
            undo: History::default(),
            ground: None,
            laid: None,
            told: None,
            suggesting: Suggesting::default(),
            view,
            highlight: Highlight::default(),
            picture: Picture::default(),
            legend: Picture::default(),
            meanings: Vec::new(),
            camera: Camera::default(),
            placed: false,
            selection: None,
            hover: None,
            gathered: BTreeSet::new(),
            drag: None,
            laying: None,
            arrival: Arrival::Fit,
            transition: None,
            on_disk: None,
        }
    }

    pub(crate) fn drafted(&self) -> Option<&Drafted> {
        self.laid.as_ref().map(|laid| &*laid.drafted)
    }

    /// What to call a thing of the draft.
    pub(crate) fn name_of(&self, thing: Thing) -> String {
        let Some(drafted) = self.drafted() else { return String::new() };
        match thing {
            Thing::Node(node) => {
                let node = drafted.model.node(node);
                if node.path.is_empty() { node.name.to_string() } else { node.path.to_string() }
            }
            Thing::Boundary { boundary, .. } => drafted.boundaries.name(boundary).to_owned(),
            Thing::Edge { from, to } => format!("{} → {}", self.name_of(from.into()), self.name_of(to.into())),
        }
    }

    /// The boundary that a box is the whole of.
    pub(crate) fn boundary_of(&self, thing: Thing) -> Option<&str> {
        let boundaries = &self.drafted()?.boundaries;
        let boundary = match thing {
            Thing::Boundary { boundary, .. } => boundary,
            Thing::Node(node) => boundaries.of(node).filter(|id| boundaries.members(*id) == [node])?,
            Thing::Edge { .. } => return None,
        };
        Some(boundaries.name(boundary))
    }

    /// The selected box, if it can be opened or closed.
    pub(crate) fn expandable_selection(&self) -> Option<Place> {
        let place = self.selection?.place()?;
        self.is_expandable(place).then_some(place)
    }

    pub(crate) fn is_expandable(&self, place: Place) -> bool {
        let Some(laid) = &self.laid else { return false };
        let cut = &laid.arrangement.cut;
        cut.find(place).is_some_and(|index| cut.boxes[index as usize].expandable)
    }

    /// Whether the list differs from what the file says.
    pub(crate) fn is_unsaved(&self) -> bool {
        match &self.on_disk {
            Some(text) => crate::draft::read(text).ok().as_ref() != Some(&self.draft),
            None => !self.draft.moves.is_empty(),
        }
    }
}
