//! From a path of the workspace that leads outside to the place that it means there.
//!
//! In: the names on the way to a path's meaning, scopes, filled or still filling.  Out: names that a glob brings, or a
//! macro.  Not here: what is told of such a path (`externals`).

use super::super::outside::{MacroNumber, Shown, outside_crate};
use super::super::scope::{ImportId, Namespace, Wanted};
use super::super::walk::{Hop, Prefix, Query, World};
use super::super::{Def, ExternalId, ModuleId, Sym};
use super::{Imports, Meaning, meanings};
use crate::facts::{ImportKind, PathRoot};

/// Re-exports of re-exports are followed this far; only a ring goes further.
const MAX_DEPTH: u8 = 16;

/// What a glob import that leads outside brings, and whether that is all; `None` if it is not known.
pub(super) fn glob(world: &World<'_>, imports: &Imports, id: ImportId) -> Option<(Vec<(Sym, Namespace)>, bool)> {
    let surfaces = world.scopes.outside.as_ref()?;
    let import = imports.get(id);
    let meanings = meanings(world, import, id, &mut |_, _| {});
    let Meaning { def, hops, .. } = meanings.into_iter().next()?;
    let (krate, path) = place(world, imports, def, &hops, &import.segments, 0)?;
    let (names, is_all) = surfaces.names_of(surfaces.module_in(surfaces.root(krate.0)?, &path)?);
    let each = |(name, shown): (Sym, Shown)| namespaces(shown).map(move |namespace| (name, namespace));
    Some((names.into_iter().flat_map(each).collect(), is_all))
}

fn namespaces(shown: Shown) -> impl Iterator<Item = Namespace> {
    let all = [(shown.types, Namespace::Types), (shown.values, Namespace::Values), (shown.macros, Namespace::Macros)];
    all.into_iter().filter_map(|(is_in, namespace)| is_in.then_some(namespace))
}

/// The macro outside that the path of a call means, if its rules are known.
pub(in super::super) fn macro_of(world: &World<'_>, imports: &Imports, query: &Query<'_>) -> Option<MacroNumber> {
    let surfaces = world.scopes.outside.as_ref()?;
    if let PathRoot::DollarCrate(number) = query.root
        && let Some(root) = outside_crate(number)
    {
        return surfaces.macro_in(root, query.segments);
    }
    let mut ignore = |_: ModuleId, _: Sym| {};
    let (prefix, mut hops) = world.prefix(query, false, &mut ignore);
    let last = *query.segments.last()?;
    let def = match prefix {
        Prefix::Outside(krate) => Def::External(krate),
        _ => match world.step(query, prefix, last, Namespace::Macros, &mut ignore) {
            Some(hop) => {
                hops.push(hop);
                hop.binding.def
            }
            None => return brought_by_macro_use(world, query),
        },
    };
    let (krate, path) = place(world, imports, def, &hops, query.segments, 0)?;
    surfaces.macro_in(surfaces.root(krate.0)?, &path)
}

/// `#[macro_use] extern crate x;` (G11).
fn brought_by_macro_use(world: &World<'_>, query: &Query<'_>) -> Option<MacroNumber> {
    let surfaces = world.scopes.outside.as_ref()?;
    if query.root != PathRoot::Plain || query.segments.len() != 1 {
        return None;
    }
    let crates = &world.externs[query.krate.0 as usize].macro_use_outside;
    crates.iter().find_map(|krate| surfaces.macro_in(surfaces.root(krate.0)?, query.segments))
}

/// The crate that a path means, and the names after the crate's; `hops` are the names found, of all those in `segments`.
fn place(
    world: &World<'_>,
    imports: &Imports,
    def: Def,
    hops: &[Hop],
    segments: &[Sym],
    depth: u8,
) -> Option<(ExternalId, Vec<Sym>)> {
    let Def::External(krate) = def else { return None };
    let mut path = match hops.last() {
        Some(hop) => origin(world, imports, hop, depth)?,
        None => Vec::new(),
    };
    path.extend_from_slice(segments.get(hops.len().max(1)..).unwrap_or_default());
    Some((krate, path))
}

/// The names after the crate's that a name of the workspace stands for.
fn origin(world: &World<'_>, imports: &Imports, hop: &Hop, depth: u8) -> Option<Vec<Sym>> {
    let Some(id) = hop.binding.import else { return Some(Vec::new()) };
    if depth > MAX_DEPTH {
        return None;
    }
    let import = imports.get(id);
    let meanings = meanings(world, import, id, &mut |_, _| {});
    if import.kind != ImportKind::Glob {
        let Meaning { def, hops, .. } = meanings.into_iter().find(|meaning| meaning.def == hop.binding.def)?;
        return Some(place(world, imports, def, &hops, &import.segments, depth + 1)?.1);
    }
    let Meaning { def, hops, .. } = meanings.into_iter().next()?;
    if let Def::Module(source) = def {
        let from = world.tree.enclosing_module(import.scope);
        let wanted = Wanted { activity: import.activity, from, not_by: Some(id) };
        let binding = world.scopes.find(world.tree, source, hop.name, hop.namespace, &wanted)?;
        return origin(world, imports, &Hop { module: Some(source), binding, ..*hop }, depth + 1);
    }
    let (_, mut path) = place(world, imports, def, &hops, &import.segments, depth + 1)?;
    path.push(hop.name);
    Some(path)
}
