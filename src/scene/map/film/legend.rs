//! What the lines and signs of a film mean: one legend for all of its shots, with what any of them has.
//!
//! In: shots.  Out: a [`Legend`].  Not here: where it is shown.

use super::Shot;
use super::changes::Changes;
use crate::compare::Fate;

use crate::scene::map::comparison::sign;
use crate::scene::map::legend::{Entry, Mark, plate};
use crate::scene::map::{Highlight, Legend, legend as map_legend};
use crate::scene::shape::{Arrow, Emphasis, Point, Ribbon, Shape, Stroke};
use crate::theme::{Measurer, Role, line};

/// Of the line in the sample of what broke.
const HALF: f32 = 13.0;

/// As wide as the pictures.
pub fn legend(shots: &[Shot], width: f32, measurer: &Measurer) -> Legend {
    let mut entries: Vec<Entry> = Vec::new();
    for shot in shots {
        for entry in map_legend::entries(&shot.map, &Highlight::default()) {
            if !entries.iter().any(|known| known.meaning == entry.meaning) {
                entries.push(entry);
            }
        }
    }
    let all: Vec<Changes> = shots.windows(2).map(|pair| Changes::new(&pair[1], &pair[0])).collect();
    let mut entry = |is_there: bool, stroke, mark: Mark, meaning| {
        if is_there {
            entries.push(Entry { stroke, mark, meaning });
        }
    };
    let fate = |fate: Fate| -> Mark {
        Box::new(move |middle, shapes| sign::sign(fate, middle, None, Emphasis::Normal, shapes))
    };
    let any = |is: fn(&Changes) -> bool| all.iter().any(is);
    let glow = Stroke::solid(Role::ViolationFill, 12.0);
    let broke: Mark = Box::new(|middle, shapes| {
        let (from, to) = (Point::new(middle.x - HALF, middle.y), Point::new(middle.x + HALF, middle.y));
        shapes.push(Shape::Ribbon(Ribbon {
            points: vec![from, to],
            closed: false,
            stroke: Stroke::solid(Role::Violation, line::THICK),
            arrow: Arrow::None,
            hit: None,
            emphasis: Emphasis::Normal,
        }));
    });
    entry(any(|it| it.broke), glow, broke, "broke with this commit");
    let fixed: Mark = Box::new(|middle, shapes| sign::fixed(middle, None, Emphasis::Normal, shapes));
    entry(any(|it| it.mended), Stroke::dotted(Role::Success, line::MEDIUM), fixed, "no longer broken");
    entry(any(|it| it.came), Stroke::solid(Role::Added, line::MEDIUM), fate(Fate::Added), "came with it");
    entry(any(|it| it.went), Stroke::dashed(Role::Removed, line::MEDIUM), fate(Fate::Removed), "went with it");
    plate(&entries, width, measurer)
}
