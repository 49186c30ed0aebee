//! The form of a query: words, operators, parentheses.
//!
//! In: a text.  Out: [`Form`], in which no word has a meaning yet, or where it is no query.  `not` binds tighter than
//! `and`, and that tighter than `or`; two things beside each other are both meant.  Not here: which words there are.

use winnow::ascii::multispace0;
use winnow::combinator::{alt, cut_err, delimited, eof, not, opt, peek, preceded, repeat, separated, terminated};
use winnow::error::{ContextError, ErrMode, StrContext, StrContextValue};
use winnow::prelude::*;
use winnow::stream::LocatingSlice;
use winnow::token::{any, one_of, take_till, take_while};

use super::{Mistake, Word};
use crate::source::Span;

/// What stands between two operators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Word(Word),
    /// `key:value`
    Pair(Word, Word),
    /// `measure > number`
    Compared(Word, Word, Word),
    /// `function(a, b)`
    Call(Word, Vec<Argument>),
    Not(Box<Self>),
    All(Vec<Self>),
    Any(Vec<Self>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Argument {
    pub(super) form: Form,
    /// After `by`.
    pub(super) by: Vec<Word>,
}

/// A whole query; with a second form it is `first -> second`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Whole {
    pub(super) first: Form,
    pub(super) second: Option<Form>,
    pub(super) by: Vec<Word>,
    pub(super) span: Span,
}

type Input<'a> = LocatingSlice<&'a str>;

/// The parser calls itself for each; nobody writes as many.
const DEEPEST: usize = 40;

/// Labels of targets: with these a `:` is a part of a path (`pattern`).
const LABELS: [&str; 5] = ["bin:", "test:", "example:", "bench:", "build:"];

/// Words that are operators, and no names.
const OPERATORS: [&str; 4] = ["and", "or", "not", "by"];

pub(super) fn parse(text: &str) -> Result<Whole, Mistake> {
    if let Some(deep) = too_deep(text) {
        return Err(deep);
    }
    whole.parse(LocatingSlice::new(text)).map_err(|error| {
        let at = error.offset();
        let expected: Vec<String> = error.inner().context().filter_map(expectation).collect();
        mistake(text, at, &expected)
    })
}

fn expectation(context: &StrContext) -> Option<String> {
    match context {
        StrContext::Expected(value) => Some(value.to_string()),
        _ => None,
    }
}

fn mistake(text: &str, at: usize, expected: &[String]) -> Mistake {
    let found = text.get(at..).and_then(|rest| rest.chars().next());
    let length = found.map_or(0, char::len_utf8);
    let span = Span::new(at as u32, (at + length) as u32);
    let message = match (found, expected.first()) {
        _ if text.trim().is_empty() => "a query needs something to look for".to_owned(),
        (Some(')'), None) => "this `)` closes nothing".to_owned(),
        (Some(character), None) => format!("`{character}` has no meaning here"),
        (Some(character), Some(expected)) => format!("{expected} is missing before `{character}`"),
        (None, Some(expected)) => format!("{expected} is missing at the end"),
        (None, None) => "the query is not complete".to_owned(),
    };
    Mistake::new(span, message)
}

/// The place where parentheses are nested too deeply.
fn too_deep(text: &str) -> Option<Mistake> {
    let mut depth = 0_usize;
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            let span = Span::new(at as u32, at as u32 + 1);
            return Some(Mistake::new(span, format!("more than {DEEPEST} parentheses are open here")));
        }
    }
    None
}

fn missing(what: &'static str) -> StrContext {
    StrContext::Expected(StrContextValue::Description(what))
}

fn whole(input: &mut Input<'_>) -> ModalResult<Whole> {
    let parts = (any_of, opt(preceded("->", cut_err(any_of))), by).with_span();
    let ((first, second, by), span) = terminated(parts, (multispace0, eof)).parse_next(input)?;
    Ok(Whole { first, second, by, span: Span::new(span.start as u32, span.end as u32) })
}

/// `by call|impl`
fn by(input: &mut Input<'_>) -> ModalResult<Vec<Word>> {
    let kinds = separated(1.., delimited(multispace0, name, multispace0), '|');
    opt(preceded(keyword("by"), cut_err(kinds).context(missing("a kind of reference"))))
        .map(Option::unwrap_or_default)
        .parse_next(input)
}

fn any_of(input: &mut Input<'_>) -> ModalResult<Form> {
    let or = (multispace0, alt((keyword("or"), "|".void())));
    let first = all_of.parse_next(input)?;
    let mut rest: Vec<Form> = repeat(0.., preceded(or, cut_err(all_of))).parse_next(input)?;
    multispace0.parse_next(input)?;
    if rest.is_empty() {
        return Ok(first);
    }
    rest.insert(0, first);
    Ok(Form::Any(rest))
}

