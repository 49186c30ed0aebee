//! What is looked at beyond the sources, where somebody asks for it: it lies on some machines and not on others.
//!
//! In: words of the command line or of riprap.toml; the bytes of an index.  Out: [`Enrichment`], [`scip::Index`].  Not
//! here: finding and reading what is asked for (`load`), and what it adds (`resolve`).

pub mod scip;

use std::path::{Path, PathBuf};

/// What may be asked for.
const WORDS: [&str; 3] = ["out-dir", "registry", "scip=FILE"];

/// What to look at beyond the sources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Enrichment {
    /// Code that build scripts left in `OUT_DIR`.
    pub out_dir: bool,
    /// What crates of other people show, where their sources are on the machine.
    pub registry: bool,
    /// An index that another tool made of the sources.
    pub scip: Option<PathBuf>,
}

impl Enrichment {
    /// Reads words that are separated by commas.
    ///
    /// # Errors
    /// A word that asks for nothing, in a sentence that names those that do.
    pub fn parse(list: &str) -> Result<Self, String> {
        let mut asked = Self::default();
        for word in list.split(',') {
            asked.add(word.trim()).map_err(|unknown| unknown.to_string())?;
        }
        Ok(asked)
    }

    /// Asks for one thing more.
    ///
    /// # Errors
    /// A word that asks for nothing.
    pub fn add(&mut self, word: &str) -> Result<(), UnknownWord> {
        match word.split_once('=') {
            None if word == "out-dir" => self.out_dir = true,
            Some(("scip", file)) if !file.is_empty() => self.scip = Some(file.into()),
            None if word == "registry" => self.registry = true,
            _ => return Err(UnknownWord(word.to_owned())),
        }
        Ok(())
    }

    /// Files named as seen from `folder`.
    #[must_use]
    pub fn seen_from(self, folder: &Path) -> Self {
        Self { scip: self.scip.map(|file| folder.join(file)), ..self }
    }

    /// What either asks for; of two files, this one's.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            out_dir: self.out_dir || other.out_dir,
            registry: self.registry || other.registry,
            scip: self.scip.or(other.scip),
        }
    }

    /// As somebody would ask for it, sorted; `shown` says how files are named.
    pub fn words(&self, shown: impl Fn(&Path) -> String) -> Vec<String> {
        let out_dir = self.out_dir.then(|| "out-dir".to_owned());
        let registry = self.registry.then(|| "registry".to_owned());
        let scip = self.scip.as_deref().map(|file| format!("scip={}", shown(file)));
        out_dir.into_iter().chain(registry).chain(scip).collect()
    }
}

/// A word that asks for nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is nothing to look at beyond the sources; known are {known}", known = WORDS.join(", "))]
pub struct UnknownWord(pub String);

/// The words there are, for somebody who mistyped one.
pub fn words() -> impl Iterator<Item = &'static str> {
    WORDS.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(list: &str) -> Vec<String> {
        Enrichment::parse(list).unwrap().words(|file| file.display().to_string())
    }

    #[test]
    fn words_are_read_in_any_order_and_told_sorted() {
        assert_eq!(said("scip=a/index.scip, registry,out-dir,out-dir"), ["out-dir", "registry", "scip=a/index.scip"]);
        assert_eq!(Enrichment::default().words(|_| String::new()), Vec::<String>::new());
    }

    #[test]
    fn a_word_that_asks_for_nothing_is_refused_with_those_that_do() {
        for list in ["outdir", "", "out-dir,", "scip", "scip=", "out-dir=x", "SCIP=x"] {
            let error = Enrichment::parse(list).unwrap_err();
            assert!(error.contains("known are out-dir, registry, scip=FILE"), "{list}: {error}");
        }
    }

    #[test]
    fn what_either_asks_for_is_looked_at() {
        let written = Enrichment::parse("scip=index.scip").unwrap().seen_from(Path::new("/w"));
        let both = Enrichment::parse("out-dir").unwrap().and(written.clone());
        assert_eq!(both, Enrichment { out_dir: true, registry: false, scip: Some("/w/index.scip".into()) });
        let typed = Enrichment::parse("scip=other.scip").unwrap();
        assert_eq!(typed.clone().and(written).scip, typed.scip);
    }
}
