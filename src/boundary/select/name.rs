//! What a bare name means in a query.
//!
//! In: a word, the ground.  Out: the code that it names and all below.  As in riprap.toml a name is a boundary first, then
//! a package; beyond that it may be whatever is called so.  Not here: conditions.

use super::Ground;
use crate::boundary::pattern::{Coverage, glob_matches};
use crate::boundary::spelling::did_you_mean;
use crate::boundary::{BoundaryId, Pattern, Selection};
use crate::model::{Model, NodeId};
use crate::query::{Mistake, Word};

pub(super) fn named(ground: Ground<'_>, word: &Word) -> Result<Selection, Mistake> {
    let Ground { model, folders, boundaries, .. } = ground;
    let text = word.text.as_str();
    let meant: Vec<BoundaryId> = boundaries.ids().filter(|id| glob_matches(text, boundaries.name(*id))).collect();
    if !meant.is_empty() {
        return Ok(Selection::of_nodes(model, |node| boundaries.chain(node).any(|id| meant.contains(&id))));
    }
    let pattern = Pattern::parse(text).map_err(|why| Mistake::new(word.span, format!("`{text}`: {why}")))?;
    let found = if pattern.is_path() {
        of_path(model, &pattern)
    } else {
        let packages = of_nodes(model, pattern.packages(model, folders));
        // Without a package of the name: targets, modules and items that are called so, then third-party packages.
        match packages.is_empty() && !pattern.is_folder() {
            true => called(model, text),
            false => packages,
        }
    };
    if found.is_empty() { Err(unknown(ground, word, &pattern)) } else { Ok(found) }
}

fn of_nodes(model: &Model, nodes: impl IntoIterator<Item = NodeId>) -> Selection {
    let mut selection = Selection::none(model);
    nodes.into_iter().for_each(|node| selection.add(node));
    selection.with_below(model)
}

/// A path without wildcards is looked up; one through re-exports leads to what they show.
fn of_path(model: &Model, pattern: &Pattern) -> Selection {
    let text = pattern.text();
    if !text.contains('*') {
        let in_program = format!("bin:{text}");
        let found: Vec<NodeId> = [text, &in_program].into_iter().filter_map(|path| model.find(path)).collect();
        if !found.is_empty() {
            return of_nodes(model, found);
        }
        if let Some(way) = model.way(text).or_else(|| model.way(&in_program)) {
            return of_nodes(model, [way.to]);
        }
    }
    Selection::of_nodes(model, |node| pattern.covers_name(model, node, None) == Coverage::AtOrBelow)
}

fn called(model: &Model, text: &str) -> Selection {
    let is_called = |node: &NodeId| glob_matches(text, &model.node(*node).name);
    let nodes = of_nodes(model, model.node_ids().skip(1).filter(is_called));
    nodes.combine(&Selection::of_crates(model, |name| is_crate(text, name)), |node, krate| node || krate)
}

/// Code writes a package's name with `_`.
pub(super) fn is_crate(text: &str, name: &str) -> bool {
    glob_matches(text, name) || glob_matches(text, &name.replace('-', "_"))
}

fn unknown(ground: Ground<'_>, word: &Word, pattern: &Pattern) -> Mistake {
    let Ground { model, boundaries, .. } = ground;
    let message = match (pattern.is_path(), pattern.is_folder()) {
        (true, _) => format!("nothing is at `{pattern}`"),
        (_, true) => format!("`{pattern}` holds no package"),
        _ => format!("nothing here is called `{pattern}`"),
    };
    let names = boundaries.ids().map(|id| boundaries.name(id));
    let help = match pattern.is_path() {
        true => did_you_mean(&word.text, model.node_ids().map(|node| model.path(node))),
        false => {
            let nodes = model.node_ids().skip(1).map(|node| &*model.node(node).name);
            did_you_mean(&word.text, names.chain(nodes).chain(model.external_crates().map(|(_, name)| name)))
        }
    };
    Mistake::new(word.span, message).with_help(help)
}