fn all_of(input: &mut Input<'_>) -> ModalResult<Form> {
    let and = (multispace0, alt((keyword("and"), "&".void())));
    let first = negated.parse_next(input)?;
    let next = alt((preceded(and, cut_err(negated)), negated));
    let mut rest: Vec<Form> = repeat(0.., next).parse_next(input)?;
    if rest.is_empty() {
        return Ok(first);
    }
    rest.insert(0, first);
    Ok(Form::All(rest))
}

/// Several `not` in a row are a count, and no depth.
fn negated(input: &mut Input<'_>) -> ModalResult<Form> {
    let minus = ('-', peek(not('>'))).void();
    let negation = preceded(multispace0, alt((keyword("not"), '!'.void(), minus)));
    let count: usize = repeat(0.., negation).parse_next(input)?;
    multispace0.parse_next(input)?;
    let form = match count {
        0 => operand.parse_next(input)?,
        _ => cut_err(operand).parse_next(input)?,
    };
    Ok(if count % 2 == 1 { Form::Not(Box::new(form)) } else { form })
}

fn operand(input: &mut Input<'_>) -> ModalResult<Form> {
    alt((delimited('(', cut_err(any_of), cut_err(')').context(missing("`)`"))), quoted.map(Form::Word), named))
        .context(missing("a name, a condition or `(`"))
        .parse_next(input)
}

/// What begins with a word.
fn named(input: &mut Input<'_>) -> ModalResult<Form> {
    let word = terminated(name, ()).verify(|word| !OPERATORS.contains(&word.text.as_str())).parse_next(input)?;
    if let Some((key, value)) = pair(&word) {
        let value = if value.text.is_empty() { opt(quoted).parse_next(input)?.unwrap_or(value) } else { value };
        return Ok(Form::Pair(key, value));
    }
    if opt('(').parse_next(input)?.is_some() {
        let argument = (any_of, by).map(|(form, by)| Argument { form, by });
        let arguments = separated(1.., argument, ',');
        let arguments = terminated(cut_err(arguments), cut_err(')').context(missing("`)`"))).parse_next(input)?;
        return Ok(Form::Call(word, arguments));
    }
    let Some(comparison) = opt(preceded(multispace0, comparison)).parse_next(input)? else {
        return Ok(Form::Word(word));
    };
    let number = cut_err(preceded(multispace0, name)).context(missing("a number")).parse_next(input)?;
    Ok(Form::Compared(word, comparison, number))
}

/// `key:value`; the `:` of `a::b` and of `bin:app` is a part of the name.
fn pair(word: &Word) -> Option<(Word, Word)> {
    let at = word.text.find(':')?;
    if word.text[at..].starts_with("::") || LABELS.iter().any(|label| word.text.starts_with(label)) {
        return None;
    }
    let (key, value) = (&word.text[..at], &word.text[at + 1..]);
    let middle = word.span.start + at as u32;
    Some((
        Word { text: key.to_owned(), span: Span::new(word.span.start, middle) },
        Word { text: value.to_owned(), span: Span::new(middle + 1, word.span.end) },
    ))
}

fn comparison(input: &mut Input<'_>) -> ModalResult<Word> {
    alt((">=", "<=", ">", "<", "=")).with_span().map(|(text, span)| placed(text, span)).parse_next(input)
}

/// A name as riprap.toml writes it.
fn name(input: &mut Input<'_>) -> ModalResult<Word> {
    let letter = |it: char| it.is_alphanumeric() || "_*/.#@:+".contains(it);
    let first = one_of(letter);
    // The `-` of `->` ends a name.
    let hyphen = ('-', peek(not('>'))).void();
    let rest = repeat::<_, _, (), _, _>(0.., alt((take_while(1.., letter).void(), hyphen)));
    (first, rest).take().with_span().map(|(text, span)| placed(text, span)).parse_next(input)
}

/// What may have any characters.
fn quoted(input: &mut Input<'_>) -> ModalResult<Word> {
    let text = delimited('"', take_till(0.., '"'), cut_err('"').context(missing("the closing `\"`")));
    text.with_span().map(|(text, span): (&str, _)| placed(text, span)).parse_next(input)
}

/// A word that is not the start of a longer one.
fn keyword<'a>(word: &'static str) -> impl Parser<Input<'a>, (), ErrMode<ContextError>> {
    let end = peek(not(any.verify(|it: &char| it.is_alphanumeric() || "_*/.#@:+-".contains(*it))));
    (multispace0, word, end).void()
}

fn placed(text: &str, span: std::ops::Range<usize>) -> Word {
    Word { text: text.to_owned(), span: Span::new(span.start as u32, span.end as u32) }
}
