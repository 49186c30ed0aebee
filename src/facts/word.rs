//! A piece of source as words, for who asks what a declaration says.
//!
//! In: text.  Out: its tokens without white space and comments.  Not here: what they mean.

use super::syntax::tokens_of;
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
}
