//! What is where: the map's geometry, computed when the view or the model changes.
//!
//! In: a model with its boundaries and verdict, a view, a measurer, and what was arranged before.  Out: an
//! [`Arrangement`], a comparable value that needs neither of them to be looked at.  Not here: colours and highlights.

use super::census::Census;
use super::cut::{Cut, cut};
use super::face::{BoxFace, face};
use super::lift::{LiftedEdge, lift};
use super::offence::Offences;
use super::route::routes;
use super::size::{self, Caption, HEADER};
use super::{EdgeMode, MapView};
use crate::boundary::Boundaries;
use crate::layout::{self, BoxRequest, EdgeRequest, Options, Previous, Request, Size};
use crate::model::{Model, NodeId};
use crate::scene::outline;
use crate::scene::shape::{Point, Rect};
use crate::scene::thing::{Place, Thing};
use crate::theme::Measurer;
use crate::verdict::{Tally, Verdict};

/// Boxes and edges of a map with their places.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrangement {
    pub cut: Cut,
    /// Sorted by their ends.
    pub edges: Vec<LiftedEdge>,
    /// By box, in world units.
    pub rects: Vec<Rect>,
    /// The whole map with what sticks out of its boxes.
    pub bounds: Rect,
    /// By edge: its line from user to used.
    pub routes: Vec<Vec<Point>>,
    /// By box: the violations that begin in it and in no box within.
    pub violations: Vec<Tally>,
    /// By box: those, and the ones of all boxes within.
    pub violations_within: Vec<Tally>,
    pub mode: EdgeMode,
    /// By box: the violations that its badges tell of.
    pub(super) told: Vec<Tally>,
    pub(super) faces: Vec<BoxFace>,
    /// By box: one past the last box within.
    pub(super) ends: Vec<u32>,
    memory: Previous,
}

/// Room around the boxes for badges, markers, and edges that run below the last box.
const MARGIN: f32 = 28.0;

/// Room around what is cut out of a map, for badges on its edge.
const AROUND: f32 = 16.0;

/// Cuts, lifts, measures, lays out and routes.
///
/// `previous` keeps boxes where they were as far as the code allows; without it the picture depends on the rest alone.
/// Opening and closing boxes keeps the order of all others with and without it.
pub fn arrange(
    model: &Model,
    boundaries: &Boundaries,
    verdict: &Verdict,
    view: &MapView,
    measurer: &Measurer,
    previous: Option<&Arrangement>,
) -> Arrangement {
    arranged(model, boundaries, verdict, view, measurer, previous, &|_, _| {})
}

/// The same with other words on the boxes.
pub(super) fn arranged(
    model: &Model,
    boundaries: &Boundaries,
    verdict: &Verdict,
    view: &MapView,
    measurer: &Measurer,
    previous: Option<&Arrangement>,
    reword: &dyn Fn(&Cut, &mut [Caption]),
) -> Arrangement {
    let unplaced = Unplaced::new((model, boundaries, verdict), view, measurer, reword);
    let request = &unplaced.request;
    let placement = layout::place(request, previous.map(|previous| &previous.memory));
    let memory = Previous::of(request, &placement);
    let memory = match previous {
        Some(previous) => memory.or(&previous.memory),
        None => memory,
    };
    let layout::Placement { rects, upward, size, .. } = placement;
    Arrangement { memory, ..unplaced.placed(&rects, size, &upward, measurer) }
}

/// What a map shows, before anything has a place.
#[derive(Clone, Debug)]
pub(super) struct Unplaced {
    pub(super) cut: Cut,
    pub(super) edges: Vec<LiftedEdge>,
    pub(super) request: Request,
    captions: Vec<Caption>,
    violations: Vec<Tally>,
    violations_within: Vec<Tally>,
    told: Vec<Tally>,
    mode: EdgeMode,
}

impl Unplaced {
    pub(super) fn new(
        (model, boundaries, verdict): (&Model, &Boundaries, &Verdict),
        view: &MapView,
        measurer: &Measurer,
        reword: &dyn Fn(&Cut, &mut [Caption]),
    ) -> Self {
        let census = Census::new(model, view.filter);
        let cut = cut(&census, boundaries, view);
        let offences = Offences::new(model, boundaries, verdict);
        let edges = lift(model, &offences, &cut, view.filter);
        let (violations, violations_within) = tallies(&cut, &offences);
        let told: Vec<Tally> =
            (0..cut.boxes.len()).map(|index| told(&cut, index, &violations, &violations_within)).collect();
        let captions = cut.boxes.iter().zip(&told);
        let captions = captions.map(|(visible, told)| size::caption(model, boundaries, visible).telling(*told));
        let mut captions: Vec<Caption> = captions.collect();
        reword(&cut, &mut captions);
        let request = request(model, boundaries, view, &cut, &captions, &edges, measurer);
        Self { cut, edges, request, captions, violations, violations_within, told, mode: view.edges }
    }

