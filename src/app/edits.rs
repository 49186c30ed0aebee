//! What the window writes into the files of the workspace, so that it can be taken back.
//!
//! In: edits that were made.  Out: what to write to undo or redo one.  Not here: writing (`worker`), and what the text is
//! (`crate::edit`, `crate::verdict`).

use std::path::PathBuf;

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
        self.done.push(edit);
        self.last = Some(Step::Record);
    }

    /// The last edit turned around: to be written now.
    pub(crate) fn undo(&mut self) -> Option<FileEdit> {
        let edit = self.done.pop()?;
        self.undone.push(edit.clone());
        self.last = Some(Step::Undo);
        let what = format!("Took back: {}", edit.what);
        Some(FileEdit { path: edit.path, before: edit.after, after: edit.before, what })
    }

    pub(crate) fn redo(&mut self) -> Option<FileEdit> {
        let edit = self.undone.pop()?;
        self.done.push(edit.clone());
        self.last = Some(Step::Redo);
        Some(edit)
    }

    pub(crate) fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub(crate) fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// What was not written was not done: an edit, or the undo or redo of one.
    pub(crate) fn failed(&mut self) {
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
        edits.failed();
        assert!(edits.can_undo() && !edits.can_redo());
        edits.undo();
        edits.redo();
        edits.failed();
        assert!(!edits.can_undo() && edits.can_redo());
        edits.record(edit(None, "b"));
        edits.failed();
        assert!(!edits.can_undo() && !edits.can_redo());
    }
}
