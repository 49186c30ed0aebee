//! The nodes of a union: packages, targets, modules and items of both revisions.
//!
//! In: two documents, and what moved.  Out: a [`Tree`], parents before their children.  Not here: references, boundaries.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{Fate, Side, State};
use crate::compare::Comparison;
use crate::compare::moves::Moves;
use crate::facts::ItemKind;
use crate::model::{ModelBuilder, Node, NodeId, NodeKind};
use crate::snapshot::{Crate, Document, Item, Module};
use crate::workspace::TargetKind;

pub(super) struct Tree<'a> {
    pub(super) builder: ModelBuilder,
    /// By node.
    pub(super) states: Vec<State>,
    /// By node: the innermost boundary, under its later name.
    pub(super) owners: Vec<Option<&'a str>>,
    /// Modules and items of the earlier revision by their paths there.
    pub(super) of_before: FxHashMap<String, NodeId>,
    pub(super) of_after: FxHashMap<String, NodeId>,
    packages: BTreeMap<&'a str, NodeId>,
    moves: &'a Moves,
    /// Later paths of modules that are not what they were.
    changed: BTreeSet<&'a str>,
}

/// An item that can be told from others of its module.
type ItemKey<'a> = (&'a str, &'a str);

pub(super) fn grown<'a>(
    before: &'a Document<'_>,
    after: &'a Document<'_>,
    moves: &'a Moves,
    comparison: &'a Comparison,
) -> Tree<'a> {
    let mut tree = Tree {
        builder: ModelBuilder::new(&after.workspace),
        states: vec![State::default()],
        owners: vec![None],
        of_before: FxHashMap::default(),
        of_after: FxHashMap::default(),
        packages: BTreeMap::new(),
        moves,
        changed: comparison.modules.changed.iter().map(|change| change.after.path.as_str()).collect(),
    };
    let (old, new) = (crates(before), crates(after));
    tree.add_packages(&old, &new, before, after);
    tree.add_later(before, after, &new);
    tree.add_gone(before, &old);
    tree
}

/// By label.
fn crates<'a>(document: &'a Document<'_>) -> BTreeMap<&'a str, &'a Crate<'a>> {
    document.crates.iter().map(|krate| (&*krate.label, krate)).collect()
}

impl<'a> Tree<'a> {
    fn add_node(&mut self, node: Node, state: State) -> NodeId {
        self.states.push(state);
        self.owners.push(None);
        self.builder.add_node(node)
    }

    fn add_packages(
        &mut self,
        old: &BTreeMap<&'a str, &'a Crate<'a>>,
        new: &BTreeMap<&'a str, &'a Crate<'a>>,
        before: &'a Document<'_>,
        after: &'a Document<'_>,
    ) {
        let names = |crates: &BTreeMap<&'a str, &'a Crate<'a>>| -> BTreeSet<&'a str> {
            crates.values().map(|krate| &*krate.package).collect()
        };
        let (had, has) = (names(old), names(new));
        // A package was renamed if one of its crates was, into a package that is new.
        let mut renamed: BTreeMap<&str, &str> = BTreeMap::new();
        for (label, krate) in old.iter().filter(|(_, krate)| !has.contains(&*krate.package)) {
            let now = self.moves.module(label).and_then(|now| new.get(now)).map(|krate| &*krate.package);
            if let Some(now) = now.filter(|now| !had.contains(now)) {
                renamed.entry(now).or_insert(&*krate.package);
            }
        }
        for name in &has {
            let was = renamed.get(name).copied();
            let fate = match (had.contains(name), was) {
                (true, _) => Fate::Kept,
                (false, Some(_)) => Fate::Moved,
                (false, None) => Fate::Added,
            };
            let state = State { fate, was: was.map(Into::into), lines_before: 0 };
            let node = self.add_node(Node::new(NodeKind::Package, name, name, None), state);
            self.owners[node.0 as usize] = owner_of_package(after, name);
            self.packages.insert(*name, node);
            if let Some(was) = was {
                self.packages.insert(was, node);
            }
        }
        for name in had.difference(&has) {
            if !self.packages.contains_key(name) {
                let state = State { fate: Fate::Removed, ..State::default() };
                let node = self.add_node(Node::new(NodeKind::Package, name, name, None), state);
                self.owners[node.0 as usize] = owner_of_package(before, name).map(|name| self.moves.boundary(name));
                self.packages.insert(name, node);
            }
        }
    }

