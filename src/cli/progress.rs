//! Progress on standard error: a line that renews itself on a terminal, and nothing elsewhere.
//!
//! In: what the analysis says it is doing.  Out: a listener for it.  Not here: results.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Outcome, diagnostic};
use crate::analysis::{self, Analysis, AnalysisError, Asked, Progress};
use crate::boundary::Problem;
use crate::git::GitError;
use crate::load::LoadError;
use crate::source::ConfigFiles;

/// Analyzes a workspace; on failure the message is printed, and the outcome is how the command ends.
pub(super) fn analyze(path: &Path, asked: &Asked, quiet: bool) -> Result<Analysis, Outcome> {
    with_bar(quiet, |progress| analysis::open(path, asked, progress, &AtomicBool::new(false)))
}

/// What `work` finds, while its progress is shown.
pub(super) fn with_progress<T>(quiet: bool, work: impl FnOnce(&(dyn Fn(Progress) + Sync)) -> T) -> T {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if quiet {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(120));
    let result = work(&|step| {
        let count = match (step.done, step.total) {
            (0, _) => String::new(),
            (done, 0) => format!(" ({done})"),
            (done, total) => format!(" ({done} of {total})"),
        };
        bar.set_message(format!("{}{count}", step.phase.label()));
    });
    bar.finish_and_clear();
    result
}

/// [`with_progress`]; on failure the message is printed, and the outcome is how the command ends.
pub(super) fn with_bar<T>(
    quiet: bool,
    work: impl FnOnce(&(dyn Fn(Progress) + Sync)) -> Result<T, AnalysisError>,
) -> Result<T, Outcome> {
    with_progress(quiet, work).map_err(|error| {
        message(&error.to_string());
        match error {
            AnalysisError::Load(LoadError::NoSuchPath { .. })
            | AnalysisError::NoIndex { .. }
            | AnalysisError::NothingBeyond { .. }
            | AnalysisError::Git(
                GitError::NoRepository { .. }
                | GitError::UnknownRevision { .. }
                | GitError::NoCommit { .. }
                | GitError::EmptyRange { .. }
                | GitError::NothingSince { .. },
            ) => Outcome::WrongUse,
            _ => Outcome::NotAnalysed,
        }
    })
}

/// Like [`analyze`], and mistakes in riprap.toml, a manifest or riprap.baseline end the command, too.
pub(super) fn analyze_configured(path: &Path, asked: &Asked, quiet: bool) -> Result<Analysis, Outcome> {
    configured(analyze(path, asked, quiet)?)
}

/// The analysis, unless something that people declare or accept has problems: then they are printed.
pub(super) fn configured(analysis: Analysis) -> Result<Analysis, Outcome> {
    refuse(&analysis.problems, &analysis.config_files)?;
    refuse(&analysis.baseline_problems, &analysis.baselines)?;
    Ok(analysis)
}

/// Prints what is wrong with files that people write, if anything is; then the command is over.
pub(super) fn refuse(problems: &[Problem], files: &ConfigFiles) -> Result<(), Outcome> {
    if problems.is_empty() {
        return Ok(());
    }
    for problem in problems {
        anstream::eprintln!("{}\n", diagnostic::problem(problem, files));
    }
    let wrong = problems.iter().filter_map(|problem| files.locate(problem.span)).map(|(file, _)| file.path.as_str());
    let wrong: BTreeSet<&str> = wrong.collect();
    let wrong: Vec<&str> = wrong.into_iter().collect();
    message(&format!("{} could not be used; correct it and try again", wrong.join(" and ")));
    Err(Outcome::WrongUse)
}

/// A failure in one line, as rustc shows it.
pub(super) fn message(text: &str) {
    let (red, reset) = ("\u{1b}[1;31m", "\u{1b}[0m");
    anstream::eprintln!("{red}error{reset}: {text}");
}
