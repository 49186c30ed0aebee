//! A few lines of source around a reference, the written path marked and in sight.
//!
//! In: a file and a place in it.  Out: painted lines of a fixed height.  Not here: which places are shown.

use egui::text::{LayoutJob, TextFormat};
use egui::{Rect, Sense, Ui, vec2};

use crate::app::style;
use crate::model::Reference;
use crate::source::SourceFile;
use crate::theme::{Face, Role, TextSize, radius};

/// Lines before and after the one with the reference.
const AROUND: u32 = 2;

const LINE_HEIGHT: f32 = 17.0;

/// Of the whole excerpt.
pub(super) const HEIGHT: f32 = LINE_HEIGHT * (2 * AROUND + 1) as f32;

/// Room for the line numbers.
const GUTTER: f32 = 46.0;

/// No more characters of a line than this are laid out: generated code has lines of many thousands.
const MOST_LETTERS: usize = 400;

pub(super) fn show(ui: &mut Ui, file: &SourceFile, reference: &Reference, violating: bool) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, radius::SMALL, style::color(ui, Role::Sunken));
    let font = style::font(Face::Mono, TextSize::Small);
    let letter = painter.layout_no_wrap("0".to_owned(), font.clone(), style::color(ui, Role::Text)).size().x;
    let code = painter.with_clip_rect(rect.with_min_x(rect.left() + GUTTER));
    let format = |role: Role| TextFormat { font_id: font.clone(), color: style::color(ui, role), ..Default::default() };

    let first = reference.line.saturating_sub(AROUND).max(1);
    let lines = first..=(first + 2 * AROUND).min(file.line_count());
    let here = Marked::new(file, reference);
    // Lines start at the least indentation of all, and move on to the left until the mark is in sight.
    let indent = lines.clone().filter_map(|line| indentation(&text_of(file, line))).min().unwrap_or(0);
    let room = ((rect.width() - GUTTER) / letter) as usize;
    let end_of_mark = here.from + here.length + 2;
    let skipped = indent.max(end_of_mark.saturating_sub(room).min(here.from));
    for line in lines {
        let at = rect.left_top() + vec2(0.0, LINE_HEIGHT * (line - first) as f32);
        let is_here = line == reference.line;
        if is_here {
            let band = Rect::from_min_size(at, vec2(rect.width(), LINE_HEIGHT));
            painter.rect_filled(band, 0.0, style::color(ui, Role::CodeLine));
        }
        let middle = at.y + LINE_HEIGHT / 2.0;
        let number = egui::pos2(rect.left() + GUTTER - 12.0, middle);
        let weak = style::color(ui, Role::TextWeak);
        painter.text(number, egui::Align2::RIGHT_CENTER, line, font.clone(), weak);

        let text = text_of(file, line);
        let letters: Vec<char> = text.chars().skip(skipped).take(MOST_LETTERS).collect();
        let mut job = LayoutJob::default();
        job.wrap.max_width = f32::INFINITY;
        if is_here {
            let from = here.from.saturating_sub(skipped).min(letters.len());
            let to = (here.from + here.length).saturating_sub(skipped).clamp(from, letters.len());
            let underline = if violating { Role::Violation } else { Role::TextLink };
            let mark = TextFormat {
                background: style::color(ui, Role::CodeMark),
                underline: egui::Stroke::new(1.5, style::color(ui, underline)),
                ..format(Role::TextStrong)
            };
            job.append(&letters[..from].iter().collect::<String>(), 0.0, format(Role::TextStrong));
            job.append(&letters[from..to].iter().collect::<String>(), 0.0, mark);
            job.append(&letters[to..].iter().collect::<String>(), 0.0, format(Role::TextStrong));
        } else {
            job.append(&letters.iter().collect::<String>(), 0.0, format(Role::Text));
        }
        let galley = code.layout_job(job);
        code.galley(egui::pos2(rect.left() + GUTTER, middle - galley.size().y / 2.0), galley, weak);
    }
}

/// Where the written path is in its line, in characters from zero; a path that goes on in the next line ends with it.
#[derive(Debug, PartialEq)]
struct Marked {
    from: usize,
    length: usize,
}

impl Marked {
    fn new(file: &SourceFile, reference: &Reference) -> Self {
        let column = reference.column.saturating_sub(1) as usize;
        let line = file.line_text(reference.line);
        let start = line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
        let n_bytes = reference.span.end.saturating_sub(reference.span.start) as usize;
        let written = &line[start..];
        let length = written.char_indices().take_while(|(at, _)| *at < n_bytes).count();
        let n_tabs = |text: &str| text.matches('\t').count() * (TAB.len() - 1);
        Self { from: column + n_tabs(&line[..start]), length }
    }
}

/// A line as it is shown; tabs are spaces.
fn text_of(file: &SourceFile, line: u32) -> String {
    file.line_text(line).replace('\t', TAB)
}

const TAB: &str = "    ";

/// `None` for an empty line, which says nothing about the others.
fn indentation(line: &str) -> Option<usize> {
    let code = line.trim_start();
    (!code.is_empty()).then(|| line.chars().count() - code.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::fixture::Fixture;

    fn marked(line: &str, path: &str) -> Marked {
        let fixture = Fixture::new("package a a\npackage b b\npub struct b::B\na -> b::B type");
        let start = line.find(path).expect("the path is in the line");
        let mut reference = *fixture.model.references().first().expect("one reference");
        reference.line = 1;
        reference.column = line[..start].chars().count() as u32 + 1;
        reference.span.end = reference.span.start + path.len() as u32;
        Marked::new(&SourceFile::new("a.rs".into(), line.into()), &reference)
    }

    #[test]
    fn the_mark_counts_characters_and_the_width_of_tabs() {
        assert_eq!(marked("use a::b;", "a::b"), Marked { from: 4, length: 4 });
        assert_eq!(marked("let é = ä::b();", "ä::b"), Marked { from: 8, length: 4 });
        assert_eq!(marked("\tx: a::b", "a::b"), Marked { from: 7, length: 4 });
    }

    #[test]
    fn a_path_over_two_lines_is_marked_to_the_end_of_the_first() {
        let cut = marked("use a::\n    b;", "a::\n    b");
        assert_eq!(cut, Marked { from: 4, length: 3 });
    }

    #[test]
    fn empty_lines_have_no_indentation() {
        assert_eq!(indentation("    x"), Some(4));
        assert_eq!(indentation("   "), None);
    }
}
