//! The arrangement of the children of one container.
//!
//! In: their sizes, the arcs between them, and how they stood before.  Out: corners inside the content, and slots to
//! remember.  Not here: the content of the children; it is arranged before, so that sizes are known.
//!
//! Three cases.  *Settled*: the same children, connected in the same way: levels, lines and order are taken as they
//! are, and the corners follow from them and the sizes alone; so opening a box and closing it again leads back to the
//! same picture.  *Near*: something came or went: what is known stays where the arcs allow.  *Fresh*: little is known.

use super::across::{place_fresh, place_near, widest};
use super::apart::{Apart, apart_distance, grid, join};
use super::crossing::{Links, order_lines, swap_neighbours};
use super::measure::{Column, Measure, Row};
use super::newcomer::{Homes, insert};
use super::placement::{Frame, Slot};
use super::rank::{fresh_levels, near_levels};
use super::tree::Arc;
use super::wrap::{Wrapped, wrap};
use super::{Options, Size};

/// The children of one container, in the declared order.
pub(super) struct Content<'a> {
    pub(super) sizes: Vec<Size>,
    pub(super) arcs: &'a [Arc],
    /// By child: its slot before, if it had one in this container.
    pub(super) before: Vec<Option<Slot>>,
    pub(super) frame: Option<Frame>,
    pub(super) connections: u64,
    pub(super) options: &'a Options,
}

pub(super) struct Arranged {
    /// By child: its top left corner, from that of the content.
    pub(super) corners: Vec<(f32, f32)>,
    pub(super) slots: Vec<Slot>,
    pub(super) size: Size,
    pub(super) frame: Frame,
}

/// A swap of two that stood side by side before must remove so many crossings.
const CROSSINGS_WORTH_A_SWAP: i64 = 3;

/// Lines are kept until the width that the boxes call for changed by this factor.
const KEPT_UNTIL: f32 = 1.3;

pub(super) fn arrange(content: &Content<'_>) -> Arranged {
    let n = content.sizes.len();
    let mut connected = vec![false; n];
    for arc in content.arcs {
        connected[arc.from as usize] = true;
        connected[arc.to as usize] = true;
    }
    let arrangement = Arrangement {
        content,
        measure: Measure { sizes: &content.sizes, options: content.options },
        links: Links::new(n, content.arcs),
        connected,
    };
    let known = content.before.iter().flatten().count();
    match content.frame {
        Some(frame) if known == n && frame.connections == content.connections => arrangement.settled(&frame),
        Some(frame) if 2 * known >= n && known > 0 => arrangement.near(&frame),
        _ => arrangement.fresh(),
    }
}

struct Arrangement<'a> {
    content: &'a Content<'a>,
    measure: Measure<'a>,
    links: Links,
    connected: Vec<bool>,
}

