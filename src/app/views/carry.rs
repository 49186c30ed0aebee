//! The hand that moves the selected box of the map: where it lets go, the box is pinned.
//!
//! In: the pointer.  Out: a request to pin.  The box is drawn at the pointer within the frame.  Not here: what makes way.

use egui::{Align2, CursorIcon, PointerButton, Pos2, Rect, Response, Stroke, StrokeKind, Ui, vec2};

use crate::app::action::{Action, Actions};
use crate::app::look::Drawing;
use crate::app::placing;
use crate::app::state::{Carried, Document};
use crate::app::style;
use crate::scene::map::{HEADER, Pin};
use crate::scene::shape::{self, Point};
use crate::theme::{Face, Role, TextSize, line, radius};

/// The selected box at a point of the screen, by what of it a hand can take: an open one by its header.
pub(super) fn grip(document: &Document, at: Pos2) -> Option<shape::Rect> {
    if document.canvas.drawing != Drawing::Map {
        return None;
    }
    let place = placing::pinnable(document)?;
    let (x, y) = document.canvas.camera.to_world(at);
    let point = Point::new(x as f32, y as f32);
    if document.canvas.picture.pick(point, 0.0) != Some(place.into()) {
        return None;
    }
    let rect = document.canvas.picture.place(place.into())?;
    let is_open = document.view.is_open(place) && document.is_expandable(place);
    (!is_open || point.y - rect.min.y < HEADER).then_some(rect)
}

/// Moves on while the hand does; whether it moves a box.
pub(super) fn carry(ui: &Ui, response: &Response, document: &mut Document, actions: &mut Actions) -> bool {
    if response.drag_started_by(PointerButton::Primary)
        && let Some(origin) = ui.input(|input| input.pointer.press_origin())
        && let Some(rect) = grip(document, origin)
        && let Some(place) = placing::pinnable(document)
    {
        document.carried = Some(Carried { place, rect, origin });
    }
    let Some(carried) = document.carried else { return false };
    if ui.input(|input| input.key_pressed(egui::Key::Escape)) {
        document.carried = None;
        return false;
    }
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    if response.drag_stopped() || !ui.input(|input| input.pointer.any_down()) {
        document.carried = None;
        let by = moved(ui, document, &carried);
        if let Some(Pin { x, y }) = placing::pin_of(document, carried.place).filter(|_| by != (0.0, 0.0)) {
            let at = Pin { x: x + by.0.round() as i32, y: y + by.1.round() as i32 };
            actions.push(Action::Pin(carried.place, at));
        }
    }
    true
}

/// In the map's points.
fn moved(ui: &Ui, document: &Document, carried: &Carried) -> (f32, f32) {
    let Some(pointer) = ui.input(|input| input.pointer.latest_pos()) else { return (0.0, 0.0) };
    let zoom = document.canvas.camera.zoom() as f32;
    let by = (pointer - carried.origin) / zoom;
    (by.x, by.y)
}

pub(super) fn paint_carried(ui: &Ui, canvas: Rect, document: &Document) {
    let Some(carried) = &document.carried else { return };
    let by = moved(ui, document, carried);
    let rect = carried.rect;
    let moved = shape::Rect::new(rect.min.x + by.0, rect.min.y + by.1, rect.width(), rect.height());
    let at = document.canvas.camera.rect_to_screen(moved);
    let painter = ui.painter_at(canvas);
    let stroke = Stroke::new(line::THICK, style::color(ui, Role::Selected));
    painter.rect(at, radius::MEDIUM, style::color(ui, Role::SelectedFill), stroke, StrokeKind::Inside);
    let font = style::font(Face::Medium, TextSize::Small);
    let color = style::color(ui, Role::TextStrong);
    painter.text(at.left_top() + vec2(8.0, 6.0), Align2::LEFT_TOP, document.name_of(carried.place.into()), font, color);
}
