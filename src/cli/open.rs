//! `riprap open`: the window.
//!
//! In: a path and what to show first.  Out: nothing, until the window is closed; with `--screenshot` a picture of it.
//! Not here: the window.

use super::progress::message;
use super::{OpenArgs, Outcome};
use crate::analysis::Asked;

/// Says that this build has no window.
#[cfg(not(feature = "gui"))]
pub(super) fn run(_args: OpenArgs, _asked: Asked) -> Outcome {
    message(
        "this riprap was built without its window; `riprap check`, `riprap export --output map.svg` and \
         `riprap snapshot` do the same without one",
    );
    Outcome::WrongUse
}

#[cfg(feature = "gui")]
pub(super) fn run(args: OpenArgs, asked: Asked) -> Outcome {
    use std::sync::Arc;

    use super::{Renderer, ThemeChoice, View};
    use crate::app::{self, AppError, AppOptions, OnDisk, Screenshot};
    use crate::cache;

    /// The window's size where none is asked for.
    const SIZE: (u32, u32) = (1280, 800);

    let (size, asked) = (args.size, args.rev.of(asked));
    let options = AppOptions {
        path: args.path,
        theme: args.theme.map(|theme| match theme {
            ThemeChoice::Dark => app::ThemeChoice::Dark,
            ThemeChoice::Light => app::ThemeChoice::Light,
        }),
        renderer: match args.renderer {
            Renderer::Auto => app::Renderer::Auto,
            Renderer::Wgpu => app::Renderer::Wgpu,
            Renderer::Glow => app::Renderer::Glow,
        },
        size,
        screenshot: args.screenshot.map(|file| Screenshot { file, size: size.unwrap_or(SIZE) }),
        focus: args.focus,
        view: match args.view.unwrap_or(if args.compare.is_some() { View::Compare } else { View::Map }) {
            View::Map => app::View::Map,
            View::Compare => app::View::Compare,
            View::Findings => app::View::Findings,
            View::Violations => app::View::Violations,
            View::Notes => app::View::Notes,
            View::Matrix => app::View::Matrix,
            View::Timeline => app::View::Timeline,
            View::Rules => app::View::Rules,
            View::Whatif => app::View::WhatIf,
        },
        compare: args.compare,
    };
    match app::run(options, Arc::new(move || Box::new(OnDisk::new(asked.clone(), cache::folder())))) {
        Ok(()) => Outcome::Fine,
        Err(error) => {
            message(&error.to_string());
            match error {
                AppError::NoDisplay { .. } | AppError::NoWindow { .. } => Outcome::WrongUse,
                AppError::NoScreenshot { .. } => Outcome::NotAnalysed,
            }
        }
    }
}
