//! The map of the groups.
//!
//! In: the sketch.  Out: requests for what was clicked, moved and drawn around.  Not here: what is drawn (`scene::map`).

use egui::{CursorIcon, Id, PointerButton, Rect, Response, Sense, Ui, vec2};

use crate::app::action::{Action, Actions};
use crate::app::canvas::paint;
use crate::app::command::Command;
use crate::app::sketch::{Drag, OnSketch, Sketch};
use crate::app::sketching;
use crate::app::state::State;
use crate::app::style;
use crate::app::views::gathered::{self, scene_point};
use crate::app::views::map::{GRAB_PTS, steer, transition_part};
use crate::app::views::spoken::{self, Asked, Spoken};
use crate::app::widgets::command_menu_item;
use crate::scene::shape::Point;
use crate::scene::thing::{Place, Thing};
use crate::theme::{Face, Role, TextSize, line, radius};

/// What can be done with a box beside selecting it.
const GATHER: i32 = 1;
const MOVE: i32 = 2;

pub(super) fn map(ui: &mut Ui, canvas: Rect, sketch: &mut Sketch, animated: bool, actions: &mut Actions) -> Response {
    let id = Id::unique("groups canvas");
    let response = ui.interact(canvas, id, Sense::click_and_drag());
    let now = ui.input(|input| input.time);
    if sketch.camera.begin_frame(canvas, now) {
        ui.ctx().request_repaint();
    }
    if !sketch.placed {
        sketch.placed = true;
        sketching::fit(sketch, false);
    }
    let (is_drawing, path) = gathered::lasso(ui, &response, &mut sketch.lasso, &sketch.camera);
    actions.extend(path.map(|path| Action::Sketch(OnSketch::GatherWithin(path))));
    if !is_drawing {
        carry(ui, &response, sketch, actions);
    }
    if sketch.drag.is_none() {
        steer(ui, &response, is_drawing, &mut sketch.camera);
    }
    point(ui, &response, sketch, actions);
    spoken_boxes(ui, id, sketch, actions);
    let theme = style::theme_of(ui.visuals());
    let part = transition_part(sketch.transition.as_mut(), now).filter(|_| animated);
    if part.is_none() {
        sketch.transition = None;
    } else {
        ui.ctx().request_repaint();
    }
    let before = sketch.transition.as_ref().map(|transition| &transition.before);
    let transition = before.zip(part).map(|(before, part)| paint::Transition { before, part });
    paint::paint(&sketch.picture, &sketch.camera, theme, transition.as_ref(), &ui.painter_at(canvas));
    gathered::paint_lasso(ui, canvas, &sketch.lasso, &sketch.camera);
    paint_drag(ui, canvas, sketch);
    if response.has_focus() {
        let ring = egui::Stroke::new(line::MEDIUM, style::color(ui, Role::FocusRing));
        ui.painter_at(canvas).rect_stroke(canvas.shrink(1.0), radius::SMALL, ring, egui::StrokeKind::Inside);
    }
    response
}

/// The closed box under a point: an open one is the ground that the map is moved by.
fn carried(sketch: &Sketch, at: Point) -> Option<Place> {
    let place = sketch.picture.pick(at, 0.0)?.place()?;
    let cut = &sketch.arrangement.as_ref()?.cut;
    let index = cut.find(place).filter(|index| !cut.boxes[*index as usize].open)?;
    crate::app::lasso::can_be_gathered(cut.boxes[index as usize].kind).then_some(place)
}

/// Moves a box by hand.
fn carry(ui: &Ui, response: &Response, sketch: &mut Sketch, actions: &mut Actions) {
    if response.drag_started_by(PointerButton::Primary)
        && let Some(origin) = ui.input(|input| input.pointer.press_origin())
    {
        let at = scene_point(&sketch.camera, origin);
        sketch.drag = carried(sketch, at).map(|what| Drag { what, at, onto: None });
    }
    let Some(mut drag) = sketch.drag.take() else { return };
    let Some(pointer) = ui.input(|input| input.pointer.interact_pos()) else { return };
    drag.at = scene_point(&sketch.camera, pointer);
    let under = sketch.picture.pick(drag.at, 0.0);
    drag.onto = under.and_then(|thing| Some((thing, sketch.meant(drag.what, thing)?.to_owned())));
    ui.ctx().set_cursor_icon(if drag.onto.is_some() { CursorIcon::Grabbing } else { CursorIcon::NoDrop });
    if response.drag_stopped() || !ui.input(|input| input.pointer.any_down()) {
        if let Some((_, into)) = drag.onto {
            actions.push(Action::Sketch(OnSketch::PutPlace { what: drag.what, into }));
        }
        return;
    }
    sketch.drag = Some(drag);
}

