//! What was just done or failed, in words over the lower edge of the map.
//!
//! In: the notice.  Out: requests to dismiss it, or to do what helps.

use egui::{Align2, Area, Button, Id, Order, Rect, Ui, vec2};
use egui_material_icons::icons;

use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::notice::Notice;
use crate::app::state::State;
use crate::app::style;
use crate::app::widgets::{icon, prose, text};
use crate::theme::{Face, Role, TextSize, line, radius};

/// As wide as what stands in the corners of the map, in points.
const CORNER: f32 = 215.0;

/// As high as what is said of gathered boxes, in points.
const BAR: f32 = 50.0;

pub(crate) fn show(ui: &Ui, canvas: Rect, state: &State, now: f64, actions: &mut Actions) {
    let Some(notice) = &state.notice else { return };
    if let Some(until) = notice.until {
        if now > until {
            actions.push(Action::DismissNotice);
            return;
        }
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64((until - now).max(0.01)));
    }
    // The legend and the buttons in both corners stay in sight.
    let width = (canvas.width() - 2.0 * CORNER).clamp(240.0, 560.0);
    let is_bar_there = state.document.as_ref().is_some_and(|it| !it.gathered.is_empty() || it.lasso.armed);
    let bottom = if is_bar_there { 14.0 + BAR } else { 14.0 };
    Area::new(Id::unique("notice"))
        .order(Order::Foreground)
        .pivot(Align2::CENTER_BOTTOM)
        .fixed_pos(canvas.center_bottom() - vec2(0.0, bottom))
        .constrain_to(canvas.shrink(4.0))
        .show(ui.ctx(), |ui| {
            let (stroke, sign, role) = match notice.failed {
                true => (Role::Error, icons::ICON_ERROR, Role::Error),
                false => (Role::Separator, icons::ICON_CHECK, Role::Success),
            };
            egui::Frame::popup(ui.style())
                .fill(style::color(ui, Role::Raised))
                .stroke(egui::Stroke::new(line::HAIR, style::color(ui, stroke)))
                .corner_radius(radius::LARGE)
                .inner_margin(egui::Margin::symmetric(12, 8))
                .show(ui, |ui| {
                    ui.set_max_width(width);
                    ui.horizontal(|ui| {
                        ui.label(icon(ui, sign, 16.0, role));
                        ui.vertical(|ui| {
                            ui.set_max_width(width - 70.0);
                            prose(ui, &notice.said, Face::Regular, TextSize::Small);
                            offers(ui, notice, state, actions);
                        });
                        let close = icon(ui, icons::ICON_CLOSE, 14.0, Role::TextWeak);
                        let close = ui.add(Button::new(close).frame_when_inactive(false));
                        if close.accessible_name("Dismiss").on_hover_text("Dismiss").clicked() {
                            actions.push(Action::DismissNotice);
                        }
                    });
                });
        });
}

fn offers(ui: &mut Ui, notice: &Notice, state: &State, actions: &mut Actions) {
    let possible: Vec<Command> = notice.offers.iter().copied().filter(|command| command.is_enabled(state)).collect();
    if possible.is_empty() {
        return;
    }
    ui.horizontal(|ui| {
        for command in possible {
            let label = text(ui, command.label(), Face::Medium, TextSize::Small, Role::Text);
            if ui.add(Button::new(label)).on_hover_text(command.tooltip()).clicked() {
                actions.run(command);
            }
        }
    });
}
