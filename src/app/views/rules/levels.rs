//! Every rule with its level, which can be chosen, and what it finds now and under the draft.
//!
//! In: the outcome of a draft.  Out: requests to set a level in its text.  Not here: how that is written (`crate::edit`).

use egui::{Align, ComboBox, Layout, Ui, vec2};

use crate::app::action::{Action, Actions};
use crate::app::outcome::{Outcome, RuleOutcome};
use crate::app::widgets::{number, text};
use crate::rules;
use crate::theme::{Face, Role, TextSize};
use crate::verdict::Level;

const LEVEL_PTS: f32 = 90.0;
const COUNT_PTS: f32 = 40.0;
const ROW_PTS: f32 = 28.0;

/// `is_sound`: the draft can be judged.
pub(super) fn levels(ui: &mut Ui, outcome: &Outcome, is_sound: bool, actions: &mut Actions) {
    ui.add_space(10.0);
    ui.spacing_mut().item_spacing = vec2(8.0, 2.0);
    line(ui, |ui| {
        cell(ui, COUNT_PTS, |ui| head(ui, "draft"));
        cell(ui, COUNT_PTS, |ui| head(ui, "now"));
        ui.allocate_ui_with_layout(vec2(LEVEL_PTS, ROW_PTS), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(LEVEL_PTS);
            head(ui, "level");
        });
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.label(text(ui, "Rules", Face::SemiBold, TextSize::Small, Role::TextStrong));
        });
    });
    for rule in &outcome.rules {
        line(ui, |ui| {
            let then = if is_sound { rule.then } else { None };
            let role = match (is_sound && rule.now != rule.then, then) {
                (true, _) => Role::TextStrong,
                (false, None | Some(0)) => Role::TextWeak,
                (false, Some(_)) => Role::Text,
            };
            cell(ui, COUNT_PTS, |ui| count(ui, then, role));
            cell(ui, COUNT_PTS, |ui| count(ui, rule.now, Role::TextWeak));
            ui.add_enabled_ui(is_sound, |ui| picker(ui, rule, actions));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| name(ui, rule));
        });
    }
}

/// From the right, so that the numbers stand below each other whatever the width.
fn line(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), ROW_PTS);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), add);
}

fn cell(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(width, ROW_PTS), Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_width(width);
        add(ui);
    });
}

fn head(ui: &mut Ui, word: &str) {
    ui.label(text(ui, word, Face::Regular, TextSize::Small, Role::TextWeak));
}

fn count(ui: &mut Ui, count: Option<usize>, role: Role) {
    let said = count.map_or_else(|| "–".to_owned(), |count| number(count as u64));
    let face = if role == Role::TextStrong { Face::SemiBold } else { Face::Regular };
    ui.label(text(ui, said, face, TextSize::Small, role));
}

fn name(ui: &mut Ui, rule: &RuleOutcome) {
    let role = if rule.level == Level::Off { Role::TextWeak } else { Role::TextStrong };
    let label = egui::Label::new(text(ui, rule.rule, Face::Medium, TextSize::Body, role)).truncate();
    let about = rules::find(rule.rule).map(|rule| rule.summary).unwrap_or_default();
    ui.add(label).on_hover_text(about);
    if let Some(date) = rule.deny_from {
        ui.label(text(ui, format!("denies from {date}"), Face::Regular, TextSize::Small, Role::TextWeak));
    }
}

fn picker(ui: &mut Ui, rule: &RuleOutcome, actions: &mut Actions) {
    let role = if rule.is_set { Role::TextStrong } else { Role::Text };
    let chosen = text(ui, rule.level.word(), Face::Medium, TextSize::Small, role);
    let mut choice = None;
    let shown = ComboBox::from_id_salt(("level", rule.rule)).width(LEVEL_PTS).selected_text(chosen).show_ui(ui, |ui| {
        for level in Level::ALL {
            if ui.selectable_label(rule.is_set && rule.level == level, level.word()).clicked() {
                choice = Some(Some(level));
            }
        }
        let style = format!("as the style says ({})", rule.preset.word());
        if ui.selectable_label(!rule.is_set, style).clicked() {
            choice = Some(None);
        }
    });
    shown.response.accessible_name(format!("Level of {}: {}", rule.rule, rule.level.word()));
    if let Some(level) = choice {
        actions.push(Action::SetLevel(rule.rule, level));
    }
}
