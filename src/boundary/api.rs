//! What a boundary shows to others.
//!
//! In: one step of a written route, and the module that it is written in.  Out: whether the boundary's API offers that name.  Not
//! here: walking routes and judging references.

use super::pattern::Coverage;
use super::{Boundaries, BoundaryId, Selector, Shown};
use crate::facts::ItemKind;
use crate::model::{Model, NodeId, NodeKind, Step, Visibility};

impl Boundaries {
    /// Whether `from`, which is outside the boundary, may look up `step.name` in `step.module`, which is code of the
    /// boundary.
    ///
    /// A name of a nested boundary is judged by that one's own API, and is part of this one's only if this one shows
    /// the nested root or the name itself.
    pub fn is_api_step(&self, model: &Model, boundary: BoundaryId, from: NodeId, step: &Step) -> bool {
        if !model.node(step.module).kind.is_module() || !is_modules_name(model, step) {
            // A variant or an associated item: the route had to name, or import, its type before.
            return true;
        }
        if self.is_listed(model, boundary, from, step) {
            return !self.is_hidden(model, boundary, step);
        }
        if let Some(nested) = self.nested_towards(boundary, step.module) {
            let root = self.roots(nested).iter().copied().find(|root| model.is_within(step.module, *root));
            return root.is_some_and(|root| self.shows_module(model, boundary, from, root));
        }
        let shows = self.shown_to(model, boundary, from).any(|(_, shown)| match shown {
            Shown::Root => self.roots(boundary).contains(&step.module) && self.reaches_outside(model, boundary, step),
            Shown::Pub => true,
            Shown::Path(_) | Shown::Only { .. } => false,
        });
        shows && !self.is_hidden(model, boundary, step)
    }

    /// Whether `from`, which is outside the boundary, may name one of its modules as such: a root, a module that a root shows, or one
    /// that leads to what the API lists.
    pub fn shows_module(&self, model: &Model, boundary: BoundaryId, from: NodeId, module: NodeId) -> bool {
        let is_root = self.roots(boundary).contains(&module);
        if !is_root && is_private_by_name(model, module) {
            return false;
        }
        let is_below_root = model.node(module).parent.is_some_and(|above| self.roots(boundary).contains(&above));
        let is_exported = || {
            self.roots(boundary)
                .iter()
                .flat_map(|root| model.exports(*root))
                .any(|export| export.node == module && self.is_outside_visibility(boundary, export.visibility))
        };
        self.shown_to(model, boundary, from).any(|(_, shown)| match shown {
            Shown::Root => {
                is_root
                    || (is_below_root && self.is_outside_visibility(boundary, model.node(module).visibility))
                    || is_exported()
            }
            Shown::Pub => true,
            listed => listed.patterns().iter().any(|it| it.covers_name(model, module, None) != Coverage::None),
        }) || self.is_in_shown_package(model, boundary, from, module)
    }

    /// The entries of the API that are for `from`, with their numbers.
    fn shown_to<'a>(
        &'a self,
        model: &'a Model,
        boundary: BoundaryId,
        from: NodeId,
    ) -> impl Iterator<Item = (usize, &'a Shown)> {
        let entries = self.declaration(boundary).api.iter().zip(&self.users[boundary.0 as usize]);
        let is_for = move |users: &[Selector]| users.iter().any(|user| user.covers(model, self, from));
        let entries = entries.enumerate().map(|(index, (shown, users))| (index, &shown.value, users));
        entries
            .filter(move |(_, shown, users)| !matches!(shown, Shown::Only { .. }) || is_for(users))
            .map(|(index, shown, _)| (index, shown))
    }

    /// A pattern of the API covers the name, what it stands for, or leads on from there.
    fn is_listed(&self, model: &Model, boundary: BoundaryId, from: NodeId, step: &Step) -> bool {
        let name = model.symbol(step.name);
        let stands_for_module = model.node(step.node).kind.is_module();
        let mut patterns = self.shown_to(model, boundary, from).flat_map(|(_, shown)| shown.patterns());
        patterns.any(|pattern| {
            let mut coverage = pattern.covers_name(model, step.module, Some(name));
            if self.contains(boundary, step.node) {
                coverage = coverage.max(pattern.covers_name(model, step.node, None));
            }
            coverage == Coverage::AtOrBelow || (coverage == Coverage::OnTheWay && stands_for_module)
        }) || self.is_in_shown_package(model, boundary, from, step.module)
    }

    fn is_in_shown_package(&self, model: &Model, boundary: BoundaryId, from: NodeId, node: NodeId) -> bool {
        let packages = &self.shown_packages[boundary.0 as usize];
        let shows_any = packages.iter().any(|packages| !packages.is_empty());
        shows_any
            && model.package_of(node).is_some_and(|package| {
                self.shown_to(model, boundary, from).any(|(index, _)| packages[index].contains(&package))
            })
    }

    /// The boundary nested directly in `outer` that has the node.
    fn nested_towards(&self, outer: BoundaryId, node: NodeId) -> Option<BoundaryId> {
        self.chain(node).find(|id| self.parent(*id) == Some(outer))
    }

    /// A module named `internal` or `private` below a root is never API, whatever the configuration says.
    pub fn is_hidden(&self, model: &Model, boundary: BoundaryId, step: &Step) -> bool {
        let mut between = model.ancestors(step.module).take_while(|node| !self.roots(boundary).contains(node));
        let is_child = model.node(step.node).parent == Some(step.module);
        (is_child && is_private_by_name(model, step.node)) || between.any(|node| is_private_by_name(model, node))
    }

    /// The compiler let the name be used; what is left to ask is whether only because the user sits inside a root.
    fn reaches_outside(&self, model: &Model, boundary: BoundaryId, step: &Step) -> bool {
        let mut exports = model
            .exports(step.module)
            .iter()
            .filter(|export| export.name == step.name && export.node == step.node)
            .peekable();
        if exports.peek().is_some() {
            return exports.any(|export| self.is_outside_visibility(boundary, export.visibility));
        }
        let node = model.node(step.node);
        node.parent != Some(step.module) || self.is_outside_visibility(boundary, node.visibility)
    }

    /// Whether something of this visibility can be used by code outside the boundary.
    pub fn is_outside_visibility(&self, boundary: BoundaryId, visibility: Visibility) -> bool {
        match visibility {
            Visibility::Public => true,
            // `pub(crate)` of a crate that is a root itself: no code outside the boundary can use it.
            Visibility::Within(module) => !self.contains(boundary, module),
        }
    }
}

/// False for an enum's variant and an associated item, which are looked up in a type.
fn is_modules_name(model: &Model, step: &Step) -> bool {
    let parent = model.node(step.node).parent.map(|parent| model.node(parent).kind);
    !matches!(parent, Some(NodeKind::Item(kind)) if kind != ItemKind::Function)
}

fn is_private_by_name(model: &Model, node: NodeId) -> bool {
    let node = model.node(node);
    node.kind.is_module() && matches!(&*node.name, "internal" | "private")
}

#[cfg(test)]
mod tests;