    /// With a place for each box, and whether each edge runs against the flow.
    pub(super) fn placed(
        self,
        rects: &[layout::Rect],
        size: Size,
        upward: &[bool],
        measurer: &Measurer,
    ) -> Arrangement {
        let Self { cut, mut edges, captions, violations, violations_within, told, mode, .. } = self;
        for (edge, upward) in edges.iter_mut().zip(upward) {
            edge.upward = *upward;
        }
        let rects: Vec<Rect> = rects.iter().map(|rect| Rect::new(rect.x, rect.y, rect.width, rect.height)).collect();
        let routes = routes(&cut, &rects, HEADER, &edges);
        let all = Rect::new(0.0, 0.0, size.width, size.height);
        let around = Rect::around(routes.iter().flatten().copied());
        let bounds = around.map_or(all, |around| all.union(around)).expand(MARGIN);
        let faces = cut.boxes.iter().zip(&rects).zip(&captions);
        let faces = faces.map(|((visible, rect), caption)| face(visible, *rect, caption, measurer)).collect();
        let ends = subtree_ends(&cut);
        let memory = Previous::default();
        Arrangement {
            cut,
            edges,
            rects,
            bounds,
            routes,
            violations,
            violations_within,
            told,
            mode,
            faces,
            ends,
            memory,
        }
    }
}

/// By box: its own violations, and those together with what is within.
fn tallies(cut: &Cut, offences: &Offences) -> (Vec<Tally>, Vec<Tally>) {
    let mut own = vec![Tally::default(); cut.boxes.len()];
    for offence in offences.all() {
        if let Some(index) = cut.box_at(offence.from) {
            own[index as usize].add(offence.standing);
        }
    }
    let mut within = own.clone();
    // Boxes follow what they lie in.
    for index in (0..cut.boxes.len()).rev() {
        if let Some(parent) = cut.boxes[index].parent {
            within[parent as usize] = within[parent as usize].and(within[index]);
        }
    }
    (own, within)
}

/// A boundary tells of everything in it; any other open box leaves to the boxes within what begins there.
fn told(cut: &Cut, index: usize, own: &[Tally], within: &[Tally]) -> Tally {
    if cut.boxes[index].boundary.is_some() { within[index] } else { own[index] }
}

fn request(
    model: &Model,
    boundaries: &Boundaries,
    view: &MapView,
    cut: &Cut,
    captions: &[Caption],
    edges: &[LiftedEdge],
    measurer: &Measurer,
) -> Request {
    let sizes = size::closed_sizes(cut, captions, measurer);
    let boxes = cut.boxes.iter().enumerate().map(|(index, visible)| BoxRequest {
        key: size::stable_key(model, boundaries, visible.place),
        parent: visible.parent,
        size: Size::new(sizes[index].0, sizes[index].1),
        header: HEADER,
        min_width: size::header_width(&captions[index], measurer),
        rank_hint: index as u32,
        pin: view.pins.get(&visible.place).map(|pin| (pin.x as f32, pin.y as f32)),
    });
    let edges = edges.iter().map(|edge| EdgeRequest {
        from: edge.from,
        to: edge.to,
        weight: edge.references,
        violating: edge.is_violating(),
    });
    Request { boxes: boxes.collect(), edges: edges.collect(), options: Options::default() }
}

/// Boxes are listed depth first, so all that is in a box follows it.
fn subtree_ends(cut: &Cut) -> Vec<u32> {
    let mut ends: Vec<u32> = (1..=cut.boxes.len() as u32).collect();
    for index in (0..cut.boxes.len()).rev() {
        if let Some(parent) = cut.boxes[index].parent {
            ends[parent as usize] = ends[parent as usize].max(ends[index]);
        }
    }
    ends
}

impl Arrangement {
    /// The thing that a box is.
    pub fn thing(&self, index: u32) -> Thing {
        self.cut.boxes[index as usize].place.into()
    }

    /// Where a place is, or the innermost box around it that is shown.
    pub fn rect_of(&self, place: Place) -> Option<Rect> {
        self.cut.box_at(place).map(|index| self.rects[index as usize])
    }

