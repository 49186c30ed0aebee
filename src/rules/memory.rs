//! What rules read from texts, kept for the next revision: most of its texts are those of the one before.
//!
//! In: pieces of texts.  Out: their words, what users of an item see of it, what its documentation mentions.  Not here:
//! what any of it means for a rule.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::Context;
use super::declaration::Declaration;
use crate::facts::{self, KeptPieces, Word};
use crate::model::NodeId;
use crate::source::{FileId, Span};

/// What rules read before.
#[derive(Debug, Default)]
pub struct Memory {
    words: KeptPieces<Arc<[Span]>>,
    seen: KeptPieces<Arc<Seen>>,
    mentioned: KeptPieces<Arc<[Span]>>,
    quoted: KeptPieces<Arc<[Span]>>,
}

impl Memory {
    /// Forgets what no rule asked for since the last time.
    pub fn forget_unused(&self) {
        self.words.forget_unused();
        self.seen.forget_unused();
        self.mentioned.forget_unused();
        self.quoted.forget_unused();
    }
}

/// What those who use an item read of it.
#[derive(Debug)]
pub(super) struct Seen {
    /// Several items of one macro call have the same piece of text.
    name: Arc<str>,
    /// Each name once, by a place in its file.
    pub(super) named: Arc<[Span]>,
    body: Option<(u32, u32)>,
}

impl Seen {
    /// True for a place in the file that is in the body of this function.
    pub(super) fn is_in_body(&self, offset: u32) -> bool {
        self.body.is_some_and(|(start, end)| start <= offset && offset < end)
    }
}

/// Different words of a text, sorted.
#[derive(Clone, Debug)]
pub(super) struct Mentioned<'a> {
    text: &'a str,
    words: Arc<[Span]>,
}

impl Mentioned<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        self.words.binary_search_by(|span| text_of(self.text, *span).cmp(word)).is_ok()
    }
}

fn text_of(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize).unwrap_or_default()
}

impl<'a> Context<'a> {
    /// The words of a piece of a file; none where there is no text.
    pub(super) fn words(&self, file: FileId, piece: Span) -> Vec<Word<'a>> {
        let Some(sources) = self.sources else { return Vec::new() };
        let text = &sources.file(file).text;
        let Some(part) = text.get(piece.start as usize..piece.end as usize) else { return Vec::new() };
        let Some(memory) = self.memory else { return facts::words(part) };
        let places = memory.words.of(text, piece, || facts::places(&facts::words(part)));
        places.iter().map(|place| Word { text: text_of(part, *place), start: place.start }).collect()
    }

    /// The whole file that holds an item.
    pub(super) fn text_of(&self, node: NodeId) -> Option<&'a Arc<str>> {
        Some(&self.sources?.file(self.model.node(node).file?).text)
    }

    /// What users see of an item as far as it is declared by its text; of one that a macro made, every word of the call.
    pub(super) fn seen_of(&self, node: NodeId) -> Option<Arc<Seen>> {
        let item = self.model.node(node);
        let text = self.text_of(node)?;
        let find = || {
            let declaration = Declaration::without_body(self, node);
            let words = match &declaration {
                Some(declaration) => declaration.seen_by_users(),
                None => facts::words(text_of(text, item.span)),
            };
            let mut names = FxHashSet::default();
            let named = words.iter().filter(|word| names.insert(word.text));
            let place = |word: &Word<'_>| {
                let start = item.span.start + word.start;
                Span::new(start, start + word.text.len() as u32)
            };
            Arc::new(Seen {
                name: Arc::clone(&item.name),
                named: named.map(place).collect(),
                body: declaration.as_ref().and_then(Declaration::body_in_file),
            })
        };
        let Some(memory) = self.memory else { return Some(find()) };
        let seen = memory.seen.of(text, item.span, find);
        Some(if seen.name == item.name { seen } else { find() })
    }

    /// All words of a text, or those of the examples in its documentation.
    pub(super) fn mentioned_in(&self, file: FileId, examples_alone: bool) -> Option<Mentioned<'a>> {
        let text = &self.sources?.file(file).text;
        let find = || {
            let mut words: Vec<Span> = match examples_alone {
                true => example_words(text),
                false => facts::places(&facts::words(text)).to_vec(),
            };
            words.sort_by(|a, b| text_of(text, *a).cmp(text_of(text, *b)));
            words.dedup_by(|a, b| text_of(text, *a) == text_of(text, *b));
            words.into()
        };
        // A crate of procedural macros is asked for all of its words alone, every other for those of examples alone.
        let whole = Span::new(u32::from(examples_alone), text.len() as u32);
        let words = self.memory.map_or_else(find, |memory| memory.mentioned.of(text, whole, find));
        Some(Mentioned { text, words })
    }

    /// The paths that literals of a text begin with, as `"a::b"`.
    pub(super) fn quoted_in(&self, file: FileId) -> Vec<&'a str> {
        let Some(sources) = self.sources else { return Vec::new() };
        let text = &sources.file(file).text;
        let find = || quoted_paths(text).into();
        let whole = Span::new(0, text.len() as u32);
        let paths = self.memory.map_or_else(find, |memory| memory.quoted.of(text, whole, find));
        paths.iter().map(|path| text_of(text, *path)).collect()
    }
}

