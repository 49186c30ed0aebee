//! `riprap export`: pictures and data as files.
//!
//! In: a path and the files to write, whose extensions say the format; which view, or the file of a named one.  Out: the
//! files, or with `--check` whether they are what would be written.  Not here: the formats, and finding out what differs
//! between two revisions (`compare`).

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::format::of_files;
use super::progress::{analyze_configured, message, with_bar, with_progress};
use super::{Area, ExportArgs, Outcome, Picture as PictureView, whatif};
use crate::analysis::{self, Analysis, Asked, Stretch};
use crate::boundary::Boundaries;
use crate::cache;
use crate::compare::{Comparison, Union};
use crate::export::comparison::html;
use crate::export::comparison::picture::{self as comparison_picture, Pictures};
use crate::export::picture::{Extent, Finish, Format as PictureFormat, Picture, in_sight};
use crate::export::{history, json};
use crate::history::{Churn, History};
use crate::load;
use crate::metrics::Below;
use crate::model::Model;
use crate::save;
use crate::scene::address;
use crate::scene::map::comparison::{self as compared_map, initial_view};
use crate::scene::map::{self, Arrangement, Budget, Highlight, MapView};
use crate::scene::matrix::{self, Matrix};
use crate::scene::shape::Rect;
use crate::scene::thing::{Place, Thing};
use crate::scene::timeline::{Axis, Course, Marks};
use crate::scene::treemap::{self, Ground, Treemap};
use crate::theme::Measurer;
use crate::viewpoint::file::NamedView;
use crate::viewpoint::{Found, View, Viewpoint};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Picture(PictureFormat),
    Html,
}

/// By the extensions of files; not every view is written as a page.
const FORMATS: [(&str, Format); 5] = [
    ("json", Format::Json),
    ("svg", Format::Picture(PictureFormat::Svg)),
    ("png", Format::Picture(PictureFormat::Png)),
    ("pdf", Format::Picture(PictureFormat::Pdf)),
    ("html", Format::Html),
];

pub(super) fn run(args: &ExportArgs, asked: Asked, quiet: bool) -> Outcome {
    let refused = |error: String| {
        message(&error);
        Outcome::WrongUse
    };
    if matches!(args.view, Some(PictureView::Whatif | PictureView::Exposed)) {
        return whatif::run(args, &asked, quiet);
    }
    let viewpoint = match viewpoint(args) {
        Ok(viewpoint) => viewpoint,
        Err(error) => return refused(error),
    };
    let is_page = matches!(viewpoint.view, View::Compare | View::Timeline);
    let n_formats = if is_page { FORMATS.len() } else { FORMATS.len() - 1 };
    let formats = match of_files(&args.outputs, &FORMATS[..n_formats], "this view") {
        Ok(formats) => formats,
        Err(error) => return refused(error),
    };
    if viewpoint.view == View::Timeline {
        return match Commits::new(args, viewpoint.axis, &args.rev.of(asked), quiet) {
            Ok(commits) => write_all(args, &formats, &commits).unwrap_or_else(refused),
            Err(outcome) => outcome,
        };
    }
    let later = match (&args.view_file, &viewpoint.revisions) {
        (Some(_), Some((_, to))) if args.rev.rev.is_none() => Some(to.clone()),
        _ => args.rev.rev.clone(),
    };
    let of = |revision: Option<String>| Asked { revision, ..asked.clone() };
    let analysis = match analyze_configured(&args.path, &of(later.clone()), quiet) {
        Ok(analysis) => analysis,
        Err(outcome) => return outcome,
    };
    let earlier =
        viewpoint.revisions.as_ref().filter(|_| viewpoint.view == View::Compare).map(|(from, _)| from.clone());
    let written = match earlier {
        None => {
            let churn = match (viewpoint.view, viewpoint.choice.colouring.needs_churn()) {
                (View::Treemap, true) => churn_of(&analysis, &of(later), quiet),
                _ => Err("not asked for".to_owned()),
            };
            write_all(args, &formats, &One { args, viewpoint: &viewpoint, analysis: &analysis, churn })
        }
        Some(revision) => match analyze_configured(&args.path, &of(Some(revision.clone())), quiet) {
            Ok(before) => {
                let names = (before.called(&revision), after_name(&analysis, later.as_deref()));
                write_all(args, &formats, &Two::new(args, &viewpoint, names, &before, &analysis))
            }
            Err(outcome) => return outcome,
        },
    };
    written.unwrap_or_else(refused)
}

fn after_name(analysis: &Analysis, asked: Option<&str>) -> String {
    analysis.called(asked.unwrap_or(&analysis.revision))
}