    /// The edge that shows the references from one place to the other, by index into `edges`.
    pub fn edge_between(&self, from: Place, to: Place) -> Option<usize> {
        let ends = (self.cut.box_at(from)?, self.cut.box_at(to)?);
        self.edges.binary_search_by_key(&ends, |edge| (edge.from, edge.to)).ok()
    }

    /// The thing as this picture shows it: a node in a closed box is that box, an edge is the one between such boxes,
    /// and an edge within one box is that box.  `None` for what the filter hides.
    pub fn shown(&self, thing: Thing) -> Option<Thing> {
        match thing {
            Thing::Edge { from, to } => {
                let (from, to) = (self.cut.box_at(from)?, self.cut.box_at(to)?);
                let place = |index: u32| self.cut.boxes[index as usize].place;
                Some(if from == to { self.thing(from) } else { Thing::Edge { from: place(from), to: place(to) } })
            }
            thing => thing.place().and_then(|place| self.cut.box_at(place)).map(|index| self.thing(index)),
        }
    }

    /// Where a thing is, for a camera that flies to it.
    pub fn rect_of_thing(&self, thing: Thing) -> Option<Rect> {
        match thing {
            Thing::Edge { from, to } => match self.edge_between(from, to) {
                Some(edge) => {
                    let edge = &self.edges[edge];
                    Some(self.rects[edge.from as usize].union(self.rects[edge.to as usize]))
                }
                None => self.rect_of(from),
            },
            thing => thing.place().and_then(|place| self.rect_of(place)),
        }
    }

    /// The boxes that use a box, or one within it, and the boxes that it uses.
    pub fn neighbours(&self, index: u32) -> (Vec<u32>, Vec<u32>) {
        let inside = |end: u32| self.is_within(end, index);
        let mut callers: Vec<u32> =
            self.edges.iter().filter(|edge| inside(edge.to) && !inside(edge.from)).map(|edge| edge.from).collect();
        let mut callees: Vec<u32> =
            self.edges.iter().filter(|edge| inside(edge.from) && !inside(edge.to)).map(|edge| edge.to).collect();
        for list in [&mut callers, &mut callees] {
            list.sort_unstable();
            list.dedup();
        }
        (callers, callees)
    }

    /// A thing with everything that uses it or is used by it, and the lines between.
    pub fn surroundings(&self, thing: Thing) -> Option<Rect> {
        let own = self.rect_of_thing(thing)?;
        let inside: Vec<u32> = match thing {
            Thing::Edge { from, to } => {
                let line = self.edge_between(from, to).and_then(|edge| Rect::around(self.routes[edge].iter().copied()));
                return Some(self.with_headers(line.map_or(own, |line| own.union(line)).expand(AROUND)));
            }
            thing => thing.place().and_then(|place| self.cut.box_at(place)).into_iter().collect(),
        };
        let touches = |edge: &LiftedEdge| {
            inside.iter().any(|index| self.is_within(edge.from, *index) || self.is_within(edge.to, *index))
        };
        let of_edges = self.edges.iter().zip(&self.routes).filter(|(edge, _)| touches(edge));
        let rects = of_edges.flat_map(|(edge, line)| {
            let ends = [edge.from, edge.to].map(|end| self.rects[end as usize]);
            ends.into_iter().chain(Rect::around(line.iter().copied()))
        });
        Some(self.with_headers(rects.fold(own, Rect::union).expand(AROUND)))
    }

    /// As much higher as needed, so that no name of a box is cut through.
    fn with_headers(&self, mut area: Rect) -> Rect {
        let is_cut = |rect: &Rect, area: Rect| {
            let is_beside = rect.max.x <= area.min.x || area.max.x <= rect.min.x;
            !is_beside && rect.min.y < area.min.y && area.min.y < rect.min.y + HEADER
        };
        // Each step is up to a box above: there are not many.
        while let Some(rect) = self.rects.iter().find(|rect| is_cut(rect, area)) {
            area.min.y = rect.min.y - AROUND / 2.0;
        }
        area
    }

    /// True for a box and itself.
    pub fn is_within(&self, index: u32, container: u32) -> bool {
        container <= index && index < self.ends[container as usize]
    }

    /// Where the count of an edge stands: not quite in the middle, so that it does not cover that of the way back.
    pub(super) fn middle_of(&self, edge: usize) -> Point {
        let fraction = if self.edges[edge].upward { 0.35 } else { 0.5 };
        outline::point_along(&self.routes[edge], fraction).unwrap_or_default()
    }

    /// The innermost node around a box that the model knows.
    pub fn node_of(&self, index: u32) -> NodeId {
        match self.cut.boxes[index as usize].place {
            Place::Node(node) => node,
            Place::Fragment { parent, .. } => parent,
        }
    }
}
