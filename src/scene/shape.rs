//! Shapes that a view puts on the canvas: where, which colour role, what they are a picture of.
//!
//! In: numbers and roles from the views.  Out: values that the window paints and `export` writes, so that both show the
//! same.  Not here: the model, colours, fonts, and anything that decides what is shown.
//!
//! Coordinates are world units: points at zoom 1, x to the right, y down.

use crate::theme::{Face, Role, TextSize};

/// A place in world units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

impl Point {
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    pub fn distance(self, other: Self) -> f32 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// The point at `fraction` of the way to `other`; 0 is here, 1 is there.
    pub fn toward(self, other: Self, fraction: f32) -> Self {
        Self::new(self.x + (other.x - self.x) * fraction, self.y + (other.y - self.y) * fraction)
    }
}

/// An upright rectangle; `min` is its upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    pub min: Point,
    pub max: Point,
}

impl Rect {
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { min: Point::new(x, y), max: Point::new(x + width, y + height) }
    }

    /// The smallest rectangle around `points`; `None` without points.
    pub fn around(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        points
            .into_iter()
            .map(|point| Self { min: point, max: point })
            .reduce(|all, one| Self { min: low(all.min, one.min), max: high(all.max, one.max) })
    }

    pub fn width(self) -> f32 {
        self.max.x - self.min.x
    }

    pub fn height(self) -> f32 {
        self.max.y - self.min.y
    }

    pub fn center(self) -> Point {
        self.min.toward(self.max, 0.5)
    }

    /// Corners clockwise on the screen, from the upper left one.
    pub fn corners(self) -> [Point; 4] {
        [self.min, Point::new(self.max.x, self.min.y), self.max, Point::new(self.min.x, self.max.y)]
    }

    /// Larger by `margin` on each side; a negative margin shrinks, never past the center.
    pub fn expand(self, margin: f32) -> Self {
        let across = margin.max(-self.width() / 2.0);
        let down = margin.max(-self.height() / 2.0);
        Self {
            min: Point::new(self.min.x - across, self.min.y - down),
            max: Point::new(self.max.x + across, self.max.y + down),
        }
    }

    pub fn translate(self, x: f32, y: f32) -> Self {
        Self { min: Point::new(self.min.x + x, self.min.y + y), max: Point::new(self.max.x + x, self.max.y + y) }
    }

    pub fn union(self, other: Self) -> Self {
        Self { min: low(self.min, other.min), max: high(self.max, other.max) }
    }

    /// Whether the two share more than a border.
    pub fn overlaps(self, other: Self) -> bool {
        self.min.x < other.max.x && other.min.x < self.max.x && self.min.y < other.max.y && other.min.y < self.max.y
    }

    pub fn contains(self, point: Point) -> bool {
        self.min.x <= point.x && point.x <= self.max.x && self.min.y <= point.y && point.y <= self.max.y
    }

    pub fn contains_rect(self, inner: Self) -> bool {
        self.contains(inner.min) && self.contains(inner.max)
    }
}

fn low(a: Point, b: Point) -> Point {
    Point::new(a.x.min(b.x), a.y.min(b.y))
}

fn high(a: Point, b: Point) -> Point {
    Point::new(a.x.max(b.x), a.y.max(b.y))
}

/// What a shape is a picture of: an index into a list that the view keeps beside the scene it built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HitId(pub u32);

/// Whether a shape is in the foreground.  A dimmed one is painted with [`crate::theme::DIMMED_OPACITY`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Emphasis {
    #[default]
    Normal,
    Dimmed,
}

/// The pattern of a line; its lengths are multiples of the line's width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dash {
    #[default]
    Solid,
    Dashed,
    Dotted,
}

impl Dash {
    /// Lengths in world units of the painted and of the empty part for a line of `width`; `None` for a solid line.
    pub fn lengths(self, width: f32) -> Option<[f32; 2]> {
        // A hairline with a pattern in its own scale would look like noise.
        let unit = width.max(1.25);
        match self {
            Self::Solid => None,
            Self::Dashed => Some([unit * 4.0, unit * 2.5]),
            Self::Dotted => Some([unit, unit * 2.0]),
        }
    }
}

/// How a line is drawn; `width` in world units, centred on the geometry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    pub role: Role,
    pub width: f32,
    pub dash: Dash,
}

impl Stroke {
    pub const fn solid(role: Role, width: f32) -> Self {
        Self { role, width, dash: Dash::Solid }
    }

