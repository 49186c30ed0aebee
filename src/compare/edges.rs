//! Dependencies that are new, gone or not the same: between modules, and between areas.
//!
//! In: two documents.  Out: changes of [`Edge`]s and [`AreaEdge`]s.  Not here: whether one breaks a rule.

use std::collections::BTreeMap;

use super::Changes;
use super::areas::Areas;
use super::moves::Moves;
use super::violations::Place;
use crate::snapshot::{self, Document};

/// All references from one module to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    pub from: String,
    pub to: String,
    pub from_area: Option<String>,
    pub to_area: Option<String>,
    pub references: usize,
    /// By how they name it.
    pub kinds: BTreeMap<String, u32>,
    /// Of tests alone.
    pub test: bool,
    pub active: bool,
    /// At least one reference is resolved, not inferred.
    pub certain: bool,
    /// Where the first one stands.
    pub place: Option<Place>,
}

impl Edge {
    /// Between two areas, in code that is built and not for tests alone, and sure.
    pub fn crosses(&self) -> bool {
        !self.test && self.active && self.certain && self.from_area != self.to_area
    }
}

/// All references from one area to another that count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaEdge {
    pub from: String,
    pub to: String,
    pub references: u32,
    /// No reference of it breaks a rule.
    pub legal: bool,
}

fn edge(edge: &snapshot::Edge<'_>, areas: &Areas) -> Edge {
    let counts = |it: &&snapshot::Reference<'_>| !it.test && it.active && it.certainty == "resolved";
    let first = edge.references.iter().find(counts).or_else(|| edge.references.first());
    Edge {
        from: edge.from.to_string(),
        to: edge.to.to_string(),
        from_area: areas.of(&edge.from).map(str::to_owned),
        to_area: areas.of(&edge.to).map(str::to_owned),
        references: edge.references.len(),
        kinds: edge.kinds.iter().map(|(kind, count)| (kind.to_string(), *count)).collect(),
        test: edge.test,
        active: edge.active,
        certain: edge.certainty == "resolved",
        place: first.map(|it| Place { file: it.file.to_string(), line: it.line }),
    }
}

pub(super) fn between_modules(
    before: &Document<'_>,
    after: &Document<'_>,
    moves: &Moves,
    old: &Areas,
    new: &Areas,
) -> Changes<Edge> {
    let of_old = |it: &snapshot::Edge<'_>| ((moves.path(&it.from), moves.path(&it.to)), edge(it, old));
    let of_new = |it: &snapshot::Edge<'_>| ((it.from.to_string(), it.to.to_string()), edge(it, new));
    let before: BTreeMap<(String, String), Edge> = before.edges.iter().map(of_old).collect();
    let after: BTreeMap<(String, String), Edge> = after.edges.iter().map(of_new).collect();
    Changes::of(before, after, |before, after| {
        before.references != after.references
            || before.kinds != after.kinds
            || before.test != after.test
            || before.active != after.active
            || before.certain != after.certain
    })
}

pub(super) fn between_areas(
    before: &Document<'_>,
    after: &Document<'_>,
    moves: &Moves,
    old: &Areas,
    new: &Areas,
) -> Changes<AreaEdge> {
    let old = all(before, old).into_iter();
    let old = old.map(|it| ((moves.boundary(&it.from).to_owned(), moves.boundary(&it.to).to_owned()), it)).collect();
    let new = all(after, new).into_iter().map(|it| ((it.from.clone(), it.to.clone()), it)).collect();
    Changes::of(old, new, |before, after| before.references != after.references || before.legal != after.legal)
}

/// As the document says; of packages, which it does not know, lifted from its edges.
fn all(document: &Document<'_>, areas: &Areas) -> Vec<AreaEdge> {
    if !document.boundaries.is_empty() {
        let edge = |it: &snapshot::BoundaryEdge<'_>| AreaEdge {
            from: it.from.to_string(),
            to: it.to.to_string(),
            references: it.references,
            legal: it.legal,
        };
        return document.boundary_edges.iter().map(edge).collect();
    }
    let mut edges: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for edge in document.edges.iter().filter(|edge| edge.is_inner()) {
        let (Some(from), Some(to)) = (areas.of(&edge.from), areas.of(&edge.to)) else { continue };
        let references = edge.references.iter().filter(|it| !it.test && it.active).count() as u32;
        if from != to && references > 0 {
            *edges.entry((from, to)).or_default() += references;
        }
    }
    let edge = |((from, to), references): ((&str, &str), u32)| AreaEdge {
        from: from.to_owned(),
        to: to.to_owned(),
        references,
        legal: true,
    };
    edges.into_iter().map(edge).collect()
}
