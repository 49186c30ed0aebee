//! The block of the children without edges.
//!
//! In: their sequence, and the room they get.  Out: a compact block, and where it goes beside or below the levels.  Not
//! here: the choice of the room; it is made together with that of the lines.

use super::measure::Measure;
use super::rows::lines;
use super::{Options, Size};

/// The room of the children that stand apart.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Apart {
    pub(super) width: f32,
    /// True if the block is right of the levels and not below.
    pub(super) beside: bool,
    /// Columns of the grid; 0 for as many as fit.
    pub(super) columns: usize,
}

/// A block of boxes: corners by place in the sequence that it was made from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Block {
    pub(super) corners: Vec<(f32, f32)>,
    pub(super) size: Size,
    /// Columns, where the boxes are alike enough for a grid; else 0.
    pub(super) columns: usize,
}

/// The size of rows and apart block together.
pub(super) fn join(rows: Size, apart: Size, beside: bool, options: &Options) -> Size {
    if apart == Size::default() {
        return rows;
    }
    if rows == Size::default() {
        return apart;
    }
    if beside {
        Size::new(rows.width + apart_distance(options) + apart.width, rows.height.max(apart.height))
    } else {
        Size::new(rows.width.max(apart.width), rows.height + apart_distance(options) + apart.height)
    }
}

/// The room between the levels and the block of what stands apart.
pub(super) fn apart_distance(options: &Options) -> f32 {
    options.level_gap
}

/// The least of a few widths at which the sequence is no higher than `height`.
pub(super) fn width_for_height(sequence: &[u32], height: f32, measure: &Measure<'_>) -> f32 {
    let (mut too_narrow, mut enough) = (measure.widest(sequence), strip_width(sequence, measure));
    for _ in 0..7 {
        let middle = ((too_narrow + enough) / 2.0).ceil();
        let room = Apart { width: middle, beside: true, columns: 0 };
        if grid(sequence, &room, measure).size.height <= height { enough = middle } else { too_narrow = middle }
    }
    enough
}

/// Boxes of about one height in a grid of even columns, others in lines; neither is wider than `width` where boxes are
/// not.
pub(super) fn grid(sequence: &[u32], room: &Apart, measure: &Measure<'_>) -> Block {
    let width = room.width;
    let heights = || sequence.iter().map(|&child| measure.size(child).height);
    let (lowest, highest) = (heights().fold(f32::INFINITY, f32::min), heights().fold(0.0, f32::max));
    if highest > lowest * 1.5 {
        return shelves(sequence, width, measure);
    }
    let cells = |count: usize| -> Vec<f32> {
        let in_column = |column: usize| sequence.iter().skip(column).step_by(count);
        (0..count).map(|column| in_column(column).map(|&child| measure.size(child).width).fold(0.0, f32::max)).collect()
    };
    let total = |widths: &[f32]| widths.iter().sum::<f32>() + measure.options.gap * (widths.len() - 1) as f32;
    let count = match room.columns {
        0 => {
            // As many columns as fit, then the fewest that need no more lines.
            let mean = strip_width(sequence, measure) / sequence.len().max(1) as f32;
            let mut count = ((1.6 * width / mean.max(1.0)) as usize).clamp(1, sequence.len().max(1));
            while count > 1 && total(&cells(count)) > width {
                count -= 1;
            }
            sequence.len().div_ceil(sequence.len().div_ceil(count).max(1)).max(1)
        }
        known => known,
    };
    let widths = cells(count);
    let mut block = Block { columns: count, ..Block::default() };
    for line in sequence.chunks(count.max(1)) {
        let y = if block.corners.is_empty() { 0.0 } else { block.size.height + measure.options.line_gap };
        let mut x = 0.0;
        for (&child, width) in line.iter().zip(&widths) {
            let size = measure.size(child);
            block.corners.push((x, y));
            block.size.width = block.size.width.max(x + size.width);
            block.size.height = block.size.height.max(y + size.height);
            x += width + measure.options.gap;
        }
    }
    block
}

fn shelves(sequence: &[u32], width: f32, measure: &Measure<'_>) -> Block {
    let mut block = Block { corners: vec![(0.0, 0.0); sequence.len()], ..Block::default() };
    let mut place = 0;
    for columns in lines(sequence, width, measure) {
        if place > 0 {
            block.size.height += measure.options.line_gap;
        }
        let top = block.size.height;
        let mut x = 0.0;
        for column in &columns {
            let mut y = top;
            for &child in column {
                block.corners[place] = (x, y);
                place += 1;
                y += measure.size(child).height + measure.options.line_gap;
            }
            x += measure.widest(column) + measure.options.gap;
        }
        block.size.width = block.size.width.max(x - measure.options.gap);
        block.size.height = top + columns.iter().map(|column| measure.stack_height(column)).fold(0.0, f32::max);
    }
    block
}

/// The width of boxes side by side.
fn strip_width(boxes: &[u32], measure: &Measure<'_>) -> f32 {
    let widths: f32 = boxes.iter().map(|&child| measure.size(child).width).sum();
    widths + measure.options.gap * boxes.len().saturating_sub(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::wrap::wrap;

    #[test]
    fn many_boxes_without_edges_make_a_grid_and_not_a_strip() {
        let sizes = vec![Size::new(120.0, 34.0); 60];
        let options = Options::default();
        let measure = Measure { sizes: &sizes, options: &options };
        let sequence: Vec<u32> = (0..60).collect();
        let wrapped = wrap(&[], &sequence, &measure);
        let block = grid(&sequence, &wrapped.apart, &measure);
        let aspect = block.size.width / block.size.height;
        assert!((1.2..=2.2).contains(&aspect), "{aspect}");
        assert_eq!(60 % block.corners.iter().filter(|corner| corner.1 == 0.0).count(), 0);
    }
}
