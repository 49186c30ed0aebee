//! On what Rust and Cargo insist after a draft's moves.
//!
//! In: today's state and the draft's.  Out: [`Condition`]s, each of one move, with its place where there is one: what is
//! refused, what has to be done beside the move, and what cannot be told.  Not here: what riprap.toml says, and how it is
//! done (`steps`).

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Move;
use super::cargo::missing;
use super::ground::Ground;
use super::laid::Drafted;
use super::names::impl_of;
use crate::facts::ItemKind;
use crate::model::{Certainty, Model, NodeId, NodeKind, Reference, ReferenceKind, Visibility};
use crate::source::FileId;

/// How much stands against a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// Cargo or the compiler would refuse it.
    Refused,
    /// It is possible if this is done, too.
    Needed,
    /// riprap cannot tell.
    Unknown,
}

/// What stands against a move, or goes with it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Condition {
    /// The number of the move.
    pub index: usize,
    pub gravity: Gravity,
    pub message: String,
    /// File and line.
    pub place: Option<(FileId, u32)>,
}

/// Everything that Rust has to say of a draft, by move, the worst first.
pub fn conditions(ground: &Ground, drafted: &Drafted) -> Vec<Condition> {
    if drafted.relocated.is_empty() {
        return Vec::new();
    }
    let look = Look::new(ground, drafted);
    let mut found = look.packages();
    found.extend(look.of_references());
    found.extend(look.impls());
    found.extend(look.fields());
    found.extend(look.programs());
    found.sort();
    found.dedup();
    found
}

/// What was moved, and how far.
pub(super) struct Look<'a> {
    pub(super) ground: &'a Ground,
    pub(super) drafted: &'a Drafted,
    /// Everything that lies elsewhere, with the number of its move.
    pub(super) moved: FxHashMap<NodeId, usize>,
}

impl<'a> Look<'a> {
    pub(super) fn new(ground: &'a Ground, drafted: &'a Drafted) -> Self {
        let mut moved = FxHashMap::default();
        for (node, index) in &drafted.relocated {
            let mut open = vec![*node];
            while let Some(node) = open.pop() {
                moved.insert(node, *index);
                open.extend_from_slice(drafted.model.children(node));
            }
        }
        Self { ground, drafted, moved }
    }

