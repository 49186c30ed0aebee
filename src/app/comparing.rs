//! Two revisions that are looked at beside each other, and the next two that were asked for.
//!
//! In: what the worker found and what a person points at.  Out: [`Comparisons`], a part of the state.  Not here: changing it
//! (`compare`), and what differs (`scene`).

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::canvas::camera::Camera;
use super::canvas::picture::Picture;
use super::generation::Generation;
use super::motion::{Arrival, Transition};
use super::pair::Pair;
use crate::analysis::Progress;
use crate::git::Landmark;
use crate::scene::map::comparison::{Compared, Difference, Section};
use crate::scene::map::{Highlight, MapView};
use crate::scene::thing::{Place, Thing};
use crate::viewpoint::Viewpoint;

/// Everything about comparing that the window knows.
#[derive(Default)]
pub(crate) struct Comparisons {
    pub(crate) asking: Option<Asking>,
    /// Why the last two could not be compared.
    pub(crate) failure: Option<Refusal>,
    pub(crate) shown: Option<Box<Comparing>>,
    pub(crate) suggestions: Suggestions,
    /// Asked for on the command line, done once a workspace is there.
    pub(crate) wanted: Option<String>,
    /// What to select once they are compared.
    pub(crate) focus: Option<String>,
    /// How to look at them then.
    pub(crate) viewpoint: Option<Viewpoint>,
    /// One above the other, or side by side.
    pub(crate) is_split: bool,
}

/// Two revisions that are being read.
#[derive(Clone, Debug)]
pub(crate) struct Asking {
    pub(crate) generation: Generation,
    pub(crate) old: String,
    pub(crate) new: String,
    pub(crate) progress: Option<Progress>,
    pub(crate) since: Instant,
    pub(crate) cancel: Arc<AtomicBool>,
    /// What is shown goes on, and follows quietly.
    pub(crate) quietly: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) old: String,
    pub(crate) new: String,
    /// What is wrong in the first line, then what to do.
    pub(crate) message: String,
}

/// Revisions to compare with, of the repository around a path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Suggestions {
    pub(crate) path: Option<PathBuf>,
    /// `None` until they are known.
    pub(crate) landmarks: Option<Vec<Landmark>>,
}

/// The dialog while it is open.
#[derive(Clone, Debug, Default)]
pub(crate) struct RevisionChoice {
    pub(crate) old: String,
    pub(crate) new: String,
    /// The field has had the focus.
    pub(crate) is_shown: bool,
}

/// Two revisions on the screen.
pub(crate) struct Comparing {
    pub(crate) pair: Arc<Pair>,
    pub(crate) view: MapView,
    pub(crate) compared: Arc<Compared>,
    pub(crate) highlight: Highlight,
    /// One, or one for each revision.
    pub(crate) pictures: Vec<Picture>,
    pub(crate) legend: Picture,
    /// What the legend says, in words.
    pub(crate) meanings: Vec<&'static str>,
    pub(crate) camera: Camera,
    pub(crate) placed: bool,
    pub(crate) selection: Option<Thing>,
    pub(crate) hover: Option<Thing>,
    /// The line of the list that was chosen, or that speaks of the selection.
    pub(crate) difference: Option<usize>,
    /// The list shall bring that line into sight.
    pub(crate) scroll: bool,
    pub(crate) folded: Vec<Section>,
    pub(crate) arranging: Option<Generation>,
    pub(crate) arrival: Arrival,
    pub(crate) transition: Option<Transition>,
}

/// More lines of one section than this are folded at first.
const MOST_UNFOLDED: usize = 200;

impl Comparing {
    pub(crate) fn new(pair: Arc<Pair>, view: MapView, compared: Arc<Compared>) -> Self {
        let is_long = |section: &Section| pair.of_section(*section).count() > MOST_UNFOLDED;
        let folded = Section::ALL.into_iter().filter(|section| *section == Section::Edges || is_long(section));
        Self {
            folded: folded.collect(),
            pair,
            view,
            compared,
            highlight: Highlight::default(),
            pictures: Vec::new(),
            legend: Picture::default(),
            meanings: Vec::new(),
            camera: Camera::default(),
            placed: false,
            selection: None,
            hover: None,
            difference: None,
            scroll: false,
            arranging: None,
            arrival: Arrival::Fit,
            transition: None,
        }
    }

    /// What to call a thing of the union.
    pub(crate) fn name_of(&self, thing: Thing) -> String {
        let union = &self.pair.union;
        match thing {
            Thing::Node(node) => {
                let node = union.model.node(node);
                if node.path.is_empty() { node.name.to_string() } else { node.path.to_string() }
            }
            Thing::Boundary { boundary, .. } => union.boundaries.name(boundary).to_owned(),
            Thing::Edge { from, to } => format!("{} → {}", self.name_of(from.into()), self.name_of(to.into())),
        }
    }

    /// The selected box, if it can be opened or closed.
    pub(crate) fn expandable_selection(&self) -> Option<Place> {
        let cut = &self.compared.map.cut;
        let place = self.selection?.place()?;
        cut.find(place).filter(|index| cut.boxes[*index as usize].expandable).map(|_| place)
    }

    /// The line that speaks of a thing: of it exactly, or of what it stands for on the picture.
    pub(crate) fn difference_of(&self, thing: Thing) -> Option<usize> {
        let differences = &self.pair.differences;
        let exact = differences.iter().position(|it| it.thing == Some(thing));
        exact.or_else(|| {
            let shown = |it: &Difference| it.thing.and_then(|thing| self.compared.map.shown(thing)) == Some(thing);
            differences.iter().position(shown)
        })
    }
}
