//! Where a box goes that comes into lines that stay as they are.
//!
//! In: lines, where their boxes are at home, and the newcomer's level.  Out: the lines with it, at a place that pushes
//! the others as little as possible.  Not here: the level itself, and moving anything.

use super::crossing::Links;
use super::measure::{Column, Measure, Row};

/// The middles of the boxes, those without one being nowhere yet, in content of a given width.
pub(super) struct Homes {
    pub(super) middle: Vec<Option<f32>>,
    pub(super) width: f32,
}

/// A line may get wider than the widest by this factor before a newcomer rather gets its own.
const WIDER: f32 = 1.15;

/// What a point of pushing others, and one of leaving the content, cost in points of distance.
const PUSHED: f32 = 4.0;
const OUTSIDE: f32 = 2.0;

/// Adds `child` on `level`.  Levels fall along the lines before and after.
pub(super) fn insert(
    rows: &mut Vec<Row>,
    child: u32,
    level: u32,
    homes: &mut Homes,
    links: &Links,
    measure: &Measure<'_>,
) {
    let (mut sum, mut count) = (0.0, 0.0);
    for home in links.of(child).iter().filter_map(|&(other, _)| homes.middle[other as usize]) {
        sum += home;
        count += 1.0;
    }
    let wanted = if count > 0.0 { sum / count } else { homes.width / 2.0 };
    let widest = rows.iter().map(|row| measure.row_width(&row.columns)).fold(homes.width, f32::max);

    let newcomer = Newcomer { child, level, wanted };
    let mut best: Option<Place> = None;
    for (line, row) in rows.iter().enumerate() {
        let order_holds = line.checked_sub(1).is_none_or(|above| last_level(&rows[above]) >= Some(level))
            && rows.get(line + 1).is_none_or(|below| first_level(below) <= Some(level));
        if !order_holds
            || measure.row_width(&row.columns) + measure.options.gap + measure.size(child).width > widest * WIDER
        {
            continue;
        }
        let places =
            row.columns.partition_point(|it| it.level > level)..=row.columns.partition_point(|it| it.level >= level);
        for column in places {
            let Some(place) = judge(row, line, column, &newcomer, homes, measure) else { continue };
            if best.as_ref().is_none_or(|it| place.cost < it.cost) {
                best = Some(place);
            }
        }
    }
    let own_column = Column { level, members: vec![child] };
    match best {
        Some(Place { line, column, middle, .. }) => {
            rows[line].columns.insert(column, own_column);
            homes.middle[child as usize] = Some(middle);
        }
        None => {
            let line = rows.partition_point(|row| last_level(row) >= Some(level));
            rows.insert(line, Row { columns: vec![own_column] });
            split_around(rows, line, level);
        }
    }
}

struct Newcomer {
    child: u32,
    level: u32,
    /// Where its middle should be.
    wanted: f32,
}

struct Place {
    cost: f32,
    line: usize,
    column: usize,
    middle: f32,
}

fn first_level(row: &Row) -> Option<u32> {
    row.columns.first().map(|column| column.level)
}

fn last_level(row: &Row) -> Option<u32> {
    row.columns.last().map(|column| column.level)
}

/// What it costs to put a box before the column of that number; nothing if it may not stand there.
fn judge(row: &Row, line: usize, column: usize, it: &Newcomer, homes: &Homes, measure: &Measure<'_>) -> Option<Place> {
    let Newcomer { child, level, wanted } = *it;
    // What stands left on a higher level is used by others of the line only at its top.
    if row.columns[..column].iter().any(|it| it.level > level && it.members.len() > 1) {
        return None;
    }
    let half = measure.size(child).width / 2.0;
    let edges = |it: &Column| {
        let left = homes.middle[it.members[0] as usize]? - measure.size(it.members[0]).width / 2.0;
        let gap = measure.options.gap * if it.level == level { 1.0 } else { 2.0 };
        Some((left - gap, left + measure.column_width(it) + gap))
    };
    let lowest = match column.checked_sub(1) {
        Some(before) => edges(&row.columns[before])?.1 + half,
        None => f32::NEG_INFINITY,
    };
    let highest = match row.columns.get(column) {
        Some(after) => edges(after)?.0 - half,
        None => f32::INFINITY,
    };
    let (middle, pushed) = if lowest <= highest {
        (wanted.clamp(lowest, highest), 0.0)
    } else {
        ((lowest + highest) / 2.0, lowest - highest)
    };
    let outside = (half - middle).max(0.0) + (middle + half - homes.width).max(0.0);
    let cost = (middle - wanted).abs() + PUSHED * pushed + OUTSIDE * outside;
    Some(Place { cost, line, column, middle })
}

/// A new line came before one that begins on a higher level and goes on to lower ones: its higher levels stay above.
fn split_around(rows: &mut Vec<Row>, line: usize, level: u32) {
    let Some(below) = rows.get_mut(line + 1) else { return };
    let higher = below.columns.partition_point(|it| it.level > level);
    if higher > 0 {
        let columns = below.columns.drain(..higher).collect();
        rows.insert(line, Row { columns });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tree::Arc;
    use crate::layout::{Options, Size};

    /// Lines as text, such as `0@50 1@300 / 2@50`, each box 100 wide with its middle at a place; the first line is of
    /// level 4, the next of level 2.  A new box 9 that is connected with `neighbours` comes onto `level`.
    fn check(lines: &str, level: u32, neighbours: &[u32], expected: &str) {
        let mut homes = Homes { middle: vec![None; 10], width: 400.0 };
        let mut rows = Vec::new();
        for (line, text) in lines.split('/').enumerate() {
            let mut columns = Vec::new();
            for (child, middle) in text.split_whitespace().filter_map(|word| word.split_once('@')) {
                let child: u32 = child.parse().unwrap();
                homes.middle[child as usize] = Some(middle.parse().unwrap());
                columns.push(Column { level: 4 - 2 * line as u32, members: vec![child] });
            }
            rows.push(Row { columns });
        }
        let sizes = vec![Size::new(100.0, 30.0); 10];
        let options = Options { gap: 10.0, ..Options::default() };
        let arcs: Vec<Arc> = neighbours.iter().map(|&to| Arc { from: 9, to, cost: 10 }).collect();
        let measure = Measure { sizes: &sizes, options: &options };
        insert(&mut rows, 9, level, &mut homes, &Links::new(10, &arcs), &measure);
        let line = |row: &Row| row.columns.iter().map(|it| it.members[0].to_string()).collect::<Vec<_>>().join(" ");
        assert_eq!(rows.iter().map(line).collect::<Vec<_>>().join(" / "), expected);
    }

    #[test]
    fn a_newcomer_takes_the_free_place_nearest_to_its_neighbours() {
        check("0@50 1@350 / 2@60 3@340", 4, &[2], "0 9 1 / 2 3");
        check("0@50 1@160 / 2@60 3@340", 4, &[2], "0 1 9 / 2 3");
    }

    #[test]
    fn a_level_between_two_lines_becomes_a_step_of_one_with_room() {
        check("0@50 1@160 / 2@200", 3, &[2], "0 1 9 / 2");
    }

    #[test]
    fn where_all_lines_are_full_a_newcomer_gets_its_own() {
        check("0@50 1@160 2@270 3@380 / 4@50 5@160 6@270 7@380", 3, &[4], "0 1 2 3 / 9 / 4 5 6 7");
    }
}
