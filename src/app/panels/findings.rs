//! The list of findings: what is worth knowing, what fixing it buys, and where it is.
//!
//! In: the findings of the document.  Out: requests to visit and to dismiss.  Not here: which findings there are.

use egui::{Button, ScrollArea, Ui};
use egui_material_icons::icons;

use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::spot::Spot;
use crate::app::state::{Document, State};
use crate::app::style;
use crate::app::widgets::{
    badge, command_button, counted, empty_state, icon, place_link, prose, prose_on_button, sentence, text,
};
use crate::findings::Finding;
use crate::source::LineColumn;
use crate::theme::{Face, Role, TextSize, radius};

pub(super) use crate::app::finding::shown;

pub(super) fn show(ui: &mut Ui, document: &Document, state: &State, actions: &mut Actions) {
    let (Some(findings), Some(shown)) = (&document.findings, shown(document, state)) else {
        empty_state(ui, icons::ICON_HOURGLASS_EMPTY, "Looking for findings", "They are read out of the whole code");
        return;
    };
    let configured = document.analysis.verdict.configured;
    let explained = match configured {
        true => "Worth knowing beside what the rules say",
        false => "What the compiler allows and an architect would want to know, what buys most first",
    };
    ui.label(text(ui, explained, Face::Regular, TextSize::Small, Role::TextWeak));
    ui.add_space(4.0);
    if !configured {
        command_button(ui, Command::SketchBoundaries, true, state, actions);
        ui.add_space(4.0);
    }
    let dismissed = findings.len() - shown.len();
    if shown.is_empty() {
        let detail = if dismissed == 0 { "No finding is left in this code" } else { "All findings were dismissed" };
        empty_state(ui, icons::ICON_CHECK_CIRCLE, "Nothing to tell", detail);
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for index in shown {
            card(ui, document, index, &findings[index], actions);
            ui.add_space(6.0);
        }
        if dismissed > 0 {
            let label = format!("Bring back {}", counted(dismissed as u64, "dismissed finding", "dismissed findings"));
            if ui.button(label).clicked() {
                actions.push(Action::RestoreFindings);
            }
        }
    });
}

/// The title; in full once it is chosen.
fn card(ui: &mut Ui, document: &Document, index: usize, finding: &Finding, actions: &mut Actions) {
    let is_chosen = document.finding == Some(index);
    let fill = if is_chosen { Role::AccentMuted } else { Role::Raised };
    let frame = egui::Frame::new()
        .fill(style::color(ui, fill))
        .corner_radius(radius::LARGE)
        .inner_margin(egui::Margin::symmetric(10, 8));
    // The card is told before what is in it: buttons on it are hit first.
    let card = ui.scope_builder(egui::UiBuilder::new().id_salt(("finding", index)).sense(egui::Sense::click()), |ui| {
        frame.show(ui, |ui| contents(ui, document, finding, is_chosen, actions));
    });
    let response = card.response;
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_chosen, &finding.title));
    if response.clicked() {
        actions.push(Action::VisitFinding(index));
    }
}

fn contents(ui: &mut Ui, document: &Document, finding: &Finding, is_chosen: bool, actions: &mut Actions) {
    ui.set_width(ui.available_width());
    ui.horizontal(|ui| {
        badge(ui, finding.kind.word(), Role::Panel, Role::TextWeak);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let dismiss = Button::new(icon(ui, icons::ICON_CLOSE, 14.0, Role::TextWeak)).frame(false);
            let dismiss = ui.add(dismiss).on_hover_text("Dismiss: do not show this finding again");
            if dismiss.accessible_name(format!("Dismiss {}", finding.title)).clicked() {
                actions.push(Action::DismissFinding(finding.identity(&document.analysis.model)));
            }
        });
    });
    prose_on_button(ui, &sentence(&finding.title), Face::Medium, TextSize::Body);
    if is_chosen {
        in_full(ui, finding, actions);
    } else {
        ui.label(text(ui, format!("Buys {}", finding.buys), Face::Regular, TextSize::Small, Role::TextWeak));
    }
}

fn in_full(ui: &mut Ui, finding: &Finding, actions: &mut Actions) {
    for detail in &finding.details {
        prose(ui, detail, Face::Regular, TextSize::Small);
    }
    ui.add_space(2.0);
    prose(ui, &format!("Buys {}", finding.buys), Face::Regular, TextSize::Small);
    if !finding.advice.is_empty() {
        prose(ui, &sentence(&finding.advice), Face::Regular, TextSize::Small);
    }
    if let Some(place) = &finding.place {
        let at = LineColumn { line: place.line, column: 1 };
        place_link(ui, &Spot::new(place.path.as_str(), Some(at)), actions);
    }
}
