//! How a path was written and where it went through: names, facades, route.
//!
//! In: hops of resolved paths, and final scopes.  Out: one [`Trail`] per import and namespace, and the trail of any
//! other path.  Not here: finding the hops.

use smallvec::SmallVec;

use super::asked::Question;
use super::imports::{self, Imports, Meaning};
use super::scope::{Binding, ImportId, Namespace, Wanted};
use super::walk::{Hop, World};
use super::{Def, ModuleId, Step, Trail};
use crate::facts::ImportKind;
use crate::workspace::cfg::Activity;

/// Re-exports of re-exports are followed this far; only a ring goes further.
const MAX_DEPTH: u8 = 64;

/// What an import leads to, per namespace.
#[derive(Clone, Debug, Default)]
pub(super) struct ImportTrail {
    pub(super) found: Vec<Lead>,
}

/// What it leads to in one namespace.
#[derive(Clone, Debug)]
pub(super) struct Lead {
    pub(super) namespace: Namespace,
    pub(super) def: Def,
    /// When the import brings it.
    pub(super) activity: Activity,
    pub(super) trail: Trail,
}

impl ImportTrail {
    fn of(&self, namespace: Namespace) -> Option<&Trail> {
        let exact = self.found.iter().find(|lead| lead.namespace == namespace);
        exact.or(self.found.first()).map(|lead| &lead.trail)
    }
}

/// Per import.
pub(super) type Trails = Vec<ImportTrail>;

pub(super) fn of_imports(world: &World<'_>, imports: &Imports) -> Trails {
    let mut tracer = Tracer { world, imports, done: vec![None; imports.all.len()] };
    for index in 0..imports.all.len() as u32 {
        tracer.import(ImportId(index), 0);
    }
    tracer.done.into_iter().map(Option::unwrap_or_default).collect()
}

struct Tracer<'a> {
    world: &'a World<'a>,
    imports: &'a Imports,
    done: Vec<Option<ImportTrail>>,
}

impl Tracer<'_> {
    fn import(&mut self, id: ImportId, depth: u8) {
        if self.done[id.0 as usize].is_some() || depth > MAX_DEPTH {
            return;
        }
        // Whoever comes back here in a ring finds nothing more to add.
        self.done[id.0 as usize] = Some(ImportTrail::default());
        let import = self.imports.get(id);
        let mut found = Vec::new();
        // The path once more, in the final scopes.
        for meaning in imports::meanings(self.world, import, id, &mut |_, _| {}) {
            let Meaning { namespace, def, hops, activity } = meaning;
            for hop in &hops {
                if let Some(next) = hop.binding.import {
                    self.import(next, depth + 1);
                }
            }
            let done = &self.done;
            let known = |id: ImportId| done[id.0 as usize].as_ref();
            let trail = trail(self.world, self.imports, &known, import.scope, &hops);
            found.push(Lead { namespace, def, activity, trail });
        }
        self.done[id.0 as usize] = Some(ImportTrail { found });
    }
}

/// The trail of a path's hops, seen from `scope`.
pub(super) fn trail<'t>(
    world: &World<'_>,
    imports: &Imports,
    known: &dyn Fn(ImportId) -> Option<&'t ImportTrail>,
    scope: ModuleId,
    hops: &[Hop],
) -> Trail {
    let own = world.tree.enclosing_module(scope);
    let mut trail = Trail::default();
    for (index, hop) in hops.iter().enumerate() {
        if let Some(module) = world.module_of(hop.binding.def)
            && trail.named.last() != Some(&module)
        {
            trail.named.push(module);
        }
        let Some(module) = hop.module else { continue };
        let module = world.tree.enclosing_module(module);
        if module == own {
            // A name of one's own module: only the import that brought it says how it was written.
            if let Some(import) = hop.binding.import {
                follow_import(world, imports, known, hop, import, &mut trail);
            } else if index > 0 {
                trail.route.push(Step { module, name: hop.name, def: hop.binding.def });
            }
        } else {
            trail.route.push(Step { module, name: hop.name, def: hop.binding.def });
            add_facades(world, imports, known, module, hop, hop.binding, &mut trail.facades, 0);
        }
    }
    trail
}

/// A name that an import of one's own module brought: its route and facades come first.
fn follow_import<'t>(
    world: &World<'_>,
    imports: &Imports,
    known: &dyn Fn(ImportId) -> Option<&'t ImportTrail>,
    hop: &Hop,
    import: ImportId,
    trail: &mut Trail,
) {
    let Some(import_trail) = known(import) else { return };
    let is_glob = imports.get(import).kind == ImportKind::Glob;
    let written =
        if is_glob { import_trail.found.first().map(|lead| &lead.trail) } else { import_trail.of(hop.namespace) };
    if let Some(written) = written {
        trail.route.extend_from_slice(&written.route);
        trail.facades.extend_from_slice(&written.facades);
    }
    if is_glob && let Some(Lead { def: Def::Module(source), .. }) = import_trail.found.first() {
        trail.route.push(Step { module: *source, name: hop.name, def: hop.binding.def });
        if let Some(binding) = binding_in(world, *source, hop, import, imports) {
            add_facades(world, imports, known, *source, hop, binding, &mut trail.facades, 0);
        }
    }
}

/// The modules whose re-exports a binding in `module` went through.
#[expect(clippy::too_many_arguments, reason = "a recursion with its accumulator")]
fn add_facades<'t>(
    world: &World<'_>,
    imports: &Imports,
    known: &dyn Fn(ImportId) -> Option<&'t ImportTrail>,
    module: ModuleId,
    hop: &Hop,
    binding: Binding,
    facades: &mut SmallVec<[ModuleId; 4]>,
    depth: u8,
) {
    let Some(import) = binding.import else { return };
    if depth > MAX_DEPTH || facades.contains(&module) {
        return;
    }
    facades.push(module);
    let Some(import_trail) = known(import) else { return };
    if imports.get(import).kind != ImportKind::Glob {
        if let Some(inner) = import_trail.of(hop.namespace) {
            let new: Vec<ModuleId> = inner.facades.iter().filter(|it| !facades.contains(it)).copied().collect();
            facades.extend(new);
        }
    } else if let Some(Lead { def: Def::Module(source), trail: inner, .. }) = import_trail.found.first() {
        let new: Vec<ModuleId> = inner.facades.iter().filter(|it| !facades.contains(it)).copied().collect();
        facades.extend(new);
        if let Some(binding) = binding_in(world, *source, hop, import, imports) {
            add_facades(world, imports, known, *source, hop, binding, facades, depth + 1);
        }
    }
}

/// What a glob found in its source.
pub(super) fn binding_in(
    world: &World<'_>,
    source: ModuleId,
    hop: &Hop,
    glob: ImportId,
    imports: &Imports,
) -> Option<Binding> {
    let import = imports.get(glob);
    let from = world.tree.enclosing_module(import.scope);
    let wanted = Wanted { activity: import.activity, from, not_by: Some(glob) };
    world.hear(Question::Name(source, hop.name));
    world.scopes.find(world.tree, source, hop.name, hop.namespace, &wanted)
}
