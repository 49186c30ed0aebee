//! What lines, marks and colours of a picture mean, beside or over it.
//!
//! In: a legend that `scene` drew.  Out: the same, painted, and told to those who do not see it.

use egui::{Rect, Sense, Ui, vec2};

use crate::app::canvas::camera::Camera;
use crate::app::canvas::paint;
use crate::app::canvas::picture::Picture;
use crate::app::style;

/// In the lower left corner of a canvas.
pub(super) fn legend_of(ui: &Ui, canvas: Rect, legend: &Picture, meanings: &[&str]) {
    let bounds = legend.scene.bounds;
    let size = vec2(bounds.width(), bounds.height());
    let at = Rect::from_min_size(canvas.left_bottom() + vec2(12.0, -12.0 - size.y), size);
    paint_legend(ui, at, legend, &meanings.join("; "));
}

/// `meanings`: for those who do not see it.
pub(super) fn paint_legend(ui: &Ui, at: Rect, legend: &Picture, meanings: &str) {
    let response = ui.interact(at, ui.scope_id().with("legend"), Sense::hover());
    let said = format!("Legend: {meanings}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &said));
    let camera = Camera::still(at, legend.scene.bounds.center());
    let theme = style::theme_of(ui.visuals());
    paint::paint(legend, &camera, theme, None, &ui.painter_at(at.expand(1.0)));
}