/// What the arguments ask for, or the named view says.
fn viewpoint(args: &ExportArgs) -> Result<Viewpoint, String> {
    if let Some(file) = &args.view_file {
        return named(file).map(|named| named.viewpoint);
    }
    let view = match (args.view, &args.compare) {
        (None | Some(PictureView::Compare), Some(_)) => View::Compare,
        (Some(PictureView::Compare), None) => return Err("say what to compare with: `--compare REV`".to_owned()),
        (Some(_), Some(_)) => {
            return Err("only the view `compare` shows two revisions: leave out `--view` or `--compare`".to_owned());
        }
        (None | Some(PictureView::Map), None) => View::Map,
        (Some(PictureView::Matrix), None) => View::Matrix,
        (Some(PictureView::Treemap), None) => View::Treemap,
        (Some(PictureView::Timeline), None) => View::Timeline,
        // Written by `whatif`.
        (Some(PictureView::Whatif | PictureView::Exposed), None) => View::WhatIf,
    };
    if view == View::Timeline && args.focus.is_some() {
        return Err("a timeline is of the whole workspace: leave out `--focus`".to_owned());
    }
    let later = args.rev.rev.clone().unwrap_or_default();
    let revisions = args.compare.clone().map(|earlier| (earlier, later));
    let choice = args.tiles.choice();
    Ok(Viewpoint { view, focus: args.focus.clone(), revisions, choice, ..Viewpoint::default() })
}

/// A file of `riprap.views/`.
fn named(file: &Path) -> Result<NamedView, String> {
    let text = load::read_text(file).map_err(|error| error.to_string())?;
    NamedView::parse(&text).map_err(|error| format!("`{}`: {error}", file.display()))
}

/// What there is to write.
trait Source {
    fn json(&self) -> Vec<u8>;
    fn picture(&self) -> Result<Picture, String>;
    fn html(&self) -> String;
}

fn write_all(args: &ExportArgs, formats: &[Format], source: &dyn Source) -> Result<Outcome, String> {
    let is_picture = |format: &Format| matches!(format, Format::Picture(_));
    let picture = formats.iter().any(is_picture).then(|| source.picture()).transpose()?.unwrap_or_default();
    let finish = Finish {
        theme: args.theme.theme(),
        margin: f32::from(args.margin),
        transparent: args.transparent,
        scale: f32::from(args.scale),
    };
    let mut outcome = Outcome::Fine;
    for (path, format) in args.outputs.iter().zip(formats) {
        let bytes = match format {
            Format::Json => source.json(),
            Format::Picture(format) => picture.bytes(*format, &finish).map_err(|error| error.to_string())?,
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

/// What the viewpoint means in a model; what is gone is told, and no reason to draw nothing.
fn found(
    args: &ExportArgs,
    viewpoint: &Viewpoint,
    (model, boundaries): (&Model, &Boundaries),
    first: impl FnOnce() -> MapView,
) -> Result<Found, String> {
    let mut found = viewpoint.find(model, boundaries, first);
    if let Some(focus) = args.focus.as_deref() {
        let thing = found
            .selection
            .ok_or_else(|| format!("nothing is called `{focus}`: name a module, an item, a boundary, or `A -> B`"))?;
        if let Some(place @ Place::Node(_)) = thing.place() {
            found.view.expand(place);
        }
    }
    if let (Some(file), false) = (&args.view_file, found.missing.is_empty()) {
        let names: Vec<String> = found.missing.iter().map(|name| format!("`{name}`")).collect();
        message(&format!("`{}` names what is no longer there: {}", file.display(), names.join(", ")));
    }
    Ok(found)
}

/// What of the picture is wanted.
fn extent(
    args: &ExportArgs,
    viewpoint: &Viewpoint,
    selection: Option<Thing>,
    bounds: Rect,
    (model, boundaries): (&Model, &Boundaries),
    map: Option<&Arrangement>,
) -> Result<Extent, String> {
    let rect_of = |name: &str| map?.rect_of_thing(address::find(model, boundaries, name)?);
    let area = match args.area {
        Area::Whole => None,
        Area::Visible => {
            let region = viewpoint
                .region
                .as_ref()
                .ok_or("what is in sight is said by a named view: `--view-file FILE`, with a `[region]`")?;
            let area = region.area(rect_of).and_then(|area| in_sight(area, bounds));
            Some(area.ok_or("nothing is in the `[region]` any more; save the view again")?)
        }
        Area::Selection => {
            let map = map.ok_or("a matrix and a treemap have no neighbours: leave out `--area`")?;
            let thing = selection.ok_or("nothing is selected: `--focus PATH`")?;
            Some(map.surroundings(thing).ok_or("what is selected is not shown")?)
        }
    };
    Ok(Extent { area, legend: !args.no_legend })
}

/// One revision.
struct One<'a> {
    args: &'a ExportArgs,
    viewpoint: &'a Viewpoint,
    analysis: &'a Analysis,
    /// Of the treemap: how often files change, or why nobody knows.
    churn: Result<Churn, String>,
}

impl One<'_> {
    fn treemap(&self, map: &Arrangement, measurer: &Measurer) -> Treemap {
        let Analysis { model, boundaries, sources, .. } = self.analysis;
        let below = Below::new(model, boundaries);
        let churn = self.churn.as_ref().map_err(String::as_str);
        let ground = Ground { model, boundaries, sources, churn, below: Some(&below) };
        Treemap::new(&ground, map, self.viewpoint.choice, treemap::size_of_picture(map), None, measurer)
    }
}

impl Source for One<'_> {
    fn json(&self) -> Vec<u8> {
        json::write(&self.analysis.document())
    }

    /// A view as the window would open it, or as it was saved.
    fn picture(&self) -> Result<Picture, String> {
        let Analysis { model, boundaries, verdict, workspace, .. } = self.analysis;
        let first = || {
            let mut view = map::initial_expansion(model, boundaries, verdict, Budget::default());
            if let Some(level) = self.args.level {
                view.expand_to_level(model, level);
            }
            view
        };
        let found = found(self.args, self.viewpoint, (model, boundaries), first)?;
        let highlight =
            Highlight { selection: found.selection, search: found.found.into_iter().collect(), ..Highlight::default() };
        let measurer = Measurer::new();
        let map = map::arrange(model, boundaries, verdict, &found.view, &measurer, None);
        let of = (&**model, boundaries);
        let extent = |bounds, map| extent(self.args, self.viewpoint, found.selection, bounds, of, map);
        if self.viewpoint.view == View::Matrix {
            let matrix = Matrix::new(model, boundaries, &map, self.viewpoint.reading, &measurer);
            let bounds = matrix::draw(&map, &matrix, &highlight, &measurer).scene.bounds;
            let extent = extent(bounds, None)?;
            return Ok(Picture::of_matrix(&workspace.name, model, verdict, (&map, &matrix), &highlight, extent));
        }
        if self.viewpoint.view == View::Treemap {
            let treemap = self.treemap(&map, &measurer);
            let extent = extent(treemap.bounds, None)?;
            return Ok(Picture::of_treemap(&workspace.name, model, verdict, (&map, &treemap), &highlight, extent));
        }
        let extent = extent(map.bounds, Some(&map))?;
        Ok(Picture::of_map(&workspace.name, model, verdict, &map, &highlight, extent))
    }

    fn html(&self) -> String {
        String::new()
    }
}

