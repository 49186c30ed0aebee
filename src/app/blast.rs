//! The blast radius of what is selected or gathered.
//!
//! In: nothing.  Out: [`Blasting`].  Not here: making it (`blasting`).

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::affected::Blast;
use crate::model::NodeId;
use crate::scene::thing::{Place, Thing};

/// What it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Center {
    pub(super) selection: Option<Thing>,
    pub(super) gathered: BTreeSet<Place>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Blasting {
    pub(super) center: Center,
    pub(crate) blast: Blast,
    /// For the picture: each module with its distance.
    pub(crate) rings: Arc<[(NodeId, usize)]>,
}
