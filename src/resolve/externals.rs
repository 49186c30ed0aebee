//! Paths that lead to third-party crates: which crate, and by what way.
//!
//! In: the names on the way to a path's meaning, final scopes.  Out: [`ExternalWay`].  Not here: what is in those crates;
//! the standard library, which is everywhere.

use smallvec::SmallVec;

use super::imports::{self, Imports};
use super::scope::{Binding, ImportId};
use super::trails::{Lead, Trails, binding_in};
use super::walk::{Hop, World};
use super::{Def, ExternalId, ExternalWay, ModuleId, Sym};
use crate::facts::ImportKind;

/// Re-exports of re-exports are followed this far; only a ring goes further.
const MAX_DEPTH: u8 = 16;

/// The names of every import are known.
#[derive(Clone, Copy)]
pub(super) struct Ways<'a> {
    pub(super) world: &'a World<'a>,
    pub(super) imports: &'a Imports,
    pub(super) trails: &'a Trails,
}

/// Where a name got its meaning outside.
struct Origin {
    /// The names after the crate's.
    path: SmallVec<[Sym; 4]>,
    /// The module that names the crate in an import; `None` where the path itself does.
    written_in: Option<ModuleId>,
    /// How many names follow the crate's in that import.
    imported: usize,
}

impl Origin {
    /// The crate's own name, in the path itself.
    fn of_crate() -> Self {
        Self { path: SmallVec::new(), written_in: None, imported: 0 }
    }
}

impl Ways<'_> {
    /// The way of a path in `from` that means `def`, whose last hop left the workspace; `rest` are the names after that
    /// one.
    pub(super) fn way(&self, from: ModuleId, def: Def, hops: &[Hop], rest: &[Sym]) -> Option<ExternalWay> {
        let Def::External(krate) = def else { return None };
        if krate == ExternalId::UNKNOWN {
            return None;
        }
        let mut origin = match hops.last() {
            Some(hop) => self.origin(hop, hop.binding, 0)?,
            None => Origin::of_crate(),
        };
        origin.path.extend_from_slice(rest);
        let facade = origin.written_in.filter(|module| *module != from);
        let whole = match origin.imported.checked_sub(1) {
            None => true,
            // By convention only modules and functions are written like this, and nothing is in a function.
            Some(last) => origin.path.len() > last + 1 && self.is_lower_case(origin.path[last]),
        };
        Some(ExternalWay { krate, path: origin.path, facade, whole: facade.is_some() && whole })
    }

    /// From a name back to the path that names the crate.
    fn origin(&self, hop: &Hop, binding: Binding, depth: u8) -> Option<Origin> {
        let Some(id) = binding.import else {
            return Some(Origin::of_crate());
        };
        if depth > MAX_DEPTH {
            return None;
        }
        let import = self.imports.get(id);
        let is_glob = import.kind == ImportKind::Glob;
        if is_glob && let Some(source) = self.glob_source(id) {
            let binding = binding_in(self.world, source, hop, id, self.imports)?;
            return self.origin(hop, binding, depth + 1);
        }
        let meanings = imports::meanings(self.world, import, id, &mut |_, _| {});
        let hops = meanings.into_iter().find(|meaning| meaning.def == binding.def)?.hops;
        let mut origin = match hops.last() {
            Some(hop) => self.origin(hop, hop.binding, depth + 1)?,
            // `extern crate`
            None => Origin::of_crate(),
        };
        origin.path.extend(import.segments.iter().copied().skip(hops.len().max(1)));
        // A module may bring the crate's name in one import and what is in the crate in the next.
        let module = self.world.tree.enclosing_module(import.scope);
        if origin.written_in.is_none_or(|known| known == module) {
            (origin.written_in, origin.imported) = (Some(module), origin.path.len());
        }
        if is_glob {
            origin.path.push(hop.name);
        }
        Some(origin)
    }

    /// The module of the workspace that a glob reads.
    fn glob_source(&self, glob: ImportId) -> Option<ModuleId> {
        match self.trails[glob.0 as usize].found.first()? {
            Lead { def: Def::Module(source), .. } => Some(*source),
            Lead { .. } => None,
        }
    }

    fn is_lower_case(&self, name: Sym) -> bool {
        self.world.tree.symbols.text(name).starts_with(char::is_lowercase)
    }
}
