//! How what is shown becomes a picture: how much of it, in which format and colours, and into which file.
//!
//! In: what was chosen, and the picture as it would be.  Out: choices, and the wish to write or copy.  Not here: making the
//! picture (`portraying`).

use egui::{
    Button, Checkbox, CompletionPopup, DragValue, Grid, Id, Modal, Rect, RectAlign, Sense, Suggestion, TextEdit, Ui,
    UiBuilder, vec2,
};
use egui_material_icons::icons;

use crate::app::action::{Action, Actions};
use crate::app::canvas::camera::Camera;
use crate::app::canvas::paint;
use crate::app::command::Command;
use crate::app::pane::Pane;
use crate::app::picture_choices::{Kind, MOST_MARGIN, PictureDialog, PictureTheme, Preview, SCALES};
use crate::app::state::State;
use crate::app::style;
use crate::app::widgets::{command_button, icon, number, prose, sentence, text};
use crate::export::film::{self, USUAL_SHOTS};
use crate::export::picture::{Area, Format};
use crate::export::png;
use crate::theme::{Face, Role, TextSize, line, radius, spacing};

const WIDTH: f32 = 720.0;
const PREVIEW: egui::Vec2 = vec2(270.0, 190.0);
/// As wide as the longest name of a choice.
const NAMES: f32 = 92.0;

pub(crate) fn show(ui: &Ui, dialog: &mut PictureDialog, state: &State, actions: &mut Actions) {
    let frame = egui::Frame::popup(ui.style()).inner_margin(20.0);
    let modal = Modal::new(Id::unique("picture")).frame(frame).backdrop_color(style::color(ui, Role::Scrim));
    let modal = modal.show(ui.ctx(), |ui| {
        ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 64.0));
        let (title, what) = match dialog.film {
            Some(_) => ("Save as film", "How the workspace came to be what it is, commit by commit"),
            None => ("Export picture", "What is shown, as it is arranged, filtered and selected"),
        };
        ui.label(text(ui, title, Face::SemiBold, TextSize::Heading, Role::TextStrong));
        ui.label(text(ui, what, Face::Regular, TextSize::Small, Role::TextWeak));
        ui.add_space(spacing::LARGE);
        ui.horizontal_top(|ui| {
            let width = ui.available_width() - PREVIEW.x - spacing::LARGE;
            ui.allocate_ui(vec2(width, PREVIEW.y), |ui| {
                ui.set_width(width);
                choices(ui, dialog, state, actions);
            });
            ui.add_space(spacing::LARGE);
            ui.vertical(|ui| preview(ui, dialog));
        });
        ui.add_space(spacing::LARGE);
        // Enter means the same wherever nothing else takes it.
        let is_free = ui.memory(|memory| memory.focused().is_none());
        let entered =
            file(ui, dialog, state, actions) || (is_free && ui.input(|input| input.key_pressed(egui::Key::Enter)));
        said(ui, dialog, state, actions);
        ui.add_space(spacing::LARGE);
        buttons(ui, dialog, entered, state, actions);
    });
    if modal.should_close() {
        actions.push(Action::CloseOverlay);
    }
}

fn choices(ui: &mut Ui, dialog: &mut PictureDialog, state: &State, actions: &mut Actions) {
    let before = dialog.choices.clone();
    Grid::new("picture choices").num_columns(2).spacing([12.0, 8.0]).min_col_width(NAMES).show(ui, |ui| {
        let kind = choose(ui, "Format", dialog.kinds(), dialog.kind(), |kind| match kind {
            Kind::Picture(Format::Svg) => ("SVG", "Lines and letters, sharp at any size"),
            Kind::Picture(Format::Png) => ("PNG", "Pixels"),
            Kind::Picture(Format::Pdf) => ("PDF", "One page, sharp at any size"),
            Kind::Film(film::Format::Html) => {
                ("Film", "The map commit by commit, as a page that plays it in any browser")
            }
            Kind::Film(film::Format::Apng) => ("APNG", "The same film as an animated picture"),
        });
        if kind != dialog.kind() {
            dialog.set_kind(kind);
            dialog.existing = None;
            actions.push(Action::PictureChosen);
        }
        if let Kind::Film(format) = kind {
            if format == film::Format::Apng {
                theme(ui, &mut dialog.choices.theme);
            }
            return;
        }
        let choices = &mut dialog.choices;
        let area = if dialog.areas.contains(&choices.area) { choices.area } else { Area::default() };
        let chosen = choose(ui, "Area", &dialog.areas, area, |area| match area {
            Area::Whole => ("Whole", "All of it, in sight or not"),
            Area::Visible => ("In sight", "What the window shows now"),
            Area::Selection => ("Selection", "What is selected, with all that uses it or is used by it"),
        });
        if chosen != area {
            choices.area = chosen;
        }
        theme(ui, &mut choices.theme);
        if choices.format == Format::Png {
            choices.scale = choose(ui, "Scale", &SCALES, choices.scale, |scale| match scale {
                1 => ("1×", "One pixel for each point"),
                2 => ("2×", "Sharp on screens of double density"),
                3 => ("3×", "For slides and print"),
                _ => ("4×", "For large print"),
            });
        }
        name(ui, "Around it");
        ui.horizontal(|ui| {
            let margin = DragValue::new(&mut choices.margin).range(0..=MOST_MARGIN).suffix(" pt margin");
            ui.add(margin).accessible_name("Margin in points");
        });
        ui.end_row();
        name(ui, "With");
        ui.horizontal(|ui| {
            // A matrix says how to read it, and a timeline has its legend in it.
            if has_legend(state) {
                ui.add(Checkbox::new(&mut choices.legend, "Legend"));
            }
            let mut ground = !choices.transparent || choices.format == Format::Pdf;
            let possible = choices.format != Format::Pdf;
            let checkbox = ui.add_enabled(possible, Checkbox::new(&mut ground, "Background"));
            checkbox.on_hover_text("Without it the picture is transparent");
            if possible {
                choices.transparent = !ground;
            }
        });
        ui.end_row();
    });
    if dialog.choices != before {
        actions.push(Action::PictureChosen);
    }
}

