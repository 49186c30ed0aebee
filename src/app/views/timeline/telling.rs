//! A commit of the timeline in words.
//!
//! In: the history and a step of it.  Out: texts.  Not here: where they stand.

use crate::app::told::Told;
use crate::app::widgets::counted;
use crate::history::Identity;
use crate::scene::timeline::Known;
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
    let came = state.opened.iter().map(|identity| (Turn::Introduced, identity.in_words()));
    let gone = state.closed.iter().map(|id| {
        let known = told.identity(id).map(Identity::in_words);
        (Turn::Fixed, known.unwrap_or_else(|| id.clone()))
    });
    came.chain(gone).collect()
}

/// A commit and what it is about.
pub(super) fn spoken(told: &Told, step: usize) -> String {
    let (Some(commit), Some(at)) = (told.commit(step), told.course.steps.get(step)) else { return String::new() };
    let about =
        format!("commit {} of {} by {}: {}", commit.id.short(), commit.committed.date(), commit.author, commit.subject);
    if at.known == Known::NotYet {
        return format!("{about}; not looked at yet");
    }
    let open = counted(u64::from(at.total), "violation", "violations");
    let changed = match (at.opened, at.closed) {
        (0, 0) => String::new(),
        (opened, closed) => format!(", {opened} introduced, {closed} fixed"),
    };
    format!("{about}; {open} open, {} denied{changed}", at.denied)
}
