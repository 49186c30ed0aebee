//! Progress on standard error: a line that renews itself on a terminal, and nothing elsewhere.
//!
//! In: what the analysis says it is doing.  Out: a listener for it.  Not here: results.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Outcome, diagnostic};
use crate::analysis::{self, Analysis, AnalysisError, Asked};
use crate::git::GitError;
use crate::load::LoadError;

/// Analyzes a workspace; on failure the message is printed, and the outcome is how the command ends.
pub(super) fn analyze(path: &Path, asked: &Asked, quiet: bool) -> Result<Analysis, Outcome> {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if quiet {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(120));
    let result = analysis::open(
        path,
        asked,
        &|step| {
            let count = match (step.done, step.total) {
                (0, _) => String::new(),
                (done, 0) => format!(" ({done})"),
                (done, total) => format!(" ({done} of {total})"),
            };
            bar.set_message(format!("{}{count}", step.phase.label()));
        },
        &AtomicBool::new(false),
    );
    bar.finish_and_clear();
    result.map_err(|error| {
        message(&error.to_string());
        match error {
            AnalysisError::Load(LoadError::NoSuchPath { .. })
            | AnalysisError::NoIndex { .. }
            | AnalysisError::NothingBeyond { .. }
            | AnalysisError::Git(
                GitError::NoRepository { .. } | GitError::UnknownRevision { .. } | GitError::NoCommit { .. },
            ) => Outcome::WrongUse,
            _ => Outcome::NotAnalysed,
        }
    })
}

/// Like [`analyze`], and a riprap.toml with problems ends the command, too.
pub(super) fn analyze_configured(path: &Path, asked: &Asked, quiet: bool) -> Result<Analysis, Outcome> {
    let analysis = analyze(path, asked, quiet)?;
    match &analysis.config {
        Some(config) if !analysis.problems.is_empty() => {
            for problem in &analysis.problems {
                anstream::eprintln!("{}\n", diagnostic::problem(problem, config));
            }
            message(&format!("{} could not be used; correct it and try again", config.path));
            Err(Outcome::WrongUse)
        }
        _ => with_baseline(analysis),
    }
}

fn with_baseline(analysis: Analysis) -> Result<Analysis, Outcome> {
    match &analysis.baseline {
        Some(baseline) if !analysis.baseline_problems.is_empty() => {
            for problem in &analysis.baseline_problems {
                anstream::eprintln!("{}\n", diagnostic::problem(problem, baseline));
            }
            message(&format!("{} could not be used; correct it and try again", baseline.path));
            Err(Outcome::WrongUse)
        }
        _ => Ok(analysis),
    }
}

/// A failure in one line, as rustc shows it.
pub(super) fn message(text: &str) {
    let (red, reset) = ("\u{1b}[1;31m", "\u{1b}[0m");
    anstream::eprintln!("{red}error{reset}: {text}");
}
