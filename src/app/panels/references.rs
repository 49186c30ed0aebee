//! The references of an edge: why it exists, place by place, with the source around each.
//!
//! In: the relations of the selected edge and the sources.  Out: a list that scrolls to the chosen reference.  Only what
//! is in sight is laid out, since an edge may have thousands.  Not here: which references those are.

use egui::{Button, Rect, ScrollArea, Sense, Ui, UiBuilder, vec2};
use egui_material_icons::icons;

use super::edge_menu::edge_buttons;
use super::excerpt;
use super::since;
use super::violation::{Beside, explanation, violation_row};
use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::spot::Spot;
use crate::app::state::{Document, node_name};
use crate::app::style;
use crate::app::widgets::{badge, counted, icon, place_buttons, place_link, place_menu, text};
use crate::model::{Certainty, ReferenceId};
use crate::scene::thing::Thing;
use crate::theme::{Face, Role, TextSize, radius};
use crate::verdict::Tally;

pub(crate) fn show(ui: &mut Ui, document: &Document, from: (Thing, &str), to: (Thing, &str), actions: &mut Actions) {
    let relations = &document.relations;
    ui.add_space(4.0);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.spacing_mut().button_padding = vec2(2.0, 2.0);
        end_button(ui, from.0, from.1, actions);
        ui.horizontal(|ui| {
            ui.label(text(ui, "uses", Face::Regular, TextSize::Small, Role::TextWeak));
        });
        end_button(ui, to.0, to.1, actions);
    });
    ui.add_space(2.0);
    if let Some(Thing::Edge { from, to }) = document.selection {
        edge_buttons(ui, document, from, to, actions);
    }
    since::of_edge(ui, document, actions);
    ui.add_space(4.0);
    violations(ui, document, actions);
    ui.horizontal(|ui| {
        let total = counted(relations.references.len() as u64, "reference", "references");
        ui.label(text(ui, total, Face::SemiBold, TextSize::Small, Role::TextStrong));
        let kinds: Vec<String> =
            relations.kinds.iter().map(|(kind, count)| format!("{count} {}", kind.word())).collect();
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            steps(ui, document, actions);
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let kinds = text(ui, kinds.join(", "), Face::Regular, TextSize::Small, Role::TextWeak);
                ui.add(egui::Label::new(kinds).truncate());
            });
        });
    });
    ui.add_space(2.0);
    list(ui, document, actions);
}

/// One violation in full, and a line for each other one, so that the references keep their room.
fn violations(ui: &mut Ui, document: &Document, actions: &mut Actions) {
    let all = &document.relations.violations;
    let Some(chosen) = document.violation.filter(|index| all.contains(index)).or(all.first().copied()) else { return };
    explanation(ui, document, chosen, actions);
    if all.len() < 2 {
        return;
    }
    let others = all.iter().filter(|index| **index != chosen);
    let height = ui.available_height() * 0.25;
    ScrollArea::vertical().id_salt("other violations").max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for index in others {
            violation_row(ui, document, *index, Beside::Rule, actions);
        }
    });
    ui.add_space(4.0);
}

fn list(ui: &mut Ui, document: &Document, actions: &mut Actions) {
    let references = &document.relations.references;
    let block = 34.0 + excerpt::HEIGHT + 12.0;
    let mut area = ScrollArea::vertical().auto_shrink(false).id_salt(document.selection);
    let scroll_id = ui.make_persistent_id("shown reference");
    let key = (document.selection, document.reference);
    // Only a new choice moves the list: it stays where a person has scrolled it to.
    let last = ui.data(|data| data.get_temp::<(Option<Thing>, usize)>(scroll_id));
    if last != Some(key) {
        ui.data_mut(|data| data.insert_temp(scroll_id, key));
        let top = document.reference as f32 * block - ui.available_height() * 0.25;
        area = area.vertical_scroll_offset(top.max(0.0));
    }
    area.show_viewport(ui, |ui, viewport| {
        ui.set_height(block * references.len() as f32);
        let first = (viewport.top() / block).floor().max(0.0) as usize;
        let last = ((viewport.bottom() / block).ceil().max(0.0) as usize).min(references.len());
        let origin = ui.max_rect().left_top();
        for (index, id) in references.iter().enumerate().take(last).skip(first) {
            let rect =
                Rect::from_min_size(origin + vec2(0.0, index as f32 * block), vec2(ui.available_width(), block - 6.0));
            let builder = UiBuilder::new().max_rect(rect).id_salt(index);
            let mut ui = ui.new_child(builder);
            reference(&mut ui, document, index, *id, rect, actions);
        }
    });
}

