//! Opens the real window: options, renderer, and what to say where there is no display.
//!
//! In: [`AppOptions`] and the analysis.  Out: the window until it is closed, or an [`AppError`].  Not here: what is in it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use super::App;
use super::action::Action;
use super::analyst::{Analyst, NewAnalyst};
use super::icon::icon;
use super::pane::Pane;
use super::screenshot::{Outcome, Screenshot, Taking};
use super::settings::{self, Settings};
use super::state::Side;
use super::style::{self, ThemeChoice};
use crate::scene::treemap::Choice;
use crate::viewpoint::View;
use crate::viewpoint::link::Link;

/// Of the icon, in pixels: as large as a desktop shows one.
const ICON_SIDE: u16 = 128;

/// What paints the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Renderer {
    /// `Wgpu`, and `Glow` where that fails.
    #[default]
    Auto,
    Wgpu,
    Glow,
}

#[derive(Clone, Debug, Default)]
pub struct AppOptions {
    /// The workspace to open; the first screen without.
    pub path: Option<PathBuf>,
    /// Instead of the one that was used last.
    pub theme: Option<ThemeChoice>,
    pub renderer: Renderer,
    /// Of the window's inside, in points; a screenshot has its own.
    pub size: Option<(u32, u32)>,
    /// Paints, writes the picture and ends.
    pub screenshot: Option<Screenshot>,
    /// A module or item path, a package or boundary, or `A -> B`.
    pub focus: Option<String>,
    pub view: View,
    /// How deep everything is opened at first; as fits the window where nobody says so.
    pub level: Option<u32>,
    /// Of the treemap.
    pub choice: Choice,
    /// A revision to compare with.
    pub compare: Option<String>,
    /// The revision that is opened; the files on disk without.
    pub rev: Option<String>,
    /// Where a link leads, if `path` came with one.
    pub link: Option<Link>,
}

/// Why there was no window, or no picture of it.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    #[error(
        "there is no display to open a window on ({reason}); \
         these do the same without one: `riprap check`, `riprap export --output map.svg`, `riprap snapshot`"
    )]
    NoDisplay { reason: String },
    #[error(
        "failed to open a window: {reason}; try `--renderer glow` or `--renderer wgpu`, \
         or use `riprap check`, `riprap export --output map.svg`, `riprap snapshot` without a window"
    )]
    NoWindow { reason: String },
    #[error("no screenshot was written: {reason}")]
    NoScreenshot { reason: String },
}

/// Shows the window until it is closed.
///
/// # Errors
/// Where no window can be opened, or where a screenshot was asked for and not written.
pub fn run(options: AppOptions, analyst: Arc<NewAnalyst>) -> Result<(), AppError> {
    let renderers = match options.renderer {
        Renderer::Auto => vec![eframe::Renderer::Wgpu, eframe::Renderer::Glow],
        Renderer::Wgpu => vec![eframe::Renderer::Wgpu],
        Renderer::Glow => vec![eframe::Renderer::Glow],
    };
    let outcome: Outcome = Arc::new(Mutex::new(None));
    let mut reasons = Vec::new();
    for renderer in renderers {
        match open_window(&options, renderer, &analyst, &outcome) {
            Ok(()) => return finish(&options, &outcome),
            Err(eframe::Error::WinitEventLoop(error)) => {
                return Err(AppError::NoDisplay { reason: error.to_string() });
            }
            Err(error) => reasons.push(format!("{renderer} says: {error}")),
        }
    }
    Err(AppError::NoWindow { reason: reasons.join("; ") })
}

fn finish(options: &AppOptions, outcome: &Outcome) -> Result<(), AppError> {
    if options.screenshot.is_none() {
        return Ok(());
    }
    let outcome = outcome.lock().ok().and_then(|mut outcome| outcome.take());
    match outcome {
        Some(Ok(())) => Ok(()),
        Some(Err(reason)) => Err(AppError::NoScreenshot { reason }),
        None => Err(AppError::NoScreenshot { reason: "the window was closed before it was painted".to_owned() }),
    }
}

fn open_window(
    options: &AppOptions,
    renderer: eframe::Renderer,
    analyst: &Arc<NewAnalyst>,
    outcome: &Outcome,
) -> eframe::Result {
    let asked = options.screenshot.as_ref().map(|screenshot| screenshot.size).or(options.size);
    let size = asked.unwrap_or((1280, 800));
    let viewport = egui::ViewportBuilder::default().with_title("riprap").with_app_id("riprap");
    let viewport = match icon(ICON_SIDE) {
        Some(icon) => viewport.with_icon(icon),
        None => viewport,
    };
    let native = eframe::NativeOptions {
        viewport: viewport
            .with_inner_size([size.0 as f32, size.1 as f32])
            .with_min_inner_size([640.0, 400.0])
            .with_clamp_size_to_monitor_size(options.screenshot.is_none())
            .with_drag_and_drop(true),
        renderer,
        // The same letters on every machine.
        system_font_fallback: false,
        dithering: false,
        ..Default::default()
    };
    let options = options.clone();
    let analyst = Arc::clone(analyst);
    let outcome = Arc::clone(outcome);
    eframe::run_native(
        "riprap",
        native,
        Box::new(move |creation| {
            let app = prepare(options, &creation.egui_ctx, analyst(), outcome)?;
            Ok(Box::new(app))
        }),
    )
}

/// The program with everything that the command line asks for.
fn prepare(
    options: AppOptions,
    ctx: &egui::Context,
    analyst: Box<dyn Analyst>,
    outcome: Outcome,
) -> std::io::Result<App> {
    // A screenshot shows riprap as it comes, and changes nothing of what the user has set.
    let file = if options.screenshot.is_some() { None } else { settings::file() };
    let kept = file.as_ref().and_then(|file| crate::load::read_text(file).ok());
    let mut settings = kept.map(|text| Settings::parse(&text)).unwrap_or_default();
    settings.reduced_motion |= options.screenshot.is_some();
    let mut app = App::new(ctx, analyst, settings, file)?;
    if let Some(theme) = options.theme {
        style::choose(ctx, theme);
    }
    if options.compare.is_some() {
        app.state.comparisons.focus.clone_from(&options.focus);
    }
    app.state.focus = options.focus;
    app.state.side = match options.view {
        View::Map
        | View::Matrix
        | View::Treemap
        | View::Timeline
        | View::Compare
        | View::Rules
        | View::WhatIf
        | View::Boundaries => Side::Inspector,
        View::Findings => Side::Findings,
        View::Violations => Side::Violations,
        View::Notes => Side::Notes,
    };
    app.state.look.choice = options.choice;
    app.state.level = options.level;
    app.state.comparisons.wanted = options.compare;
    let pane = Pane::of(options.view);
    if options.view != View::Map || app.state.tiles.is_single() {
        app.state.tiles.show(pane);
    }
    app.state.looking_at = options.rev;
    app.state.link = options.link;
    if let Some(path) = options.path {
        app.act(ctx, Action::Open(path));
    }
    app.screenshot = options.screenshot.map(|screenshot| Taking::new(screenshot, outcome));
    Ok(app)
}
