//! Name resolution: which module and item every path means.
//!
//! In: Cargo's world, source files, and a reader of facts.  Out: [`Resolution`]: module trees, items, what each module
//! shows, and every reference between modules with its definer, facades, written names and route.  Unresolved is
//! data with a reason.  Not here: parsing, the frozen model, judging.
//!
//! The phases, one file each:
//!
//! 1. `files`, `seek`, `out_dir`: which file a `mod` declaration or an `include!` means; `ahead`: their facts, in parallel;
//!    `grow`: the module `tree`s;
//! 2. `externs`: which crates each crate can name; `collect`: items into scopes;
//! 3. `imports`: `use` to a fixed point over all crates at once, by a worklist on the names that imports wait for;
//! 4. `expand`: macro calls among items, then those in bodies; each result is entered like a file, and 2 and 3 go on
//!    with what it declares; `generated`: names that imports show although no declaration is left that could;
//! 5. `trails`: the written route and the facades of every import; `references`: every path, file by file, in parallel;
//!    `externals`: what lies outside; `infer`: the functions that only types show; `index`: those that another tool found.
//!
//! `outside`: what crates of other people show, where `surface` could read them.
//!
//! After an edit that changes no declaration, `patch` redoes the last step for the file alone.  `written`: every path name by
//! name, for who writes it anew.
//!
//! The look-up order within `scope` and `walk` is that of rustc (RESOLUTION.md, N8).

mod again;
mod ahead;
mod asked;
mod collect;
mod expand;
mod expansions;
mod externals;
mod externs;
mod files;
mod generated;
mod grow;
mod imports;
mod index;
mod infer;
mod kind;
mod out_dir;
mod outside;
mod patch;
mod prelude;
mod references;
mod same;
mod scope;
mod seek;
mod surface;
mod symbols;
#[cfg(test)]
mod tests;
mod trails;
mod tree;
mod walk;
mod well_known;
mod written;

use std::sync::Arc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::enrich::scip::Index;
use crate::facts::{FileFacts, ItemKind, PathSource};
use crate::source::{FileId, Note, SourceTree, Span};
use crate::workspace::cfg::{Activity, CfgOptions};
use crate::workspace::{Edition, PackageId, TargetKind, Workspace};

pub use again::Before;
pub use expansions::Expansions;
pub use externs::third_party;
pub use kind::{Certainty, ReferenceKind};
pub use outside::{OtherCrates, Outside};
pub use surface::surfaces;
pub use symbols::Sym;
pub use written::{By, Form, Name, Written};

/// A crate target; an index into [`Resolution::crates`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CrateId(pub u32);

/// A module, or a block that holds items; an index into [`Resolution::modules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleId(pub u32);

/// An item of any file instance; an index into [`Resolution::items`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub u32);

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Def {
    Module(ModuleId),
    Item(ItemId),
    /// Something that a macro makes in this module: its name is used, and nothing declares it.
    Generated(ModuleId),
    /// Something in a crate that is not of this workspace.
    External(ExternalId),
}

/// A third-party package that a manifest of the workspace names; an index into [`third_party`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExternalId(pub u32);

impl ExternalId {
    /// The standard library, and what no manifest names.
    pub const UNKNOWN: Self = Self(u32::MAX);
}

/// From where a name can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Visibility {
    Public,
    /// In this module and below.
    Within(ModuleId),
}

/// What to resolve, and for which configuration.
pub struct Input<'a> {
    pub workspace: &'a Workspace,
    pub sources: &'a SourceTree,
    /// Per package and target: its label.
    pub labels: &'a [Vec<String>],
    /// Per package: what it is compiled with.
    pub cfg: &'a [CfgOptions],
    /// The sources hold what build scripts left in `OUT_DIR`, as far as it was there.
    pub out_dir: bool,
    /// What another tool found in the same sources.
    pub index: Option<&'a Index>,
    /// What crates of other people show.
    pub outside: Option<&'a Arc<Outside>>,
    /// The facts of a file read as an edition; called once per pair, from several threads.
    pub facts: &'a (dyn Fn(FileId, Edition) -> Arc<FileFacts> + Sync),
    /// What macro calls expanded to in earlier resolutions; given where there will be later ones, too.
    pub expansions: Option<&'a Expansions>,
    /// Called once, when every file is read.
    pub read: &'a (dyn Fn() + Sync),
}

impl Input<'_> {
    /// What files ask is kept for a later resolution.
    fn listens(&self) -> bool {
        self.expansions.is_some()
    }
}

