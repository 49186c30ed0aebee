//! Leaving a workspace whose riprap.toml has changes that are not saved: what comes next, and what becomes of them.
//!
//! In: nothing.  Out: the two choices.  Not here: asking (`panels::unsaved`), and doing it (`opening`).

use std::path::PathBuf;

/// What takes the place of an opened workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Leaving {
    Quit,
    Close,
    Open(PathBuf),
}

/// How a draft that is not saved ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LastWord {
    Save,
    Drop,
}
