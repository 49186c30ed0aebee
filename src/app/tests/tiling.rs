//! Tiles: several views in sight, with one selection through all.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::fixture::{document, open, open_shop, wait_for, window_with};
use super::{act, node, selection};
use crate::app::App;
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::look::Drawing;
use crate::app::pane::Pane;
use crate::app::settings::Settings;
use crate::app::tiles::{Edge, OnTiles};

const MATRIX: Pane = Pane::Canvas(Drawing::Matrix);

fn in_sight(harness: &Harness<'_, App>) -> (Vec<Pane>, Pane) {
    let tiles = &harness.state().state.tiles;
    (tiles.in_sight(), tiles.focused)
}

fn split_shop() -> Harness<'static, App> {
    let mut harness = open_shop();
    act(&mut harness, Action::Run(Command::ExpandToPackages));
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Backslash);
    harness.run_steps(3);
    harness
}

#[test]
fn one_tile_has_no_header() {
    let harness = open_shop();
    assert!(harness.query_by_label("Tile: Map").is_none());
    assert!(harness.query_by_label("Close Map").is_none());
}

#[test]
fn a_split_shows_the_matrix_beside_the_map_and_a_selection_in_one_shows_in_the_other() {
    let mut harness = split_shop();
    assert_eq!(in_sight(&harness), (vec![Pane::MAP, MATRIX], MATRIX));
    assert!(harness.query_by_label("Tile: Map").is_some() && harness.query_by_label("Tile: Matrix").is_some());
    harness.check_accessibility();
    let rects: Vec<egui::Rect> = document(harness.state()).canvases().map(|canvas| canvas.camera.canvas()).collect();
    assert_eq!(rects.len(), 2);
    assert!(!rects[0].intersects(rects[1]) && rects.iter().all(|rect| rect.width() > 300.0), "{rects:?}");

    let stock = node(&harness, "stock");
    act(&mut harness, Action::Select(Some(stock)));
    harness.run_steps(2);
    assert_eq!(selection(&harness), Some(stock));
    let document = document(harness.state());
    for canvas in document.canvases() {
        let place = canvas.picture.place(stock).expect("each picture has a box of it");
        assert!(canvas.camera.visible().overlaps(place), "{:?}", canvas.drawing);
    }
}

#[test]
fn commands_act_on_the_tile_that_was_clicked_last() {
    let mut harness = split_shop();
    let zoom = |harness: &Harness<'_, App>, drawing: Drawing| {
        let canvas = document(harness.state()).canvases().find(|canvas| canvas.drawing == drawing);
        canvas.expect("it is in sight").camera.zoom()
    };
    let (map, matrix) = (zoom(&harness, Drawing::Map), zoom(&harness, Drawing::Matrix));
    act(&mut harness, Action::Run(Command::ZoomIn));
    assert_eq!(zoom(&harness, Drawing::Map), map);
    assert!(zoom(&harness, Drawing::Matrix) > matrix);

    let canvas = document(harness.state()).beside[0].camera.canvas();
    let free = canvas.left_top() + egui::vec2(6.0, 6.0);
    harness.drag_at(free);
    harness.step();
    harness.drop_at(free);
    harness.run_steps(2);
    assert_eq!(in_sight(&harness).1, Pane::MAP);
    act(&mut harness, Action::Run(Command::ZoomIn));
    assert!(zoom(&harness, Drawing::Map) > map);

    harness.key_press(Key::F6);
    harness.run_steps(2);
    assert_eq!(in_sight(&harness).1, MATRIX);
    harness.key_press_modifiers(Modifiers::ALT, Key::Num5);
    harness.run_steps(2);
    assert_eq!(in_sight(&harness), (vec![Pane::MAP, Pane::Timeline], Pane::Timeline));
}

#[test]
fn a_tile_is_closed_reopened_and_the_layout_reset() {
    let mut harness = split_shop();
    act(&mut harness, Action::Tiles(OnTiles::Split { at: MATRIX, pane: Pane::Rules, edge: Edge::Below }));
    harness.run_steps(3);
    assert_eq!(in_sight(&harness), (vec![Pane::MAP, MATRIX, Pane::Rules], Pane::Rules));
    harness.get_by_label("Close Matrix").click();
    harness.run_steps(3);
    assert_eq!(in_sight(&harness), (vec![Pane::MAP, Pane::Rules], Pane::Rules));
    act(&mut harness, Action::Run(Command::ReopenTile));
    assert_eq!(in_sight(&harness).0, [Pane::MAP, MATRIX, Pane::Rules]);
    act(&mut harness, Action::Run(Command::ResetLayout));
    harness.run_steps(3);
    assert_eq!(in_sight(&harness), (vec![Pane::Rules], Pane::Rules));
    assert!(!Command::CloseTile.is_enabled(&harness.state().state), "the last tile stays");
}

#[test]
fn the_layout_is_kept_and_taken_up_again() {
    let mut harness = split_shop();
    harness.run_steps(2);
    let text = harness.state().state.settings.to_text();
    let settings = Settings { reduced_motion: true, ..Settings::parse(&text) };
    let again = open(window_with(settings));
    assert_eq!(in_sight(&again), (vec![Pane::MAP, MATRIX], MATRIX));
    assert!(document(again.state()).shows(Drawing::Map) && document(again.state()).shows(Drawing::Matrix));

    act(&mut harness, Action::Run(Command::ResetLayout));
    harness.run_steps(2);
    assert!(harness.state().state.settings.tiles.is_null(), "one tile is the default");
}

#[test]
fn a_layout_that_cannot_be_used_is_told_and_left_alone() {
    for tiles in [r#"{"version": 99, "cubes": 3}"#, r#"{"version": 1, "focused": "map"}"#, r#""nonsense""#] {
        let text = format!(r#"{{"version": 1, "theme": "light", "tiles": {tiles}}}"#);
        let mut harness = open(window_with(Settings::parse(&text)));
        harness.run_steps(2);
        assert_eq!(in_sight(&harness), (vec![Pane::MAP], Pane::MAP));
        assert!(harness.query_by_label_contains("The kept layout of tiles was not used").is_some(), "{tiles}");
        assert!(!harness.state().state.settings.tiles.is_null(), "a later riprap may know what it means");
    }
}

#[test]
fn a_tab_that_is_dragged_to_an_edge_gets_a_tile_there() {
    let mut harness = open_shop();
    let from = harness.get_by_label("View: Timeline").rect().center();
    let canvas = document(harness.state()).canvas.camera.canvas();
    let to = egui::pos2(canvas.center().x, canvas.bottom() - 30.0);
    harness.drag_at(from);
    harness.step();
    harness.hover_at(from + egui::vec2(0.0, 40.0));
    harness.step();
    harness.hover_at(to);
    harness.run_steps(2);
    harness.drop_at(to);
    harness.run_steps(3);
    assert_eq!(in_sight(&harness), (vec![Pane::MAP, Pane::Timeline], Pane::Timeline));
    wait_for(&mut harness, "the map to stay", |app| app.state.tiles.shows(Pane::MAP));
}
