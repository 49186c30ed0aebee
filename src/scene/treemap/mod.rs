//! The treemap: what is visible on the map as tiles, as large as the code in them and coloured by what is known of it.
//!
//! In: an [`Arrangement`] of the map, whose boxes are shown: what is open there is open here; a [`Ground`] of what is known
//! beside; and a [`Choice`].  Out: a [`Treemap`], and from it and a [`Highlight`] a [`Drawn`] scene and a legend.  An open box
//! has one tile more for the code that stands in itself.  Not here: where tiles go (`layout::treemap`), and counting commits
//! (`history`).

mod draw;
mod labels;
mod legend;
mod scale;
mod sizes;
#[cfg(test)]
mod tests;
mod tones;
mod values;

use super::map::{Arrangement, Drawn, Highlight, stable_key};
use super::shape::Rect;
use crate::boundary::Boundaries;
use crate::history::Churn;
use crate::layout::{self, Size, treemap as division};
use crate::metrics::Below;
use crate::model::Model;
use crate::source::SourceTree;
use crate::theme::{Measurer, TextSize};
use labels::Text;
pub use legend::Legend;
use scale::Scale;
use tones::Tone;

/// What the area of a tile says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sizing {
    #[default]
    Lines,
    Items,
}

impl Sizing {
    pub const ALL: [Self; 2] = [Self::Lines, Self::Items];

    /// As the command line, links and named views call it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Lines => "lines",
            Self::Items => "items",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }

    /// The words of all, for a message.
    pub fn words() -> String {
        Self::ALL.map(Self::word).join(", ")
    }

    /// With its unit.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lines => "lines of code",
            Self::Items => "number of items",
        }
    }
}

/// What the colour of a tile says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colouring {
    /// How many commits changed it.
    #[default]
    Churn,
    Violations,
    Owner,
    Instability,
    /// The share of the references from outside its boundary that go around the API.
    Leak,
    /// Since when it was not changed.
    Age,
}

impl Colouring {
    pub const ALL: [Self; 6] = [Self::Churn, Self::Age, Self::Violations, Self::Owner, Self::Instability, Self::Leak];

    /// As the command line, links and named views call it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Leak => "leak",
            other => other.name(),
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }

    /// The words of all, for a message.
    pub fn words() -> String {
        Self::ALL.map(Self::word).join(", ")
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Churn => "churn",
            Self::Violations => "violations",
            Self::Owner => "owner",
            Self::Instability => "instability",
            Self::Leak => "API leak",
            Self::Age => "age",
        }
    }

    /// Whether the commits have to be gone through for it.
    pub fn needs_churn(self) -> bool {
        matches!(self, Self::Churn | Self::Age)
    }
}

/// What a person chooses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub sizing: Sizing,
    pub colouring: Colouring,
}

/// What is known of the code.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    pub model: &'a Model,
    pub boundaries: &'a Boundaries,
    pub sources: &'a SourceTree,
    /// Or why it is not known, in a few words.
    pub churn: Result<&'a Churn, &'a str>,
    /// `None` as long as it is not measured.
    pub below: Option<&'a Below>,
}

/// Tiles with their places, colours and texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Treemap {
    pub choice: Choice,
    /// By box of the arrangement.
    pub rects: Vec<Rect>,
    pub bounds: Rect,
    /// By box: the tile of what stands in an open box itself.
    own: Vec<Option<Rect>>,
    /// By box: whether an open box is named above what it holds.
    headed: Vec<bool>,
    /// By box: of all that is in it, and of what stands in itself.
    tones: Vec<Tone>,
    own_tones: Vec<Tone>,
    /// By box: of all that is in it, in the unit of the sizing.
    sizes: Vec<u64>,
    /// Of all that is shown.
    total: u64,
    texts: Vec<Text>,
    scale: Scale,
    memory: division::Memory,
}

/// Between the border of an open box and its tiles.
const PADDING: f32 = 4.0;

/// Sizes of names, from those of large areas to those of small ones.
const NAMES: [TextSize; 6] =
    [TextSize::Display, TextSize::Heading, TextSize::Title, TextSize::Body, TextSize::Small, TextSize::Caption];

/// So wide must a picture be for each of the largest names.
const WIDE: [f32; 2] = [1400.0, 900.0];

