//! Rows and columns, and how large they are.
//!
//! In: sizes of boxes and the wanted distances.  Out: [`Row`], [`Column`], and their sizes.  Not here: which box goes into
//! which row.

use super::{Options, Size};

/// One line: columns from left to right, in falling order of level.
///
/// Most lines hold one level.  Where a container would be much higher than wide, a line holds several short levels,
/// each a step lower than the one to its left, so that dependencies still point down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) columns: Vec<Column>,
}

/// A stack of boxes of one level, from above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) level: u32,
    pub(super) members: Vec<u32>,
}

impl Row {
    /// By column: how many levels of the line are left of it.
    pub(super) fn steps(&self) -> Vec<u32> {
        let mut steps = 0;
        let mut list = Vec::with_capacity(self.columns.len());
        for (index, column) in self.columns.iter().enumerate() {
            steps += u32::from(index > 0 && self.columns[index - 1].level != column.level);
            list.push(steps);
        }
        list
    }
}

/// Sizes and distances of the children of one container.
#[derive(Clone, Copy)]
pub(super) struct Measure<'a> {
    pub(super) sizes: &'a [Size],
    pub(super) options: &'a Options,
}

impl Measure<'_> {
    pub(super) fn size(&self, child: u32) -> Size {
        self.sizes[child as usize]
    }

    pub(super) fn column_width(&self, column: &Column) -> f32 {
        self.widest(&column.members)
    }

    pub(super) fn widest(&self, boxes: &[u32]) -> f32 {
        boxes.iter().map(|&child| self.size(child).width).fold(0.0, f32::max)
    }

    pub(super) fn stack_height(&self, boxes: &[u32]) -> f32 {
        let heights: f32 = boxes.iter().map(|&child| self.size(child).height).sum();
        heights + self.options.line_gap * boxes.len().saturating_sub(1) as f32
    }

    /// By column: its left edge where all stand as close as they may, and what the line then takes in all.
    pub(super) fn offsets(&self, columns: &[Column]) -> (Vec<f32>, f32) {
        let mut offsets = Vec::with_capacity(columns.len());
        let mut right = 0.0;
        for (index, column) in columns.iter().enumerate() {
            if index > 0 {
                right += self.options.gap;
                if columns[index - 1].level != column.level {
                    right += self.options.gap;
                }
            }
            offsets.push(right);
            right += self.column_width(column);
        }
        (offsets, right)
    }

    pub(super) fn row_width(&self, columns: &[Column]) -> f32 {
        self.offsets(columns).1
    }

    pub(super) fn row_height(&self, row: &Row) -> f32 {
        let bottom = |(column, steps): (&Column, u32)| self.stack_height(&column.members) + self.step(steps);
        row.columns.iter().zip(row.steps()).map(bottom).fold(0.0, f32::max)
    }

    /// How far a column hangs below the top of its line.
    pub(super) fn step(&self, steps: u32) -> f32 {
        self.options.step * steps as f32
    }

    /// The room that comes before a row: more between levels than within one.
    pub(super) fn space_above(&self, rows: &[Row], index: usize) -> f32 {
        let Some(previous) = index.checked_sub(1) else { return 0.0 };
        let last = rows[previous].columns.last().map(|column| column.level);
        let first = rows[index].columns.first().map(|column| column.level);
        if last == first { self.options.line_gap } else { self.options.level_gap }
    }

    pub(super) fn rows_size(&self, rows: &[Row]) -> Size {
        let mut size = Size::default();
        for (index, row) in rows.iter().enumerate() {
            size.width = size.width.max(self.row_width(&row.columns));
            size.height += self.space_above(rows, index) + self.row_height(row);
        }
        size
    }

    /// The width at which the boxes would fill a rectangle of the wanted proportions.
    pub(super) fn ideal_width(&self) -> f32 {
        let Options { gap, line_gap, aspect, .. } = *self.options;
        let area: f32 = self.sizes.iter().map(|size| (size.width + gap) * (size.height + line_gap)).sum();
        (area * aspect).sqrt()
    }
}
