//! What area and colours mean.
//!
//! In: a treemap and how wide the legend may be.  Out: a scene from (0, 0), which the window shows beside the picture and
//! exports put below it, and the same in words.  Not here: the classes (`scale`).

use super::Treemap;
use crate::scene::number::grouped;
use crate::scene::shape::{Align, BoxShape, Emphasis, Label, Point, Rect, Shape, Stroke};
use crate::scene::{Layer, Scene};
use crate::theme::{Face, Measurer, Role, TextSize, line};

/// A legend as a picture of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legend {
    pub scene: Scene,
    /// What it says, for those who do not see it.
    pub meanings: Vec<String>,
}

/// Above and below all rows.
const PADDING: f32 = 5.0;
/// Height of a row.
const ROW: f32 = 20.0;
/// Of a colour's sample.
const SAMPLE: (f32, f32) = (18.0, 12.0);
const TO_WORDS: f32 = 6.0;
/// Between two entries of a row.
const GAP: f32 = 14.0;
const FACE: (Face, TextSize) = (Face::Regular, TextSize::Small);

pub(super) fn legend(treemap: &Treemap, width: f32, measurer: &Measurer) -> Legend {
    let area = format!("Area: {}, {} shown", treemap.choice.sizing.name(), grouped(treemap.total));
    let title = format!("Colour: {}", lower(&treemap.scale.title));
    let mut rows = Rows { shapes: Vec::new(), left: 0.0, row: 0, right: 0.0, width, measurer };
    rows.entry(None, &area);
    rows.entry(None, &title);
    let entries = treemap.scale.entries.iter();
    let together: f32 = entries.map(|(_, words)| rows.needed(true, words) + GAP).sum();
    rows.begin(together - GAP);
    for (role, words) in &treemap.scale.entries {
        rows.entry(Some(*role), words);
    }
    let bounds = Rect::new(0.0, 0.0, rows.right.ceil(), (rows.row as f32 + 1.0) * ROW + 2.0 * PADDING);
    let words: Vec<&str> = treemap.scale.entries.iter().map(|(_, words)| words.as_str()).collect();
    let title = if words.is_empty() { title } else { format!("{title}: {}", words.join(", ")) };
    let layers = vec![Layer { name: "legend", shapes: rows.shapes }];
    Legend { scene: Scene { bounds, layers, ..Scene::default() }, meanings: vec![area, title] }
}

/// As it stands within a sentence.
fn lower(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

struct Rows<'a> {
    shapes: Vec<Shape>,
    left: f32,
    row: u32,
    /// Of the widest row.
    right: f32,
    width: f32,
    measurer: &'a Measurer,
}

impl Rows<'_> {
    fn needed(&self, has_sample: bool, words: &str) -> f32 {
        let sample = if has_sample { SAMPLE.0 + TO_WORDS } else { 0.0 };
        sample + self.measurer.width(words, FACE.0, FACE.1)
    }

    /// Goes on in the next row where so much does not fit into this one.
    fn begin(&mut self, needed: f32) {
        if self.left > 0.0 && self.left + needed > self.width {
            self.left = 0.0;
            self.row += 1;
        }
    }

    fn entry(&mut self, role: Option<Role>, words: &str) {
        let (face, size) = FACE;
        let needed = self.needed(role.is_some(), words);
        let sample = if role.is_some() { SAMPLE.0 + TO_WORDS } else { 0.0 };
        self.begin(needed);
        let middle = PADDING + (self.row as f32 + 0.5) * ROW;
        let emphasis = Emphasis::Normal;
        if let Some(role) = role {
            let rect = Rect::new(self.left, middle - SAMPLE.1 / 2.0, SAMPLE.0, SAMPLE.1);
            let stroke = Some(Stroke::solid(Role::SurfaceStroke, line::HAIR));
            self.shapes.push(BoxShape { rect, fill: Some(role), stroke, radius: 0.0, hit: None, emphasis }.into());
        }
        self.shapes.push(Shape::Label(Label {
            anchor: Point::new(self.left + sample, middle + self.measurer.cap_height(face, size) / 2.0),
            align: Align::Start,
            text: words.to_owned(),
            whole: None,
            face,
            size,
            role: if role.is_some() { Role::Text } else { Role::TextWeak },
            hit: None,
            emphasis,
        }));
        self.right = self.right.max(self.left + needed);
        self.left += needed + GAP;
    }
}
