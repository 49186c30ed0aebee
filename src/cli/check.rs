//! `riprap check`: the verdict, as the reports that were asked for.
//!
//! In: a path and formats.  Out: each report on standard output or in its file; what could not be seen, on standard
//! error; status 1 if anything is denied.  Not here: judging, the shape of one diagnostic, and the other formats.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::format::{self, Format, Wanted};
use super::progress::{analyze_configured, message};
use super::since::{self, Known};
use super::{CheckArgs, Outcome, diagnostic, first_page};
use crate::analysis::{Analysis, Asked};
use crate::enrich::Enrichment;
use crate::export::report::{github, json, junit, markdown, sarif, wording};
use crate::load;
use crate::source::Note;

/// Places shown of each kind of note.
const NOTES_SHOWN: usize = 3;

/// The formats of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Report {
    Text,
    Json,
    Sarif,
    Junit,
    Github,
    Markdown,
}

impl Format for Report {
    const ALL: &'static [Self] = &[Self::Text, Self::Json, Self::Sarif, Self::Junit, Self::Github, Self::Markdown];

    fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
            Self::Github => "github",
            Self::Markdown => "markdown",
        }
    }
}

pub(super) fn run(args: &CheckArgs, enrich: Option<&Enrichment>, asked: Asked, quiet: bool) -> Outcome {
    let wanted = match format::all(&args.formats) {
        Ok(wanted) => wanted,
        Err(error) => {
            message(&error);
            return Outcome::WrongUse;
        }
    };
    let asked = args.rev.of(Asked { enrich: Enrichment::default(), ..asked });
    let since = args.since.as_deref().map(|since| Known::read(since, &args.path, &asked, quiet));
    let since = match since.transpose() {
        Ok(since) => since,
        Err(outcome) => return outcome,
    };
    let since = since.as_ref().map(Known::document);
    let asked = Asked { earlier: since.as_ref().map(|since| Arc::new(since.earlier())), ..asked };
    let analysis = match analyze_configured(&args.path, &asked, quiet) {
        Ok(analysis) => analysis,
        Err(outcome) => return outcome,
    };
    if let Some(problem) = enrich.and_then(|enrich| disagreement(enrich, &analysis)) {
        message(&problem);
        return Outcome::WrongUse;
    }
    let (analysis, touched) = match &since {
        None => (analysis, None),
        Some(earlier) => {
            let touched = since::touched(&analysis, earlier);
            (since::judge(analysis, earlier), Some(touched))
        }
    };
    let mut outcome = if analysis.verdict.is_denied() { Outcome::Denied } else { Outcome::Fine };
    for wanted in &wanted {
        if let Err(error) = report(wanted, &analysis, touched.as_deref(), args.all) {
            message(&error);
            outcome = Outcome::WrongUse;
        }
    }
    if !quiet {
        anstream::eprint!("{}", notes(&analysis.notes));
        // Somebody who reads along wants to know how it ended.
        if wanted.iter().all(|wanted| wanted.file.is_some()) {
            anstream::eprintln!("{}", wording::summary(&analysis.parts()));
        }
    }
    outcome
}

/// What is wrong with asking for something that riprap.toml does not ask for: the verdict depends on what it says alone.
fn disagreement(asked: &Enrichment, analysis: &Analysis) -> Option<String> {
    let words = asked.words(|file| load::shown(&analysis.root, file));
    if words == analysis.enrich {
        return None;
    }
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    Some(format!(
        "`check` looks beyond the sources only as riprap.toml says, so that its verdict is the same everywhere: leave out \
         `--enrich`, or write `enrich = [{}]` into riprap.toml",
        quoted.join(", ")
    ))
}

fn report(wanted: &Wanted<Report>, analysis: &Analysis, touched: Option<&str>, all: bool) -> Result<(), String> {
    let parts = analysis.parts();
    let text = match wanted.format {
        Report::Text => text(analysis, touched, all),
        Report::Json => json::write(&parts),
        Report::Sarif => sarif::write(&parts),
        Report::Junit => junit::write(&parts),
        Report::Github => github::write(&parts),
        Report::Markdown => markdown::write(&parts),
    };
    wanted.put(&text, wanted.format == Report::Text)
}

/// Each violation as rustc would show it, in colours.
fn text(analysis: &Analysis, touched: Option<&str>, all: bool) -> String {
    if analysis.config.is_none() && touched.is_none() {
        return first_page::text(analysis, all);
    }
    let mut text = String::new();
    // What is accepted is counted below, and shown in the window.
    for judged in analysis.verdict.violations.iter().filter(|judged| judged.accepted.is_none()) {
        text += &diagnostic::violation(judged, &analysis.model, &analysis.sources, &analysis.config_files);
        text += "\n\n";
    }
    text += &wording::summary(&analysis.parts());
    text.push('\n');
    if let Some(touched) = touched {
        text += touched;
        text.push('\n');
    }
    text
}

/// What could not be seen: each kind with its number and its first places.
fn notes(notes: &[Note]) -> String {
    let mut kinds: BTreeMap<&str, Vec<&Note>> = BTreeMap::new();
    for note in notes {
        kinds.entry(note.kind).or_default().push(note);
    }
    let mut text = String::new();
    for (kind, notes) in kinds {
        text += &format!(
            "note[{kind}]: {}\n",
            if notes.len() == 1 { "1 place".into() } else { format!("{} places", notes.len()) }
        );
        for note in notes.iter().take(NOTES_SHOWN) {
            let place = note.at.map_or_else(String::new, |at| format!(":{}:{}", at.line, at.column));
            text += &format!("  {}{place}: {}\n", note.path, note.detail);
        }
        if notes.len() > NOTES_SHOWN {
            text += &format!("  and {} more; `riprap snapshot` lists all\n", notes.len() - NOTES_SHOWN);
        }
    }
    text
}
