//! What is gathered on the map, and what can be made of it, over the map's lower edge; and the lasso itself.
//!
//! In: the document.  Out: requests.  The line of the lasso is drawn here, since it follows the hand within the frame.
//! Not here: what is inside the line (`lasso`).

use egui::{Align2, Area, Button, CursorIcon, Id, Order, PointerButton, Rect, Response, Ui, pos2, vec2};
use egui_material_icons::icons;

use crate::app::action::Actions;
use crate::app::canvas::camera::Camera;
use crate::app::command::Command;
use crate::app::lasso::Lasso;
use crate::app::state::State;
use crate::app::style;
use crate::app::widgets::{icon, text};
use crate::scene::shape::Point;
use crate::theme::{Face, Role, TextSize, line, radius};

/// Points of the line are at least this far apart, in screen points.
const STEP_PTS: f32 = 3.0;

/// Draws on while the hand does; whether it draws, and the line once it is done.
pub(super) fn lasso(ui: &Ui, response: &Response, lasso: &mut Lasso, camera: &Camera) -> (bool, Option<Vec<Point>>) {
    let with_key = ui.input(|input| input.modifiers.command);
    if response.drag_started_by(PointerButton::Primary) && (lasso.armed || with_key) {
        let start = ui.input(|input| input.pointer.press_origin());
        lasso.path = start.map(|start| scene_point(camera, start)).into_iter().collect();
    }
    if lasso.armed && response.hovered() {
        ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
    }
    if lasso.path.is_empty() {
        return (false, None);
    }
    if let Some(pointer) = ui.input(|input| input.pointer.latest_pos()) {
        let point = scene_point(camera, pointer);
        let step = STEP_PTS / camera.zoom() as f32;
        if lasso.path.last().is_none_or(|last| last.distance(point) >= step) {
            lasso.path.push(point);
        }
    }
    (true, response.drag_stopped().then(|| std::mem::take(&mut lasso.path)))
}

pub(super) fn scene_point(camera: &Camera, at: egui::Pos2) -> Point {
    let (x, y) = camera.to_world(at);
    Point::new(x as f32, y as f32)
}

pub(super) fn paint_lasso(ui: &Ui, canvas: Rect, lasso: &Lasso, camera: &Camera) {
    let points: Vec<egui::Pos2> =
        lasso.path.iter().map(|point| camera.to_screen(f64::from(point.x), f64::from(point.y))).collect();
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
    let is_gathered = !document.gathered.is_empty();
    let offers = [(Command::MakeBoundary, Command::MakeBoundary.label())];
    plate(ui, canvas, &said, if is_gathered { &offers } else { &[] }, actions);
}

/// What is gathered, and what can be made of it; the first offer is the one that most people want.
pub(super) fn plate(ui: &Ui, canvas: Rect, said: &str, offers: &[(Command, &str)], actions: &mut Actions) {
    let leave = (Command::ClearSelection, if offers.is_empty() { "Leave" } else { "Clear" });
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
                        for (at, (command, label)) in offers.iter().chain([&leave]).enumerate() {
                            let is_main = at == 0 && !offers.is_empty();
                            let role = if is_main { Role::TextOnAccent } else { Role::Text };
                            let label = text(ui, *label, Face::Medium, TextSize::Small, role);
                            let button = Button::new(label);
                            let button = if is_main { button.fill(style::color(ui, Role::Accent)) } else { button };
                            let keys = command.shortcut_text(ui.ctx()).unwrap_or_default();
                            if ui.add(button).on_hover_text(format!("{} {keys}", command.tooltip())).clicked() {
                                actions.run(*command);
                            }
                        }
                    });
                });
        });
}
