//! What is gathered on the map, and what can be made of it, over the map's lower edge; and the lasso itself.
//!
//! In: the document.  Out: requests.  The line of the lasso is drawn here, since it follows the hand within the frame.
//! Not here: what is inside the line (`lasso`).

use egui::{Align2, Area, Button, CursorIcon, Id, Order, PointerButton, Rect, Response, Ui, pos2, vec2};
use egui_material_icons::icons;

use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::state::{Document, State};
use crate::app::style;
use crate::app::widgets::{icon, text};
use crate::scene::shape::Point;
use crate::theme::{Face, Role, TextSize, line, radius};

/// Points of the line are at least this far apart, in screen points.
const STEP_PTS: f32 = 3.0;

/// Draws on while the hand does; whether it draws.
pub(super) fn lasso(ui: &Ui, response: &Response, document: &mut Document, actions: &mut Actions) -> bool {
    let with_key = ui.input(|input| input.modifiers.command);
    if response.drag_started_by(PointerButton::Primary) && (document.lasso.armed || with_key) {
        let start = ui.input(|input| input.pointer.press_origin());
        document.lasso.path = start.map(|start| scene_point(document, start)).into_iter().collect();
    }
    if document.lasso.armed && response.hovered() {
        ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
    }
    if document.lasso.path.is_empty() {
        return false;
    }
    if let Some(pointer) = ui.input(|input| input.pointer.latest_pos()) {
        let point = scene_point(document, pointer);
        let step = STEP_PTS / document.canvas.camera.zoom() as f32;
        if document.lasso.path.last().is_none_or(|last| last.distance(point) >= step) {
            document.lasso.path.push(point);
        }
    }
    if response.drag_stopped() {
        actions.push(Action::GatherWithin(std::mem::take(&mut document.lasso.path)));
    }
    true
}

fn scene_point(document: &Document, at: egui::Pos2) -> Point {
    let (x, y) = document.canvas.camera.to_world(at);
    Point::new(x as f32, y as f32)
}

pub(super) fn paint_lasso(ui: &Ui, canvas: Rect, document: &Document) {
    let path = &document.lasso.path;
    let points: Vec<egui::Pos2> =
        path.iter().map(|point| document.canvas.camera.to_screen(f64::from(point.x), f64::from(point.y))).collect();
    let (Some(first), Some(last)) = (points.first().copied(), points.last().copied()) else { return };
    let painter = ui.painter_at(canvas);
    let stroke = egui::Stroke::new(line::MEDIUM, style::color(ui, Role::Selected));
    painter.extend(egui::Shape::dashed_line(&[last, first], stroke, 3.0, 5.0));
    painter.add(egui::Shape::line(points, stroke));
}

pub(super) fn bar(ui: &Ui, canvas: Rect, state: &State, actions: &mut Actions) {
    let Some(document) = &state.document else { return };
    let said = match (document.gathered.is_empty(), document.lasso.armed) {
        (true, false) => return,
        (true, true) => "Draw a line around modules or packages".to_owned(),
        (false, _) => format!("Gathered: {}", document.gathered_in_words()),
    };
    Area::new(Id::unique("gathered"))
        .order(Order::Middle)
        .pivot(Align2::CENTER_BOTTOM)
        .fixed_pos(pos2(canvas.center().x, canvas.bottom() - 14.0))
        .constrain_to(canvas.shrink(4.0))
        .show(ui.ctx(), |ui| {
            egui::Frame::new()
                .fill(style::color(ui, Role::Raised))
                .stroke(egui::Stroke::new(line::HAIR, style::color(ui, Role::Separator)))
                .corner_radius(radius::LARGE)
                .inner_margin(egui::Margin::symmetric(10, 6))
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing = vec2(8.0, 0.0);
                    ui.horizontal(|ui| {
                        ui.label(icon(ui, icons::ICON_LASSO_SELECT, 16.0, Role::Selected));
                        ui.label(text(ui, said, Face::Medium, TextSize::Small, Role::Text));
                        for (command, is_main) in [(Command::MakeBoundary, true), (Command::ClearSelection, false)] {
                            if document.gathered.is_empty() && is_main {
                                continue;
                            }
                            let label = match (is_main, document.gathered.is_empty()) {
                                (true, _) => command.label(),
                                (false, true) => "Leave",
                                (false, false) => "Clear",
                            };
                            let role = if is_main { Role::TextOnAccent } else { Role::Text };
                            let label = text(ui, label, Face::Medium, TextSize::Small, role);
                            let button = Button::new(label);
                            let button = if is_main { button.fill(style::color(ui, Role::Accent)) } else { button };
                            let keys = command.shortcut_text(ui.ctx()).unwrap_or_default();
                            if ui.add(button).on_hover_text(format!("{} {keys}", command.tooltip())).clicked() {
                                actions.run(command);
                            }
                        }
                    });
                });
        });
}
