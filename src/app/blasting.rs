//! What a person does with the blast radius.
//!
//! In: a document.  Out: its [`Blasting`], which follows the selection while it is on.  A part of `execute`.  Not here: how
//! far a change goes (`affected`), and telling it (`panels::blast`).

use std::collections::BTreeSet;

use super::blast::{Blasting, Center};
use super::state::Document;
use crate::affected::{Blast, Revision, blast};
use crate::model::NodeId;
use crate::scene::thing::Thing;

pub(super) fn toggle(document: &mut Document) {
    document.blasting = match document.blasting {
        Some(_) => None,
        None => Some(Blasting::default()),
    };
}

/// Makes the rings of another selection.
pub(super) fn follow(document: &mut Document) {
    let Some(blasting) = &document.blasting else { return };
    let center = Center { selection: document.selection, gathered: document.gathered.clone() };
    if blasting.center == center {
        return;
    }
    let nodes = changed(document);
    let analysis = &document.analysis;
    let (workspace, boundaries) = (&*analysis.workspace, &analysis.boundaries);
    let revision = Revision { workspace, sources: &analysis.sources, model: &analysis.model, boundaries };
    let blast = if nodes.is_empty() { Blast::default() } else { blast(revision, &nodes) };
    let rings = blast.distances().collect();
    document.blasting = Some(Blasting { center, blast, rings });
}

/// What is gathered, or else what is selected; of an edge what it names at its end.
fn changed(document: &Document) -> Vec<NodeId> {
    if !document.gathered.is_empty() {
        return document.gathered_code();
    }
    match document.selection {
        None => Vec::new(),
        Some(Thing::Edge { .. }) => {
            let model = &document.analysis.model;
            let named = document.relations.references.iter().map(|id| model.reference(*id).to_item);
            let named: BTreeSet<NodeId> = named.collect();
            named.into_iter().collect()
        }
        Some(thing) => thing.place().map_or_else(Vec::new, |place| document.code_of(place)),
    }
}
