//! Which theme a picture or the window has.
//!
//! In: a word of the command line.  Out: a theme.  Not here: what follows the system (`app`).

use clap::ValueEnum;

use crate::theme::Theme;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ThemeChoice {
    Dark,
    Light,
    DarkHighContrast,
    LightHighContrast,
}

impl ThemeChoice {
    pub(super) fn theme(self) -> &'static Theme {
        match self {
            Self::Dark => Theme::dark(),
            Self::Light => Theme::light(),
            Self::DarkHighContrast => Theme::dark_high_contrast(),
            Self::LightHighContrast => Theme::light_high_contrast(),
        }
    }
}
