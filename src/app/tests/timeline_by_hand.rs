//! The timeline under a pointer: it is hovered, clicked, dragged over and zoomed.

use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, TouchPhase, vec2};
use egui_kittest::kittest::Queryable as _;

use super::fixture::document;
use super::timeline::{cursor, made, open_timeline};
use super::{App, Harness};
use crate::scene::timeline::{Span, View, draw};
use crate::theme::Measurer;

/// Where the chart shows a commit, by its step, in the middle of the bands.
fn place_of(harness: &Harness<'_, App>, step: usize) -> Pos2 {
    let whole = harness.get_by_role(egui::accesskit::Role::Slider).rect();
    let place = whole.shrink2(vec2(16.0, 12.0));
    let timeline = &document(harness.state()).timeline;
    let course = &timeline.told.as_ref().expect("there is a history").course;
    let view = View { width: place.width(), height: place.height(), axis: timeline.axis, span: timeline.span };
    let frame = draw(course, &view, &Measurer::new()).frame;
    place.min + vec2(frame.x_of_mark(course, step), frame.plot.min.y + 60.0)
}

fn hold(harness: &mut Harness<'_, App>, pos: Pos2, pressed: bool, modifiers: Modifiers) {
    let button = PointerButton::Primary;
    harness.event_modifiers(Event::PointerButton { pos, button, pressed, modifiers }, modifiers);
    harness.step();
}

fn click(harness: &mut Harness<'_, App>, pos: Pos2, modifiers: Modifiers) {
    harness.hover_at(pos);
    harness.step();
    hold(harness, pos, true, modifiers);
    hold(harness, pos, false, modifiers);
    harness.run_steps(2);
}

#[test]
fn the_card_under_the_pointer_tells_what_came_with_a_commit() {
    let (made, commits) = made();
    let mut harness = open_timeline(&made);
    let card = |harness: &Harness<'_, App>, said: &str| {
        harness.query_all_by_label_contains(said).any(|node| node.rect().height() < 40.0)
    };
    let said = "+ internal-access disk::a → disk::b::deep::one";
    assert!(!card(&harness, said));
    harness.hover_at(place_of(&harness, 1));
    harness.run_steps(3);
    assert!(card(&harness, said), "the commit that brought it is hovered");
    assert!(card(&harness, &commits[1].short()));
    assert_eq!(cursor(&harness), None, "looking moves nothing");
    harness.hover_at(place_of(&harness, 3) - vec2(0.0, 400.0));
    harness.run_steps(3);
    assert!(!card(&harness, said), "the pointer is elsewhere");
}

#[test]
fn a_click_and_a_drag_put_the_cursor_under_the_pointer() {
    let (made, _) = made();
    let mut harness = open_timeline(&made);
    let places = [0, 1, 2].map(|step| place_of(&harness, step));
    click(&mut harness, places[0], Modifiers::NONE);
    assert_eq!(cursor(&harness), Some(0));
    hold(&mut harness, places[0], true, Modifiers::NONE);
    for step in [1, 2] {
        harness.event(Event::PointerMoved(places[step]));
        harness.run_steps(2);
        assert_eq!(cursor(&harness), Some(step));
    }
    hold(&mut harness, places[2], false, Modifiers::NONE);
    harness.hover_at(places[0]);
    harness.run_steps(2);
    assert_eq!(cursor(&harness), Some(2), "it was let go");
}

#[test]
fn the_wheel_zooms_around_the_pointer_and_with_shift_it_moves() {
    let (made, _) = made();
    let mut harness = open_timeline(&made);
    let at = place_of(&harness, 2);
    let wheel = |harness: &mut Harness<'_, App>, delta, modifiers| {
        let (unit, phase, source) = (MouseWheelUnit::Point, TouchPhase::Move, MouseWheelSource::Unknown);
        harness.hover_at(at);
        harness.step();
        harness.event_modifiers(Event::MouseWheel { unit, delta, phase, source, modifiers }, modifiers);
        harness.run_steps(12);
        document(harness.state()).timeline.span
    };
    let zoomed = wheel(&mut harness, vec2(0.0, 200.0), Modifiers::NONE);
    assert!(zoomed.to - zoomed.from < 0.7, "{zoomed:?}");
    assert!((place_of(&harness, 2).x - at.x).abs() < 1.0, "what is under the pointer stays there");
    let moved = wheel(&mut harness, vec2(0.0, 60.0), Modifiers::SHIFT);
    assert!(
        moved.from < zoomed.from && ((moved.to - moved.from) - (zoomed.to - zoomed.from)).abs() < 1e-9,
        "{moved:?}"
    );
    let out = wheel(&mut harness, vec2(0.0, -2000.0), Modifiers::NONE);
    assert_eq!(out, Span::default());
}

#[test]
fn shift_and_a_click_pick_two_commits_and_leave_the_cursor() {
    let (made, commits) = made();
    let mut harness = open_timeline(&made);
    for step in [2, 0] {
        let place = place_of(&harness, step);
        click(&mut harness, place, Modifiers::SHIFT);
    }
    assert_eq!(document(harness.state()).timeline.pair(), Some((commits[0], commits[2])));
    assert_eq!(cursor(&harness), None);
    let place = place_of(&harness, 2);
    click(&mut harness, place, Modifiers::SHIFT);
    assert_eq!(document(harness.state()).timeline.marks.picked, [Some(0), None], "the same again lets it go");
}
