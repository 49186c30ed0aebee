//! What if: the map of the draft, on which boxes are moved by hand, and beside it the list of moves with what they lead to.
//!
//! In: the draft.  Out: requests for what was clicked, moved and chosen.  The camera and a box that is being moved follow the
//! hand within the frame.  Not here: what is drawn (`scene`), and making moves (`app::whatif`).

mod effect;
mod moves;

use egui::{CentralPanel, CursorIcon, Id, PointerButton, Rect, ScrollArea, Sense, Ui, vec2};
use egui_material_icons::icons;

use super::legend::legend_of;
use super::map::{GRAB_PTS, controls, steer, transition_part};
use super::spoken::{self, Spoken};
use crate::app::action::{Action, Actions};
use crate::app::canvas::paint;
use crate::app::command::Command;
use crate::app::drafting::{Drafting, OnDraft};
use crate::app::laying;
use crate::app::moving;
use crate::app::pane::Pane;
use crate::app::panels::side::panel;
use crate::app::state::State;
use crate::app::style;
use crate::app::widgets::{command_menu_item, empty_state, text};
use crate::scene::shape::Point;
use crate::scene::thing::{Place, Thing};
use crate::theme::{Face, Role, TextSize, line, radius};

pub(crate) fn ui(ui: &mut Ui, state: &mut State, actions: &mut Actions) {
    let whole = egui::Frame::new().fill(style::color(ui, Role::Background));
    CentralPanel::default().frame(whole).show(ui, |ui| {
        let canvas = ui.available_rect_before_wrap();
        let animated = !state.settings.reduced_motion;
        let Some(drafting) = state.document.as_mut().and_then(|document| document.drafting.as_deref_mut()) else {
            return;
        };
        if drafting.laid.is_none() {
            empty_state(ui, icons::ICON_ALT_ROUTE, "Judging…", "What holds today is judged first");
            return;
        }
        let response = map(ui, canvas, drafting, animated, actions);
        menu(&response, state, actions);
        if state.tiles.focused == Pane::WhatIf {
            controls(ui, canvas, state, actions);
        }
        if let Some(drafting) = state.document.as_ref().and_then(|document| document.drafting.as_deref())
            && !drafting.meanings.is_empty()
        {
            legend_of(ui, canvas, &drafting.legend, &drafting.meanings);
        }
    });
}

fn map(ui: &mut Ui, canvas: Rect, drafting: &mut Drafting, animated: bool, actions: &mut Actions) -> egui::Response {
    let id = Id::unique("draft canvas");
    let response = ui.interact(canvas, id, Sense::click_and_drag());
    let now = ui.input(|input| input.time);
    if drafting.camera.begin_frame(canvas, now) {
        ui.ctx().request_repaint();
    }
    if !drafting.placed {
        drafting.placed = true;
        laying::fit(drafting, false);
    }
    carry(ui, &response, drafting, actions);
    if drafting.drag.is_none() {
        steer(ui, &response, false, &mut drafting.camera);
    }
    point(ui, &response, drafting, actions);
    spoken_boxes(ui, id, drafting, actions);
    let theme = style::theme_of(ui.visuals());
    let part = transition_part(drafting.transition.as_mut(), now).filter(|_| animated);
    if part.is_none() {
        drafting.transition = None;
    } else {
        ui.ctx().request_repaint();
    }
    let before = drafting.transition.as_ref().map(|transition| &transition.before);
    let transition = before.zip(part).map(|(before, part)| paint::Transition { before, part });
    paint::paint(&drafting.picture, &drafting.camera, theme, transition.as_ref(), &ui.painter_at(canvas));
    paint_drag(ui, canvas, drafting);
    if drafting.laying.is_some() {
        ui.painter_at(canvas).text(
            canvas.left_top() + vec2(14.0, 12.0),
            egui::Align2::LEFT_TOP,
            "Judging…",
            style::font(Face::Regular, TextSize::Small),
            style::color(ui, Role::TextWeak),
        );
    }
    response
}

fn scene_point(drafting: &Drafting, at: egui::Pos2) -> Point {
    let (x, y) = drafting.camera.to_world(at);
    Point::new(x as f32, y as f32)
}

/// The closed box under a point: an open one is the ground that the map is moved by.
fn carried(drafting: &Drafting, at: Point) -> Option<Place> {
    let place = drafting.picture.pick(at, 0.0)?.place()?;
    let cut = &drafting.laid.as_ref()?.arrangement.cut;
    cut.find(place).filter(|index| !cut.boxes[*index as usize].open).map(|_| place)
}

/// Moves a box by hand.
fn carry(ui: &Ui, response: &egui::Response, drafting: &mut Drafting, actions: &mut Actions) {
    if response.drag_started_by(PointerButton::Primary)
        && let Some(origin) = ui.input(|input| input.pointer.press_origin())
    {
        let at = scene_point(drafting, origin);
        drafting.drag = carried(drafting, at).map(|what| crate::app::drafting::Drag { what, at, onto: None });
    }
    let Some(mut drag) = drafting.drag else { return };
    let Some(pointer) = ui.input(|input| input.pointer.interact_pos()) else { return };
    drag.at = scene_point(drafting, pointer);
    let onto = drafting.picture.pick(drag.at, 0.0).filter(|thing| thing.place().is_some_and(|it| it != drag.what));
    drag.onto = onto.filter(|thing| moving::meant(drafting, drag.what, *thing).is_ok());
    drafting.drag = Some(drag);
    ui.ctx().set_cursor_icon(if drag.onto.is_some() { CursorIcon::Grabbing } else { CursorIcon::NoDrop });
    if response.drag_stopped() || !ui.input(|input| input.pointer.any_down()) {
        drafting.drag = None;
        if let Some(onto) = drag.onto {
            actions.push(Action::Draft(OnDraft::Put { what: drag.what, onto }));
        }
    }
}

