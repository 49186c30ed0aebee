//! The names of each module and block, per namespace, in two layers: declared ones, and those that globs bring.
//!
//! In: bindings.  Out: the binding that a look-up from somewhere means.  Not here: walking paths.

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::outside::Surfaces;
use super::tree::Tree;
use super::{Def, Export, ModuleId, Sym, Visibility};
use crate::source::FileId;
use crate::workspace::cfg::Activity;

/// An import of the workspace; an index into the list of all imports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ImportId(pub(super) u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Namespace {
    Types,
    Values,
    Macros,
}

impl Namespace {
    pub(super) const ALL: [Self; 3] = [Self::Types, Self::Values, Self::Macros];
}

/// A name's meaning in one scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Binding {
    pub(super) def: Def,
    pub(super) visibility: Visibility,
    pub(super) activity: Activity,
    /// The import that brought it; `None` for an item of this scope.
    pub(super) import: Option<ImportId>,
    /// Imports between this scope and the one that declares the meaning: of several ways, the shortest is told.
    pub(super) distance: u16,
}

#[derive(Debug, Default)]
pub(super) struct Slot {
    pub(super) declared: SmallVec<[Binding; 1]>,
    pub(super) globbed: SmallVec<[Binding; 1]>,
}

/// What a look-up wants: how the code that asks is built, where it stands, and what it must not find.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    pub(super) activity: Activity,
    /// The named module that asks; private names elsewhere are passed over where another fits.
    pub(super) from: ModuleId,
    /// The import that is being resolved: it does not find itself.
    pub(super) not_by: Option<ImportId>,
}

/// Modules with the names that stand there in macro calls among items which cannot be expanded.
pub(super) type Mentions = FxHashSet<(ModuleId, Sym)>;

#[derive(Debug, Default)]
pub(super) struct Scopes {
    names: Vec<FxHashMap<(Sym, Namespace), Slot>>,
    /// The variants of each enum, in the types and values namespaces alike.
    pub(super) variants: FxHashMap<super::ItemId, Vec<(Sym, super::ItemId)>>,
    /// `macro_rules!` by scope and name, in the order of the text: the item, its file and the place after it.
    pub(super) textual_macros: FxHashMap<(ModuleId, Sym), Vec<TextualMacro>>,
    /// The names of all of them.
    pub(super) textual_names: FxHashSet<Sym>,
    /// Per scope that has any: where its globs bring names from.
    globs: FxHashMap<ModuleId, Vec<Glob>>,
    pub(super) mentions: Mentions,
    /// What crates outside show, as far as somebody asked for it.
    pub(super) outside: Option<Surfaces>,
}

/// A glob import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glob {
    /// `None`: outside the workspace, so that names which nothing here declares may come from there.
    pub(super) source: Option<ModuleId>,
    pub(super) visibility: Visibility,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct TextualMacro {
    pub(super) item: super::ItemId,
    pub(super) file: FileId,
    /// It can be called after this offset of `file`.
    pub(super) after: u32,
}

impl Scopes {
    /// Makes room for modules.
    pub(super) fn grow(&mut self, module_count: usize) {
        self.names.resize_with(module_count, FxHashMap::default);
    }

    /// Keeps the macros of one name in the order of the text.
    pub(super) fn add_textual(&mut self, scope: ModuleId, name: Sym, textual: TextualMacro) {
        self.textual_names.insert(name);
        let macros = self.textual_macros.entry((scope, name)).or_default();
        let at = macros.partition_point(|known| (known.file, known.after) <= (textual.file, textual.after));
        macros.insert(at, textual);
    }

    /// The text of a file was edited: its macros can be called after other offsets than before.
    pub(super) fn move_textual(&mut self, file: FileId, offsets: &FxHashMap<u32, u32>) {
        #[expect(clippy::iter_over_hash_type, reason = "each list is changed by itself")]
        for macros in self.textual_macros.values_mut() {
            for textual in macros.iter_mut().filter(|textual| textual.file == file) {
                textual.after = offsets.get(&textual.after).copied().unwrap_or(textual.after);
            }
        }
    }

    /// Per module.
    pub(super) fn all_names(&self) -> &[FxHashMap<(Sym, Namespace), Slot>] {
        &self.names
    }

    pub(super) fn slot(&self, module: ModuleId, name: Sym, namespace: Namespace) -> Option<&Slot> {
        self.names[module.0 as usize].get(&(name, namespace))
    }

    pub(super) fn slot_mut(&mut self, module: ModuleId, name: Sym, namespace: Namespace) -> &mut Slot {
        self.names[module.0 as usize].entry((name, namespace)).or_default()
    }

    pub(super) fn add_glob(&mut self, module: ModuleId, glob: Glob) {
        let globs = self.globs.entry(module).or_default();
        if !globs.contains(&glob) {
            globs.push(glob);
        }
    }

