//! What riprap could not see, by kind: an honest picture says where it is blind.
//!
//! In: the model's notes.  Out: a list.

use egui::{CollapsingHeader, ScrollArea, Ui};
use egui_material_icons::icons;

use crate::app::action::Actions;
use crate::app::spot::Spot;
use crate::app::state::Document;
use crate::app::widgets::{empty_state, number, place_link, text};
use crate::source::Note;
use crate::theme::{Face, Role, TextSize};

/// As many notes of a kind as anybody reads in a list.
const MOST_OF_A_KIND: usize = 500;

pub(crate) fn show(ui: &mut Ui, document: &Document, actions: &mut Actions) {
    let notes = &document.analysis.notes;
    if notes.is_empty() {
        empty_state(
            ui,
            icons::ICON_CHECK_CIRCLE,
            "Nothing was left out",
            "Every file was read, and every name was resolved",
        );
        return;
    }
    let explained = "What could not be seen, and may be missing from the map";
    ui.label(text(ui, explained, Face::Regular, TextSize::Small, Role::TextWeak));
    ui.add_space(4.0);
    let mut kinds: Vec<(&str, Vec<&Note>)> = Vec::new();
    for note in notes {
        match kinds.iter_mut().find(|(kind, _)| *kind == note.kind) {
            Some((_, of_kind)) => of_kind.push(note),
            None => kinds.push((note.kind, vec![note])),
        }
    }
    kinds.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(b.0)));
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for (kind, of_kind) in kinds {
            let header = format!("{}  {}", kind.replace('-', " "), number(of_kind.len() as u64));
            let header = text(ui, header, Face::SemiBold, TextSize::Body, Role::TextStrong);
            CollapsingHeader::new(header).id_salt(kind).show_unindented(ui, |ui| {
                for note in of_kind.iter().take(MOST_OF_A_KIND) {
                    place_link(ui, &Spot::new(note.path.as_str(), note.at), actions);
                    ui.label(text(ui, &note.detail, Face::Regular, TextSize::Small, Role::Text));
                    ui.add_space(3.0);
                }
                if of_kind.len() > MOST_OF_A_KIND {
                    let more = format!("and {} more", number((of_kind.len() - MOST_OF_A_KIND) as u64));
                    ui.label(text(ui, more, Face::Regular, TextSize::Small, Role::TextWeak));
                }
            });
        }
    });
}
