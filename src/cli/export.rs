//! `riprap export`: pictures and data as files.
//!
//! In: a path and the files to write, whose extensions say the format.  Out: the files, or with `--check` whether they
//! are what would be written.  Not here: the formats, and finding out what differs between two revisions (`compare`).

use std::sync::atomic::AtomicBool;

use super::format::of_files;
use super::progress::{analyze_configured, message, with_bar, with_progress};
use super::{ExportArgs, Outcome, Picture};
use crate::analysis::{self, Analysis, Asked, Stretch};
use crate::cache;
use crate::compare::{Comparison, Union};
use crate::export::comparison::html;
use crate::export::comparison::picture::{self, Pictures};
use crate::export::svg::PictureOptions;
use crate::export::{history, json, png, svg};
use crate::history::{Churn, History};
use crate::load;
use crate::metrics::Below;
use crate::save;
use crate::scene::map::comparison::initial_view;
use crate::scene::map::{self, Arrangement, Budget, Highlight, MapView};
use crate::scene::matrix::{self, Matrix, Reading};
use crate::scene::thing::{Place, Thing};
use crate::scene::timeline::Axis;
use crate::scene::treemap::{self, Ground, Treemap};
use crate::scene::{Scene, address};
use crate::theme::Measurer;

/// Pixels per world unit of a PNG: sharp on a screen of double density.
const PNG_SCALE: f32 = 2.0;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Svg,
    Png,
    Html,
}

/// By the extensions of files; not every view is written as a page.
const FORMATS: [(&str, Format); 4] =
    [("json", Format::Json), ("svg", Format::Svg), ("png", Format::Png), ("html", Format::Html)];

pub(super) fn run(args: &ExportArgs, asked: Asked, quiet: bool) -> Outcome {
    let refused = |error: String| {
        message(&error);
        Outcome::WrongUse
    };
    let view = match (args.view, &args.compare) {
        (None | Some(Picture::Compare), Some(_)) => Picture::Compare,
        (Some(Picture::Compare), None) => {
            return refused("say what to compare with: `--compare REV`".to_owned());
        }
        (Some(_), Some(_)) => {
            return refused(
                "only the view `compare` shows two revisions: leave out `--view` or `--compare`".to_owned(),
            );
        }
        (view, None) => view.unwrap_or_default(),
    };
    let n_formats =
        if matches!(view, Picture::Compare | Picture::Timeline) { FORMATS.len() } else { FORMATS.len() - 1 };
    let formats = match of_files(&args.outputs, &FORMATS[..n_formats], "this view") {
        Ok(formats) => formats,
        Err(error) => return refused(error),
    };
    if view == Picture::Timeline {
        return match Commits::new(args, &args.rev.of(asked), quiet) {
            Ok(commits) => write_all(args, &formats, &commits).unwrap_or_else(refused),
            Err(outcome) => outcome,
        };
    }
    let earlier = Asked { revision: args.compare.clone(), ..asked.clone() };
    let asked_of_commits = args.rev.of(asked.clone());
    let analysis = match analyze_configured(&args.path, &args.rev.of(asked), quiet) {
        Ok(analysis) => analysis,
        Err(outcome) => return outcome,
    };
    let written = match &args.compare {
        None => {
            let churn = match (view, args.tiles.choice().colouring.needs_churn()) {
                (Picture::Treemap, true) => churn_of(&analysis, &asked_of_commits, quiet),
                _ => Err("not asked for".to_owned()),
            };
            write_all(args, &formats, &One { args, view, analysis: &analysis, churn })
        }
        Some(revision) => match analyze_configured(&args.path, &earlier, quiet) {
            Ok(before) => write_all(args, &formats, &Two::new(args, revision, &before, &analysis)),
            Err(outcome) => return outcome,
        },
    };
    written.unwrap_or_else(refused)
}

/// What there is to write.
trait Source {
    fn json(&self) -> Vec<u8>;
    fn svg(&self) -> Result<String, String>;
    fn html(&self) -> String;
}

