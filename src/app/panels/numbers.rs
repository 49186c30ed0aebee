//! The numbers of one thing: a name, a value, and what it means where the pointer rests.
//!
//! In: measures.  Out: a part of the inspector.  Not here: computing them, and sizes, which the inspector shows at its
//! head.

use egui::{Align, Layout, Ui};

use crate::app::widgets::{number, section, text};
use crate::metrics::{Measure, Value};
use crate::theme::{Face, Role, TextSize};

/// What the head of the inspector says already.
const SHOWN_ABOVE: [&str; 4] = ["lines", "modules", "packages", "references"];

pub(super) fn show(ui: &mut Ui, measures: &[Measure]) {
    let mut shown = measures.iter().filter(|measure| !SHOWN_ABOVE.contains(&measure.metric.key)).peekable();
    if shown.peek().is_none() {
        return;
    }
    section(ui, "Numbers", None);
    for measure in shown {
        line(ui, measure);
    }
}

fn line(ui: &mut Ui, measure: &Measure) {
    let value = match measure.value {
        Value::Count(count) => number(count),
        Value::Ratio(ratio) => ratio.to_string(),
    };
    let response = ui.horizontal(|ui| {
        ui.label(text(ui, measure.metric.name, Face::Regular, TextSize::Small, Role::TextWeak));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(text(ui, value, Face::Mono, TextSize::Small, Role::Text));
        });
    });
    response.response.on_hover_text(measure.metric.meaning);
}
