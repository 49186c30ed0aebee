//! What the groups lead to: whether `check` would pass, and what a first baseline would accept.
//!
//! In: groups that are judged.  Out: words.  Not here: judging.

use std::collections::BTreeMap;

use egui::Ui;
use egui_material_icons::icons;

use crate::app::action::Actions;
use crate::app::sketched::Laid;
use crate::app::style;
use crate::app::widgets::{counted, icon, number, prose, text};
use crate::theme::{Face, Role, TextSize, radius};

/// So many rules are named.
const MOST: usize = 4;

pub(super) fn ui(ui: &mut Ui, laid: &Laid, is_pending: bool, _actions: &mut Actions) {
    ui.add_space(6.0);
    let accepted = laid.baseline.entries.len();
    let (ground, role) = match laid.rings.len() {
        0 => (Role::SuccessFill, Role::Success),
        _ => (Role::WarningFill, Role::Warning),
    };
    egui::Frame::new()
        .fill(style::color(ui, ground))
        .corner_radius(radius::LARGE)
        .inner_margin(egui::Margin::symmetric(12, 9))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 3.0;
            ui.horizontal(|ui| {
                let sign = if laid.rings.is_empty() { icons::ICON_CHECK_CIRCLE } else { icons::ICON_WARNING };
                ui.label(icon(ui, sign, 18.0, role));
                let said = match accepted {
                    0 => "`check` would pass as it is".to_owned(),
                    _ => format!(
                        "`check` would pass with {} accepted",
                        counted(accepted as u64, "violation", "violations")
                    ),
                };
                prose(ui, &said, Face::SemiBold, TextSize::Body);
                if is_pending {
                    ui.label(text(ui, "Judging…", Face::Regular, TextSize::Small, Role::TextWeak));
                }
            });
            for said in sentences(laid) {
                prose(ui, &said, Face::Regular, TextSize::Small);
            }
        });
}

fn sentences(laid: &Laid) -> Vec<String> {
    let mut said = Vec::new();
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &laid.baseline.entries {
        *rules.entry(&entry.rule).or_default() += 1;
    }
    let mut rules: Vec<(&str, usize)> = rules.into_iter().collect();
    rules.sort_by_key(|(rule, count)| (std::cmp::Reverse(*count), *rule));
    if !rules.is_empty() {
        let named: Vec<String> =
            rules.iter().take(MOST).map(|(rule, count)| format!("{} `{rule}`", number(*count as u64))).collect();
        let more = if rules.len() > MOST { " and others" } else { "" };
        said.push(format!("riprap.baseline would accept {}{more}.", named.join(", ")));
    }
    said.extend(laid.rings.iter().map(|ring| {
        let named: Vec<String> = ring.iter().take(MOST).map(|name| format!("`{name}`")).collect();
        let more = ring.len().saturating_sub(MOST);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("In a ring: {}{more} depend on each other in a circle.", named.join(", "))
    }));
    said.push(match laid.layers.len() {
        0 => "No layers follow from what uses what.".to_owned(),
        _ => format!("Layers: {}.", laid.layers.join(", ")),
    });
    let text_lines = counted(laid.text.lines().count() as u64, "line", "lines");
    said.push(match laid.lines_left_out {
        0 => format!("All code is in a group.  riprap.toml has {text_lines}."),
        lines => format!("{} of code in no group.  riprap.toml has {text_lines}.", counted(lines, "line", "lines")),
    });
    said
}
