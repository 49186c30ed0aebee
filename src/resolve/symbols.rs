//! Identifiers of the whole workspace, each once.
//!
//! In: names from any file.  Out: [`Sym`], equal exactly if the names are.  Not here: meaning.

use std::sync::Arc;

use rustc_hash::FxHashMap;

/// An identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sym(pub u32);

#[derive(Debug, Default)]
pub struct Symbols {
    texts: Vec<Arc<str>>,
    index: FxHashMap<Arc<str>, Sym>,
}

impl Symbols {
    pub fn intern(&mut self, text: &str) -> Sym {
        if let Some(sym) = self.index.get(text) {
            return *sym;
        }
        let sym = Sym(self.texts.len() as u32);
        let text: Arc<str> = text.into();
        self.texts.push(Arc::clone(&text));
        self.index.insert(text, sym);
        sym
    }

    /// All of them, by their numbers.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|text| &**text)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    pub fn get(&self, text: &str) -> Option<Sym> {
        self.index.get(text).copied()
    }

    pub fn text(&self, sym: Sym) -> &str {
        &self.texts[sym.0 as usize]
    }

    pub fn shared(&self, sym: Sym) -> Arc<str> {
        Arc::clone(&self.texts[sym.0 as usize])
    }
}
