//! Words to text: one spelling for what means the same.
//!
//! In: words, and what paths mean.  Out: text with spaces where a person would write them, no comma at the end of a list, and
//! the paths of items as they are defined.  Not here: which words.

use crate::facts::Word;
use crate::rules::declaration::{after_group, text_at};

/// A word, an operator, or a path.
pub(super) type Piece = String;

/// For a path that begins at a place of the file: how many bytes of it have a meaning, and which.
pub(super) type Known<'a> = dyn Fn(u32, &[&str]) -> Option<(u32, String)> + 'a;

/// Operators of several characters, as far as declarations have them.
const OPERATORS: [&str; 6] = ["...", "..=", "..", "->", "=>", "::"];

/// Words after which a bracket does not continue what they say.
const SPACED: [&str; 12] =
    ["mut", "dyn", "impl", "const", "where", "as", "in", "unsafe", "extern", "async", "ref", "="];

/// Joins operators and paths; leaves attributes out, but for those of serde.
pub(super) fn pieces(words: &[Word<'_>], start: u32, known: &Known<'_>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if words[at].text == "#" && text_at(words, at + 1) == "[" && text_at(words, at + 2) != "serde" {
            at = after_group(words, at + 1);
            continue;
        }
        if let Some(end) = end_of_path(words, at) {
            let is_bound = text_at(words, end) == "=" && text_at(words, end + 1) != "=" && at + 1 == end;
            pieces.push(if is_bound { words[at].text.to_owned() } else { path(&words[at..end], start, known) });
            at = end;
            continue;
        }
        let operator = OPERATORS.iter().find(|operator| is_operator(words, at, operator));
        let text = operator.map_or(words[at].text, |operator| operator);
        at += operator.map_or(1, |operator| operator.len());
        let closes = [")", "]", "}", ">"].contains(&text);
        if closes && pieces.last().is_some_and(|last| last == ",") {
            pieces.pop();
        }
        pieces.push(text.to_owned());
    }
    if pieces.last().is_some_and(|last| last == ",") {
        pieces.pop();
    }
    pieces
}

fn is_operator(words: &[Word<'_>], at: usize, operator: &str) -> bool {
    let touches = |index: usize| index == 0 || words[at + index].start == words[at].start + index as u32;
    let chars = operator.char_indices();
    chars.into_iter().all(|(index, c)| {
        words.get(at + index).is_some_and(|word| word.text.len() == 1 && word.text.starts_with(c)) && touches(index)
    })
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// The end of the path that begins here: names with `::` between them; a keyword is none.
fn end_of_path(words: &[Word<'_>], at: usize) -> Option<usize> {
    let colons = |at: usize| text_at(words, at) == ":" && text_at(words, at + 1) == ":";
    let mut at = if colons(at) && (at == 0 || words[at - 1].text != ">") { at + 2 } else { at };
    let is_segment = |at: usize| words.get(at).is_some_and(|word| is_name(word.text));
    let first = text_at(words, at);
    if !is_segment(at) || SPACED.contains(&first) || ["for", "fn", "pub"].contains(&first) {
        return None;
    }
    while colons(at + 1) && is_segment(at + 3) {
        at += 3;
    }
    Some(at + 1)
}

/// A path by its meaning; one that has none (of the standard library, of a type's own items) without its modules.
fn path(words: &[Word<'_>], start: u32, known: &Known<'_>) -> String {
    let names: Vec<&Word<'_>> = words.iter().filter(|word| word.text != ":").collect();
    let segments: Vec<&str> = names.iter().map(|word| word.text.trim_start_matches("r#")).collect();
    let is_module = |segment: &&&str| segment.starts_with(|c: char| c.is_lowercase());
    let Some(first) = words.first() else { return String::new() };
    let qualifiers = segments[..segments.len() - 1].iter().take_while(is_module).count();
    match known(start + first.start, &segments) {
        Some((covered, meaning)) => {
            let rest = names.iter().zip(&segments).filter(|(word, _)| word.start - first.start >= covered);
            rest.fold(meaning, |path, (_, segment)| path + "::" + segment)
        }
        None => segments[qualifiers..].join("::"),
    }
}

/// With spaces as a person would write it.
pub(super) fn spelled(pieces: &[Piece]) -> String {
    let mut text = String::new();
    let mut before = "";
    for piece in pieces {
        if !before.is_empty() && is_spaced(before, piece) {
            text.push(' ');
        }
        text.push_str(piece);
        before = piece;
    }
    text
}

fn is_spaced(before: &str, piece: &str) -> bool {
    let is_word = |text: &str| text.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '\'' || c == '"');
    match (before, piece) {
        (_, "," | ";" | ":" | ")" | "]" | ">" | "::") => false,
        ("(" | "[" | "<" | "&" | "*" | "!" | "?" | "::" | "#", _) => false,
        ("->" | "=>" | "=" | "+" | "," | ";" | ":" | "|", _) | (_, "->" | "=>" | "=" | "+" | "{" | "}" | "|") => true,
        ("{", _) => true,
        (word, "(" | "[" | "<" | "&" | "*") => SPACED.contains(&word),
        (")" | "]" | ">", next) => is_word(next),
        (a, b) => is_word(a) && is_word(b),
    }
}

/// The names and signs of a spelled text; a path is one.
pub(super) fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = match is_name(rest) || rest.starts_with('\'') || rest.starts_with(|c: char| c.is_ascii_digit()) {
            true => end_of_name(rest),
            false => rest.chars().next().map_or(1, char::len_utf8),
        };
        let (token, after) = rest.split_at(end);
        tokens.push(token);
        rest = after.trim_start();
    }
    tokens
}

fn end_of_name(text: &str) -> usize {
    let mut end = 0;
    loop {
        let rest = &text[end..];
        let name = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '\'')).unwrap_or(rest.len());
        end += name;
        match text[end..].strip_prefix("::") {
            Some(next) if is_name(next) => end += 2,
            _ => return end,
        }
    }
}

