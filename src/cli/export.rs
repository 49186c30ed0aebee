//! `riprap export`: pictures and data as files.
//!
//! In: a path and the files to write, whose extensions say the format.  Out: the files, or with `--check` whether they
//! are what would be written.  Not here: the formats.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::progress::{analyze_configured, message, with_bar};
use super::{ExportArgs, Outcome, Picture};
use crate::analysis::{self, Analysis, Asked, Stretch};
use crate::export::svg::PictureOptions;
use crate::export::{history, json, png, svg};
use crate::load;
use crate::save;
use crate::scene::address;
use crate::scene::map::{self, Budget, Highlight};
use crate::scene::matrix::{self, Matrix, Reading};
use crate::scene::thing::{Place, Thing};
use crate::scene::timeline::Axis;
use crate::theme::Measurer;

/// Pixels per world unit of a PNG: sharp on a screen of double density.
const PNG_SCALE: f32 = 2.0;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Svg,
    Png,
}

impl Format {
    fn of(path: &Path) -> Result<Self, String> {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("json") => Ok(Self::Json),
            Some("svg") => Ok(Self::Svg),
            Some("png") => Ok(Self::Png),
            _ => Err(format!("`{}` has no format that riprap writes: use .json, .svg or .png", path.display())),
        }
    }
}

pub(super) fn run(args: &ExportArgs, asked: Asked, quiet: bool) -> Outcome {
    let formats: Result<Vec<Format>, String> = args.outputs.iter().map(|path| Format::of(path)).collect();
    let formats = match formats {
        Ok(formats) => formats,
        Err(error) => {
            message(&error);
            return Outcome::WrongUse;
        }
    };
    let asked = args.rev.of(asked);
    let analysis = match analyze_configured(&args.path, &asked, quiet) {
        Ok(analysis) => analysis,
        Err(outcome) => return outcome,
    };
    let is_drawn = formats.iter().any(|format| *format != Format::Json);
    let picture = match args.view {
        _ if !is_drawn => Ok(String::new()),
        Picture::Timeline => match timeline(args, &asked, quiet) {
            Ok(picture) => Ok(picture),
            Err(outcome) => return outcome,
        },
        Picture::Map | Picture::Matrix => picture(&analysis, args),
    };
    match picture.and_then(|picture| write_all(args, &formats, &analysis, &picture)) {
        Ok(outcome) => outcome,
        Err(error) => {
            message(&error);
            Outcome::WrongUse
        }
    }
}

/// All commits that lead to the revision.
fn timeline(args: &ExportArgs, asked: &Asked, quiet: bool) -> Result<String, Outcome> {
    if args.focus.is_some() {
        message("a timeline is of the whole workspace: leave out `--focus`");
        return Err(Outcome::WrongUse);
    }
    let stretch = Stretch { range: asked.commit().map(str::to_owned), every: 1, ..Stretch::default() };
    let go_on = AtomicBool::new(false);
    let found = with_bar(quiet, |progress| analysis::evolve(&args.path, asked, &stretch, progress, &go_on))?;
    Ok(history::picture::svg(&found, Axis::default(), args.theme.theme()))
}

fn write_all(args: &ExportArgs, formats: &[Format], analysis: &Analysis, svg: &str) -> Result<Outcome, String> {
    let mut outcome = Outcome::Fine;
    for (path, format) in args.outputs.iter().zip(formats) {
        let bytes = match format {
            Format::Json => json::write(&analysis.document()),
            Format::Svg => svg.as_bytes().to_vec(),
            Format::Png => png::render(svg, PNG_SCALE).map_err(|error| error.to_string())?.bytes,
        };
        if !args.check {
            save::write(path, &bytes).map_err(|error| error.to_string())?;
        } else if load::bytes(path).map_err(|error| error.to_string())? != bytes {
            message(&format!("`{}` is out of date: export it again", path.display()));
            outcome = Outcome::Denied;
        }
    }
    Ok(outcome)
}

/// A view as SVG: as the window would open it, or with `focus` opened and selected.
fn picture(analysis: &Analysis, args: &ExportArgs) -> Result<String, String> {
    let Analysis { model, boundaries, verdict, workspace, .. } = analysis;
    let mut view = map::initial_expansion(model, boundaries, verdict, Budget::default());
    let mut highlight = Highlight::default();
    if let Some(focus) = args.focus.as_deref() {
        let thing = address::find(model, boundaries, focus)
            .ok_or_else(|| format!("nothing is called `{focus}`: name a module, an item, a boundary, or `A -> B`"))?;
        let ends = match thing {
            Thing::Edge { from, to } => vec![from, to],
            thing => thing.place().into_iter().collect(),
        };
        for node in ends.iter().filter_map(|place| place.node()) {
            view.reveal(model, boundaries, node);
        }
        if let [place @ Place::Node(_)] = ends[..] {
            view.expand(place);
        }
        highlight.selection = Some(thing);
    }
    let measurer = Measurer::new();
    let map = map::arrange(model, boundaries, verdict, &view, &measurer, None);
    let (scene, title, reading) = match args.view {
        Picture::Map | Picture::Timeline => {
            let legend = map::legend(&map, &highlight, map.bounds.width(), &measurer);
            let scene = map::draw(&map, &highlight).scene.above(&legend.scene);
            (scene, "modules and boundaries", "dependencies point down")
        }
        Picture::Matrix => {
            let matrix = Matrix::new(model, boundaries, &map, Reading::default(), &measurer);
            let scene = matrix::draw(&map, &matrix, &highlight, &measurer).scene;
            (scene, "dependency structure matrix", matrix.reading.words())
        }
    };
    let description = format!(
        "{} packages, {} modules, {} findings; {reading}",
        model.packages().count(),
        model.module_ids().count(),
        verdict.violations.len()
    );
    let options =
        PictureOptions { title: format!("{}: {title}", workspace.name), description, ..PictureOptions::default() };
    Ok(svg::write(&scene, args.theme.theme(), &options))
}
