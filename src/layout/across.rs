//! Where in its line a column stands.
//!
//! In: ordered lines.  Out: the left edge of each column: as near as possible to what it is connected to, or to where
//! it was, with the least distances kept.  Not here: the order, which never changes here.
//!
//! One line is an isotonic regression: less what is to its left, positions must not decrease (pool adjacent violators,
//! Ayer et al. 1955).

use super::crossing::{Links, Places, Side};
use super::measure::{Column, Measure, Row};

/// Where a column would like its left edge to be, and how much.
struct Wish {
    left: f32,
    weight: f32,
}

/// How far a column goes from the middle of its packed line to what it is connected to: all the way scatters boxes, and
/// not at all hides what belongs together.
const TOWARDS: f32 = 0.45;

/// Left edges of all columns of each line, between 0 and the width of the widest line.
pub(super) fn place_fresh(rows: &[Row], links: &Links, measure: &Measure<'_>) -> Vec<Vec<f32>> {
    let width = widest(rows, measure);
    let packed: Vec<Vec<f32>> = rows.iter().map(|row| pack(row, width, measure)).collect();
    let mut lefts = packed.clone();
    let mut places = Places::packed(rows, measure);
    for (row, lefts) in rows.iter().zip(&lefts) {
        note_middles(row, lefts, measure, &mut places);
    }
    for pass in 0..6 {
        for step in 0..rows.len() {
            let (index, side) = match pass {
                5 => (step, Side::Both),
                _ if pass % 2 == 0 => (step, Side::Above),
                _ => (rows.len() - 1 - step, Side::Below),
            };
            let wish = |(column, packed): (&Column, &f32)| {
                let half = measure.column_width(column) / 2.0;
                let calm = packed + half;
                match places.mean(column, links, side) {
                    Some((mean, weight)) => Wish { left: calm + (mean - calm) * TOWARDS - half, weight: weight + 1.0 },
                    None => Wish { left: *packed, weight: 1.0 },
                }
            };
            let wishes: Vec<Wish> = rows[index].columns.iter().zip(&packed[index]).map(wish).collect();
            lefts[index] = settle(&rows[index], &wishes, width, measure);
            note_middles(&rows[index], &lefts[index], measure, &mut places);
        }
    }
    lefts
}

/// Left edges near to where the middles of the boxes were in content of the width `width_before`; what was nowhere goes
/// to what it is connected to.
pub(super) fn place_near(
    rows: &[Row],
    home: &[Option<f32>],
    width_before: f32,
    links: &Links,
    measure: &Measure<'_>,
) -> Vec<Vec<f32>> {
    let width = widest(rows, measure);
    let shift = ((width - width_before) / 2.0).floor();
    let mut places = Places::packed(rows, measure);
    for (middle, home) in places.middle.iter_mut().zip(home) {
        *middle = home.map_or(*middle + width / 2.0, |home| home + shift);
    }
    let wish = |column: &Column| {
        let half = measure.size(column.members[0]).width / 2.0;
        match home[column.members[0] as usize] {
            Some(home) => Wish { left: home + shift - half, weight: 8.0 },
            None => {
                Wish { left: places.mean(column, links, Side::Both).map_or(width / 2.0, |it| it.0) - half, weight: 1.0 }
            }
        }
    };
    let place = |row: &Row| settle(row, &row.columns.iter().map(wish).collect::<Vec<_>>(), width, measure);
    rows.iter().map(place).collect()
}

pub(super) fn widest(rows: &[Row], measure: &Measure<'_>) -> f32 {
    rows.iter().map(|row| measure.row_width(&row.columns)).fold(0.0, f32::max)
}

/// The line in the middle, with the least distances.
fn pack(row: &Row, width: f32, measure: &Measure<'_>) -> Vec<f32> {
    let (offsets, used) = measure.offsets(&row.columns);
    let left = ((width - used) / 2.0).floor();
    offsets.into_iter().map(|offset| left + offset).collect()
}

fn note_middles(row: &Row, lefts: &[f32], measure: &Measure<'_>, places: &mut Places) {
    for (column, left) in row.columns.iter().zip(lefts) {
        let middle = left + measure.column_width(column) / 2.0;
        for &child in &column.members {
            places.middle[child as usize] = middle;
        }
    }
}

/// The whole-numbered left edges nearest to the wishes (least squares) that keep order, distances and width.
fn settle(row: &Row, wishes: &[Wish], width: f32, measure: &Measure<'_>) -> Vec<f32> {
    struct Pool {
        sum: f32,
        weight: f32,
        count: usize,
    }
    let (offsets, used) = measure.offsets(&row.columns);
    let slack = (width - used).max(0.0);

    let mut pools: Vec<Pool> = Vec::new();
    for (wish, offset) in wishes.iter().zip(&offsets) {
        let mut pool = Pool { sum: (wish.left - offset) * wish.weight, weight: wish.weight, count: 1 };
        while let Some(last) = pools.pop() {
            if last.sum / last.weight <= pool.sum / pool.weight {
                pools.push(last);
                break;
            }
            pool.sum += last.sum;
            pool.weight += last.weight;
            pool.count += last.count;
        }
        pools.push(pool);
    }
    let slid = pools
        .iter()
        .flat_map(|pool| std::iter::repeat_n((pool.sum / pool.weight).clamp(0.0, slack).round(), pool.count));
    slid.zip(&offsets).map(|(slid, offset)| slid + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Options, Size};

    fn check(wishes: &[f32], width: f32, expected: &[f32]) {
        let sizes = vec![Size::new(100.0, 30.0); wishes.len()];
        let options = Options { gap: 10.0, ..Options::default() };
        let column = |child| Column { level: 0, members: vec![child] };
        let row = Row { columns: (0..wishes.len() as u32).map(column).collect() };
        let wishes: Vec<Wish> = wishes.iter().map(|&left| Wish { left, weight: 1.0 }).collect();
        assert_eq!(settle(&row, &wishes, width, &Measure { sizes: &sizes, options: &options }), expected);
    }

    #[test]
    fn wishes_that_leave_room_come_true() {
        check(&[0.0, 150.0, 400.0], 500.0, &[0.0, 150.0, 400.0]);
    }

    #[test]
    fn those_who_want_one_place_stand_around_it() {
        check(&[200.0, 200.0], 500.0, &[145.0, 255.0]);
    }

    #[test]
    fn nobody_leaves_the_container() {
        check(&[-90.0, 900.0], 500.0, &[0.0, 400.0]);
    }
}