    pub const fn dashed(role: Role, width: f32) -> Self {
        Self { role, width, dash: Dash::Dashed }
    }

    pub const fn dotted(role: Role, width: f32) -> Self {
        Self { role, width, dash: Dash::Dotted }
    }
}

/// A rectangle with rounded corners.
#[derive(Clone, Debug, PartialEq)]
pub struct BoxShape {
    pub rect: Rect,
    pub fill: Option<Role>,
    pub stroke: Option<Stroke>,
    /// Radius of the corners in world units.
    pub radius: f32,
    pub hit: Option<HitId>,
    pub emphasis: Emphasis,
}

/// Which end of a ribbon points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arrow {
    #[default]
    None,
    End,
}

/// A line along flattened points: an edge, or an outline where `closed`.
#[derive(Clone, Debug, PartialEq)]
pub struct Ribbon {
    pub points: Vec<Point>,
    /// Whether the last point is joined to the first; a closed ribbon has no arrow.
    pub closed: bool,
    pub stroke: Stroke,
    pub arrow: Arrow,
    pub hit: Option<HitId>,
    pub emphasis: Emphasis,
}

/// Which part of a label is at its anchor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Align {
    #[default]
    Start,
    Center,
    End,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The start, center or end of the baseline, by `align`.
    pub anchor: Point,
    pub align: Align,
    pub text: String,
    /// What the text was before it was cut to the room that it has; `None` if it is whole.
    pub whole: Option<String>,
    pub face: Face,
    pub size: TextSize,
    pub role: Role,
    pub hit: Option<HitId>,
    pub emphasis: Emphasis,
}

/// A filled outline without self-intersections: an arrow head, a marker, a hull.
#[derive(Clone, Debug, PartialEq)]
pub struct Polygon {
    pub points: Vec<Point>,
    pub fill: Option<Role>,
    pub stroke: Option<Stroke>,
    pub hit: Option<HitId>,
    pub emphasis: Emphasis,
}

/// Anything that a view can put on the canvas.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Box(BoxShape),
    Ribbon(Ribbon),
    Label(Label),
    Polygon(Polygon),
}

impl Shape {
    /// Moves it, `by.x` to the right and `by.y` down.
    pub fn shift(&mut self, by: Point) {
        let shift = |at: &mut Point| *at = Point::new(at.x + by.x, at.y + by.y);
        match self {
            Self::Box(shape) => shape.rect = shape.rect.translate(by.x, by.y),
            Self::Label(label) => shift(&mut label.anchor),
            Self::Ribbon(Ribbon { points, .. }) | Self::Polygon(Polygon { points, .. }) => {
                points.iter_mut().for_each(shift);
            }
        }
    }

    /// Makes it larger about a point; letters keep the size that they are laid out in.
    pub fn grow(&mut self, about: Point, factor: f32) {
        let grow = |at: &mut Point| *at = about.toward(*at, factor);
        match self {
            Self::Box(shape) => {
                grow(&mut shape.rect.min);
                grow(&mut shape.rect.max);
                shape.radius *= factor;
            }
            Self::Label(label) => grow(&mut label.anchor),
            Self::Ribbon(Ribbon { points, stroke, .. }) => {
                points.iter_mut().for_each(grow);
                stroke.width *= factor;
            }
            Self::Polygon(Polygon { points, .. }) => points.iter_mut().for_each(grow),
        }
    }

    pub fn hit(&self) -> Option<HitId> {
        match self {
            Self::Box(shape) => shape.hit,
            Self::Ribbon(shape) => shape.hit,
            Self::Label(shape) => shape.hit,
            Self::Polygon(shape) => shape.hit,
        }
    }

    pub fn emphasis(&self) -> Emphasis {
        match self {
            Self::Box(shape) => shape.emphasis,
            Self::Ribbon(shape) => shape.emphasis,
            Self::Label(shape) => shape.emphasis,
            Self::Polygon(shape) => shape.emphasis,
        }
    }
}

impl From<BoxShape> for Shape {
    fn from(shape: BoxShape) -> Self {
        Self::Box(shape)
    }
}

impl From<Ribbon> for Shape {
    fn from(shape: Ribbon) -> Self {
        Self::Ribbon(shape)
    }
}

impl From<Label> for Shape {
    fn from(shape: Label) -> Self {
        Self::Label(shape)
    }
}

impl From<Polygon> for Shape {
    fn from(shape: Polygon) -> Self {
        Self::Polygon(shape)
    }
}
