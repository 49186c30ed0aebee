//! A package or module in the list, which can be dragged onto a group.
//!
//! In: code.  Out: requests to select and move it.  Not here: groups (`group`).

use egui::Ui;

use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::sketch::{OnSketch, Sketch};
use crate::app::sketched::Laid;
use crate::app::widgets::{Row, number, row};
use crate::model::NodeId;
use crate::scene::thing::Thing;

pub(super) fn piece(ui: &mut Ui, laid: &Laid, sketch: &Sketch, node: NodeId, depth: u8, actions: &mut Actions) {
    let thing = Thing::Node(node);
    let (name, lines) = (sketch.name_of(thing), number(laid.model().total_lines(node)));
    let spoken = format!("{name}, {lines} lines; drag it onto another group, or move it with a key");
    let is_selected = sketch.selection == Some(thing);
    let line = Row { spoken: &spoken, name: &name, end: &lines, selected: is_selected, depth, ..Row::default() };
    let response = row(ui, &line).interact(egui::Sense::drag());
    response.dnd_set_drag_payload(node);
    if response.clicked() {
        actions.push(Action::Sketch(OnSketch::Select(Some(thing))));
    }
    response.context_menu(|ui| {
        if ui.button("Move to…").clicked() {
            actions.push(Action::Sketch(OnSketch::Select(Some(thing))));
            actions.run(Command::MoveTo);
            ui.close();
        }
    });
}
