//! The module trees, grown from the root file of each target, and later from what macros declare.
//!
//! In: targets' roots, files, facts.  Out: a [`Tree`].  Not here: reading facts ahead, in parallel (`ahead`), which file
//! a declaration means (`seek`), which macro a call means (`expand`), names, imports.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::ahead::{self, Ahead};
use super::files::Place;
use super::seek::{self, Pending};
use super::tree::{Expansion, Instance, Tree};
use super::{Crate, CrateId, Fragment, Input, Item, Module, ModuleId, ModuleKind, Sym, Visibility};
use crate::facts::{self, FileFacts, ItemDetails, ItemKind, MacroReading, ScopeKind};
use crate::source::{FileId, Note, Span};
use crate::workspace::cfg::Activity;
use crate::workspace::{Edition, PackageId};

/// Facts with their names interned.
pub(super) type Read = (Arc<FileFacts>, Arc<[Sym]>);

/// Reads files as the tree comes to them.
pub(super) struct Grower<'a> {
    input: &'a Input<'a>,
    ahead: Ahead,
    read: FxHashMap<(FileId, Edition), Read>,
}

impl<'a> Grower<'a> {
    pub(super) fn new(input: &'a Input<'a>) -> Self {
        Self { input, ahead: Ahead::default(), read: FxHashMap::default() }
    }

    /// The trees of all targets, as far as no macro declares modules.  Where most facts are at hand (`known`), none are read
    /// ahead.
    pub(super) fn grow(&mut self, known: bool) -> Tree {
        let mut tree = Tree::default();
        let pending = roots(self.input, &mut tree);
        if !known {
            let edition = |file: &Pending| tree.krate(file.krate).edition;
            let roots = pending.iter().map(|file| (file.file, edition(file), file.place.clone())).collect();
            self.ahead = ahead::read(self.input, roots);
        }
        self.files(&mut tree, pending);
        self.ahead.clear();
        tree
    }

    /// Adds files, and those that they declare.
    pub(super) fn files(&mut self, tree: &mut Tree, mut pending: Vec<Pending>) {
        while !pending.is_empty() {
            let mut wave: Vec<(FileId, Edition)> = pending
                .iter()
                .map(|file| (file.file, tree.krate(file.krate).edition))
                .filter(|key| !self.read.contains_key(key))
                .collect();
            wave.sort_unstable();
            wave.dedup();
            let read = |key: &(FileId, Edition)| match self.ahead.get(key) {
                Some(facts) => Arc::clone(facts),
                None => (self.input.facts)(key.0, key.1),
            };
            let facts: Vec<Arc<FileFacts>> = wave.par_iter().map(read).collect();
            for (key, facts) in wave.into_iter().zip(facts) {
                self.read.insert(key, interned(tree, facts));
            }
            for file in std::mem::take(&mut pending) {
                let read = self.read[&(file.file, tree.krate(file.krate).edition)].clone();
                enter(self.input, tree, file, read, None, &mut pending);
            }
        }
    }

    /// Adds the result of a macro call, and the files that it declares.
    pub(super) fn expansion(&mut self, tree: &mut Tree, at: Pending, read: Read, expansion: Expansion) {
        let mut pending = Vec::new();
        enter(self.input, tree, at, read, Some(expansion), &mut pending);
        self.files(tree, pending);
    }
}

pub(super) fn interned(tree: &mut Tree, facts: Arc<FileFacts>) -> Read {
    let names = facts.names.iter().map(|name| tree.symbols.intern(name)).collect();
    (facts, names)
}

