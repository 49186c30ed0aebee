//! Boxes that are put somewhere by hand, how far the focus reaches, and the picture in the corner.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::fixture::{document, open_shop, wait_for};
use super::{act, node};
use crate::app::App;
use crate::app::action::Action;
use crate::app::command::Command;
use crate::scene::shape::Rect;
use crate::scene::thing::Thing;

fn open_packages() -> egui_kittest::Harness<'static, App> {
    let mut harness = open_shop();
    act(&mut harness, Action::Run(Command::ExpandToPackages));
    harness.run_steps(3);
    harness
}

fn rect(harness: &egui_kittest::Harness<'_, App>, thing: Thing) -> Rect {
    document(harness.state()).canvas.picture.place(thing).expect("it has a box")
}

#[test]
fn the_selected_box_is_dragged_pinned_and_stays_when_everything_is_arranged_anew() {
    let mut harness = open_packages();
    let stock = node(&harness, "stock");
    act(&mut harness, Action::Select(Some(stock)));
    harness.run_steps(2);
    let before = rect(&harness, stock);
    let camera = &document(harness.state()).canvas.camera;
    let from = camera.rect_to_screen(before).center();
    let by = egui::vec2(180.0, 60.0);
    let zoom = camera.zoom() as f32;
    harness.drag_at(from);
    harness.step();
    for part in [0.3, 0.7, 1.0] {
        harness.hover_at(from + by * part);
        harness.step();
    }
    harness.drop_at(from + by);
    wait_for(&mut harness, "the pin", |app| {
        let document = document(app);
        !document.view.pins.is_empty() && document.arranging.is_none()
    });
    harness.run_steps(2);
    let pinned = rect(&harness, stock);
    let moved = ((pinned.min.x - before.min.x) * zoom, (pinned.min.y - before.min.y) * zoom);
    assert!((moved.0 - by.x).abs() < 3.0 && (moved.1 - by.y).abs() < 3.0, "{moved:?}");
    assert_eq!(Command::TogglePin.is_on(&harness.state().state), Some(true));

    act(&mut harness, Action::Run(Command::ArrangeAnew));
    assert_eq!(rect(&harness, stock), pinned);
    act(&mut harness, Action::Run(Command::UnpinAll));
    assert_eq!(rect(&harness, stock), before, "without pins it is where its edges call for");
    act(&mut harness, Action::Run(Command::Undo));
    assert_eq!(rect(&harness, stock), pinned);
}

#[test]
fn keys_move_the_selected_box_and_the_others_make_way() {
    let mut harness = open_packages();
    let stock = node(&harness, "stock");
    act(&mut harness, Action::Select(Some(stock)));
    let before = rect(&harness, stock);
    for _ in 0..3 {
        harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowUp);
        harness.run_steps(2);
    }
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    wait_for(&mut harness, "the box to be moved", |app| document(app).arranging.is_none());
    harness.run_steps(2);
    let after = rect(&harness, stock);
    assert!((after.min.x - before.min.x).abs() < 1.0 && after != before);
    let boxes = document(harness.state()).canvas.picture.boxes();
    for (other, place) in boxes.iter().filter(|(other, _)| *other != stock && other.place().is_some()) {
        assert!(!place.overlaps(after), "{other:?} lies on it");
    }
}

#[test]
fn what_is_in_focus_reaches_further_step_by_step() {
    let mut harness = open_packages();
    let web = node(&harness, "web");
    act(&mut harness, Action::Select(Some(web)));
    harness.run_steps(2);
    assert!(harness.query_by_label("In focus: 1 step around").is_some());
    assert!(!Command::FocusLess.is_enabled(&harness.state().state));
    harness.get_by_label("Focus one step further").click();
    harness.run_steps(3);
    assert!(harness.query_by_label("In focus: 2 steps around").is_some());
    assert_eq!(document(harness.state()).highlight.hops.get(), 2);
    harness.key_press(Key::OpenBracket);
    harness.run_steps(2);
    assert_eq!(document(harness.state()).highlight.hops.get(), 1);
}

#[test]
fn a_drag_in_the_minimap_moves_the_eye() {
    let mut harness = open_packages();
    act(&mut harness, Action::Run(Command::ToggleMinimap));
    harness.run_steps(2);
    assert!(harness.query_by_label_contains("Minimap").is_none(), "all is in sight");
    for _ in 0..6 {
        act(&mut harness, Action::Run(Command::ZoomIn));
    }
    harness.run_steps(3);
    let at = harness.get_by_label_contains("Minimap").rect();
    let before = document(harness.state()).canvas.camera.visible().center();
    harness.drag_at(at.center());
    harness.step();
    harness.hover_at(at.left_top() + egui::vec2(8.0, 8.0));
    harness.step();
    harness.drop_at(at.left_top() + egui::vec2(8.0, 8.0));
    harness.run_steps(2);
    let after = document(harness.state()).canvas.camera.visible().center();
    assert!(after.x < before.x && after.y < before.y, "{before:?} {after:?}");
}

#[test]
fn a_workspace_is_seen_again_as_it_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("window.json");
    let mut harness = super::fixture::open_keeping(&file);
    act(&mut harness, Action::Run(Command::ExpandToPackages));
    let stock = node(&harness, "stock");
    act(&mut harness, Action::Select(Some(stock)));
    act(&mut harness, Action::Pin(stock.place().unwrap(), crate::scene::map::Pin { x: 400, y: 300 }));
    act(&mut harness, Action::Run(Command::ZoomIn));
    harness.run_steps(3);
    let (view, zoom) = {
        let document = document(harness.state());
        (document.view.clone(), document.canvas.camera.zoom())
    };
    // A harness' step is a quarter of a second.
    harness.run_steps(8);
    let kept = folder.path().join("workspaces");
    wait_for(&mut harness, "the file", |_| crate::load::is_there(&kept));
    harness.run_steps(4);
    drop(harness);

    let mut again = super::fixture::open_keeping(&file);
    again.run_steps(2);
    let shown = document(again.state());
    assert_eq!((&shown.view, shown.selection), (&view, Some(stock)));
    assert!((shown.canvas.camera.zoom() / zoom - 1.0).abs() < 0.05, "{} {zoom}", shown.canvas.camera.zoom());
    assert_eq!(rect(&again, stock).min, crate::scene::shape::Point::new(400.0, 300.0));
}
