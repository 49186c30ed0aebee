//! The editor of riprap.toml: the text with its colours, line numbers beside it, and problems under their letters.
//!
//! In: the draft.  Out: what is typed.  Not here: what it would lead to (`pane`).

use std::sync::Arc;

use egui::text::{CCursor, CCursorRange, LayoutJob, TextFormat};
use egui::text_edit::TextEditState;
use egui::{Galley, Id, Pos2, Rect, ScrollArea, Stroke, TextBuffer, TextEdit, Ui, pos2, vec2};

use super::tokens::{Kind, tokens};
use crate::app::action::{Action, Actions};
use crate::app::rules_draft::RulesDraft;
use crate::app::style;
use crate::boundary::Problem;
use crate::source::Span;
use crate::theme::{Face, Role, TextSize, line};

/// The room of the line numbers.
const GUTTER: f32 = 52.0;

const LINE_HEIGHT: f32 = 18.0;

/// `shown`: a place to go to, as bytes of the text.
pub(super) fn editor(ui: &mut Ui, draft: &RulesDraft, shown: Option<Span>, actions: &mut Actions) {
    let Some(text) = &draft.text else { return };
    let ground = style::color(ui, Role::Sunken);
    let outcome = draft.outcome.as_ref().filter(|outcome| outcome.text() == Some(text));
    // Others are in manifests.
    let is_here = |problem: &&Problem| problem.span.end as usize <= text.len();
    let of_text = outcome.into_iter().flat_map(|outcome| &outcome.then.problems).filter(is_here);
    let problems: Vec<Span> = of_text.map(|problem| without_carriage_returns(text, problem.span)).collect();
    let problems = problems.as_slice();
    let shown = shown.map(|place| without_carriage_returns(text, place));
    // Letters alone are shown and typed; a text with the line ends of Windows gets them back.
    let has_carriage_returns = text.contains("\r\n");
    let text = &if has_carriage_returns { text.replace("\r\n", "\n") } else { text.clone() };
    let mut typed = text.clone();
    let area = ui.available_rect_before_wrap();
    ui.painter().rect_filled(area, 0.0, ground);
    ScrollArea::both().id_salt("riprap.toml").auto_shrink(false).show_viewport(ui, |ui, viewport| {
        let mut layout = |ui: &Ui, text: &dyn TextBuffer, _wrap: f32| laid_out(ui, text.as_str(), problems);
        let galley = layout(ui, &typed, f32::INFINITY);
        let size = vec2(galley.size().x + GUTTER + 24.0, galley.size().y + 24.0).max(viewport.size());
        // Behind the letters, but what a line holds is known only with them.
        let behind = ui.painter().add(egui::Shape::Noop);
        let id = Id::unique("editor of riprap.toml");
        let margin = egui::Margin { left: GUTTER as i8, right: 12, top: 8, bottom: 8 };
        let output = TextEdit::multiline(&mut typed)
            .id(id)
            .frame(egui::Frame::new().inner_margin(margin))
            .min_size(size)
            .desired_width(size.x)
            .lock_focus(false)
            .layouter(&mut layout)
            .show(ui);
        let response = output.response.response.accessible_name("riprap.toml");
        let (galley, at) = (output.galley, output.galley_pos);
        if let Some(place) = shown {
            response.request_focus();
            select(ui, id, &typed, place);
            let row = row_rect(&galley, at, row_of(&typed, place.start));
            ui.scroll_to_rect(row.expand2(vec2(0.0, 120.0)), None);
        }
        let current = output.cursor_range.map(|range| galley.layout_from_cursor(range.primary).row);
        let clip = ui.clip_rect();
        if let Some(row) = current.filter(|_| response.has_focus()) {
            let band = row_rect(&galley, at, row);
            let band = Rect::from_x_y_ranges(clip.x_range(), band.y_range());
            ui.painter().set(behind, egui::Shape::rect_filled(band, 0.0, style::color(ui, Role::CodeLine)));
        }
        gutter(ui, &typed, draft.base.as_deref(), problems, (&galley, at, current));
    });
    if typed != *text {
        actions.push(Action::RulesTyped(if has_carriage_returns { typed.replace('\n', "\r\n") } else { typed }));
    }
}

/// A place in a text once its line ends are `\n` alone.
fn without_carriage_returns(text: &str, place: Span) -> Span {
    let shifted = |byte: u32| {
        let before = &text[..text.floor_char_boundary(byte as usize)];
        byte - before.matches("\r\n").count() as u32
    };
    Span::new(shifted(place.start), shifted(place.end))
}