/// Paths of several names that begin right after a quotation mark.
fn quoted_paths(text: &str) -> Vec<Span> {
    let path_after = |quote: usize| {
        let rest = &text[quote + 1..];
        let is_of_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
        let length = rest.find(|c| !is_of_path(c)).unwrap_or(rest.len());
        let start = (quote + 1) as u32;
        rest[..length].contains("::").then(|| Span::new(start, start + length as u32))
    };
    memchr::memchr_iter(b'"', text.as_bytes()).filter_map(path_after).collect()
}

/// The names in fenced code of comments: examples are compiled as code of another crate.
fn example_words(text: &str) -> Vec<Span> {
    if !text.contains("```") {
        return Vec::new();
    }
    let mut words = Vec::new();
    let (mut fenced, mut start) = (false, 0);
    for line in text.split_inclusive('\n') {
        let code = line.trim_start();
        let code = code.strip_prefix("///").or_else(|| code.strip_prefix("//!"));
        if let Some(code) = code {
            let is_fence = code.trim_start().starts_with("```");
            fenced ^= is_fence;
            if fenced && !is_fence {
                let mut at = start + (line.len() - code.len());
                for word in code.split(|c: char| !c.is_alphanumeric() && c != '_') {
                    if !word.is_empty() {
                        words.push(Span::new(at as u32, (at + word.len()) as u32));
                    }
                    at += word.len();
                    at += text[at..].chars().next().map_or(0, char::len_utf8);
                }
            }
        }
        start += line.len();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_the_code_between_fences_of_documentation() {
        let text = "//! ```\n//! use a::B;\n//! ```\n/// not\n\t/// ```no_run\r\n\t/// f(\"ä\", g_1)\r\n\t/// ```\nfn not() {}\n// ```\n";
        let words: Vec<&str> = example_words(text).into_iter().map(|span| text_of(text, span)).collect();
        assert_eq!(words, ["use", "a", "B", "f", "ä", "g_1"]);
    }

    #[test]
    fn literals_are_asked_for_the_paths_that_they_begin_with() {
        let text = "f(\"a::b\", \"c\", \"ä::d e::f\")";
        let paths: Vec<&str> = quoted_paths(text).into_iter().map(|span| text_of(text, span)).collect();
        assert_eq!(paths, ["a::b", "ä::d"]);
    }

    #[test]
    fn a_word_is_mentioned_if_it_is_one_of_the_text() {
        let text = "b a b";
        let mentioned = Mentioned { text, words: [Span::new(2, 3), Span::new(0, 1)].into() };
        assert!(mentioned.contains("a") && mentioned.contains("b") && !mentioned.contains("c"));
    }
}
