//! The map: the canvas with the scene on it, and what hands do on it.
//!
//! In: the document.  Out: requests for what was clicked, hovered and opened.  The camera and the clock of a transition
//! are moved here, since they follow the hand within the frame.  Not here: what is drawn (`scene::map`).

use egui::{CursorIcon, Id, Key, PointerButton, Rect, Sense, Ui, Vec2, vec2};
use egui_material_icons::icons;

use super::carry::{carry, grip, paint_carried};
use super::legend::legend_of;
use super::spoken::{self, Asked, Spoken};
use super::{gathered, hover_card, minimap, nearness, treemap_bar};
use crate::app::action::{Action, Actions};
use crate::app::canvas::camera::Camera;
use crate::app::canvas::paint;
use crate::app::command::Command;
use crate::app::drawing;
use crate::app::look::Drawing;
use crate::app::motion::Transition;
use crate::app::pane::Pane;
use crate::app::panels::edge_menu::edge_menu;
use crate::app::state::{Document, Screen, State};
use crate::app::style;
use crate::app::travel;
use crate::app::widgets::{command_menu_item, counted, icon_command};
use crate::scene::shape::Point;
use crate::scene::thing::Thing;
use crate::scene::treemap::Colouring;
use crate::theme::{Face, Role, TextSize, line, radius};

/// How near to an edge counts as on it, in screen points.
pub(super) const GRAB_PTS: f32 = 5.0;

/// How long boxes take from one arrangement to the next, in seconds.
const TRANSITION_SECS: f64 = 0.16;

/// One notch of a wheel is about fifty points; this makes it a zoom of a quarter.
const ZOOM_PER_POINT: f64 = 0.0045;

/// `is_at_hand`: commands act on this one of the pictures in sight.
pub(crate) fn ui(ui: &mut Ui, state: &mut State, is_at_hand: bool, actions: &mut Actions) {
    if state.document.as_ref().is_some_and(|document| document.canvas.drawing == Drawing::Treemap) {
        ui.spacing_mut().item_spacing.y = 0.0;
        treemap_bar::show(ui, state, actions);
    }
    let rect = ui.available_rect_before_wrap();
    debug_assert_eq!(state.screen, Screen::Map);
    let animated = !state.settings.reduced_motion;
    let focused = state.tiles.focused;
    let Some(document) = &mut state.document else { return };
    let drawing = document.canvas.drawing;
    let id = Id::unique(("canvas", drawing));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let now = ui.input(|input| input.time);
    if document.canvas.camera.begin_frame(rect, now) {
        ui.ctx().request_repaint();
    }
    if !document.canvas.placed {
        document.canvas.placed = true;
        drawing::fit(document, false);
        let sight = document.first_sight.take().filter(|_| drawing == Drawing::Map);
        if let Some(area) = sight.and_then(|region| travel::area_of(document, &region)) {
            document.canvas.camera.frame(area, false);
        } else if let Some(place) = document.selection.and_then(|thing| travel::place_of(document, thing)) {
            document.canvas.camera.reveal(place, false);
        }
    }
    if std::mem::take(&mut document.canvas.refit) {
        drawing::fit(document, false);
    }
    let (is_drawing, path) = gathered::lasso(ui, &response, &mut document.lasso, &document.canvas.camera);
    actions.extend(path.map(Action::GatherWithin));
    let is_carrying = !is_drawing && carry(ui, &response, document, actions);
    if !is_carrying {
        steer(ui, &response, is_drawing, &mut document.canvas.camera);
    }
    point(ui, &response, document, actions);
    spoken_boxes(ui, id, document, actions);

    let painter = ui.painter_at(rect);
    let theme = style::theme_of(ui.visuals());
    match transition_part(document.canvas.transition.as_mut(), now) {
        Some(part) if animated => {
            let before = document.canvas.transition.as_ref().map(|transition| &transition.before);
            if let Some(before) = before {
                let transition = paint::Transition { before, part };
                paint::paint(&document.canvas.picture, &document.canvas.camera, theme, Some(&transition), &painter);
            }
            ui.ctx().request_repaint();
        }
        _ => {
            document.canvas.transition = None;
            paint::paint(&document.canvas.picture, &document.canvas.camera, theme, None, &painter);
        }
    }
    if response.has_focus() {
        let ring = egui::Stroke::new(line::MEDIUM, style::color(ui, Role::FocusRing));
        painter.rect_stroke(rect.shrink(1.0), radius::SMALL, ring, egui::StrokeKind::Inside);
    }
    paint_carried(ui, rect, document);
    if document.arranging.is_some() {
        let at = rect.left_top() + vec2(14.0, if document.selection.is_some() { 52.0 } else { 12.0 });
        painter.text(
            at,
            egui::Align2::LEFT_TOP,
            "Arranging…",
            style::font(Face::Regular, TextSize::Small),
            style::color(ui, Role::TextWeak),
        );
    }
    gathered::paint_lasso(ui, rect, &document.lasso, &document.canvas.camera);
    if document.lasso.is_idle() && !egui::Popup::is_any_open(ui.ctx()) && response.contains_pointer() {
        hover_card::show(ui, document, now, actions);
    }
    menu(&response, state, actions);
    if !state.presenting && focused == Pane::Canvas(drawing) {
        controls(ui, rect, state, actions);
        nearness::show(ui, rect, state, actions);
    }
    if let Some(document) = state.document.as_mut().filter(|_| state.settings.minimap) {
        minimap::show(ui, rect, &mut document.canvas);
    }
    legend(ui, rect, state);
    if is_at_hand {
        gathered::bar(ui, rect, state, actions);
    }
}

