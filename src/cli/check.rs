//! `riprap check`: the verdict as text.
//!
//! In: a path.  Out: each violation as rustc would show it, on standard output; what could not be seen, on standard
//! error; status 1 if anything is denied.  Not here: judging, and the shape of one diagnostic.

use std::collections::BTreeMap;

use super::progress::{analyze_configured, message};
use super::{CheckArgs, Outcome, diagnostic, since};
use crate::analysis::Analysis;
use crate::enrich::Enrichment;
use crate::load;
use crate::source::Note;

/// Places shown of each kind of note.
const NOTES_SHOWN: usize = 3;

pub(super) fn run(args: &CheckArgs, asked: Option<&Enrichment>, quiet: bool) -> Outcome {
    let analysis = match analyze_configured(&args.path, &Enrichment::default(), quiet) {
        Ok(analysis) => analysis,
        Err(outcome) => return outcome,
    };
    if let Some(problem) = asked.and_then(|asked| disagreement(asked, &analysis)) {
        message(&problem);
        return Outcome::WrongUse;
    }
    let (analysis, touched) = match &args.since {
        None => (analysis, None),
        Some(path) => match since::judge(analysis, path) {
            Ok((analysis, touched)) => (analysis, Some(touched)),
            Err(outcome) => return outcome,
        },
    };
    // What is accepted is counted below, and shown in the window.
    for judged in analysis.verdict.violations.iter().filter(|judged| !judged.accepted) {
        anstream::println!(
            "{}\n",
            diagnostic::violation(judged, &analysis.model, &analysis.sources, analysis.config.as_ref())
        );
    }
    anstream::println!("{}", summary(&analysis));
    if let Some(touched) = touched {
        anstream::println!("{touched}");
    }
    if !quiet {
        anstream::eprint!("{}", notes(&analysis.notes));
    }
    if analysis.verdict.is_denied() { Outcome::Denied } else { Outcome::Fine }
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

fn summary(analysis: &Analysis) -> String {
    let count = |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
    let (denied, accepted) = (analysis.verdict.denied(), analysis.verdict.accepted());
    let found = analysis.verdict.violations.len() - accepted;
    let modules = analysis.model.module_ids().count();
    let size = format!(
        "{}, {}, {}",
        count(analysis.model.packages().count(), "package", "packages"),
        count(modules, "module", "modules"),
        count(analysis.model.edges().len(), "edge", "edges"),
    );
    let verdict = match (found, denied) {
        (0, _) => "nothing found".to_owned(),
        (_, 0) => format!("{}, none denied", count(found, "finding", "findings")),
        _ => format!("{}, {denied} denied", count(found, "finding", "findings")),
    };
    let unconfigured = match analysis.config {
        Some(_) => "",
        None => "; there is no riprap.toml, so nothing is denied",
    };
    let accepted = match accepted {
        0 => String::new(),
        accepted => format!(", {accepted} accepted"),
    };
    let stale = match analysis.verdict.stale.len() {
        0 => String::new(),
        1 => "; 1 accepted violation is gone: `riprap baseline` takes it out".to_owned(),
        stale => format!("; {stale} accepted violations are gone: `riprap baseline` takes them out"),
    };
    format!("{}: {verdict}{accepted} ({size}){unconfigured}{stale}", analysis.workspace.name)
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
