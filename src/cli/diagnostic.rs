//! Violations and problems of what is declared, as rustc shows its diagnostics.
//!
//! In: one judged violation with the model and the sources, or one problem with the file.  Out: text with ANSI colours,
//! which whoever prints it strips where they are not wanted.  Not here: wording (each rule has its own), and printing.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::boundary::Problem;
use crate::model::Model;
use crate::query::Mistake;
use crate::rules::Evidence;
use crate::source::{ConfigFiles, FileId, SourceFile, SourceTree, Span};
use crate::verdict::Judged;

/// References shown with their source lines.
const SHOWN: usize = 4;

/// A violation: what, where, why, and the legal route.
pub(crate) fn violation(judged: &Judged, model: &Model, sources: &SourceTree, config: &ConfigFiles) -> String {
    let violation = &judged.violation;
    let level = if judged.denied { Level::ERROR } else { Level::WARNING };
    let mut group = Group::with_title(level.primary_title(violation.message.as_str()).id(violation.rule));
    let shown = violation.evidence(model, SHOWN);
    for (file, marks) in by_file(&shown) {
        group = group.element(snippet(sources.file(file), &marks));
    }
    if let Some((file, span)) = violation.declared.and_then(|span| config.locate(span)) {
        group = group.element(snippet(file, &[Mark { span, label: violation.label.clone(), is_primary: true }]));
    } else if shown.is_empty() {
        group = group.element(Origin::path(violation.from.as_str()));
    }
    let hidden = violation.removal() - shown.len();
    if hidden > 0 {
        let noun = if hidden == 1 { "reference" } else { "references" };
        group = group.element(Level::NOTE.message(format!("and {hidden} more {noun}")));
    }
    for remark in &judged.remarks {
        group = group.element(Level::NOTE.message(remark.as_str()));
    }
    group = group.element(Level::NOTE.with_name("why").message(violation.why.as_str()));
    if let Some(route) = &violation.route {
        group = group.element(Level::HELP.message(route.as_str()));
    }
    for remedy in violation.remedies() {
        group = group.element(Level::HELP.message(remedy));
    }
    Renderer::styled().hyperlink(false).render(&[group])
}

/// A problem of what is declared: what, where, and what to do.
pub(crate) fn problem(problem: &Problem, files: &ConfigFiles) -> String {
    let first = (problem.span, &problem.label, true);
    let others = problem.others.iter().map(|(span, label)| (*span, label, false));
    let mut marks: Vec<(&SourceFile, Vec<Mark>)> = Vec::new();
    for (span, label, is_primary) in std::iter::once(first).chain(others) {
        let Some((file, span)) = files.locate(span) else { continue };
        let mark = Mark { span, label: label.clone(), is_primary };
        match marks.iter_mut().find(|(known, _)| known.path == file.path) {
            Some((_, marks)) => marks.push(mark),
            None => marks.push((file, vec![mark])),
        }
    }
    let mut group = Group::with_title(Level::ERROR.primary_title(problem.message.as_str()));
    for (file, marks) in &marks {
        group = group.element(snippet(file, marks));
    }
    if let Some(help) = &problem.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    Renderer::styled().hyperlink(false).render(&[group])
}

/// What is wrong with a query, under the place.
pub(crate) fn mistake(mistake: &Mistake, text: &str) -> String {
    let span = mistake.span.start as usize..mistake.span.end as usize;
    let snippet = Snippet::source(text).line_start(1).annotation(AnnotationKind::Primary.span(span));
    let mut group = Group::with_title(Level::ERROR.primary_title(mistake.message.as_str())).element(snippet);
    if let Some(help) = &mistake.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    Renderer::styled().hyperlink(false).render(&[group])
}

/// A place to underline.
struct Mark {
    span: Span,
    label: String,
    is_primary: bool,
}

/// The file of the best evidence first, the others by path.
fn by_file(shown: &[Evidence]) -> Vec<(FileId, Vec<Mark>)> {
    let mut files: Vec<(FileId, Vec<Mark>)> = Vec::new();
    for (index, Evidence { file, span, label }) in shown.iter().enumerate() {
        let repeats = index > 0 && *label == shown[0].label;
        let label = if repeats { "and here".to_owned() } else { label.clone() };
        let mark = Mark { span: *span, label, is_primary: index == 0 };
        match files.iter_mut().find(|(known, _)| known == file) {
            Some((_, marks)) => marks.push(mark),
            None => files.push((*file, vec![mark])),
        }
    }
    if let Some((_, others)) = files.split_first_mut() {
        others.sort_by_key(|(file, _)| *file);
    }
    files
}

/// The marked lines of a file; only the part between the first and the last of them is handed on.
fn snippet<'a>(file: &'a SourceFile, marks: &[Mark]) -> Snippet<'a, Annotation<'a>> {
    let text: &str = &file.text;
    let placed: Vec<(Range<usize>, &Mark)> = marks.iter().map(|mark| (within_line(text, mark.span), mark)).collect();
    let first = placed.iter().map(|(range, _)| range.start).min().unwrap_or_default();
    let last = placed.iter().map(|(range, _)| range.end).max().unwrap_or_default();
    let start = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let end = text[last..].find('\n').map_or(text.len(), |at| last + at);
    let annotations = placed.into_iter().map(|(range, mark)| {
        let kind = if mark.is_primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        kind.span(range.start - start..range.end - start).label(mark.label.clone())
    });
    Snippet::source(&text[start..end])
        .path(file.path.as_str())
        .line_start(file.line_at(first as u32) as usize)
        .annotations(annotations)
}

/// The part of a span on its first line; an empty one at the nearest place for a span that is not of this text.
fn within_line(text: &str, span: Span) -> Range<usize> {
    let floor = |at: u32| text.floor_char_boundary((at as usize).min(text.len()));
    let start = floor(span.start);
    let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |at| start + at);
    start..floor(span.end).clamp(start, line_end)
}

#[cfg(test)]
mod tests;
