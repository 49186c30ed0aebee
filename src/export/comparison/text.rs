//! A comparison for a person at a terminal.
//!
//! In: a comparison.  Out: text with ANSI colours, which whoever prints it strips where they are not wanted.  Not here: what is
//! told.

use super::tell::tell;
use crate::compare::Comparison;
use crate::export::story::{Chapter, Entry, Mark, Room, Tone, excerpt};

const ROOM: Room = Room { of_chapter: 30, of_group: 8 };

const RESET: &str = "\u{1b}[0m";
const BOLD: &str = "\u{1b}[1m";
const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";

pub fn write(comparison: &Comparison) -> String {
    let story = tell(comparison);
    let mut text = format!("{BOLD}{}{RESET}\n{}\n", story.title, story.headline);
    for condition in &story.conditions {
        text += &format!("note: {condition}\n");
    }
    for chapter in &story.chapters {
        let excerpt = excerpt(chapter, ROOM);
        if excerpt.is_empty() && chapter.table.is_none() {
            continue;
        }
        text += &format!("\n{}\n", title(chapter));
        for (title, entries) in &excerpt.groups {
            let indent = if title.is_empty() { "  " } else { "    " };
            if !title.is_empty() {
                text += &format!("  {title}\n");
            }
            for entry in entries {
                text += &format!("{indent}{}\n", line(entry));
                for detail in entry.details.iter().filter(|_| !chapter.is_brief) {
                    text += &format!("{indent}    {detail}\n");
                }
            }
        }
        if excerpt.hidden > 0 {
            text += &format!("  {} more: `--format json` and `--format html` have all\n", excerpt.hidden);
        }
        for row in chapter.table.iter().flat_map(|table| &table.rows) {
            let [name, before, after, change] = &row[..] else { continue };
            text += &format!("  {name:28} {before:>9} -> {after:>9}  {change}\n");
        }
    }
    text
}

fn title(chapter: &Chapter) -> String {
    let colour = match chapter.tone {
        Tone::Bad => RED,
        Tone::Good => GREEN,
        Tone::Neutral => "",
    };
    format!("{BOLD}{colour}{}{RESET}", chapter.title)
}

fn line(entry: &Entry) -> String {
    let colour = match entry.mark {
        Mark::Broken => RED,
        Mark::Removed | Mark::Added | Mark::Changed => "",
    };
    format!("{colour}{}{RESET} {}", entry.mark.sign(), entry.text)
}
