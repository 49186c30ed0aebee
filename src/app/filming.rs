//! A film of the timeline that was asked for, and what came of it: each commit of it is analysed once more.
//!
//! In: which commits, and the file.  Out: the file, or why not.  Not here: what is in a film (`export`), the dialog
//! (`portraying`), and threads (`making`).

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use super::analyst::Filmmaker;
use super::generation::Generation;
use super::portrait::{Made, NotMade};
use crate::analysis::Stretch;
use crate::export::film::Format;
use crate::theme::Theme;
use crate::{load, save};

/// A film that was asked for.
pub(crate) struct FilmJob {
    pub(crate) generation: Generation,
    pub(crate) stretch: Stretch,
    pub(crate) path: PathBuf,
    pub(crate) format: Format,
    pub(crate) theme: &'static Theme,
    /// Somebody said yes to that.
    pub(crate) replace: bool,
}

impl FilmJob {
    /// # Errors
    /// A file that is there already, commits that cannot be analysed, and what the system refuses.
    pub(crate) fn make(self, maker: Box<Filmmaker>) -> Result<Made, NotMade> {
        let Self { path, format, theme, replace, .. } = self;
        if !replace && load::is_there(&path) {
            return Err(NotMade::Exists(path));
        }
        let film = maker(&AtomicBool::new(false)).map_err(NotMade::Failed)?;
        let bytes = film.bytes(format, theme).map_err(|error| NotMade::Failed(error.to_string()))?;
        save::write(&path, &bytes).map_err(|error| NotMade::Failed(error.to_string()))?;
        Ok(Made::File(path))
    }
}
