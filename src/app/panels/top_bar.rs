//! The bar at the top: menus, where the selection is, and the way to find things.
//!
//! In: commands, the selection.  Out: requests.  Not here: what commands do.

use egui::{Button, MenuBar, Panel, Sense, Ui, vec2};
use egui_material_icons::icons;

use crate::app::action::{Action, Actions};
use crate::app::command::{Command, Group};
use crate::app::pane::Pane;
use crate::app::state::{Document, State, node_name};
use crate::app::style;
use crate::app::tiles::{Edge, OnTiles};
use crate::app::widgets::{command_menu_item, icon, icon_command, sign_of, text};
use crate::model::WORKSPACE;
use crate::scene::thing::{Place, Thing};
use crate::theme::{Face, Role, TextSize, line};

pub(crate) fn show(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let frame = egui::Frame::new().fill(style::color(ui, Role::Panel)).inner_margin(egui::Margin::symmetric(8, 5));
    Panel::top("top bar").resizable(false).frame(frame).show(ui, |ui| {
        MenuBar::new().ui(ui, |ui| {
            for group in Group::ALL {
                ui.menu_button(group.label(), |ui| {
                    for command in Command::ALL.iter().filter(|command| command.group() == group) {
                        command_menu_item(ui, *command, state, actions);
                    }
                });
            }
            ui.separator();
            let in_sight = state.tiles.in_sight();
            for pane in Pane::ALL {
                view_tab(ui, pane, in_sight.contains(&pane), state, actions);
            }
            ui.separator();
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                right_side(ui, state, actions);
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    if let Some(document) = &state.document {
                        breadcrumb(ui, document, actions);
                    }
                });
            });
        });
    });
}

/// In a narrower window the search is short, so that the way to the selection can be read.
const NARROW_PTS: f32 = 1600.0;

/// One of the views: a click shows it in the tile that is acted on, and a drag gives it a tile of its own.
fn view_tab(ui: &mut Ui, pane: Pane, is_in_sight: bool, state: &State, actions: &mut Actions) {
    let command = pane.command();
    let role = if is_in_sight { Role::TextStrong } else { Role::TextWeak };
    let label = text(ui, command.label(), Face::Medium, TextSize::Body, role);
    let keys = command.shortcut_text(ui.ctx()).unwrap_or_default();
    let is_focused = command.is_on(state) == Some(true);
    let tab = Button::selectable(is_focused, (icon(ui, sign_of(pane), 15.0, role), label));
    let tab = ui.add(tab.sense(Sense::click_and_drag())).accessible_name(format!("View: {}", command.label()));
    tab.dnd_set_drag_payload(pane);
    let at = state.tiles.focused;
    tab.context_menu(|ui| {
        for (words, edge) in [("Open to the right", Edge::Right), ("Open below", Edge::Below)] {
            if ui.add_enabled(at != pane, Button::new(words)).clicked() {
                actions.push(Action::Tiles(OnTiles::Split { at, pane, edge }));
                ui.close();
            }
        }
    });
    if tab.on_hover_text(format!("{} ({keys})", command.tooltip())).clicked() {
        actions.run(command);
    }
}

fn right_side(ui: &mut Ui, state: &State, actions: &mut Actions) {
    ui.spacing_mut().button_padding = vec2(8.0, 2.0);
    icon_command(ui, Command::ToggleSidePanel, icons::ICON_RIGHT_PANEL_OPEN, state, actions);
    let theme = if ui.visuals().dark_mode { icons::ICON_LIGHT_MODE } else { icons::ICON_DARK_MODE };
    icon_command(ui, Command::ToggleTheme, theme, state, actions);
    ui.separator();
    icon_command(ui, Command::Forward, icons::ICON_ARROW_FORWARD, state, actions);
    icon_command(ui, Command::Back, icons::ICON_ARROW_BACK, state, actions);
    let keys = Command::Search.shortcut_text(ui.ctx()).unwrap_or_default();
    const WHOLE: &str = "Find module or item";
    // Where there is little room, where one is says more.
    let is_narrow = ui.ctx().content_rect().width() < NARROW_PTS;
    let (words, width) = if is_narrow { ("Find", 112.0) } else { (WHOLE, 230.0) };
    let search = Button::new((
        icon(ui, icons::ICON_SEARCH, 16.0, Role::TextWeak),
        text(ui, words, Face::Regular, TextSize::Body, Role::TextWeak),
    ))
    .shortcut_text(keys)
    .fill(style::color(ui, Role::Sunken))
    .stroke(egui::Stroke::new(line::HAIR, style::color(ui, Role::ButtonStroke)))
    .min_size(vec2(width, 26.0));
    let search = ui.add(search).accessible_name(WHOLE);
    if search.on_hover_text(Command::Search.tooltip()).clicked() {
        actions.run(Command::Search);
    }
}

/// The workspace, and what is around the selection down to itself; each can be selected.
fn breadcrumb(ui: &mut Ui, document: &Document, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.x = 2.0;
    ui.spacing_mut().button_padding.x = 5.0;
    ui.set_clip_rect(ui.max_rect().intersect(ui.clip_rect()));
    let name = node_name(&document.analysis.model, WORKSPACE);
    if crumb(ui, &name, document.selection.is_none()) {
        actions.push(Action::Select(None));
        actions.run(Command::Fit);
    }
    let path = match document.selection {
        Some(Thing::Edge { from, to }) => {
            separator(ui);
            if crumb(ui, &document.name_of(from.into()), false) {
                actions.push(Action::Visit(from.into()));
            }
            ui.label(text(ui, "→", Face::Regular, TextSize::Body, Role::TextWeak));
            if crumb(ui, &document.name_of(to.into()), false) {
                actions.push(Action::Visit(to.into()));
            }
            return;
        }
        Some(thing) => thing.place(),
        None => None,
    };
    let Some(path) = path else { return };
    for (place, name) in around(document, path) {
        separator(ui);
        if crumb(ui, &name, Some(Thing::from(place)) == document.selection) {
            actions.push(Action::Visit(place.into()));
        }
    }
}

/// From the outside to the place itself.
fn around(document: &Document, place: Place) -> Vec<(Place, String)> {
    let model = &document.analysis.model;
    let (node, fragment) = match place {
        Place::Node(node) => (node, None),
        Place::Fragment { parent, .. } => (parent, Some(place)),
    };
    let mut path: Vec<(Place, String)> = model
        .ancestors(node)
        .filter(|ancestor| *ancestor != WORKSPACE)
        .map(|ancestor| (Place::Node(ancestor), model.node(ancestor).name.to_string()))
        .collect();
    path.reverse();
    // A package and its library have the same name: saying it twice helps nobody.
    path.dedup_by(|later, earlier| later.1.replace('_', "-") == earlier.1.replace('_', "-"));
    path.extend(fragment.map(|fragment| (fragment, document.name_of(fragment.into()))));
    path
}

fn crumb(ui: &mut Ui, name: &str, current: bool) -> bool {
    let role = if current { Role::TextStrong } else { Role::Text };
    let label = text(ui, name, Face::Medium, TextSize::Body, role);
    ui.add(Button::new(label).frame_when_inactive(false).truncate()).clicked()
}

fn separator(ui: &mut Ui) {
    ui.label(icon(ui, icons::ICON_CHEVRON_RIGHT, 14.0, Role::TextWeak));
}