fn roots(input: &Input<'_>, tree: &mut Tree) -> Vec<Pending> {
    let mut pending = Vec::new();
    for package_id in input.workspace.package_ids() {
        let package = input.workspace.package(package_id);
        for (index, target) in package.targets.iter().enumerate() {
            let Some(file) = input.sources.find(&target.root) else {
                tree.notes.push(Note {
                    kind: "target-root-missing",
                    path: target.root.clone(),
                    at: None,
                    detail: format!(
                        "{} `{}` of package `{}` is not shown",
                        target.kind.word(),
                        target.name,
                        package.name
                    ),
                });
                continue;
            };
            let krate = CrateId(tree.crates.len() as u32);
            let root = ModuleId(tree.modules.len() as u32);
            let activity = if target.kind.is_test() { Activity::Test } else { Activity::Active };
            let label = input.labels[package_id.0 as usize][index].clone();
            let name = tree.symbols.intern(&target.crate_name());
            tree.modules.push(Module {
                kind: ModuleKind::Root,
                krate,
                parent: None,
                name,
                path: label.clone(),
                visibility: Visibility::Public,
                activity,
                fragments: Vec::new(),
                declared: None,
            });
            let (kind, edition) = (target.kind, target.edition);
            tree.crates.push(Crate { package: package_id, target: index, label, kind, edition, root });
            let place = Place::of_owner(&target.root);
            pending.push(Pending { module: root, krate, file, place, activity, parent: None });
        }
    }
    pending
}

fn package_of(tree: &Tree, krate: CrateId) -> PackageId {
    tree.krate(krate).package
}

/// Adds facts to the module that they are a part of.
fn enter(
    input: &Input<'_>,
    tree: &mut Tree,
    pending: Pending,
    (facts, names): Read,
    expansion: Option<Expansion>,
    next: &mut Vec<Pending>,
) {
    let options = &input.cfg[package_of(tree, pending.krate).0 as usize];
    let cfg = facts.cfgs.iter().map(|expr| pending.activity.and(options.activity(expr))).collect();
    if expansion.is_none() {
        let span = Span::new(0, input.sources.file(pending.file).text.len() as u32);
        tree.modules[pending.module.0 as usize].fragments.push(Fragment { file: pending.file, span, inline: false });
    }
    let mut instance = Instance {
        file: pending.file,
        krate: pending.krate,
        facts: facts.clone(),
        names,
        scopes: Vec::with_capacity(facts.scopes.len()),
        first_item: tree.items.len() as u32,
        cfg,
        place: pending.place,
        parent: pending.parent,
        expansion,
        replaced: Vec::new(),
    };
    let places = if leads_to_files(&facts) { ahead::places(&facts, &instance.place) } else { Vec::new() };
    for scope in &facts.scopes {
        let around = scope.parent.map(|parent| parent.0 as usize);
        let module = match (scope.kind, around) {
            (ScopeKind::Module(item), Some(around)) => {
                let module = declare(tree, &instance, item, instance.scopes[around]);
                let span = instance.span(facts.item(item).span);
                tree.modules[module.0 as usize].fragments.push(Fragment { file: pending.file, span, inline: true });
                module
            }
            (ScopeKind::Block, Some(around)) => add_block(tree, instance.krate, instance.scopes[around]),
            _ => pending.module,
        };
        instance.scopes.push(module);
    }
    add_items(tree, &instance);
    let index = tree.instances.len();
    for (id, item) in facts.items.iter().enumerate() {
        let ItemDetails::Module(details) = &item.details else { continue };
        let id = facts::ItemId(id as u32);
        let module = match details.inline {
            Some(scope) => instance.scope(scope),
            None => {
                let module = declare(tree, &instance, id, instance.scope(item.scope));
                seek::find_files(input, tree, &instance, index, &places[item.scope.0 as usize], id, module, next);
                module
            }
        };
        if details.macro_use {
            tree.macro_use.insert(module);
        }
        tree.declared.insert(instance.item(id), module);
    }
    seek::include_files(input, tree, &instance, index, &places, next);
    tree.instances.push(instance);
}

/// Whether a file may name others: most results of macros do not.
fn leads_to_files(facts: &FileFacts) -> bool {
    facts.items.iter().any(|item| matches!(item.details, ItemDetails::Module(_)))
        || facts.macro_calls.iter().any(|call| call.reading == MacroReading::Include)
}

