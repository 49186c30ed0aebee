//! `riprap review`: two pages for people about what became of a workspace since a day or a commit.
//!
//! In: a path, since when, and files to write, whose extensions say the format.  Out: Markdown on standard output, or the
//! files.  Not here: what is told (`export::review`).

use std::sync::atomic::AtomicBool;

use super::format::of_files;
use super::progress::{message, with_bar};
use super::{Outcome, ReviewArgs};
use crate::analysis::{Analysis, Asked, Follower, Reviewed, Since, review};
use crate::cache;
use crate::compare::{Comparison, Union};
use crate::export::comparison::picture::Pictures;
use crate::export::review::{Wanted, html, markdown};
use crate::history::Commit;
use crate::save;

#[derive(Clone, Copy)]
enum Format {
    Markdown,
    Html,
}

/// By the extensions of files.
const FORMATS: [(&str, Format); 2] = [("md", Format::Markdown), ("html", Format::Html)];

pub(super) fn run(args: &ReviewArgs, asked: &Asked, quiet: bool) -> Outcome {
    let formats = match of_files(&args.outputs, &FORMATS, "a review") {
        Ok(formats) => formats,
        Err(error) => {
            message(&error);
            return Outcome::WrongUse;
        }
    };
    let cache = if args.no_cache { None } else { cache::folder() };
    let since = Since::parse(&args.since);
    let found =
        with_bar(quiet, |progress| review(&args.path, asked, &since, cache.clone(), progress, &AtomicBool::new(false)));
    let Reviewed { history, before, newest } = match found {
        Ok(reviewed) => reviewed,
        Err(outcome) => return outcome,
    };
    for remark in &history.remarks {
        anstream::eprintln!("note: {remark}");
    }
    let (parts, wanted) = (newest.parts(), Wanted { persons: args.persons });
    if formats.is_empty() {
        anstream::print!("{}", markdown(&history, &parts, wanted));
    }
    for (path, format) in args.outputs.iter().zip(formats) {
        let text = match format {
            Format::Markdown => markdown(&history, &parts, wanted),
            Format::Html => {
                let before = before.as_ref().and_then(|commit| analyzed(args, asked, commit));
                let pictures = before.as_ref().map(|before| pictures(before, &newest));
                html(&history, &parts, wanted, pictures.as_slice())
            }
        };
        if let Err(error) = save::write(path, text.as_bytes()) {
            message(&error.to_string());
            return Outcome::WrongUse;
        }
    }
    Outcome::Fine
}

/// Where it began, for the picture alone; without it there is none.
fn analyzed(args: &ReviewArgs, asked: &Asked, commit: &Commit) -> Option<Analysis> {
    Follower::open(&args.path, asked).ok()?.look(commit, &|_| {}, &AtomicBool::new(false)).ok()
}

/// Where it began and where it is now, on one map.
fn pictures(before: &Analysis, newest: &Analysis) -> Pictures {
    let name = |analysis: &Analysis| analysis.commit.as_ref().map(|commit| commit.id.short()).unwrap_or_default();
    let (old, new) = (before.document(), newest.document());
    let comparison = Comparison::of((&name(before), &old), (&name(newest), &new));
    Pictures::new(&comparison, &Union::new(&old, &new, &comparison))
}
