//! Positioned shapes with colour roles: the one description of a picture that the window paints and `export` writes.
//!
//! In: what a view wants to show, with positions from `layout` and text widths from `theme`.  Out: a [`Scene`].
//! Not here: painting, and colours by value.

pub mod address;
pub mod map;
pub mod matrix;
pub mod number;
pub mod outline;
pub mod shape;
pub mod thing;
pub mod timeline;
pub mod treemap;

use std::ops::Range;

use crate::theme::Measurer;
use shape::{Align, Label, Point, Rect, Shape, Stroke};

/// Shapes that are painted together, after all shapes of the layers before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    /// Letters, digits and `-`; unique in its scene.  It becomes the `id` of a group in an exported picture.
    pub name: &'static str,
    /// In the order they are painted.
    pub shapes: Vec<Shape>,
}

/// A picture, in world units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// What an exported picture shows, margins not counted.
    pub bounds: Rect,
    /// In the order they are painted.
    pub layers: Vec<Layer>,
    /// Which of their shapes stay legible in a small window.
    pub signs: Vec<Sign>,
}

/// Shapes that belong together and say what must be readable from far away: a window paints them larger than the rest
/// where it shows the picture smaller than `least_scale`, as far as there is room.  An export has the size that it has.
#[derive(Clone, Debug, PartialEq)]
pub struct Sign {
    /// The name of the layer that they are in.
    pub layer: &'static str,
    pub shapes: Range<usize>,
    /// What stays where it is while they grow.
    pub anchor: Point,
    /// Screen points for one world unit.
    pub least_scale: f32,
    /// Where the sign grows: it takes no more than half of the width.
    pub room: Rect,
    /// Of the shapes together.
    pub width: f32,
}

impl Sign {
    /// How much larger than the rest it is painted where one world unit is `scale` screen points.
    pub fn growth(&self, scale: f32) -> f32 {
        (self.least_scale / scale).min(self.room.width() * 0.5 / self.width).max(1.0)
    }
}

impl Scene {
    pub fn shapes(&self) -> impl Iterator<Item = &Shape> {
        self.layers.iter().flat_map(|layer| &layer.shapes)
    }

    /// What of the picture touches an area, and nothing else: a reader of the rest would learn what was left out.
    pub fn within(&self, area: Rect, measurer: &Measurer) -> Self {
        let kept = |shape: &&Shape| bounds_of(shape, measurer).overlaps(area);
        let layer =
            |layer: &Layer| Layer { name: layer.name, shapes: layer.shapes.iter().filter(kept).cloned().collect() };
        Self { bounds: area, layers: self.layers.iter().map(layer).collect(), signs: Vec::new() }
    }

    /// Checks what every view promises, for tests: usable layer names, finite numbers, strokes and radii that are not
    /// negative, labels inside `bounds`, hit ids without gaps.  Returns what is broken, empty if nothing is.
    pub fn verify(&self, measurer: &Measurer) -> Vec<String> {
        let mut broken = Vec::new();
        if !is_finite_rect(self.bounds) || self.bounds.width() < 0.0 || self.bounds.height() < 0.0 {
            broken.push(format!("bounds are not a rectangle: {:?}", self.bounds));
        }
        for (index, layer) in self.layers.iter().enumerate() {
            let usable = |c: char| c.is_ascii_alphanumeric() || c == '-';
            if !layer.name.starts_with(|c: char| c.is_ascii_alphabetic()) || !layer.name.chars().all(usable) {
                broken.push(format!("layer name `{}` is not letters, digits and `-`", layer.name));
            }
            if self.layers[..index].iter().any(|earlier| earlier.name == layer.name) {
                broken.push(format!("two layers are named `{}`", layer.name));
            }
            for (number, shape) in layer.shapes.iter().enumerate() {
                if let Err(problem) = verify_shape(shape, self.bounds, measurer) {
                    broken.push(format!("{} {number}: {problem}", layer.name));
                }
            }
        }
        let mut hits: Vec<u32> = self.shapes().filter_map(Shape::hit).map(|hit| hit.0).collect();
        hits.sort_unstable();
        hits.dedup();
        if let Some(missing) = (0..).zip(&hits).find(|(expected, hit)| expected != *hit) {
            broken.push(format!("hit id {} is missing", missing.0));
        }
        broken
    }
}