/// The module that a `mod` item declares: a new one, or an alternative of one with the same path.
fn declare(tree: &mut Tree, instance: &Instance, id: facts::ItemId, scope: ModuleId) -> ModuleId {
    let item = instance.facts.item(id);
    let name = item.name.map_or_else(|| tree.symbols.intern("_"), |name| instance.name(name));
    let parent = tree.enclosing_module(scope);
    let mut below = String::new();
    if tree.module(scope).kind == ModuleKind::Block {
        let functions: Vec<&str> = std::iter::successors(item.parent, |id| instance.facts.item(*id).parent)
            .filter_map(|id| instance.facts.item(id).name)
            .map(|name| instance.facts.name(name))
            .collect();
        for function in functions.iter().rev() {
            below.push_str(function);
            below.push_str("::");
        }
    }
    below.push_str(tree.symbols.text(name));
    let key = (parent, tree.symbols.intern(&below));
    let activity = instance.activity(item.cfg);
    if let Some(existing) = tree.children.get(&key).copied() {
        let module = &mut tree.modules[existing.0 as usize];
        if activity < module.activity {
            module.activity = activity;
            module.declared = Some((instance.file, instance.span(item.name_span)));
        }
        return existing;
    }
    let module = ModuleId(tree.modules.len() as u32);
    let path = format!("{}::{below}", tree.module(parent).path);
    let visibility = tree.visibility(instance, scope, item.visibility);
    tree.modules.push(Module {
        kind: ModuleKind::Named,
        krate: instance.krate,
        parent: Some(parent),
        name,
        path,
        visibility,
        activity,
        fragments: Vec::new(),
        declared: Some((instance.file, instance.span(item.name_span))),
    });
    tree.children.insert(key, module);
    module
}

/// A scope for the items of a block.
pub(super) fn add_block(tree: &mut Tree, krate: CrateId, around: ModuleId) -> ModuleId {
    let module = ModuleId(tree.modules.len() as u32);
    tree.modules.push(Module {
        kind: ModuleKind::Block,
        krate,
        parent: Some(around),
        name: tree.module(around).name,
        path: String::new(),
        visibility: Visibility::Within(tree.enclosing_module(around)),
        activity: tree.module(around).activity,
        fragments: Vec::new(),
        declared: None,
    });
    module
}

fn add_items(tree: &mut Tree, instance: &Instance) {
    let last_name = |path: Option<u32>| {
        let path = instance.facts.paths.get(path? as usize)?;
        instance.segments(path.segments).last()
    };
    for item in &instance.facts.items {
        let scope = instance.scope(item.scope);
        let parent = instance.owner(item.parent);
        let visibility = match (item.visibility, parent) {
            (facts::Visibility::Inherited, Some(parent)) => tree.item(parent).visibility,
            (written, _) => tree.visibility(instance, scope, written),
        };
        let name = match &item.details {
            ItemDetails::ProcMacro { exported, .. } => Some(instance.name(*exported)),
            _ => item.name.map(|name| instance.name(name)),
        };
        let header = match &item.details {
            ItemDetails::Impl(header) => Some((last_name(header.self_type), last_name(header.trait_))),
            _ => None,
        };
        // A trait's impl is as visible as its parts: it has no visibility of its own.
        let visibility = if item.kind == ItemKind::Impl { Visibility::Public } else { visibility };
        tree.items.push(Item {
            scope,
            kind: item.kind,
            name,
            parent,
            file: instance.file,
            name_span: instance.span(item.name_span),
            span: instance.span(item.span),
            visibility,
            activity: instance.activity(item.cfg),
            constructor: matches!(item.details, ItemDetails::Struct { constructor: true }),
            header,
        });
    }
}

/// Where the files of modules that a scope declares are sought.
pub(super) fn place_in(instance: &Instance, scope: facts::ScopeId) -> Place {
    let fact = instance.facts.scope(scope);
    match (fact.parent, fact.kind) {
        (None, _) => instance.place.clone(),
        (Some(parent), ScopeKind::Module(item)) => place_in(instance, parent).within_item(&instance.facts, item),
        (Some(parent), _) => place_in(instance, parent),
    }
}
