//! Items, as pieces of text: out of one module, into another.
//!
//! In: what goes, with its edits made.  Out: edits that take it out with its comments and put it at the end of its new module,
//! before tests that end it; and the `use` items that modules need.  Not here: which names those are (`brought`).

use std::collections::BTreeMap;

use super::Work;
use super::imports::with_line;
use super::modules::{Place, has_long_token, with_comments};
use crate::facts::ItemKind;
use crate::model::{NodeId, NodeKind};
use crate::source::{FileId, Span};

/// A text with the place that it comes from.
type Piece = ((FileId, Span), String);

impl Work<'_> {
    /// `roots`: what is inside another one first.
    pub(super) fn take_pieces(&mut self, roots: &[NodeId]) {
        let mut by_module: BTreeMap<NodeId, Vec<Piece>> = BTreeMap::new();
        for root in roots {
            let Some((file, span)) = self.declaration(*root) else { continue };
            let Some(to) = self.after.node(*root).parent else { continue };
            if self.today.node(*root).kind == NodeKind::Item(ItemKind::Macro) {
                let reason = "a macro is known in the text after it alone: move it by hand".to_owned();
                self.leave(Some((file, span.start)), reason);
                continue;
            }
            if self.place_for(to, Place::Items).is_none() {
                self.leave(Some((file, span.start)), format!("`{}` has no text to put it into", self.after.path(to)));
                continue;
            }
            let text = &self.sources.file(file).text;
            let span = with_line(text, Span::new(with_comments(text, span.start), span.end));
            let span = with_gap(text, span);
            let piece = self.edits.cut(file, span, self.sources);
            by_module.entry(to).or_default().push(((file, span), unindented(&piece)));
        }
        for (to, mut pieces) in by_module {
            pieces.sort_by_key(|(place, _)| *place);
            let text = pieces.iter().map(|(_, piece)| piece.as_str()).collect::<Vec<_>>().join("\n\n");
            if let Some(spot) = self.place_for(to, Place::Items) {
                spot.insert(&mut self.edits, &[text]);
            }
        }
    }

    pub(super) fn add_uses(&mut self) {
        for (module, lines) in std::mem::take(&mut self.brought.lines) {
            let lines: Vec<String> = lines.into_iter().collect();
            match self.place_for(module, Place::Uses) {
                Some(spot) => spot.insert(&mut self.edits, &lines),
                None => self.leave(None, format!("`{}` has no text to import into", self.after.path(module))),
            }
        }
    }
}

/// With one of the empty lines around it.
fn with_gap(text: &str, span: Span) -> Span {
    let before = &text[..span.start as usize];
    if before.ends_with("\n\n") {
        return Span::new(span.start - 1, span.end);
    }
    if text[span.end as usize..].starts_with('\n') && (before.is_empty() || before.ends_with('\n')) {
        return Span::new(span.start, span.end + 1);
    }
    span
}

/// A piece as it would stand at the left; a string over several lines keeps its text.
fn unindented(piece: &str) -> String {
    let piece = piece.trim_matches('\n').trim_end();
    let indent: String = piece.chars().take_while(|it| *it == ' ').collect();
    let is_even = piece.lines().all(|line| line.is_empty() || line.starts_with(&indent));
    if indent.is_empty() || !is_even || has_long_token(piece) {
        return piece.trim_start_matches(' ').to_owned();
    }
    piece.lines().map(|line| line.strip_prefix(&indent).unwrap_or(line)).collect::<Vec<_>>().join("\n")
}