/// A spelled text for people: types without the modules that they are in.
pub(super) fn shortened(text: &str) -> String {
    let mut short = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if !is_name(rest) {
            short.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let end = end_of_name(rest);
        let (name, after) = rest.split_at(end);
        let mut segments: Vec<&str> = name.split("::").collect();
        while segments.len() > 1 && segments[0].starts_with(|c: char| c.is_lowercase()) {
            segments.remove(0);
        }
        short += &segments.join("::");
        rest = after;
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::words;

    fn spell(text: &str) -> String {
        spelled(&pieces(&words(text), 0, &|_, _| None))
    }

    #[test]
    fn one_spelling_for_one_meaning() {
        for (written, expected) in [
            (
                "fn  f < 'a,T : Clone + 'a , > ( & 'a self ,x:T,)->Vec<T>",
                "fn f<'a, T: Clone + 'a>(&'a self, x: T) -> Vec<T>",
            ),
            ("&mut [u8; 4]", "&mut [u8; 4]"),
            ("std::collections::BTreeMap<std::string::String, ()>", "BTreeMap<String, ()>"),
            ("impl for<'a> Fn(&'a str) -> bool + Send", "impl for<'a> Fn(&'a str) -> bool + Send"),
            ("T::Item", "T::Item"),
            ("<T as Iterator>::Item", "<T as Iterator>::Item"),
            ("Box<dyn std::error::Error + Send>", "Box<dyn Error + Send>"),
            ("A { #[doc = \"x\"] a: u8, #[serde(default)] b: u8, }", "A { #[serde(default)] b: u8 }"),
            ("dyn (Fn())", "dyn (Fn())"),
            ("*const u8", "*const u8"),
            ("T: ?Sized", "T: ?Sized"),
        ] {
            let expected = expected.replace("A { #[serde", "A { a: u8, #[serde");
            assert_eq!(spell(written), expected);
            assert_eq!(spell(&expected), expected, "it is spelled already");
        }
    }

    #[test]
    fn a_path_is_what_it_means() {
        let known = |offset: u32, segments: &[&str]| {
            assert_eq!((offset, segments), (103, &["m", "Order"][..]));
            Some((8, "orders::model::Order".to_owned()))
        };
        let text = spelled(&pieces(&words("&  m::Order<u8>"), 100, &|offset, segments| {
            (segments != ["u8"]).then(|| known(offset, segments)).flatten()
        }));
        assert_eq!(text, "&orders::model::Order<u8>");
        assert_eq!(shortened(&text), "&Order<u8>");
        assert_eq!(
            tokens("fn f(&'a a::B<T>) -> x::Y"),
            ["fn", "f", "(", "&", "'a", "a::B", "<", "T", ">", ")", "-", ">", "x::Y"]
        );
    }
}
