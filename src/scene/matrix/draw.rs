//! The picture of a matrix: squares of open boxes along the diagonal, names on the left, numbers above, cells.
//!
//! In: a [`Matrix`], the arrangement that it shows, and a [`Highlight`].  Out: a [`Drawn`] scene.  Not here: the order.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Matrix;
use crate::scene::map::{Arrangement, Drawn, Highlight, LiftedEdge, VisibleBox};
use crate::scene::number::short;
use crate::scene::shape::{Align, BoxShape, Emphasis, HitId, Label, Point, Rect, Shape, Stroke};
use crate::scene::thing::Thing;
use crate::scene::{Layer, Scene};
use crate::theme::{Face, Measurer, Role, TextSize, line, radius};
use crate::verdict::Standing;

/// Side of a cell.
const CELL: f32 = 22.0;
/// A level of the tree.
const INDENT: f32 = 12.0;
/// Longer names are shortened in their middle.
pub(super) const MOST_LABEL_WIDTH: f32 = 300.0;
/// Before a name and after a number.
const GAP: f32 = 8.0;
/// For the number of a row.
const NUMBER: f32 = 32.0;
/// Above the cells: how to read them, and the numbers of the columns.
const HEADER: f32 = 2.0 * CELL;
const SIZE: TextSize = TextSize::Caption;

pub(super) fn label_width(visible: &VisibleBox, name: &str, measurer: &Measurer) -> f32 {
    visible.depth as f32 * INDENT + measurer.width(name, face(visible), SIZE) + GAP
}

fn face(visible: &VisibleBox) -> Face {
    if visible.open { Face::SemiBold } else { Face::Regular }
}

fn left(matrix: &Matrix) -> f32 {
    GAP + matrix.names_width + NUMBER
}

pub(super) fn cell_rect(matrix: &Matrix, row: u32, column: u32) -> Rect {
    Rect::new(left(matrix) + column as f32 * CELL, HEADER + row as f32 * CELL, CELL, CELL)
}

/// The square of rows and columns.
fn square(matrix: &Matrix, from: u32, to: u32) -> Rect {
    cell_rect(matrix, from, from).union(cell_rect(matrix, to - 1, to - 1))
}

fn row_rect(matrix: &Matrix, row: u32) -> Rect {
    Rect::new(0.0, HEADER + row as f32 * CELL, left(matrix) + matrix.rows.len() as f32 * CELL, CELL)
}

/// The name and number of a row.
fn name_rect(matrix: &Matrix, row: u32) -> Rect {
    let rect = row_rect(matrix, row);
    Rect { max: Point::new(left(matrix), rect.max.y), ..rect }
}

fn column_rect(matrix: &Matrix, column: u32) -> Rect {
    let height = HEADER - CELL + matrix.rows.len() as f32 * CELL;
    Rect::new(left(matrix) + column as f32 * CELL, CELL, CELL, height + CELL)
}

pub(super) fn draw(map: &Arrangement, matrix: &Matrix, highlight: &Highlight, measurer: &Measurer) -> Drawn {
    let mut hits: Vec<Thing> = (0..map.cut.boxes.len() as u32).map(|index| map.thing(index)).collect();
    let cells = cells(map, matrix, &mut hits);
    let layers = [
        ("squares", squares(map, matrix)),
        ("lines", lines(map, matrix, highlight)),
        ("cells", cells),
        ("rings", rings(matrix)),
        ("names", names(map, matrix, measurer)),
        ("highlights", highlights(map, matrix, highlight)),
    ];
    let layers = layers.map(|(name, shapes)| Layer { name, shapes }).to_vec();
    let n = matrix.rows.len() as f32;
    let words = measurer.width(matrix.reading.words(), Face::Regular, SIZE) + 2.0 * GAP;
    let width = (left(matrix) + n * CELL).max(words) + GAP;
    let bounds = Rect::new(0.0, 0.0, width, HEADER + n * CELL + GAP);
    Drawn { scene: Scene { bounds, layers, ..Scene::default() }, hits }
}

fn plain(rect: Rect, fill: Option<Role>, stroke: Option<Stroke>, hit: Option<HitId>) -> Shape {
    BoxShape { rect, fill, stroke, radius: radius::SMALL, hit, emphasis: Emphasis::Normal }.into()
}

