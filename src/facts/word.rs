//! A piece of source as words, for who asks what a declaration says.
//!
//! In: text.  Out: its tokens without white space and comments.  Not here: what they mean.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::syntax::tokens_of;
use crate::source::Span;
use crate::workspace::Edition;

/// A token: an identifier, a literal, or one character of an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    pub text: &'t str,
    /// In the piece, in bytes.
    pub start: u32,
}

/// Editions differ in what is a keyword, not in where a token ends.
pub fn words(text: &str) -> Vec<Word<'_>> {
    let (tokens, _) = tokens_of(text, Edition::E2021);
    let word = |start: u32, end: u32| text.get(start as usize..end as usize).map(|text| Word { text, start });
    tokens.iter().filter_map(|token| word(token.start, token.end)).collect()
}

/// The words of pieces that were asked for before: from one commit to the next most are the same.
///
/// A text is told from others by where it lies in memory; one that is kept here stays there.
#[derive(Debug, Default)]
pub struct KeptWords(Mutex<Kept>);

/// By the text and the piece of it.
type OfPieces = FxHashMap<(usize, Span), (Arc<str>, Arc<[Span]>)>;

#[derive(Debug, Default)]
struct Kept {
    /// Asked for since the last time that anything was forgotten.
    used: OfPieces,
    unused: OfPieces,
}

impl KeptWords {
    /// [`words`] of a piece of a text; none of what is not there.
    pub fn of<'t>(&self, text: &'t Arc<str>, piece: Span) -> Vec<Word<'t>> {
        let Some(piece_text) = text.get(piece.start as usize..piece.end as usize) else { return Vec::new() };
        let key = (text.as_ptr().addr(), piece);
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = {
            let mut kept = lock();
            let known = kept.used.get(&key).map(|(_, spans)| Arc::clone(spans));
            known.or_else(|| {
                let (text, spans) = kept.unused.remove(&key)?;
                kept.used.insert(key, (text, Arc::clone(&spans)));
                Some(spans)
            })
        };
        if let Some(spans) = known {
            let word =
                |span: &Span| Word { text: &piece_text[span.start as usize..span.end as usize], start: span.start };
            return spans.iter().map(word).collect();
        }
        let found = words(piece_text);
        let spans = found.iter().map(|word| Span::new(word.start, word.start + word.text.len() as u32)).collect();
        lock().used.insert(key, (Arc::clone(text), spans));
        found
    }

    /// Forgets what nobody asked for since the last time.
    pub fn forget_unused(&self) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.unused = std::mem::take(&mut kept.used);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_space_are_left_out() {
        let found: Vec<&str> =
            words("/// doc\npub fn r#f(x: &'a str) -> T { \"a // b\" } // end").iter().map(|it| it.text).collect();
        let expected =
            ["pub", "fn", "r#f", "(", "x", ":", "&", "'a", "str", ")", "-", ">", "T", "{", "\"a // b\"", "}"];
        assert_eq!(found, expected);
    }

    #[test]
    fn words_that_are_kept_are_those_of_the_piece() {
        let (kept, text) = (KeptWords::default(), Arc::from("fn a() {}\nfn b() {}"));
        let piece = Span::new(10, 19);
        for _ in 0..3 {
            assert_eq!(kept.of(&text, piece), words("fn b() {}"));
            kept.forget_unused();
        }
        assert_eq!(kept.of(&text, Span::new(15, 99)), []);
    }
}
