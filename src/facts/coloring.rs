//! What is what in a source text, for its colours.
//!
//! In: any text, also one that does not parse.  Out: [`Part`]s, in the order of the text; what none covers is plain.  Names
//! are told apart by how they are written and by what follows, as people do.  Not here: colours, and what names mean.

use std::ops::Range;

use super::syntax::{Kind, Token, tokens_of};
use crate::workspace::Edition;

/// How a part of a source text reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    Keyword,
    /// A name in camel case, and the built-in types.
    Type,
    /// A name before a parenthesis.
    Call,
    /// A macro where it is called, an attribute's marks, and a lifetime.
    Mark,
    /// A string, a character, a number, `true` and `false`.
    Literal,
    Comment,
}

/// A part of the text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub range: Range<usize>,
    pub shade: Shade,
}

/// Types that are no keywords and not in camel case.
const BUILT_IN: [&str; 17] = [
    "bool", "char", "str", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize",
    "f32", "f64",
];

/// Everything in a text that has a colour of its own.
pub fn parts(text: &str, edition: Edition) -> Vec<Part> {
    let (tokens, _) = tokens_of(text, edition);
    let mut parts = Vec::new();
    let mut end = 0;
    for (at, token) in tokens.iter().enumerate() {
        parts.extend(comments(text, end..token.start as usize));
        end = token.end as usize;
        if let Some(shade) = shade(text, *token, &tokens[at + 1..]) {
            parts.push(Part { range: token.start as usize..end, shade });
        }
    }
    parts.extend(comments(text, end..text.len()));
    parts
}

/// Between tokens there is white space and comments.
fn comments(text: &str, gap: Range<usize>) -> Option<Part> {
    let between = &text[gap.clone()];
    let comment = between.trim_start_matches('\u{feff}').trim();
    let start = gap.start + between.find(comment)?;
    (!comment.is_empty()).then(|| Part { range: start..start + comment.len(), shade: Shade::Comment })
}

fn shade(text: &str, token: Token, after: &[Token]) -> Option<Shade> {
    let written = &text[token.start as usize..token.end as usize];
    let kind_after = |at: usize| after.get(at).map(|token| token.kind);
    match token.kind {
        Kind::TRUE_KW | Kind::FALSE_KW => Some(Shade::Literal),
        Kind::SELF_TYPE_KW => Some(Shade::Type),
        _ if token.is_keyword() => Some(Shade::Keyword),
        Kind::LIFETIME_IDENT | Kind::POUND => Some(Shade::Mark),
        kind if kind.is_literal() => Some(Shade::Literal),
        // `x!=y` is no call of a macro.
        Kind::IDENT if token.joint && kind_after(0) == Some(Kind::BANG) && kind_after(1) != Some(Kind::EQ) => {
            Some(Shade::Mark)
        }
        Kind::IDENT if BUILT_IN.contains(&written) || is_camel_case(written) => Some(Shade::Type),
        Kind::IDENT if kind_after(0) == Some(Kind::L_PAREN) => Some(Shade::Call),
        _ => None,
    }
}

/// `Order` and `T`, not `MAX_LINES`.
fn is_camel_case(name: &str) -> bool {
    let name = name.trim_start_matches("r#").trim_start_matches('_');
    let is_upper = |c: char| c.is_uppercase();
    name.starts_with(is_upper) && (name.chars().count() == 1 || name.chars().any(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A letter for each byte: keyword, type, call, mark, literal, or `/` for a comment.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut letters = vec![b'.'; text.len()];
        for part in parts(text, Edition::E2024) {
            let letter = match part.shade {
                Shade::Keyword => b'k',
                Shade::Type => b't',
                Shade::Call => b'c',
                Shade::Mark => b'm',
                Shade::Literal => b'l',
                Shade::Comment => b'/',
            };
            letters[part.range].fill(letter);
        }
        assert_eq!(String::from_utf8(letters).unwrap(), expected, "\n{text}");
    }

    #[test]
    fn names_are_told_apart_by_how_they_are_written_and_what_follows() {
        check("pub fn f(x: u32) -> T {}", "kkk.kk.c....ttt.....t...");
        check("a::B::new(MAX, \"s\", 1.5)", "...t..ccc......lll..lll.");
        check("vec![x!=y]", "mmm.......");
        check("impl<'a> Self { true }", "kkkk.mm..tttt...llll..");
    }

    #[test]
    fn comments_are_what_stands_between_tokens() {
        check("// a\nuse b; /* c */", "////.kkk....///////");
        check("/// doc", "///////");
    }

    #[test]
    fn what_is_not_closed_has_its_colour_to_the_end() {
        check("let x = \"open", "kkk.....lllll");
    }

    proptest! {
        #[test]
        fn parts_are_in_order_and_cut_no_letter(text in "[a-cA-C/*\"'#! \n{}()é0]{0,40}") {
            let mut end = 0;
            for part in parts(&text, Edition::E2024) {
                prop_assert!(part.range.start >= end && part.range.start < part.range.end);
                prop_assert!(text.get(part.range.clone()).is_some());
                end = part.range.end;
            }
        }
    }
}