/// The place that a label takes: from its ascent to its descent, as wide as it is measured.
pub fn label_rect(label: &Label, measurer: &Measurer) -> Rect {
    let width = measurer.width(&label.text, label.face, label.size);
    let left = match label.align {
        Align::Start => label.anchor.x,
        Align::Center => label.anchor.x - width / 2.0,
        Align::End => label.anchor.x - width,
    };
    let ascent = measurer.ascent(label.face, label.size);
    Rect::new(left, label.anchor.y - ascent, width, measurer.line_height(label.face, label.size))
}

/// The rectangle that a shape can change.
pub fn bounds_of(shape: &Shape, measurer: &Measurer) -> Rect {
    match shape {
        Shape::Box(shape) => shape.rect.expand(shape.stroke.map_or(0.0, |stroke| stroke.width)),
        Shape::Ribbon(shape) => {
            // An arrow head is a few line widths wide.
            let reach = shape.stroke.width * 4.0 + 8.0;
            Rect::around(shape.points.iter().copied()).unwrap_or_default().expand(reach)
        }
        Shape::Label(label) => label_rect(label, measurer),
        Shape::Polygon(shape) => {
            let reach = shape.stroke.map_or(0.0, |stroke| stroke.width);
            Rect::around(shape.points.iter().copied()).unwrap_or_default().expand(reach)
        }
    }
}

fn verify_shape(shape: &Shape, bounds: Rect, measurer: &Measurer) -> Result<(), String> {
    match shape {
        Shape::Box(shape) => {
            if !is_finite_rect(shape.rect) || shape.rect.width() < 0.0 || shape.rect.height() < 0.0 {
                return Err(format!("box is not a rectangle: {:?}", shape.rect));
            }
            if !(shape.radius.is_finite() && shape.radius >= 0.0) {
                return Err(format!("radius {}", shape.radius));
            }
            verify_stroke(shape.stroke)
        }
        Shape::Ribbon(shape) => {
            verify_points(&shape.points, if shape.closed { 3 } else { 2 })?;
            verify_stroke(Some(shape.stroke))
        }
        Shape::Polygon(shape) => {
            verify_points(&shape.points, 3)?;
            verify_stroke(shape.stroke)
        }
        Shape::Label(label) => {
            verify_points(&[label.anchor], 1)?;
            // Half a point: rounding of positions by a view is no error.
            if !bounds.expand(0.5).contains_rect(label_rect(label, measurer)) {
                return Err(format!("label `{}` is outside of the bounds", label.text));
            }
            Ok(())
        }
    }
}

fn verify_points(points: &[Point], at_least: usize) -> Result<(), String> {
    if points.len() < at_least {
        return Err(format!("{} points where at least {at_least} are needed", points.len()));
    }
    match points.iter().find(|point| !(point.x.is_finite() && point.y.is_finite())) {
        Some(point) => Err(format!("point {point:?}")),
        None => Ok(()),
    }
}

fn verify_stroke(stroke: Option<Stroke>) -> Result<(), String> {
    match stroke {
        Some(stroke) if !(stroke.width.is_finite() && stroke.width >= 0.0) => {
            Err(format!("stroke width {}", stroke.width))
        }
        _ => Ok(()),
    }
}