impl Treemap {
    /// `size` is that of the whole picture, in world units.  `previous` keeps tiles where they were as far as sizes allow.
    pub fn new(
        ground: &Ground<'_>,
        map: &Arrangement,
        choice: Choice,
        size: Size,
        previous: Option<&Self>,
        measurer: &Measurer,
    ) -> Self {
        let own_sizes = sizes::own(ground, &map.cut, choice.sizing);
        let total = own_sizes.iter().sum();
        let request = request(ground, map, &own_sizes, size);
        let divided = division::place(&request, previous.map(|previous| &previous.memory));
        let n = map.cut.boxes.len();
        let rect = |rect: &layout::Rect| Rect::new(rect.x, rect.y, rect.width, rect.height);
        let rects: Vec<Rect> = divided.rects[..n].iter().map(rect).collect();
        let mut own = vec![None; n];
        for (tile, place) in request.tiles.iter().zip(&divided.rects).skip(n) {
            if let Some(parent) = tile.parent {
                own[parent as usize] = Some(rect(place));
            }
        }
        let values = values::of(ground, map, choice.colouring);
        let (scale, tones, own_tones) = tones::of(ground, map, choice.colouring, &values);
        let mut treemap = Self {
            choice,
            rects,
            bounds: Rect::new(0.0, 0.0, size.width, size.height),
            own,
            headed: divided.headed[..n].to_vec(),
            tones,
            own_tones,
            sizes: sizes::whole(&map.cut, own_sizes),
            total,
            texts: Vec::new(),
            scale,
            memory: divided.memory,
        };
        treemap.texts = labels::texts(ground, map, &treemap, measurer);
        treemap
    }

    /// What the colour of a box says, in words: `34 commits`; empty where nothing is known.
    pub fn words(&self, index: u32) -> &str {
        self.tones.get(index as usize).map_or("", |tone| &tone.words)
    }

    /// How large it is, in the unit of the sizing.
    pub fn size(&self, index: u32) -> u64 {
        self.sizes.get(index as usize).copied().unwrap_or_default()
    }

    /// Whether anything is known of what the colours shall say.
    pub fn is_known(&self) -> bool {
        !self.scale.entries.is_empty()
    }
}

/// The size of name that a box with so many boxes around it has, as an index into [`NAMES`].
fn name_step(width: f32, depth: u32) -> usize {
    let first = WIDE.iter().take_while(|wide| width < **wide).count();
    (first + depth as usize).min(NAMES.len() - 1)
}

/// Of an open box.
fn header(width: f32, depth: u32) -> f32 {
    (NAMES[name_step(width, depth)].points() * 1.3 + 5.0).ceil()
}

fn request(ground: &Ground<'_>, map: &Arrangement, own_sizes: &[u64], size: Size) -> division::Request {
    let boxes = &map.cut.boxes;
    let key = |index: usize| stable_key(ground.model, ground.boundaries, boxes[index].place);
    let mut tiles: Vec<division::Tile> = boxes
        .iter()
        .enumerate()
        .map(|(index, visible)| division::Tile {
            key: key(index),
            parent: visible.parent,
            // What is there can be pointed at.
            size: own_sizes[index].max(1) as f64,
            header: header(size.width, visible.depth),
        })
        .collect();
    for (index, visible) in boxes.iter().enumerate().filter(|(index, it)| it.open && own_sizes[*index] > 0) {
        let header = header(size.width, visible.depth);
        let (key, parent, size) = (!key(index), Some(index as u32), own_sizes[index] as f64);
        tiles.push(division::Tile { key, parent, size, header });
    }
    division::Request { tiles, size, padding: PADDING }
}

/// The picture.
pub fn draw(map: &Arrangement, treemap: &Treemap, highlight: &Highlight) -> Drawn {
    draw::draw(map, treemap, highlight)
}

/// What area and colours mean, in rows that are no wider than `width`.
pub fn legend(treemap: &Treemap, width: f32, measurer: &Measurer) -> Legend {
    legend::legend(treemap, width, measurer)
}

/// The size of a picture that nobody looks at through a window: each of its tiles can be read.
pub fn size_of_picture(map: &Arrangement) -> Size {
    let closed = map.cut.boxes.iter().filter(|visible| !visible.open).count();
    let width = (closed as f32 * AREA_PER_TILE * SHAPE).sqrt().clamp(NARROWEST, WIDEST).round();
    Size::new(width, (width / SHAPE).round())
}

/// Square points for a tile of middle size.
const AREA_PER_TILE: f32 = 7_000.0;
/// Width by height.
const SHAPE: f32 = 1.6;
const NARROWEST: f32 = 960.0;
const WIDEST: f32 = 3_600.0;
