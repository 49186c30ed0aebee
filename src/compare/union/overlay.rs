//! The boundaries of both revisions, laid over their union.
//!
//! In: two documents, and the boundary of each node.  Out: [`Boundaries`], and what became of each.  Not here: what riprap.toml
//! says otherwise of one (`areas`).

use std::collections::BTreeMap;

use super::Fate;
use crate::boundary::{Boundaries, Laid};
use crate::compare::Comparison;
use crate::compare::moves::Moves;
use crate::model::Model;
use crate::snapshot::Document;

/// What the later revision says counts; what is gone stands under its own name.
pub(super) fn laid(
    before: &Document<'_>,
    after: &Document<'_>,
    moves: &Moves,
    owners: &[Option<&str>],
    model: &Model,
) -> Boundaries {
    let mut laid: BTreeMap<&str, Laid> = BTreeMap::new();
    let earlier = before.boundaries.iter().map(|it| (moves.boundary(&it.name), it, true));
    let later = after.boundaries.iter().map(|it| (&*it.name, it, false));
    for (name, boundary, is_earlier) in earlier.chain(later) {
        let parent = boundary.parent.as_deref();
        let parent = if is_earlier { parent.map(|parent| moves.boundary(parent)) } else { parent };
        let owner = boundary.owner.as_deref().map(str::to_owned);
        laid.insert(name, Laid { name: name.to_owned(), owner, parent: parent.map(str::to_owned) });
    }
    Boundaries::laid(laid.into_values().collect(), owners, model)
}

pub(super) fn fates(boundaries: &Boundaries, comparison: &Comparison) -> Vec<Fate> {
    let areas = &comparison.areas;
    let mut fates: BTreeMap<&str, Fate> = BTreeMap::new();
    fates.extend(areas.added.iter().map(|area| (area.name.as_str(), Fate::Added)));
    fates.extend(areas.removed.iter().map(|area| (area.name.as_str(), Fate::Removed)));
    fates.extend(areas.changed.iter().map(|change| {
        let is_moved = change.before.name != change.after.name;
        (change.after.name.as_str(), if is_moved { Fate::Moved } else { Fate::Changed })
    }));
    boundaries.ids().map(|id| fates.get(boundaries.name(id)).copied().unwrap_or_default()).collect()
}
