//! The meaning of a query's words.
//!
//! In: the form of a query.  Out: [`Query`], or the word that means nothing, with the words that do.  Not here: names of
//! this workspace, which only a model knows.

use super::syntax::{Argument, Form, Whole};
use super::{Access, Comparison, Key, KindSet, Kinds, Measure, Mistake, Query, Relation, Set, State, Word};
use crate::model::ReferenceKind;

/// The function with two arguments.
const PATH: &str = "path";

pub(super) fn query(whole: Whole) -> Result<Query, Mistake> {
    let by = kinds(&whole.by)?;
    match (whole.first, whole.second) {
        (first, Some(second)) => Ok(Query::Edges { from: set(first)?, to: set(second)?, by }),
        (_, None) if !whole.by.is_empty() => {
            let message = "`by` belongs to references: `A -> B by call`, or `uses(A by call)`";
            Err(Mistake::new(whole.by[0].span, message))
        }
        (Form::Call(function, arguments), None) if function.text == PATH => {
            let [from, to] = ends(&function, arguments)?;
            Ok(Query::Ways { from, to })
        }
        (first, None) => Ok(Query::Set(set(first)?)),
    }
}

fn set(form: Form) -> Result<Set, Mistake> {
    match form {
        Form::Word(word) if word.text == "**" => Ok(Set::Everything),
        Form::Word(word) => Ok(Set::Named(word)),
        Form::Pair(key, value) => pair(&key, value),
        Form::Compared(measure, comparison, number) => compared(&measure, &comparison, &number),
        Form::Call(function, arguments) => call(&function, arguments),
        Form::Not(form) => Ok(Set::Not(Box::new(set(*form)?))),
        Form::All(forms) => Ok(Set::All(forms.into_iter().map(set).collect::<Result<_, _>>()?)),
        Form::Any(forms) => Ok(Set::Any(forms.into_iter().map(set).collect::<Result<_, _>>()?)),
    }
}

fn pair(key: &Word, value: Word) -> Result<Set, Mistake> {
    if value.text.is_empty() {
        return Err(Mistake::new(key.span, format!("`{}:` needs a value right behind it", key.text)));
    }
    match key.text.as_str() {
        "kind" => Ok(Set::Kind(known(&value, "a kind", KindSet::ALL, KindSet::word, KindSet::parse)?)),
        "vis" => Ok(Set::Visibility(known(&value, "a visibility", Access::ALL, Access::word, Access::parse)?)),
        "is" => Ok(Set::Is(known(&value, "a state", State::ALL, State::word, State::parse)?)),
        other => match Key::parse(other) {
            Some(key) => Ok(Set::Has(key, value)),
            None => {
                let keys = ["kind", "vis", "is"].into_iter().chain(Key::ALL.iter().map(|key| key.word()));
                Err(unknown(key, "a key", keys))
            }
        },
    }
}

fn compared(measure: &Word, comparison: &Word, number: &Word) -> Result<Set, Mistake> {
    let measure = known(measure, "a number", Measure::ALL, Measure::word, Measure::parse)?;
    let comparison = known(comparison, "a comparison", Comparison::ALL, Comparison::word, Comparison::parse)?;
    let value = number.text.replace('_', "").parse().map_err(|_| {
        Mistake::new(number.span, format!("`{}` is no number: whole numbers are compared", number.text))
    })?;
    Ok(Set::Measured(measure, comparison, value))
}

fn call(function: &Word, arguments: Vec<Argument>) -> Result<Set, Mistake> {
    if function.text == PATH {
        let [from, to] = ends(function, arguments)?;
        return Ok(Set::Between(Box::new(from), Box::new(to)));
    }
    let Some(relation) = Relation::parse(&function.text) else {
        let functions = Relation::ALL.iter().map(|it| it.word()).chain([PATH]);
        return Err(unknown(function, "a function", functions));
    };
    let [Argument { form, by }] = taken(function, arguments, "one argument")?;
    if let (Relation::Below | Relation::Around, Some(first)) = (relation, by.first()) {
        return Err(Mistake::new(first.span, format!("`{}` goes by no references", relation.word())));
    }
    Ok(Set::Related(relation, Box::new(set(form)?), kinds(&by)?))
}

/// The two arguments of `path`.
fn ends(function: &Word, arguments: Vec<Argument>) -> Result<[Set; 2], Mistake> {
    let [from, to] = taken(function, arguments, "two arguments, from where and to where")?;
    if let Some(first) = from.by.first().or(to.by.first()) {
        return Err(Mistake::new(first.span, "`path` goes by all kinds of references"));
    }
    Ok([set(from.form)?, set(to.form)?])
}

fn taken<const N: usize>(function: &Word, arguments: Vec<Argument>, many: &str) -> Result<[Argument; N], Mistake> {
    arguments.try_into().map_err(|_| Mistake::new(function.span, format!("`{}` takes {many}", function.text)))
}

fn kinds(by: &[Word]) -> Result<Kinds, Mistake> {
    let parse = |text: &str| ReferenceKind::ALL.into_iter().find(|kind| kind.word() == text);
    let kinds =
        by.iter().map(|word| known(word, "a kind of reference", &ReferenceKind::ALL, ReferenceKind::word, parse));
    Ok(Kinds(kinds.collect::<Result<_, _>>()?))
}

/// The meaning of a word of a list.
fn known<T: Copy>(
    word: &Word,
    what: &str,
    all: &[T],
    text: impl Fn(T) -> &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<T, Mistake> {
    parse(&word.text).ok_or_else(|| unknown(word, what, all.iter().map(|it| text(*it))))
}

fn unknown(word: &Word, what: &str, known: impl Iterator<Item = &'static str>) -> Mistake {
    let known: Vec<&str> = known.collect();
    let help = format!("known are {}", known.join(", "));
    Mistake::new(word.span, format!("`{}` is not {what}", word.text)).with_help(Some(help))
}
