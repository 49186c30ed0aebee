//! `riprap history`: what became of a workspace, commit by commit.
//!
//! In: a path, a range of commits and files to write, whose extensions say the format.  Out: a summary on standard
//! output, and the files.  Not here: the formats, and going through commits (`analysis`).

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::progress::{message, with_bar};
use super::{HistoryArgs, Outcome};
use crate::analysis::{Asked, Stretch, evolve};
use crate::export::history::{csv, json, text};
use crate::git::Route;
use crate::history::History;
use crate::save;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Csv,
}

impl Format {
    fn of(path: &Path) -> Result<Self, String> {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("json") => Ok(Self::Json),
            Some("csv") => Ok(Self::Csv),
            _ => Err(format!("`{}` has no format that a history is written in: use .json or .csv", path.display())),
        }
    }

    fn write(self, history: &History) -> Vec<u8> {
        match self {
            Self::Json => json::write(history),
            Self::Csv => csv::write(history).into_bytes(),
        }
    }
}

pub(super) fn run(args: &HistoryArgs, asked: &Asked, quiet: bool) -> Outcome {
    let formats: Result<Vec<Format>, String> = args.outputs.iter().map(|path| Format::of(path)).collect();
    let formats = match formats {
        Ok(formats) => formats,
        Err(error) => {
            message(&error);
            return Outcome::WrongUse;
        }
    };
    let route = if args.all { Route::All } else { Route::FirstParent };
    let stretch = Stretch { range: args.range.clone(), every: args.every as usize, route };
    let found = with_bar(quiet, |progress| evolve(&args.path, asked, &stretch, progress, &AtomicBool::new(false)));
    let history = match found {
        Ok(history) => history,
        Err(outcome) => return outcome,
    };
    anstream::print!("{}", text::write(&history));
    for (path, format) in args.outputs.iter().zip(formats) {
        if let Err(error) = save::write(path, &format.write(&history)) {
            message(&error.to_string());
            return Outcome::WrongUse;
        }
    }
    Outcome::Fine
}
