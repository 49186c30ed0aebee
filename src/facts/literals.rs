//! String literals: what they say, and the names that a format string captures.
//!
//! In: the text of a literal token.  Out: its value, or captured identifiers with their offsets (`std::fmt`,
//! "Named parameters").  Not here: which literals are format strings (`known_macros`).

use std::ops::Range;

/// The value of a string literal; as written where it is no string.
pub(super) fn text_of(literal: &str) -> Box<str> {
    let (range, raw) = content(literal);
    let text = &literal[range];
    if raw || !text.contains('\\') {
        return text.into();
    }
    let mut value = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        value.push_str(&rest[..at]);
        let mut after = rest[at + 1..].chars();
        match after.next() {
            Some('n') => value.push('\n'),
            Some('r') => value.push('\r'),
            Some('t') => value.push('\t'),
            Some('0') => value.push('\0'),
            // A line break and the white space after it are left out.
            Some('\n') => after = after.as_str().trim_start().chars(),
            Some(other) => value.push(other),
            None => {}
        }
        rest = after.as_str();
    }
    value.push_str(rest);
    value.into()
}

/// Where the text between the quotes is, and whether backslashes mean themselves there.
pub(super) fn content(literal: &str) -> (Range<usize>, bool) {
    let Some(open) = literal.find('"') else { return (0..literal.len(), true) };
    let raw = literal[..open].contains('r');
    let hashes = literal[..open].matches('#').count();
    let closing = literal.len().saturating_sub(1 + hashes);
    let closed = closing > open && literal.is_char_boundary(closing) && literal[closing..].starts_with('"');
    (open + 1..if closed { closing } else { literal.len() }, raw)
}

/// The identifiers that `{name}`, `{name:..}`, `{:width$}` and `{:.precision$}` capture, as byte ranges of the literal.
pub(super) fn captures(literal: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (range, raw) = content(literal);
    let bytes = literal.as_bytes();
    let mut at = range.start;
    while at < range.end {
        match bytes[at] {
            b'\\' if !raw => {
                // The braces of `\u{..}` are no placeholder.
                let unicode = bytes.get(at + 1) == Some(&b'u') && bytes.get(at + 2) == Some(&b'{');
                at = if unicode { end_of(bytes, at + 2, range.end) } else { at + 2 };
            }
            b'{' if bytes.get(at + 1) == Some(&b'{') => at += 2,
            b'{' => {
                let end = end_of(bytes, at, range.end);
                placeholder(literal, at + 1..end.saturating_sub(1).max(at + 1), &mut found);
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

/// After the `}` that ends what starts here.
fn end_of(bytes: &[u8], open: usize, limit: usize) -> usize {
    bytes[open..limit].iter().position(|byte| *byte == b'}').map_or(limit, |length| open + length + 1)
}

fn placeholder(literal: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let Some(text) = literal.get(range.clone()) else { return };
    let (argument, specification) = text.split_once(':').unwrap_or((text, ""));
    let lead = argument.len() - argument.trim_start().len();
    let name = argument.trim();
    if is_identifier(name) {
        found.push(range.start + lead..range.start + lead + name.len());
    }
    let base = range.start + argument.len() + 1;
    for (at, _) in specification.match_indices('$') {
        let before = &specification[..at];
        let name = before.rsplit(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default();
        // In `{:01$}` and `{:0width$}` the zero is a flag.
        let name = name.strip_prefix('0').filter(|rest| is_identifier(rest)).unwrap_or(name);
        if is_identifier(name) {
            found.push(base + at - name.len()..base + at);
        }
    }
}

fn is_identifier(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && characters.all(|c| c.is_alphanumeric() || c == '_')
        && text != "_"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(literal: &str, expected: &[&str]) {
        let names: Vec<&str> = captures(literal).into_iter().map(|range| &literal[range]).collect();
        assert_eq!(names, expected, "{literal}");
    }

    #[test]
    fn captured_names_are_found_in_every_form_of_placeholder() {
        check(r#""{FOO} {x:?} {0} {} {:width$} {y:>w$.p$}""#, &["FOO", "x", "width", "y", "w", "p"]);
        check(r#""{ spaced } {:#?} {:1$} {:.*}""#, &["spaced"]);
        check(r#""{:0pad$}""#, &["pad"]);
    }

    #[test]
    fn escaped_braces_capture_nothing() {
        check(r#""{{no}} {{{yes}}} \u{41} \"{z}""#, &["yes", "z"]);
        check("\"{open", &["ope"]);
        check(r###"r#"\{a}"#"###, &["a"]);
    }

    #[test]
    fn the_value_of_a_literal_has_its_escapes_resolved() {
        assert_eq!(&*text_of(r#""a\\b.rs""#), r"a\b.rs");
        assert_eq!(&*text_of(r##"r#"a\b"#"##), r"a\b");
        assert_eq!(&*text_of("\"x\\\n   y\""), "xy");
        assert_eq!(&*text_of("\"open"), "open");
    }
}
