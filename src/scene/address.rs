//! Things by name: what `--focus` and deep links say.
//!
//! In: a module or item path, a boundary's or a package's name, or `A -> B`.  Out: the [`Thing`] it means.
//! Not here: searching by parts of a name.

use super::thing::{Place, Thing};
use crate::boundary::Boundaries;
use crate::model::{Model, NodeKind, WORKSPACE};

/// `None` if nothing has this name.  A name without `::` is a boundary first, then a package, then a target.
pub fn find(model: &Model, boundaries: &Boundaries, text: &str) -> Option<Thing> {
    if let Some((from, to)) = text.split_once("->") {
        let end = |text: &str| find_place(model, boundaries, text.trim());
        return Some(Thing::Edge { from: end(from)?, to: end(to)? });
    }
    find_place(model, boundaries, text.trim()).map(Thing::from)
}

fn find_place(model: &Model, boundaries: &Boundaries, text: &str) -> Option<Place> {
    if let Some(boundary) = boundaries.find(text) {
        // Of a boundary in several pieces, the outermost one is shown.
        let members = boundaries.members(boundary).iter();
        let parent = members.filter_map(|member| model.node(*member).parent).min_by_key(|parent| model.depth(*parent));
        return Some(Place::Fragment { boundary, parent: parent.unwrap_or(WORKSPACE) });
    }
    let package =
        model.packages().find(|id| model.node(*id).kind == NodeKind::Package && &*model.node(*id).name == text);
    package.or_else(|| model.find(text)).map(Place::Node)
}
