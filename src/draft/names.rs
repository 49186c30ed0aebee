//! What the names in a move mean.
//!
//! In: a name, the model as it is today, the boundaries.  Out: the code.  A name without `::` is a boundary first where one
//! is possible, then a package, then a target.  Not here: what is done with it.

use crate::boundary::spelling::did_you_mean;
use crate::boundary::{Boundaries, BoundaryId};
use crate::facts::ItemKind;
use crate::model::{Model, NodeId, NodeKind};

/// An end of a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Boundary(BoundaryId),
    Code(NodeId),
}

/// # Errors
/// A name that nothing has, in words.
pub(super) fn code(model: &Model, name: &str) -> Result<NodeId, String> {
    let package = model.packages().find(|package| &*model.node(*package).name == name);
    package.or_else(|| model.find(name)).ok_or_else(|| unknown(name, model.node_ids().map(|id| model.path(id))))
}

/// # Errors
/// As [`code`].
pub(super) fn end(model: &Model, boundaries: &Boundaries, name: &str) -> Result<End, String> {
    match boundaries.find(name) {
        Some(boundary) => Ok(End::Boundary(boundary)),
        None => code(model, name).map(End::Code),
    }
}

/// The module that something is put into: of a package the root of its library, or else of its first target.
///
/// # Errors
/// A name that nothing has, and one that is no place for code.
pub(super) fn place(model: &Model, name: &str) -> Result<NodeId, String> {
    let node = code(model, name)?;
    match model.node(node).kind {
        NodeKind::Package => {
            let targets = model.children(node);
            let is_library =
                |id: &&NodeId| matches!(model.node(**id).kind, NodeKind::Target(kind) if kind.is_library());
            let root = targets.iter().find(is_library).or_else(|| targets.first());
            root.copied().ok_or_else(|| format!("package `{name}` has no target"))
        }
        kind if kind.is_module() => Ok(node),
        _ => Err(format!("`{name}` is no module: nothing can be put into it")),
    }
}

pub(super) fn unknown<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let hint = did_you_mean(name, known.filter(|name| !name.is_empty()));
    format!("nothing here is called `{name}`{}", hint.map_or_else(String::new, |hint| format!("; {hint}")))
}

/// An item with the `impl`s of it that stand in its module: they are moved with it.
pub(super) fn with_impls(model: &Model, item: NodeId) -> Vec<NodeId> {
    let node = model.node(item);
    let mut all = vec![item];
    let is_type =
        matches!(node.kind, NodeKind::Item(ItemKind::Struct | ItemKind::Enum | ItemKind::Union | ItemKind::TypeAlias));
    if let Some(module) = node.parent.filter(|_| is_type) {
        let is_own = |id: &&NodeId| impl_of(model, **id).is_some_and(|(_, of)| *of == *node.name);
        all.extend(model.children(module).iter().filter(is_own));
    }
    all
}

/// The trait, if it is of one, and the type of an `impl`, by their names as written.
pub(super) fn impl_of(model: &Model, node: NodeId) -> Option<(Option<&str>, &str)> {
    let node = model.node(node);
    if node.kind != NodeKind::Item(ItemKind::Impl) {
        return None;
    }
    let header = node.name.strip_prefix("impl ")?;
    Some(match header.split_once(" for ") {
        Some((of, ty)) => (Some(of), ty),
        None => (None, header),
    })
}
