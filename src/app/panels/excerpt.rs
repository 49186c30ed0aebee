//! A few lines of source around a reference, the written path marked and in sight.
//!
//! In: a file and a place in it.  Out: painted lines of a fixed height, coloured.  Not here: which places are shown, and what
//! is what in a source text (`facts`).

use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use egui::cache::{ComputerMut, FrameCache};
use egui::text::{LayoutJob, TextFormat};
use egui::{Rect, Sense, Ui, vec2};

use crate::app::style;
use crate::facts::{self, Part, Shade};
use crate::model::Reference;
use crate::source::SourceFile;
use crate::theme::{Face, Role, TextSize, radius};
use crate::workspace::Edition;

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
    let colours = ui.memory_mut(|memory| memory.caches.cache::<Colours>().get(Text(file)).clone());
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

        let letters = letters_of(file, line, &colours);
        let letters = &letters[skipped.min(letters.len())..];
        let letters = &letters[..letters.len().min(MOST_LETTERS)];
        let mark = here.from.saturating_sub(skipped)..(here.from + here.length).saturating_sub(skipped);
        let is_marked = |at: usize| is_here && mark.contains(&at);
        let mut job = LayoutJob::default();
        job.wrap.max_width = f32::INFINITY;
        let mut at = 0;
        while at < letters.len() {
            let (role, marked) = (letters[at].1, is_marked(at));
            let alike = |next: &usize| letters[*next].1 == role && is_marked(*next) == marked;
            let end = at + (at..letters.len()).take_while(alike).count();
            let underline = if violating { Role::Violation } else { Role::TextLink };
            let format = match marked {
                true => TextFormat {
                    background: style::color(ui, Role::CodeMark),
                    underline: egui::Stroke::new(1.5, style::color(ui, underline)),
                    ..format(Role::TextStrong)
                },
                false => format(role),
            };
            job.append(&letters[at..end].iter().map(|(letter, _)| *letter).collect::<String>(), 0.0, format);
            at = end;
        }
        let galley = code.layout_job(job);
        code.galley(egui::pos2(rect.left() + GUTTER, middle - galley.size().y / 2.0), galley, weak);
    }
}

/// What is what in the files that are in sight, kept while they are.
type Colours = FrameCache<Arc<Vec<Part>>, Reader>;

#[derive(Default)]
struct Reader;

/// A text that is the same as long as it lies in the same place.
#[derive(Clone, Copy)]
struct Text<'a>(&'a SourceFile);

impl Hash for Text<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.0.text.as_ptr(), self.0.text.len()).hash(state);
    }
}

impl ComputerMut<Text<'_>, Arc<Vec<Part>>> for Reader {
    fn compute(&mut self, Text(file): Text<'_>) -> Arc<Vec<Part>> {
        // What older editions write otherwise are names that are keywords by now.
        Arc::new(facts::parts(&file.text, Edition::E2024))
    }
}

/// The letters of a line as they are shown, each with its colour.
fn letters_of(file: &SourceFile, line: u32, parts: &[Part]) -> Vec<(char, Role)> {
    let start = file.line_start(line).unwrap_or(0) as usize;
    let mut letters = Vec::new();
    let mut next = parts.partition_point(|part| part.range.end <= start);
    for (offset, letter) in file.line_text(line).char_indices() {
        let at = start + offset;
        while parts.get(next).is_some_and(|part| part.range.end <= at) {
            next += 1;
        }
        let covers = |part: &&Part| Range::contains(&part.range, &at);
        let role = parts.get(next).filter(covers).map_or(Role::Text, |part| role_of(part.shade));
        match letter {
            '\t' => letters.extend(TAB.chars().map(|space| (space, role))),
            _ => letters.push((letter, role)),
        }
    }
    letters
}

fn role_of(shade: Shade) -> Role {
    match shade {
        Shade::Keyword => Role::CodeKeyword,
        Shade::Type => Role::CodeType,
        Shade::Call => Role::CodeCall,
        Shade::Mark => Role::CodeSign,
        Shade::Literal => Role::CodeLiteral,
        Shade::Comment => Role::CodeComment,
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
