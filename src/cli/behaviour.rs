//! `riprap history --behaviour`: what the commits of a workspace changed together.
//!
//! In: a path, a range of commits and files to write.  Out: a summary on standard output, and the files.  Not here: the
//! formats, and what counts (`history::behaviour`).

use std::sync::atomic::AtomicBool;

use super::progress::{message, with_bar};
use super::{HistoryArgs, Outcome};
use crate::analysis::{Asked, Behaved, Stretch, behave};
use crate::export::behaviour::{json, text};
use crate::git::Route;
use crate::save;

pub(super) fn run(args: &HistoryArgs, asked: &Asked, quiet: bool) -> Outcome {
    let is_json = |path: &std::path::Path| path.extension().is_some_and(|extension| extension == "json");
    if let Some(path) = args.outputs.iter().find(|path| !is_json(path)) {
        message(&format!("`{}` has no format that behaviour is written in: use .json", path.display()));
        return Outcome::WrongUse;
    }
    let route = if args.all { Route::All } else { Route::FirstParent };
    let stretch = Stretch { range: args.range.clone(), every: 1, route, ..Stretch::default() };
    let found = with_bar(quiet, |progress| behave(&args.path, asked, &stretch, progress, &AtomicBool::new(false)));
    let Behaved { workspace, days, behaviour, notes } = match found {
        Ok(behaved) => behaved,
        Err(outcome) => return outcome,
    };
    let days = (days.0.as_str(), days.1.as_str());
    anstream::print!("{}", text::write(&workspace, days, &behaviour, &notes));
    for path in &args.outputs {
        if let Err(error) = save::write(path, &json::write(&workspace, days, &behaviour, &notes)) {
            message(&error.to_string());
            return Outcome::WrongUse;
        }
    }
    Outcome::Fine
}
