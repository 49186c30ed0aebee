//! Exporting and copying what is shown.
//!
//! In: the state, and what a person chose.  Out: the picture, jobs that make it, a word to the person.  A part of `execute`,
//! the one writer of state.  Not here: drawing (`scene`, `crate::export`), and making bytes (`portrait`).

use std::path::PathBuf;
use std::time::Duration;

use super::canvas::picture::Picture as CanvasPicture;
use super::command::Command;
use super::filming::FilmJob;
use super::look::Drawing;
use super::mail::Job;
use super::making;
use super::notice::Notice;
use super::pane::Pane;
use super::picture_choices::{Kind, PictureChoices, PictureDialog, PictureTheme, Preview};
use super::portrait::{Made, NotMade, Portrait, Wanted};
use super::state::{Document, Overlay, State};
use super::style;
use super::tools::Tools;
use super::widgets::sentence;
use crate::analysis::Stretch;
use crate::export::comparison::picture as comparison_picture;
use crate::export::film;
use crate::export::history::picture as history_picture;
use crate::export::picture::{Area, Extent, Finish, Picture, in_sight};
use crate::export::sheet::Part;
use crate::scene::map::Highlight;
use crate::scene::matrix::Matrix;
use crate::scene::shape::Rect;
use crate::scene::timeline::View;
use crate::theme::{Measurer, Theme};

/// A dialog that says nothing so soon was not shown at all: rfd cannot tell the two apart.
const DIALOG_AT_LEAST: Duration = Duration::from_millis(300);

/// Opens the dialog with what was chosen last, or for a film of the timeline.
pub(super) fn prepare(state: &mut State, film: Option<film::Format>, tools: &Tools<'_>) {
    let Some(document) = &state.document else { return };
    if matches!(state.overlay, Overlay::Picture(_)) {
        return;
    }
    let choices = state.settings.picture.clone();
    let root = &document.analysis.root;
    let folder = choices.folders.get(root).unwrap_or(root);
    let view = match state.tiles.focused {
        _ if film.is_some() => "film",
        Pane::Compare => "comparison",
        pane => pane.view().word(),
    };
    let name = format!("{}-{view}.{}", document.analysis.workspace.name, choices.format.extension());
    let mut dialog = PictureDialog {
        film: None,
        can_film: state.tiles.focused == Pane::Timeline && document.timeline.told.is_some(),
        path: folder.join(name).to_string_lossy().into_owned(),
        areas: Vec::new(),
        preview: Err(String::new()),
        existing: None,
        failed: None,
        is_shown: false,
        choices,
    };
    if let Some(format) = film {
        dialog.set_kind(Kind::Film(format));
    }
    state.overlay = Overlay::Picture(Box::new(dialog));
    changed(state, tools);
}

/// Draws anew what the dialog shows.
pub(super) fn changed(state: &mut State, tools: &Tools<'_>) {
    let Overlay::Picture(dialog) = &state.overlay else { return };
    let (drawn, possible) = (preview(state, &dialog.choices, tools), areas(state));
    if let Overlay::Picture(dialog) = &mut state.overlay {
        (dialog.preview, dialog.areas) = (drawn, possible);
    }
}

/// Writes what the dialog says.
pub(super) fn write(state: &mut State, replace: bool, tools: &Tools<'_>) {
    let Overlay::Picture(dialog) = &state.overlay else { return };
    let Some(document) = &state.document else { return };
    let root = document.analysis.root.clone();
    let Some(path) = dialog.file(&root) else { return };
    let mut choices = dialog.choices.clone();
    if let Some(format) = dialog.film {
        let stretch = Stretch { last: document.timeline.last, every: 1, ..Stretch::default() };
        let theme = finish(&choices, style::shown(tools.ctx)).theme;
        let generation = state.next_generation();
        state.portraying = Some(generation);
        tools.worker.send(Job::Film(Box::new(FilmJob { generation, stretch, path, format, theme, replace })));
        return;
    }
    let wanted = Wanted::File { path: path.clone(), format: choices.format, replace };
    match picture(state, &choices) {
        Ok(picture) => {
            choices.folders.extend(path.parent().map(|folder| (root, folder.to_owned())));
            start(state, picture, &choices, wanted, tools);
            if state.settings.picture != choices {
                state.settings.picture = choices;
                tools.keep_settings(&state.settings);
            }
        }
        Err(hindrance) => {
            if let Overlay::Picture(dialog) = &mut state.overlay {
                dialog.failed = Some(hindrance);
            }
        }
    }
}

