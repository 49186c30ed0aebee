//! What APIs offer that they did not, and what became of what they offered.
//!
//! In: two documents.  Out: [`Api`]s, one per boundary or library with changes.  Not here: which changes break somebody
//! (`rules`).

use std::collections::{BTreeMap, BTreeSet};

use super::moves::Moves;
use crate::rules::{Difference, Promise, Revision, Surroundings, revisions};
use crate::snapshot::Document;

/// What differs in one API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Api {
    /// A boundary; of code in no boundary its library.
    pub owner: String,
    /// It is declared stable.
    pub stable: bool,
    pub added: Vec<Offer>,
    pub removed: Vec<Gone>,
    pub changed: Vec<Revised>,
}

/// An item of an API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// By which others name it.
    pub name: String,
    pub kind: String,
    /// For people: its declaration without its parts.
    pub text: String,
    pub file: String,
    pub line: u32,
}

/// An item that the API no longer offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    pub before: Offer,
    /// The path of the only item of its kind and name that came, if there is one.
    pub now: Option<String>,
}

/// An item of an API that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revised {
    pub before: Offer,
    pub after: Offer,
    pub differences: Vec<Difference>,
    /// It stands where its module moved to.
    pub went_along: bool,
}

impl Revised {
    pub fn breaks(&self) -> bool {
        self.differences.iter().any(|difference| difference.breaks)
    }
}

impl Api {
    /// How many items others may have to do something about.
    pub fn broken(&self) -> usize {
        self.removed.len() + self.changed.iter().filter(|it| it.breaks()).count()
    }
}

impl Offer {
    fn of(promise: &Promise) -> Self {
        Self {
            name: promise.names.first().unwrap_or(&promise.path).clone(),
            kind: promise.kind.clone(),
            text: promise.declaration(),
            file: promise.file.clone(),
            line: promise.line,
        }
    }
}

pub(super) fn apis(before: &Document<'_>, after: &Document<'_>, moves: &Moves) -> Vec<Api> {
    let items = |document: &Document<'_>| -> BTreeSet<String> {
        let paths = document.modules.iter().flat_map(|module| {
            module.items.iter().map(|item| format!("{}::{}", module.path, item.name)).collect::<Vec<_>>()
        });
        paths.collect()
    };
    let (old_items, new_items) = (items(before), items(after));
    let world = Surroundings {
        was: &|path| old_items.contains(path),
        is: &|path| new_items.contains(path),
        moved: &|path| moves.path(path),
    };
    let stable: BTreeSet<&str> = after.boundaries.iter().filter(|it| it.stable).map(|it| &*it.name).collect();
    let (old, new) = (before.promises(), after.promises());
    let mut owners: BTreeMap<String, (Vec<&Promise>, Vec<&Promise>)> = BTreeMap::new();
    for promise in &old {
        owners.entry(moves.name(&promise.owner)).or_default().0.push(promise);
    }
    for promise in &new {
        owners.entry(promise.owner.clone()).or_default().1.push(promise);
    }
    let apis = owners.into_iter().map(|(owner, (before, after))| {
        let stable = stable.contains(owner.as_str());
        let gone = |before: &Promise| {
            let now = moves.path(&before.path);
            Gone { before: Offer::of(before), now: (now != before.path && new_items.contains(&now)).then_some(now) }
        };
        api(owner, stable, revisions(&before, &after, &world), moves, &gone)
    });
    apis.filter(|api| !(api.added.is_empty() && api.removed.is_empty() && api.changed.is_empty())).collect()
}

fn api(
    owner: String,
    stable: bool,
    revisions: Vec<Revision<'_>>,
    moves: &Moves,
    gone: &dyn Fn(&Promise) -> Gone,
) -> Api {
    let mut api = Api { owner, stable, ..Api::default() };
    for Revision { before, after, differences } in revisions {
        match (before, after) {
            (Some(before), Some(after)) => {
                let went_along = before.path != after.path && moves.path(&before.path) == after.path;
                let (before, after) = (Offer::of(before), Offer::of(after));
                api.changed.push(Revised { before, after, differences, went_along });
            }
            (Some(before), None) => api.removed.push(gone(before)),
            (None, after) => api.added.extend(after.map(Offer::of)),
        }
    }
    api
}
