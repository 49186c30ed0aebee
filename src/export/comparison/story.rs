//! The form of what is told of a comparison: chapters of entries, in plain sentences with names in backticks.
//!
//! In: sentences.  Out: [`Story`].  Not here: what is told (`tell`, `chapters`), and how a format shows it.

pub(super) struct Story {
    pub(super) title: String,
    pub(super) headline: String,
    /// What else differs between the two.
    pub(super) conditions: Vec<String>,
    pub(super) chapters: Vec<Chapter>,
}

pub(super) struct Chapter {
    pub(super) title: String,
    pub(super) tone: Tone,
    /// There may be hundreds of entries, of which nobody needs to see all: where room is short, a few without details.
    pub(super) is_brief: bool,
    /// Each a boundary or package; one without a title where there is nothing to group by.
    pub(super) groups: Vec<Group>,
    pub(super) table: Option<Table>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Bad,
    Good,
    Neutral,
}

#[derive(Default)]
pub(super) struct Group {
    pub(super) title: String,
    pub(super) entries: Vec<Entry>,
}

pub(super) struct Entry {
    pub(super) mark: Mark,
    pub(super) text: String,
    /// Where, and what to do about it.
    pub(super) details: Vec<String>,
    /// Left out where room is short: its chapter's title counts it.
    pub(super) is_minor: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Added,
    Removed,
    Changed,
    /// It makes `check` fail, or breaks who relied on it.
    Broken,
}

impl Mark {
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Added => "+",
            Self::Removed => "-",
            Self::Changed => "~",
            Self::Broken => "!",
        }
    }
}

pub(super) struct Table {
    pub(super) head: Vec<&'static str>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Entry {
    pub(super) fn new(mark: Mark, text: String) -> Self {
        Self { mark, text, details: Vec::new(), is_minor: false }
    }

    pub(super) fn minor(self) -> Self {
        Self { is_minor: true, ..self }
    }
}

impl Group {
    pub(super) fn of(title: impl Into<String>, entries: Vec<Entry>) -> Self {
        Self { title: title.into(), entries }
    }
}

impl Chapter {
    /// `None` where there is nothing to tell.
    pub(super) fn of(title: String, tone: Tone, groups: Vec<Group>) -> Option<Self> {
        let groups: Vec<Group> = groups.into_iter().filter(|group| !group.entries.is_empty()).collect();
        (!groups.is_empty()).then_some(Self { title, tone, is_brief: false, groups, table: None })
    }

    pub(super) fn brief(self) -> Self {
        Self { is_brief: true, ..self }
    }
}
