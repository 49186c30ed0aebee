//! The text of riprap.toml as a tree that keeps what it does not mean, and back.
//!
//! In: a text.  Out: its document to be changed, then the text again.  `toml_edit` writes every line end as `\n`, and a last
//! one where there was none: lines that a change leaves alone are taken from the old text instead.  Not here: what is
//! changed.

use toml_edit::DocumentMut;

use super::Refusal;
use crate::source::Span;

pub(super) struct Text<'a> {
    document: DocumentMut,
    old: &'a str,
    /// The old text as `toml_edit` writes it.
    rendered: String,
}

impl<'a> Text<'a> {
    pub(super) fn read(old: &'a str) -> Result<Self, Refusal> {
        let document: DocumentMut = old.parse().map_err(|error: toml_edit::TomlError| {
            let span = error.span().unwrap_or_default();
            let span = Span::new(span.start as u32, span.end as u32);
            Refusal::NotToml { message: error.message().lines().next().unwrap_or_default().to_owned(), span }
        })?;
        let rendered = document.to_string();
        // Dotted keys of one table that stand apart would be moved together.
        if !rendered.lines().eq(old.lines()) {
            return Err(Refusal::Scattered);
        }
        Ok(Self { document, old, rendered })
    }

    pub(super) fn document(&mut self) -> &mut DocumentMut {
        &mut self.document
    }

    pub(super) fn written(self) -> String {
        let new = self.document.to_string();
        let line_end = if self.old.contains("\r\n") { "\r\n" } else { "\n" };
        let old: Vec<&str> = self.old.split_inclusive('\n').collect();
        let before: Vec<&str> = self.rendered.lines().collect();
        let after: Vec<&str> = new.lines().collect();
        let first = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
        let rest = before.len().min(after.len()) - first;
        let last = before.iter().rev().zip(after.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
        let mut text = String::with_capacity(self.old.len() + new.len());
        let mut push = |line: &str| {
            text.push_str(line);
            if !line.ends_with('\n') {
                text.push_str(line_end);
            }
        };
        old[..first].iter().for_each(|line| push(line));
        after[first..after.len() - last].iter().for_each(|line| push(line));
        old[old.len() - last..].iter().for_each(|line| push(line));
        if !self.old.is_empty() && !self.old.ends_with('\n') {
            text.truncate(text.len() - line_end.len());
        }
        text
    }
}
