//! A change of riprap.toml that a person prepares: what it is about, and what is filled in.
//!
//! In: nothing.  Out: [`Wish`], [`Form`], [`Amendment`].  Not here: what they mean for a workspace (`wish`), judging and
//! writing (`amending`), and the dialog.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::generation::Generation;
use super::outcome::Outcome;
use crate::edit::Change;
use crate::scene::thing::Place;

/// What a person wants to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    Allow {
        from: Place,
        to: Place,
    },
    Forbid {
        from: Place,
        to: Place,
    },
    /// What is broken on an edge.
    ExceptEdge {
        from: Place,
        to: Place,
    },
    /// By its index in the verdict.
    ExceptViolation(usize),
    /// Of what is gathered.
    Boundary,
}

/// What is filled in.  Names and not ids: the analysis may change while somebody types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Allow { user: String, uses: String },
    Forbid { from: String, to: String, unless_through: String, reason: String },
    Except { rule: &'static str, from: String, to: String, reason: String, until: String, owner: String },
    Boundary { name: String },
}

impl Form {
    pub(crate) fn title(&self) -> &'static str {
        match self {
            Self::Allow { .. } => "Allow a dependency",
            Self::Forbid { .. } => "Forbid a dependency",
            Self::Except { .. } => "Add an exception",
            Self::Boundary { .. } => "Make a boundary",
        }
    }

    /// What it does, in one line.
    pub(crate) fn effect(&self) -> String {
        let or_any = |text: &str| filled(text).map_or_else(|| "anything".to_owned(), |text| format!("`{text}`"));
        match self {
            Self::Allow { user, uses } => format!("Adds `{uses}` to `may_use` of boundary `{user}`"),
            Self::Forbid { from, to, unless_through, .. } => {
                let through = filled(unless_through).map(|it| format!(", unless it goes through `{it}`"));
                format!("{} must not use {}{}", or_any(from), or_any(to), through.unwrap_or_default())
            }
            Self::Except { rule, from, to, until, .. } => {
                let until = filled(until).map(|day| format!(", up to and including {day}"));
                let ends = match (filled(from), filled(to)) {
                    (Some(from), None) => format!("`{from}`"),
                    (from, to) => {
                        format!("{} → {}", or_any(&from.unwrap_or_default()), or_any(&to.unwrap_or_default()))
                    }
                };
                format!("`{rule}` no longer denies {ends}{}", until.unwrap_or_default())
            }
            Self::Boundary { name } => match filled(name) {
                Some(name) => format!("Declares boundary `{name}`"),
                None => "Declares a boundary".to_owned(),
            },
        }
    }
}

/// Without what surrounds it; `None` for nothing.
pub(crate) fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A change while its dialog is open.
#[derive(Clone, Debug)]
pub(crate) struct Amendment {
    pub(crate) form: Form,
    /// What riprap.toml would say; else what is missing or wrong.
    pub(crate) rewrite: Result<Rewrite, String>,
    /// The form that the rewrite is of.
    pub(crate) seen: Option<Form>,
    /// What comes of it; `None` until that is judged.
    pub(crate) outcome: Option<Arc<Outcome>>,
    /// The form changed then, in egui's seconds; `None` once it is being judged.
    pub(crate) changed_at: Option<f64>,
    pub(crate) judging: Option<Judging>,
    /// The dialog was painted: the keyboard was led to its first field.
    pub(crate) is_shown: bool,
}

/// A new riprap.toml that the worker judges.
#[derive(Clone, Debug)]
pub(crate) struct Judging {
    pub(crate) generation: Generation,
    pub(crate) cancel: Arc<AtomicBool>,
}

impl Amendment {
    pub(crate) fn new(form: Form) -> Self {
        let (seen, outcome, changed_at, judging) = Default::default();
        Self { form, rewrite: Err(String::new()), seen, outcome, changed_at, judging, is_shown: false }
    }

    /// Nothing that was judged counts any longer.
    pub(crate) fn forget_outcome(&mut self) {
        self.outcome = None;
        if let Some(judging) = self.judging.take() {
            judging.cancel.store(true, Ordering::Relaxed);
        }
    }
}

/// A new riprap.toml.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rewrite {
    pub(crate) change: Change,
    /// `None` where there is none.
    pub(crate) before: Option<String>,
    pub(crate) after: String,
}

/// The lines that a change takes away and adds, each with its sign.
pub(crate) fn changed_lines(before: &str, after: &str) -> Vec<(char, String)> {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let same = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let (old, new) = (&before[same..], &after[same..]);
    let same_end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    // Empty lines around what is new say nothing.
    let lines = |sign: char, lines: &[&str]| {
        let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
        let last = lines.iter().rposition(|line| !line.is_empty()).map_or(first, |last| last + 1);
        lines[first..last].iter().map(|line| (sign, (*line).to_owned())).collect::<Vec<_>>()
    };
    let mut changed = lines('-', &old[..old.len() - same_end]);
    changed.extend(lines('+', &new[..new.len() - same_end]));
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_differ_are_told() {
        let told = |before: &str, after: &str| {
            let lines = changed_lines(before, after).into_iter().map(|(sign, line)| format!("{sign}{line}"));
            lines.collect::<Vec<_>>()
        };
        assert_eq!(told("a\nb\nc\n", "a\nx\nc\n"), ["-b", "+x"]);
        assert_eq!(told("a\n", "a\n\nb\n\nc\n"), ["+b", "+", "+c"]);
        assert_eq!(told("", "a\n"), ["+a"]);
        assert_eq!(told("a\na\n", "a\na\na\n"), ["+a"]);
        assert_eq!(told("a\n", "a\n"), Vec::<String>::new());
    }
}