fn theme(ui: &mut Ui, theme: &mut PictureTheme) {
    let themes = [PictureTheme::AsShown, PictureTheme::Light, PictureTheme::Dark];
    *theme = choose(ui, "Theme", &themes, *theme, |theme| match theme {
        PictureTheme::AsShown => ("As shown", "The theme of the window"),
        PictureTheme::Light => ("Light", "Dark on light"),
        PictureTheme::Dark => ("Dark", "Light on dark"),
    });
}

fn has_legend(state: &State) -> bool {
    match state.tiles.focused {
        Pane::Canvas(_) => state.document.as_ref().is_some_and(|document| !document.canvas.meanings.is_empty()),
        Pane::Compare => true,
        Pane::Timeline | Pane::Rules | Pane::WhatIf | Pane::Sketch => false,
    }
}

fn name(ui: &mut Ui, name: &str) {
    ui.label(text(ui, name, Face::Medium, TextSize::Small, Role::Text));
}

/// One of a few, side by side.
fn choose<T: Copy + PartialEq>(
    ui: &mut Ui,
    title: &str,
    options: &[T],
    chosen: T,
    words: impl Fn(T) -> (&'static str, &'static str),
) -> T {
    let mut now = chosen;
    name(ui, title);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for option in options {
            let (label, hint) = words(*option);
            let role = if *option == chosen { Role::TextStrong } else { Role::Text };
            let label_text = text(ui, label, Face::Medium, TextSize::Small, role);
            let button = Button::selectable(*option == chosen, label_text).min_size(vec2(40.0, 24.0));
            if ui.add(button).accessible_name(format!("{title}: {label}")).on_hover_text(hint).clicked() {
                now = *option;
            }
        }
    });
    ui.end_row();
    now
}

/// The picture as it would be, and how large.
fn preview(ui: &mut Ui, dialog: &PictureDialog) {
    let (rect, response) = ui.allocate_exact_size(PREVIEW, Sense::hover());
    ui.painter().rect_filled(rect, radius::MEDIUM, style::color(ui, Role::Sunken));
    match &dialog.preview {
        _ if dialog.film.is_some() => {
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, "No preview"));
            let said = format!(
                "The map at up to {USUAL_SHOTS} commits at which most changed: each box stays where it is, and what comes, goes, \
                 breaks and is mended is told.  Each commit is analysed again, which takes a while."
            );
            let child = UiBuilder::new().max_rect(rect.shrink(16.0));
            ui.scope_builder(child, |ui| prose(ui, &said, Face::Regular, TextSize::Small));
        }
        Ok(preview) => {
            paint_preview(ui, rect.shrink(8.0), preview, dialog.choices.transparent);
            let said = size_in_words(preview, dialog);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, format!("Preview: {said}")));
            ui.add_space(4.0);
            ui.label(text(ui, said, Face::Regular, TextSize::Small, Role::TextWeak));
        }
        Err(hindrance) => {
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, "No preview"));
            prose(ui, &sentence(hindrance), Face::Regular, TextSize::Small);
        }
    }
}

fn size_in_words(preview: &Preview, dialog: &PictureDialog) -> String {
    let (wide, high) = preview.size;
    let whole = |length: f32| number(length.round().max(1.0) as u64);
    if dialog.choices.format != Format::Png {
        return format!("{} × {} points", whole(wide), whole(high));
    }
    let asked = f32::from(dialog.choices.scale);
    let (pixels_wide, pixels_high, scale) = png::size(wide, high, asked);
    let said = format!("{} × {} pixels", number(pixels_wide.into()), number(pixels_high.into()));
    // What no viewer can open is drawn smaller than it was asked for.
    if scale < asked { format!("{said}, at {scale:.1}× instead of {asked}×: it would be too large") } else { said }
}

