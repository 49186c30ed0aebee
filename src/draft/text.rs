//! riprap.draft.toml: a draft as people can read, keep and hand on.
//!
//! In: a text, or a draft.  Out: the other one.  Not here: files, and whether what is named is there.

use std::fmt::Write as _;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Draft, Move};
use crate::boundary::spelling::did_you_mean;

/// Where a draft is kept, beside riprap.toml.
pub const FILE: &str = "riprap.draft.toml";

const VERSION: &str = "1";

/// What is wrong with a text, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{FILE}, line {line}: {message}")]
pub struct Mistake {
    /// From one.
    pub line: usize,
    pub message: String,
}

/// The text of a draft.
pub fn write(draft: &Draft) -> String {
    let mut text = String::from(
        "# What if: moves that nobody has made yet.  `riprap open --view whatif` shows where they lead.\n\
         # Names are those of the code before the first move.\n",
    );
    let _ = writeln!(text, "version = {VERSION}");
    let quoted = |name: &str| toml::Value::String(name.to_owned()).to_string();
    for step in &draft.moves {
        let _ = match step {
            Move::Relocate { code, to } => write!(text, "\n[[step]]\nmove = {}\nto = {}\n", quoted(code), quoted(to)),
            Move::Assign { code, boundary } => {
                write!(text, "\n[[step]]\nassign = {}\nboundary = {}\n", quoted(code), quoted(boundary))
            }
            Move::Split { code, boundary } => {
                let list: Vec<String> = code.iter().map(|name| quoted(name)).collect();
                write!(text, "\n[[step]]\nsplit = [{}]\nboundary = {}\n", list.join(", "), quoted(boundary))
            }
            Move::Merge { boundary, into } => {
                write!(text, "\n[[step]]\nmerge = {}\ninto = {}\n", quoted(boundary), quoted(into))
            }
            Move::Cut { from, to } => write!(text, "\n[[step]]\ncut = {}\nfrom = {}\n", quoted(from), quoted(to)),
        };
    }
    text
}

/// # Errors
/// Every mistake, in the order of the lines.
pub fn read(text: &str) -> Result<Draft, Vec<Mistake>> {
    let mut reader = Reader { text, mistakes: Vec::new() };
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let start = error.span().map_or(0, |span| span.start);
        let message = error.message().lines().next().unwrap_or_default();
        reader.mistake(start, format!("this is not valid TOML: {message}"));
    }
    let mut draft = Draft::default();
    if errors.is_empty() {
        draft.moves = reader.document(document.get_ref());
    }
    let Reader { mut mistakes, .. } = reader;
    mistakes.sort_by_key(|mistake| mistake.line);
    if mistakes.is_empty() { Ok(draft) } else { Err(mistakes) }
}

struct Reader<'a> {
    text: &'a str,
    mistakes: Vec<Mistake>,
}

/// The first key of a step says what it is, the second one with what.
const STEPS: [(&str, &str); 5] =
    [("move", "to"), ("assign", "boundary"), ("split", "boundary"), ("merge", "into"), ("cut", "from")];

