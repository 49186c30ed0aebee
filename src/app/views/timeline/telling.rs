//! A commit of the timeline in words.
//!
//! In: the history and a step of it.  Out: texts.  Not here: where they stand.

use crate::app::timeline::Told;
use crate::app::widgets::counted;
use crate::history::Identity;
use crate::theme::Role;

/// What became of a violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Introduced,
    Fixed,
}

impl Turn {
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Introduced => "+",
            Self::Fixed => "−",
        }
    }

    pub(super) fn role(self) -> Role {
        match self {
            Self::Introduced => Role::Violation,
            Self::Fixed => Role::Success,
        }
    }
}

/// What came and what went at a commit, in words.
pub(super) fn turns(told: &Told, step: usize) -> Vec<(Turn, String)> {
    let Some(Ok(state)) = told.point(step).map(|point| &point.state) else { return Vec::new() };
    if told.course.steps[step].opened == 0 && told.course.steps[step].closed == 0 {
        return Vec::new();
    }
    let came = state.opened.iter().map(|identity| (Turn::Introduced, in_words(identity)));
    let gone = state.closed.iter().map(|id| {
        let known = told.identity(id).map(in_words);
        (Turn::Fixed, known.unwrap_or_else(|| id.clone()))
    });
    came.chain(gone).collect()
}

fn in_words(identity: &Identity) -> String {
    let Identity { rule, from, to, members, .. } = identity;
    match (to.is_empty(), members.is_empty()) {
        (_, false) => format!("{rule} {from}: {}", members.join(", ")),
        (true, true) => format!("{rule} {from}"),
        (false, true) => format!("{rule} {from} → {to}"),
    }
}

/// A commit and what it is about.
pub(super) fn spoken(told: &Told, step: usize) -> String {
    let (Some(commit), Some(at)) = (told.commit(step), told.course.steps.get(step)) else { return String::new() };
    let open = counted(u64::from(at.total), "violation", "violations");
    let changed = match (at.opened, at.closed) {
        (0, 0) => String::new(),
        (opened, closed) => format!(", {opened} introduced, {closed} fixed"),
    };
    format!(
        "commit {} of {} by {}: {}; {open} open, {} denied{changed}",
        commit.id.short(),
        commit.committed.date(),
        commit.author,
        commit.subject,
        at.denied
    )
}