    pub(super) fn globs_of(&self, module: ModuleId) -> &[Glob] {
        self.globs.get(&module).map_or(&[], Vec::as_slice)
    }

    /// The globs of a module that bring names to someone who looks from `from`.
    pub(super) fn globs_seen(&self, tree: &Tree, module: ModuleId, from: ModuleId) -> impl Iterator<Item = &Glob> {
        self.globs_of(module).iter().filter(move |glob| tree.is_visible(glob.visibility, from))
    }

    /// What the names of a module mean, in no order.
    pub(super) fn meanings(&self, module: ModuleId, namespace: Namespace) -> impl Iterator<Item = Def> + '_ {
        let slots = self.names[module.0 as usize].iter().filter(move |((_, known), _)| *known == namespace);
        slots.flat_map(|(_, slot)| slot.declared.iter().chain(&slot.globbed)).map(|binding| binding.def)
    }

    /// All names of a module, sorted.
    pub(super) fn names_of(&self, module: ModuleId) -> Vec<(Sym, Namespace)> {
        let mut names: Vec<_> = self.names[module.0 as usize].keys().copied().collect();
        names.sort_unstable();
        names
    }

    /// The binding that a look-up in exactly this scope means: declared before globbed, built before not built.
    pub(super) fn find(
        &self,
        tree: &Tree,
        module: ModuleId,
        name: Sym,
        namespace: Namespace,
        wanted: &Wanted,
    ) -> Option<Binding> {
        let slot = self.slot(module, name, namespace)?;
        let best = |exact| {
            let search = Search { tree, module, wanted, exact };
            search.best(&slot.declared).or_else(|| search.best(&slot.globbed))
        };
        best(true).or_else(|| best(false))
    }

    /// The same, only of what is visible and built whenever the asking code is.
    pub(super) fn find_built(
        &self,
        tree: &Tree,
        module: ModuleId,
        name: Sym,
        namespace: Namespace,
        wanted: &Wanted,
    ) -> Option<Binding> {
        let slot = self.slot(module, name, namespace)?;
        let search = Search { tree, module, wanted, exact: true };
        search.best(&slot.declared).or_else(|| search.best(&slot.globbed))
    }

    /// What each module shows beyond itself.
    pub(super) fn exports(&self, tree: &Tree) -> Vec<Export> {
        let mut exports = Vec::new();
        for module in tree.named_modules() {
            for (name, namespace) in self.names_of(module) {
                let Some(slot) = self.slot(module, name, namespace) else { continue };
                for binding in slot.declared.iter().chain(&slot.globbed) {
                    if !matches!(binding.def, Def::External(_) | Def::Generated(_))
                        && binding.visibility != Visibility::Within(module)
                    {
                        exports.push(Export {
                            module,
                            name,
                            def: binding.def,
                            visibility: binding.visibility,
                            reexport: binding.import.is_some(),
                        });
                    }
                }
            }
        }
        exports.sort_unstable();
        exports.dedup();
        exports
    }
}

/// A look-up among the bindings of one name.
struct Search<'a> {
    tree: &'a Tree,
    /// Where the name stands.
    module: ModuleId,
    wanted: &'a Wanted,
    /// Only what is visible and built whenever the asking code is.
    exact: bool,
}

impl Search<'_> {
    fn best(&self, bindings: &[Binding]) -> Option<Binding> {
        let Self { tree, wanted, exact, .. } = *self;
        // Tests in a crate of their own are linked with the library as everybody gets it (RESOLUTION.md P3).
        let elsewhere = tree.module(self.module).krate != tree.module(wanted.from).krate;
        let tests = wanted.activity == Activity::Test && !elsewhere;
        let rank = |binding: &Binding| {
            let built = match wanted.activity {
                Activity::Active => binding.activity as u8,
                Activity::Test if elsewhere => u8::from(binding.activity != Activity::Active),
                Activity::Test => u8::from(binding.activity == Activity::Inactive),
                Activity::Inactive => u8::from(binding.activity != Activity::Inactive),
            };
            let hidden = !tree.is_visible(binding.visibility, wanted.from);
            // What is for tests stands for what is left out there.
            (hidden, built, matches!(binding.def, Def::External(_)), tests && binding.activity != Activity::Test)
        };
        let fits = |hidden: bool, built: u8| !hidden && (built == 0 || wanted.activity == Activity::Inactive);
        bindings
            .iter()
            .filter(|binding| wanted.not_by.is_none() || binding.import != wanted.not_by)
            .map(|binding| (rank(binding), binding))
            .filter(|((hidden, built, ..), _)| !exact || fits(*hidden, *built))
            .min_by_key(|(rank, _)| *rank)
            .map(|(_, binding)| *binding)
    }
}
