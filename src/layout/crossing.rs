//! The order of the columns in each line.
//!
//! In: lines, and which boxes are connected.  Out: the same lines with few crossings and short edges: barycentre sweeps
//! (Sugiyama, Tagawa and Toda 1981), then swaps of neighbours.  Not here: exact positions; while lines are ordered,
//! each is packed around a common middle.

use super::measure::{Column, Measure, Row};
use super::tree::Arc;

/// Who is connected with whom, in either direction, and how strongly.
pub(super) struct Links {
    of: Vec<Vec<(u32, f32)>>,
}

impl Links {
    pub(super) fn new(n: usize, arcs: &[Arc]) -> Self {
        let mut of = vec![Vec::new(); n];
        for arc in arcs {
            // A hundred references pull more than one, but not a hundred times more.
            let pull = 1.0 + (arc.cost as f32).ln_1p();
            of[arc.from as usize].push((arc.to, pull));
            of[arc.to as usize].push((arc.from, pull));
        }
        Self { of }
    }

    pub(super) fn of(&self, child: u32) -> &[(u32, f32)] {
        &self.of[child as usize]
    }
}

/// What a look at the neighbours takes in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Above,
    Below,
    Both,
}

/// The line of each box, and the middle of each box while lines are packed.
pub(super) struct Places {
    pub(super) row: Vec<usize>,
    pub(super) middle: Vec<f32>,
}

impl Places {
    pub(super) fn packed(rows: &[Row], measure: &Measure<'_>) -> Self {
        let mut places = Self { row: vec![0; measure.sizes.len()], middle: vec![0.0; measure.sizes.len()] };
        for (index, row) in rows.iter().enumerate() {
            for &child in row.columns.iter().flat_map(|column| &column.members) {
                places.row[child as usize] = index;
            }
            places.pack(row, measure);
        }
        places
    }

    /// Puts the columns of one line side by side, around 0.
    fn pack(&mut self, row: &Row, measure: &Measure<'_>) {
        let (offsets, width) = measure.offsets(&row.columns);
        for (column, left) in row.columns.iter().zip(offsets) {
            for &child in &column.members {
                self.middle[child as usize] = left + (measure.column_width(column) - width) / 2.0;
            }
        }
    }

    /// The mean middle of the neighbours of a column on one side, nearer and stronger ones counting more, and how much
    /// they count together; nothing if there are none.
    pub(super) fn mean(&self, column: &Column, links: &Links, side: Side) -> Option<(f32, f32)> {
        let (mut sum, mut total) = (0.0, 0.0);
        for &child in &column.members {
            let own = self.row[child as usize];
            for &(other, pull) in links.of(child) {
                let row = self.row[other as usize];
                let counts = match side {
                    Side::Above => row < own,
                    Side::Below => row > own,
                    Side::Both => row != own,
                };
                if counts {
                    let weight = pull / row.abs_diff(own) as f32;
                    sum += weight * self.middle[other as usize];
                    total += weight;
                }
            }
        }
        (total > 0.0).then(|| (sum / total, total))
    }

    /// The lengths of all edges across, by their pull.
    fn spread(&self, links: &Links) -> f32 {
        let mut sum = 0.0;
        for (child, others) in links.of.iter().enumerate() {
            sum += others
                .iter()
                .map(|&(it, pull)| pull * (self.middle[it as usize] - self.middle[child]).abs())
                .sum::<f32>();
        }
        sum
    }
}

/// Orders all lines from nothing.
pub(super) fn order_lines(rows: &mut Vec<Row>, links: &Links, measure: &Measure<'_>) {
    if rows.iter().all(|row| row.columns.len() < 2) {
        return;
    }
    let mut places = Places::packed(rows, measure);
    let mut best = (places.spread(links), rows.clone());
    for sweep in 0..8 {
        let downwards = sweep % 2 == 0;
        for step in 0..rows.len() {
            let index = if downwards { step } else { rows.len() - 1 - step };
            let side = if downwards { Side::Above } else { Side::Below };
            let key = |column: &Column| {
                let mean = places.mean(column, links, side).map(|(mean, _)| mean);
                mean.unwrap_or(places.middle[column.members[0] as usize])
            };
            let mut keyed: Vec<(f32, Column)> = rows[index].columns.drain(..).map(|it| (key(&it), it)).collect();
            keyed.sort_by(|(key_a, a), (key_b, b)| b.level.cmp(&a.level).then(key_a.total_cmp(key_b)));
            rows[index].columns = keyed.into_iter().map(|(_, column)| column).collect();
            places.pack(&rows[index], measure);
        }
        let spread = places.spread(links);
        if spread < best.0 * 0.999 {
            best = (spread, rows.clone());
        }
    }
    *rows = best.1;
    swap_neighbours(rows, links, measure, 1);
}

/// Swaps neighbours in a line where that removes at least `least` crossings.
pub(super) fn swap_neighbours(rows: &mut [Row], links: &Links, measure: &Measure<'_>, least: i64) {
    let mut places = Places::packed(rows, measure);
    for _ in 0..4 {
        let mut swapped = false;
        for row in &mut *rows {
            for left in 1..row.columns.len() {
                let (a, b) = (&row.columns[left - 1], &row.columns[left]);
                if a.level == b.level && crossings(&a.members, &b.members, &places, links) >= least {
                    row.columns.swap(left - 1, left);
                    places.pack(row, measure);
                    swapped = true;
                }
            }
        }
        if !swapped {
            return;
        }
    }
}

/// How many more crossings the edges of two neighbours have with `left` on the left than the other way around.
fn crossings(left: &[u32], right: &[u32], places: &Places, links: &Links) -> i64 {
    let own = places.row[left[0] as usize];
    let mut more = 0;
    for &(a, _) in left.iter().flat_map(|&child| links.of(child)) {
        for &(b, _) in right.iter().flat_map(|&child| links.of(child)) {
            let (row_a, row_b) = (places.row[a as usize], places.row[b as usize]);
            if (row_a < own && row_b < own) || (row_a > own && row_b > own) {
                let (at_a, at_b) = (places.middle[a as usize], places.middle[b as usize]);
                more += i64::from(at_a > at_b) - i64::from(at_a < at_b);
            }
        }
    }
    more
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Options, Size};

    /// Rows as text, such as `0 1 / 2 3`, with arcs from above to below.
    fn check(rows: &str, arcs: &[(u32, u32)], expected: &str) {
        let mut rows: Vec<Row> = rows
            .split('/')
            .zip((0..9).rev())
            .map(|(line, level)| {
                let column = |child: &str| Column { level, members: vec![child.parse().unwrap()] };
                Row { columns: line.split_whitespace().map(column).collect() }
            })
            .collect();
        let sizes = vec![Size::new(100.0, 30.0); 10];
        let options = Options::default();
        let arcs: Vec<Arc> = arcs.iter().map(|&(from, to)| Arc { from, to, cost: 10 }).collect();
        let measure = Measure { sizes: &sizes, options: &options };
        order_lines(&mut rows, &Links::new(10, &arcs), &measure);
        let line =
            |row: &Row| row.columns.iter().map(|column| column.members[0].to_string()).collect::<Vec<_>>().join(" ");
        assert_eq!(rows.iter().map(line).collect::<Vec<_>>().join(" / "), expected);
    }

    #[test]
    fn parallel_edges_do_not_cross() {
        check("0 1 2 / 3 4 5", &[(0, 5), (1, 3), (2, 4)], "0 1 2 / 5 3 4");
    }

    #[test]
    fn lines_without_edges_keep_their_order() {
        check("2 1 0 / 3 4", &[], "2 1 0 / 3 4");
    }
}
