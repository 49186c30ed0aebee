//! A story as Markdown, as a comment on a pull request or a file.
//!
//! In: a story.  Out: Markdown that can be read unrendered as well, short enough for GitHub: what got worse and what was fixed is
//! open, the rest folded.  Not here: posting it.

use super::{Chapter, Entry, Mark, Room, Story, Tone, excerpt};
use crate::export::report::markdown::{code, prose};

const ROOM: Room = Room { of_chapter: 20, of_group: 8 };

/// GitHub takes 65,536 characters.
const BYTES: usize = 60_000;

/// `all` is the command that leaves nothing out.
pub(in crate::export) fn markdown(story: &Story, all: &str) -> String {
    let mut text = format!("### riprap: {}\n\n{}\n", prose(&story.title), prose(&story.headline));
    for condition in &story.conditions {
        text += &format!("\n> {}\n", prose(condition));
    }
    for chapter in &story.chapters {
        let body = body(chapter, all);
        if body.is_empty() {
            continue;
        }
        let title = prose(&chapter.title);
        let chapter = match chapter.tone {
            Tone::Bad | Tone::Good => format!("\n#### {title}\n\n{body}"),
            // GitHub reads Markdown inside of it only after an empty line.
            Tone::Neutral => format!("\n<details>\n<summary>{title}</summary>\n\n{body}\n</details>\n"),
        };
        if text.len() + chapter.len() > BYTES {
            text += &format!("\nThere is more: `{all}` lists all.\n");
            break;
        }
        text += &chapter;
    }
    text
}

fn body(chapter: &Chapter, all: &str) -> String {
    let mut text = String::new();
    let excerpt = excerpt(chapter, ROOM);
    for (title, entries) in &excerpt.groups {
        if !title.is_empty() {
            text += &format!("- {}\n", prose(title));
        }
        let indent = if title.is_empty() { "" } else { "  " };
        text.extend(entries.iter().map(|entry| line(entry, indent, !chapter.is_brief)));
    }
    if excerpt.hidden > 0 {
        text += &format!("\nand {} more: `{all}` lists all\n", excerpt.hidden);
    }
    if let Some(table) = &chapter.table {
        let row = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let head: Vec<String> = table.head.iter().map(|cell| (*cell).to_owned()).collect();
        text += &row(&head);
        text += &format!("| --- |{}\n", " ---: |".repeat(table.head.len().saturating_sub(1)));
        for cells in &table.rows {
            text += &row(&cells.iter().map(|cell| prose(cell)).collect::<Vec<_>>());
        }
    }
    text
}

fn line(entry: &Entry, indent: &str, with_details: bool) -> String {
    let mark = match entry.mark {
        Mark::Broken => ":x:".to_owned(),
        mark => code(mark.sign()),
    };
    let details = entry.details.iter().filter(|_| with_details);
    let details: String = details.map(|detail| format!("{indent}  - {}\n", prose(detail))).collect();
    format!("{indent}- {mark} {}\n{details}", prose(&entry.text))
}