/// Into the clipboard, as it was chosen last; what was chosen in an open dialog counts.
pub(super) fn copy(state: &mut State, command: Command, tools: &Tools<'_>) {
    let choices = match &state.overlay {
        Overlay::Picture(dialog) => dialog.choices.clone(),
        _ => state.settings.picture.clone(),
    };
    let picture = match picture(state, &choices) {
        Ok(picture) => picture,
        Err(hindrance) => {
            state.notice = Some(Notice::failed(sentence(&hindrance), Vec::new()));
            return;
        }
    };
    if command == Command::CopySvg {
        tools.ctx.copy_text(picture.svg(&finish(&choices, style::shown(tools.ctx))));
        state.notice = Some(Notice::done("Copied as SVG".to_owned(), tools.now()));
        close_dialog(state);
    } else {
        start(state, picture, &choices, Wanted::Pixels, tools);
    }
}

fn start(state: &mut State, picture: Picture, choices: &PictureChoices, wanted: Wanted, tools: &Tools<'_>) {
    let generation = state.next_generation();
    let finish = finish(choices, style::shown(tools.ctx));
    state.portraying = Some(generation);
    making::start(Portrait { generation, picture, finish, wanted }, tools.worker.outbox());
}

/// A picture is made, or is not.
pub(super) fn ended(state: &mut State, generation: u64, result: Result<Made, NotMade>, tools: &Tools<'_>) {
    if state.portraying != Some(generation) {
        return;
    }
    state.portraying = None;
    match result {
        Ok(Made::File(path)) => {
            let said = format!("Wrote `{}`", path.display());
            let offers = vec![Command::OpenPicture, Command::OpenPictureFolder];
            state.notice = Some(Notice::done_with_offers(said, offers, tools.now()));
            state.last_picture = Some(path);
            close_dialog(state);
        }
        Ok(Made::Pixels(pixels)) => {
            let size = [pixels.width as usize, pixels.height as usize];
            tools.ctx.copy_image(egui::ColorImage::from_rgba_premultiplied(size, &pixels.rgba));
            let said = format!("Copied as PNG, {} × {} pixels", pixels.width, pixels.height);
            state.notice = Some(Notice::done(said, tools.now()));
            close_dialog(state);
        }
        Err(NotMade::Exists(path)) => {
            if let Overlay::Picture(dialog) = &mut state.overlay {
                dialog.existing = Some(path);
            }
        }
        Err(NotMade::Failed(message)) => match &mut state.overlay {
            Overlay::Picture(dialog) => dialog.failed = Some(message),
            _ => state.notice = Some(Notice::failed(sentence(&message), Vec::new())),
        },
    }
}

fn close_dialog(state: &mut State) {
    if matches!(state.overlay, Overlay::Picture(_)) {
        state.overlay = Overlay::None;
    }
}

/// Asks for the file in the system's dialog.
pub(super) fn pick(state: &mut State, tools: &Tools<'_>) {
    let (Overlay::Picture(dialog), Some(document)) = (&state.overlay, &state.document) else { return };
    if !state.dialog_open {
        let first = dialog.file(&document.analysis.root).unwrap_or_else(|| document.analysis.root.join("map.svg"));
        state.dialog_open = true;
        making::pick_file(first, tools.worker.outbox());
    }
}

/// The system's dialog is closed.
pub(super) fn picked(state: &mut State, path: Option<PathBuf>, waited: Duration, tools: &Tools<'_>) {
    state.dialog_open = false;
    let Overlay::Picture(dialog) = &mut state.overlay else { return };
    match path {
        Some(path) => {
            dialog.path = path.to_string_lossy().into_owned();
            if dialog.typed() {
                changed(state, tools);
            }
        }
        None if waited < DIALOG_AT_LEAST => {
            dialog.failed = Some("no file dialog could be shown here: type or paste the path instead".to_owned());
        }
        None => {}
    }
}

pub(super) fn open(state: &State, command: Command, tools: &Tools<'_>) {
    let folder = |path: &PathBuf| path.parent().map(PathBuf::from);
    let path = match command {
        Command::OpenPicture => state.last_picture.clone(),
        _ => state.last_picture.as_ref().and_then(folder),
    };
    if let Some(path) = path {
        making::open(path, tools.worker.outbox());
    }
}

/// What of the view can become a picture.
fn areas(state: &State) -> Vec<Area> {
    let selection = match (state.tiles.focused, &state.document, &state.comparisons.shown) {
        (Pane::MAP, Some(document), _) => document.selection.and_then(|thing| document.arrangement.surroundings(thing)),
        (Pane::Compare, _, Some(shown)) => shown.selection.and_then(|thing| shown.compared.map.surroundings(thing)),
        _ => None,
    };
    let mut areas = vec![Area::Whole, Area::Visible];
    areas.extend(selection.map(|_| Area::Selection));
    areas
}

