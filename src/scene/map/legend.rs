//! What the lines and marks of a picture mean: only those that it has.
//!
//! In: an arrangement, what stands out in it, and how wide the legend may be.  Out: a [`Legend`], whose scene the window
//! lays over the map and exports put below it.  Not here: where it is shown.

use super::Highlight;
use super::arrange::Arrangement;
use super::badge;
use super::ring;
use crate::scene::shape::{Align, Arrow, BoxShape, Dash, Emphasis, Label, Point, Rect, Ribbon, Shape, Stroke};
use crate::scene::{Layer, Scene};
use crate::theme::{Face, Measurer, Role, TextSize, line, radius};
use crate::verdict::{Standing, Tally};

/// A legend as a picture of its own, from (0, 0).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legend {
    pub scene: Scene,
    /// What it says, for those who do not see it.
    pub meanings: Vec<&'static str>,
}

/// A line with a mark on it, and what they mean.
pub(super) struct Entry {
    pub(super) stroke: Stroke,
    pub(super) mark: Mark,
    pub(super) meaning: &'static str,
}

/// Draws what is on a line, around a point.
pub(super) type Mark = Box<dyn Fn(Point, &mut Vec<Shape>)>;

/// Around all entries.
const PADDING: f32 = 8.0;
/// Height of an entry.
const ROW: f32 = 18.0;
/// Width of an entry's sample, and from there to its words.
const SAMPLE: f32 = 26.0;
const TO_WORDS: f32 = 8.0;
/// Between two entries of a row.
const GAP: f32 = 18.0;

/// Entries in rows that are no wider than `width`, or than their widest entry.
pub fn legend(map: &Arrangement, highlight: &Highlight, width: f32, measurer: &Measurer) -> Legend {
    plate(&entries(map, highlight), width, measurer)
}

pub(super) fn plate(entries: &[Entry], width: f32, measurer: &Measurer) -> Legend {
    let mut shapes = Vec::new();
    let (mut left, mut top, mut right) = (PADDING, PADDING, 0.0_f32);
    for entry in entries {
        let end = left + SAMPLE + TO_WORDS + measurer.width(entry.meaning, Face::Regular, TextSize::Caption);
        if end + PADDING > width && left > PADDING {
            (left, top) = (PADDING, top + ROW);
        }
        let end = draw(entry, left, top + ROW / 2.0, measurer, &mut shapes);
        right = right.max(end);
        left = end + GAP;
    }
    if entries.is_empty() {
        return Legend::default();
    }
    let bounds = Rect::new(0.0, 0.0, (right + PADDING).ceil(), top + ROW + PADDING);
    let stroke = Some(Stroke::solid(Role::Separator, line::HAIR));
    let (fill, radius, hit) = (Some(Role::Raised), radius::LARGE, None);
    let plate = BoxShape { rect: bounds, fill, stroke, radius, hit, emphasis: Emphasis::Normal };
    shapes.insert(0, plate.into());
    let meanings = entries.iter().map(|entry| entry.meaning).collect();
    let layers = vec![Layer { name: "legend", shapes }];
    Legend { scene: Scene { bounds, layers, ..Scene::default() }, meanings }
}

pub(super) fn entries(map: &Arrangement, highlight: &Highlight) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut entry = |role, width, dash, standing: Option<Standing>, meaning| {
        let mark = move |middle: Point, shapes: &mut Vec<Shape>| {
            if let Some(standing) = standing {
                badge::on_edge(standing, middle, None, Emphasis::Normal, shapes);
            }
        };
        entries.push(Entry { stroke: Stroke { role, width, dash }, mark: Box::new(mark), meaning });
    };
    if highlight.selection.is_some_and(|thing| thing.place().is_some()) {
        entry(Role::Caller, line::MEDIUM, Dash::Dashed, None, "uses the selection");
        entry(Role::Callee, line::MEDIUM, Dash::Solid, None, "used by the selection");
    }
    if !highlight.gathered.is_empty() {
        entry(Role::Selected, line::MEDIUM, Dash::Dashed, None, "gathered");
    }
    let on_edges = map.edges.iter().map(|edge| edge.broken);
    let tally = on_edges.chain(map.told.iter().copied()).fold(Tally::default(), Tally::and);
    for (standing, _) in tally.parts() {
        match standing {
            Standing::Denied => {
                entry(Role::Violation, line::THICK, Dash::Solid, Some(standing), "breaks a rule: denied");
            }
            Standing::Warned => {
                entry(Role::Violation, line::MEDIUM, Dash::Dashed, Some(standing), "breaks a rule: only warned of");
            }
            Standing::Accepted => {
                entry(Role::Edge, line::THIN, Dash::Solid, Some(standing), "breaks a rule: accepted");
            }
        }
    }
    if map.edges.iter().any(|edge| edge.upward && !edge.is_open_violation()) {
        entry(Role::Upward, line::MEDIUM, Dash::Dotted, None, "points up");
    }
    entries.extend(ring::meanings(&highlight.rings).map(|(distance, meaning)| Entry {
        stroke: Stroke::solid(ring::ring_role(distance), line::THICK),
        mark: Box::new(move |middle, shapes| ring::mark(distance, middle, shapes)),
        meaning,
    }));
    entries
}

/// Returns where the words end.
fn draw(entry: &Entry, left: f32, middle: f32, measurer: &Measurer, shapes: &mut Vec<Shape>) -> f32 {
    let emphasis = Emphasis::Normal;
    shapes.push(Shape::Ribbon(Ribbon {
        points: vec![Point::new(left, middle), Point::new(left + SAMPLE, middle)],
        closed: false,
        stroke: entry.stroke,
        arrow: Arrow::None,
        hit: None,
        emphasis,
    }));
    (entry.mark)(Point::new(left + SAMPLE / 2.0, middle), shapes);
    let start = left + SAMPLE + TO_WORDS;
    let (face, size) = (Face::Regular, TextSize::Caption);
    shapes.push(Shape::Label(Label {
        anchor: Point::new(start, middle + measurer.cap_height(face, size) / 2.0),
        align: Align::Start,
        text: entry.meaning.to_owned(),
        whole: None,
        face,
        size,
        role: Role::Text,
        hit: None,
        emphasis,
    }));
    start + measurer.width(entry.meaning, face, size)
}

impl Scene {
    /// The picture with its legend below it, at the left.
    #[must_use]
    pub fn above(mut self, legend: &Self) -> Self {
        if legend.layers.is_empty() {
            return self;
        }
        let by = Point::new(self.bounds.min.x - legend.bounds.min.x, self.bounds.max.y - legend.bounds.min.y);
        self.layers.extend(legend.layers.iter().cloned().map(|mut layer| {
            layer.shapes.iter_mut().for_each(|shape| shape.shift(by));
            layer
        }));
        let place = legend.bounds.translate(by.x, by.y);
        self.bounds = self.bounds.union(place);
        self
    }
}
