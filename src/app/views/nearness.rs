//! How far around the selection the map is in focus, over its upper edge.
//!
//! In: the document.  Out: requests for more or less of it.  Nothing is said while nothing is selected.

use egui::{Align, Layout, Margin, Rect, Stroke, Ui, UiBuilder, vec2};
use egui_material_icons::icons;

use crate::app::action::Actions;
use crate::app::command::Command;
use crate::app::look::Drawing;
use crate::app::state::State;
use crate::app::style;
use crate::app::widgets::{counted, icon_command, text};
use crate::scene::thing::Thing;
use crate::theme::{Face, Role, TextSize, line, radius};

pub(super) fn show(ui: &mut Ui, canvas: Rect, state: &State, actions: &mut Actions) {
    let Some(document) = &state.document else { return };
    let is_box = document.selection.is_some_and(|thing| !matches!(thing, Thing::Edge { .. }));
    if document.canvas.drawing != Drawing::Map || !is_box {
        return;
    }
    let room = Rect::from_min_size(canvas.left_top() + vec2(12.0, 10.0), vec2(canvas.width() - 24.0, 36.0));
    let mut ui = ui.new_child(UiBuilder::new().max_rect(room).layout(Layout::left_to_right(Align::Min)));
    egui::Frame::new()
        .fill(style::color(&ui, Role::Raised))
        .stroke(Stroke::new(line::HAIR, style::color(&ui, Role::Separator)))
        .corner_radius(radius::LARGE)
        .inner_margin(Margin { left: 10, right: 3, top: 2, bottom: 2 })
        .show(&mut ui, |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.horizontal_centered(|ui| {
                ui.set_height(28.0);
                let steps = u64::from(document.hops.get());
                let said = format!("In focus: {} around", counted(steps, "step", "steps"));
                ui.label(text(ui, said, Face::Regular, TextSize::Small, Role::TextWeak));
                ui.add_space(4.0);
                icon_command(ui, Command::FocusLess, icons::ICON_REMOVE, state, actions);
                icon_command(ui, Command::FocusMore, icons::ICON_ADD, state, actions);
            });
        });
}