/// What is being moved, and what it would mean to let it go here.
fn paint_drag(ui: &Ui, canvas: Rect, sketch: &Sketch) {
    let Some(drag) = &sketch.drag else { return };
    let painter = ui.painter_at(canvas);
    let stroke = egui::Stroke::new(line::THICK, style::color(ui, Role::Selected));
    if let Some((thing, _)) = &drag.onto
        && let Some(rect) = sketch.picture.place(*thing)
    {
        painter.rect_stroke(sketch.camera.rect_to_screen(rect), radius::LARGE, stroke, egui::StrokeKind::Outside);
    }
    let what = sketch.name_of(drag.what.into());
    let said = match &drag.onto {
        Some((_, into)) => format!("Put {what} into {into}"),
        None => what,
    };
    let font = style::font(Face::Medium, TextSize::Small);
    let galley = painter.layout_no_wrap(said, font, style::color(ui, Role::TextStrong));
    let at = sketch.camera.to_screen(f64::from(drag.at.x), f64::from(drag.at.y)) + vec2(14.0, 10.0);
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
fn point(ui: &Ui, response: &Response, sketch: &Sketch, actions: &mut Actions) {
    let pointer = response.hover_pos().filter(|_| !response.dragged());
    let thing = pointer.and_then(|pointer| {
        sketch.picture.pick(scene_point(&sketch.camera, pointer), GRAB_PTS / sketch.camera.zoom() as f32)
    });
    if response.contains_pointer() && thing != sketch.hover && !response.dragged() {
        actions.push(Action::Sketch(OnSketch::Hover(thing)));
    }
    if let Some(thing) = thing.filter(|_| sketch.lasso.is_idle()) {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        response.clone().on_hover_text_at_pointer(sketch.name_of(thing));
    }
    if response.secondary_clicked() {
        actions.push(Action::Sketch(OnSketch::Select(thing)));
    } else if response.double_clicked() {
        if let Some(place) = thing.and_then(Thing::place) {
            actions.push(Action::Sketch(OnSketch::Toggle(place)));
        }
    } else if response.clicked() {
        match thing {
            Some(thing) if ui.input(|input| input.modifiers.command) => {
                actions.push(Action::Sketch(OnSketch::Gather(thing)));
            }
            thing => actions.push(Action::Sketch(OnSketch::Select(thing))),
        }
        // Keys act on the picture again after it was clicked.
        if let Some(focused) = ui.memory(|memory| memory.focused()) {
            ui.memory_mut(|memory| memory.surrender_focus(focused));
        }
    }
}

/// Says what group each box is in.
fn spoken_boxes(ui: &Ui, canvas: Id, sketch: &Sketch, actions: &mut Actions) {
    let say = |thing: Thing| {
        let group =
            sketch.group_of(thing).map_or_else(|| "in no group".to_owned(), |group| format!("in group {group}"));
        let label = match thing {
            Thing::Boundary { .. } => format!("group {}", sketch.name_of(thing)),
            _ => format!("{} {group}", sketch.name_of(thing)),
        };
        let is_gathered = thing.place().is_some_and(|place| sketch.gathered.contains(&place));
        Spoken { label, selected: sketch.selection == Some(thing) || is_gathered }
    };
    let offers = [(GATHER, "Gather, or let go"), (MOVE, "Move to another group")];
    for (thing, asked) in spoken::boxes(ui, canvas, (&sketch.picture, &sketch.camera), &offers, say) {
        actions.push(Action::Sketch(OnSketch::Select(Some(thing))));
        match asked {
            Asked::Click => {}
            Asked::Offer(GATHER) => actions.push(Action::Sketch(OnSketch::Gather(thing))),
            Asked::Offer(_) => actions.run(Command::MoveTo),
        }
    }
}

pub(super) fn menu(response: &Response, state: &State, actions: &mut Actions) {
    response.context_menu(|ui| {
        let commands = [
            Command::MoveTo,
            Command::MakeBoundary,
            Command::Gather,
            Command::Lasso,
            Command::MergeInto,
            Command::ToggleExpanded,
            Command::Fit,
            Command::ToggleEdges,
        ];
        for command in commands {
            command_menu_item(ui, command, state, actions);
        }
    });
}
