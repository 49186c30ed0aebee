//! References of a file with the numbers of another resolution.
//!
//! In: references, and what is the same.  Out: the same references; or nothing, if something that they lead to is gone.

use smallvec::SmallVec;

use super::super::asked::Question;
use super::super::generated::modules::Made;
use super::super::same::Same;
use super::super::{ExternalUse, ExternalWay, FileReferences, ItemId, Passage, Reference, Unresolved};

pub(super) fn carried(same: &Same, old: &FileReferences) -> Option<FileReferences> {
    let owner = |owner: Option<ItemId>| match owner {
        Some(owner) => same.item(owner).map(Some),
        None => Some(None),
    };
    let reference = |it: &Reference| {
        Some(Reference { from: same.module(it.from)?, to: same.def(it.to)?, owner: owner(it.owner)?, ..*it })
    };
    let external = |it: &ExternalUse| Some(ExternalUse { from: same.module(it.from)?, owner: owner(it.owner)?, ..*it });
    let passage = |it: &Passage| Some(Passage { from: same.module(it.from)?, owner: owner(it.owner)?, ..*it });
    let way = |it: &ExternalWay| {
        let path: Option<SmallVec<_>> = it.path.iter().map(|name| same.symbol(*name)).collect();
        let facade = match it.facade {
            Some(facade) => Some(same.module(facade)?),
            None => None,
        };
        Some(ExternalWay { path: path?, facade, ..*it })
    };
    let unresolved = |it: &Unresolved| {
        let made_in = match it.made_in {
            Some(module) => Some(same.module(module)?),
            None => None,
        };
        Some(Unresolved { name: same.symbol(it.name)?, made_in, ..*it })
    };
    let made = |it: &Made| Some(Made { parent: same.module(it.parent)?, name: same.symbol(it.name)? });
    Some(FileReferences {
        file: same.file(old.file)?,
        references: old.references.iter().map(reference).collect::<Option<_>>()?,
        trails: old.trails.iter().map(|trail| same.trail(trail)).collect::<Option<_>>()?,
        externals: old.externals.iter().map(external).collect::<Option<_>>()?,
        passages: old.passages.iter().map(passage).collect::<Option<_>>()?,
        ways: old.ways.iter().map(way).collect::<Option<_>>()?,
        unresolved: old.unresolved.iter().map(unresolved).collect::<Option<_>>()?,
        made: old.made.iter().map(made).collect::<Option<_>>()?,
        asked: old.asked.iter().map(|it| question(same, *it)).collect::<Option<_>>()?,
    })
}

fn question(same: &Same, old: Question) -> Option<Question> {
    Some(match old {
        Question::Name(module, name) => Question::Name(same.module(module)?, same.symbol(name)?),
        Question::Globs(module) => Question::Globs(same.module(module)?),
        Question::Types(module) => Question::Types(same.module(module)?),
        Question::Textual(name) => Question::Textual(same.symbol(name)?),
        Question::Member(item, name) => Question::Member(same.item(item)?, same.symbol(name)?),
        Question::Impls(item) => Question::Impls(same.item(item)?),
        Question::ImplsOfExternal(name) => Question::ImplsOfExternal(same.symbol(name)?),
        Question::ImplsOfStandard(shape) => Question::ImplsOfStandard(shape),
        Question::Blanket(name) => Question::Blanket(same.symbol(name)?),
        Question::Traits(module) => Question::Traits(same.module(module)?),
        Question::Shape(item) => Question::Shape(same.item(item)?),
    })
}