impl Reader<'_> {
    fn mistake(&mut self, at: usize, message: String) {
        let before = self.text.get(..at).unwrap_or(self.text);
        self.mistakes.push(Mistake { line: before.matches('\n').count() + 1, message });
    }

    fn document(&mut self, table: &DeTable<'_>) -> Vec<Move> {
        let mut moves = Vec::new();
        let mut has_version = false;
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "version" => {
                    has_version = true;
                    let is_known = matches!(value.get_ref(), DeValue::Integer(it) if it.as_str() == VERSION);
                    if !is_known {
                        let message = format!("this riprap reads drafts with `version = {VERSION}` alone");
                        self.mistake(value.span().start, message);
                    }
                }
                "step" => match value.get_ref() {
                    DeValue::Array(steps) => moves.extend(steps.iter().filter_map(|step| self.step(step))),
                    _ => self.mistake(key.span().start, "write each step as `[[step]]`".to_owned()),
                },
                other => {
                    let hint = did_you_mean(other, ["version", "step"]).unwrap_or_default();
                    self.mistake(key.span().start, format!("`{other}` is no key of a draft; {hint}"));
                }
            }
        }
        if !has_version {
            self.mistake(0, format!("`version = {VERSION}` is missing"));
        }
        moves
    }

    fn step(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Move> {
        let at = value.span().start;
        let DeValue::Table(table) = value.get_ref() else {
            self.mistake(at, "a step is a table: `[[step]]`".to_owned());
            return None;
        };
        let before = self.mistakes.len();
        let all = || STEPS.iter().flat_map(|(first, second)| [*first, *second]);
        for (key, _) in table {
            let name = key.get_ref().as_ref();
            if !all().any(|known| known == name) {
                let hint = did_you_mean(name, all()).unwrap_or_default();
                self.mistake(key.span().start, format!("`{name}` is no key of a step; {hint}"));
            }
        }
        let kinds: Vec<(&str, &str)> = STEPS.into_iter().filter(|(first, _)| table.contains_key(*first)).collect();
        let [(kind, with)] = kinds[..] else {
            let list = STEPS.map(|(first, _)| format!("`{first}`")).join(", ");
            self.mistake(at, format!("a step has exactly one of {list}"));
            return None;
        };
        for (key, _) in table {
            let name = key.get_ref().as_ref();
            if all().any(|known| known == name) && name != kind && name != with {
                self.mistake(key.span().start, format!("`{name}` means nothing beside `{kind}`"));
            }
        }
        let with = match table.get(with) {
            Some(value) => self.string(with, value),
            None => {
                self.mistake(at, format!("`{with}` is missing beside `{kind}`"));
                None
            }
        };
        let value = table.get(kind)?;
        let step = match kind {
            "split" => Move::Split { code: self.strings(kind, value)?, boundary: with? },
            "move" => Move::Relocate { code: self.string(kind, value)?, to: with? },
            "assign" => Move::Assign { code: self.string(kind, value)?, boundary: with? },
            "merge" => Move::Merge { boundary: self.string(kind, value)?, into: with? },
            _ => Move::Cut { from: self.string(kind, value)?, to: with? },
        };
        (self.mistakes.len() == before).then_some(step)
    }

    fn string(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.to_string()),
            _ => {
                self.mistake(value.span().start, format!("`{key}` is a name in quotes"));
                None
            }
        }
    }

    fn strings(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
        match value.get_ref() {
            DeValue::Array(list) if !list.is_empty() => list.iter().map(|entry| self.string(key, entry)).collect(),
            _ => {
                self.mistake(value.span().start, format!("`{key}` is a list of names"));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Draft {
        let name = str::to_owned;
        Draft {
            moves: vec![
                Move::Relocate { code: name("orders::storage"), to: name("billing") },
                Move::Assign { code: name("orders::price"), boundary: name("contracts") },
                Move::Split { code: vec![name("app::a"), name("bin:app::b \"odd\"")], boundary: name("shop-front") },
                Move::Merge { boundary: name("shipping"), into: name("orders") },
                Move::Cut { from: name("billing"), to: name("orders") },
            ],
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        assert_eq!(read(&write(&all())), Ok(all()));
        assert_eq!(read(&write(&Draft::default())), Ok(Draft::default()));
    }

    #[test]
    fn a_draft_reads_like_what_it_does() {
        insta::assert_snapshot!(write(&all()), @r#"
        # What if: moves that nobody has made yet.  `riprap open --view whatif` shows where they lead.
        # Names are those of the code before the first move.
        version = 1

        [[step]]
        move = "orders::storage"
        to = "billing"

        [[step]]
        assign = "orders::price"
        boundary = "contracts"

        [[step]]
        split = ["app::a", 'bin:app::b "odd"']
        boundary = "shop-front"

        [[step]]
        merge = "shipping"
        into = "orders"

        [[step]]
        cut = "billing"
        from = "orders"
        "#);
    }

    #[test]
    fn each_mistake_has_its_line() {
        let text = "version = 2\nstap = 1\n\n[[step]]\nmove = \"a\"\n\n[[step]]\nassign = 3\nboundary = \"b\"\nto = \"c\"\n\
                    \n[[step]]\nto = \"x\"\n";
        let told: Vec<String> = read(text).unwrap_err().iter().map(Mistake::to_string).collect();
        insta::assert_snapshot!(told.join("\n"), @r"
        riprap.draft.toml, line 1: this riprap reads drafts with `version = 1` alone
        riprap.draft.toml, line 2: `stap` is no key of a draft; did you mean `step`?
        riprap.draft.toml, line 4: `to` is missing beside `move`
        riprap.draft.toml, line 8: `assign` is a name in quotes
        riprap.draft.toml, line 10: `to` means nothing beside `assign`
        riprap.draft.toml, line 12: a step has exactly one of `move`, `assign`, `split`, `merge`, `cut`
        ");
        assert_eq!(read("version = 1\n[[step]\n").unwrap_err()[0].line, 2);
    }
}
