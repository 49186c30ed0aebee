//! What crates of other people show, as far as their sources are at hand (RESOLUTION.md G22).
//!
//! In: what `surface` finds.  Out: [`Outside`]: the public names of their modules, and the rules of their macros;
//! [`Surfaces`], the same in the symbols of a workspace.  What a name means beyond its namespaces is not kept.
//! Not here: which crates are looked at, where their sources are from, and which path leads to them (`imports::outward`).

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::symbols::{Sym, Symbols};
use crate::facts::Rules;
use crate::source::SourceTree;
use crate::workspace::{PackageId, Workspace};

/// Numbers from here on, given to `$crate`, mean crates outside: the number of such a crate's root.
const FIRST_CRATE: u32 = 1 << 24;

/// Crates of other people to look at.
#[derive(Clone, Debug, Default)]
pub struct OtherCrates {
    /// Those crates; other packages may be among them, which say what features they ask for.
    pub workspace: Workspace,
    /// Of those crates alone.
    pub sources: SourceTree,
    /// The packages that manifests of the workspace mean by a name.
    pub named: BTreeMap<String, PackageId>,
}

/// What crates outside the workspace show.
#[derive(Debug, Default)]
pub struct Outside {
    /// By the package that a manifest of the workspace names.
    pub(super) roots: BTreeMap<String, ModuleNumber>,
    pub(super) modules: Vec<Surface>,
    pub(super) macros: Vec<Macro>,
}

/// An index into [`Outside::modules`].
pub(super) type ModuleNumber = u32;

/// What a module or an enum shows to everybody.
#[derive(Debug, Default)]
pub(super) struct Surface {
    /// Sorted.
    pub(super) names: Vec<(Box<str>, Shown)>,
    /// Nothing else can be in it: no macro that was not expanded, no glob whose source is not known.
    pub(super) is_whole: bool,
}

/// What a name can be.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shown {
    pub(super) types: bool,
    pub(super) values: bool,
    pub(super) macros: bool,
    /// A module or an enum that is known.
    pub(super) module: Option<ModuleNumber>,
    pub(super) rules: Option<MacroNumber>,
}

/// An index into [`Outside::macros`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct MacroNumber(pub(super) u32);

/// A declarative macro.
#[derive(Debug)]
pub(super) struct Macro {
    pub(super) rules: Arc<Rules>,
    /// The root of the crate that defines it.
    pub(super) krate: ModuleNumber,
}

/// [`Outside`] in the symbols of a workspace.
#[derive(Debug)]
pub(super) struct Surfaces {
    outside: Arc<Outside>,
    /// Per third-party package.
    roots: Vec<Option<ModuleNumber>>,
    /// Per module.
    names: Vec<FxHashMap<Sym, Shown>>,
}

impl Surfaces {
    /// `third_party`: the packages that the workspace names.
    pub(super) fn new(outside: &Arc<Outside>, third_party: &[&str], symbols: &mut Symbols) -> Self {
        let roots = third_party.iter().map(|package| outside.roots.get(*package).copied()).collect();
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
    pub(super) fn names_of(&self, module: ModuleNumber) -> (Vec<(Sym, Shown)>, bool) {
        let mut names: Vec<(Sym, Shown)> =
            self.names[module as usize].iter().map(|(name, shown)| (*name, *shown)).collect();
        names.sort_unstable_by_key(|(name, _)| *name);
        (names, self.outside.modules[module as usize].is_whole)
    }

    /// The root of a third-party package's library.
    pub(super) fn root(&self, package: u32) -> Option<ModuleNumber> {
        *self.roots.get(package as usize)?
    }

    /// The module or enum that a path from a module means.
    pub(super) fn module_in(&self, module: ModuleNumber, path: &[Sym]) -> Option<ModuleNumber> {
        path.iter().try_fold(module, |module, name| self.names[module as usize].get(name)?.module)
    }

    /// The macro that a path from a module means.
    pub(super) fn macro_in(&self, module: ModuleNumber, path: &[Sym]) -> Option<MacroNumber> {
        let (last, before) = path.split_last()?;
        let module = self.module_in(module, before)?;
        self.names[module as usize].get(last)?.rules
    }
}

/// The root of the crate outside that a number given to `$crate` means.
pub(super) fn outside_crate(number: u32) -> Option<ModuleNumber> {
    number.checked_sub(FIRST_CRATE)
}
