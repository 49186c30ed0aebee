//! The tiles: each view in its own, with a header to move and close it by.  One tile alone has no header.
//!
//! In: where the tiles are.  Out: the views, and requests.  Sizes and places follow the hand within the frame; what follows
//! from that is asked for.  Not here: what is in a view, and what follows (`splitting`).

use egui::{Align2, CursorIcon, DragAndDrop, Id, Rect, Response, Sense, Stroke, Ui, Visuals, WidgetText, pos2, vec2};
use egui_material_icons::icons;
use egui_tiles::{Behavior, EditAction, ResizeState, SimplificationOptions, TabState, TileId, UiResponse};

use super::{compare, map, rules, sketch, timeline, whatif};
use crate::app::action::{Action, Actions};
use crate::app::pane::Pane;
use crate::app::state::State;
use crate::app::style;
use crate::app::tiles::{Edge, OnTiles, SIMPLIFIED};
use crate::app::widgets::{icon, sign_of};
use crate::theme::{Face, Role, TextSize, line, radius};

/// As high as a target that everybody can hit, and a little air.
const HEADER_PTS: f32 = 30.0;

/// Less than this is no view.
const LEAST_PTS: f32 = 160.0;

pub(crate) fn ui(ui: &mut Ui, state: &mut State, actions: &mut Actions) {
    let area = ui.available_rect_before_wrap();
    if state.presenting || state.tiles.is_single() {
        let pane = state.tiles.focused;
        view(ui, pane, state, actions);
        drop_zone(ui, &[(pane, area)], actions);
        return;
    }
    // Views ask where the others are while they are drawn.
    let mut tree = state.tiles.tree.clone();
    let mut desk = Desk { state, actions, moved: false };
    tree.ui(&mut desk, ui);
    let moved = desk.moved;
    let panes = state.tiles.in_sight().into_iter();
    let rect = |pane: Pane| Some((pane, tree.tiles.rect(tree.tiles.find_pane(&pane)?)?));
    let panes: Vec<(Pane, Rect)> = panes.filter_map(rect).collect();
    state.tiles.tree = tree;
    if moved {
        actions.push(Action::Tiles(OnTiles::Moved));
    }
    drop_zone(ui, &panes, actions);
}

fn view(ui: &mut Ui, pane: Pane, state: &mut State, actions: &mut Actions) {
    match pane {
        Pane::Canvas(drawing) => {
            let Some(document) = &mut state.document else { return };
            if document.canvas.drawing == drawing {
                map::ui(ui, state, true, actions);
            } else if let Some(index) = document.beside.iter().position(|canvas| canvas.drawing == drawing) {
                document.swap_canvas(index);
                map::ui(ui, state, false, actions);
                if let Some(document) = &mut state.document {
                    document.swap_canvas(index);
                }
            }
        }
        Pane::Compare => compare::ui(ui, state, actions),
        Pane::Rules => rules::ui(ui, state, actions),
        Pane::Timeline => timeline::ui(ui, state, actions),
        Pane::WhatIf => whatif::ui(ui, state, actions),
        Pane::Sketch => sketch::ui(ui, state, actions),
    }
}

struct Desk<'a> {
    state: &'a mut State,
    actions: &'a mut Actions,
    moved: bool,
}

