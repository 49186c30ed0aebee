//! What of a chapter there is room for, where not all of it can be shown.
//!
//! In: a chapter.  Out: its first entries, group by group, and how many are left out.  Not here: how they look.

use super::{Chapter, Entry};

/// Entries shown of each chapter, and of each of its groups.
#[derive(Clone, Copy)]
pub(in crate::export) struct Room {
    pub(in crate::export) of_chapter: usize,
    pub(in crate::export) of_group: usize,
}

const OF_BRIEF: Room = Room { of_chapter: 12, of_group: 3 };

pub(in crate::export) struct Excerpt<'a> {
    /// Title and entries; the title is empty where there is nothing to group by.
    pub(in crate::export) groups: Vec<(&'a str, Vec<&'a Entry>)>,
    /// Entries that are left out; minor ones are in no count but the title's.
    pub(in crate::export) hidden: usize,
}

impl Excerpt<'_> {
    pub(in crate::export) fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}

pub(in crate::export) fn excerpt(chapter: &Chapter, room: Room) -> Excerpt<'_> {
    let room = if chapter.is_brief { OF_BRIEF } else { room };
    let mut left = room.of_chapter;
    let mut excerpt = Excerpt { groups: Vec::new(), hidden: 0 };
    for group in &chapter.groups {
        let entries: Vec<&Entry> = group.entries.iter().filter(|entry| !entry.is_minor).collect();
        let of_group = if group.title.is_empty() { left } else { room.of_group };
        let shown = entries.len().min(of_group).min(left);
        left -= shown;
        excerpt.hidden += entries.len() - shown;
        // The titles of a brief chapter say how much there is.
        if shown > 0 || (chapter.is_brief && !group.title.is_empty()) {
            excerpt.groups.push((&group.title, entries[..shown].to_vec()));
        }
    }
    excerpt
}
