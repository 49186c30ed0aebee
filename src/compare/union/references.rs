//! The references of both revisions between the nodes of their union.
//!
//! In: two documents, and which node each of their paths is.  Out: references in the builder, and where each stands.  Not
//! here: edges, which the model makes of them.

use rustc_hash::FxHashMap;

use crate::compare::violations::Place;
use crate::facts::PathSource;
use crate::model::{Certainty, ListId, ModelBuilder, NewReference, NodeId, ReferenceKind};
use crate::snapshot::Document;
use crate::source::{FileId, Span};

/// What the file of a reference says: in which revision it is.
pub(super) const BEFORE: FileId = FileId(0);
const AFTER: FileId = FileId(1);

/// Places by the number that the span of each reference begins with.
pub(super) fn enter(
    before: &Document<'_>,
    of_before: &FxHashMap<String, NodeId>,
    after: &Document<'_>,
    of_after: &FxHashMap<String, NodeId>,
    builder: &mut ModelBuilder,
) -> Vec<Place> {
    let mut places = Vec::new();
    for (side, document, nodes) in [(BEFORE, before, of_before), (AFTER, after, of_after)] {
        let mut known: FxHashMap<&str, Option<NodeId>> = FxHashMap::default();
        for edge in document.edges.iter().filter(|edge| edge.is_inner()) {
            let (Some(from), Some(to)) = (innermost(&edge.from, nodes), innermost(&edge.to, nodes)) else { continue };
            for reference in &edge.references {
                let mut item = |path, around: NodeId| {
                    known.entry(path).or_insert_with(|| innermost(path, nodes)).unwrap_or(around)
                };
                let (from_item, to_item) = (item(&*reference.from_item, from), item(&*reference.to_item, to));
                let number = places.len() as u32;
                places.push(Place { file: reference.file.to_string(), line: reference.line });
                builder.add_reference(NewReference {
                    from,
                    to,
                    kind: kind(&reference.kind),
                    source: PathSource::Written,
                    certainty: certainty(&reference.certainty),
                    test: reference.test,
                    active: reference.active,
                    shown: false,
                    file: side,
                    // It tells references apart, and finds the place of each.
                    span: Span { start: number, end: number },
                    line: reference.line,
                    column: reference.column,
                    from_item,
                    to_item,
                    named: ListId::default(),
                    facades: ListId::default(),
                    route: ListId::default(),
                });
            }
        }
    }
    places
}

/// The node of a path, or of the nearest path around it: methods have no nodes of their own here.
fn innermost(path: &str, nodes: &FxHashMap<String, NodeId>) -> Option<NodeId> {
    let above = std::iter::successors(Some(path.len()), |end| path[..*end].rfind("::"));
    above.into_iter().find_map(|end| nodes.get(&path[..end]).copied())
}

fn kind(word: &str) -> ReferenceKind {
    ReferenceKind::ALL.into_iter().find(|kind| kind.word() == word).unwrap_or(ReferenceKind::Value)
}

fn certainty(word: &str) -> Certainty {
    if word == "resolved" { Certainty::Resolved } else { Certainty::Inferred }
}