fn reference(ui: &mut Ui, document: &Document, index: usize, id: ReferenceId, rect: Rect, actions: &mut Actions) {
    let model = &document.analysis.model;
    let reference = model.reference(id);
    let spot = Spot::of_reference(&document.analysis, reference);
    let chosen = index == document.reference && document.relations.references.len() > 1;
    let broken: Tally = document
        .evidence
        .get(&id)
        .into_iter()
        .flatten()
        .map(|violation| document.analysis.verdict.violations[*violation].standing())
        .collect();
    let violating = broken.denied + broken.warned > 0;
    if chosen {
        ui.painter().rect_filled(rect, radius::MEDIUM, style::color(ui, Role::AccentMuted));
    }
    let response = ui.interact(rect, ui.scope_id().with("whole"), Sense::click());
    response.widget_info(|| {
        let label = format!("Reference {} at {spot}", index + 1);
        egui::WidgetInfo::selected(egui::Role::Button, true, chosen, label)
    });
    if response.clicked() {
        actions.push(Action::ShowReference(index));
    }
    response.context_menu(|ui| place_menu(ui, &spot, actions));
    ui.spacing_mut().item_spacing = vec2(6.0, 1.0);
    ui.add_space(3.0);
    ui.horizontal(|ui| {
        ui.add_space(4.0);
        if violating {
            ui.label(icon(ui, icons::ICON_WARNING, 13.0, Role::Violation));
        }
        badge(ui, reference.kind.word(), Role::Sunken, Role::Text);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().button_padding = vec2(2.0, 0.0);
            place_buttons(ui, &spot, actions);
            if reference.certainty == Certainty::Inferred {
                badge(ui, "inferred", Role::Sunken, Role::TextWeak).on_hover_text("Never a violation on its own");
            }
            if reference.test {
                badge(ui, "test", Role::Sunken, Role::TextWeak);
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                place_link(ui, &spot, actions).on_hover_ui(|ui| {
                    ui.label(format!("in {}", node_name(model, reference.from_item)));
                    ui.label(format!("names {}", node_name(model, reference.to_item)));
                });
            });
        });
    });
    let file = document.analysis.sources.file(reference.file);
    excerpt::show(ui, file, reference, violating);
}

/// A way to one end of the edge.
fn end_button(ui: &mut Ui, thing: Thing, name: &str, actions: &mut Actions) {
    let label = text(ui, name, Face::SemiBold, TextSize::Body, Role::TextLink);
    if ui.add(Button::new(label).frame_when_inactive(false).truncate()).on_hover_text(name).clicked() {
        actions.push(Action::Visit(thing));
    }
}

/// Buttons for the reference after and before, from the right.
fn steps(ui: &mut Ui, document: &Document, actions: &mut Actions) {
    let count = document.relations.references.len();
    let possible = count > 1;
    for (sign, command) in
        [(icons::ICON_ARROW_DOWNWARD, Command::NextReference), (icons::ICON_ARROW_UPWARD, Command::PreviousReference)]
    {
        let role = if possible { Role::Text } else { Role::TextDisabled };
        let button = Button::new(icon(ui, sign, 15.0, role)).frame_when_inactive(false);
        let response = ui.add_enabled(possible, button).accessible_name(command.label());
        if response.on_hover_text(command.label()).clicked() {
            actions.run(command);
        }
    }
}