fn write_all(args: &ExportArgs, formats: &[Format], source: &dyn Source) -> Result<Outcome, String> {
    let is_picture = |format: &Format| matches!(format, Format::Svg | Format::Png);
    let picture = formats.iter().any(is_picture).then(|| source.svg()).transpose()?;
    let mut outcome = Outcome::Fine;
    for (path, format) in args.outputs.iter().zip(formats) {
        let svg = picture.as_deref().unwrap_or_default();
        let bytes = match format {
            Format::Json => source.json(),
            Format::Svg => svg.as_bytes().to_vec(),
            Format::Png => png::render(svg, PNG_SCALE).map_err(|error| error.to_string())?.bytes,
            Format::Html => source.html().into_bytes(),
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

/// How often files change, or why nobody knows, in a few words.
fn churn_of(analysis: &Analysis, asked: &Asked, quiet: bool) -> Result<Churn, String> {
    let go_on = AtomicBool::new(false);
    with_progress(quiet, |progress| analysis::churn(&analysis.root, asked, &progress, &go_on))
}

/// One revision.
struct One<'a> {
    args: &'a ExportArgs,
    view: Picture,
    analysis: &'a Analysis,
    /// Of the treemap: how often files change, or why nobody knows.
    churn: Result<Churn, String>,
}

impl One<'_> {
    fn treemap(&self, map: &Arrangement, highlight: &Highlight, measurer: &Measurer) -> Scene {
        let Analysis { model, boundaries, sources, .. } = self.analysis;
        let below = Below::new(model, boundaries);
        let churn = self.churn.as_ref().map_err(String::as_str);
        let ground = Ground { model, boundaries, sources, churn, below: Some(&below) };
        let (choice, size) = (self.args.tiles.choice(), treemap::size_of_picture(map));
        let tiles = Treemap::new(&ground, map, choice, size, None, measurer);
        let legend = treemap::legend(&tiles, tiles.bounds.width(), measurer);
        treemap::draw(map, &tiles, highlight).scene.above(&legend.scene)
    }
}

impl Source for One<'_> {
    fn json(&self) -> Vec<u8> {
        json::write(&self.analysis.document())
    }

    /// A view as the window would open it, or with `focus` opened and selected.
    fn svg(&self) -> Result<String, String> {
        let Analysis { model, boundaries, verdict, workspace, .. } = self.analysis;
        let mut view = map::initial_expansion(model, boundaries, verdict, Budget::default());
        if let Some(level) = self.args.level {
            view.expand_to_level(model, level);
        }
        let mut highlight = Highlight::default();
        if let Some(focus) = self.args.focus.as_deref() {
            let thing = address::find(model, boundaries, focus).ok_or_else(|| nothing(focus))?;
            show(thing, &mut view, |view, node| view.reveal(model, boundaries, node));
            highlight.selection = Some(thing);
        }
        let measurer = Measurer::new();
        let map = map::arrange(model, boundaries, verdict, &view, &measurer, None);
        let (scene, title, reading) = match self.view {
            Picture::Matrix => {
                let matrix = Matrix::new(model, boundaries, &map, Reading::default(), &measurer);
                let scene = matrix::draw(&map, &matrix, &highlight, &measurer).scene;
                (scene, "dependency structure matrix", matrix.reading.words())
            }
            Picture::Treemap => {
                (self.treemap(&map, &highlight, &measurer), "treemap", "the area of a tile is the size of its code")
            }
            Picture::Map | Picture::Compare | Picture::Timeline => {
                let legend = map::legend(&map, &highlight, map.bounds.width(), &measurer);
                let scene = map::draw(&map, &highlight).scene.above(&legend.scene);
                (scene, "modules and boundaries", "dependencies point down")
            }
        };
        let description = format!(
            "{} packages, {} modules, {} violations; {reading}",
            model.packages().count(),
            model.module_ids().count(),
            verdict.violations.len()
        );
        let options =
            PictureOptions { title: format!("{}: {title}", workspace.name), description, ..PictureOptions::default() };
        Ok(svg::write(&scene, self.args.theme.theme(), &options))
    }

    fn html(&self) -> String {
        String::new()
    }
}

/// All commits that lead to the revision.
struct Commits<'a> {
    args: &'a ExportArgs,
    history: History,
}

impl<'a> Commits<'a> {
    fn new(args: &'a ExportArgs, asked: &Asked, quiet: bool) -> Result<Self, Outcome> {
        if args.focus.is_some() {
            message("a timeline is of the whole workspace: leave out `--focus`");
            return Err(Outcome::WrongUse);
        }
        let range = asked.commit().map(str::to_owned);
        let stretch = Stretch { range, every: 1, cache: cache::folder(), ..Stretch::default() };
        let go_on = AtomicBool::new(false);
        let history = with_bar(quiet, |progress| analysis::evolve(&args.path, asked, &stretch, &progress, &go_on))?;
        Ok(Self { args, history })
    }
}

impl Source for Commits<'_> {
    fn json(&self) -> Vec<u8> {
        history::json::write(&self.history)
    }

    fn svg(&self) -> Result<String, String> {
        Ok(history::picture::svg(&self.history, Axis::default(), self.args.theme.theme()))
    }

    fn html(&self) -> String {
        history::html::write(&self.history, Axis::default(), history::text::Wanted::default())
    }
}

/// Two revisions.
struct Two<'a> {
    args: &'a ExportArgs,
    comparison: Comparison,
    union: Union,
}

impl<'a> Two<'a> {
    fn new(args: &'a ExportArgs, revision: &str, before: &Analysis, after: &Analysis) -> Self {
        let names = (before.called(revision), after.called(args.rev.rev.as_deref().unwrap_or(&after.revision)));
        let (before, after) = (before.document(), after.document());
        let comparison = Comparison::of((&names.0, &before), (&names.1, &after));
        let union = Union::new(&before, &after, &comparison);
        Self { args, comparison, union }
    }
}

impl Source for Two<'_> {
    fn json(&self) -> Vec<u8> {
        crate::export::comparison::json::write(&self.comparison).into_bytes()
    }

    fn svg(&self) -> Result<String, String> {
        let Union { model, boundaries, .. } = &self.union;
        let mut view = initial_view(&self.union, Budget::default());
        let mut selection = None;
        if let Some(focus) = self.args.focus.as_deref() {
            let thing = address::find(model, boundaries, focus).ok_or_else(|| nothing(focus))?;
            show(thing, &mut view, |view, node| view.reveal(model, boundaries, node));
            selection = Some(thing);
        }
        let picture = picture::Picture::new(&self.comparison, &self.union, &view, selection);
        Ok(picture.svg(self.args.theme.theme()))
    }

    fn html(&self) -> String {
        html::write(&self.comparison, Some(&Pictures::new(&self.comparison, &self.union)))
    }
}

fn nothing(focus: &str) -> String {
    format!("nothing is called `{focus}`: name a module, an item, a boundary, or `A -> B`")
}

/// Opens what is around a thing, and a box itself.
fn show(thing: Thing, view: &mut MapView, reveal: impl Fn(&mut MapView, crate::model::NodeId)) {
    let ends = match thing {
        Thing::Edge { from, to } => vec![from, to],
        thing => thing.place().into_iter().collect(),
    };
    for node in ends.iter().filter_map(|place| place.node()) {
        reveal(view, node);
    }
    if let [place @ Place::Node(_)] = ends[..] {
        view.expand(place);
    }
}
