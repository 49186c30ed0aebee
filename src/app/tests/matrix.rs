//! The matrix: the same boxes and edges as rows, columns and cells.

use egui_kittest::kittest::Queryable as _;

use super::fixture::{document, open_shop};
use super::{App, Harness, act};
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::look::Drawing;
use crate::scene::matrix::Reading;
use crate::scene::shape::Shape;
use crate::scene::thing::Thing;

fn texts(app: &App) -> Vec<String> {
    let shapes = document(app).canvas.picture.scene.shapes();
    shapes.filter_map(|shape| if let Shape::Label(label) = shape { Some(label.text.clone()) } else { None }).collect()
}

fn open_matrix() -> Harness<'static, App> {
    let mut harness = open_shop();
    act(&mut harness, Action::Run(Command::ShowMatrix));
    harness.run_steps(2);
    harness
}

#[test]
fn the_matrix_shows_the_boxes_of_the_map_and_goes_back_to_where_the_map_was() {
    let mut harness = open_shop();
    let boxes = document(harness.state()).arrangement.cut.boxes.len();
    let zoom = document(harness.state()).canvas.camera.zoom();
    harness.get_by_label("View: Matrix").click();
    harness.run_steps(2);
    assert_eq!(document(harness.state()).canvas.drawing, Drawing::Matrix);
    let shown = texts(harness.state());
    assert!(shown.iter().any(|text| text == Reading::RowUsesColumn.words()));
    let last = boxes.to_string();
    assert_eq!(shown.iter().filter(|text| **text == last).count(), 2, "one number for a row and one for a column");
    harness.get_by_label("View: Map").click();
    harness.run_steps(2);
    assert_eq!(document(harness.state()).canvas.drawing, Drawing::Map);
    assert!((document(harness.state()).canvas.camera.zoom() - zoom).abs() < 1e-9);
}

#[test]
fn a_cell_is_an_edge_that_the_inspector_explains() {
    let mut harness = open_matrix();
    let cell = document(harness.state()).canvas.picture.boxes().iter().map(|(thing, _)| *thing);
    let cell = cell.into_iter().find(|thing| matches!(thing, Thing::Edge { .. })).expect("the shop has edges");
    let name = document(harness.state()).name_of(cell);
    harness.get_by_label(&format!("edge {name}")).click();
    harness.run_steps(3);
    assert_eq!(document(harness.state()).selection, Some(cell));
    assert!(harness.query_by_label_contains("Reference 1 at ").is_some());
    harness.check_accessibility();
}

#[test]
fn turning_the_matrix_changes_its_words_and_closing_a_box_closes_its_rows() {
    let mut harness = open_matrix();
    act(&mut harness, Action::Run(Command::TurnMatrix));
    assert!(texts(harness.state()).iter().any(|text| text == Reading::ColumnUsesRow.words()));
    let rows = document(harness.state()).arrangement.cut.boxes.len();
    act(&mut harness, Action::Run(Command::ExpandToPackages));
    super::fixture::wait_for(&mut harness, "fewer rows", |app| document(app).arrangement.cut.boxes.len() < rows);
    let shown = texts(harness.state());
    assert!(!shown.contains(&rows.to_string()), "{shown:?}");
}
