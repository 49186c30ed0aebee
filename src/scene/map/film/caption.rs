//! What is said under a shot: which commit it is, how many violations there are, and where in the film that is.
//!
//! In: [`Caption`]s.  Out: scenes from (0, 0).  Not here: the shot.

use crate::scene::number::grouped;
use crate::scene::shape::{Align, Arrow, BoxShape, Emphasis, Label, Point, Polygon, Rect, Ribbon, Shape, Stroke};
use crate::scene::{Layer, Scene};
use crate::theme::{Face, Measurer, Role, TextSize, line, radius, spacing};

/// A commit of a film.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    pub date: String,
    /// Its hash, as a person reads it.
    pub commit: String,
    pub subject: String,
    pub violations: usize,
    pub denied: usize,
    /// Violations that came and went since the shot before.
    pub came: usize,
    pub went: usize,
    pub packages: usize,
    pub modules: usize,
}

impl Caption {
    /// `12 violations, 3 denied`.
    pub fn counted(&self) -> String {
        let violations = count(self.violations, "violation", "violations");
        if self.denied == 0 { violations } else { format!("{violations}, {} denied", grouped(self.denied as u64)) }
    }

    /// `3 packages, 12 modules`.
    pub fn sized(&self) -> String {
        let Self { packages, modules, .. } = self;
        format!("{}, {}", count(*packages, "package", "packages"), count(*modules, "module", "modules"))
    }

    /// All of it, for those who do not see it.
    pub fn in_words(&self) -> String {
        let Self { date, commit, subject, came, went, .. } = self;
        let changes = match (came, went) {
            (0, 0) => String::new(),
            (_, 0) => format!(", {came} new"),
            (0, _) => format!(", {went} fixed"),
            _ => format!(", {came} new, {went} fixed"),
        };
        format!("{date}, {commit}, {subject}: {}{changes}; {}", self.counted(), self.sized())
    }
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n as u64), if n == 1 { one } else { many })
}

/// Baselines from the top.
const FIRST: f32 = 32.0;
const SECOND: f32 = 60.0;
const HEIGHT: f32 = 74.0;
/// From the left and the right: in line with the boxes of the map.
pub const INDENT: f32 = 28.0;

/// Two lines of words.
pub fn caption(it: &Caption, width: f32, measurer: &Measurer) -> Scene {
    let mut words = Words { shapes: Vec::new(), left: INDENT, right: width - INDENT, measurer };
    // Large: a map of many boxes is shown smaller than it is.
    words.say(FIRST, &it.date, Face::SemiBold, TextSize::Display, Role::TextStrong);
    words.say(FIRST, &it.commit, Face::Mono, TextSize::Title, Role::TextWeak);
    words.say(FIRST, &it.subject, Face::Regular, TextSize::Heading, Role::Text);
    words.left = INDENT;
    let role = if it.violations == 0 { Role::Success } else { Role::Violation };
    words.say(SECOND, &it.counted(), Face::SemiBold, TextSize::Heading, role);
    if it.came > 0 {
        words.say(
            SECOND,
            &format!("+{} new", grouped(it.came as u64)),
            Face::Medium,
            TextSize::Heading,
            Role::Violation,
        );
    }
    if it.went > 0 {
        words.say(
            SECOND,
            &format!("−{} fixed", grouped(it.went as u64)),
            Face::Medium,
            TextSize::Heading,
            Role::Success,
        );
    }
    words.say(SECOND, &it.sized(), Face::Regular, TextSize::Heading, Role::TextWeak);
    let layers = vec![Layer { name: "caption", shapes: words.shapes }];
    Scene { bounds: Rect::new(0.0, 0.0, width, HEIGHT), layers, ..Scene::default() }
}

struct Words<'a> {
    shapes: Vec<Shape>,
    left: f32,
    right: f32,
    measurer: &'a Measurer,
}

impl Words<'_> {
    /// One after the other, as far as there is room.
    fn say(&mut self, baseline: f32, text: &str, face: Face, size: TextSize, role: Role) {
        let text = self.measurer.ellipsize(text, face, size, self.right - self.left).into_owned();
        if text.is_empty() {
            return;
        }
        let anchor = Point::new(self.left, baseline);
        self.left += self.measurer.width(&text, face, size) + spacing::LARGE;
        let (align, emphasis) = (Align::Start, Emphasis::Normal);
        let label = Label { anchor, align, text, whole: None, face, size, role, hit: None, emphasis };
        self.shapes.push(label.into());
    }
}

/// Of the strip.
const STRIP: f32 = 44.0;
/// Above the highest step, and below the axis.
const ABOVE: f32 = 6.0;
const BELOW: f32 = 6.0;

/// How many violations each shot has, each as wide as any other, with a mark on one of them.
pub fn strip(captions: &[Caption], at: Option<usize>, width: f32, indent: bool) -> Scene {
    let indent = if indent { INDENT } else { 0.0 };
    let (left, right, floor) = (indent, width - indent, STRIP - BELOW);
    let most = captions.iter().map(|it| it.violations).max().unwrap_or(0).max(1) as f32;
    let step = (right - left) / captions.len().max(1) as f32;
    let x = |index: usize| left + step * index as f32;
    let y = |it: &Caption| floor - (floor - ABOVE) * it.violations as f32 / most;
    let mut shapes = Vec::new();
    if let Some(at) = at {
        let rect = Rect::new(x(at), 0.0, step, STRIP);
        shapes.push(plain(rect, Role::SelectedFill, radius::SMALL));
    }
    let mut outline: Vec<Point> = Vec::new();
    for (index, it) in captions.iter().enumerate() {
        let (from, to) = (Point::new(x(index), y(it)), Point::new(x(index + 1), y(it)));
        // Convex pieces, each its own: a step is no polygon that every painter fills alike.
        let points = vec![from, to, Point::new(to.x, floor), Point::new(from.x, floor)];
        let (fill, emphasis) = (Some(Role::ViolationFill), Emphasis::Normal);
        shapes.push(Shape::Polygon(Polygon { points, fill, stroke: None, hit: None, emphasis }));
        outline.extend([from, to]);
    }
    if outline.len() > 1 {
        shapes.push(path(outline, Stroke::solid(Role::Violation, line::MEDIUM)));
    }
    let axis = vec![Point::new(left, floor), Point::new(right, floor)];
    shapes.push(path(axis, Stroke::solid(Role::Separator, line::HAIR)));
    if let Some(at) = at {
        let middle = x(at) + step / 2.0;
        let mark = vec![Point::new(middle, 0.0), Point::new(middle, STRIP)];
        shapes.push(path(mark, Stroke::solid(Role::Selected, line::MEDIUM)));
    }
    let bounds = Rect::new(0.0, 0.0, width, STRIP);
    Scene { bounds, layers: vec![Layer { name: "strip", shapes }], ..Scene::default() }
}

fn plain(rect: Rect, fill: Role, radius: f32) -> Shape {
    BoxShape { rect, fill: Some(fill), stroke: None, radius, hit: None, emphasis: Emphasis::Normal }.into()
}

fn path(points: Vec<Point>, stroke: Stroke) -> Shape {
    let (arrow, emphasis) = (Arrow::None, Emphasis::Normal);
    Shape::Ribbon(Ribbon { points, closed: false, stroke, arrow, hit: None, emphasis })
}
