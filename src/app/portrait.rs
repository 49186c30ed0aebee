//! A picture that was asked for, and what came of it.
//!
//! In: a picture, how it is finished, where it goes.  Out: the file, or pixels for the clipboard; or why not.  Not here: which
//! picture (`portraying`), and threads (`making`).

use std::path::PathBuf;

use super::generation::Generation;
use crate::export::picture::{Finish, Format, Picture};
use crate::export::png::{self, Pixels};
use crate::{load, save};

pub(crate) struct Portrait {
    pub(crate) generation: Generation,
    pub(crate) picture: Picture,
    pub(crate) finish: Finish,
    pub(crate) wanted: Wanted,
}

/// Where a picture goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    File {
        path: PathBuf,
        format: Format,
        /// Somebody said yes to that.
        replace: bool,
    },
    Pixels,
}

pub(crate) enum Made {
    File(PathBuf),
    Pixels(Pixels),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotMade {
    /// There is such a file: nobody said whether it may be replaced.
    Exists(PathBuf),
    /// In words.
    Failed(String),
}

impl Portrait {
    /// # Errors
    /// A file that is there already, and what the system refuses.
    pub(crate) fn make(self) -> Result<Made, NotMade> {
        let Self { picture, finish, wanted, .. } = self;
        let failed = |message: String| NotMade::Failed(message);
        match wanted {
            Wanted::Pixels => {
                let pixels = png::pixels(&picture.drawn(&finish), finish.scale);
                pixels.map(Made::Pixels).map_err(|error| failed(error.to_string()))
            }
            Wanted::File { path, replace: false, .. } if load::is_there(&path) => Err(NotMade::Exists(path)),
            Wanted::File { path, format, .. } => {
                let bytes = picture.bytes(format, &finish).map_err(|error| failed(error.to_string()))?;
                save::write(&path, &bytes).map_err(|error| failed(error.to_string()))?;
                Ok(Made::File(path))
            }
        }
    }
}
