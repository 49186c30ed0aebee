//! What there is to say of the selected difference: what became of it, and the references that came and went.
//!
//! In: two revisions, and what is selected.  Out: requests to open places.  Not here: the list.

use egui::{ScrollArea, Ui};

use super::list::{role, tone};
use crate::app::action::Actions;
use crate::app::comparing::Comparing;
use crate::app::spot::Spot;
use crate::app::widgets::{counted, place_link, prose, sentence, text};
use crate::compare::{Fate, Side};
use crate::model::{EdgeId, NodeKind, ReferenceId};
use crate::scene::thing::{Place, Thing};
use crate::source::LineColumn;
use crate::theme::{Face, Role, TextSize};

/// So many references are shown with their lines.
const MOST_REFERENCES: usize = 30;

pub(super) fn show(ui: &mut Ui, comparing: &Comparing, actions: &mut Actions) {
    ui.add_space(6.0);
    ScrollArea::vertical().auto_shrink(false).id_salt("detail").show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        let difference = comparing.difference.map(|index| &comparing.pair.differences[index]);
        let thing = comparing.selection.or_else(|| difference.and_then(|it| it.thing));
        if let Some(difference) = difference {
            let title = text(ui, &difference.name, Face::SemiBold, TextSize::Body, Role::TextStrong);
            ui.add(egui::Label::new(title).wrap());
            let spoken = difference.spoken();
            let (what, _) = spoken.split_once(": ").unwrap_or((&spoken, ""));
            let said = match difference.detail.is_empty() {
                true => sentence(what),
                false => format!("{}, {}", sentence(what), difference.detail),
            };
            ui.label(text(ui, said, Face::Medium, TextSize::Small, tone(difference)));
            for paragraph in difference.text.lines() {
                prose(ui, &sentence(paragraph), Face::Regular, TextSize::Body);
            }
        }
        if let Some(thing) = thing {
            // The line of the list says that already of a box.
            if difference.is_none() || matches!(thing, Thing::Edge { .. }) {
                ui.label(text(ui, in_words(comparing, thing), Face::Regular, TextSize::Small, Role::TextWeak));
            }
            if let Thing::Edge { from, to } = thing {
                references(ui, comparing, from, to, actions);
            }
        }
    });
}

/// A thing and what became of it.
pub(super) fn in_words(comparing: &Comparing, thing: Thing) -> String {
    let union = &comparing.pair.union;
    let name = comparing.name_of(thing);
    let words = match thing {
        Thing::Node(node) => {
            let growth = union.growth(node);
            let lines = match (union.model.node(node).kind, growth) {
                (NodeKind::Item(_) | NodeKind::Package | NodeKind::Workspace, _) | (_, 0) => String::new(),
                (_, more) if more > 0 => format!(", {more} lines more"),
                (_, less) => format!(", {} lines less", -less),
            };
            let was = union.was(node).map_or(String::new(), |was| format!(", was {was}"));
            format!("{}{was}{lines}", union.fate(node).word())
        }
        Thing::Boundary { boundary, .. } => union.fate_of_boundary(boundary).word().to_owned(),
        Thing::Edge { from, to } => {
            let count = |side| references_of(comparing, from, to, side).len();
            match (count(Side::Before), count(Side::After)) {
                (before, after) if before == after => counted(after as u64, "reference", "references"),
                (0, after) => format!("added with {}", counted(after as u64, "reference", "references")),
                (before, 0) => format!("removed, {} before", counted(before as u64, "reference", "references")),
                (before, after) => format!("{before} references before, {after} after"),
            }
        }
    };
    format!("{name}: {words}")
}

/// The references of one revision from one place to another.
fn references_of(comparing: &Comparing, from: Place, to: Place, side: Side) -> Vec<ReferenceId> {
    let (map, union) = (&comparing.compared.map, &comparing.pair.union);
    let with_tests = comparing.view.filter.tests;
    if let (Place::Node(from), Place::Node(to)) = (from, to) {
        // Both may be in one closed box, where the picture has no edge.
        let model = &union.model;
        let is_between = |id: &EdgeId| {
            let edge = model.edge(*id);
            model.is_within(edge.from, from) && model.is_within(edge.to, to)
        };
        return union.references_at(model.edge_ids().filter(is_between), side, with_tests);
    }
    let Some((from, to)) = map.cut.box_at(from).zip(map.cut.box_at(to)) else { return Vec::new() };
    // An open box has its edges within.
    let edges = map.edges.iter().filter(|edge| map.is_within(edge.from, from) && map.is_within(edge.to, to));
    union.references_at(edges.flat_map(|edge| edge.edges.iter().copied()), side, with_tests)
}

/// What came and what went, with its line; what is at both is only counted.
fn references(ui: &mut Ui, comparing: &Comparing, from: Place, to: Place, actions: &mut Actions) {
    let pair = &comparing.pair;
    let [before, after] = Side::BOTH.map(|side| references_of(comparing, from, to, side));
    let (gone, come) = pair.union.unlike(&before, &after);
    let kept = after.len() - come.len();
    let all = come.iter().map(|id| (Side::After, *id)).chain(gone.iter().map(|id| (Side::Before, *id)));
    for (side, id) in all.take(MOST_REFERENCES) {
        let reference = pair.union.model.reference(id);
        let place = pair.union.place(reference);
        let at = LineColumn { line: reference.line, column: reference.column };
        let fate = if side == Side::After { Fate::Added } else { Fate::Removed };
        let revision = pair.of(side);
        ui.horizontal(|ui| {
            ui.label(text(ui, fate.sign(), Face::SemiBold, TextSize::Small, role(fate)));
            let spot = Spot::new(place.file.as_str(), Some(at));
            match revision.analysis.commit.is_none() {
                true => drop(place_link(ui, &spot, actions)),
                // There is no file on disk that says this.
                false => {
                    let said = text(ui, spot.to_string(), Face::Mono, TextSize::Caption, Role::TextWeak);
                    ui.add(egui::Label::new(said).truncate());
                }
            }
        });
        let sources = &revision.analysis.sources;
        if let Some(file) = sources.find(&place.file) {
            let line = sources.file(file).line_text(reference.line).trim().to_owned();
            let line = text(ui, line, Face::Mono, TextSize::Caption, Role::Text);
            ui.add(egui::Label::new(line).truncate());
        }
    }
    let more = (come.len() + gone.len()).saturating_sub(MOST_REFERENCES);
    let mut said: Vec<String> = Vec::new();
    if more > 0 {
        said.push(format!("{more} more came or went"));
    }
    if kept > 0 {
        said.push(format!("{} as before", counted(kept as u64, "reference", "references")));
    }
    if !said.is_empty() {
        ui.label(text(ui, said.join("; "), Face::Regular, TextSize::Small, Role::TextWeak));
    }
}
