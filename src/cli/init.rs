//! `riprap init`: boundaries for a workspace that has none, and those that a riprap.toml lacks.
//!
//! In: a path.  Out: riprap.toml and, so that the first `check` passes, riprap.baseline; what was written on standard
//! output.  A riprap.toml that is there is never replaced: `--update` adds to it.  Not here: what is proposed.

use std::sync::atomic::AtomicBool;

use super::progress::{configured, message, refuse, with_bar};
use super::{InitArgs, Outcome, baseline};
use crate::analysis::{Analysis, Asked, Live, Proposed, Wish, add_missing};
use crate::load::CONFIG;
use crate::propose::GroupBy;
use crate::save;

/// What code is put together by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum By {
    /// Each folder is a boundary
    Folder,
    /// Names that begin alike are one, however few there are
    Prefix,
    /// What CODEOWNERS gives to one owner
    Owner,
    /// What refers to each other and changes together: a guess that needs a name and a reason
    Community,
}

impl By {
    fn meaning(self) -> GroupBy {
        match self {
            Self::Folder => GroupBy::Folder,
            Self::Prefix => GroupBy::Prefix,
            Self::Owner => GroupBy::Owner,
            Self::Community => GroupBy::Community,
        }
    }
}

pub(super) fn run(args: &InitArgs, asked: &Asked, quiet: bool) -> Outcome {
    let mut live = Live::new(asked.clone());
    let cancel = AtomicBool::new(false);
    let analysis = match with_bar(quiet, |progress| live.open(&args.path, progress, &cancel)) {
        Ok(analysis) => analysis,
        Err(outcome) => return outcome,
    };
    if analysis.config.is_none() {
        let by = args.by.map_or(GroupBy::Usual, By::meaning);
        if by == GroupBy::Owner && !live.has_owners() {
            message(
                "no CODEOWNERS file says whose the code is: `--by folder`, `--by prefix` and `--by community` need none",
            );
            return Outcome::WrongUse;
        }
        let edits = if matches!(by, GroupBy::Usual | GroupBy::Folder) { None } else { analysis.edits() };
        return match live.propose(&analysis, Wish::By(by), edits.as_ref(), &cancel) {
            Ok(Some(proposed)) if proposed.plan.parts.is_empty() => {
                message("nothing was found that boundaries could be made of");
                Outcome::WrongUse
            }
            Ok(Some(proposed)) => write(args, &proposed),
            Ok(None) => Outcome::NotAnalysed,
            Err(error) => {
                message(&error.to_string());
                Outcome::NotAnalysed
            }
        };
    }
    if args.update {
        return configured(analysis).map_or_else(|outcome| outcome, |analysis| update(args, &analysis));
    }
    let path = analysis.root.join(CONFIG);
    message(&format!(
        "`{}` is there already and is not replaced; `riprap init --update` adds boundaries for packages that have none",
        path.display()
    ));
    Outcome::WrongUse
}

fn write(args: &InitArgs, proposed: &Proposed) -> Outcome {
    let Proposed { text, analysis, .. } = proposed;
    if let Err(outcome) = refuse(&analysis.problems, &analysis.config_files) {
        return outcome;
    }
    if let Some(outcome) = put(args, analysis, text) {
        return outcome;
    }
    let boundaries = analysis.boundaries.ids().filter(|id| !analysis.boundaries.members(*id).is_empty()).count();
    let noun = if boundaries == 1 { "boundary" } else { "boundaries" };
    anstream::println!("{CONFIG}: {boundaries} {noun} in {} lines", text.lines().count());
    let outcome = baseline::accept(analysis);
    anstream::println!(
        "rename and split until it says what you mean: `riprap open` shows it, `riprap check` holds the code to it"
    );
    outcome
}

/// Writes riprap.toml; gives how the command ends if it was only printed, or could not be written.
fn put(args: &InitArgs, analysis: &Analysis, text: &str) -> Option<Outcome> {
    if args.print {
        anstream::print!("{text}");
        return Some(Outcome::Fine);
    }
    let error = save::write(&analysis.root.join(CONFIG), text.as_bytes()).err()?;
    message(&error.to_string());
    Some(Outcome::WrongUse)
}

fn update(args: &InitArgs, analysis: &Analysis) -> Outcome {
    let added = add_missing(analysis);
    for (package, refusal) in &added.refused {
        message(&format!("no boundary was added for package `{package}`: {refusal}"));
    }
    let Some(text) = &added.text else {
        if added.refused.is_empty() {
            anstream::println!("{CONFIG}: every package has a boundary, nothing to add");
            return Outcome::Fine;
        }
        return Outcome::WrongUse;
    };
    if let Some(outcome) = put(args, analysis, text) {
        return outcome;
    }
    for (name, contains) in &added.boundaries {
        anstream::println!("+ [boundary.{name}] contains {}", contains.join(", "));
    }
    let noun = if added.boundaries.len() == 1 { "boundary" } else { "boundaries" };
    anstream::println!("{CONFIG}: {} {noun} added; say what each may use and whose it is", added.boundaries.len());
    Outcome::Fine
}
