//! Modules that are new, gone or not the same.
//!
//! In: two documents.  Out: changes of [`Module`]s.  Not here: which ones only have another name (`moves`).

use std::collections::{BTreeMap, BTreeSet};

use super::Changes;
use super::areas::Areas;
use super::moves::Moves;
use crate::snapshot::{self, Document};

/// What is compared of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    pub path: String,
    pub area: Option<String>,
    pub file: Option<String>,
    pub lines: u32,
    pub test: bool,
    pub visibility: String,
    /// Kind and name of each item, sorted.
    pub items: Vec<String>,
    /// Of its text; empty where it is not known.
    digest: String,
}

impl Module {
    fn of(module: &snapshot::Module<'_>, areas: &Areas) -> Self {
        let items: BTreeSet<String> = module.items.iter().map(|item| format!("{} {}", item.kind, item.name)).collect();
        Self {
            path: module.path.to_string(),
            area: areas.of(&module.path).map(str::to_owned),
            file: module.file.as_ref().map(ToString::to_string),
            lines: module.lines,
            test: module.test,
            visibility: module.visibility.to_string(),
            items: items.into_iter().collect(),
            digest: module.digest.to_string(),
        }
    }
}

pub(super) fn changes(
    before: &Document<'_>,
    after: &Document<'_>,
    moves: &Moves,
    old: &Areas,
    new: &Areas,
) -> Changes<Module> {
    let now = |path: &str| moves.module(path).map_or_else(|| path.to_owned(), str::to_owned);
    let before: BTreeMap<String, Module> =
        before.modules.iter().map(|module| (now(&module.path), Module::of(module, old))).collect();
    let after: BTreeMap<String, Module> =
        after.modules.iter().map(|module| (module.path.to_string(), Module::of(module, new))).collect();
    let area = |module: &Module| module.area.as_deref().map(|name| moves.boundary(name).to_owned());
    Changes::of(before, after, |before, after| {
        before.digest != after.digest
            || before.lines != after.lines
            || before.items != after.items
            || before.visibility != after.visibility
            || before.test != after.test
            || area(before) != after.area
    })
}
