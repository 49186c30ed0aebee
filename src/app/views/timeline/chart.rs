//! The chart with a hand on it: the cursor follows clicks and drags, the wheel zooms, Shift and a click pick.
//!
//! In: the timeline.  Out: requests.  Not here: what is drawn (`scene::timeline`), and when (`views::chart`).

use egui::accesskit::{Action as AccessAction, Role as AccessRole};
use egui::{CursorIcon, EventFilter, Id, PointerButton, Response, Sense, Ui, vec2};

use super::card;
use super::telling::spoken;
use crate::app::action::{Action, Actions};
use crate::app::canvas::camera::Camera;
use crate::app::canvas::paint;
use crate::app::canvas::picture::Picture;
use crate::app::style;
use crate::app::timeline::{OnTimeline, Timeline};
use crate::app::told::Told;
use crate::app::views::chart::{self, Chart};
use crate::scene::shape::Point;
use crate::scene::timeline::{self, Frame, View};
use crate::theme::{Measurer, Role, line, radius};

/// Around the chart, in points.
const MARGIN: egui::Vec2 = vec2(16.0, 12.0);

/// One notch of a wheel is about fifty points; this makes it a zoom of a quarter.
const ZOOM_PER_POINT: f64 = 0.0045;

pub(super) fn ui(ui: &mut Ui, timeline: &Timeline, told: &Told, actions: &mut Actions) {
    let rect = ui.available_rect_before_wrap();
    let response = ui.interact(rect, Id::unique("timeline"), Sense::click_and_drag());
    let place = rect.shrink2(MARGIN);
    let measurer = Measurer::new();
    let view = View { width: place.width(), height: place.height(), axis: timeline.axis, span: timeline.span };
    let of = (told.number, told.edition);
    if timeline.size != Some((view.width, view.height)) {
        actions.push(Action::Timeline(OnTimeline::Fill(view.width, view.height)));
    }
    let chart = chart::kept(ui, Id::unique("timeline chart"), of, &told.course, view, &measurer);
    let camera = Camera::still(place, chart.picture.scene.bounds.center());
    let theme = style::theme_of(ui.visuals());
    let painter = ui.painter_at(rect);
    paint::paint(&chart.picture, &camera, theme, None, &painter);

    let pointed = hand(ui, &response, timeline, told, &chart.frame, &camera, actions);
    if let Some((x, _)) = pointed.filter(|_| !response.dragged()) {
        let ends = [chart.frame.plot.min.y, chart.frame.plot.max.y];
        let ends = ends.map(|y| camera.to_screen(f64::from(x), f64::from(y)));
        painter.line_segment(ends, egui::Stroke::new(line::HAIR, style::color(ui, Role::EdgeHover)));
    }
    let marks = timeline::marks(&told.course, &told.history, &chart.frame, &timeline.marks, &measurer);
    paint::paint(&Picture::new(marks, Vec::new(), &measurer), &camera, theme, None, &painter);
    if response.has_focus() {
        let ring = egui::Stroke::new(line::MEDIUM, style::color(ui, Role::FocusRing));
        painter.rect_stroke(rect.shrink(1.0), radius::SMALL, ring, egui::StrokeKind::Inside);
    }
    speak(ui, &response, timeline, told, &chart, actions);
    if let Some((x, pointer)) = pointed.filter(|_| !response.dragged() && !egui::Popup::is_any_open(ui.ctx())) {
        card::show(ui, told, &chart.frame, x, pointer, rect);
    }
}

/// What a hand does; gives the place under the pointer in the chart and on the screen, if it is over the rows.
fn hand(
    ui: &Ui,
    response: &Response,
    timeline: &Timeline,
    told: &Told,
    frame: &Frame,
    camera: &Camera,
    actions: &mut Actions,
) -> Option<(f32, egui::Pos2)> {
    let pointer = response.hover_pos().or_else(|| response.interact_pointer_pos())?;
    let (x, y) = camera.to_world(pointer);
    let (x, y) = (x as f32, y as f32);
    let part = f64::from((x - frame.plot.min.x) / frame.plot.width().max(1.0)).clamp(0.0, 1.0);
    let (scroll, pinch, shift) =
        ui.input(|input| (input.smooth_scroll_delta(), f64::from(input.zoom_delta()), input.modifiers.shift));
    if response.contains_pointer() {
        let along = f64::from(if shift { scroll.x + scroll.y } else { scroll.x });
        let mut span = timeline.span;
        if (pinch - 1.0).abs() > 1e-4 {
            span = span.zoomed(part, 1.0 / pinch);
        } else if !shift && scroll.y != 0.0 {
            span = span.zoomed(part, (-f64::from(scroll.y) * ZOOM_PER_POINT).exp());
        }
        if along != 0.0 {
            span = span.panned(-along / f64::from(frame.plot.width().max(1.0)));
        }
        if response.dragged_by(PointerButton::Middle) {
            span = span.panned(-f64::from(response.drag_delta().x / frame.plot.width().max(1.0)));
            ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        }
        if span != timeline.span {
            actions.push(Action::Timeline(OnTimeline::Show(span)));
        }
    }
    let inside = frame.plot.expand(2.0).contains(Point::new(x.clamp(frame.plot.min.x, frame.plot.max.x), y));
    if !inside {
        return None;
    }
    let x = x.clamp(frame.plot.min.x, frame.plot.max.x);
    let step = pointed(told, frame, x);
    if response.dragged_by(PointerButton::Primary) || response.clicked() {
        if let Some(step) = step {
            let picks = response.clicked() && shift;
            actions.push(if picks {
                Action::Timeline(OnTimeline::Pick(step))
            } else {
                Action::Timeline(OnTimeline::PointAt(step))
            });
        }
        // Keys act on the timeline again after it was clicked.
        if let Some(focused) = ui.memory(|memory| memory.focused()) {
            ui.memory_mut(|memory| memory.surrender_focus(focused));
        }
    }
    Some((x, pointer))
}

/// The commit that a place means: of those in it one that changed something, else the one that lasts there.
fn pointed(told: &Told, frame: &Frame, x: f32) -> Option<usize> {
    let near = frame.steps_between(&told.course, x - card::REACH, x + card::REACH);
    let change = near.rev().find(|step| told.course.steps[*step].is_change());
    change.or_else(|| frame.step_at(&told.course, x))
}

/// Tells screen readers, and tests, what the chart shows and where its cursor is.
fn speak(ui: &Ui, response: &Response, timeline: &Timeline, told: &Told, chart: &Chart, actions: &mut Actions) {
    let id = response.id;
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
    let n = told.course.steps.len();
    let at = timeline.marks.cursor;
    let value = at.map_or_else(|| "no commit".to_owned(), |step| spoken(told, step));
    let label =
        format!("Timeline: {}", [&[String::from("open violations by rule")][..], &chart.meanings].concat().join("; "));
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(AccessRole::Slider);
        node.set_label(label);
        node.set_value(value);
        node.set_min_numeric_value(1.0);
        node.set_max_numeric_value(n as f64);
        node.set_numeric_value(at.map_or(n, |step| step + 1) as f64);
        node.add_action(AccessAction::Increment);
        node.add_action(AccessAction::Decrement);
    });
    let asked = |action| ui.input(|input| input.num_accesskit_action_requests(id, action));
    let by = asked(AccessAction::Increment) as i64 - asked(AccessAction::Decrement) as i64;
    if by != 0 && n > 0 {
        let from = at.map_or(n as i64 - 1, |step| step as i64);
        actions.push(Action::Timeline(OnTimeline::PointAt((from + by).clamp(0, n as i64 - 1) as usize)));
    }
}
