//! `riprap history`: what became of a workspace, commit by commit.
//!
//! In: a path, a range of commits and files to write, whose extensions say the format.  Out: a summary on standard
//! output, and the files.  Not here: the formats, and going through commits (`analysis`).

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::progress::{message, refuse, with_bar};
use super::{HistoryArgs, Outcome};
use crate::analysis::{Asked, Rules, Stretch, evolve};
use crate::cache;
use crate::config;
use crate::export::history::{csv, json, text};
use crate::git::Route;
use crate::history::History;
use crate::load;
use crate::save;
use crate::source::{ConfigFiles, SourceFile};

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
    let rules = match rules(args) {
        Ok(rules) => rules,
        Err(outcome) => return outcome,
    };
    let route = if args.all { Route::All } else { Route::FirstParent };
    let cache = if args.no_cache { None } else { cache::folder() };
    let stretch = Stretch { range: args.range.clone(), every: args.every as usize, route, rules, cache };
    let found = with_bar(quiet, |progress| evolve(&args.path, asked, &stretch, progress, &AtomicBool::new(false)));
    let history = match found {
        Ok(history) => history,
        Err(outcome) => return outcome,
    };
    for remark in &history.remarks {
        anstream::eprintln!("note: {remark}");
    }
    anstream::print!("{}", text::write(&history, text::Wanted { persons: args.persons }));
    for (path, format) in args.outputs.iter().zip(formats) {
        if let Err(error) = save::write(path, &format.write(&history)) {
            message(&error.to_string());
            return Outcome::WrongUse;
        }
    }
    Outcome::Fine
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