    pub(super) fn today(&self) -> &'a Model {
        self.ground.model()
    }

    pub(super) fn after(&self) -> &'a Model {
        &self.drafted.model
    }

    fn package(&self, node: NodeId) -> &'a str {
        let after = self.after();
        after.package_of(node).map_or("", |package| &after.node(package).name)
    }

    fn changed_package(&self, node: NodeId) -> bool {
        self.moved.contains_key(&node) && self.today().package_of(node) != self.after().package_of(node)
    }

    /// The move that has to do with a reference.
    fn mover(&self, reference: &Reference) -> Option<usize> {
        self.moved.get(&reference.from_item).or_else(|| self.moved.get(&reference.to_item)).copied()
    }

    /// Rings of packages, dependencies that are missing, and programs that are used like libraries.
    fn packages(&self) -> Vec<Condition> {
        let after = self.after();
        let name = |node: NodeId| format!("`{}`", after.node(node).name);
        let mut found = Vec::new();
        for missing in missing(self.ground, after) {
            let uses = |edge: &&crate::model::Edge| {
                after.package_of(edge.from) == Some(missing.from) && after.package_of(edge.to) == Some(missing.to)
            };
            let references = after
                .edges()
                .iter()
                .filter(|edge| !edge.test)
                .filter(uses)
                .flat_map(|edge| edge.references.clone().map(|index| &after.references()[index as usize]));
            let mut references = references.peekable();
            let place = references.peek().map(|it| (it.file, it.line));
            let index = references.find_map(|it| self.mover(it)).unwrap_or(0);
            let (from, to) = (name(missing.from), name(missing.to));
            let (gravity, message) = match missing.ring.as_slice() {
                [] => (Gravity::Needed, format!("the Cargo.toml of {from} has to list {to}")),
                ring => {
                    let way: Vec<String> = ring.iter().map(|package| name(*package)).collect();
                    let way = way.join(" needs ");
                    (Gravity::Refused, format!("Cargo allows no ring of packages: {from} would need {to}, and {way}"))
                }
            };
            found.push(Condition { index, gravity, message, place });
        }
        for edge in after.edges() {
            let (Some(own), Some(other)) = (after.target_of(edge.from), after.target_of(edge.to)) else { continue };
            let is_library = matches!(after.node(other).kind, NodeKind::Target(kind) if kind.is_library());
            let reference = &after.references()[edge.references.start as usize];
            let Some(index) = self.mover(reference).filter(|_| own != other && !is_library) else { continue };
            let message = format!("`{}` is no library: only its own code can name what is in it", after.path(other));
            found.push(Condition {
                index,
                gravity: Gravity::Refused,
                message,
                place: Some((reference.file, reference.line)),
            });
        }
        found
    }

    /// Visibility, macros and paths, by the references that cross the border of what was moved.
    fn of_references(&self) -> Vec<Condition> {
        let after = self.after();
        // By move and hidden name: from where it is needed, and how often.
        let mut hidden: BTreeMap<(usize, NodeId), (bool, u32)> = BTreeMap::new();
        let mut macros: BTreeMap<(usize, NodeId), bool> = BTreeMap::new();
        let mut relative: BTreeMap<usize, (u32, (FileId, u32))> = BTreeMap::new();
        let mut made_by_macros: BTreeMap<usize, (u32, (FileId, u32))> = BTreeMap::new();
        for edge in after.edges() {
            for index in edge.references.clone() {
                let reference = &after.references()[index as usize];
                let ends = (self.moved.get(&reference.from_item), self.moved.get(&reference.to_item));
                let Some(mover) = ends.1.or(ends.0).copied().filter(|_| ends.0 != ends.1) else { continue };
                if matches!(after.node(reference.to_item).kind, NodeKind::Item(ItemKind::Macro)) {
                    let is_far = after.package_of(edge.from) != after.package_of(edge.to);
                    *macros.entry((mover, reference.to_item)).or_default() |= is_far;
                    continue;
                }
                if reference.source != crate::facts::PathSource::Written {
                    let (count, _) = made_by_macros.entry(mover).or_insert((0, (reference.file, reference.line)));
                    *count += 1;
                }
                if let Some(mover) = ends.0.filter(|_| self.leads_elsewhere(edge.from, reference)) {
                    let (count, _) = relative.entry(*mover).or_insert((0, (reference.file, reference.line)));
                    *count += 1;
                }
                if reference.facades != crate::model::ListId::default() || reference.certainty != Certainty::Resolved {
                    continue;
                }
                if let Some(node) = self.hidden_from(edge.from, reference.to_item) {
                    let (is_far, count) = hidden.entry((mover, node)).or_default();
                    *is_far |= after.target_of(edge.from) != after.target_of(node);
                    *count += 1;
                }
            }
        }
        let mut found = Vec::new();
        for ((index, node), (is_far, count)) in hidden {
            let data = after.node(node);
            let wanted = if is_far { "pub" } else { "pub(crate)" };
            let uses =
                if count == 1 { "1 reference needs it".to_owned() } else { format!("{count} references need it") };
            let message = match data.visibility {
                Visibility::Within(module) => format!(
                    "`{}` would be visible within `{}` alone, and {uses}: make it `{wanted}`",
                    data.path,
                    after.path(module)
                ),
                Visibility::Public => continue,
            };
            let place = data.file.map(|file| (file, data.line));
            found.push(Condition { index, gravity: Gravity::Needed, message, place });
        }
        for (index, (count, place)) in relative {
            let message = match count {
                1 => "a path in it that starts with `super::` or a crate leads elsewhere from there: rewrite it"
                    .to_owned(),
                count => format!(
                    "{count} paths in it that start with `super::` or a crate lead elsewhere from there: rewrite them"
                ),
            };
            found.push(Condition { index, gravity: Gravity::Needed, message, place: Some(place) });
        }
        for ((index, node), is_far) in macros {
            let data = after.node(node);
            let place = data.file.map(|file| (file, data.line));
            let (gravity, message) = match is_far {
                true => (
                    Gravity::Needed,
                    format!("the macro `{}` is used in another package: it needs `#[macro_export]`", data.name),
                ),
                false => (
                    Gravity::Unknown,
                    format!(
                        "the macro `{}` is in scope in the order of the text: its `mod` line must stay above its users, \
                         with `#[macro_use]`",
                        data.name
                    ),
                ),
            };
            found.push(Condition { index, gravity, message, place });
        }
        for (index, (count, place)) in made_by_macros {
            let message = match count {
                1 => "a reference comes out of a macro: whether its path still leads there cannot be told".to_owned(),
                count => {
                    format!(
                        "{count} references come out of macros: whether their paths still lead there cannot be told"
                    )
                }
            };
            found.push(Condition { index, gravity: Gravity::Unknown, message, place: Some(place) });
        }
        found
    }

    /// A single name was brought by an import, and that is the place to edit.
    pub(super) fn names_old_place(&self, it: &Reference) -> bool {
        let source = self.ground.sources().file(it.file);
        let text = source.text.get(it.span.start as usize..it.span.end as usize).unwrap_or_default();
        is_import(it) || text.contains("::")
    }

    /// Whether a path in moved code means something else in its new place: one that is relative to a place that it left.
    pub(super) fn leads_elsewhere(&self, module: NodeId, it: &Reference) -> bool {
        let (today, after) = (self.today(), self.after());
        let (old, new) = (today.package_of(it.from_item), after.package_of(module));
        if !self.names_old_place(it) {
            return false;
        }
        if old != new {
            let other = after.package_of(it.to_item);
            return other == old || other == new;
        }
        let line = self.ground.sources().file(it.file).line_text(it.line);
        line.contains("super::") || line.contains("self::")
    }

    /// The outermost name on the way to an item that a module cannot use.
    fn hidden_from(&self, from: NodeId, item: NodeId) -> Option<NodeId> {
        let after = self.after();
        let common = after.common_ancestor(from, item);
        let way = after.ancestors(item).take_while(|node| *node != common);
        let has_visibility = |node: &NodeId| {
            let kind = after.node(*node).kind;
            kind == NodeKind::Module
                || matches!(kind, NodeKind::Item(kind) if !matches!(
                    kind,
                    ItemKind::Impl | ItemKind::Variant | ItemKind::Macro | ItemKind::AssocConst | ItemKind::AssocType
                ))
        };
        let is_hidden = |node: &NodeId| !after.is_visible(after.node(*node).visibility, from);
        // Functions of traits are as visible as the trait.
        let of_trait = |node: &NodeId| {
            let around = after.node(*node).parent.map(|parent| after.node(parent));
            around.is_some_and(|around| match around.kind {
                NodeKind::Item(ItemKind::Trait) => true,
                NodeKind::Item(ItemKind::Impl) => around.name.contains(" for "),
                _ => false,
            })
        };
        way.filter(has_visibility).filter(|node| !of_trait(node)).filter(is_hidden).last()
    }

    /// The orphan rule, and inherent `impl`s.
    /// The `main` of a program stays where it is.
    fn programs(&self) -> Vec<Condition> {
        let today = self.today();
        let is_program = |node: NodeId| matches!(today.node(node).kind, NodeKind::Target(kind) if !kind.is_library());
        let moved = self.moved.iter().filter(|(node, _)| {
            let data = today.node(**node);
            data.kind == NodeKind::Item(ItemKind::Function)
                && &*data.name == "main"
                && data.parent.is_some_and(is_program)
        });
        let condition = |(node, index): (&NodeId, &usize)| {
            let data = today.node(*node);
            let place = data.file.map(|file| (file, data.line));
            let message = "a program begins with the `main` of its root".to_owned();
            Condition { index: *index, gravity: Gravity::Refused, message, place }
        };
        moved.map(condition).collect()
    }

    fn impls(&self) -> Vec<Condition> {
        let after = self.after();
        let today = self.today();
        // Only where one of the three went to another package.
        let mut affected: Vec<NodeId> = Vec::new();
        for node in after.node_ids().filter(|node| impl_of(after, *node).is_some()) {
            if self.changed_package(node) {
                affected.push(node);
            }
        }
        for edge in after.edges() {
            for index in edge.references.clone() {
                let reference = &after.references()[index as usize];
                if self.changed_package(reference.to_item) && impl_of(after, reference.from_item).is_some() {
                    affected.push(reference.from_item);
                }
            }
        }
        affected.sort_unstable();
        affected.dedup();
        let mut found = Vec::new();
        for block in affected {
            let Some((of_trait, ty)) = impl_of(after, block) else { continue };
            let Some(module) = today.module_of(block) else { continue };
            let named = |name: &str| self.named_in(block, module, name);
            let own = after.package_of(block);
            let is_local = |named: &Named| matches!(named, Named::Here(node) if after.package_of(*node) == own);
            let data = after.node(block);
            let place = data.file.map(|file| (file, data.line));
            let index = self.moved.get(&block).copied().or_else(|| self.any_mover(block)).unwrap_or(0);
            let package = self.package(block);
            let ty_named = named(ty);
            let (gravity, message) = match of_trait.map(|name| (name, named(name))) {
                None if is_local(&ty_named) => continue,
                None if matches!(ty_named, Named::Nowhere) => continue,
                None => (
                    Gravity::Refused,
                    format!("`{}` is in `{package}`, and its type would be in another package", data.name),
                ),
                Some((_, trait_named)) if is_local(&trait_named) || is_local(&ty_named) => continue,
                Some((_, trait_named)) => {
                    let is_known = |named: &Named| !matches!(named, Named::Nowhere);
                    // Whatever is not of this workspace is foreign to every package of it.
                    let is_certain = is_known(&trait_named) && is_known(&ty_named)
                        || matches!(trait_named, Named::Here(_))
                        || matches!(ty_named, Named::Here(_));
                    let message = format!(
                        "`{}` would be in `{package}`, where neither its trait nor its type is: the orphan rule forbids it",
                        data.name
                    );
                    match is_certain {
                        true => (Gravity::Refused, message),
                        false => (
                            Gravity::Unknown,
                            format!("whether the orphan rule allows `{}` in `{package}` cannot be told", data.name),
                        ),
                    }
                }
            };
            found.push(Condition { index, gravity, message, place });
        }
        found
    }

    /// The move of something that an `impl` names.
    fn any_mover(&self, block: NodeId) -> Option<usize> {
        let after = self.after();
        let module = after.module_of(block)?;
        let references = after.edges_from(module).flat_map(|edge| after.references_of(edge));
        references.filter(|(_, it)| it.from_item == block).find_map(|(_, it)| self.moved.get(&it.to_item).copied())
    }

    /// What a name in the head of an `impl` means: by its references, or what its module declares.
    fn named_in(&self, block: NodeId, module: NodeId, name: &str) -> Named {
        let today = self.today();
        let references = today.edges_from(module).flat_map(|edge| today.references_of(edge));
        let mut own = references.filter(|(_, it)| it.from_item == block || it.from_item == module);
        let is_it = |node: NodeId| *today.node(node).name == *name;
        if let Some((_, reference)) = own.find(|(_, it)| is_it(it.to_item)) {
            return Named::Here(reference.to_item);
        }
        let is_type = |node: &&NodeId| {
            is_it(**node)
                && matches!(
                    today.node(**node).kind,
                    NodeKind::Item(
                        ItemKind::Struct | ItemKind::Enum | ItemKind::Union | ItemKind::Trait | ItemKind::TypeAlias
                    )
                )
        };
        if let Some(node) = today.children(module).iter().find(is_type) {
            return Named::Here(*node);
        }
        let mut outside = today.external_uses().iter().filter(|used| used.from == module);
        let ends_so = |path: &str| path.rsplit("::").next() == Some(name);
        match outside.any(|used| ends_so(today.symbol(used.path))) {
            true => Named::Outside,
            false => Named::Nowhere,
        }
    }

    /// What the model does not know of a type: its fields.
    fn fields(&self) -> Vec<Condition> {
        let today = self.today();
        let mut found = Vec::new();
        for (node, index) in &self.drafted.relocated {
            let data = today.node(*node);
            if matches!(data.kind, NodeKind::Item(ItemKind::Struct | ItemKind::Union))
                && matches!(self.drafted.draft.moves.get(*index), Some(Move::Relocate { .. }))
            {
                let module = data.parent.map_or("", |parent| today.path(parent));
                let message = format!("whether `{module}` uses private fields of `{}` cannot be told", data.name);
                let place = data.file.map(|file| (file, data.line));
                found.push(Condition { index: *index, gravity: Gravity::Unknown, message, place });
            }
        }
        found
    }
}

/// What a name in the head of an `impl` means.
enum Named {
    Here(NodeId),
    /// Of a crate that is not of this workspace.
    Outside,
    /// Of the standard library, or not found.
    Nowhere,
}

/// Whether a reference is the line that brings a name.
fn is_import(reference: &Reference) -> bool {
    matches!(reference.kind, ReferenceKind::Use | ReferenceKind::Reexport)
}