fn is_finite_rect(rect: Rect) -> bool {
    [rect.min.x, rect.min.y, rect.max.x, rect.max.y].iter().all(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{Face, Role, TextSize};
    use shape::{Arrow, BoxShape, Emphasis, HitId, Ribbon};

    fn label(x: f32, align: Align) -> Label {
        Label {
            anchor: Point::new(x, 20.0),
            align,
            text: "orders".into(),
            whole: None,
            face: Face::Mono,
            size: TextSize::Body,
            role: Role::Text,
            hit: Some(HitId(0)),
            emphasis: Emphasis::Normal,
        }
    }

    fn scene(shapes: Vec<Shape>) -> Scene {
        Scene {
            bounds: Rect::new(0.0, 0.0, 100.0, 40.0),
            layers: vec![Layer { name: "all", shapes }],
            ..Scene::default()
        }
    }

    fn broken(scene: &Scene) -> Vec<String> {
        scene.verify(&Measurer::new())
    }

    #[test]
    fn a_label_takes_the_place_that_its_alignment_says() {
        let left = |align| label_rect(&label(50.0, align), &Measurer::new()).min.x;
        // Six characters of 7.8 points.
        assert!((left(Align::Start) - 50.0).abs() < 1e-3);
        assert!((left(Align::Center) - 26.6).abs() < 1e-3);
        assert!((left(Align::End) - 3.2).abs() < 1e-3);
    }

    #[test]
    fn a_sound_scene_has_nothing_broken() {
        assert_eq!(broken(&scene(vec![label(50.0, Align::Center).into()])), Vec::<String>::new());
        assert_eq!(broken(&Scene::default()), Vec::<String>::new());
    }

    #[test]
    fn labels_outside_of_the_bounds_are_told() {
        let found = broken(&scene(vec![label(60.0, Align::Start).into()]));
        assert_eq!(found, ["all 0: label `orders` is outside of the bounds"]);
    }

    #[test]
    fn gaps_between_hit_ids_are_told() {
        let mut far = label(50.0, Align::Center);
        far.hit = Some(HitId(2));
        let found = broken(&scene(vec![label(50.0, Align::Center).into(), far.into()]));
        assert_eq!(found, ["hit id 1 is missing"]);
    }

    #[test]
    fn numbers_that_cannot_be_drawn_are_told() {
        let stroke = Stroke::solid(Role::Edge, 1.0);
        let (hit, emphasis) = (None, Emphasis::Normal);
        let rect = Rect::new(0.0, 0.0, -1.0, 4.0);
        let box_shape = BoxShape { rect, fill: None, stroke: None, radius: 1.0, hit, emphasis };
        let mut ribbon =
            Ribbon { points: vec![Point::new(0.0, 0.0)], closed: false, stroke, arrow: Arrow::None, hit, emphasis };
        let short = ribbon.clone();
        ribbon.points.push(Point::new(f32::NAN, 0.0));
        let mut wide = ribbon.clone();
        wide.points[1].x = 3.0;
        wide.stroke.width = f32::INFINITY;
        let found = broken(&scene(vec![box_shape.into(), short.into(), ribbon.into(), wide.into()]));
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found[0].starts_with("all 0: box is not a rectangle"), "{found:?}");
        assert_eq!(found[1], "all 1: 1 points where at least 2 are needed");
        assert_eq!(found[2], "all 2: point Point { x: NaN, y: 0.0 }");
        assert_eq!(found[3], "all 3: stroke width inf");
    }

    #[test]
    fn a_sign_grows_where_the_picture_is_small_as_far_as_its_room_allows() {
        let sign = |width| Sign {
            layer: "all",
            shapes: 0..1,
            anchor: Point::default(),
            least_scale: 0.8,
            room: Rect::new(0.0, 0.0, 100.0, 20.0),
            width,
        };
        assert_eq!([2.0, 0.8, 0.4].map(|scale| sign(20.0).growth(scale)), [1.0, 1.0, 2.0]);
        assert_eq!(sign(40.0).growth(0.2), 1.25);
        assert_eq!(sign(80.0).growth(0.2), 1.0);
    }

    #[test]
    fn layer_names_are_usable_as_ids() {
        let layers = ["edges", "edges", "2d", "a b", ""].map(|name| Layer { name, shapes: Vec::new() }).to_vec();
        let found = broken(&Scene { layers, ..Scene::default() });
        assert_eq!(found.len(), 4, "{found:?}");
        assert_eq!(found[0], "two layers are named `edges`");
    }
}
