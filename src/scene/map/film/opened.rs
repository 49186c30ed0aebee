//! What is open in all of a film, so that nothing opens or closes while it plays.
//!
//! In: a few revisions.  Out: a [`MapView`] of any.  Not here: places.

use std::collections::BTreeSet;

use super::Seen;
use crate::model::NodeKind;
use crate::scene::map::census::Census;
use crate::scene::map::cut::{Cut, cut};
use crate::scene::map::size::stable_key;
use crate::scene::map::{Budget, Filter, MapView, initial_expansion};
use crate::scene::thing::Place;

/// Keys of containers.
#[derive(Debug, Default)]
pub(super) struct Opened {
    open: BTreeSet<u64>,
    /// Fragments of boundaries: these are open otherwise.
    closed: BTreeSet<u64>,
}

/// How many boxes the first view of one revision may have; fewer, where revisions together would have more than [`MOST`].
const BUDGETS: [u32; 4] = [80, 60, 45, 30];
const MOST: usize = 130;

/// Modules stay closed: a film is looked at from afar.
const FILTER: Filter = Filter { tests: false, inactive: false, items: false };

impl Opened {
    /// What the first view of any of them opens.
    pub(super) fn of(samples: &[Seen]) -> Self {
        let mut opened = Self::default();
        for preferred in BUDGETS {
            opened = Self::within(samples, Budget { preferred, limit: preferred * 3 / 2 });
            let boxes: BTreeSet<u64> = samples.iter().flat_map(|seen| opened.boxes(seen)).collect();
            if boxes.len() <= MOST {
                break;
            }
        }
        opened
    }

    fn within(samples: &[Seen], budget: Budget) -> Self {
        let mut opened = Self::default();
        for Seen { model, boundaries, verdict } in samples {
            let view = initial_expansion(model, boundaries, verdict, budget);
            let key = |place| stable_key(model, boundaries, place);
            opened.open.extend(view.open.iter().map(|node| key(Place::Node(*node))));
            opened.closed.extend(view.closed.iter().map(|place| key(*place)));
        }
        opened
    }

    fn boxes(&self, seen: &Seen) -> Vec<u64> {
        let shown = shown(seen, &self.view(seen));
        shown.boxes.iter().map(|visible| stable_key(&seen.model, &seen.boundaries, visible.place)).collect()
    }

    pub(super) fn view(&self, seen: &Seen) -> MapView {
        let (model, boundaries) = (&*seen.model, &seen.boundaries);
        let key = |place| stable_key(model, boundaries, place);
        let containers = model.node_ids().filter(|node| !matches!(model.node(*node).kind, NodeKind::Item(_)));
        let open = containers.filter(|node| self.open.contains(&key(Place::Node(*node)))).collect();
        let mut view = MapView { open, filter: FILTER, ..MapView::default() };
        if !self.closed.is_empty() {
            let places = shown(seen, &view).boxes.into_iter().map(|visible| visible.place);
            view.closed = places.filter(|place| place.node().is_none() && self.closed.contains(&key(*place))).collect();
        }
        view
    }
}

fn shown(seen: &Seen, view: &MapView) -> Cut {
    cut(&Census::new(&seen.model, view.filter), &seen.boundaries, view)
}
