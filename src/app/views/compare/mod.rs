//! Two revisions: the picture of both, one over the other or side by side, with the list of what differs.
//!
//! In: the comparisons.  Out: requests for what was clicked and hovered.  The camera follows the hand within the frame, and
//! both sides are seen by the same one.  Not here: what is drawn (`scene`), and asking for revisions (`panels::revisions`).

mod detail;
mod list;
mod waiting;

use egui::{CentralPanel, CursorIcon, Id, Panel, Rect, Sense, Ui, pos2, vec2};
use egui_material_icons::icons;

use super::legend::legend_of;
use super::map::{GRAB_PTS, controls, steer, transition_part};
use crate::app::action::{Action, Actions};
use crate::app::canvas::paint;
use crate::app::command::Command;
use crate::app::compare;
use crate::app::comparing::Comparing;
use crate::app::pane::Pane;
use crate::app::panels::side::panel;
use crate::app::state::State;
use crate::app::style;
use crate::app::widgets::{command_button, empty_state, icon_command, text};
use crate::scene::shape::Point;
use crate::scene::thing::Thing;
use crate::theme::{Face, Role, TextSize, line, radius};

pub(crate) fn ui(ui: &mut Ui, state: &mut State, actions: &mut Actions) {
    let whole = egui::Frame::new().fill(style::color(ui, Role::Background));
    if !is_read(state) {
        CentralPanel::default().frame(whole).show(ui, |ui| without_picture(ui, state, actions));
        return;
    }
    if !state.presenting {
        bar(ui, state, actions);
    }
    CentralPanel::default().frame(whole).show(ui, |ui| {
        let canvas = ui.available_rect_before_wrap();
        let is_split = state.comparisons.is_split;
        let animated = !state.settings.reduced_motion;
        if let Some(comparing) = state.comparisons.shown.as_mut() {
            canvases(ui, canvas, comparing, is_split, animated, actions);
        }
        if !state.presenting && state.tiles.focused == Pane::Compare {
            controls(ui, canvas, state, actions);
        }
        if let Some(comparing) = &state.comparisons.shown {
            legend_of(ui, canvas, &comparing.legend, &comparing.meanings);
        }
    });
}

/// Whether there is something to look at.
fn is_read(state: &State) -> bool {
    let comparisons = &state.comparisons;
    let is_there = comparisons.asking.as_ref().is_none_or(|asking| asking.quietly);
    is_there && comparisons.failure.is_none() && comparisons.shown.is_some()
}

/// Nothing is compared yet, or it is on its way, or it failed.
fn without_picture(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let comparisons = &state.comparisons;
    match (&comparisons.asking, &comparisons.failure) {
        (Some(asking), _) => waiting::ui(ui, asking, state, actions),
        (None, Some(refusal)) => {
            let title = format!("{} and {} could not be compared", refusal.old, refusal.new);
            empty_state(ui, icons::ICON_ERROR, &title, &refusal.message);
            ui.add_space(12.0);
            ui.vertical_centered(|ui| command_button(ui, Command::CompareWith, true, state, actions));
        }
        (None, None) => {
            let detail = "Two revisions on one picture: what came, what went, what changed";
            empty_state(ui, icons::ICON_DIFFERENCE, "Nothing is compared yet", detail);
            ui.add_space(12.0);
            ui.vertical_centered(|ui| command_button(ui, Command::CompareWith, true, state, actions));
        }
    }
}

/// Which two, and what can be done with them.
fn bar(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let Some(comparing) = &state.comparisons.shown else { return };
    let frame = egui::Frame::new().fill(style::color(ui, Role::Panel)).inner_margin(egui::Margin::symmetric(10, 4));
    Panel::top("compare bar").resizable(false).frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let comparison = &comparing.pair.comparison;
            revision(ui, "From", &comparison.before, actions);
            icon_command(ui, Command::SwapRevisions, icons::ICON_SWAP_HORIZ, state, actions);
            revision(ui, "To", &comparison.after, actions);
            icon_command(ui, Command::SideBySide, icons::ICON_COMPARE, state, actions);
            if state.comparisons.asking.is_some() {
                ui.label(text(ui, "Updating…", Face::Regular, TextSize::Small, Role::TextWeak));
            }
            if let Some(first) = comparison.conditions.first() {
                let count = comparison.conditions.len();
                let said =
                    if count == 1 { "1 condition differs".to_owned() } else { format!("{count} conditions differ") };
                let label = text(ui, said, Face::Medium, TextSize::Small, Role::Warning);
                let all = if count == 1 { first.clone() } else { comparison.conditions.join("\n") };
                ui.label(label).on_hover_text(all);
            }
        });
    });
}

/// The list of what differs, and below it what there is to say of the selected one.
pub(crate) fn side(ui: &mut Ui, state: &mut State, actions: &mut Actions) {
    if !is_read(state) {
        return;
    }
    let Some(comparing) = state.comparisons.shown.as_mut() else { return };
    panel(ui, |ui| {
        if comparing.selection.is_some() || comparing.difference.is_some() {
            let below = egui::Frame::new().fill(style::color(ui, Role::Panel));
            let height = (ui.available_height() * 0.36).clamp(150.0, 320.0);
            Panel::bottom("difference").default_size(height).resizable(true).frame(below).show(ui, |ui| {
                detail::show(ui, comparing, actions);
            });
        }
        if comparing.pair.comparison.is_empty() {
            let detail = "No module, edge, API, violation or number is another one";
            empty_state(ui, icons::ICON_CHECK_CIRCLE, "Nothing differs", detail);
            return;
        }
        list::show(ui, comparing, actions);
    });
}

