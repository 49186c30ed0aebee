//! What the references of a file depend on beyond the file: the questions that were asked to find them.
//!
//! In: questions, while paths are walked and types are inferred.  Out: each once, sorted.  An answer may be that there is
//! nothing.  Not here: whether an answer is another one now (`again`).

use std::cell::RefCell;
use std::hash::{BuildHasher as _, BuildHasherDefault};

use rustc_hash::FxHasher;

use super::{ItemId, ModuleId, Sym};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Question {
    /// What a name means in a scope.
    Name(ModuleId, Sym),
    /// Where a scope's globs bring names from.
    Globs(ModuleId),
    /// Which types a scope has.
    Types(ModuleId),
    /// Which textual macros have this name.
    Textual(Sym),
    /// What a type, trait or `impl` has under a name.
    Member(ItemId, Sym),
    /// Which `impl`s are for a type.
    Impls(ItemId),
    /// Which `impl`s are for a type of another crate of this name.
    ImplsOfExternal(Sym),
    /// Which `impl`s are for types of the standard library of this shape.
    ImplsOfStandard(u8),
    /// Which functions of this name all types have that fulfil some bounds.
    Blanket(Sym),
    /// Which traits the names of a scope bring.
    Traits(ModuleId),
    /// The types that are written in a declaration.
    Shape(ItemId),
}

/// Hears questions.
#[derive(Debug, Default)]
pub(super) struct Asked(RefCell<Heard>);

#[derive(Debug, Default)]
struct Heard {
    questions: Vec<Question>,
    /// Some of those that were heard last, each at a place of its own: most are asked again soon.
    recent: Vec<Option<Question>>,
}

const RECENT: usize = 256;

impl Asked {
    pub(super) fn hear(&self, question: Question) {
        let mut heard = self.0.borrow_mut();
        let Heard { questions, recent } = &mut *heard;
        recent.resize(RECENT, None);
        let hash = BuildHasherDefault::<FxHasher>::default().hash_one(question);
        let place = &mut recent[(hash >> 32) as usize % RECENT];
        if place.replace(question) != Some(question) {
            questions.push(question);
        }
    }

    /// What was asked since the last time, each question once.
    pub(super) fn take(&self) -> Vec<Question> {
        let mut questions = self.0.take().questions;
        questions.sort_unstable();
        questions.dedup();
        questions.shrink_to_fit();
        questions
    }
}
