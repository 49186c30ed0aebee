//! All keys on one page, made from the commands.
//!
//! In: the list of commands.  Out: a dialog, and the wish to close it.

use egui::{Grid, Id, Modal, ScrollArea, Ui};

use crate::app::action::{Action, Actions};
use crate::app::command::{Command, Group};
use crate::app::style;
use crate::app::widgets::text;
use crate::theme::{Face, Role, TextSize};

/// What hands do on the map, which no command has.
pub(crate) const ON_THE_MAP: [(&str, &str); 13] = [
    ("Drag, middle drag", "Pan"),
    ("Wheel", "Zoom about the pointer"),
    ("Shift+Wheel", "Pan sideways"),
    ("Pinch", "Zoom"),
    ("Click", "Select a box or an edge"),
    ("Double-click", "Expand or collapse a box"),
    ("Arrow keys", "Select the next box that way"),
    ("Drag the selected box", "Move it, and pin it where it is let go"),
    ("Shift+Arrow keys", "Move the selected box a little, and pin it"),
    ("Ctrl+Click", "Gather a box, or let it go"),
    ("Ctrl+Drag", "Gather what a line is drawn around"),
    ("Secondary click", "What can be done about a box or an edge"),
    ("Rest the pointer", "Numbers and first uses"),
];

pub(crate) fn show(ui: &Ui, actions: &mut Actions) {
    let frame = egui::Frame::popup(ui.style()).inner_margin(20.0);
    let modal = Modal::new(Id::unique("shortcuts")).frame(frame).backdrop_color(style::color(ui, Role::Scrim));
    let modal = modal.show(ui.ctx(), |ui| {
        ui.set_width(720.0_f32.min(ui.ctx().content_rect().width() - 64.0));
        ui.label(text(ui, "Keyboard shortcuts", Face::SemiBold, TextSize::Heading, Role::TextStrong));
        ui.add_space(8.0);
        let height = ui.ctx().content_rect().height() - 190.0;
        ui.spacing_mut().interact_size.y = 18.0;
        ScrollArea::vertical().min_scrolled_height(height).max_height(height).show(ui, |ui| {
            ui.columns(2, |columns| {
                for (column, groups) in [(0, &Group::ALL[..2]), (1, &Group::ALL[2..])] {
                    let ui = &mut columns[column];
                    for group in groups {
                        let commands = Command::ALL.iter().filter(|command| command.group() == *group);
                        let keyed: Vec<(String, &str)> = commands
                            .filter_map(|command| Some((command.shortcut_text(ui.ctx())?, command.label())))
                            .collect();
                        let lines = keyed.iter().map(|(keys, label)| (keys.as_str(), *label));
                        list(ui, group.label(), lines);
                    }
                    if column == 0 {
                        list(ui, "On the map", ON_THE_MAP.into_iter());
                    }
                }
            });
        });
        ui.add_space(8.0);
        if ui.button("Close").clicked() {
            actions.push(Action::CloseOverlay);
        }
    });
    if modal.should_close() {
        actions.push(Action::CloseOverlay);
    }
}

fn list<'a>(ui: &mut Ui, title: &str, lines: impl Iterator<Item = (&'a str, &'a str)>) {
    ui.add_space(6.0);
    ui.label(text(ui, title, Face::SemiBold, TextSize::Body, Role::TextStrong));
    Grid::new(title).num_columns(2).spacing([14.0, 3.0]).min_col_width(130.0).show(ui, |ui| {
        for (keys, meaning) in lines {
            ui.label(text(ui, keys, Face::Mono, TextSize::Small, Role::Text));
            ui.label(text(ui, meaning, Face::Regular, TextSize::Body, Role::Text));
            ui.end_row();
        }
    });
}