/// A revision's name; a click asks for another one.
fn revision(ui: &mut Ui, which: &str, name: &str, actions: &mut Actions) {
    ui.label(text(ui, which, Face::Regular, TextSize::Small, Role::TextWeak));
    let label = text(ui, name, Face::Medium, TextSize::Body, Role::TextStrong);
    let button = ui.add(egui::Button::new(label).min_size(vec2(0.0, 24.0)));
    let spoken = format!("{which} {name}: choose another revision");
    if button.accessible_name(spoken).on_hover_text("Choose another revision").clicked() {
        actions.run(Command::CompareWith);
    }
}

/// One picture, or one for each revision; what the hand does on one moves both.
fn canvases(
    ui: &mut Ui,
    whole: Rect,
    comparing: &mut Comparing,
    is_split: bool,
    animated: bool,
    actions: &mut Actions,
) {
    let middle = whole.center().x;
    let panes = match is_split {
        false => vec![whole],
        true => vec![
            Rect::from_min_max(whole.min, pos2(middle - 0.5, whole.max.y)),
            Rect::from_min_max(pos2(middle + 0.5, whole.min.y), whole.max),
        ],
    };
    let now = ui.input(|input| input.time);
    if comparing.camera.begin_frame(panes[0], now) {
        ui.ctx().request_repaint();
    }
    if !comparing.placed {
        comparing.placed = true;
        compare::fit(comparing, false);
    }
    let theme = style::theme_of(ui.visuals());
    let part = transition_part(comparing.transition.as_mut(), now).filter(|_| animated);
    if part.is_none() {
        comparing.transition = None;
    } else {
        ui.ctx().request_repaint();
    }
    for (index, pane) in panes.iter().enumerate() {
        let response = ui.interact(*pane, Id::unique(("comparison", index)), Sense::click_and_drag());
        let mut eye = comparing.camera.on(*pane);
        steer(ui, &response, false, &mut eye);
        comparing.camera = eye.on(panes[0]);
        point(ui, &response, comparing, index, &eye, actions);
        let Some(picture) = comparing.pictures.get(index) else { continue };
        let before = comparing.transition.as_ref().map(|transition| &transition.before);
        let transition = before.zip(part).map(|(before, part)| paint::Transition { before, part });
        paint::paint(picture, &eye, theme, transition.as_ref(), &ui.painter_at(*pane));
        if is_split {
            let name = if index == 0 { &comparing.pair.old.name } else { &comparing.pair.new.name };
            title(ui, *pane, name);
        }
        menu(&response, actions);
    }
    if is_split {
        let stroke = egui::Stroke::new(line::MEDIUM, style::color(ui, Role::Separator));
        ui.painter().vline(middle, whole.y_range(), stroke);
    }
}

/// The revision that a pane shows.
fn title(ui: &Ui, pane: Rect, name: &str) {
    let painter = ui.painter_at(pane);
    let font = style::font(Face::SemiBold, TextSize::Small);
    let galley = painter.layout_no_wrap(name.to_owned(), font, style::color(ui, Role::TextStrong));
    let plate = Rect::from_min_size(pane.left_top() + vec2(10.0, 8.0), galley.size() + vec2(16.0, 8.0));
    painter.rect_filled(plate, radius::MEDIUM, style::color(ui, Role::Raised));
    painter.galley(plate.min + vec2(8.0, 4.0), galley, style::color(ui, Role::TextStrong));
}

/// What is under the pointer, and clicks on it.
fn point(
    ui: &Ui,
    response: &egui::Response,
    comparing: &Comparing,
    index: usize,
    eye: &crate::app::canvas::camera::Camera,
    actions: &mut Actions,
) {
    let Some(picture) = comparing.pictures.get(index) else { return };
    let pointer = response.hover_pos().filter(|_| !response.dragged());
    let thing = pointer.and_then(|pointer| {
        let (x, y) = eye.to_world(pointer);
        picture.pick(Point::new(x as f32, y as f32), GRAB_PTS / eye.zoom() as f32)
    });
    if response.contains_pointer() && thing != comparing.hover && !response.dragged() {
        actions.push(Action::HoverCompared(thing));
    }
    if let Some(thing) = thing {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        response.clone().on_hover_text_at_pointer(detail::in_words(comparing, thing));
    }
    if response.secondary_clicked() {
        actions.push(Action::SelectCompared(thing));
    } else if response.double_clicked() {
        if let Some(place) = thing.and_then(Thing::place) {
            actions.push(Action::ToggleCompared(place));
        }
    } else if response.clicked() {
        actions.push(Action::SelectCompared(thing));
        // Keys act on the picture again after it was clicked.
        if let Some(focused) = ui.memory(|memory| memory.focused()) {
            ui.memory_mut(|memory| memory.surrender_focus(focused));
        }
    }
}

fn menu(response: &egui::Response, actions: &mut Actions) {
    response.context_menu(|ui| {
        for command in [
            Command::ToggleExpanded,
            Command::FitSelection,
            Command::Fit,
            Command::ToggleEdges,
            Command::ToggleTests,
            Command::SideBySide,
            Command::SwapRevisions,
        ] {
            if ui.button(command.label()).on_hover_text(command.tooltip()).clicked() {
                actions.run(command);
                ui.close();
            }
        }
    });
}
