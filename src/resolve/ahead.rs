//! Facts of the files that module trees will lead to, read before the trees grow.
//!
//! In: the targets' root files.  Out: facts by file and edition.  Each file is read as soon as one that declares it is, so
//! that no thread waits for a depth to be complete.  Not here: the trees; a file that only they find is read then.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::Input;
use super::files::Place;
use crate::facts::{FileFacts, ItemDetails, ScopeKind};
use crate::source::FileId;
use crate::workspace::Edition;

/// Facts by file and edition.
pub(super) type Ahead = FxHashMap<(FileId, Edition), Arc<FileFacts>>;

/// `roots`: files, and where their modules are sought.
pub(super) fn read(input: &Input<'_>, roots: Vec<(FileId, Edition, Place)>) -> Ahead {
    let found = Mutex::new(FxHashMap::default());
    rayon::scope(|scope| {
        for (file, edition, place) in roots {
            let found = &found;
            scope.spawn(move |scope| visit(input, found, file, edition, &place, scope));
        }
    });
    let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.into_iter().filter_map(|(key, facts)| Some((key, facts?))).collect()
}

/// Facts, or `None` while somebody reads them.
type Found = Mutex<FxHashMap<(FileId, Edition), Option<Arc<FileFacts>>>>;

fn visit<'s>(
    input: &'s Input<'s>,
    found: &'s Found,
    file: FileId,
    edition: Edition,
    place: &Place,
    scope: &rayon::Scope<'s>,
) {
    let lock = || found.lock().unwrap_or_else(PoisonError::into_inner);
    if lock().insert((file, edition), None).is_some() {
        return;
    }
    let facts = (input.facts)(file, edition);
    for (path, place) in asked_for(&facts, place) {
        if let Some(file) = input.sources.find(&path) {
            scope.spawn(move |scope| visit(input, found, file, edition, &place, scope));
        }
    }
    lock().insert((file, edition), Some(facts));
}

/// The files that `mod` items of a file may mean.
fn asked_for(facts: &FileFacts, place: &Place) -> Vec<(String, Place)> {
    let places = places(facts, place);
    let mut asked = Vec::new();
    for item in &facts.items {
        let ItemDetails::Module(details) = &item.details else { continue };
        if details.inline.is_none() {
            let place = &places[item.scope.0 as usize];
            asked.extend(details.paths.iter().map(|(path, _)| place.at_path(path)));
            asked.extend(item.name.into_iter().flat_map(|name| place.candidates(facts.name(name))));
        }
    }
    asked
}

/// Per scope of a file: where the files of its modules are sought.
pub(super) fn places(facts: &FileFacts, file: &Place) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(facts.scopes.len());
    for scope in &facts.scopes {
        let place = match (scope.kind, scope.parent.map(|parent| &places[parent.0 as usize])) {
            (ScopeKind::Module(item), Some(around)) => around.within_item(facts, item),
            (_, Some(around)) => around.clone(),
            (_, None) => file.clone(),
        };
        places.push(place);
    }
    places
}
