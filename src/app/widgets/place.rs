//! A place in a file: a link that opens it, with what else can be done about it in its menu.
//!
//! In: a [`Spot`].  Out: a label, and requests.  riprap.toml is opened in the rules view, all else in the editor.  Not here:
//! which editor that is.

use egui::{Button, CursorIcon, Label, Response, Sense, Ui, WidgetInfo};
use egui_material_icons::icons;

use super::{icon, text};
use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::spot::Spot;
use crate::load;
use crate::theme::{Face, Role, TextSize};

/// `path:line:column`, shortened to the room there is.
pub(crate) fn place_link(ui: &mut Ui, spot: &Spot, actions: &mut Actions) -> Response {
    let said = spot.to_string();
    let label = text(ui, &said, Face::Mono, TextSize::Caption, Role::TextLink);
    // No button: its margin would push the place out of line with what it belongs to.
    let link = ui.add(Label::new(label).sense(Sense::click()).truncate());
    let place = if is_rules(spot) { "the rules view" } else { "editor" };
    link.widget_info(|| WidgetInfo::labeled(egui::Role::Link, true, format!("Open {said} in {place}")));
    let link = link.on_hover_cursor(CursorIcon::PointingHand);
    if link.clicked() {
        let in_rules = Action::ShowLineInRules(spot.at.line);
        actions.push(if is_rules(spot) { in_rules } else { Action::OpenSpot(spot.clone()) });
    }
    link.context_menu(|ui| place_menu(ui, spot, actions));
    link
}

fn is_rules(spot: &Spot) -> bool {
    spot.path == load::CONFIG
}

/// What can be done about a place.
pub(crate) fn place_menu(ui: &mut Ui, spot: &Spot, actions: &mut Actions) {
    if is_rules(spot) && ui.button("Open in the rules view").on_hover_text(spot.to_string()).clicked() {
        actions.push(Action::ShowLineInRules(spot.at.line));
        ui.close();
    }
    if ui.button(Command::OpenInEditor.label()).on_hover_text(spot.to_string()).clicked() {
        actions.push(Action::OpenSpot(spot.clone()));
        ui.close();
    }
    if ui.button("Copy place").on_hover_text(spot.to_string()).clicked() {
        actions.push(Action::Copy(spot.to_string()));
        ui.close();
    }
}

/// Small buttons for the same.
pub(crate) fn place_buttons(ui: &mut Ui, spot: &Spot, actions: &mut Actions) {
    let signs = [
        (icons::ICON_CONTENT_COPY, "Copy", "Copy place", Action::Copy(spot.to_string())),
        (icons::ICON_OPEN_IN_NEW, "Open", "Open in editor", Action::OpenSpot(spot.clone())),
    ];
    for (sign, verb, hint, action) in signs {
        let button = Button::new(icon(ui, sign, 13.0, Role::TextWeak)).frame_when_inactive(false);
        if ui.add(button).accessible_name(format!("{verb} {spot}")).on_hover_text(hint).clicked() {
            actions.push(action);
        }
    }
}