/// What is being moved, and what it would mean to let it go here.
fn paint_drag(ui: &Ui, canvas: Rect, drafting: &Drafting) {
    let Some(drag) = drafting.drag else { return };
    let painter = ui.painter_at(canvas);
    let stroke = egui::Stroke::new(line::THICK, style::color(ui, Role::Selected));
    if let Some(rect) = drag.onto.and_then(|thing| drafting.picture.place(thing)) {
        painter.rect_stroke(drafting.camera.rect_to_screen(rect), radius::LARGE, stroke, egui::StrokeKind::Outside);
    }
    let said = match drag.onto.map(|onto| moving::meant(drafting, drag.what, onto)) {
        Some(Ok(step)) => step.to_string().replace('`', ""),
        _ => drafting.name_of(drag.what.into()),
    };
    let font = style::font(Face::Medium, TextSize::Small);
    let galley = painter.layout_no_wrap(said, font, style::color(ui, Role::TextStrong));
    let at = drafting.camera.to_screen(f64::from(drag.at.x), f64::from(drag.at.y)) + vec2(14.0, 10.0);
    let plate = Rect::from_min_size(at, galley.size() + vec2(16.0, 8.0));
    painter.rect(
        plate,
        radius::MEDIUM,
        style::color(ui, Role::Raised),
        egui::Stroke::new(line::HAIR, style::color(ui, Role::Selected)),
        egui::StrokeKind::Inside,
    );
    painter.galley(plate.min + vec2(8.0, 4.0), galley, style::color(ui, Role::TextStrong));
}

/// What is under the pointer, and clicks on it.
fn point(ui: &Ui, response: &egui::Response, drafting: &Drafting, actions: &mut Actions) {
    let pointer = response.hover_pos().filter(|_| !response.dragged());
    let thing = pointer.and_then(|pointer| {
        drafting.picture.pick(scene_point(drafting, pointer), GRAB_PTS / drafting.camera.zoom() as f32)
    });
    if response.contains_pointer() && thing != drafting.hover && !response.dragged() {
        actions.push(Action::Draft(OnDraft::Hover(thing)));
    }
    if let Some(thing) = thing {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        response.clone().on_hover_text_at_pointer(drafting.name_of(thing));
    }
    if response.secondary_clicked() {
        actions.push(Action::Draft(OnDraft::Select(thing)));
    } else if response.double_clicked() {
        if let Some(place) = thing.and_then(Thing::place) {
            actions.push(Action::Draft(OnDraft::Toggle(place)));
        }
    } else if response.clicked() {
        match thing {
            Some(thing) if ui.input(|input| input.modifiers.command) => {
                actions.push(Action::Draft(OnDraft::Gather(thing)));
            }
            thing => actions.push(Action::Draft(OnDraft::Select(thing))),
        }
        // Keys act on the picture again after it was clicked.
        if let Some(focused) = ui.memory(|memory| memory.focused()) {
            ui.memory_mut(|memory| memory.surrender_focus(focused));
        }
    }
}

fn spoken_boxes(ui: &Ui, canvas: Id, drafting: &Drafting, actions: &mut Actions) {
    let say = |thing: Thing| {
        let is_moved = drafting
            .drafted()
            .is_some_and(|drafted| drafted.relocated.iter().any(|(node, _)| Thing::Node(*node) == thing));
        let moved = if is_moved { "moved: " } else { "" };
        let label = format!("{moved}{} in the draft", drafting.name_of(thing));
        Spoken { label, selected: drafting.selection == Some(thing) }
    };
    for (thing, _) in spoken::boxes(ui, canvas, (&drafting.picture, &drafting.camera), &[], say) {
        actions.push(Action::Draft(OnDraft::Select(Some(thing))));
    }
}

fn menu(response: &egui::Response, state: &State, actions: &mut Actions) {
    response.context_menu(|ui| {
        for command in [
            Command::MoveTo,
            Command::CutEdge,
            Command::Gather,
            Command::SplitOff,
            Command::MergeInto,
            Command::ToggleExpanded,
            Command::FitSelection,
            Command::Fit,
            Command::ToggleEdges,
        ] {
            if command.is_enabled(state) {
                command_menu_item(ui, command, state, actions);
            }
        }
    });
}

/// The moves, what they lead to, and what would help.
pub(crate) fn side(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let Some(document) = state.document.as_ref().filter(|_| state.side_open) else { return };
    let Some(drafting) = document.drafting.as_deref() else { return };
    panel(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).id_salt("draft").show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 3.0;
            moves::selected(ui, drafting);
            moves::show(ui, drafting, state, actions);
            if drafting.laid.is_some() {
                effect::show(ui, drafting, actions);
                moves::suggestions(ui, drafting, actions);
                effect::numbers(ui, drafting);
            } else {
                ui.label(text(ui, "Judging…", Face::Regular, TextSize::Small, Role::TextWeak));
            }
        });
    });
}
