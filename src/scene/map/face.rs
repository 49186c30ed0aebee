//! The face of a box: its texts and signs, each at its place, shortened to the room there is.
//!
//! In: a box with its rectangle and its caption.  Out: a [`BoxFace`].  Not here: colours, and what stands out.

use std::borrow::Cow;

use super::census::BoxKind;
use super::cut::VisibleBox;
use super::size::{
    CHEVRON, Caption, FIRST_BASELINE, GLYPH, GLYPH_GAP, HEADER, HEADER_GAP, LINE, PADDING, caption_width,
};
use crate::scene::shape::{Point, Rect};
use crate::theme::{Face, Measurer, TextSize};

/// What is written on a box.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BoxFace {
    /// The middle of the sign for the box's kind.
    pub(super) glyph: Point,
    /// The middle of the sign that tells whether the box is open, where it can be.
    pub(super) chevron: Option<Point>,
    pub(super) texts: Vec<Text>,
    /// Where the badges that count violations end.
    pub(super) badges: Point,
    /// Where the last text ends.
    right: f32,
}

impl BoxFace {
    /// The lower right corner of the ground that an open box's header needs for its texts.
    pub(super) fn texts_end(&self, rect: Rect) -> Point {
        Point::new((self.right + 6.0).min(rect.max.x - 6.0), rect.min.y + HEADER - 6.0)
    }
}

/// One text, from its start at the baseline.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Text {
    pub(super) start: Point,
    pub(super) text: String,
    /// `None` if nothing was cut off.
    pub(super) whole: Option<String>,
    pub(super) face: Face,
    pub(super) size: TextSize,
    pub(super) tone: Tone,
}

/// How loud a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Name,
    Count,
    /// In the hue of the boundary.
    Sign,
}

pub(super) fn face(visible: &VisibleBox, rect: Rect, caption: &Caption, measurer: &Measurer) -> BoxFace {
    if visible.open { open_face(rect, caption, measurer) } else { closed_face(visible, rect, caption, measurer) }
}

fn closed_face(visible: &VisibleBox, rect: Rect, caption: &Caption, measurer: &Measurer) -> BoxFace {
    let cap = measurer.cap_height(caption.face, caption.size);
    let below: Vec<(&str, Tone)> = [(caption.counts.as_str(), Tone::Count), (caption.sign.as_str(), Tone::Sign)]
        .into_iter()
        .filter(|(text, _)| !text.is_empty())
        .collect();
    // The block of lines stands in the middle of a box that is taller than it needs to be.
    let first = if below.is_empty() {
        rect.center().y + cap / 2.0
    } else {
        let least = FIRST_BASELINE + below.len() as f32 * LINE + 9.0;
        rect.min.y + FIRST_BASELINE + ((rect.height() - least) / 2.0).max(0.0).floor()
    };
    let middle = first - cap / 2.0;
    let left = rect.min.x + PADDING;
    let text_left = left + GLYPH + GLYPH_GAP;
    let right = rect.max.x - PADDING;
    let chevron = visible.expandable.then(|| Point::new(right - CHEVRON / 2.0, middle));
    let title_right = if chevron.is_some() { right - CHEVRON - GLYPH_GAP } else { right };

    let mut texts = Vec::with_capacity(1 + below.len());
    texts.extend(title(caption, Point::new(text_left, first), title_right - text_left, measurer));
    for (index, (text, tone)) in below.into_iter().enumerate() {
        let fitting = measurer.ellipsize(text, Face::Regular, TextSize::Caption, right - text_left);
        let baseline = first + (index as f32 + 1.0) * LINE + 1.0;
        push(&mut texts, text_left, baseline, fitting, Face::Regular, TextSize::Caption, tone);
    }
    let glyph_middle = if matches!(visible.kind, BoxKind::Item(_)) { rect.center().y } else { middle };
    BoxFace {
        glyph: Point::new(left + GLYPH / 2.0, glyph_middle),
        chevron,
        texts,
        badges: Point::new(rect.max.x - 4.0, rect.min.y),
        right,
    }
}

fn open_face(rect: Rect, caption: &Caption, measurer: &Measurer) -> BoxFace {
    let middle = rect.min.y + HEADER / 2.0 + 1.0;
    let baseline = middle + measurer.cap_height(caption.face, caption.size) / 2.0;
    let mut left = rect.min.x + PADDING;
    let mut right = rect.max.x - PADDING;
    let badges = Point::new(right, middle);
    let chevron = Point::new(left + CHEVRON / 2.0, middle);
    left += CHEVRON + GLYPH_GAP;
    let glyph = Point::new(left + GLYPH / 2.0, middle);
    left += GLYPH + GLYPH_GAP;
    right -= caption.room;

    let mut texts = Vec::with_capacity(3);
    // What is left for the title once the others have their room; a name is worth more than counts.
    let wanted: f32 = [&caption.counts, &caption.sign]
        .map(|text| if text.is_empty() { 0.0 } else { caption_width(text, measurer) + HEADER_GAP })
        .iter()
        .sum();
    let title_width = measurer.width(&caption.title, caption.face, caption.size);
    let room = (right - left - wanted).max((right - left) / 2.0).min(title_width + 0.5);
    texts.extend(title(caption, Point::new(left, baseline), room, measurer));
    left += room + HEADER_GAP;
    for (text, tone) in [(&caption.counts, Tone::Count), (&caption.sign, Tone::Sign)] {
        let fitting = measurer.ellipsize(text, Face::Regular, TextSize::Caption, right - left);
        let start = left;
        if !fitting.is_empty() {
            left += caption_width(&fitting, measurer) + HEADER_GAP;
        }
        push(&mut texts, start, baseline, fitting, Face::Regular, TextSize::Caption, tone);
    }
    BoxFace { glyph, chevron: Some(chevron), texts, badges, right: left - HEADER_GAP }
}

/// The name, or what of it fits.
fn title(caption: &Caption, start: Point, room: f32, measurer: &Measurer) -> Option<Text> {
    let text = measurer.ellipsize_name(&caption.title, caption.face, caption.size, room);
    let whole = (text != caption.title).then(|| caption.title.clone());
    let text = Text { start, text: text.into_owned(), whole, face: caption.face, size: caption.size, tone: Tone::Name };
    (!text.text.is_empty()).then_some(text)
}

fn push(texts: &mut Vec<Text>, x: f32, y: f32, text: Cow<'_, str>, face: Face, size: TextSize, tone: Tone) {
    if !text.is_empty() {
        texts.push(Text { start: Point::new(x, y), text: text.into_owned(), whole: None, face, size, tone });
    }
}
