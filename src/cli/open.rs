//! `riprap open`: the window.
//!
//! In: a path and what to show first, or a link that says both.  Out: nothing, until the window is closed; with `--screenshot` a picture of it.
//! Not here: the window.

use super::progress::message;
use super::{OpenArgs, Outcome};
use crate::analysis::Asked;
#[cfg(feature = "gui")]
use crate::viewpoint::link::{Link, is_link};

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
    use crate::load;
    use crate::viewpoint;

    /// The window's size where none is asked for.
    const SIZE: (u32, u32) = (1280, 800);

    let link = match link(&args) {
        Ok(link) => link,
        Err(error) => {
            message(&error);
            return Outcome::WrongUse;
        }
    };
    let rev = link.as_ref().map_or(args.rev.rev, |link| link.rev.clone());
    let (size, asked) = (args.size, Asked { revision: rev.clone(), ..asked });
    let options = AppOptions {
        path: link.as_ref().map(|link| load::typed_path(&link.path)).or(args.path),
        rev,
        link,
        theme: args.theme.map(|theme| match theme {
            ThemeChoice::Dark => app::ThemeChoice::Dark,
            ThemeChoice::Light => app::ThemeChoice::Light,
            ThemeChoice::DarkHighContrast => app::ThemeChoice::DarkHighContrast,
            ThemeChoice::LightHighContrast => app::ThemeChoice::LightHighContrast,
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
            View::Map => viewpoint::View::Map,
            View::Compare => viewpoint::View::Compare,
            View::Findings => viewpoint::View::Findings,
            View::Violations => viewpoint::View::Violations,
            View::Notes => viewpoint::View::Notes,
            View::Matrix => viewpoint::View::Matrix,
            View::Treemap => viewpoint::View::Treemap,
            View::Timeline => viewpoint::View::Timeline,
            View::Rules => viewpoint::View::Rules,
            View::Whatif => viewpoint::View::WhatIf,
            View::Boundaries => viewpoint::View::Boundaries,
        },
        level: args.level,
        choice: args.tiles.choice(),
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

/// The path may be a link, which says the rest.
#[cfg(feature = "gui")]
fn link(args: &OpenArgs) -> Result<Option<Link>, String> {
    let Some(text) = args.path.as_ref().and_then(|path| path.to_str()).filter(|text| is_link(text)) else {
        return Ok(None);
    };
    let link = Link::parse(text).map_err(|error| error.to_string())?;
    let said = [
        ("--rev", args.rev.rev.is_some()),
        ("--compare", args.compare.is_some()),
        ("--focus", args.focus.is_some()),
        ("--view", args.view.is_some()),
    ];
    match said.into_iter().find(|(_, is_said)| *is_said) {
        Some((option, _)) => Err(format!("the link says what to show: leave out `{option}`")),
        None => Ok(Some(link)),
    }
}
