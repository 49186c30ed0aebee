//! The verdict as a comment on a pull request.
//!
//! In: a verdict and where its references stand.  Out: Markdown that can be read unrendered as well, short enough for
//! GitHub.  Not here: posting it.

use super::wording::{self, clipped, counted, one_line};
use crate::snapshot::Parts;
use crate::verdict::Judged;

/// Violations listed in each of the two lists.
const LISTED: usize = 20;

/// Bytes of each list.  GitHub takes 65,536 characters, and the rest of the text is a table of the rules.
const LIST_BYTES: usize = 28_000;

/// Characters of a sentence: names may be long.
const SENTENCE_CHARACTERS: usize = 1_000;

pub fn write(parts: &Parts<'_>) -> String {
    // What is accepted is counted in the table.
    let violations: Vec<&Judged> = parts.verdict.violations.iter().filter(|judged| judged.accepted.is_none()).collect();
    let (denied, others): (Vec<&Judged>, Vec<&Judged>) = violations.iter().partition(|judged| judged.denied);
    let mut text = format!("### riprap: {}\n\n", headline(violations.len(), denied.len()));
    text += &format!("{}\n\n{}", prose(&wording::summary(parts)), table(parts));
    if !denied.is_empty() {
        text += &format!("\n#### Denied\n\n{}", list(parts, &denied));
    }
    if !others.is_empty() {
        let title = format!("{} not denied", counted(others.len(), "violation", "violations"));
        // GitHub reads Markdown inside of it only after an empty line.
        text += &format!("\n<details>\n<summary>{title}</summary>\n\n{}\n</details>\n", list(parts, &others));
    }
    text
}

fn headline(found: usize, denied: usize) -> String {
    match (found, denied) {
        (0, _) => "nothing found".to_owned(),
        (_, 0) => "nothing denied".to_owned(),
        _ => format!("{denied} of {} denied", counted(found, "violation", "violations")),
    }
}

fn table(parts: &Parts<'_>) -> String {
    let mut text = "| rule | level | violations | accepted | denied |\n| --- | --- | ---: | ---: | ---: |\n".to_owned();
    for count in &parts.verdict.counts {
        let (rule, level) = (count.rule, count.level.word());
        text += &format!("| `{rule}` | {level} | {} | {} | {} |\n", count.violations, count.accepted, count.denied);
    }
    text
}

/// As many as there is room for, and how many there are beside them.
fn list(parts: &Parts<'_>, violations: &[&Judged]) -> String {
    let mut text = String::new();
    let mut listed = 0;
    for judged in violations.iter().take(LISTED) {
        let entry = entry(parts, judged);
        if text.len() + entry.len() > LIST_BYTES {
            break;
        }
        text += &entry;
        listed += 1;
    }
    if listed < violations.len() {
        text += &format!("\nand {} more: `riprap check` lists all of them\n", violations.len() - listed);
    }
    text
}

/// What, where, why, and the legal route.
fn entry(parts: &Parts<'_>, judged: &Judged) -> String {
    let violation = &judged.violation;
    let mut text = format!("- **{}**: {}\n", violation.rule, prose(&violation.message));
    if let Some((place, line)) = wording::best_place(parts, violation) {
        let at = code(&format!("{}:{}:{}", place.file, place.line, place.column));
        let more = match violation.removal().saturating_sub(1) {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        text += &format!("  - at {at}: {}{more}\n", code(line.trim()));
    }
    text += &format!("  - why: {}\n", prose(&violation.why));
    for remark in &judged.remarks {
        text += &format!("  - note: {}\n", prose(remark));
    }
    if let Some(route) = &violation.route {
        text += &format!("  - help: {}\n", prose(route));
    }
    text
}

/// A code span, whatever is in it.
pub(in crate::export) fn code(text: &str) -> String {
    let text = one_line(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    // A backtick at an end would be taken for one of the fence, and one space at each end is not shown.
    let space = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// A sentence with names in backticks; everything else in it is text, and nobody is called by it.
pub(in crate::export) fn prose(text: &str) -> String {
    let clipped = clipped(text, SENTENCE_CHARACTERS);
    let text = one_line(&clipped);
    let parts: Vec<&str> = text.split('`').collect();
    // An even number of parts has a backtick without its like: then none of them means anything.
    if parts.len().is_multiple_of(2) {
        return escaped(&text);
    }
    let part = |(index, part): (usize, &&str)| match index % 2 {
        0 => escaped(part),
        _ if part.is_empty() => String::new(),
        _ => code(part),
    };
    parts.iter().enumerate().map(part).collect()
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (taken, after) = rest.split_at(c.len_utf8());
        rest = after;
        match c {
            // `@shop/sales` as text would notify the team at every push.
            '@' => {
                let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/');
                let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
                escaped += &code(&format!("@{}", &rest[..end]));
                rest = &rest[end..];
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '#' | '|' | '~' => {
                escaped.push('\\');
                escaped.push(c);
            }
            _ => escaped += taken,
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{CLEAN, ERODED, many};
    use super::*;

    #[test]
    fn what_is_denied_comes_first_and_the_rest_is_folded() {
        insta::assert_snapshot!(write(&ERODED.parts()));
    }

    #[test]
    fn nothing_found_is_a_headline_and_the_table() {
        let text = write(&CLEAN.parts());
        assert!(text.starts_with("### riprap: nothing found\n"), "{text}");
        assert!(!text.contains("####") && !text.contains("details"), "{text}");
    }

    #[test]
    fn many_violations_are_counted() {
        let text = write(&many(50).parts());
        assert_eq!(text.matches("- **internal-access**").count(), LISTED);
        assert!(text.contains("\nand 30 more"), "{text}");
    }

    #[test]
    fn the_text_fits_into_a_comment_however_long_the_names_are() {
        let judged = many(200);
        let mut parts = judged.parts();
        let mut verdict = parts.verdict.clone();
        for (index, judged) in verdict.violations.iter_mut().enumerate() {
            judged.denied = index % 2 == 0;
            for text in [&mut judged.violation.message, &mut judged.violation.why] {
                *text = "_🦀".repeat(10_000);
            }
        }
        parts.verdict = &verdict;
        let text = write(&parts);
        assert!(text.len() < 65_536, "{}", text.len());
        assert!(text.contains("- **internal-access**"));
    }

    #[test]
    fn nobody_is_notified_and_nothing_is_markup() {
        assert_eq!(prose("ask its owner (@shop/sales) to"), "ask its owner (`@shop/sales`) to");
        assert_eq!(prose("`a_b` is *not* <b> a@b"), "`a_b` is \\*not\\* \\<b> a`@b`");
        assert_eq!(prose("one ` alone, @team"), "one \\` alone, `@team`");
        assert_eq!(prose("first\nsecond"), "first second");
    }

    #[test]
    fn code_may_hold_backticks() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a `b` c"), "``a `b` c``");
        assert_eq!(code("`a``"), "``` `a`` ```");
    }
}
