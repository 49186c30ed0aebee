//! The texts on tiles: each inside its own tile, so that none meets another.
//!
//! In: tiles with their values.  Out: texts, shortened in their middle where a tile is narrow, left out where it is tiny.
//! Not here: colours.

use super::{Ground, NAMES, Treemap, header, name_step};
use crate::scene::map::{Arrangement, BoxKind, VisibleBox};
use crate::scene::shape::{Point, Rect};
use crate::scene::thing::Place;
use crate::theme::{Face, Measurer, TextSize};

/// One line of text, from its start at the baseline.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Text {
    pub(super) index: u32,
    pub(super) start: Point,
    pub(super) text: String,
    /// `None` if nothing was cut off.
    pub(super) whole: Option<String>,
    pub(super) face: Face,
    pub(super) size: TextSize,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// On the ground of an open box.
    Heading,
    /// What the colour says, on that ground.
    Aside,
    /// On a tile.
    Name,
    /// What the colour of a tile says.
    Value,
}

/// Between the border of a tile and its text.
const INSET: f32 = 8.0;
/// From one line to the next, by the size of the letters.
const LEADING: f32 = 1.3;
/// From a baseline down to where the next line may begin, by the size of the letters.
const BELOW_LINE: f32 = 0.26;
/// Fewer letters than these say nothing.
const FEWEST: usize = 4;
/// What stands in an open box itself.
const OWN: &str = "own code";

pub(super) fn texts(ground: &Ground<'_>, map: &Arrangement, treemap: &Treemap, measurer: &Measurer) -> Vec<Text> {
    let mut writer = Writer { texts: Vec::new(), measurer };
    for (index, visible) in (0..).zip(&map.cut.boxes) {
        let rect = treemap.rects[index as usize];
        let name = name(ground, visible);
        let step = name_step(treemap.bounds.width(), visible.depth);
        let words = treemap.words(index);
        if !visible.open {
            writer.tile(index, visible, rect, &name, words, step);
            continue;
        }
        if treemap.headed[index as usize] {
            writer.heading(index, rect, &name, words, step, header(treemap.bounds.width(), visible.depth));
        }
        if let Some(own) = treemap.own[index as usize] {
            let words = &treemap.own_tones[index as usize].words;
            let inner = name_step(treemap.bounds.width(), visible.depth + 1);
            writer.lines(index, own, [(OWN, Face::Regular), (words, Face::Regular)], inner);
        }
    }
    writer.texts
}

fn name(ground: &Ground<'_>, visible: &VisibleBox) -> String {
    match visible.place {
        Place::Node(node) => ground.model.node(node).name.to_string(),
        Place::Fragment { boundary, .. } => ground.boundaries.name(boundary).to_owned(),
    }
}

struct Writer<'a> {
    texts: Vec<Text>,
    measurer: &'a Measurer,
}

impl Writer<'_> {
    /// Name and value of a closed box, as large as they fit and its depth allows.
    fn tile(&mut self, index: u32, visible: &VisibleBox, rect: Rect, name: &str, words: &str, step: usize) {
        let face = match visible.kind {
            BoxKind::Item(_) => Face::Mono,
            BoxKind::Package(_) | BoxKind::Boundary => Face::SemiBold,
            BoxKind::Target(_) | BoxKind::Module => Face::Medium,
        };
        self.lines(index, rect, [(name, face), (words, Face::Regular)], step);
    }

    /// A name and, where there is room, a line below it.
    fn lines(&mut self, index: u32, rect: Rect, [(name, face), (below, face_below)]: [(&str, Face); 2], step: usize) {
        let room = rect.width() - 2.0 * INSET;
        let fits = |size: &&TextSize| {
            let height = size.points() * LEADING + INSET;
            height <= rect.height() && self.measurer.width(name, face, **size) <= room
        };
        let size = NAMES[step..].iter().find(fits).copied().unwrap_or(TextSize::Caption);
        if size.points() * LEADING > rect.height() {
            return;
        }
        let text = self.measurer.ellipsize_name(name, face, size, room).into_owned();
        // Only names say something when they are short of letters.
        if text.chars().count() < FEWEST.min(name.chars().count()) || (name == OWN && text != OWN) {
            return;
        }
        let baseline = rect.min.y + INSET * 0.5 + self.measurer.ascent(face, size);
        let start = Point::new(rect.min.x + INSET, baseline);
        let kind = Kind::Name;
        let whole = (text != name).then(|| name.to_owned());
        self.texts.push(Text { index, start, text, whole, face, size, kind });
        // The largest that fits, and smaller than the name.
        let smaller = NAMES.iter().position(|it| *it == size).map_or(0, |at| at + 1).min(NAMES.len() - 1);
        let line = |below: TextSize| baseline + size.points() * BELOW_LINE + self.measurer.ascent(face_below, below);
        let fits = |size: &&TextSize| {
            line(**size) + INSET * 0.5 <= rect.max.y && self.measurer.width(below, face_below, **size) <= room
        };
        let found = NAMES[smaller..].iter().find(fits).filter(|_| !below.is_empty());
        if let Some(size) = found.copied() {
            let start = Point::new(rect.min.x + INSET, line(size));
            let (text, kind) = (below.to_owned(), Kind::Value);
            self.texts.push(Text { index, start, text, whole: None, face: face_below, size, kind });
        }
    }

    /// The name of an open box above what it holds, and beside it what all of it comes to.
    fn heading(&mut self, index: u32, rect: Rect, name: &str, words: &str, step: usize, height: f32) {
        let (face, size) = (Face::SemiBold, NAMES[step]);
        let left = rect.min.x + INSET + 1.0;
        let room = rect.max.x - INSET - left;
        let text = self.measurer.ellipsize_name(name, face, size, room).into_owned();
        if text.chars().count() < FEWEST.min(name.chars().count()) {
            return;
        }
        let end = left + self.measurer.width(&text, face, size) + 2.0 * INSET;
        let baseline = rect.min.y + (height + self.measurer.cap_height(face, size)) / 2.0;
        let (start, whole) = (Point::new(left, baseline), (text != name).then(|| name.to_owned()));
        self.texts.push(Text { index, start, text, whole, face, size, kind: Kind::Heading });
        let (face, size) = (Face::Regular, NAMES[(step + 1).min(NAMES.len() - 1)]);
        if !words.is_empty() && end + self.measurer.width(words, face, size) <= rect.max.x - INSET {
            let (start, text) = (Point::new(end, baseline), words.to_owned());
            self.texts.push(Text { index, start, text, whole: None, face, size, kind: Kind::Aside });
        }
    }
}
