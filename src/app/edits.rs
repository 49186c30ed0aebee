//! What the window writes into the files of the workspace, so that it can be taken back.
//!
//! In: edits that were made.  Out: what to write to undo or redo one.  Not here: asking for them (`editing`), writing
//! (`worker`), and what the text is (`crate::edit`, `crate::verdict`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One file, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileEdit {
    pub(crate) path: PathBuf,
    /// `None` where there was no file.
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    /// What a person did, in the past tense: "Accepted 1 violation".
    pub(crate) what: String,
}

/// Edits in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct FileEdits {
    done: Vec<FileEdit>,
    undone: Vec<FileEdit>,
    last: Option<Step>,
    /// What was written since the analysis that is shown: what the next edit starts from.
    written: BTreeMap<PathBuf, Option<String>>,
}

/// What was last asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Record,
    Undo,
    Redo,
}

impl FileEdits {
    pub(crate) fn record(&mut self, edit: FileEdit) {
        self.undone.clear();
        self.written.insert(edit.path.clone(), edit.after.clone());
        self.done.push(edit);
        self.last = Some(Step::Record);
    }

    /// The last edit turned around: to be written now.
    pub(crate) fn undo(&mut self) -> Option<FileEdit> {
        let edit = self.done.pop()?;
        self.undone.push(edit.clone());
        self.last = Some(Step::Undo);
        self.written.insert(edit.path.clone(), edit.before.clone());
        let what = format!("Took back: {}", edit.what);
        Some(FileEdit { path: edit.path, before: edit.after, after: edit.before, what })
    }

    pub(crate) fn redo(&mut self) -> Option<FileEdit> {
        let edit = self.undone.pop()?;
        self.done.push(edit.clone());
        self.last = Some(Step::Redo);
        self.written.insert(edit.path.clone(), edit.after.clone());
        Some(edit)
    }

    pub(crate) fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub(crate) fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// The text that a file has, where it was written since the last analysis.
    pub(crate) fn text_of(&self, path: &Path) -> Option<&Option<String>> {
        self.written.get(path)
    }

    /// An analysis shows what was written.
    pub(crate) fn settled(&mut self) {
        self.written.clear();
    }

    /// Somebody else wrote a file: what was done to it before cannot be taken back or done again.
    pub(crate) fn forget(&mut self, path: &Path) {
        self.done.retain(|edit| edit.path != path);
        self.undone.retain(|edit| edit.path != path);
        self.written.remove(path);
        self.last = None;
    }

    /// What was not written was not done: an edit, or the undo or redo of one.
    pub(crate) fn failed(&mut self, path: &Path) {
        self.written.remove(path);
        match self.last.take() {
            Some(Step::Record) => drop(self.done.pop()),
            Some(Step::Undo) => self.done.extend(self.undone.pop()),
            Some(Step::Redo) => self.undone.extend(self.done.pop()),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(before: Option<&str>, after: &str) -> FileEdit {
        let text = |text: &str| text.to_owned();
        FileEdit { path: "f".into(), before: before.map(text), after: Some(text(after)), what: text("Changed") }
    }

    #[test]
    fn what_is_taken_back_can_be_done_again_until_something_else_is_done() {
        let mut edits = FileEdits::default();
        edits.record(edit(None, "a"));
        edits.record(edit(Some("a"), "b"));
        let back = |edit: Option<FileEdit>| edit.map(|edit| (edit.before, edit.after));
        assert_eq!(back(edits.undo()), Some((Some("b".to_owned()), Some("a".to_owned()))));
        assert_eq!(back(edits.redo()), Some((Some("a".to_owned()), Some("b".to_owned()))));
        edits.undo();
        assert_eq!(back(edits.undo()), Some((Some("a".to_owned()), None)));
        assert!(!edits.can_undo() && edits.can_redo());
        edits.record(edit(None, "c"));
        assert!(!edits.can_redo());
    }

    #[test]
    fn what_could_not_be_written_stays_as_it_was() {
        let mut edits = FileEdits::default();
        edits.record(edit(None, "a"));
        edits.undo();
        edits.failed("f".as_ref());
        assert!(edits.can_undo() && !edits.can_redo());
        edits.undo();
        edits.redo();
        edits.failed("f".as_ref());
        assert!(!edits.can_undo() && edits.can_redo());
        edits.record(edit(None, "b"));
        edits.failed("f".as_ref());
        assert!(!edits.can_undo() && !edits.can_redo());
    }

    #[test]
    fn the_next_edit_starts_from_what_was_written_last() {
        let mut edits = FileEdits::default();
        let text = |edits: &FileEdits| edits.text_of("f".as_ref()).cloned();
        assert_eq!(text(&edits), None);
        edits.record(edit(None, "a"));
        assert_eq!(text(&edits), Some(Some("a".to_owned())));
        edits.undo();
        assert_eq!(text(&edits), Some(None));
        edits.settled();
        assert_eq!(text(&edits), None);
    }

    #[test]
    fn what_somebody_else_wrote_is_not_undone() {
        let mut edits = FileEdits::default();
        edits.record(FileEdit { path: "other".into(), ..edit(None, "x") });
        edits.record(edit(None, "a"));
        edits.record(edit(Some("a"), "b"));
        edits.undo();
        edits.forget("f".as_ref());
        assert!(!edits.can_redo());
        assert_eq!(edits.undo().map(|edit| edit.path), Some("other".into()));
        assert!(!edits.can_undo());
    }
}