    fn add_later(
        &mut self,
        before: &'a Document<'_>,
        after: &'a Document<'_>,
        crates: &BTreeMap<&'a str, &'a Crate<'a>>,
    ) {
        let earlier: FxHashMap<&str, &Module<'_>> =
            before.modules.iter().filter_map(|module| Some((self.moves.module(&module.path)?, module))).collect();
        let moved_items = self.moved_items(before);
        for module in &after.modules {
            let was = earlier.get(&*module.path).copied();
            let state = self.state_of(module, was);
            let fate = state.fate;
            let node = self.add_module(module, crates, Side::After, state);
            self.owners[node.0 as usize] = module.boundary.as_deref();
            if let Some(was) = was {
                self.of_before.insert(was.path.to_string(), node);
            }
            let had: BTreeMap<ItemKey<'_>, &Item<'_>> =
                was.into_iter().flat_map(|was| &was.items).map(|item| ((&*item.kind, &*item.name), item)).collect();
            for item in &module.items {
                let path = format!("{}::{}", module.path, item.name);
                let before = had.get(&(&*item.kind, &*item.name)).copied();
                let moved = moved_items.get(path.as_str()).filter(|_| before.is_none());
                let fate = match before {
                    _ if fate == Fate::Added && moved.is_none() => Fate::Added,
                    Some(before) if is_same(before, item) => Fate::Kept,
                    Some(_) => Fate::Changed,
                    None if moved.is_some() => Fate::Moved,
                    None => Fate::Added,
                };
                let here = was.map(|was| format!("{}::{}", was.path, item.name)).filter(|_| before.is_some());
                let earlier = moved.cloned().or(here).filter(|was| *was != path);
                let state = State { fate, was: earlier.map(Into::into), lines_before: 0 };
                let id = self.add_item(module, item, &path, node, state);
                if let (Some(was), Some(_)) = (was, before) {
                    self.of_before.entry(format!("{}::{}", was.path, item.name)).or_insert(id);
                }
                if let Some(was) = moved {
                    self.of_before.entry(was.clone()).or_insert(id);
                }
                self.of_after.entry(path).or_insert(id);
            }
        }
    }

    /// From later paths to earlier ones, of items that left their module.
    fn moved_items(&self, before: &Document<'_>) -> FxHashMap<String, String> {
        let mut moved = FxHashMap::default();
        for module in &before.modules {
            for item in &module.items {
                let was = format!("{}::{}", module.path, item.name);
                let now = self.moves.path(&was);
                let in_place = self.moves.module(&module.path).is_some_and(|now_module| {
                    now.strip_prefix(now_module).and_then(|rest| rest.strip_prefix("::")) == Some(&*item.name)
                });
                if now != was && !in_place {
                    moved.insert(now, was);
                }
            }
        }
        moved
    }

    fn state_of(&self, module: &Module<'_>, was: Option<&Module<'_>>) -> State {
        let Some(was) = was else { return State { fate: Fate::Added, ..State::default() } };
        let is_moved = was.path != module.path && !self.went_along(&was.path, &module.path);
        let fate = match self.changed.contains(&*module.path) {
            _ if is_moved => Fate::Moved,
            true => Fate::Changed,
            false => Fate::Kept,
        };
        let path = (was.path != module.path).then(|| (&*was.path).into());
        State { fate, was: path, lines_before: was.lines }
    }

    /// It kept its name, and its surroundings moved.
    fn went_along(&self, was: &str, now: &str) -> bool {
        let (Some((above, name)), Some((now_above, now))) = (was.rsplit_once("::"), now.rsplit_once("::")) else {
            return false;
        };
        name == now && self.moves.module(above) == Some(now_above)
    }

