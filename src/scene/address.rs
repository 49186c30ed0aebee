//! Things by name: what `--focus` and deep links say.
//!
//! In: a module or item path, a boundary's or a package's name, or `A -> B`; and the way back.  Out: the [`Thing`] it means,
//! or its name.  Not here: searching by parts of a name.

use super::thing::{Place, Thing};
use crate::boundary::{Boundaries, BoundaryId};
use crate::model::{Model, NodeId, NodeKind, WORKSPACE};

/// Before a name that something else has, too.
const BOUNDARY: &str = "boundary:";
const PACKAGE: &str = "package:";
const MODULE: &str = "module:";

/// Between a boundary and what holds the piece of it that is meant.
const IN: &str = " in ";

/// `None` if nothing has this name.  A name without `::` is a boundary first, then a package, then a target; with
/// `boundary:`, `package:` or `module:` before it, it is nothing else.
pub fn find(model: &Model, boundaries: &Boundaries, text: &str) -> Option<Thing> {
    if let Some((from, to)) = text.split_once("->").or_else(|| text.split_once('→')) {
        let end = |text: &str| find_place(model, boundaries, text.trim());
        return Some(Thing::Edge { from: end(from)?, to: end(to)? });
    }
    find_place(model, boundaries, text.trim()).map(Thing::from)
}

fn find_place(model: &Model, boundaries: &Boundaries, text: &str) -> Option<Place> {
    if let Some(text) = text.strip_prefix(BOUNDARY) {
        return find_fragment(model, boundaries, text);
    }
    if let Some(name) = text.strip_prefix(PACKAGE) {
        return find_package(model, name).map(Place::Node);
    }
    if let Some(path) = text.strip_prefix(MODULE) {
        return model.find(path).map(Place::Node);
    }
    if let Some(boundary) = boundaries.find(text) {
        return place_of_boundary(model, boundaries, boundary);
    }
    find_package(model, text).or_else(|| model.find(text)).or_else(|| shown_as(model, text)).map(Place::Node)
}

fn find_package(model: &Model, name: &str) -> Option<NodeId> {
    model.packages().find(|id| model.node(*id).kind == NodeKind::Package && &*model.node(*id).name == name)
}

/// A boundary, or the piece of it in a parent.
fn find_fragment(model: &Model, boundaries: &Boundaries, text: &str) -> Option<Place> {
    if let Some(boundary) = boundaries.find(text) {
        return place_of_boundary(model, boundaries, boundary);
    }
    let (name, parent) = text.rsplit_once(IN)?;
    let parent = find_place(model, boundaries, parent)?.node()?;
    Some(Place::Fragment { boundary: boundaries.find(name)?, parent })
}

/// What [`find`] takes back to the thing: its path or name, with a word before it where something else has the same.
pub fn name(model: &Model, boundaries: &Boundaries, thing: Thing) -> String {
    let of_place = |place| name_of_place(model, boundaries, place);
    match thing {
        Thing::Edge { from, to } => format!("{} -> {}", of_place(from), of_place(to)),
        Thing::Node(node) => of_place(Place::Node(node)),
        Thing::Boundary { boundary, parent } => of_place(Place::Fragment { boundary, parent }),
    }
}

fn name_of_place(model: &Model, boundaries: &Boundaries, place: Place) -> String {
    let (plain, full) = match place {
        Place::Node(node) if model.node(node).kind == NodeKind::Package => {
            let name = &model.node(node).name;
            (name.to_string(), format!("{PACKAGE}{name}"))
        }
        Place::Node(node) => (model.path(node).to_owned(), format!("{MODULE}{}", model.path(node))),
        Place::Fragment { boundary, parent } => {
            let (name, parent) = (boundaries.name(boundary), name_of_place(model, boundaries, parent.into()));
            (name.to_owned(), format!("{BOUNDARY}{name}{IN}{parent}"))
        }
    };
    if find_place(model, boundaries, &plain) == Some(place) { plain } else { full }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::fixture::{Fixture, declarations};

    #[test]
    fn every_box_and_edge_is_found_again_by_its_name() {
        let fixture = Fixture::new(
            "package orders orders
             package stock stock
             mod orders::placing
             mod orders::ledger
             mod stock::shelf
             mod stock::orders
             orders::placing -> stock::shelf call",
        );
        let boundaries = fixture.boundaries(declarations(&[
            ("orders", "contains orders::placing stock::orders"),
            ("shelf", "contains stock::shelf"),
        ]));
        let model = &fixture.model;
        let nodes: Vec<NodeId> = model.node_ids().filter(|node| *node != WORKSPACE).collect();
        let mut things: Vec<Thing> = nodes.iter().map(|node| Thing::Node(*node)).collect();
        things.push(Thing::edge(nodes[0], nodes[nodes.len() - 1]));
        for boundary in boundaries.ids() {
            for member in boundaries.members(boundary) {
                let parent = model.node(*member).parent.unwrap_or(WORKSPACE);
                things.extend(place_of_boundary(model, &boundaries, boundary).map(Thing::from));
                if parent != WORKSPACE {
                    things.push(Thing::Boundary { boundary, parent });
                }
            }
        }
        for thing in things {
            let text = name(model, &boundaries, thing);
            assert_eq!(find(model, &boundaries, &text), Some(thing), "{text}");
        }
    }
}