/// Marks a place, as if a person had selected it.
fn select(ui: &Ui, id: Id, text: &str, place: Span) {
    let letters = |byte: u32| {
        let byte = text.floor_char_boundary(byte as usize);
        CCursor::new(text[..byte].chars().count())
    };
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::two(letters(place.start), letters(place.end))));
    state.store(ui.ctx(), id);
}

/// The line of a byte, from zero.
fn row_of(text: &str, byte: u32) -> usize {
    let byte = text.floor_char_boundary(byte as usize);
    text[..byte].matches('\n').count()
}

fn row_rect(galley: &Galley, at: Pos2, row: usize) -> Rect {
    let rect = galley.rows.get(row).or(galley.rows.last()).map_or(Rect::ZERO, |row| row.rect());
    rect.translate(at.to_vec2())
}

/// Line numbers that stay where they are when the text moves sideways; a bar marks lines that the file does not have.
fn gutter(
    ui: &Ui,
    text: &str,
    base: Option<&str>,
    problems: &[Span],
    (galley, at, current): (&Galley, Pos2, Option<usize>),
) {
    let clip = ui.clip_rect();
    let painter = ui.painter();
    let ground = Rect::from_min_max(clip.min, pos2(clip.left() + GUTTER - 6.0, clip.bottom()));
    painter.rect_filled(ground, 0.0, style::color(ui, Role::Sunken));
    let font = egui::FontId::new(TextSize::Caption.points(), style::family(Face::Mono));
    let known: std::collections::HashSet<&str> = base.unwrap_or_default().lines().collect();
    let wrong: Vec<usize> = problems.iter().map(|place| row_of(text, place.start)).collect();
    for (row, line) in text.split('\n').enumerate() {
        let rect = row_rect(galley, at, row);
        if !clip.y_range().intersects(rect.y_range()) {
            continue;
        }
        let role = match (wrong.contains(&row), current == Some(row)) {
            (true, _) => Role::Error,
            (_, true) => Role::TextStrong,
            _ => Role::TextWeak,
        };
        let place = pos2(ground.right() - 10.0, rect.center().y);
        painter.text(place, egui::Align2::RIGHT_CENTER, row + 1, font.clone(), style::color(ui, role));
        if base.is_some() && !line.trim().is_empty() && !known.contains(line) {
            let bar = Rect::from_x_y_ranges(ground.right() - 4.0..=ground.right() - 1.5, rect.y_range());
            painter.rect_filled(bar, 0.0, style::color(ui, Role::Accent));
        }
    }
    let edge = Stroke::new(line::HAIR, style::color(ui, Role::Separator));
    painter.vline(ground.right(), clip.y_range(), edge);
}

fn laid_out(ui: &Ui, text: &str, problems: &[Span]) -> Arc<Galley> {
    let font_id = egui::FontId::new(TextSize::Body.points() - 0.5, style::family(Face::Mono));
    let format = |kind: Kind| TextFormat {
        font_id: font_id.clone(),
        color: style::color(ui, role(kind)),
        line_height: Some(LINE_HEIGHT),
        valign: egui::Align::Center,
        ..Default::default()
    };
    let wavy = Stroke::new(line::MEDIUM, style::color(ui, Role::Error));
    let mut job = LayoutJob { keep_trailing_whitespace: true, ..LayoutJob::default() };
    for token in tokens(text) {
        // A problem may begin and end within a token.
        let mut cuts = vec![token.range.start, token.range.end];
        let ends = problems.iter().flat_map(|place| [place.start as usize, place.end as usize]);
        cuts.extend(ends.filter(|end| token.range.contains(end) && text.is_char_boundary(*end)));
        cuts.sort_unstable();
        cuts.dedup();
        for part in cuts.windows(2) {
            let is_wrong =
                problems.iter().any(|place| (place.start as usize) < part[1] && part[0] < place.end as usize);
            let mut format = format(token.kind);
            if is_wrong {
                format.underline = wavy;
            }
            job.append(&text[part[0]..part[1]], 0.0, format);
        }
    }
    if text.is_empty() {
        job.append("", 0.0, format(Kind::Plain));
    }
    job.wrap.max_width = f32::INFINITY;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

fn role(kind: Kind) -> Role {
    match kind {
        Kind::Header => Role::TextLink,
        Kind::Key => Role::TextStrong,
        Kind::String => Role::Success,
        Kind::Value => Role::Warning,
        Kind::Comment => Role::TextWeak,
        Kind::Plain => Role::Text,
    }
}