/// The ground, and a square for each open box: what is inside of it uses each other there.
fn squares(map: &Arrangement, matrix: &Matrix) -> Vec<Shape> {
    let n = matrix.rows.len() as u32;
    if n == 0 {
        return Vec::new();
    }
    let mut shapes = vec![plain(square(matrix, 0, n), Some(Role::surface(0)), None, None)];
    for (row, index) in (0..).zip(&matrix.rows) {
        let visible = &map.cut.boxes[*index as usize];
        if !visible.open {
            continue;
        }
        let rect = square(matrix, row, row + 1 + inside(map, *index));
        let hue = visible.boundary.map(|boundary| boundary.0 as usize);
        let stroke = Stroke::solid(hue.map_or(Role::SurfaceStroke, Role::boundary), line::HAIR);
        shapes.push(plain(rect, Some(Role::surface(visible.depth as usize + 1)), None, None));
        shapes.push(plain(rect, hue.map(Role::boundary_fill), Some(stroke), None));
    }
    shapes
}

/// How many boxes are inside a box.
fn inside(map: &Arrangement, index: u32) -> u32 {
    map.cut.children[index as usize].iter().map(|child| 1 + inside(map, *child)).sum()
}

/// The diagonal, and what lies under the pointer or is selected, through all columns and rows.
fn lines(map: &Arrangement, matrix: &Matrix, highlight: &Highlight) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for row in 0..matrix.rows.len() as u32 {
        shapes.push(plain(cell_rect(matrix, row, row).expand(-5.0), Some(Role::SurfaceStroke), None, None));
    }
    for (thing, fill) in [(highlight.selection, Role::SelectedFill), (highlight.hover, Role::HoverFill)] {
        let Some((rows, columns)) = thing.map(|thing| crossing(map, matrix, thing)) else { continue };
        shapes.extend(rows.map(|row| plain(row_rect(matrix, row), Some(fill), None, None)));
        shapes.extend(columns.map(|column| plain(column_rect(matrix, column), Some(fill), None, None)));
    }
    for index in found(map, highlight) {
        let row = row_rect(matrix, matrix.row_of[index as usize]);
        shapes.push(plain(row, Some(Role::SearchHitFill), None, None));
    }
    shapes
}

/// The boxes that hold what a search found.
fn found(map: &Arrangement, highlight: &Highlight) -> BTreeSet<u32> {
    highlight.search.iter().filter_map(|node| map.cut.box_of(*node)).collect()
}

/// The row and the column of a thing.
fn crossing(map: &Arrangement, matrix: &Matrix, thing: Thing) -> (Option<u32>, Option<u32>) {
    let row_of = |index: u32| matrix.row_of[index as usize];
    match (thing, thing.place()) {
        (Thing::Edge { from, to }, _) => match (map.cut.box_at(from), map.cut.box_at(to)) {
            (Some(from), Some(to)) => {
                let (row, column) = matrix.cell(from, to);
                (Some(row), Some(column))
            }
            _ => (None, None),
        },
        (_, Some(place)) => {
            let row = map.cut.box_at(place).map(row_of);
            (row, row)
        }
        _ => (None, None),
    }
}

/// A number for each edge: how many references.
fn cells(map: &Arrangement, matrix: &Matrix, hits: &mut Vec<Thing>) -> Vec<Shape> {
    let mut shapes = Vec::with_capacity(map.edges.len() * 2);
    for edge in &map.edges {
        let (row, column) = matrix.cell(edge.from, edge.to);
        let hit = HitId(hits.len() as u32);
        let place = |index: u32| map.cut.boxes[index as usize].place;
        hits.push(Thing::Edge { from: place(edge.from), to: place(edge.to) });
        let rect = cell_rect(matrix, row, column);
        let (fill, stroke, letters) = ink(edge, column > row);
        shapes.push(plain(rect.expand(-1.5), Some(fill), stroke, Some(hit)));
        shapes.push(Shape::Label(Label {
            anchor: Point::new(rect.center().x, rect.center().y + 3.5),
            align: Align::Center,
            text: short(u64::from(edge.references)),
            whole: None,
            face: Face::Regular,
            size: TextSize::Caption,
            role: letters,
            hit: Some(hit),
            emphasis: Emphasis::Normal,
        }));
    }
    shapes
}

