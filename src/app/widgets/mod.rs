//! The few parts that panels are built from, so that they look alike everywhere.
//!
//! In: texts, roles, a command.  Out: egui responses.  Not here: anything that knows a model.

mod command;
mod place;
mod row;
mod view;

pub(crate) use command::{command_button, command_menu_item, icon_command};
pub(crate) use place::{place_buttons, place_link, place_menu};
pub(crate) use row::{Mark, Row, row};
pub(crate) use view::sign_of;

use egui::text::{LayoutJob, TextFormat};
use egui::{RichText, Ui, vec2};
use egui_material_icons::MaterialIcon;

use super::style;
pub(crate) use crate::scene::number::grouped as number;
use crate::theme::{Face, Role, TextSize, radius};

/// Text of a face, size and role.
pub(crate) fn text(ui: &Ui, text: impl Into<String>, face: Face, size: TextSize, role: Role) -> RichText {
    RichText::new(text).font(style::font(face, size)).color(style::color(ui, role))
}

/// A message with its code, between backticks, in the face of code; wraps.
pub(crate) fn prose(ui: &mut Ui, message: &str, face: Face, size: TextSize) {
    let job = with_code(ui, message, face, size);
    ui.add(egui::Label::new(job).wrap().selectable(true));
}

/// The same on something that is clicked as a whole: the text lets the click through.
pub(crate) fn prose_on_button(ui: &mut Ui, message: &str, face: Face, size: TextSize) {
    let job = with_code(ui, message, face, size);
    ui.add(egui::Label::new(job).wrap().selectable(false));
}

fn with_code(ui: &Ui, message: &str, face: Face, size: TextSize) -> LayoutJob {
    let mut job = LayoutJob::default();
    for (index, part) in message.split('`').enumerate() {
        let is_code = index % 2 == 1;
        let font_id = if is_code {
            egui::FontId::new(size.points() - 0.5, style::family(Face::Mono))
        } else {
            style::font(face, size)
        };
        let color = style::color(ui, if is_code { Role::TextStrong } else { Role::Text });
        job.append(part, 0.0, TextFormat { font_id, color, valign: egui::Align::Center, ..Default::default() });
    }
    job
}

/// With a capital at its beginning, as all text of the window; the name of a file stays as it is.
pub(crate) fn sentence(text: &str) -> String {
    if text.split_whitespace().next().is_some_and(|word| word.trim_end_matches(['.', ':']).contains('.')) {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// An icon in a role's colour.
pub(crate) fn icon(ui: &Ui, icon: MaterialIcon, size: f32, role: Role) -> RichText {
    icon.rich_text().size(size).color(style::color(ui, role))
}

/// The head of a part of a panel, with a count where there is one.
pub(crate) fn section(ui: &mut Ui, title: &str, count: Option<usize>) {
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        ui.label(text(ui, title, Face::SemiBold, TextSize::Small, Role::TextStrong));
        if let Some(count) = count {
            ui.label(text(ui, number(count as u64), Face::Regular, TextSize::Small, Role::TextWeak));
        }
    });
    ui.add_space(2.0);
}

/// What a panel shows while it has nothing to show: never an empty area.
pub(crate) fn empty_state(ui: &mut Ui, sign: MaterialIcon, title: &str, detail: &str) {
    ui.add_space(ui.available_height().min(220.0) * 0.3);
    ui.vertical_centered(|ui| {
        ui.label(icon(ui, sign, 30.0, Role::TextDisabled));
        ui.add_space(6.0);
        ui.label(text(ui, title, Face::SemiBold, TextSize::Body, Role::Text));
        ui.set_max_width(ui.available_width().min(280.0));
        ui.label(text(ui, detail, Face::Regular, TextSize::Small, Role::TextWeak));
    });
}

/// A word on a tinted ground.
pub(crate) fn badge(ui: &mut Ui, label: &str, ground: Role, letters: Role) -> egui::Response {
    let font = style::font(Face::Medium, TextSize::Caption);
    let galley = ui.painter().layout_no_wrap(label.to_owned(), font, style::color(ui, letters));
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(12.0, 4.0), egui::Sense::hover());
    ui.painter().rect_filled(rect, radius::SMALL, style::color(ui, ground));
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, style::color(ui, letters));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, label));
    response
}

/// As wide as the longest name of a fact.
const FACT_NAME_PTS: f32 = 80.0;

/// A name and its value, the names as wide as each other.
pub(crate) fn fact(ui: &mut Ui, name: &str, add_value: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        let left = ui.cursor().left();
        ui.label(text(ui, name, Face::Regular, TextSize::Small, Role::TextWeak));
        ui.add_space((left + FACT_NAME_PTS - ui.cursor().left()).max(0.0));
        add_value(ui);
    });
}

/// `1 module`, `2 modules`.
pub(crate) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_has_a_capital_and_the_name_of_a_file_has_not() {
        assert_eq!(sentence("did you mean `style`?"), "Did you mean `style`?");
        assert_eq!(sentence("no. that is all"), "No. that is all");
        assert_eq!(sentence("riprap.toml is not valid TOML"), "riprap.toml is not valid TOML");
        assert_eq!(sentence(""), "");
    }

    #[test]
    fn large_numbers_are_grouped() {
        assert_eq!(number(7), "7");
        assert_eq!(number(1234), "1\u{2009}234");
        assert_eq!(number(1_234_567), "1\u{2009}234\u{2009}567");
        assert_eq!(counted(1, "edge", "edges"), "1 edge");
        assert_eq!(counted(0, "edge", "edges"), "0 edges");
    }
}
