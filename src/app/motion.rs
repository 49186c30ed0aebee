//! Where the eye goes, and where things come from, when another arrangement arrives.
//!
//! In: nothing.  Out: [`Arrival`], [`Transition`], parts of the state.  Not here: moving anything.

use rustc_hash::FxHashMap;

use crate::scene::shape::Rect;
use crate::scene::thing::{Place, Thing};
use crate::viewpoint::Region;

/// Where the camera goes when a new arrangement arrives.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Arrival {
    /// Nothing on the screen was the cause: what is in the middle stays there.
    #[default]
    Stay,
    /// What was moved was moved by hand: the eye stays.
    Still,
    /// The box that was opened or closed stays where it is.
    Hold(Place),
    /// To the whole map.
    Fit,
    /// To a thing that may not have been shown before.
    FlyTo(Thing),
    /// To what was in sight when somebody looked before.
    See(Region),
}

/// A change from one arrangement to the next, on its way.
#[derive(Debug)]
pub(crate) struct Transition {
    pub(crate) before: FxHashMap<Thing, Rect>,
    /// In egui's seconds; `None` until the first frame.
    pub(crate) started: Option<f64>,
}
