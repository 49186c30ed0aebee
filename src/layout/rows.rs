//! Lines: how levels are wrapped.
//!
//! In: levels as sequences of boxes, sizes, and a width.  Out: lines of columns.  Not here: the choice of the width, the
//! order of the boxes, and where in a line they stand.

use super::measure::{Column, Measure, Row};

/// A box is stacked only in a line that is at least so many times as high as the box.
const STACKED: f32 = 2.0;

/// By level: its lines, wrapped at `width`.
pub(super) fn lines_of_levels(levels: &[Vec<u32>], width: f32, measure: &Measure<'_>) -> Vec<Vec<Row>> {
    let wrapped = |(level, sequence): (usize, &Vec<u32>)| {
        let column = |members| Column { level: level as u32, members };
        let row = |line: Vec<Vec<u32>>| Row { columns: line.into_iter().map(column).collect() };
        balanced_lines(sequence, width, measure).into_iter().map(row).collect()
    };
    levels.iter().enumerate().map(wrapped).collect()
}

/// All lines, those of the highest level first; levels that together fit into one line share it if that saves `worth`
/// in height for each.  Also how many levels joined the line of another.
pub(super) fn share_lines(
    levels: &[Vec<u32>],
    alone: &[Vec<Row>],
    width: f32,
    worth: f32,
    measure: &Measure<'_>,
) -> (Vec<Row>, usize) {
    // least[k]: the least height of the lowest k levels, and how many of them share its first line.
    let mut least: Vec<(f32, usize)> = vec![(0.0, 0)];
    for top in 0..levels.len() {
        let own = measure.rows_size(&alone[top]).height;
        let mut best = (least[top].0 + own + measure.options.level_gap, 1);
        if worth.is_finite() {
            for below in 1..=top {
                let Some(line) = shared_line(levels, alone, top - below, top) else { break };
                if measure.row_width(&line.columns) > width {
                    break;
                }
                let height = measure.row_height(&line) + measure.options.level_gap + worth * below as f32;
                let total = least[top - below].0 + height;
                if total < best.0 {
                    best = (total, below + 1);
                }
            }
        }
        least.push(best);
    }
    let (mut rows, mut merged, mut rest) = (Vec::new(), 0, levels.len());
    while rest > 0 {
        let count = least[rest].1;
        match shared_line(levels, alone, rest - count, rest - 1) {
            Some(line) if count > 1 => rows.push(line),
            _ => rows.extend(alone[rest - 1].iter().cloned()),
        }
        merged += count - 1;
        rest -= count;
    }
    (rows, merged)
}

/// The levels from `bottom` to `top` in one line; nothing where the lowest takes more than a line for itself.
///
/// Only the lowest may be stacked: what is under a box must not be above what it uses.
fn shared_line(levels: &[Vec<u32>], alone: &[Vec<Row>], bottom: usize, top: usize) -> Option<Row> {
    let [lowest] = alone[bottom].as_slice() else { return None };
    let plain =
        |level: usize| levels[level].iter().map(move |&child| Column { level: level as u32, members: vec![child] });
    let mut columns: Vec<Column> = (bottom + 1..=top).rev().flat_map(plain).collect();
    columns.extend(lowest.columns.iter().cloned());
    Some(Row { columns })
}

/// As many lines as `width` calls for, and these as even as they can be without changing the sequence.
fn balanced_lines(sequence: &[u32], width: f32, measure: &Measure<'_>) -> Vec<Vec<Vec<u32>>> {
    let mut best = lines(sequence, width, measure);
    let (mut too_narrow, mut enough) = (0.0, width);
    for _ in 0..if best.len() > 1 { 6 } else { 0 } {
        let middle = (too_narrow + enough) / 2.0;
        let narrower = lines(sequence, middle, measure);
        if narrower.len() == best.len() {
            best = narrower;
            enough = middle;
        } else {
            too_narrow = middle;
        }
    }
    best
}

/// Fills line after line; a line wider than `width` holds one box.
pub(super) fn lines(sequence: &[u32], width: f32, measure: &Measure<'_>) -> Vec<Vec<Vec<u32>>> {
    let mut lines = Vec::new();
    let mut rest = sequence;
    while !rest.is_empty() {
        let mut count = 1;
        let mut columns = stack(&rest[..1], measure);
        while count < rest.len() {
            let longer = stack(&rest[..count + 1], measure);
            if plain_width(&longer, measure) > width {
                break;
            }
            columns = longer;
            count += 1;
        }
        lines.push(columns);
        rest = &rest[count..];
    }
    lines
}

/// The width of columns side by side.
fn plain_width(columns: &[Vec<u32>], measure: &Measure<'_>) -> f32 {
    let boxes: f32 = columns.iter().map(|column| measure.widest(column)).sum();
    boxes + measure.options.gap * columns.len().saturating_sub(1) as f32
}

/// One line: neighbours that are low in comparison with its highest box are stacked.
fn stack(line: &[u32], measure: &Measure<'_>) -> Vec<Vec<u32>> {
    let height = line.iter().map(|&child| measure.size(child).height).fold(0.0, f32::max);
    let mut columns: Vec<Vec<u32>> = Vec::new();
    let mut filled = 0.0;
    for &child in line {
        let own = measure.size(child).height;
        let stackable = own * STACKED <= height;
        match columns.last_mut() {
            Some(column) if stackable && filled + measure.options.line_gap + own <= height => {
                column.push(child);
                filled += measure.options.line_gap + own;
            }
            _ => {
                columns.push(vec![child]);
                // A box that is not stackable closes its column.
                filled = if stackable { own } else { f32::INFINITY };
            }
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Options, Size};

    fn check(widths_and_heights: &[(f32, f32)], width: f32, expected: &[&[&[u32]]]) {
        let sizes: Vec<Size> = widths_and_heights.iter().map(|&(width, height)| Size::new(width, height)).collect();
        let options = Options { gap: 10.0, line_gap: 10.0, ..Options::default() };
        let sequence: Vec<u32> = (0..sizes.len() as u32).collect();
        assert_eq!(balanced_lines(&sequence, width, &Measure { sizes: &sizes, options: &options }), expected);
    }

    #[test]
    fn lines_are_even_and_not_filled_one_after_the_other() {
        check(&[(100.0, 20.0); 4], 330.0, &[&[&[0], &[1]], &[&[2], &[3]]]);
    }

    #[test]
    fn small_boxes_are_stacked_beside_a_large_one() {
        check(
            &[(300.0, 80.0), (50.0, 20.0), (50.0, 20.0), (50.0, 20.0), (50.0, 20.0)],
            500.0,
            &[&[&[0], &[1, 2, 3], &[4]]],
        );
    }

    #[test]
    fn a_box_wider_than_the_line_has_its_own() {
        check(&[(900.0, 20.0), (50.0, 20.0)], 500.0, &[&[&[0]], &[&[1]]]);
    }
}
