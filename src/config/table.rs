//! TOML values with their places, and what can be wrong with them.
//!
//! In: tables of the parsed document.  Out: keys and values that are known, problems for the others.  Not here: what a
//! key means.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::boundary::spelling::did_you_mean;
use crate::boundary::{Placed, Problem};
use crate::source::{Date, Span};

/// The keys of one table.
pub(super) struct Keys {
    /// As in "`x` is no key of PLACE".
    pub(super) place: &'static str,
    pub(super) known: &'static [&'static str],
    /// Keys of the format that this version does not act on: to ignore them would be to ignore an intent.
    pub(super) later: &'static [&'static str],
}

/// A value and its place.
#[derive(Clone, Copy)]
pub(super) struct Value<'a> {
    pub(super) toml: &'a DeValue<'a>,
    pub(super) span: Span,
}

/// Collects the problems of a document.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) problems: Vec<Problem>,
    /// Where the document starts in the run of all of them.
    pub(super) start: u32,
}

impl Reader {
    pub(super) fn problem(&mut self, span: Span, message: String, label: &str) {
        self.problems.push(Problem::new(span, message, label));
    }

    pub(super) fn value<'a>(&self, value: &'a Spanned<DeValue<'a>>) -> Value<'a> {
        Value { toml: value.get_ref(), span: self.place(value.span()) }
    }

    /// A place in the run of all documents; a file over 4 GiB is never read.
    pub(super) fn place(&self, range: std::ops::Range<usize>) -> Span {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX).saturating_add(self.start);
        Span::new(offset(range.start), offset(range.end))
    }

    /// The entries of a table, sorted by key.
    pub(super) fn entries<'a>(&self, table: &'a DeTable<'a>) -> Vec<(Placed<String>, Value<'a>)> {
        let entry = |(key, value): (&Spanned<_>, &'a Spanned<DeValue<'a>>)| {
            let name = Placed { value: ToString::to_string(key.get_ref()), span: self.place(key.span()) };
            (name, self.value(value))
        };
        table.iter().map(entry).collect()
    }

    /// The entries with known keys; each other key is a problem.
    pub(super) fn known<'a>(&mut self, keys: &Keys, table: &'a DeTable<'a>) -> Vec<(Placed<String>, Value<'a>)> {
        let mut known = Vec::new();
        for (key, value) in self.entries(table) {
            let name = key.value.as_str();
            if keys.known.contains(&name) {
                known.push((key, value));
            } else if keys.later.contains(&name) {
                self.problem(key.span, format!("`{name}` is not supported yet"), "not supported yet");
            } else {
                let all = keys.known.iter().chain(keys.later).copied();
                let help = did_you_mean(name, all).or_else(|| Some(format!("known are {}", keys.known.join(", "))));
                let problem = Problem::new(key.span, format!("`{name}` is no key of {}", keys.place), "unknown key");
                self.problems.push(problem.with_help(help));
            }
        }
        known
    }

    pub(super) fn string(&mut self, key: &str, value: &Value<'_>) -> Option<String> {
        if let DeValue::String(text) = value.toml {
            return Some(text.to_string());
        }
        self.wrong_kind(key, "a string", value);
        None
    }

    pub(super) fn boolean(&mut self, key: &str, value: &Value<'_>) -> Option<bool> {
        if let DeValue::Boolean(boolean) = value.toml {
            return Some(*boolean);
        }
        self.wrong_kind(key, "true or false", value);
        None
    }

    /// A day, written without quotes.
    pub(super) fn date(&mut self, key: &str, value: &Value<'_>) -> Option<Date> {
        let written = match value.toml {
            DeValue::Datetime(date) => date.to_string(),
            _ => {
                let problem = Problem::new(value.span, not_a(key, "a day", value), "not a day");
                let example = format!("write it without quotes: `{key} = 2027-01-31`");
                self.problems.push(problem.with_help(Some(example)));
                return None;
            }
        };
        Date::parse(&written).map_err(|why| self.problem(value.span, format!("`{key}`: {why}"), "not a day")).ok()
    }

    /// How many of something: a whole number, at least one.
    pub(super) fn count(&mut self, key: &str, value: &Value<'_>) -> Option<u64> {
        let number = match value.toml {
            DeValue::Integer(number) => u64::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok(),
            _ => None,
        };
        let number = number.filter(|number| *number > 0);
        if number.is_none() {
            self.out_of_range(key, "a whole number, at least 1", value);
        }
        number
    }

    /// A part of a whole: over 0, at most 1.
    pub(super) fn share(&mut self, key: &str, value: &Value<'_>) -> Option<f64> {
        let text = match value.toml {
            DeValue::Float(number) => number.as_str(),
            DeValue::Integer(number) => number.as_str(),
            _ => "",
        };
        let share = text.replace('_', "").parse().ok().filter(|share| 0.0 < *share && *share <= 1.0);
        if share.is_none() {
            self.out_of_range(key, "a share over 0 and at most 1", value);
        }
        share
    }

    pub(super) fn table<'a>(&mut self, key: &str, value: &Value<'a>) -> Option<&'a DeTable<'a>> {
        if let DeValue::Table(table) = value.toml {
            return Some(table);
        }
        self.wrong_kind(key, "a table", value);
        None
    }

    /// A list of strings; what is none is a problem and left out.
    pub(super) fn strings(&mut self, key: &str, value: &Value<'_>) -> Vec<Placed<String>> {
        let DeValue::Array(values) = value.toml else {
            let problem = Problem::new(value.span, not_a(key, "a list of strings", value), "not a list");
            let example = value.toml.as_str().map(|text| format!("write `{key} = [\"{text}\"]`"));
            self.problems.push(problem.with_help(example));
            return Vec::new();
        };
        let mut strings = Vec::new();
        for value in values.iter() {
            let value = self.value(value);
            let text = self.string(key, &value);
            strings.extend(text.map(|text| Placed { value: text, span: value.span }));
        }
        strings
    }

    /// The entries of an array of tables.
    pub(super) fn each<'a>(&mut self, key: &str, value: &Value<'a>) -> Vec<Value<'a>> {
        let DeValue::Array(entries) = value.toml else {
            self.wrong_kind(key, &format!("tables, each written as `[[{key}]]`"), value);
            return Vec::new();
        };
        entries.iter().map(|entry| self.value(entry)).collect()
    }

    fn out_of_range(&mut self, key: &str, expected: &str, value: &Value<'_>) {
        self.problem(value.span, format!("`{key}` takes {expected}"), &format!("not {expected}"));
    }

    pub(super) fn wrong_kind(&mut self, key: &str, expected: &str, value: &Value<'_>) {
        self.problem(value.span, not_a(key, expected, value), &format!("not {expected}"));
    }
}

fn not_a(key: &str, expected: &str, value: &Value<'_>) -> String {
    let kind = value.toml.type_str();
    let article = if kind.starts_with(['a', 'i']) { "an" } else { "a" };
    format!("`{key}` takes {expected}, not {article} {kind}")
}