impl Arrangement<'_> {
    fn fresh(&self) -> Arranged {
        let levels = fresh_levels(self.connected.len() as u32, self.content.arcs, self.content.options.exact_limit);
        let sequences = self.sequences(&levels);
        let apart =
            self.tall_first((0..self.connected.len() as u32).filter(|&it| !self.connected[it as usize]).collect());
        let mut wrapped = wrap(&sequences, &apart, &self.measure);
        order_lines(&mut wrapped.rows, &self.links, &self.measure);
        let lefts = place_fresh(&wrapped.rows, &self.links, &self.measure);
        self.finish(&wrapped, &lefts, &apart)
    }

    fn settled(&self, frame: &Frame) -> Arranged {
        let (rows, apart) = self.remembered();
        let home: Vec<Option<f32>> = self.content.before.iter().map(|slot| slot.map(|it| it.home_x)).collect();
        let (wrapped, lefts) = self.kept_or_wrapped(rows, &apart, frame, &home);
        let mut arranged = self.finish(&wrapped, &lefts, &apart);
        // What is remembered stays what it was: it does not depend on what is open now.
        arranged.slots = self.content.before.iter().map(|slot| slot.unwrap_or_default()).collect();
        arranged.frame = *frame;
        arranged
    }

    fn near(&self, frame: &Frame) -> Arranged {
        let (mut rows, mut apart) = self.remembered();
        let is_new = |child: &u32| !self.connected[*child as usize] && !apart.contains(child);
        let new: Vec<u32> = (0..self.connected.len() as u32).filter(is_new).collect();
        apart.extend(new);
        let old: Vec<Option<i64>> =
            self.content.before.iter().map(|slot| slot.and_then(|it| it.level).map(i64::from)).collect();
        let limit = self.content.options.exact_limit;
        let levels = near_levels(old.len() as u32, self.content.arcs, &old, limit);

        let stays = |child: u32| old[child as usize] == Some(levels[child as usize]);
        for row in &mut rows {
            for column in &mut row.columns {
                column.members.retain(|&child| stays(child));
            }
            row.columns.retain(|column| !column.members.is_empty());
        }
        rows.retain(|row| !row.columns.is_empty());
        // Newcomers may be on levels below 0 or between others: from here on levels are counted from the lowest.
        let mut distinct: Vec<i64> = (0..levels.len()).filter(|&it| self.connected[it]).map(|it| levels[it]).collect();
        distinct.sort_unstable();
        distinct.dedup();
        let dense = |level: i64| distinct.partition_point(|&it| it < level) as u32;
        for column in rows.iter_mut().flat_map(|row| &mut row.columns) {
            column.level = dense(i64::from(column.level));
        }
        let at_home = |child: usize| self.content.before[child].filter(|_| stays(child as u32)).map(|it| it.home_x);
        let mut homes = Homes { middle: (0..old.len()).map(at_home).collect(), width: frame.width };
        for child in (0..old.len() as u32).filter(|&it| self.connected[it as usize] && !stays(it)) {
            insert(&mut rows, child, dense(levels[child as usize]), &mut homes, &self.links, &self.measure);
        }
        swap_neighbours(&mut rows, &self.links, &self.measure, CROSSINGS_WORTH_A_SWAP);
        let (wrapped, lefts) = self.kept_or_wrapped(rows, &apart, frame, &homes.middle);
        self.finish(&wrapped, &lefts, &apart)
    }

    /// The rows and the sequence apart as they were; those who were elsewhere or nowhere are left out.
    fn remembered(&self) -> (Vec<Row>, Vec<u32>) {
        let slot = |child: u32| self.content.before[child as usize];
        let mut leveled: Vec<(u32, Slot)> = Vec::new();
        let mut apart = Vec::new();
        for child in 0..self.connected.len() as u32 {
            match slot(child) {
                Some(it) if it.level.is_some() && self.connected[child as usize] => leveled.push((child, it)),
                Some(it) if it.level.is_none() && !self.connected[child as usize] => apart.push((it.column, child)),
                _ => {}
            }
        }
        apart.sort_unstable();
        // Who left a hole in the grid is followed by the last one, so that all others stay.
        let mut sequence: Vec<u32> = Vec::with_capacity(apart.len());
        while let Some(&(place, _)) = apart.get(sequence.len()) {
            let next = sequence.len();
            let filler = if place as usize > next { apart.pop() } else { None };
            match filler {
                Some(last) => apart.insert(next, (next as u32, last.1)),
                None => sequence.push(apart[next].1),
            }
        }
        leveled.sort_by_key(|(child, it)| (it.line, it.column, it.index, *child));
        let mut rows: Vec<Row> = Vec::new();
        let mut last: Option<Slot> = None;
        for (child, it) in leveled {
            let same_line = last.is_some_and(|last| last.line == it.line);
            let same_column = same_line && last.is_some_and(|last| (last.column, last.level) == (it.column, it.level));
            last = Some(it);
            if !same_line {
                rows.push(Row::default());
            }
            if let Some(row) = rows.last_mut() {
                match row.columns.last_mut() {
                    Some(column) if same_column => column.members.push(child),
                    _ => row.columns.push(Column { level: it.level.unwrap_or(0), members: vec![child] }),
                }
            }
        }
        (rows, sequence)
    }

    /// The given rows where they still fit, else their boxes in the same sequence in new lines.
    fn kept_or_wrapped(
        &self,
        rows: Vec<Row>,
        apart: &[u32],
        frame: &Frame,
        home: &[Option<f32>],
    ) -> (Wrapped, Vec<Vec<f32>>) {
        let ideal = self.measure.ideal_width();
        let change = ideal / frame.ideal_width.max(1.0);
        let most = KEPT_UNTIL * ideal.max(frame.width);
        let overflows = |row: &Row| row.columns.len() > 1 && self.measure.row_width(&row.columns) > most;
        if (1.0 / KEPT_UNTIL..=KEPT_UNTIL).contains(&change) && !rows.iter().any(overflows) {
            let lefts = place_near(&rows, home, frame.width, &self.links, &self.measure);
            let below = frame.apart.width.max(widest(&rows, &self.measure));
            let apart = Apart { width: if frame.apart.beside { frame.apart.width } else { below }, ..frame.apart };
            return (Wrapped { rows, apart }, lefts);
        }
        let columns = || rows.iter().flat_map(|row| &row.columns);
        let highest = columns().map(|column| column.level as usize + 1).max().unwrap_or(0);
        let mut sequences: Vec<Vec<u32>> = vec![Vec::new(); highest];
        for column in columns() {
            sequences[column.level as usize].extend(&column.members);
        }
        let wrapped = wrap(&sequences, apart, &self.measure);
        let lefts = place_fresh(&wrapped.rows, &self.links, &self.measure);
        (wrapped, lefts)
    }

    /// The members of each level: large boxes first, then those that are pulled upwards more.
    fn sequences(&self, levels: &[u32]) -> Vec<Vec<u32>> {
        let highest = levels.iter().copied().max().unwrap_or(0) as usize;
        let mut sequences: Vec<Vec<u32>> = vec![Vec::new(); if self.content.arcs.is_empty() { 0 } else { highest + 1 }];
        for (child, &level) in levels.iter().enumerate().filter(|(child, _)| self.connected[*child]) {
            sequences[level as usize].push(child as u32);
        }
        let pull_up = |child: u32| -> f32 {
            let own = levels[child as usize] as f32;
            let pull = |&(other, pull): &(u32, f32)| {
                let above = levels[other as usize] as f32 - own;
                if above == 0.0 { 0.0 } else { pull / above }
            };
            self.links.of(child).iter().map(pull).sum()
        };
        for sequence in &mut sequences {
            sequence.sort_by(|&a, &b| pull_up(b).total_cmp(&pull_up(a)));
        }
        sequences.into_iter().map(|sequence| self.tall_first(sequence)).collect()
    }

    /// Boxes much higher than most of the sequence come first, so that the others can be stacked beside them.
    fn tall_first(&self, mut sequence: Vec<u32>) -> Vec<u32> {
        let mut heights: Vec<f32> = sequence.iter().map(|&child| self.measure.size(child).height).collect();
        heights.sort_by(f32::total_cmp);
        let usual = heights.get(heights.len() / 2).copied().unwrap_or(0.0);
        sequence.sort_by_key(|&child| self.measure.size(child).height <= 1.8 * usual);
        sequence
    }

    fn finish(&self, wrapped: &Wrapped, lefts: &[Vec<f32>], apart: &[u32]) -> Arranged {
        let Wrapped { rows, apart: room } = wrapped;
        let mut corners = vec![(0.0, 0.0); self.connected.len()];
        let mut slots = vec![Slot::default(); self.connected.len()];
        let leveled = self.measure.rows_size(rows);
        let block = grid(apart, room, &self.measure);
        let size = join(leveled, block.size, room.beside, self.content.options);
        // Below each other, the levels and the block share a middle; side by side, a top.
        let rows_left = if room.beside { 0.0 } else { ((size.width - leveled.width) / 2.0).floor() };

        let mut y = 0.0;
        for (line, row) in rows.iter().enumerate() {
            y += self.measure.space_above(rows, line);
            let places = row.columns.iter().zip(row.steps()).zip(&lefts[line]);
            for (number, ((column, steps), left)) in places.enumerate() {
                let mut top = y + self.measure.step(steps);
                for (index, &child) in column.members.iter().enumerate() {
                    let Size { width, height } = self.measure.size(child);
                    corners[child as usize] = (rows_left + left, top);
                    slots[child as usize] = Slot {
                        level: Some(column.level),
                        line: line as u32,
                        column: number as u32,
                        index: index as u32,
                        home_x: left + width / 2.0,
                    };
                    top += height + self.content.options.line_gap;
                }
            }
            y += self.measure.row_height(row);
        }

        let distance = apart_distance(self.content.options);
        let (apart_left, apart_top) = match (rows.is_empty(), room.beside) {
            (true, _) => (0.0, 0.0),
            (false, true) => (leveled.width + distance, 0.0),
            (false, false) => (((size.width - block.size.width) / 2.0).floor(), leveled.height + distance),
        };
        for (place, (&child, corner)) in apart.iter().zip(&block.corners).enumerate() {
            corners[child as usize] = (apart_left + corner.0, apart_top + corner.1);
            slots[child as usize] = Slot { column: place as u32, ..Slot::default() };
        }
        let frame = Frame {
            connections: self.content.connections,
            ideal_width: self.measure.ideal_width(),
            width: leveled.width,
            apart: Apart { columns: block.columns, ..*room },
        };
        Arranged { corners, slots, size, frame }
    }
}
