//! One line of a list: a name, where it is, and a number at the end.
//!
//! In: texts.  Out: a response over the whole width.  Not here: lists.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, Response, Role as AccessRole, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::style;
use crate::theme::{Face, Role, TextSize, radius};

/// What a line says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row<'a> {
    /// What a screen reader says; the visible text where empty.
    pub(crate) spoken: &'a str,
    pub(crate) name: &'a str,
    /// Beside the name, weaker.
    pub(crate) detail: &'a str,
    /// At the end of the line.
    pub(crate) end: &'a str,
    /// A small mark before the name: a role for its colour and `true` for a pointed one.
    pub(crate) mark: Option<(Role, bool)>,
    pub(crate) selected: bool,
    /// Indented this many steps.
    pub(crate) depth: u8,
}

const HEIGHT: f32 = 26.0;

pub(crate) fn row(ui: &mut Ui, row: &Row<'_>) -> Response {
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::click());
    response.widget_info(|| {
        let visible = [row.name, row.detail, row.end].map(str::trim).join(" ");
        let spoken = if row.spoken.is_empty() { visible.trim() } else { row.spoken };
        WidgetInfo::selected(AccessRole::Button, true, row.selected, spoken)
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let painter = ui.painter();
    let ground = if row.selected {
        Some(Role::AccentMuted)
    } else if response.hovered() {
        Some(Role::HoverFill)
    } else {
        None
    };
    if let Some(ground) = ground {
        painter.rect_filled(rect, radius::MEDIUM, style::color(ui, ground));
    }
    if response.has_focus() {
        let ring = egui::Stroke::new(1.5, style::color(ui, Role::FocusRing));
        painter.rect_stroke(rect, radius::MEDIUM, ring, egui::StrokeKind::Inside);
    }
    let mut left = rect.left() + 8.0 + 14.0 * f32::from(row.depth);
    if let Some((role, pointed)) = row.mark {
        paint_mark(ui, pos2(left + 3.0, rect.center().y), role, pointed);
        left += 14.0;
    }
    let end = painter.text(
        pos2(rect.right() - 8.0, rect.center().y),
        Align2::RIGHT_CENTER,
        row.end,
        style::font(Face::Regular, TextSize::Small),
        style::color(ui, Role::TextWeak),
    );
    let room = (end.left() - 10.0 - left).max(0.0);
    let format = |face, size, role| TextFormat {
        font_id: style::font(face, size),
        color: style::color(ui, role),
        valign: egui::Align::Center,
        ..Default::default()
    };
    let mut job = LayoutJob::default();
    job.append(row.name, 0.0, format(Face::Medium, TextSize::Body, Role::TextStrong));
    if !row.detail.is_empty() {
        job.append(row.detail, 8.0, format(Face::Regular, TextSize::Small, Role::TextWeak));
    }
    job.wrap = TextWrapping::truncate_at_width(room);
    let galley = painter.layout_job(job);
    let elided = galley.elided;
    painter.galley(pos2(left, rect.center().y - galley.size().y / 2.0), galley, style::color(ui, Role::Text));
    if elided {
        return response.on_hover_text(format!("{} {}", row.name, row.detail));
    }
    response
}

fn paint_mark(ui: &Ui, center: egui::Pos2, role: Role, pointed: bool) {
    let color = style::color(ui, role);
    if pointed {
        let corners = [vec2(0.0, -5.0), vec2(5.0, 0.0), vec2(0.0, 5.0), vec2(-5.0, 0.0)].map(|by| center + by).to_vec();
        ui.painter().add(egui::Shape::convex_polygon(corners, color, egui::Stroke::NONE));
    } else {
        ui.painter().circle_filled(center, 3.5, color);
    }
}
