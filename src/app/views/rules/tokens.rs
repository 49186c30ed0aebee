//! What is what in the text of a riprap.toml, for its colours.
//!
//! In: any text, also one that is no TOML.  Out: [`Token`]s that cover all of it.  Not here: colours, and what the text
//! means (`config`).

use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `[boundary.orders]`
    Header,
    Key,
    String,
    /// A number, a date, `true` or `false`.
    Value,
    Comment,
    /// Brackets, commas, spaces.
    Plain,
}

/// A part of the text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
}

/// In the order of the text, without gaps.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    // Brackets that are open: inside them a line goes on.
    let mut depth = 0_usize;
    let mut is_line_start = true;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let (length, kind) = match first {
            '#' => (line(rest), Kind::Comment),
            '[' if is_line_start && depth == 0 => (header(rest), Kind::Header),
            '"' | '\'' => {
                let length = string(rest);
                (length, if is_key(&rest[length..]) { Kind::Key } else { Kind::String })
            }
            '[' | '{' => {
                depth += 1;
                (1, Kind::Plain)
            }
            ']' | '}' => {
                depth = depth.saturating_sub(1);
                (1, Kind::Plain)
            }
            _ if is_bare(first) => {
                let length = rest.find(|c| !is_bare(c)).unwrap_or(rest.len());
                (length, if is_key(&rest[length..]) { Kind::Key } else { Kind::Value })
            }
            _ => (first.len_utf8(), Kind::Plain),
        };
        is_line_start = if first == '\n' { true } else { is_line_start && first.is_whitespace() };
        match tokens.last_mut() {
            Some(last) if last.kind == kind => last.range.end += length,
            _ => tokens.push(Token { range: at..at + length, kind }),
        }
        at += length;
    }
    tokens
}

fn is_bare(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '+' | ':')
}

/// Whether what stands before is a key: an equals sign follows, or more of a dotted key.
fn is_key(rest: &str) -> bool {
    rest.trim_start_matches([' ', '\t']).starts_with(['=', '.'])
}

/// To the end of the line.
fn line(rest: &str) -> usize {
    rest.find('\n').unwrap_or(rest.len())
}

/// To the closing bracket, or to what cannot be in a header any more.
fn header(rest: &str) -> usize {
    let line = &rest[..line(rest)];
    let mut at = 0;
    while let Some(next) = line[at..].chars().next() {
        match next {
            '"' | '\'' => at += string(&line[at..]),
            '#' => return at,
            ']' => return at + line[at..].chars().take_while(|c| *c == ']').count(),
            _ => at += next.len_utf8(),
        }
    }
    at
}

/// A string with its quotes; one that is not closed ends with its line, or with the text where it has three quotes.
fn string(rest: &str) -> usize {
    for quotes in ["\"\"\"", "'''"] {
        if let Some(inside) = rest.strip_prefix(quotes) {
            return inside.find(quotes).map_or(rest.len(), |end| end + 2 * quotes.len());
        }
    }
    let quote = if rest.starts_with('"') { '"' } else { '\'' };
    let mut is_escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' => return at,
            _ if is_escaped => is_escaped = false,
            '\\' if quote == '"' => is_escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &str) {
        let letter = |kind| match kind {
            Kind::Header => 'h',
            Kind::Key => 'k',
            Kind::String => 's',
            Kind::Value => 'v',
            Kind::Comment => '#',
            Kind::Plain => ' ',
        };
        let shown: String = tokens(text)
            .iter()
            .flat_map(|token| text[token.range.clone()].chars().map(|_| letter(token.kind)))
            .collect();
        let rows = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let mut cut = String::new();
        let mut rest = shown.as_str();
        for line in text.split_inclusive('\n') {
            let (row, more) = rest.split_at(line.chars().count());
            cut += &format!("{}\n", &row[..line.trim_end_matches('\n').chars().count()]);
            rest = more;
        }
        assert_eq!(rows(&cut), rows(expected), "\n{text}\n{cut}");
    }

    #[test]
    fn keys_values_and_comments_are_told_apart() {
        check(
            "strict = true # so\n[boundary.\"a]#\"] # x\n'a b'.c = [\n  \"x#\", # why\n  1, 2027-01-31 ]\n",
            "kkkkkk   vvvv ####\nhhhhhhhhhhhhhhhh ###\nkkkkkkk    \n  ssss  #####\n  v  vvvvvvvvvv  \n",
        );
        check("a = { level = \"warn\", b = '''x\ny''' }\n", "k     kkkkk   ssssss  k   ssss\nssss  \n");
    }

    #[test]
    fn what_is_not_closed_ends_with_its_line() {
        check("a = \"x\\\"\nb = 'y\n[c # d\n[[e]]\n", "k   ssss\nk   ss\nhhh###\nhhhhh\n");
        check("a = [\n[b]\n", "k    \n v \n");
    }

    proptest! {
        #[test]
        fn every_text_is_covered(text in "[a-c\\[\\]{}\"'#=.\\\\\n é]{0,60}") {
            let mut at = 0;
            for token in tokens(&text) {
                prop_assert_eq!(token.range.start, at);
                prop_assert!(text.is_char_boundary(token.range.end));
                at = token.range.end;
            }
            prop_assert_eq!(at, text.len());
        }
    }
}
