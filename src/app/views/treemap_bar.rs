//! What the tiles of the treemap say, over the canvas: what to choose, and beside it what areas and colours mean.
//!
//! In: the treemap that is shown.  Out: commands.  The legend is the one that exports put below the picture.

use egui::{ComboBox, Margin, Rect, Sense, Ui, vec2};

use super::legend::paint_legend;
use crate::app::action::Actions;
use crate::app::canvas::picture::Picture;
use crate::app::command::Command;
use crate::app::look::{COLOURINGS, Look, SIZINGS};
use crate::app::state::State;
use crate::app::style;
use crate::app::widgets::{command_menu_item, sentence, text};
use crate::scene::treemap;
use crate::theme::{Face, Measurer, Role, TextSize};

/// Of the two lists.
const LIST_PTS: f32 = 104.0;

pub(super) fn show(ui: &mut Ui, state: &State, actions: &mut Actions) {
    let Some(look) = state.document.as_ref().map(|document| &document.look) else { return };
    egui::Frame::new().fill(style::color(ui, Role::Panel)).inner_margin(Margin::symmetric(12, 3)).show(ui, |ui| {
        ui.horizontal_top(|ui| {
            ui.set_min_size(vec2(ui.available_width(), 30.0));
            let size = sentence(look.choice.sizing.name());
            list(ui, "Size", &size, SIZINGS.iter().map(|(command, _)| *command), state, actions);
            ui.add_space(4.0);
            let colour = sentence(look.choice.colouring.name());
            list(ui, "Colour", &colour, COLOURINGS.iter().map(|(command, _)| *command), state, actions);
            ui.add_space(4.0);
            depth(ui, state, actions);
            ui.add_space(12.0);
            legend(ui, look);
        });
    });
}

fn list(
    ui: &mut Ui,
    what: &str,
    chosen: &str,
    commands: impl Iterator<Item = Command>,
    state: &State,
    actions: &mut Actions,
) {
    ui.vertical(|ui| {
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            ui.label(text(ui, what, Face::Regular, TextSize::Small, Role::TextWeak));
            let label = text(ui, chosen, Face::Medium, TextSize::Small, Role::Text);
            let shown = ComboBox::from_id_salt(what).selected_text(label).width(LIST_PTS).show_ui(ui, |ui| {
                for command in commands {
                    command_menu_item(ui, command, state, actions);
                }
            });
            let name = format!("{what}: {chosen}");
            shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &name));
        });
    });
}

/// How much is open: that all modules are seen is the first thing that a person wants of a treemap.
fn depth(ui: &mut Ui, state: &State, actions: &mut Actions) {
    const LEVELS: [Command; 4] =
        [Command::ExpandToPackages, Command::ExpandToLevel2, Command::ExpandToLevel3, Command::ExpandToLevel4];
    ui.vertical(|ui| {
        ui.add_space(4.0);
        let label = text(ui, "Expand", Face::Medium, TextSize::Small, Role::Text);
        ui.menu_button(label, |ui| {
            for command in LEVELS {
                command_menu_item(ui, command, state, actions);
            }
        });
    });
}

fn legend(ui: &mut Ui, look: &Look) {
    let Some(shown) = look.treemap() else { return };
    let measurer = Measurer::new();
    let legend = treemap::legend(shown, ui.available_width(), &measurer);
    let bounds = legend.scene.bounds;
    let (room, _) = ui.allocate_exact_size(vec2(bounds.width(), bounds.height().max(32.0)), Sense::hover());
    let at = Rect::from_center_size(room.center(), vec2(bounds.width(), bounds.height()));
    let picture = Picture::new(legend.scene, Vec::new(), &measurer);
    paint_legend(ui, at, &picture, &legend.meanings.join("; "));
}