#[derive(Debug)]
pub struct Crate {
    pub package: PackageId,
    /// An index into the package's targets.
    pub target: usize,
    pub label: String,
    pub kind: TargetKind,
    pub edition: Edition,
    pub root: ModuleId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModuleKind {
    /// A target's root.
    Root,
    Named,
    /// A block that holds items or imports: it belongs to the module around it.
    Block,
    /// A macro makes it: its name stands before `::`, and nothing declares it.
    Generated,
}

#[derive(Debug)]
pub struct Module {
    pub kind: ModuleKind,
    pub krate: CrateId,
    /// The enclosing module; for a block, the scope around it.
    pub parent: Option<ModuleId>,
    pub name: Sym,
    /// `LABEL::a::b`; empty for a block.
    pub path: String,
    pub visibility: Visibility,
    pub activity: Activity,
    /// Where its text stands: several for alternatives under `cfg`, and for `include!`.
    pub fragments: Vec<Fragment>,
    /// The declaration's file and the span of its name; `None` for a root.
    pub declared: Option<(FileId, Span)>,
}

/// A piece of a module's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fragment {
    pub file: FileId,
    /// The whole file, or the inline module with its braces.
    pub span: Span,
    pub inline: bool,
}

#[derive(Debug)]
pub struct Item {
    /// The module or block whose scope it stands in.
    pub scope: ModuleId,
    pub kind: ItemKind,
    /// `None` for an `impl` and `const _`.
    pub name: Option<Sym>,
    pub parent: Option<ItemId>,
    pub file: FileId,
    pub name_span: Span,
    pub span: Span,
    pub visibility: Visibility,
    pub activity: Activity,
    /// A struct or variant that is also a value: `S;`, `S(..)`.
    pub constructor: bool,
    /// For an `impl`: the names of its type and of its trait, as written.
    pub header: Option<(Option<Sym>, Option<Sym>)>,
}

/// A name that a module shows beyond itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Export {
    pub module: ModuleId,
    pub name: Sym,
    pub def: Def,
    pub visibility: Visibility,
    pub reexport: bool,
}

/// In `module`, `name` was looked up, and led to `def`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    pub module: ModuleId,
    pub name: Sym,
    pub def: Def,
}

/// How a path was written and where it led; shared by all references that are written alike in one scope.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    /// The modules of the written names.
    pub named: SmallVec<[ModuleId; 4]>,
    /// The modules whose re-exports were followed.
    pub facades: SmallVec<[ModuleId; 4]>,
    /// The written steps, with those of the import that brought the first name.
    pub route: SmallVec<[Step; 2]>,
}

/// A path that leads to another module of this workspace.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    pub from: ModuleId,
    pub to: Def,
    pub kind: ReferenceKind,
    pub source: PathSource,
    pub certainty: Certainty,
    pub activity: Activity,
    /// It stands where the owner's declaration shows it.
    pub shown: bool,
    pub span: Span,
    /// The item around it.
    pub owner: Option<ItemId>,
    /// An index into the trails of its file.
    pub trail: u32,
}

/// A path that leads to a third-party crate.
#[derive(Clone, Copy, Debug)]
pub struct ExternalUse {
    pub from: ModuleId,
    pub kind: ReferenceKind,
    pub source: PathSource,
    pub activity: Activity,
    /// It stands where the owner's declaration shows it.
    pub shown: bool,
    pub span: Span,
    /// The item around it.
    pub owner: Option<ItemId>,
    /// An index into the ways of its file.
    pub way: u32,
}

/// A path that names what another module of this workspace re-exports from outside.
#[derive(Clone, Copy, Debug)]
pub struct Passage {
    pub from: ModuleId,
    /// Where it leads.
    pub krate: ExternalId,
    pub kind: ReferenceKind,
    pub source: PathSource,
    pub activity: Activity,
    pub span: Span,
    /// The item around it.
    pub owner: Option<ItemId>,
    /// An index into the trails of its file.
    pub trail: u32,
}

/// What a path outside means; shared by all uses that are written alike in one scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalWay {
    pub krate: ExternalId,
    /// The names after the crate's, those of the import that brought the first name included.
    pub path: SmallVec<[Sym; 4]>,
    /// The module that names the crate, where it is another one: its re-export is what the path went through.
    pub facade: Option<ModuleId>,
    /// That re-export shows the crate or one of its modules whole, not a single thing of it.
    pub whole: bool,
}

/// The references of one file as part of one crate.
#[derive(Debug)]
pub struct FileReferences {
    pub file: FileId,
    pub references: Vec<Reference>,
    pub trails: Vec<Trail>,
    pub externals: Vec<ExternalUse>,
    pub ways: Vec<ExternalWay>,
    pub passages: Vec<Passage>,
    /// Sorted by place.
    pub unresolved: Vec<Unresolved>,
    /// Modules that must exist for the paths of this file to mean something.
    made: Vec<generated::modules::Made>,
    /// What the rest depends on beside the file.
    asked: Vec<asked::Question>,
}

/// A name of a file that no scope holds: made by a macro, most often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unresolved {
    pub name: Sym,
    /// Its first place.
    pub offset: u32,
    /// The only module that can have it: its uses count for that module.
    pub made_in: Option<ModuleId>,
}

