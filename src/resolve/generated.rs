//! Names that must exist because code that compiles uses them, and that nothing declares: derives, attributes and
//! macros of other crates make them.
//!
//! In: scopes and imports with nothing left to expand.  Out: scopes where such names mean [`Def::Generated`].  What kind
//! of thing a name means is not known, nor what stands below it.  [`hop`] does the same for names that only bodies write,
//! and [`modules`] for those that must be modules.
//! Not here: a name that may as well come from one of several modules, or from outside.

mod mentioned;
pub(super) mod modules;

use rustc_hash::FxHashSet;

use super::collect::Named;
use super::externs::Externs;
use super::imports::{self, Imports, Worklist};
use super::scope::{Binding, Glob, ImportId, Namespace, Scopes};
use super::tree::Tree;
use super::walk::{Hop, Prefix, Query, World};
use super::{Def, ModuleId, Sym, Visibility};
use crate::facts::ImportKind;
use crate::workspace::cfg::Activity;

/// Declares what imports must find.
pub(super) fn declare(
    tree: &Tree,
    externs: &Externs,
    scopes: &mut Scopes,
    imports: &mut Imports,
    worklist: &mut Worklist,
) {
    open_unfound_globs(tree, externs, scopes, imports);
    loop {
        let world = World::new(tree, externs, scopes);
        let mut named: Vec<Named> = Vec::new();
        for (module, name) in wanted(&world, imports) {
            named.extend(Namespace::ALL.map(|namespace| (module, name, namespace)));
        }
        if named.is_empty() {
            return;
        }
        for (module, name, namespace) in &named {
            scopes.slot_mut(*module, *name, *namespace).declared.push(binding(*module));
        }
        imports::resolve(tree, externs, scopes, imports, worklist, &named);
    }
}

/// A glob that reads nothing known reads something outside, from which any name may come.
fn open_unfound_globs(tree: &Tree, externs: &Externs, scopes: &mut Scopes, imports: &Imports) {
    for (id, import) in (0..).map(ImportId).zip(&imports.all) {
        let world = World::new(tree, externs, scopes);
        if import.kind == ImportKind::Glob && imports::meanings(&world, import, id, &mut |_, _| {}).is_empty() {
            scopes.add_glob(import.scope, Glob { source: None, visibility: import.visibility });
        }
    }
}

/// Whether an import still shows nothing.
pub(super) fn is_unfound(world: &World<'_>, imports: &Imports, id: ImportId) -> bool {
    let import = imports.get(id);
    let (ImportKind::Single { .. }, Some(name)) = (import.kind, import.name) else { return false };
    import.activity != Activity::Inactive
        && !Namespace::ALL.iter().any(|namespace| {
            let slot = world.scopes.slot(import.scope, name, *namespace);
            slot.is_some_and(|slot| slot.declared.iter().any(|binding| binding.import == Some(id)))
        })
}

/// Where imports that show nothing must find their names, sorted.
fn wanted(world: &World<'_>, imports: &Imports) -> Vec<(ModuleId, Sym)> {
    let unfound: Vec<ImportId> =
        (0..imports.all.len() as u32).map(ImportId).filter(|id| is_unfound(world, imports, *id)).collect();
    let waiting: FxHashSet<(ModuleId, Sym)> =
        unfound.iter().map(|id| imports.get(*id)).filter_map(|import| Some((import.scope, import.name?))).collect();
    let mut wanted: Vec<(ModuleId, Sym)> = unfound
        .iter()
        .filter_map(|id| {
            let import = imports.get(*id);
            let query = import.query(*id);
            let (prefix, _) = world.prefix(&query, false, &mut |_, _| {});
            Some((maker(world, &query, prefix, *import.segments.last()?, &waiting)?, *import.segments.last()?))
        })
        .collect();
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

/// The name of a path that stands after `hops`, in a module that does not declare it; `namespace` is that of the last
/// name.
pub(super) fn hop(world: &World<'_>, query: &Query<'_>, hops: &[Hop], namespace: Namespace) -> Option<Hop> {
    let name = *query.segments.get(hops.len())?;
    let is_last = hops.len() + 1 == query.segments.len();
    if query.activity == Activity::Inactive || !is_last && modules::is_module_name(world, name) {
        return None;
    }
    let namespace = if is_last { namespace } else { Namespace::Types };
    let reached = reached(world, query, hops);
    let module = maker(world, query, reached, name, &FxHashSet::default())?;
    Some(Hop { module: Some(module), name, namespace, binding: binding(module) })
}

/// Where the name after `hops` is looked up.
pub(super) fn reached(world: &World<'_>, query: &Query<'_>, hops: &[Hop]) -> Prefix {
    match hops.last().map(|hop| hop.binding.def) {
        Some(Def::Module(module)) => Prefix::In(module),
        Some(_) => Prefix::Missing,
        None => world.start(query),
    }
}

/// The only module where a name can be made that is looked up after `prefix` and declared nowhere: no glob brings it
/// there from outside the workspace or from another module, and no import that is in `waiting` does.  Where globs do, the
/// only one with a macro call that mentions it.
fn maker(
    world: &World<'_>,
    query: &Query<'_>,
    prefix: Prefix,
    name: Sym,
    waiting: &FxHashSet<(ModuleId, Sym)>,
) -> Option<ModuleId> {
    let from = world.tree.enclosing_module(query.scope);
    if let Prefix::In(module) = prefix {
        if waiting.contains(&(module, name)) {
            return None;
        }
        if world.globs_seen(module, from).next().is_none() {
            return Some(module);
        }
    }
    mentioned::module(world, mentioned::scopes(world, query, prefix), name, from)
}

fn binding(module: ModuleId) -> Binding {
    let def = Def::Generated(module);
    Binding { def, visibility: Visibility::Public, activity: Activity::Active, import: None, distance: 0 }
}
