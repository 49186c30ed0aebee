//! The named views of the opened workspace, and the dialogs about them while they are open.
//!
//! In: files of `riprap.views/`.  Out: [`NamedFile`], [`ViewForm`].  Not here: changing them (`naming`), and the dialogs on
//! the screen.

use crate::viewpoint::file::NamedView;

/// One file of `riprap.views/`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NamedFile {
    /// Its name, without the folder.
    pub(crate) file: String,
    /// `None` for one that cannot be read.
    pub(crate) text: Option<String>,
    /// What it says, or why it says nothing.
    pub(crate) view: Result<NamedView, String>,
}

impl NamedFile {
    pub(crate) fn new(file: String, text: Result<String, String>) -> Self {
        let view = text.as_ref().map_err(Clone::clone);
        let view = view.and_then(|text| NamedView::parse(text).map_err(|error| error.to_string()));
        Self { file, text: text.ok(), view }
    }

    /// What a person calls it.
    pub(crate) fn name(&self) -> &str {
        self.view.as_ref().map_or(&self.file, |view| &view.name)
    }
}

/// What is filled in about a view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ViewForm {
    /// The file of a view that is there; `None` for what is shown now.
    pub(crate) file: Option<String>,
    pub(crate) name: String,
    pub(crate) note: String,
    /// The field has had the focus.
    pub(crate) is_shown: bool,
}
