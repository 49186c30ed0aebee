//! `riprap check`: the verdict, as the reports that were asked for.
//!
//! In: a path and formats.  Out: each report on standard output or in its file; what could not be seen, on standard
//! error; status 1 if anything is denied.  Not here: judging, the shape of one diagnostic, and the other formats.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstream::adapter::strip_str;

use super::format::{self, Format, Wanted};
use super::progress::{analyze_configured, message};
use super::{CheckArgs, Outcome, diagnostic, since};
use crate::analysis::{Analysis, Asked};
use crate::enrich::Enrichment;
use crate::export::report::{github, json, junit, markdown, sarif, wording};
use crate::load;
use crate::save;
use crate::source::Note;

/// Places shown of each kind of note.
const NOTES_SHOWN: usize = 3;

pub(super) fn run(args: &CheckArgs, enrich: Option<&Enrichment>, asked: Asked, quiet: bool) -> Outcome {
    let wanted = match format::all(&args.formats) {
        Ok(wanted) => wanted,
        Err(error) => {
            message(&error);
            return Outcome::WrongUse;
        }
    };
    let asked = args.rev.of(Asked { enrich: Enrichment::default(), ..asked });
    let analysis = match analyze_configured(&args.path, &asked, quiet) {
        Ok(analysis) => analysis,
        Err(outcome) => return outcome,
    };
    if let Some(problem) = enrich.and_then(|enrich| disagreement(enrich, &analysis)) {
        message(&problem);
        return Outcome::WrongUse;
    }
    let (analysis, touched) = match &args.since {
        None => (analysis, None),
        Some(since) => match since::judge(analysis, &args.path, since, &asked, quiet) {
            Ok((analysis, touched)) => (analysis, Some(touched)),
            Err(outcome) => return outcome,
        },
    };
    let mut outcome = if analysis.verdict.is_denied() { Outcome::Denied } else { Outcome::Fine };
    for wanted in &wanted {
        if let Err(error) = report(wanted, &analysis, touched.as_deref()) {
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

fn report(wanted: &Wanted, analysis: &Analysis, touched: Option<&str>) -> Result<(), String> {
    let parts = analysis.parts();
    let text = match wanted.format {
        Format::Text => text(analysis, touched),
        Format::Json => json::write(&parts),
        Format::Sarif => sarif::write(&parts),
        Format::Junit => junit::write(&parts),
        Format::Github => github::write(&parts),
        Format::Markdown => markdown::write(&parts),
    };
    let written = match (&wanted.file, wanted.format) {
        (Some(file), Format::Text) => {
            return save::write(file, strip_str(&text).to_string().as_bytes()).map_err(|error| error.to_string());
        }
        (Some(file), _) => return save::write(file, text.as_bytes()).map_err(|error| error.to_string()),
        (None, Format::Text) => print(&mut anstream::stdout().lock(), &text),
        (None, _) => print(&mut io::stdout().lock(), &text),
    };
    written.map_err(|error| format!("failed to write to standard output: {error}"))
}

/// A reader that has seen enough closes its end; that is no failure.
fn print(output: &mut dyn Write, text: &str) -> io::Result<()> {
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Each violation as rustc would show it, in colours.
fn text(analysis: &Analysis, touched: Option<&str>) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    struct Closed(io::ErrorKind);

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_has_seen_enough_is_no_failure() {
        assert!(print(&mut Closed(io::ErrorKind::BrokenPipe), "text").is_ok());
        assert!(print(&mut Closed(io::ErrorKind::StorageFull), "text").is_err());
    }
}
