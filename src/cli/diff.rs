//! `riprap diff`: what differs between two revisions, as the reports that were asked for.
//!
//! In: two revisions, each of a repository, the file of a snapshot or `WORKTREE`, and formats.  Out: each report on standard output or in its file.
//! The status says whether they could be compared, not what was found: that is what `check --since` judges.  Not here:
//! comparing, and the formats.

use std::path::Path;

use super::format::{self, Format, Wanted};
use super::progress::{configured, message};
use super::since::Known;
use super::{DiffArgs, Outcome};
use crate::analysis::Asked;
use crate::compare::{Comparison, Union};
use crate::export::comparison::picture::Pictures;
use crate::export::comparison::{html, json, markdown, text};

/// The formats of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Report {
    Text,
    Json,
    Markdown,
    Html,
}

impl Format for Report {
    const ALL: &'static [Self] = &[Self::Text, Self::Json, Self::Markdown, Self::Html];

    fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }
}

pub(super) fn run(args: &DiffArgs, asked: &Asked, quiet: bool) -> Outcome {
    match compare(args, asked, quiet) {
        Ok(()) => Outcome::Fine,
        Err(outcome) => outcome,
    }
}

fn compare(args: &DiffArgs, asked: &Asked, quiet: bool) -> Result<(), Outcome> {
    let refused = |text: String| {
        message(&text);
        Outcome::WrongUse
    };
    let wanted = format::all(&args.formats).map_err(refused)?;
    let (before, before_name) = read(&args.old, &args.path, asked, quiet)?;
    let (after, after_name) = read(&args.new, &args.path, asked, quiet)?;
    let (before, after) = (before.document(), after.document());
    let comparison = Comparison::of((&before_name, &before), (&after_name, &after));
    let pictures = wanted.iter().any(|wanted| wanted.format == Report::Html);
    let pictures = pictures.then(|| Pictures::new(&comparison, &Union::new(&before, &after, &comparison)));
    for wanted in &wanted {
        report(wanted, &comparison, pictures.as_ref()).map_err(refused)?;
    }
    Ok(())
}

/// A revision, and what it is called.
fn read(revision: &str, path: &Path, asked: &Asked, quiet: bool) -> Result<(Known, String), Outcome> {
    let known = Known::read(revision, path, asked, quiet)?;
    // Without folders: what is printed depends on no machine.
    let file = || Path::new(revision).file_name().map_or_else(|| revision.into(), |name| name.to_string_lossy().into());
    Ok(match known {
        Known::Analysis(analysis) => {
            let analysis = configured(*analysis)?;
            let name = analysis.called(revision);
            (Known::Analysis(Box::new(analysis)), name)
        }
        Known::Document(_) => (known, file()),
    })
}

fn report(wanted: &Wanted<Report>, comparison: &Comparison, pictures: Option<&Pictures>) -> Result<(), String> {
    let text = match wanted.format {
        Report::Text => text::write(comparison),
        Report::Json => json::write(comparison),
        Report::Markdown => markdown::write(comparison),
        Report::Html => html::write(comparison, pictures),
    };
    wanted.put(&text, wanted.format == Report::Text)
}
