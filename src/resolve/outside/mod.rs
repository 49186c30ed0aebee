//! What crates of other people show, as far as their sources are at hand (RESOLUTION.md G22).
//!
//! In: their packages and sources.  Out: [`Outside`]: the public names of their modules, and the rules of their macros;
//! [`Surfaces`], the same in the symbols of a workspace.  `surface` finds them, by resolving those crates alone; `way` leads
//! from a path of the workspace to a place in them.  What a name means beyond its namespaces is not kept.
//! Not here: which crates are looked at, and where their sources are from.

mod surface;
pub(super) mod way;

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::scope::Namespace;
use super::symbols::Symbols;
use super::{ExternalId, Sym, third_party};
use crate::facts::Rules;
use crate::source::SourceTree;
use crate::workspace::cfg::CfgOptions;
use crate::workspace::{PackageId, Workspace};

pub use surface::surfaces;

/// Numbers from here on, given to `$crate`, mean crates outside: the number of such a crate's root.
const FIRST_CRATE: u32 = 1 << 24;

/// Crates to look at.
pub struct Crates<'a> {
    /// Those crates; other packages may be among them, which say what features they ask for.
    pub workspace: &'a Workspace,
    /// Of those crates alone.
    pub sources: &'a SourceTree,
    /// Per package: what it is compiled with.
    pub cfg: &'a [CfgOptions],
    /// The packages that manifests of the workspace mean by a name.
    pub named: &'a BTreeMap<String, PackageId>,
}

/// What crates outside the workspace show.
#[derive(Debug, Default)]
pub struct Outside {
    /// By the package that a manifest of the workspace names.
    roots: BTreeMap<String, ModuleNumber>,
    modules: Vec<Surface>,
    macros: Vec<Macro>,
}

/// An index into [`Outside::modules`].
type ModuleNumber = u32;

/// What a module or an enum shows to everybody.
#[derive(Debug, Default)]
struct Surface {
    /// Sorted.
    names: Vec<(Box<str>, Shown)>,
    /// Nothing else can be in it: no macro that was not expanded, no glob whose source is not known.
    is_whole: bool,
}

/// What a name can be.
#[derive(Clone, Copy, Debug, Default)]
struct Shown {
    types: bool,
    values: bool,
    macros: bool,
    /// A module or an enum that is known.
    module: Option<ModuleNumber>,
    rules: Option<MacroNumber>,
}

impl Shown {
    fn namespaces(self) -> impl Iterator<Item = Namespace> {
        let all = [(self.types, Namespace::Types), (self.values, Namespace::Values), (self.macros, Namespace::Macros)];
        all.into_iter().filter_map(|(is_in, namespace)| is_in.then_some(namespace))
    }
}

/// An index into [`Outside::macros`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct MacroNumber(u32);

/// A declarative macro.
#[derive(Debug)]
struct Macro {
    rules: Arc<Rules>,
    /// The root of the crate that defines it.
    krate: ModuleNumber,
}

/// [`Outside`] in the symbols of a workspace.
#[derive(Debug)]
pub(super) struct Surfaces {
    outside: Arc<Outside>,
    /// Per [`ExternalId`].
    roots: Vec<Option<ModuleNumber>>,
    /// Per module.
    names: Vec<FxHashMap<Sym, Shown>>,
}

impl Surfaces {
    pub(super) fn new(outside: &Arc<Outside>, workspace: &Workspace, symbols: &mut Symbols) -> Self {
        let roots = third_party(workspace).into_iter().map(|package| outside.roots.get(package).copied()).collect();
        let names = outside.modules.iter().map(|module| {
            module.names.iter().map(|(name, shown)| (symbols.intern(name), *shown)).collect::<FxHashMap<_, _>>()
        });
        Self { outside: Arc::clone(outside), roots, names: names.collect() }
    }

    /// The rules of a macro, and what `$crate` is in its bodies.
    pub(super) fn rules(&self, number: MacroNumber) -> (Arc<Rules>, u32) {
        let found = &self.outside.macros[number.0 as usize];
        (Arc::clone(&found.rules), FIRST_CRATE + found.krate)
    }

    /// The names of a module, sorted, and whether they are all.
    fn names_of(&self, module: ModuleNumber) -> (Vec<(Sym, Namespace)>, bool) {
        let all = self.names[module as usize].iter();
        let mut names: Vec<(Sym, Namespace)> =
            all.flat_map(|(name, shown)| shown.namespaces().map(|namespace| (*name, namespace))).collect();
        names.sort_unstable();
        (names, self.outside.modules[module as usize].is_whole)
    }

    /// The module or enum that a path from a crate's root means.
    fn module(&self, krate: ExternalId, path: &[Sym]) -> Option<ModuleNumber> {
        let root = (*self.roots.get(krate.0 as usize)?)?;
        path.iter().try_fold(root, |module, name| self.names[module as usize].get(name)?.module)
    }

    /// The macro that a path from a module means.
    fn macro_in(&self, module: ModuleNumber, path: &[Sym]) -> Option<MacroNumber> {
        let (last, before) = path.split_last()?;
        let module = before.iter().try_fold(module, |module, name| self.names[module as usize].get(name)?.module)?;
        self.names[module as usize].get(last)?.rules
    }
}

/// Whether a number given to `$crate` means a crate outside.
pub(super) fn is_outside(number: u32) -> bool {
    number >= FIRST_CRATE
}