    fn add_gone(&mut self, before: &'a Document<'_>, crates: &BTreeMap<&'a str, &'a Crate<'a>>) {
        for module in &before.modules {
            let gone = Fate::Removed;
            let node = match self.of_before.get(&*module.path).copied() {
                Some(node) => node,
                None => {
                    let state = State { fate: gone, was: None, lines_before: module.lines };
                    let node = self.add_module(module, crates, Side::Before, state);
                    self.owners[node.0 as usize] = module.boundary.as_deref().map(|name| self.moves.boundary(name));
                    node
                }
            };
            for item in &module.items {
                let path = format!("{}::{}", module.path, item.name);
                if !self.of_before.contains_key(&path) {
                    let state = State { fate: gone, ..State::default() };
                    let id = self.add_item(module, item, &path, node, state);
                    self.of_before.insert(path, id);
                }
            }
        }
    }

    /// A module of one revision, below what is around it there.
    fn add_module(
        &mut self,
        module: &Module<'_>,
        crates: &BTreeMap<&'a str, &'a Crate<'a>>,
        side: Side,
        state: State,
    ) -> NodeId {
        let path = &*module.path;
        let nodes = if side == Side::Before { &self.of_before } else { &self.of_after };
        let (kind, name, parent) = match crates.get(path) {
            Some(krate) => {
                let kind = TargetKind::ALL.into_iter().find(|kind| kind.word() == krate.kind);
                let parent = self.packages.get(&*krate.package).copied();
                (NodeKind::Target(kind.unwrap_or(TargetKind::Lib)), &*krate.name, parent)
            }
            None => {
                let above = std::iter::successors(path.rfind("::"), |end| path[..*end].rfind("::"));
                let parent = above.into_iter().find_map(|end| nodes.get(&path[..end]).copied());
                (NodeKind::Module, path.rsplit("::").next().unwrap_or(path), parent)
            }
        };
        let node = Node {
            lines: module.lines,
            test: module.test,
            active: module.active,
            ..Node::new(kind, name, path, parent)
        };
        let id = self.add_node(node, state);
        let nodes = if side == Side::Before { &mut self.of_before } else { &mut self.of_after };
        nodes.insert(path.to_owned(), id);
        id
    }

    fn add_item(&mut self, module: &Module<'_>, item: &Item<'_>, path: &str, parent: NodeId, state: State) -> NodeId {
        let kind = ItemKind::ALL.into_iter().find(|kind| kind.word() == item.kind).unwrap_or(ItemKind::Function);
        let node = Node::new(NodeKind::Item(kind), &item.name, path, Some(parent));
        let id = self.add_node(Node { test: module.test, active: module.active, ..node }, state);
        self.owners[id.0 as usize] = self.owners[parent.0 as usize];
        id
    }
}

/// The boundary that all crates of a package begin in.
fn owner_of_package<'a>(document: &'a Document<'_>, package: &str) -> Option<&'a str> {
    // Unit tests are in the boundary of what they test; other tests may lie anywhere.
    let of_package = || document.crates.iter().filter(|krate| krate.package == package);
    let product = of_package().filter(|krate| matches!(&*krate.kind, "lib" | "proc-macro" | "bin"));
    let mut owners: BTreeSet<Option<&str>> = product.map(|krate| krate.boundary.as_deref()).collect();
    if owners.is_empty() {
        owners = of_package().map(|krate| krate.boundary.as_deref()).collect();
    }
    if owners.len() == 1 { owners.pop_first().flatten() } else { None }
}

/// Whether those who use an item would notice nothing.
fn is_same(before: &Item<'_>, after: &Item<'_>) -> bool {
    let promise = |item: &Item<'_>| {
        item.promise.as_ref().map(|it| {
            let parts: Vec<String> = it
                .parts
                .iter()
                .map(|part| format!("{} {} {} {}", part.kind, part.name, part.text, part.serde))
                .collect();
            (it.text.to_string(), it.serde.to_string(), it.closed, parts)
        })
    };
    before.visibility == after.visibility && promise(before) == promise(after)
}
