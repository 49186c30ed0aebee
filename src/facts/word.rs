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

/// The places of words in a piece, relative to it.
pub fn places(words: &[Word<'_>]) -> Arc<[Span]> {
    words.iter().map(|word| Span::new(word.start, word.start + word.text.len() as u32)).collect()
}

/// What was found in pieces of texts that were asked for before: from one commit to the next most are the same.
///
/// A text is told from others by where it lies in memory; one that is kept here stays there.
#[derive(Debug)]
pub struct KeptPieces<T>(Mutex<Kept<T>>);

/// By the text and the piece of it.
type OfPieces<T> = FxHashMap<(usize, Span), (Arc<str>, T)>;

#[derive(Debug)]
struct Kept<T> {
    /// Asked for since the last time that anything was forgotten.
    used: OfPieces<T>,
    unused: OfPieces<T>,
}

impl<T> Default for KeptPieces<T> {
    fn default() -> Self {
        Self(Mutex::new(Kept { used: OfPieces::default(), unused: OfPieces::default() }))
    }
}

impl<T: Clone> KeptPieces<T> {
    /// What `find` finds in a piece, or found before.
    pub fn of(&self, text: &Arc<str>, piece: Span, find: impl FnOnce() -> T) -> T {
        let key = (text.as_ptr().addr(), piece);
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = {
            let mut kept = lock();
            let known = kept.used.get(&key).map(|(_, found)| found.clone());
            known.or_else(|| {
                let (text, found) = kept.unused.remove(&key)?;
                kept.used.insert(key, (text, found.clone()));
                Some(found)
            })
        };
        known.unwrap_or_else(|| {
            let found = find();
            lock().used.insert(key, (Arc::clone(text), found.clone()));
            found
        })
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
    fn what_a_piece_holds_is_found_once_as_long_as_it_is_asked_for() {
        let (kept, text) = (KeptPieces::default(), Arc::from("fn a() {}\nfn b() {}"));
        let ask = |piece: Span, number: u32| kept.of(&text, piece, || number);
        let (a, b) = (Span::new(0, 9), Span::new(10, 19));
        assert_eq!((ask(a, 1), ask(b, 2), ask(a, 3)), (1, 2, 1));
        kept.forget_unused();
        assert_eq!(ask(a, 4), 1);
        kept.forget_unused();
        assert_eq!((ask(a, 5), ask(b, 6)), (1, 6));
    }
}