/// Everything that was found.
#[derive(Debug)]
pub struct Resolution {
    pub symbols: symbols::Symbols,
    pub crates: Vec<Crate>,
    pub modules: Vec<Module>,
    /// The inline modules directly in each module.
    pub inline_children: FxHashMap<ModuleId, Vec<Fragment>>,
    pub items: Vec<Item>,
    pub exports: Vec<Export>,
    pub references: Vec<FileReferences>,
    /// Files that belong to a crate of the workspace.
    pub reached: Vec<FileId>,
    pub notes: Vec<Note>,
    /// Of how many files the references are those of an earlier resolution.
    pub taken_over: usize,
    /// What only an edit asks for again.
    kept: patch::Kept,
}

impl Resolution {
    pub fn module(&self, id: ModuleId) -> &Module {
        &self.modules[id.0 as usize]
    }

    /// The lines of the inline modules directly in a module, as `lines` counts them.
    pub fn inline_lines(&self, id: ModuleId, lines: &dyn Fn(FileId, Span) -> u32) -> u32 {
        let children = self.inline_children.get(&id).map_or(&[][..], Vec::as_slice);
        children.iter().map(|part| lines(part.file, part.span)).sum()
    }

    /// The named module around a scope.
    pub fn enclosing_module(&self, scope: ModuleId) -> ModuleId {
        enclosing_module(&self.modules, scope)
    }
}

/// The named module around a scope: blocks belong to the module that holds them.
fn enclosing_module(modules: &[Module], scope: ModuleId) -> ModuleId {
    let mut id = scope;
    while let Module { kind: ModuleKind::Block, parent: Some(parent), .. } = &modules[id.0 as usize] {
        id = *parent;
    }
    id
}

/// Resolves every path of every target.
pub fn resolve(input: &Input<'_>) -> Resolution {
    resolve_after(None, input)
}

/// The same, with the references of those files taken over that mean what they meant before.  Packages and `cfg` are what
/// they were then.
pub fn resolve_after(before: Option<&Before>, input: &Input<'_>) -> Resolution {
    // What an index and crates outside told of names was not heard.
    let before = before.filter(|_| input.index.is_none() && input.outside.is_none());
    let listens = input.listens();
    let mut grower = grow::Grower::new(input);
    let mut tree = grower.grow(before.is_some());
    (input.read)();
    let externs = externs::preludes(input, &mut tree);
    let (mut expanded, mut worklist) = expand::all(input, &mut grower, &mut tree, externs, expand::Extent::Everything);
    let (trails, parts, mut references, known) = loop {
        let expand::Expanded { externs, scopes, imports, .. } = &expanded;
        let world = walk::World::new(&tree, externs, scopes).listening(listens);
        let trails = trails::of_imports(&world, imports);
        let parts = tree.parts();
        let (references, known) = match before {
            Some(before) => {
                let known = infer::Known::new(&world, imports, &trails);
                let again = before.again(&world, input.sources, imports, &trails, &parts, &known);
                let known_before = |part| again.as_ref()?.references(part);
                (references::all(&world, imports, &trails, &parts, &known_before), known)
            }
            None => rayon::join(
                || {
                    let world = walk::World::new(&tree, externs, scopes).listening(listens);
                    references::all(&world, imports, &trails, &parts, &|_| None)
                },
                || infer::Known::new(&walk::World::new(&tree, externs, scopes), imports, &trails),
            ),
        };
        // Each time round there is one more module at least.
        let wanted = references.iter().flat_map(|(file, _)| file.made.iter().copied());
        let made: Vec<_> = wanted.filter(|made| !tree.children.contains_key(&(made.parent, made.name))).collect();
        if made.is_empty() {
            break (trails, parts, references, known);
        }
        let expand::Expanded { externs, scopes, imports, .. } = &mut expanded;
        generated::modules::add(&mut tree, input.sources, externs, scopes, imports, &mut worklist, made);
    };
    drop(worklist);
    let expand::Expanded { externs, scopes, imports, macros } = expanded;
    let ((), exports) = rayon::join(
        || {
            let world = walk::World::new(&tree, &externs, &scopes).listening(listens);
            infer::add(&world, &imports, &known, &parts, &mut references);
        },
        || scopes.exports(&tree),
    );
    let taken_over = references.iter().filter(|(_, origin)| *origin == references::Origin::Before).count();
    let mut references: Vec<FileReferences> = references.into_iter().map(|(file, _)| file).collect();
    let told = input.index.map(|index| index::add(index, input.sources, &tree, &parts, &mut references));
    tree.notes.extend(told.into_iter().flatten());
    let names = patch::Names { externs, scopes, imports, trails, macros, known };
    Resolution { taken_over, ..Resolution::new(tree, input, references, exports, names) }
}
