//! What can be done about an edge: look at it, allow it, forbid it, except what is broken on it.
//!
//! In: an edge.  Out: lines of a menu and buttons, each with why it is not possible where it is not.  Not here: doing it.

use egui::{Button, Ui};

use crate::app::action::{Action, Actions};
use crate::app::amendment::Wish;
use crate::app::command::Command;
use crate::app::state::Document;
use crate::app::widgets::{place_menu, text};
use crate::scene::thing::{Place, Thing};
use crate::theme::{Face, Role, TextSize};

/// What can be wished for an edge, and the command that is the same for the selected one.
fn wishes(from: Place, to: Place) -> [(Wish, Command); 3] {
    [
        (Wish::Allow { from, to }, Command::AllowEdge),
        (Wish::Forbid { from, to }, Command::ForbidEdge),
        (Wish::ExceptEdge { from, to }, Command::ExceptEdge),
    ]
}

pub(crate) fn edge_menu(ui: &mut Ui, document: &Document, from: Place, to: Place, actions: &mut Actions) {
    let edge = Thing::Edge { from, to };
    for title in [document.name_of(from.into()), format!("→ {}", document.name_of(to.into()))] {
        let title = text(ui, title, Face::SemiBold, TextSize::Small, Role::TextWeak);
        ui.add(egui::Label::new(title).extend());
    }
    ui.separator();
    if ui.button("Show references").on_hover_text("Select the edge, and list why it exists").clicked() {
        actions.push(Action::Select(Some(edge)));
        ui.close();
    }
    let spot = if document.selection == Some(edge) { document.spot() } else { document.spot_of(edge) };
    if let Some(spot) = spot {
        place_menu(ui, &spot, actions);
    }
    ui.separator();
    for (wish, command) in wishes(from, to) {
        item(ui, document, wish, command, actions);
    }
}

/// What concerns the whole edge, as buttons above its references; exceptions have theirs beside each violation.
pub(crate) fn edge_buttons(ui: &mut Ui, document: &Document, from: Place, to: Place, actions: &mut Actions) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (wish, command) in &wishes(from, to)[..2] {
            let label = text(ui, command.label(), Face::Medium, TextSize::Small, Role::Text);
            let hindrance = wish.form(document).err();
            let response = ui.add_enabled(hindrance.is_none(), Button::new(label)).on_hover_text(command.tooltip());
            let clicked = response.clicked();
            response.on_disabled_hover_text(hindrance.unwrap_or_default());
            if clicked {
                actions.push(Action::Prepare(*wish));
            }
        }
    });
}

fn item(ui: &mut Ui, document: &Document, wish: Wish, command: Command, actions: &mut Actions) {
    let form = wish.form(document);
    let effect = form.as_ref().map_or_else(String::clone, |form| form.effect());
    let response = ui.add_enabled(form.is_ok(), Button::new(command.label()));
    let response = response.on_hover_text(&effect).on_disabled_hover_text(&effect);
    if response.clicked() {
        actions.push(Action::Prepare(wish));
        ui.close();
    }
}