fn paint_preview(ui: &Ui, room: Rect, preview: &Preview, transparent: bool) {
    let bounds = preview.bounds;
    let scale = (room.width() / bounds.width().max(1.0)).min(room.height() / bounds.height().max(1.0));
    let page = Rect::from_center_size(room.center(), vec2(bounds.width(), bounds.height()) * scale);
    if !transparent {
        ui.painter().rect_filled(page, 0.0, style::color32(preview.theme.color(Role::Background)));
    }
    for (picture, area, place) in &preview.parts {
        let at = page.min + vec2(place.min.x - bounds.min.x, place.min.y - bounds.min.y) * scale;
        let canvas = Rect::from_min_size(at, vec2(place.width(), place.height()) * scale);
        let camera = Camera::framing(canvas, *area);
        paint::paint(picture, &camera, preview.theme, None, &ui.painter_at(canvas.intersect(room)));
    }
    let edge = egui::Stroke::new(line::HAIR, style::color(ui, Role::Separator));
    ui.painter().rect_stroke(page, 0.0, edge, egui::StrokeKind::Outside);
}

/// Where it goes; whether Enter was pressed there.
fn file(ui: &mut Ui, dialog: &mut PictureDialog, state: &State, actions: &mut Actions) -> bool {
    let label = ui.label(text(ui, "File", Face::Medium, TextSize::Small, Role::Text));
    let before = dialog.path.clone();
    let folders = if state.completions.0 == before { state.completions.1.clone() } else { Vec::new() };
    let mut entered = false;
    ui.horizontal(|ui| {
        let field = TextEdit::singleline(&mut dialog.path)
            .hint_text("docs/map.svg")
            .desired_width(ui.available_width() - 104.0)
            .margin(egui::Margin::symmetric(8, 6))
            .font(style::font(Face::Mono, TextSize::Small));
        // Tab takes what is proposed.
        let output = CompletionPopup::new(ui.make_persistent_id("picture path"))
            .word_boundary(|_| false)
            .align(RectAlign::BOTTOM_START)
            .accept_keys(vec![egui::Key::Tab])
            .show(ui, field, |_| folders.into_iter().map(Suggestion::new).collect());
        let response = output.text_edit.response.response.labelled_by(label.id);
        if !std::mem::replace(&mut dialog.is_shown, true) {
            response.request_focus();
        }
        entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let choose = Button::new("Choose…").min_size(vec2(88.0, 28.0));
        if ui.add_enabled(!state.dialog_open, choose).on_hover_text("In the system's dialog").clicked() {
            actions.push(Action::PickPictureFile);
        }
    });
    if dialog.path != before {
        actions.push(Action::Complete(dialog.path.clone()));
        if dialog.typed() {
            actions.push(Action::PictureChosen);
        }
    }
    entered
}

/// What hinders, or has to be decided.
fn said(ui: &mut Ui, dialog: &PictureDialog, state: &State, actions: &mut Actions) {
    if let Some(existing) = &dialog.existing {
        ui.add_space(spacing::SMALL);
        ui.horizontal(|ui| {
            ui.label(icon(ui, icons::ICON_WARNING, 16.0, Role::Warning));
            let name = existing.file_name().unwrap_or(existing.as_os_str()).to_string_lossy();
            prose(ui, &format!("There is a `{name}` already"), Face::Regular, TextSize::Small);
            let label = text(ui, "Replace it", Face::Medium, TextSize::Small, Role::Text);
            if ui.add_enabled(state.portraying.is_none(), Button::new(label)).clicked() {
                actions.push(Action::WritePicture { replace: true });
            }
        });
    }
    if let Some(failed) = &dialog.failed {
        ui.add_space(spacing::SMALL);
        ui.horizontal(|ui| {
            ui.label(icon(ui, icons::ICON_ERROR, 16.0, Role::Error));
            prose(ui, &sentence(failed), Face::Regular, TextSize::Small);
        });
    }
}

fn buttons(ui: &mut Ui, dialog: &PictureDialog, entered: bool, state: &State, actions: &mut Actions) {
    ui.horizontal(|ui| {
        let is_making = state.portraying.is_some();
        let root = state.document.as_ref().map(|document| document.analysis.root.as_path());
        let is_known = dialog.film.is_some() || dialog.preview.is_ok();
        let possible = is_known && root.is_some_and(|root| dialog.file(root).is_some()) && !is_making;
        let word = if is_making { "Exporting…" } else { "Export" };
        let label = egui::RichText::new(word).color(style::color(ui, Role::TextOnAccent));
        let button = Button::new(label).fill(style::color(ui, Role::Accent)).min_size(vec2(76.0, 30.0));
        let clicked = ui.add_enabled(possible, button).clicked();
        if possible && (clicked || entered) {
            actions.push(Action::WritePicture { replace: false });
        }
        if dialog.film.is_none() {
            command_button(ui, Command::CopyPng, false, state, actions);
            command_button(ui, Command::CopySvg, false, state, actions);
        }
        if ui.add(Button::new("Cancel").min_size(vec2(0.0, 30.0))).clicked() {
            actions.push(Action::CloseOverlay);
        }
    });
}
