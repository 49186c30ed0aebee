//! A declaration as those see it who use the item, spelled in one way.
//!
//! In: the words of an item, and what its paths mean.  Out: its header, its parts, what attributes promise.  Formatting,
//! comments, names of parameters, bodies and values leave no trace.  Not here: finding the items.

use super::spelling::{Known, pieces, spelled};
use super::{PartKind, PromisedPart};
use crate::facts::{ItemKind, Word};
use crate::rules::declaration::{Declaration, after_group, end_of_generics, end_of_type, text_at};

pub(super) struct Reading<'a> {
    pub(super) declaration: &'a Declaration<'a>,
    pub(super) known: Box<Known<'a>>,
    /// Whether others see a field of this visibility: `""` for `pub`, `crate` for `pub(crate)`.
    pub(super) sees: Box<dyn Fn(&str) -> bool + 'a>,
    /// The line of a place of the file.
    pub(super) line: Box<dyn Fn(u32) -> u32 + 'a>,
}

impl Declaration<'_> {
    /// Of something in a trait: it has a body or a value.
    pub(super) fn has_default(&self) -> bool {
        let end = end_of_type(&self.words, self.name + 1, &["{", ";", "="]);
        text_at(&self.words, end) != ";"
    }
}

impl<'a> Reading<'a> {
    fn words(&self) -> &'a [Word<'a>] {
        &self.declaration.words
    }

    fn at(&self, index: usize) -> &'a str {
        text_at(self.words(), index)
    }

    /// Spells words of the declaration; its own name is none of a type that it uses.
    fn spell(&self, words: &[Word<'_>]) -> String {
        let start = self.declaration.start;
        let own = self.words().get(self.declaration.name).map(|word| start + word.start);
        let known = |offset: u32, names: &[&str]| (Some(offset) != own).then(|| (self.known)(offset, names)).flatten();
        spelled(&pieces(words, start, &known))
    }

    /// Everything but the parts.
    pub(super) fn header(&self, kind: ItemKind) -> String {
        match kind {
            ItemKind::Function | ItemKind::Method => self.function(),
            ItemKind::Const | ItemKind::Static => self.up_to(&["=", ";"]),
            ItemKind::Struct | ItemKind::Union => self.structure(),
            ItemKind::Enum | ItemKind::Trait => self.up_to(&["{"]),
            ItemKind::TypeAlias | ItemKind::TraitAlias => self.up_to(&[";"]),
            // What a macro takes is in its arms, and only its expansion says what that means.
            _ => String::new(),
        }
    }

    /// Of something in a trait or an `impl`.
    pub(super) fn associated(&self, kind: PartKind) -> String {
        match kind {
            PartKind::Function => self.function(),
            _ => self.up_to(&["=", ";"]),
        }
    }

    /// `unsafe`, `async` and the like, without the visibility.
    fn qualifiers(&self) -> Vec<Word<'a>> {
        let words = self.words();
        let mut at = 0;
        while self.at(at) == "#" {
            at = after_group(words, at + 1);
        }
        let mut qualifiers = Vec::new();
        while at < self.declaration.keyword {
            match (self.at(at), self.at(at + 1)) {
                ("pub", "(") => at = after_group(words, at + 1),
                ("pub" | "default", _) => at += 1,
                _ => {
                    qualifiers.push(words[at]);
                    at += 1;
                }
            }
        }
        qualifiers
    }

    fn up_to(&self, ends: &[&str]) -> String {
        let end = end_of_type(self.words(), self.declaration.name + 1, ends);
        let head = [&self.qualifiers(), &self.words()[self.declaration.keyword..end]].concat();
        self.spell(&head)
    }

    fn function(&self) -> String {
        let words = self.words();
        let name = self.declaration.name;
        let open = if self.at(name + 1) == "<" { end_of_generics(words, name + 1) } else { name + 1 };
        let end = end_of_type(words, open, &["{", ";"]);
        let after = if self.at(open) == "(" { after_group(words, open) } else { open };
        let head = [&self.qualifiers(), &words[self.declaration.keyword..open.min(end)]].concat();
        let parameters = parameter_types(self.declaration.parameters());
        let parameters: Vec<String> = parameters.into_iter().map(|words| self.spell(words)).collect();
        let mut result = self.spell(&words[after.min(end)..end]);
        if !result.is_empty() {
            result.insert(0, ' ');
        }
        format!("{}({}){result}", self.spell(&head), parameters.join(", "))
    }

    /// Its form is part of it, as far as others can use it: `S`, `S()`, `S;`.
    fn structure(&self) -> String {
        let words = self.words();
        let open = self.fields_at();
        let head = [&self.qualifiers(), &words[self.declaration.keyword..open]].concat();
        let head = self.spell(&head);
        let fields = self.fields();
        if !fields.is_empty() && !fields.iter().any(|field| self.is_seen(field)) {
            return head;
        }
        match self.at(open) {
            "{" => head,
            "(" => {
                let after = after_group(words, open);
                let clause = self.spell(&words[after..end_of_type(words, after, &[";"])]);
                let space = if clause.is_empty() { "" } else { " " };
                format!("{head}(){space}{clause}")
            }
            _ => format!("{head};"),
        }
    }

    fn fields_at(&self) -> usize {
        // The parentheses of a bound such as `F: Fn(u8)` are none of a tuple: those stand right after the generics.
        let words = self.words();
        let name = self.declaration.name;
        let after = if self.at(name + 1) == "<" { end_of_generics(words, name + 1) } else { name + 1 };
        if self.at(after) == "(" { after } else { end_of_type(words, after, &["{", ";"]) }
    }

    /// The pieces between the commas of a struct's fields or an enum's variants.
    fn fields(&self) -> Vec<&'a [Word<'a>]> {
        let words = self.words();
        let open = self.fields_at();
        if !["{", "("].contains(&self.at(open)) {
            return Vec::new();
        }
        split(words, open + 1, after_group(words, open).saturating_sub(1))
    }

    /// What stands in `pub(..)`; `None` for a private field.
    fn restriction(field: &'a [Word<'a>]) -> Option<&'a str> {
        let at = after_attributes(field);
        match (text_at(field, at), text_at(field, at + 1), text_at(field, at + 3)) {
            ("pub", "(", ")") => Some(text_at(field, at + 2)),
            // `pub (u8, u8)` is a public tuple.
            ("pub", "(", _) if text_at(field, at + 2) == "in" => Some("in"),
            ("pub", ..) => Some(""),
            _ => None,
        }
    }

    fn is_seen(&self, field: &'a [Word<'a>]) -> bool {
        Self::restriction(field).is_some_and(|restriction| (self.sees)(restriction))
    }

    /// Fields that others see, and if the type is serialised the others, too; or variants.
    pub(super) fn fields_or_variants(&self, kind: ItemKind, is_serialised: bool) -> Vec<PromisedPart> {
        match kind {
            ItemKind::Struct | ItemKind::Union => {
                let is_tuple = self.at(self.fields_at()) == "(";
                let fields = self.fields().into_iter().enumerate();
                fields
                    .filter_map(|(number, field)| self.field(field, is_tuple.then_some(number), is_serialised))
                    .collect()
            }
            ItemKind::Enum => self.fields().into_iter().map(|variant| self.variant(variant)).collect(),
            _ => Vec::new(),
        }
    }

    fn field(&self, field: &'a [Word<'a>], number: Option<usize>, is_serialised: bool) -> Option<PromisedPart> {
        let kind = if self.is_seen(field) { PartKind::Field } else { PartKind::WireField };
        if kind == PartKind::WireField && !is_serialised {
            return None;
        }
        let mut at = after_attributes(field);
        if text_at(field, at) == "pub" {
            at += 1;
            if Self::restriction(field).is_some_and(|restriction| !restriction.is_empty()) {
                at = after_group(field, at);
            }
        }
        let (name, from) = match number {
            Some(number) => (number.to_string(), at),
            None => (text_at(field, at).trim_start_matches("r#").to_owned(), at + 2),
        };
        let text = self.spell(&field[from.min(field.len())..]);
        Some(self.part(kind, name, text, field, at))
    }

    fn variant(&self, variant: &'a [Word<'a>]) -> PromisedPart {
        let at = after_attributes(variant);
        let name = text_at(variant, at).to_owned();
        let rest = &variant[(at + 1).min(variant.len())..];
        let space = if rest.is_empty() || text_at(rest, 0) == "(" { "" } else { " " };
        let text = format!("{name}{space}{}", self.spell(rest));
        self.part(PartKind::Variant, name, text, variant, at)
    }

    fn part(&self, kind: PartKind, name: String, text: String, words: &[Word<'_>], at: usize) -> PromisedPart {
        let offset = words.get(at).map_or(0, |word| word.start) + self.declaration.start;
        let (serde, line) = (serde(&attributes(words)), (self.line)(offset));
        PromisedPart { kind, name, text, optional: false, serde, file: None, line }
    }

    /// What `#[serde(..)]` says of the whole item.
    pub(super) fn serde(&self) -> String {
        serde(&self.declaration.attributes())
    }

    /// The last names of what `#[derive(..)]` lists.
    pub(super) fn derives(&self) -> Vec<String> {
        let mut derives = Vec::new();
        for attribute in self.declaration.attributes() {
            let lists = (0..attribute.len()).filter(|at| attribute[*at].text == "derive");
            for open in lists.map(|at| at + 1).filter(|at| text_at(attribute, *at) == "(") {
                let end = after_group(attribute, open).saturating_sub(1);
                let entries = split(attribute, open + 1, end);
                derives.extend(entries.iter().filter_map(|entry| entry.last()).map(|word| word.text.to_owned()));
            }
        }
        derives
    }

    /// See [`super::Promise::closed`].
    pub(super) fn is_closed(&self, kind: ItemKind) -> bool {
        let is_open = self.declaration.attributes().iter().any(|it| text_at(it, 0) == "non_exhaustive");
        match kind {
            ItemKind::Struct => !is_open && self.fields().iter().all(|field| self.is_seen(field)),
            ItemKind::Enum => !is_open,
            // Only its own crate can implement a trait that needs one that others cannot name.
            ItemKind::Trait => !self.up_to(&["{"]).to_lowercase().contains("sealed"),
            _ => false,
        }
    }
}

