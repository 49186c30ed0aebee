//! Which names are local at a place in the text, and therefore no question about modules.
//!
//! In: bindings, generic parameters and the items of blocks, as the walk meets them.  Out: whether a name means one
//! of them (The Rust Reference, "Scopes").  Not here: the names of modules, which `resolve` knows.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::NameId;
use super::typing::{UNKNOWN_VALUE, ValueId};

/// An identifier of the file; becomes a [`NameId`] when a fact mentions it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Symbol(u32);

const NONE: u32 = u32::MAX;

/// Each identifier once, and which of them the facts mention.
#[derive(Default)]
pub(super) struct Names<'t> {
    /// By text and hygiene context.
    symbols: FxHashMap<(&'t str, u32), Symbol>,
    texts: Vec<&'t str>,
    mentioned: Vec<u32>,
}

/// A name as the compiler compares it: in Unicode normalization form C (The Rust Reference, "Identifiers").
fn composed(name: &str) -> Box<str> {
    if name.is_ascii() { name.into() } else { name.nfc().collect::<String>().into() }
}

impl<'t> Names<'t> {
    /// A raw identifier is the same name as a plain one.  `context` is that of the macro whose body wrote it, or zero.
    pub(super) fn symbol(&mut self, text: &'t str, context: u32) -> Symbol {
        let text = text.strip_prefix("r#").unwrap_or(text);
        *self.symbols.entry((text, context)).or_insert_with(|| {
            self.texts.push(text);
            self.mentioned.push(NONE);
            Symbol(self.texts.len() as u32 - 1)
        })
    }

    /// The symbol of a name that was seen already.
    pub(super) fn symbol_of(&self, name: &str) -> Option<Symbol> {
        self.symbols.get(&(name, 0)).copied()
    }

    pub(super) fn text(&self, symbol: Symbol) -> &'t str {
        self.texts[symbol.0 as usize]
    }

    /// The name's index in `list`, where it is put at its first mention.
    pub(super) fn mention(&mut self, symbol: Symbol, list: &mut Vec<Box<str>>) -> NameId {
        let index = &mut self.mentioned[symbol.0 as usize];
        if *index == NONE {
            *index = list.len() as u32;
            list.push(composed(self.texts[symbol.0 as usize]));
        }
        NameId(*index)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    Types,
    Values,
}

/// What a name means where it is not a question for `resolve`, or again is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    /// A binding or a generic parameter.
    Local,
    /// An item or import of a block: it hides the locals around the block.
    Item,
}

struct Entry {
    symbol: Symbol,
    space: Space,
    meaning: Meaning,
    /// The entry of the same name and name space that this one hides.
    hidden: u32,
    /// What a binding stands for.
    value: ValueId,
}

/// A place in the stack of names.
#[derive(Clone, Copy)]
pub(super) struct Mark(u32);

/// The names in scope, innermost last.
#[derive(Default)]
pub(super) struct Locals {
    entries: Vec<Entry>,
    /// By symbol: the innermost entry.
    types: Vec<u32>,
    values: Vec<u32>,
    /// Entries below are those of the functions around, which an item does not see.
    floor: u32,
}

impl Locals {
    pub(super) fn mark(&self) -> Mark {
        Mark(self.entries.len() as u32)
    }

    /// Forgets all names since the mark.
    pub(super) fn leave(&mut self, mark: Mark) {
        while self.entries.len() as u32 > mark.0 {
            if let Some(entry) = self.entries.pop() {
                let table = match entry.space {
                    Space::Types => &mut self.types,
                    Space::Values => &mut self.values,
                };
                table[entry.symbol.0 as usize] = entry.hidden;
            }
        }
    }

    /// Hides every name so far, as the border of an item does; undone by [`Self::lower`].
    pub(super) fn raise(&mut self) -> Mark {
        let before = Mark(self.floor);
        self.floor = self.entries.len() as u32;
        before
    }

    pub(super) fn lower(&mut self, before: Mark) {
        self.floor = before.0;
    }

    pub(super) fn bind(&mut self, symbol: Symbol, space: Space) {
        self.push(symbol, space, Meaning::Local);
    }

    /// An item or import with this name stands in the block.
    pub(super) fn declare(&mut self, symbol: Symbol, space: Space) {
        if self.is_local(symbol, space) {
            self.push(symbol, space, Meaning::Item);
        }
    }

    pub(super) fn is_local(&self, symbol: Symbol, space: Space) -> bool {
        let table = match space {
            Space::Types => &self.types,
            Space::Values => &self.values,
        };
        let index = table.get(symbol.0 as usize).copied().unwrap_or(NONE);
        index != NONE && index >= self.floor && self.entries[index as usize].meaning == Meaning::Local
    }

    /// What a local stands for.
    pub(super) fn value(&self, symbol: Symbol) -> ValueId {
        match self.is_local(symbol, Space::Values) {
            true => self.entries[self.values[symbol.0 as usize] as usize].value,
            false => UNKNOWN_VALUE,
        }
    }

    pub(super) fn set_value(&mut self, symbol: Symbol, value: ValueId) {
        if self.is_local(symbol, Space::Values) {
            self.entries[self.values[symbol.0 as usize] as usize].value = value;
        }
    }

    fn push(&mut self, symbol: Symbol, space: Space, meaning: Meaning) {
        let table = match space {
            Space::Types => &mut self.types,
            Space::Values => &mut self.values,
        };
        let at = symbol.0 as usize;
        if table.len() <= at {
            table.resize(at + 1, NONE);
        }
        let hidden = std::mem::replace(&mut table[at], self.entries.len() as u32);
        self.entries.push(Entry { symbol, space, meaning, hidden, value: UNKNOWN_VALUE });
    }
}
