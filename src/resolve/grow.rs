//! The module trees, grown from the root file of each target.
//!
//! In: targets' roots, files, facts.  Out: a [`Tree`].  The files of one depth are read in parallel.  Not here: which
//! file a declaration means (`seek`), names, imports.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::files::Place;
use super::seek::{self, Pending};
use super::tree::{Instance, Tree};
use super::{Crate, CrateId, Fragment, Input, Item, Module, ModuleId, ModuleKind, Sym, Visibility};
use crate::facts::{self, FileFacts, ItemDetails, ItemKind, ScopeKind};
use crate::source::{FileId, Note, Span};
use crate::workspace::cfg::Activity;
use crate::workspace::{Edition, PackageId};

/// The facts of a file with its names interned.
type Read = (Arc<FileFacts>, Arc<[Sym]>);

pub(super) fn grow(input: &Input<'_>) -> Tree {
    let mut tree = Tree::default();
    let mut pending = roots(input, &mut tree);
    let mut read: FxHashMap<(FileId, Edition), Read> = FxHashMap::default();
    while !pending.is_empty() {
        let mut wave: Vec<(FileId, Edition)> = pending
            .iter()
            .map(|file| (file.file, tree.krate(file.krate).edition))
            .filter(|key| !read.contains_key(key))
            .collect();
        wave.sort_unstable();
        wave.dedup();
        let facts: Vec<Arc<FileFacts>> =
            wave.par_iter().map(|(file, edition)| (input.facts)(*file, *edition)).collect();
        for (key, facts) in wave.into_iter().zip(facts) {
            let names = facts.names.iter().map(|name| tree.symbols.intern(name)).collect();
            read.insert(key, (facts, names));
        }
        for file in std::mem::take(&mut pending) {
            let (facts, names) = read[&(file.file, tree.krate(file.krate).edition)].clone();
            add_file(input, &mut tree, file, facts, names, &mut pending);
        }
    }
    tree
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

fn add_file(
    input: &Input<'_>,
    tree: &mut Tree,
    pending: Pending,
    facts: Arc<FileFacts>,
    names: Arc<[Sym]>,
    next: &mut Vec<Pending>,
) {
    let options = &input.cfg[package_of(tree, pending.krate).0 as usize];
    let cfg = facts.cfgs.iter().map(|expr| pending.activity.and(options.activity(expr))).collect();
    let text_end = input.sources.file(pending.file).text.len() as u32;
    tree.modules[pending.module.0 as usize].fragments.push(Fragment {
        file: pending.file,
        span: Span::new(0, text_end),
        inline: false,
    });
    let mut instance = Instance {
        file: pending.file,
        krate: pending.krate,
        facts: facts.clone(),
        names,
        scopes: Vec::with_capacity(facts.scopes.len()),
        first_item: tree.items.len() as u32,
        cfg,
        gates: Vec::new(),
        around: Activity::Active,
        place: pending.place,
        parent: pending.parent,
    };
    // Where the files of each scope's modules are sought.
    let mut places: Vec<Place> = Vec::with_capacity(facts.scopes.len());
    for scope in &facts.scopes {
        let around = scope.parent.map(|parent| parent.0 as usize);
        let (module, place) = match (scope.kind, around) {
            (ScopeKind::Module(item), Some(around)) => {
                let module = declare(tree, &instance, item, instance.scopes[around]);
                let span = facts.item(item).span;
                tree.modules[module.0 as usize].fragments.push(Fragment { file: pending.file, span, inline: true });
                (module, inline_place(&instance, &places[around], item))
            }
            (ScopeKind::Block, Some(around)) => {
                (add_block(tree, &instance, instance.scopes[around]), places[around].clone())
            }
            _ => (pending.module, instance.place.clone()),
        };
        instance.scopes.push(module);
        places.push(place);
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
    let activity = instance.activity(item.cfg, item.span.start);
    if let Some(existing) = tree.children.get(&key).copied() {
        let module = &mut tree.modules[existing.0 as usize];
        if activity < module.activity {
            module.activity = activity;
            module.declared = Some((instance.file, item.name_span));
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
        declared: Some((instance.file, item.name_span)),
    });
    tree.children.insert(key, module);
    module
}

fn add_block(tree: &mut Tree, instance: &Instance, around: ModuleId) -> ModuleId {
    let module = ModuleId(tree.modules.len() as u32);
    tree.modules.push(Module {
        kind: ModuleKind::Block,
        krate: instance.krate,
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
        let parent = item.parent.map(|parent| instance.item(parent));
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
            name_span: item.name_span,
            span: item.span,
            visibility,
            activity: instance.activity(item.cfg, item.span.start),
            constructor: matches!(item.details, ItemDetails::Struct { constructor: true }),
            header,
        });
    }
}

fn inline_place(instance: &Instance, around: &Place, id: facts::ItemId) -> Place {
    let item = instance.facts.item(id);
    let name = item.name.map_or("_", |name| instance.facts.name(name));
    let path = match &item.details {
        ItemDetails::Module(details) => details.paths.first().map(|(path, _)| &**path),
        _ => None,
    };
    around.within(name, path)
}
