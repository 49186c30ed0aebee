//! `riprap history`: what became of a workspace, commit by commit.
//!
//! In: a path, a range of commits and files to write, whose extensions say the format.  Out: a summary on standard
//! output, and the files.  Not here: the formats, and going through commits (`analysis`).

use std::sync::atomic::AtomicBool;

use super::format::of_files;
use super::progress::{message, refuse, with_bar};
use super::{HistoryArgs, Outcome};
use crate::analysis::{Asked, Phase, Progress, Revisit, Rules, Stretch, evolve};
use crate::cache;
use crate::config;
use crate::export::film::{self, Film};
use crate::export::history::{csv, html, json, picture, text};
use crate::export::png;
use crate::git::Route;
use crate::history::History;
use crate::load;
use crate::save;
use crate::scene::map::film::{Seen, shoot};
use crate::scene::timeline::Axis;
use crate::source::{ConfigFiles, SourceFile};
use crate::theme::{Measurer, Theme};

/// Pixels per point of a PNG: sharp on a screen of double density.
const PNG_SCALE: f32 = 2.0;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Csv,
    Svg,
    Png,
    Html,
}

/// By the extensions of files.
const FORMATS: [(&str, Format); 5] =
    [("json", Format::Json), ("csv", Format::Csv), ("svg", Format::Svg), ("png", Format::Png), ("html", Format::Html)];

impl Format {
    fn write(
        self,
        history: &History,
        axis: Axis,
        theme: &'static Theme,
        wanted: text::Wanted,
    ) -> Result<Vec<u8>, String> {
        Ok(match self {
            Self::Json => json::write(history),
            Self::Csv => csv::write(history).into_bytes(),
            Self::Svg => picture::svg(history, axis, theme).into_bytes(),
            Self::Png => {
                let picture = png::render(&picture::svg(history, axis, theme), PNG_SCALE);
                picture.map_err(|error| error.to_string())?.bytes
            }
            Self::Html => html::write(history, axis, wanted).into_bytes(),
        })
    }
}

/// What a film is written as.
const FILM_FORMATS: [(&str, film::Format); 3] =
    [("html", film::Format::Html), ("png", film::Format::Apng), ("apng", film::Format::Apng)];

pub(super) fn run(args: &HistoryArgs, asked: &Asked, quiet: bool) -> Outcome {
    let formats = of_files(&args.outputs, &FORMATS, "a history");
    let formats = formats.and_then(|formats| Ok((formats, of_files(&args.films, &FILM_FORMATS, "a film")?)));
    let (formats, film_formats) = match formats {
        Ok(formats) => formats,
        Err(error) => {
            message(&error);
            return Outcome::WrongUse;
        }
    };
    let rules = match rules(args) {
        Ok(rules) => rules,
        Err(outcome) => return outcome,
    };
    let route = if args.all { Route::All } else { Route::FirstParent };
    let cache = if args.no_cache { None } else { cache::folder() };
    let stretch = Stretch { range: args.range.clone(), last: None, every: args.every as usize, route, rules, cache };
    let found = with_bar(quiet, |progress| evolve(&args.path, asked, &stretch, &progress, &AtomicBool::new(false)));
    let history = match found {
        Ok(history) => history,
        Err(outcome) => return outcome,
    };
    for remark in &history.remarks {
        anstream::eprintln!("note: {remark}");
    }
    let wanted = text::Wanted { persons: args.persons };
    anstream::print!("{}", text::write(&history, wanted));
    for (path, format) in args.outputs.iter().zip(formats) {
        let bytes = format.write(&history, args.axis.axis(), args.theme.theme(), wanted);
        let saved = bytes.and_then(|bytes| save::write(path, &bytes).map_err(|error| error.to_string()));
        if let Err(error) = saved {
            message(&error);
            return Outcome::WrongUse;
        }
    }
    match films(args, &film_formats, asked, &stretch, &history, quiet) {
        Ok(()) => Outcome::Fine,
        Err(outcome) => outcome,
    }
}

fn films(
    args: &HistoryArgs,
    formats: &[film::Format],
    asked: &Asked,
    stretch: &Stretch,
    history: &History,
    quiet: bool,
) -> Result<(), Outcome> {
    if formats.is_empty() {
        return Ok(());
    }
    let stills = history.stills(args.frames as usize);
    let shots = with_bar(quiet, |progress| {
        let cancel = AtomicBool::new(false);
        let mut revisit = Revisit::new(&args.path, asked, stretch, history, &cancel)?;
        shoot(stills.len(), history.worst_of(&stills), &Measurer::new(), &mut |at| {
            progress(Progress { phase: Phase::Commits, done: at, total: stills.len() });
            let analysis = revisit.look(&history.points[stills[at]].commit, &cancel)?;
            Ok(Seen { model: analysis.model, boundaries: analysis.boundaries, verdict: analysis.verdict })
        })
    })?;
    let film = Film::new(history, &stills, shots);
    for (path, format) in args.films.iter().zip(formats) {
        let bytes = film.bytes(*format, args.theme.theme()).map_err(|error| error.to_string());
        bytes.and_then(|bytes| save::write(path, &bytes).map_err(|error| error.to_string())).map_err(|error| {
            message(&error);
            Outcome::WrongUse
        })?;
    }
    Ok(())
}

/// By what commits are to be judged; a file that says nothing that could be meant ends the command.
fn rules(args: &HistoryArgs) -> Result<Rules, Outcome> {
    let Some(file) = &args.rules else {
        return Ok(if args.own_rules { Rules::Own } else { Rules::Today });
    };
    let text = load::read_text(file).map_err(|error| {
        message(&error.to_string());
        Outcome::WrongUse
    })?;
    let name = file.display().to_string();
    let files = ConfigFiles::new([SourceFile::new(name.clone(), text.as_str().into())]);
    if let Err(problems) = config::read(&text) {
        refuse(&problems, &files)?;
    }
    Ok(Rules::Other { name, text })
}