/// From 0 to 1 on the way to the new arrangement; `None` once there.
pub(super) fn transition_part(transition: Option<&mut Transition>, now: f64) -> Option<f32> {
    let transition = transition?;
    let started = *transition.started.get_or_insert(now);
    let part = (now - started) / TRANSITION_SECS;
    (part < 1.0).then(|| {
        let part = part as f32;
        1.0 - (1.0 - part).powi(3)
    })
}

/// Pans and zooms.
pub(super) fn steer(ui: &Ui, response: &egui::Response, is_drawing: bool, camera: &mut Camera) {
    if is_drawing {
        ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
    } else if response.dragged_by(PointerButton::Primary) || response.dragged_by(PointerButton::Middle) {
        camera.pan(response.drag_delta());
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    } else if response.hovered() && ui.input(|input| input.key_down(Key::Space)) {
        ui.ctx().set_cursor_icon(CursorIcon::Grab);
    }
    if !response.contains_pointer() {
        return;
    }
    let Some(pointer) = ui.input(|input| input.pointer.hover_pos()) else { return };
    let (scroll, pinch, shift) =
        ui.input(|input| (input.smooth_scroll_delta(), f64::from(input.zoom_delta()), input.modifiers.shift));
    if (pinch - 1.0).abs() > 1e-4 {
        camera.zoom_about(pointer, pinch);
    } else if shift {
        // Some systems turn a shifted wheel into a horizontal one, others do not.
        camera.pan(Vec2::new(scroll.x + scroll.y, 0.0));
    } else if scroll != Vec2::ZERO {
        camera.pan(Vec2::new(scroll.x, 0.0));
        camera.zoom_about(pointer, (f64::from(scroll.y) * ZOOM_PER_POINT).exp());
    }
}

/// What is under the pointer, and clicks on it.
fn point(ui: &Ui, response: &egui::Response, document: &Document, actions: &mut Actions) {
    let pointer = response.hover_pos().filter(|_| !response.dragged());
    let thing = pointer.and_then(|pointer| {
        let (x, y) = document.canvas.camera.to_world(pointer);
        let tolerance = GRAB_PTS / document.canvas.camera.zoom() as f32;
        document.canvas.picture.pick(Point::new(x as f32, y as f32), tolerance)
    });
    let drawing = document.canvas.drawing;
    let (hovered, on) = document.hover.as_ref().map_or((None, drawing), |hover| (Some(hover.thing), hover.on));
    let is_asked = response.contains_pointer() || on == drawing;
    if is_asked && (thing != hovered || (hovered.is_some() && on != drawing)) && !response.dragged() {
        actions.push(Action::Hover(drawing, thing));
    }
    if pointer.is_some_and(|pointer| grip(document, pointer).is_some()) {
        ui.ctx().set_cursor_icon(CursorIcon::Grab);
    } else if thing.is_some() {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
    }
    if response.secondary_clicked() {
        actions.push(Action::Select(thing));
    } else if response.double_clicked() {
        if let Some(place) = thing.and_then(Thing::place) {
            actions.push(Action::Toggle(place));
        }
    } else if response.clicked() {
        match thing {
            Some(thing) if ui.input(|input| input.modifiers.command) => actions.push(Action::Gather(thing)),
            thing => actions.push(Action::Select(thing)),
        }
        // Keys act on the map again after it was clicked.
        if let Some(focused) = ui.memory(|memory| memory.focused()) {
            ui.memory_mut(|memory| memory.surrender_focus(focused));
        }
    }
}