impl Behavior<Pane> for Desk<'_> {
    fn pane_ui(&mut self, ui: &mut Ui, _: TileId, pane: &mut Pane) -> UiResponse {
        let is_pressed = ui.input(|input| input.pointer.any_pressed());
        if is_pressed && *pane != self.state.tiles.focused && ui.rect_contains_pointer(ui.max_rect()) {
            self.actions.push(Action::Tiles(OnTiles::Focus(*pane)));
        }
        view(ui, *pane, self.state, self.actions);
        UiResponse::None
    }

    fn tab_title_for_pane(&mut self, pane: &Pane) -> WidgetText {
        pane.name().into()
    }

    fn tab_ui(
        &mut self,
        tiles: &mut egui_tiles::Tiles<Pane>,
        ui: &mut Ui,
        id: Id,
        tile: TileId,
        tab: &TabState,
    ) -> Response {
        let Some(pane) = tiles.get_pane(&tile).copied() else {
            return ui.interact(Rect::NOTHING, id, Sense::hover());
        };
        let is_focused = tab.active && pane == self.state.tiles.focused;
        let role = match (is_focused, tab.active) {
            (true, _) => Role::TextStrong,
            (false, true) => Role::Text,
            (false, false) => Role::TextWeak,
        };
        let color = style::color(ui, role);
        let sign = sign_of(pane);
        let sign_font = egui::FontId::new(15.0, egui::FontFamily::Name(egui_material_icons::FONT_FAMILY.into()));
        let sign = ui.painter().layout_no_wrap(sign.codepoint.to_owned(), sign_font, color);
        let name =
            ui.painter().layout_no_wrap(pane.name().to_owned(), style::font(Face::Medium, TextSize::Body), color);
        let width = sign.size().x + name.size().x + 6.0 + 2.0 * 10.0;
        let (_, rect) = ui.allocate_space(vec2(width, ui.available_height()));
        let response = ui.interact(rect, id, Sense::click_and_drag()).on_hover_cursor(CursorIcon::Grab);
        let said = format!("Tile: {}", pane.name());
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_focused, &said));
        if !tab.is_being_dragged {
            let painter = ui.painter();
            let at = pos2(rect.left() + 10.0, rect.center().y - sign.size().y / 2.0);
            let name_at = pos2(at.x + sign.size().x + 6.0, rect.center().y - name.size().y / 2.0);
            painter.galley(at, sign, color);
            painter.galley(name_at, name, color);
            if is_focused {
                let under = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 2.0), rect.right_bottom());
                painter.rect_filled(under, 0.0, style::color(ui, Role::Accent));
            }
            if response.has_focus() {
                let ring = Stroke::new(line::MEDIUM, style::color(ui, Role::FocusRing));
                painter.rect_stroke(rect.shrink(1.0), radius::SMALL, ring, egui::StrokeKind::Inside);
            }
        }
        if response.clicked() || response.drag_started() {
            self.actions.push(Action::Tiles(OnTiles::Focus(pane)));
        }
        if response.middle_clicked() {
            self.actions.push(Action::Tiles(OnTiles::Close(pane)));
        }
        response.on_hover_text("Drag it to move the view")
    }

    fn top_bar_right_ui(
        &mut self,
        tiles: &egui_tiles::Tiles<Pane>,
        ui: &mut Ui,
        _: TileId,
        tabs: &egui_tiles::Tabs,
        _: &mut f32,
    ) {
        let Some(pane) = tabs.active.and_then(|tile| tiles.get_pane(&tile)).copied() else { return };
        ui.add_space(3.0);
        let button = egui::Button::new(icon(ui, icons::ICON_CLOSE, 15.0, Role::TextWeak));
        let button = button.frame_when_inactive(false).min_size(vec2(26.0, 26.0));
        let name = format!("Close {}", pane.name());
        if ui.add(button).accessible_name(&name).on_hover_text(name).clicked() {
            self.actions.push(Action::Tiles(OnTiles::Close(pane)));
        }
    }

    fn drag_ui(&mut self, tiles: &egui_tiles::Tiles<Pane>, ui: &mut Ui, tile: TileId) {
        let name = tiles.get_pane(&tile).map_or("Tiles", |pane| pane.name());
        egui::Frame::popup(ui.style()).show(ui, |ui| ui.label(name));
    }

    fn tab_bar_height(&self, _: &egui::Style) -> f32 {
        HEADER_PTS
    }

    fn tab_bar_color(&self, visuals: &Visuals) -> egui::Color32 {
        visuals.panel_fill
    }

    fn gap_width(&self, _: &egui::Style) -> f32 {
        2.0
    }

    fn min_size(&self) -> f32 {
        LEAST_PTS
    }

    fn resize_stroke(&self, style: &egui::Style, resizing: ResizeState) -> Stroke {
        match resizing {
            ResizeState::Idle => Stroke::new(line::MEDIUM, style.visuals.widgets.noninteractive.bg_stroke.color),
            ResizeState::Hovering | ResizeState::Dragging => {
                Stroke::new(line::THICK, style.visuals.widgets.active.bg_stroke.color)
            }
        }
    }

    fn simplification_options(&self) -> SimplificationOptions {
        SIMPLIFIED
    }

    fn paint_drag_preview(&self, visuals: &Visuals, painter: &egui::Painter, _: Option<Rect>, at: Rect) {
        paint_preview(visuals, painter, at);
    }

    fn cycle_tabs_with_keyboard(&self) -> bool {
        false
    }

    fn on_edit(&mut self, _: EditAction) {
        self.moved = true;
    }
}

fn paint_preview(visuals: &Visuals, painter: &egui::Painter, at: Rect) {
    let stroke = Stroke::new(line::THICK, visuals.widgets.active.bg_stroke.color);
    painter.rect(
        at.shrink(2.0),
        radius::MEDIUM,
        visuals.selection.bg_fill.gamma_multiply(0.5),
        stroke,
        egui::StrokeKind::Inside,
    );
}

/// Where a view would come to lie whose tab is dragged here.
fn drop_zone(ui: &Ui, panes: &[(Pane, Rect)], actions: &mut Actions) {
    let Some(dragged) = DragAndDrop::payload::<Pane>(ui.ctx()) else { return };
    let Some(pointer) = ui.input(|input| input.pointer.interact_pos()) else { return };
    let Some((at, rect)) = panes.iter().find(|(_, rect)| rect.contains(pointer)).copied() else { return };
    if at == *dragged {
        return;
    }
    let (edge, half) = nearest_edge(rect, pointer);
    let painter = ui.ctx().layer_painter(egui::LayerId::new(egui::Order::Foreground, Id::unique("drop zone")));
    paint_preview(ui.visuals(), &painter, half);
    let font = style::font(Face::Medium, TextSize::Body);
    painter.text(half.center(), Align2::CENTER_CENTER, dragged.name(), font, style::color(ui, Role::TextStrong));
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    if ui.input(|input| input.pointer.any_released()) {
        DragAndDrop::clear_payload(ui.ctx());
        actions.push(Action::Tiles(OnTiles::Split { at, pane: *dragged, edge }));
    }
}

/// The edge that a point is nearest to, and the half of the tile at it.
fn nearest_edge(rect: Rect, point: egui::Pos2) -> (Edge, Rect) {
    let (x, y) = ((point.x - rect.left()) / rect.width(), (point.y - rect.top()) / rect.height());
    let middle = rect.center();
    let halves = [
        (x, Edge::Left, Rect::from_min_max(rect.min, pos2(middle.x, rect.max.y))),
        (1.0 - x, Edge::Right, Rect::from_min_max(pos2(middle.x, rect.min.y), rect.max)),
        (y, Edge::Above, Rect::from_min_max(rect.min, pos2(rect.max.x, middle.y))),
        (1.0 - y, Edge::Below, Rect::from_min_max(pos2(rect.min.x, middle.y), rect.max)),
    ];
    let nearest = halves.into_iter().min_by(|a, b| a.0.total_cmp(&b.0));
    nearest.map_or((Edge::Right, rect), |(_, edge, half)| (edge, half))
}
