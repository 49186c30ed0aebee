//! The shape of a container: how wide its lines are, and where what stands apart goes.
//!
//! In: levels as sequences of boxes, and sizes.  Out: the lines and the room beside or below them that look best
//! together.  Not here: the order of the boxes, and where in a line they stand.

use super::Size;
use super::apart::{Apart, grid, join, width_for_height};
use super::measure::{Measure, Row};
use super::rows::{lines_of_levels, share_lines};

/// Rows, and where the children that stand apart go.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wrapped {
    pub(super) rows: Vec<Row>,
    pub(super) apart: Apart,
}

/// The rows and the place of the apart block that give the best shape: little area, proportions near the wanted ones,
/// few levels in one line.
pub(super) fn wrap(levels: &[Vec<u32>], apart: &[u32], measure: &Measure<'_>) -> Wrapped {
    let ideal = measure.ideal_width();
    let boundaries = levels.len().saturating_sub(1).max(1) as f32;
    let mut best: Option<(f32, Wrapped)> = None;
    for share in [0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0, 2.5] {
        let width = (ideal * share).ceil();
        let alone = lines_of_levels(levels, width, measure);
        for worth in WORTH_A_MERGE {
            let (rows, merged) = share_lines(levels, &alone, width, worth, measure);
            if merged == 0 && worth.is_finite() {
                continue;
            }
            let size = measure.rows_size(&rows);
            for beside in [false, true] {
                let apart_width = match (rows.is_empty() || apart.is_empty(), beside) {
                    (true, true) => continue,
                    (true, false) => width,
                    (false, false) => width.max(size.width),
                    (false, true) => width_for_height(apart, size.height, measure),
                };
                let room = Apart { width: apart_width, beside, columns: 0 };
                let block = grid(apart, &room, measure);
                let whole = join(size, block.size, beside, measure.options);
                let merge_cost = 1.0 + MERGE_COST * merged as f32 / boundaries;
                let beside_cost = if beside { BESIDE_COST } else { 1.0 };
                let score = ugliness(whole, measure.options.aspect) * merge_cost * beside_cost;
                if best.as_ref().is_none_or(|(least, _)| score < *least) {
                    best = Some((score, Wrapped { rows: rows.clone(), apart: room }));
                }
            }
        }
    }
    let nothing = Wrapped { rows: Vec::new(), apart: Apart { width: ideal, beside: false, columns: 0 } };
    best.map_or(nothing, |(_, wrapped)| wrapped)
}

/// The height, in points, that putting one more level into a line must save: never, seldom, often.
const WORTH_A_MERGE: [f32; 3] = [f32::INFINITY, 60.0, 8.0];

/// How much uglier a container is with all its levels in one line than with each in its own.
const MERGE_COST: f32 = 0.5;

/// How much uglier it is with what stands apart beside the levels than below.
const BESIDE_COST: f32 = 1.12;

/// Area, and more of it the further the proportions are from the wanted ones.
fn ugliness(size: Size, aspect: f32) -> f32 {
    let off = (size.width.max(1.0) / size.height.max(1.0) / aspect).ln();
    size.width.max(1.0) * size.height.max(1.0) * (1.0 + off * off)
}