/// The words of each attribute at the beginning, the brackets left out.
fn attributes<'w, 't>(words: &'w [Word<'t>]) -> Vec<&'w [Word<'t>]> {
    let mut attributes = Vec::new();
    let mut at = 0;
    while text_at(words, at) == "#" {
        let end = after_group(words, at + 1);
        attributes.push(&words[at + 2..end.saturating_sub(1).max(at + 2)]);
        at = end;
    }
    attributes
}

fn after_attributes(words: &[Word<'_>]) -> usize {
    let mut at = 0;
    while text_at(words, at) == "#" {
        at = after_group(words, at + 1);
    }
    at
}

/// What is between the parentheses of each `serde(..)`, those in a `cfg_attr(..)` included.
fn serde(attributes: &[&[Word<'_>]]) -> String {
    let mut said: Vec<String> = Vec::new();
    for attribute in attributes {
        let lists = (0..attribute.len()).filter(|at| attribute[*at].text == "serde");
        for open in lists.map(|at| at + 1).filter(|at| text_at(attribute, *at) == "(") {
            let entries = split(attribute, open + 1, after_group(attribute, open).saturating_sub(1));
            said.extend(entries.iter().map(|entry| spelled(&pieces(entry, 0, &|_, _| None))));
        }
    }
    said.sort();
    said.join(", ")
}

/// The pieces between commas that stand outside brackets and generics; empty ones are left out.
fn split<'w, 't>(words: &'w [Word<'t>], from: usize, end: usize) -> Vec<&'w [Word<'t>]> {
    let mut pieces = Vec::new();
    let mut at = from;
    while at < end {
        let piece_end = end_of_type(words, at, &[","]).min(end);
        if at < piece_end {
            pieces.push(&words[at..piece_end]);
        }
        at = piece_end + 1;
    }
    pieces
}

/// The colon between a pattern and its type.
fn colon_of_type(words: &[Word<'_>], from: usize) -> usize {
    let mut at = end_of_type(words, from, &[":"]);
    while text_at(words, at + 1) == ":" {
        at = end_of_type(words, at + 2, &[":"]);
    }
    at
}

/// Of the words between a function's parentheses: the type of each parameter, and `self` as it stands but for `mut self`.
fn parameter_types<'w, 't>(words: &'w [Word<'t>]) -> Vec<&'w [Word<'t>]> {
    let of_type = |parameter: &'w [Word<'t>]| {
        let mut at = after_attributes(parameter);
        if (text_at(parameter, at), text_at(parameter, at + 1)) == ("mut", "self") {
            at += 1;
        }
        let colon = colon_of_type(parameter, at);
        let is_self = parameter[at..colon.min(parameter.len())].iter().any(|word| word.text == "self");
        let from = if is_self || colon >= parameter.len() { at } else { colon + 1 };
        &parameter[from.min(parameter.len())..]
    };
    split(words, 0, words.len()).into_iter().map(of_type).collect()
}