/// Fill, outline and letters of a cell.
fn ink(edge: &LiftedEdge, points_up: bool) -> (Role, Option<Stroke>, Role) {
    match edge.standing() {
        Some(Standing::Denied) => (Role::Violation, None, Role::TextOnViolation),
        Some(Standing::Warned) => (Role::Background, Some(Stroke::solid(Role::Violation, line::THIN)), Role::Violation),
        Some(Standing::Accepted) => {
            (Role::Raised, Some(Stroke::solid(Role::SurfaceStroke, line::HAIR)), Role::TextWeak)
        }
        None if points_up => (Role::Background, Some(Stroke::dotted(Role::Upward, line::THIN)), Role::Upward),
        None => (Role::Module, Some(Stroke::solid(Role::SurfaceStroke, line::HAIR)), Role::Text),
    }
}

/// Frames around what depends on each other.
fn rings(matrix: &Matrix) -> Vec<Shape> {
    let frame = |ring: &Range<u32>| {
        let rect = square(matrix, ring.start, ring.end);
        plain(rect, None, Some(Stroke::solid(Role::Upward, line::MEDIUM)), None)
    };
    matrix.rings.iter().map(frame).collect()
}

/// Names and numbers of rows, numbers of columns, and how to read the rest.
fn names(map: &Arrangement, matrix: &Matrix, measurer: &Measurer) -> Vec<Shape> {
    let mut shapes = Vec::with_capacity(matrix.rows.len() * 5 + 1);
    for (row, index) in (0..).zip(&matrix.rows) {
        shapes.push(plain(name_rect(matrix, row), None, None, Some(HitId(*index))));
    }
    let mut label = |anchor, align, text: String, face, role, hit| {
        let emphasis = Emphasis::Normal;
        shapes.push(Shape::Label(Label { anchor, align, text, whole: None, face, size: SIZE, role, hit, emphasis }));
    };
    let words = matrix.reading.words();
    label(Point::new(GAP, 0.7 * CELL), Align::Start, words.to_owned(), Face::Regular, Role::TextWeak, None);
    for (row, index) in (0..).zip(&matrix.rows) {
        let visible = &map.cut.boxes[*index as usize];
        let hit = Some(HitId(*index));
        let (across, down) = (cell_rect(matrix, row, 0), cell_rect(matrix, 0, row));
        let baseline = across.center().y + 3.5;
        let start = GAP + (visible.depth as f32 * INDENT).min(MOST_LABEL_WIDTH / 2.0);
        let room = matrix.names_width + GAP - start;
        let name = measurer.ellipsize_middle(&matrix.names[*index as usize], face(visible), SIZE, room);
        let hue = visible.boundary.map(|boundary| Role::boundary(boundary.0 as usize));
        let role = if visible.inactive { Role::TextDisabled } else { hue.unwrap_or(Role::Text) };
        label(Point::new(start, baseline), Align::Start, name.into_owned(), face(visible), role, hit);
        let number = (row + 1).to_string();
        let beside = Point::new(across.min.x - GAP / 2.0, baseline);
        label(beside, Align::End, number.clone(), Face::Regular, Role::TextWeak, hit);
        let above = Point::new(down.center().x, HEADER - 0.3 * CELL);
        // Three digits fill a column.
        label(above, Align::Center, number, Face::Regular, Role::TextWeak, hit);
    }
    shapes
}

/// An outline around the cell or the name that is selected or under the pointer.
fn highlights(map: &Arrangement, matrix: &Matrix, highlight: &Highlight) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let selected = Stroke::solid(Role::Selected, line::THICK);
    let hovered = Stroke::solid(Role::EdgeHover, line::THIN);
    for (thing, stroke) in [(highlight.hover, hovered), (highlight.selection, selected)] {
        let Some(thing) = thing else { continue };
        let rect = match (crossing(map, matrix, thing), thing) {
            ((Some(row), Some(column)), Thing::Edge { .. }) => cell_rect(matrix, row, column),
            ((Some(row), _), _) => name_rect(matrix, row),
            _ => continue,
        };
        shapes.push(plain(rect.expand(-0.5), None, Some(stroke), None));
    }
    shapes
}

impl Matrix {
    /// Whether an edge stands above the diagonal.
    pub fn points_up(&self, edge: &LiftedEdge) -> bool {
        let (row, column) = self.cell(edge.from, edge.to);
        column > row
    }

    /// Of the references between rows, the share that stands above the diagonal.
    pub fn share_above(&self, map: &Arrangement) -> f64 {
        let all: u64 = map.edges.iter().map(|edge| u64::from(edge.references)).sum();
        let up = map.edges.iter().filter(|edge| self.points_up(edge));
        let up: u64 = up.map(|edge| u64::from(edge.references)).sum();
        if all == 0 { 0.0 } else { up as f64 / all as f64 }
    }
}
