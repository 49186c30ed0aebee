//! The ways from one part to another, shortest first.
//!
//! In: the graph of stops, how many ways.  Out: simple ways as edges of the model.  Not here: what every way goes through.

use std::collections::{BTreeMap, VecDeque};

use super::Way;
use super::graph::{Graph, Stop};
use crate::model::Model;

/// Steps of a search; a graph can have more simple ways than there are atoms.
const MOST_STEPS: usize = 100_000;

/// Ways that are longer than the shortest by more tell nothing new.
const MOST_DETOUR: usize = 4;

/// The shortest ways, and whether there are more.
pub(super) fn ways(model: &Model, graph: &Graph, most: usize) -> (Vec<Way>, bool) {
    let distance = distances(graph);
    let Some(shortest) = distance.get(&Stop::From).copied() else { return (Vec::new(), false) };
    let mut search =
        Search { model, graph, distance, most, steps: 0, stops: vec![Stop::From], ways: Vec::new(), cut: false };
    for length in shortest..=shortest + MOST_DETOUR {
        search.extend(length);
        if search.is_over() {
            break;
        }
    }
    let more = search.cut || search.ways.len() > most;
    search.ways.truncate(most);
    (search.ways, more)
}

/// How many steps each stop is away from the second part.
fn distances(graph: &Graph) -> BTreeMap<Stop, usize> {
    let mut distances = BTreeMap::from([(Stop::To, 0)]);
    let mut waiting = VecDeque::from([Stop::To]);
    while let Some(stop) = waiting.pop_front() {
        let next = distances[&stop] + 1;
        for before in graph.before(stop) {
            distances.entry(before).or_insert_with(|| {
                waiting.push_back(before);
                next
            });
        }
    }
    distances
}

struct Search<'a> {
    model: &'a Model,
    graph: &'a Graph,
    distance: BTreeMap<Stop, usize>,
    most: usize,
    steps: usize,
    /// Where the search stands.
    stops: Vec<Stop>,
    ways: Vec<Way>,
    /// Ways were left out.
    cut: bool,
}

impl Search<'_> {
    fn is_over(&self) -> bool {
        self.ways.len() > self.most || self.steps > MOST_STEPS
    }

    /// Finds the ways that take exactly so many steps more.
    fn extend(&mut self, length: usize) {
        self.steps += 1;
        if self.is_over() {
            self.cut = true;
            return;
        }
        let Some(here) = self.stops.last().copied() else { return };
        if here == Stop::To {
            if length == 0 {
                let edges = self.stops.windows(2).filter_map(|pair| self.graph.edge(pair[0], pair[1]));
                self.ways.push(edges.collect());
            }
            return;
        }
        for next in self.graph.next(self.model, here) {
            let is_near = self.distance.get(&next).is_some_and(|distance| *distance < length);
            // Nothing but the end itself is at distance 0.
            let fits = is_near && (next != Stop::To || length == 1);
            if fits && !self.stops.contains(&next) {
                self.stops.push(next);
                self.extend(length - 1);
                self.stops.pop();
            }
        }
    }
}
