//! The form of what is told to people: chapters of entries, in plain sentences with names in backticks.
//!
//! In: sentences.  Out: [`Story`], and one as a page (`page`) or a comment (`markdown`).  Not here: what is told.

mod excerpt;
pub(in crate::export) mod markdown;
pub(in crate::export) mod page;

pub(in crate::export) use excerpt::{Room, excerpt};

/// One picture in the colours of both themes, as SVG.
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    pub light: String,
    pub dark: String,
    /// What it shows, in a sentence.
    pub description: String,
}

pub(in crate::export) struct Story {
    pub(in crate::export) title: String,
    pub(in crate::export) headline: String,
    /// What else differs between the two.
    pub(in crate::export) conditions: Vec<String>,
    pub(in crate::export) chapters: Vec<Chapter>,
}

pub(in crate::export) struct Chapter {
    pub(in crate::export) title: String,
    pub(in crate::export) tone: Tone,
    /// There may be hundreds of entries, of which nobody needs to see all: where room is short, a few without details.
    pub(in crate::export) is_brief: bool,
    /// Each a boundary or package; one without a title where there is nothing to group by.
    pub(in crate::export) groups: Vec<Group>,
    pub(in crate::export) table: Option<Table>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::export) enum Tone {
    Bad,
    Good,
    Neutral,
}

#[derive(Default)]
pub(in crate::export) struct Group {
    pub(in crate::export) title: String,
    pub(in crate::export) entries: Vec<Entry>,
}

pub(in crate::export) struct Entry {
    pub(in crate::export) mark: Mark,
    pub(in crate::export) text: String,
    /// Where, and what to do about it.
    pub(in crate::export) details: Vec<String>,
    /// Left out where room is short: its chapter's title counts it.
    pub(in crate::export) is_minor: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::export) enum Mark {
    Added,
    Removed,
    Changed,
    /// It makes `check` fail, or breaks who relied on it.
    Broken,
}

impl Mark {
    pub(in crate::export) fn sign(self) -> &'static str {
        match self {
            Self::Added => "+",
            Self::Removed => "-",
            Self::Changed => "~",
            Self::Broken => "!",
        }
    }
}

pub(in crate::export) struct Table {
    pub(in crate::export) head: Vec<&'static str>,
    pub(in crate::export) rows: Vec<Vec<String>>,
}

impl Entry {
    pub(in crate::export) fn new(mark: Mark, text: String) -> Self {
        Self { mark, text, details: Vec::new(), is_minor: false }
    }

    pub(in crate::export) fn minor(self) -> Self {
        Self { is_minor: true, ..self }
    }
}

impl Group {
    pub(in crate::export) fn of(title: impl Into<String>, entries: Vec<Entry>) -> Self {
        Self { title: title.into(), entries }
    }
}

impl Chapter {
    /// `None` where there is nothing to tell.
    pub(in crate::export) fn of(title: String, tone: Tone, groups: Vec<Group>) -> Option<Self> {
        let groups: Vec<Group> = groups.into_iter().filter(|group| !group.entries.is_empty()).collect();
        (!groups.is_empty()).then_some(Self { title, tone, is_brief: false, groups, table: None })
    }

    pub(in crate::export) fn brief(self) -> Self {
        Self { is_brief: true, ..self }
    }
}
