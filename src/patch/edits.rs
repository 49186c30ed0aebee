//! Changes of texts, before they are made.
//!
//! In: what is written instead of which bytes.  Out: new texts, and what could not be brought together.  Not here: why.

use std::collections::BTreeMap;

use crate::source::{FileId, SourceTree, Span};

#[derive(Clone, Debug, PartialEq, Eq)]
struct Edit {
    span: Span,
    text: String,
    /// It stands between what is there, and belongs to neither.
    between: bool,
}

/// Changes by file.
#[derive(Debug, Default)]
pub(super) struct Edits {
    files: BTreeMap<FileId, Vec<Edit>>,
    /// Two changes of the same text.
    pub(super) clashes: Vec<(FileId, u32)>,
}

impl Edits {
    /// The same change twice is one: a file can belong to several crates.
    pub(super) fn replace(&mut self, file: FileId, span: Span, text: impl Into<String>) {
        self.add(file, Edit { span, text: text.into(), between: false });
    }

    pub(super) fn insert(&mut self, file: FileId, at: u32, text: impl Into<String>) {
        self.replace(file, Span::new(at, at), text);
    }

    /// Lines between others: what is cut out before or behind them does not take them along.  What is put in one place
    /// stands in the order in which it was put there.
    pub(super) fn insert_lines(&mut self, file: FileId, at: u32, text: String) {
        self.add(file, Edit { span: Span::new(at, at), text, between: true });
    }

    fn add(&mut self, file: FileId, edit: Edit) {
        let edits = self.files.entry(file).or_default();
        if !edits.contains(&edit) {
            edits.push(edit);
        }
    }

    /// Takes back the only change inside a piece.
    pub(super) fn take(&mut self, file: FileId, piece: Span) -> Option<(Span, String)> {
        let edits = self.files.get_mut(&file)?;
        let is_inside = |edit: &Edit| !edit.between && piece.start <= edit.span.start && edit.span.end <= piece.end;
        let at = edits.iter().position(is_inside)?;
        let edit = edits.remove(at);
        Some((edit.span, edit.text))
    }

    /// Takes a piece out of a file, with the changes in it made.
    pub(super) fn cut(&mut self, file: FileId, span: Span, sources: &SourceTree) -> String {
        let edits = self.files.entry(file).or_default();
        let is_inside = |edit: &Edit| match edit.between {
            true => span.start < edit.span.start && edit.span.end < span.end,
            // What is put at the end belongs to what comes next.
            false => span.start <= edit.span.start && edit.span.end <= span.end && edit.span.start < span.end,
        };
        let (mut inside, outside): (Vec<Edit>, Vec<Edit>) = std::mem::take(edits).into_iter().partition(is_inside);
        *edits = outside;
        edits.push(Edit { span, text: String::new(), between: false });
        let piece = sources.file(file).text.get(span.start as usize..span.end as usize).unwrap_or_default();
        for edit in &mut inside {
            edit.span = Span::new(edit.span.start - span.start, edit.span.end - span.start);
        }
        let (text, clashes) = applied(piece, inside);
        self.clashes.extend(clashes.into_iter().map(|at| (file, at + span.start)));
        text
    }

    /// The new text of each file that has one.
    pub(super) fn apply(mut self, sources: &SourceTree) -> (BTreeMap<FileId, String>, Vec<(FileId, u32)>) {
        let mut texts = BTreeMap::new();
        for (file, edits) in std::mem::take(&mut self.files) {
            let (text, clashes) = applied(&sources.file(file).text, edits);
            self.clashes.extend(clashes.into_iter().map(|at| (file, at)));
            texts.insert(file, text);
        }
        (texts, self.clashes)
    }
}

/// A text with changes, and where two of them were of the same bytes: the first is made.
fn applied(text: &str, mut edits: Vec<Edit>) -> (String, Vec<u32>) {
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let (mut result, mut clashes) = (String::with_capacity(text.len()), Vec::new());
    let mut at = 0;
    for edit in edits {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        if start < at || end > text.len() {
            clashes.push(edit.span.start);
            continue;
        }
        result.push_str(&text[at..start]);
        result.push_str(&edit.text);
        at = end;
    }
    result.push_str(&text[at..]);
    (result, clashes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    #[test]
    fn what_is_cut_takes_its_changes_along() {
        let sources = SourceTree::new(vec![SourceFile::new("a.rs".into(), "use a;\nfn f() { a::x() }\n".into())]);
        let (file, mut edits) = (FileId(0), Edits::default());
        edits.replace(file, Span::new(16, 17), "crate::a");
        edits.replace(file, Span::new(16, 17), "crate::a");
        assert_eq!(edits.cut(file, Span::new(7, 25), &sources), "fn f() { crate::a::x() }\n"[..].to_owned());
        edits.insert_lines(file, 7, "// between\n".into());
        let (texts, clashes) = edits.apply(&sources);
        assert_eq!((texts[&file].as_str(), clashes), ("use a;\n// between\n", Vec::new()));
    }
}
