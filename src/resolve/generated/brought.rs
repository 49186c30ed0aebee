//! Names that imports must find, and that one glob alone can bring from outside the workspace: `pub use glam::*` is read
//! by nobody, and `use crate::Vec3` says that it brings `Vec3`.
//!
//! In: scopes, and imports that show nothing yet.  Out: [`Brought`].  Not here: names that several such globs can bring,
//! or that a macro makes.

use rustc_hash::FxHashMap;

use super::super::imports::{self, Imports};
use super::super::scope::{Binding, ImportId, Namespace};
use super::super::walk::{Prefix, World};
use super::super::{Def, ExternalId, ModuleId, Sym};
use super::is_unfound;
use crate::facts::ImportKind;
use crate::workspace::cfg::Activity;

/// A name that a glob brings into its scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Brought {
    pub(super) scope: ModuleId,
    pub(super) name: Sym,
    glob: ImportId,
    krate: ExternalId,
}

impl Brought {
    pub(super) fn binding(self, imports: &Imports) -> Binding {
        let import = imports.get(self.glob);
        Binding {
            def: Def::External(self.krate),
            visibility: import.visibility,
            activity: import.activity,
            import: Some(self.glob),
            distance: 1,
        }
    }
}

/// Sorted; none that its scope has already.
pub(super) fn wanted(world: &World<'_>, imports: &Imports) -> Vec<Brought> {
    let ids = (0..imports.all.len() as u32).map(ImportId);
    let unfound: Vec<ImportId> = ids.filter(|id| is_unfound(world, imports, *id)).collect();
    if unfound.is_empty() {
        return Vec::new();
    }
    let outward = outward_globs(world, imports);
    let one = |id: ImportId| {
        let import = imports.get(id);
        let (prefix, _) = world.prefix(&import.query(id), false, &mut |_, _| {});
        let Prefix::In(module) = prefix else { return None };
        let name = *import.segments.last()?;
        let (scope, glob, krate) = only_way_out(world, &outward, module, world.tree.enclosing_module(import.scope))?;
        let is_new = |namespace| {
            let slot = world.scopes.slot(scope, name, namespace);
            slot.is_none_or(|slot| slot.globbed.iter().all(|binding| binding.import != Some(glob)))
        };
        Namespace::ALL.into_iter().all(is_new).then_some(Brought { scope, name, glob, krate })
    };
    let mut wanted: Vec<Brought> = unfound.into_iter().filter_map(one).collect();
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

/// By scope the globs that lead outside, each with its crate if that is known.
type Outward = FxHashMap<ModuleId, Vec<(ImportId, Option<ExternalId>)>>;

fn outward_globs(world: &World<'_>, imports: &Imports) -> Outward {
    let mut found = Outward::default();
    for (id, import) in (0..).map(ImportId).zip(&imports.all) {
        if import.kind != ImportKind::Glob || import.activity == Activity::Inactive {
            continue;
        }
        let krate = match imports::meanings(world, import, id, &mut |_, _| {}).first().map(|meaning| meaning.def) {
            Some(Def::External(krate)) => Some(krate),
            Some(_) => continue,
            None => None,
        };
        found.entry(import.scope).or_default().push((id, krate));
    }
    found
}

/// The only glob that brings names from outside to someone who looks at a module from `from`.
fn only_way_out(
    world: &World<'_>,
    outward: &Outward,
    module: ModuleId,
    from: ModuleId,
) -> Option<(ModuleId, ImportId, ExternalId)> {
    let outward_scopes = world.through_globs(vec![module], from).filter(|scope| world.is_outward(*scope, from));
    let globs = |scope| outward.get(&scope).into_iter().flatten().map(move |(glob, krate)| (scope, *glob, *krate));
    let ways: Vec<(ModuleId, ImportId, Option<ExternalId>)> = outward_scopes.flat_map(globs).collect();
    match ways[..] {
        [(scope, glob, Some(krate))] => Some((scope, glob, krate)),
        _ => None,
    }
}
