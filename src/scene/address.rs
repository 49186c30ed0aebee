//! Things by name: what `--focus` and deep links say.
//!
//! In: a module or item path, a boundary's or a package's name, or `A -> B`.  Out: the [`Thing`] it means.
//! Not here: searching by parts of a name.

use super::thing::{Place, Thing};
use crate::boundary::{Boundaries, BoundaryId};
use crate::model::{Model, NodeId, NodeKind, WORKSPACE};

/// `None` if nothing has this name.  A name without `::` is a boundary first, then a package, then a target.
pub fn find(model: &Model, boundaries: &Boundaries, text: &str) -> Option<Thing> {
    if let Some((from, to)) = text.split_once("->").or_else(|| text.split_once('→')) {
        let end = |text: &str| find_place(model, boundaries, text.trim());
        return Some(Thing::Edge { from: end(from)?, to: end(to)? });
    }
    find_place(model, boundaries, text.trim()).map(Thing::from)
}

fn find_place(model: &Model, boundaries: &Boundaries, text: &str) -> Option<Place> {
    if let Some(boundary) = boundaries.find(text) {
        return place_of_boundary(model, boundaries, boundary);
    }
    let package =
        model.packages().find(|id| model.node(*id).kind == NodeKind::Package && &*model.node(*id).name == text);
    package.or_else(|| model.find(text)).or_else(|| shown_as(model, text)).map(Place::Node)
}

/// What a module shows under a name: `orders::Order`, wherever it is defined.
fn shown_as(model: &Model, text: &str) -> Option<NodeId> {
    let (module, name) = text.rsplit_once("::")?;
    let module = model.find(module).or_else(|| shown_as(model, module))?;
    let export = model.exports(module).iter().find(|export| model.symbol(export.name) == name)?;
    Some(export.node)
}

/// Of a boundary in several pieces the outermost is meant; one that is a single package or module is that one.
pub fn place_of_boundary(model: &Model, boundaries: &Boundaries, boundary: BoundaryId) -> Option<Place> {
    let parent_of = |member: NodeId| model.node(member).parent.unwrap_or(WORKSPACE);
    let members = boundaries.members(boundary);
    let parents = members.iter().map(|member| parent_of(*member));
    let parent = parents.min_by_key(|parent| (model.depth(*parent), *parent))?;
    let mut inside = members.iter().filter(|member| parent_of(**member) == parent);
    match (inside.next(), inside.next()) {
        (Some(only), None) => Some(Place::Node(*only)),
        _ => Some(Place::Fragment { boundary, parent }),
    }
}