/// What is shown, as a picture; else why there is none.
fn picture(state: &State, choices: &PictureChoices) -> Result<Picture, String> {
    let document = state.document.as_ref().ok_or("no workspace is open")?;
    // What was chosen for another selection may not be there.
    let area = Some(choices.area).filter(|area| areas(state).contains(area)).unwrap_or_default();
    match state.tiles.focused {
        Pane::Canvas(_) => of_document(document, area, choices.legend),
        Pane::Compare => {
            let shown = state.comparisons.shown.as_ref().ok_or("nothing is compared yet")?;
            let map = &shown.compared.map;
            let surroundings = || shown.selection.and_then(|thing| map.surroundings(thing));
            let area = part(area, map.bounds, shown.camera.visible(), surroundings)?;
            let highlight = Highlight { hover: None, ..shown.highlight.clone() };
            let extent = Extent { area, legend: choices.legend };
            let is_split = state.comparisons.is_split;
            Ok(comparison_picture::picture(&shown.pair.comparison, &shown.compared, &highlight, is_split, extent))
        }
        Pane::Timeline => {
            let timeline = &document.timeline;
            let told = timeline.told.as_ref().ok_or("no commits were gone through yet")?;
            let view = match (area, timeline.size) {
                (Area::Visible, Some((width, height))) => {
                    View { width, height, axis: timeline.axis, span: timeline.span }
                }
                _ => history_picture::whole(&told.course, timeline.axis),
            };
            Ok(history_picture::picture(&told.history, &told.course, &view, &timeline.marks))
        }
        Pane::Rules => Err("the rules are text: there is no picture of them".to_owned()),
        Pane::WhatIf => Err("a draft is a list of moves: copy them as Markdown".to_owned()),
        Pane::Sketch => Err("save the boundaries first: the map shows them then".to_owned()),
    }
}

fn of_document(document: &Document, area: Area, legend: bool) -> Result<Picture, String> {
    let analysis = &document.analysis;
    let (name, model, verdict) = (&analysis.workspace.name, &analysis.model, &analysis.verdict);
    let map = &document.arrangement;
    // What the pointer happens to be over is no part of what is looked at.
    let highlight = Highlight { hover: None, ..document.highlight.clone() };
    let surroundings = || document.selection.and_then(|thing| map.surroundings(thing));
    let area = part(area, document.canvas.picture.scene.bounds, document.canvas.camera.visible(), surroundings)?;
    let extent = Extent { area, legend };
    Ok(match document.canvas.drawing {
        Drawing::Map => Picture::of_map(name, model, verdict, map, &highlight, extent),
        Drawing::Matrix => {
            let matrix = Matrix::new(model, &analysis.boundaries, map, document.look.reading, &Measurer::new());
            Picture::of_matrix(name, model, verdict, (map, &matrix), &highlight, extent)
        }
        Drawing::Treemap => {
            let treemap = document.look.treemap().ok_or("the treemap is not drawn yet")?;
            Picture::of_treemap(name, model, verdict, (map, treemap), &highlight, extent)
        }
    })
}

/// The part of a picture that is meant; `None` for all of it.
fn part(
    area: Area,
    bounds: Rect,
    visible: Rect,
    surroundings: impl FnOnce() -> Option<Rect>,
) -> Result<Option<Rect>, String> {
    Ok(match area {
        Area::Whole => None,
        Area::Visible => Some(in_sight(visible, bounds).ok_or("nothing is in sight: fit the view first")?),
        Area::Selection => Some(surroundings().ok_or("nothing is selected")?),
    })
}

fn finish(choices: &PictureChoices, shown: &'static Theme) -> Finish {
    let theme = match choices.theme {
        PictureTheme::AsShown => shown,
        PictureTheme::Dark => Theme::dark(),
        PictureTheme::Light => Theme::light(),
    };
    Finish {
        theme,
        margin: f32::from(choices.margin),
        transparent: choices.transparent,
        scale: f32::from(choices.scale),
    }
}

fn preview(state: &State, choices: &PictureChoices, tools: &Tools<'_>) -> Result<Preview, String> {
    let picture = picture(state, choices)?;
    let Finish { theme, margin, .. } = finish(choices, style::shown(tools.ctx));
    let bounds = picture.sheet.bounds().expand(margin);
    let part = |Part { mut scene, area, at, .. }: Part| {
        // A picture is as large as it is: nothing in it grows where it is seen small.
        scene.signs.clear();
        let place = Rect::new(at.x, at.y, area.width(), area.height());
        (CanvasPicture::new(scene, Vec::new(), tools.measurer), area, place)
    };
    let size = picture.size(margin);
    Ok(Preview { parts: picture.sheet.parts.into_iter().map(part).collect(), bounds, size, theme })
}