/// All commits that lead to the revision.
struct Commits {
    axis: Axis,
    history: History,
}

impl Commits {
    fn new(args: &ExportArgs, axis: Axis, asked: &Asked, quiet: bool) -> Result<Self, Outcome> {
        if args.area != Area::Whole {
            message("a timeline is written whole: leave out `--area`");
            return Err(Outcome::WrongUse);
        }
        let range = asked.commit().map(str::to_owned);
        let stretch = Stretch { range, every: 1, cache: cache::folder(), ..Stretch::default() };
        let go_on = AtomicBool::new(false);
        let history = with_bar(quiet, |progress| analysis::evolve(&args.path, asked, &stretch, &progress, &go_on))?;
        Ok(Self { axis, history })
    }
}

impl Source for Commits {
    fn json(&self) -> Vec<u8> {
        history::json::write(&self.history)
    }

    fn picture(&self) -> Result<Picture, String> {
        let course = Course::new(&self.history);
        let view = history::picture::whole(&course, self.axis);
        Ok(history::picture::picture(&self.history, &course, &view, &Marks::default()))
    }

    fn html(&self) -> String {
        history::html::write(&self.history, self.axis, history::text::Wanted::default())
    }
}

/// Two revisions.
struct Two<'a> {
    args: &'a ExportArgs,
    viewpoint: &'a Viewpoint,
    comparison: Comparison,
    union: Union,
}

impl<'a> Two<'a> {
    fn new(
        args: &'a ExportArgs,
        viewpoint: &'a Viewpoint,
        names: (String, String),
        before: &Analysis,
        after: &Analysis,
    ) -> Self {
        let (before, after) = (before.document(), after.document());
        let comparison = Comparison::of((&names.0, &before), (&names.1, &after));
        let union = Union::new(&before, &after, &comparison);
        Self { args, viewpoint, comparison, union }
    }
}

impl Source for Two<'_> {
    fn json(&self) -> Vec<u8> {
        crate::export::comparison::json::write(&self.comparison).into_bytes()
    }

    fn picture(&self) -> Result<Picture, String> {
        let Union { model, boundaries, .. } = &self.union;
        let first = || initial_view(&self.union, Budget::default());
        let found = found(self.args, self.viewpoint, (model, boundaries), first)?;
        let highlight = Highlight { selection: found.selection, ..Highlight::default() };
        let compared = compared_map::arrange(&self.union, &found.view, &Measurer::new(), None);
        let map = &compared.map;
        let of = (model, boundaries);
        let extent = extent(self.args, self.viewpoint, found.selection, map.bounds, of, Some(map))?;
        let side_by_side = self.viewpoint.side_by_side;
        Ok(comparison_picture::picture(&self.comparison, &compared, &highlight, side_by_side, extent))
    }

    fn html(&self) -> String {
        html::write(&self.comparison, Some(&Pictures::new(&self.comparison, &self.union)))
    }
}