/// What can be done about what is selected; a secondary click selects what is under it first.
fn menu(response: &egui::Response, state: &State, actions: &mut Actions) {
    response.context_menu(|ui| {
        let Some(document) = &state.document else { return };
        let commands: &[Command] = match document.selection {
            Some(Thing::Edge { from, to }) => {
                edge_menu(ui, document, from, to, actions);
                return;
            }
            Some(_) => &[
                Command::ToggleExpanded,
                Command::FitSelection,
                Command::SelectParent,
                Command::TogglePin,
                Command::OpenInEditor,
                Command::CopyPath,
                Command::Gather,
                Command::MakeBoundary,
            ],
            None => &[
                Command::Fit,
                Command::Lasso,
                Command::ToggleEdges,
                Command::ToggleTests,
                Command::ToggleInactive,
                Command::UnpinAll,
                Command::ArrangeAnew,
            ],
        };
        for command in commands {
            command_menu_item(ui, *command, state, actions);
        }
    });
}

fn spoken_boxes(ui: &Ui, canvas: Id, document: &Document, actions: &mut Actions) {
    let say = |thing: Thing| {
        let is_gathered = thing.place().is_some_and(|place| document.gathered.contains(&place));
        let selected = document.selection == Some(thing) || is_gathered;
        Spoken { label: spoken_name(document, thing), selected }
    };
    let picture = (&document.canvas.picture, &document.canvas.camera);
    for (thing, asked) in spoken::boxes(ui, canvas, picture, &SPOKEN_ACTIONS, say) {
        actions.push(Action::Select(Some(thing)));
        match asked {
            Asked::Click => {}
            Asked::Offer(GATHER) => actions.push(Action::Gather(thing)),
            Asked::Offer(OPEN) => actions.run(Command::ToggleExpanded),
            Asked::Offer(_) => actions.run(Command::OpenInEditor),
        }
    }
}

/// What can be done with a box beside selecting it.
const GATHER: i32 = 1;
const OPEN: i32 = 2;
const SPOKEN_ACTIONS: [(i32, &str); 3] =
    [(GATHER, "Gather, or let go"), (OPEN, "Expand or collapse"), (3, "Open in editor")];

fn spoken_name(document: &Document, thing: Thing) -> String {
    let kind = match thing {
        Thing::Boundary { .. } => "boundary",
        Thing::Node(node) => document.kind_word(node),
        Thing::Edge { .. } => "edge",
    };
    let violations = document.violations_within(thing);
    let mut said = format!("{kind} {}", document.name_of(thing));
    let words = document.treemap_words(thing);
    if !words.is_empty() && document.look.choice.colouring != Colouring::Violations {
        said.push_str(", ");
        said.push_str(words);
    }
    if violations.total() > 0 {
        let counted = counted(u64::from(violations.total()), "violation", "violations");
        said.push_str(&format!(", {counted}: {}", violations.in_words()));
    }
    said
}

/// Zoom buttons in the lower right corner.
pub(super) fn controls(ui: &mut Ui, canvas: Rect, state: &State, actions: &mut Actions) {
    let size = vec2(36.0, 140.0);
    let at = Rect::from_min_size(canvas.right_bottom() - size - vec2(12.0, 12.0), size);
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(at).layout(egui::Layout::bottom_up(egui::Align::Center)));
    floating(&ui).inner_margin(3.0).show(&mut ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 2.0);
        icon_command(ui, Command::Fit, icons::ICON_FIT_SCREEN, state, actions);
        icon_command(ui, Command::ZoomOut, icons::ICON_REMOVE, state, actions);
        icon_command(ui, Command::ZoomIn, icons::ICON_ADD, state, actions);
    });
}

/// What the lines and marks mean, in the lower left corner.
fn legend(ui: &Ui, canvas: Rect, state: &State) {
    let Some(document) = state.document.as_ref().filter(|document| !document.canvas.meanings.is_empty()) else {
        return;
    };
    legend_of(ui, canvas, &document.canvas.legend, &document.canvas.meanings);
}

fn floating(ui: &Ui) -> egui::Frame {
    egui::Frame::new()
        .fill(style::color(ui, Role::Raised))
        .stroke(egui::Stroke::new(line::HAIR, style::color(ui, Role::Separator)))
        .corner_radius(radius::LARGE)
}
