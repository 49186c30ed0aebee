//! One line of a list: a name, where it is, and a number at the end.
//!
//! In: texts.  Out: a response over the whole width.  Not here: lists.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, Response, Role as AccessRole, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::style;
use crate::theme::{Face, Role, TextSize, radius};
use crate::verdict::Standing;

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
    /// A small mark before the name.
    pub(crate) mark: Option<Mark>,
    pub(crate) selected: bool,
    /// Indented this many steps.
    pub(crate) depth: u8,
}

/// What stands before a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Dot(Role),
    /// What is broken, in the signs of the map.
    Broken(Standing),
    /// What was broken and is not any more.
    Fixed,
    /// Of a head: whether what is below it is hidden.
    Folded(bool),
    /// A sign in a colour, such as `+` for what was added.
    Sign(&'static str, Role),
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
    if let Some(mark) = row.mark {
        paint_mark(ui, pos2(left + 3.0, rect.center().y), mark);
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

fn paint_mark(ui: &Ui, center: egui::Pos2, mark: Mark) {
    let painter = ui.painter();
    let stroke = |role| egui::Stroke::new(1.5, style::color(ui, role));
    let diamond = |radius: f32, fill, stroke| {
        let corners = [vec2(0.0, -radius), vec2(radius, 0.0), vec2(0.0, radius), vec2(-radius, 0.0)];
        egui::Shape::convex_polygon(corners.map(|by| center + by).to_vec(), fill, stroke)
    };
    match mark {
        Mark::Dot(role) => {
            painter.circle_filled(center, 3.5, style::color(ui, role));
        }
        Mark::Folded(folded) => {
            let points =
                if folded { [(-2.0, -4.0), (2.5, 0.0), (-2.0, 4.0)] } else { [(-4.0, -2.0), (0.0, 2.5), (4.0, -2.0)] };
            let points = points.map(|(x, y)| center + vec2(x, y)).to_vec();
            painter.add(egui::Shape::line(points, stroke(Role::TextWeak)));
        }
        Mark::Sign(sign, role) => {
            let font = style::font(Face::SemiBold, TextSize::Body);
            painter.text(center, Align2::CENTER_CENTER, sign, font, style::color(ui, role));
        }
        Mark::Broken(Standing::Denied) => {
            painter.add(diamond(5.0, style::color(ui, Role::Violation), egui::Stroke::NONE));
        }
        Mark::Broken(Standing::Warned) => {
            painter.add(diamond(4.5, egui::Color32::TRANSPARENT, stroke(Role::Violation)));
        }
        Mark::Broken(Standing::Accepted) | Mark::Fixed => {
            let tick = [vec2(-4.0, 0.0), vec2(-1.2, 3.0), vec2(4.0, -3.5)].map(|by| center + by).to_vec();
            let role = if mark == Mark::Fixed { Role::Success } else { Role::TextWeak };
            painter.add(egui::Shape::line(tick, stroke(role)));
        }
    }
}
