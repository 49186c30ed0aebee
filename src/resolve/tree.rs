//! The module tree of every target.
//!
//! In: nothing; `grow` fills it.  Out: [`Tree`]: crates, modules (blocks with items among them), items, and one
//! [`Instance`] per file and crate that it belongs to; and what is asked of them.  Not here: names, imports.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::files::Place;
use super::symbols::Symbols;
use super::{
    Crate, CrateId, FileReferences, Fragment, Input, Item, ItemId, Module, ModuleId, ModuleKind, Sym, Visibility,
    enclosing_module,
};
use crate::facts::{self, Entries, FROM_BODY, FileFacts, PathRoot, TokenList};
use crate::source::{FileId, Note, Span};
use crate::workspace::cfg::Activity;

/// One file as part of one crate.
#[derive(Debug)]
pub(super) struct Instance {
    pub(super) file: FileId,
    pub(super) krate: CrateId,
    pub(super) facts: Arc<FileFacts>,
    /// Per name of the facts.
    pub(super) names: Arc<[Sym]>,
    /// Per scope of the facts.
    pub(super) scopes: Vec<ModuleId>,
    /// The first of the file's items, which follow each other.
    pub(super) first_item: u32,
    /// Per condition of the facts, with everything around the file.
    pub(super) cfg: Vec<Activity>,
    pub(super) place: Place,
    /// The instance that declares this file's module or holds this call.
    pub(super) parent: Option<usize>,
    /// The macro call whose result this is.
    pub(super) expansion: Option<Expansion>,
    /// Paths that stand for nothing, because the call that they are arguments of is expanded; sorted.
    pub(super) replaced: Vec<Entries>,
}

/// How facts of a token list stand in a file.
#[derive(Debug)]
pub(super) struct Expansion {
    pub(super) tokens: Arc<TokenList>,
    /// The instance of the file that holds the outermost call.
    pub(super) root: usize,
    /// The name of the outermost call.
    pub(super) call: Span,
    /// Where the arguments of the outermost call start.
    pub(super) base: u32,
    /// The item around the call.
    pub(super) owner: Option<ItemId>,
    /// Calls around this one.
    pub(super) depth: u8,
}

/// The root of an expansion whose call is gone.
pub(super) const NOWHERE: usize = usize::MAX;

impl Instance {
    pub(super) fn item(&self, id: facts::ItemId) -> ItemId {
        ItemId(self.first_item + id.0)
    }

    pub(super) fn scope(&self, id: facts::ScopeId) -> ModuleId {
        self.scopes[id.0 as usize]
    }

    pub(super) fn name(&self, id: facts::NameId) -> Sym {
        self.names[id.0 as usize]
    }

    pub(super) fn activity(&self, id: facts::CfgId) -> Activity {
        self.cfg[id.0 as usize]
    }

    /// The item around a fact.
    pub(super) fn owner(&self, id: Option<facts::ItemId>) -> Option<ItemId> {
        id.map(|id| self.item(id)).or_else(|| self.expansion.as_ref()?.owner)
    }

    /// Whether a path stands for nothing, because it is an argument of a call that is expanded.
    pub(super) fn is_replaced(&self, path: u32) -> bool {
        let after = self.replaced.partition_point(|range| range.end <= path);
        self.replaced.get(after).is_some_and(|range| range.start <= path)
    }

    /// Where in the file a span of the facts is: what a macro's body wrote stands at the call.
    pub(super) fn span(&self, span: Span) -> Span {
        match &self.expansion {
            None => span,
            Some(at) if span.start == FROM_BODY || span.end == FROM_BODY => at.call,
            Some(at) => Span::new(span.start + at.base, span.end + at.base),
        }
    }

    pub(super) fn segments(&self, range: facts::SegmentRange) -> impl ExactSizeIterator<Item = Sym> + '_ {
        self.facts.segments(range).iter().map(|segment| self.name(segment.name))
    }
}

#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) symbols: Symbols,
    pub(super) crates: Vec<Crate>,
    pub(super) modules: Vec<Module>,
    pub(super) items: Vec<Item>,
    pub(super) instances: Vec<Instance>,
    /// The module that each `mod` item declares.
    pub(super) declared: FxHashMap<ItemId, ModuleId>,
    /// Modules whose textual macros leak into what follows them.
    pub(super) macro_use: FxHashSet<ModuleId>,
    pub(super) notes: Vec<Note>,
    /// By the enclosing module and the path below it (`f::m` within a function).
    pub(super) children: FxHashMap<(ModuleId, Sym), ModuleId>,
}

impl Tree {
    pub(super) fn module(&self, id: ModuleId) -> &Module {
        &self.modules[id.0 as usize]
    }

    pub(super) fn item(&self, id: ItemId) -> &Item {
        &self.items[id.0 as usize]
    }

    pub(super) fn krate(&self, id: CrateId) -> &Crate {
        &self.crates[id.0 as usize]
    }

    pub(super) fn named_modules(&self) -> impl Iterator<Item = ModuleId> + '_ {
        (0..self.modules.len() as u32).map(ModuleId).filter(|id| self.module(*id).kind != ModuleKind::Block)
    }

    /// The instances of each file of each crate, with what macros wrote in it: that looks up much the same.
    pub(super) fn parts(&self) -> Vec<Vec<usize>> {
        let mut parts: Vec<Vec<usize>> = vec![Vec::new(); self.instances.len()];
        for (index, instance) in self.instances.iter().enumerate() {
            let root = instance.expansion.as_ref().map_or(index, |expansion| expansion.root);
            if root != NOWHERE {
                parts[root].push(index);
            }
        }
        parts.retain(|parts| !parts.is_empty());
        parts
    }

    pub(super) fn enclosing_module(&self, scope: ModuleId) -> ModuleId {
        enclosing_module(&self.modules, scope)
    }

    /// The module that defines a name's meaning.
    pub(super) fn module_of_item(&self, item: ItemId) -> ModuleId {
        self.enclosing_module(self.item(item).scope)
    }

    pub(super) fn is_visible(&self, visibility: Visibility, from: ModuleId) -> bool {
        match visibility {
            Visibility::Public => true,
            Visibility::Within(module) => {
                std::iter::successors(Some(from), |id| self.module(*id).parent).any(|id| id == module)
            }
        }
    }

    /// What a written visibility means in a scope.
    pub(super) fn visibility(&self, instance: &Instance, scope: ModuleId, written: facts::Visibility) -> Visibility {
        let here = self.enclosing_module(scope);
        let up = |n: u8| (0..n).try_fold(here, |id, _| self.module(id).parent).unwrap_or(here);
        match written {
            facts::Visibility::Public | facts::Visibility::Inherited => Visibility::Public,
            facts::Visibility::Private => Visibility::Within(here),
            facts::Visibility::Crate => Visibility::Within(self.krate(instance.krate).root),
            facts::Visibility::Super(n) => Visibility::Within(up(n)),
            facts::Visibility::In { root, segments } => {
                let names: Vec<Sym> = instance.segments(segments).collect();
                let mut ancestors: Vec<ModuleId> =
                    std::iter::successors(Some(here), |id| self.module(*id).parent).collect();
                ancestors.reverse();
                let depth = match root {
                    PathRoot::Super(n) => ancestors.len().saturating_sub(1 + n as usize) + names.len(),
                    _ => names.len(),
                };
                Visibility::Within(ancestors.get(depth).copied().unwrap_or(here))
            }
        }
    }

    /// The inline modules directly in each module.
    pub(super) fn inline_children(&self) -> FxHashMap<ModuleId, Vec<Fragment>> {
        let mut inline_children: FxHashMap<ModuleId, Vec<Fragment>> = FxHashMap::default();
        for module in &self.modules {
            let Some(parent) = module.parent.map(|parent| self.enclosing_module(parent)) else { continue };
            let inline = module.fragments.iter().filter(|part| part.inline).copied();
            inline_children.entry(parent).or_default().extend(inline);
        }
        inline_children
    }

    /// Per crate: what its documentation holds that is not read.
    fn documentation_notes(&self, input: &Input<'_>) -> impl Iterator<Item = Note> {
        let mut counts = vec![(0, 0); self.crates.len()];
        for instance in self.instances.iter().filter(|instance| instance.expansion.is_none()) {
            let (tests, links) = &mut counts[instance.krate.0 as usize];
            *tests += instance.facts.documentation.tests;
            *links += instance.facts.documentation.links;
        }
        counts.into_iter().zip(&self.crates).filter(|(count, _)| *count != (0, 0)).filter_map(
            |((tests, links), krate)| {
                let root = self.module(krate.root).fragments.first()?;
                let path = input.sources.file(root.file).path.clone();
                let detail = format!(
                    "documentation of {}: code examples ({tests}) and links ({links}) are not read, and make no edge",
                    krate.label
                );
                Some(Note { kind: "documentation", path, at: None, detail })
            },
        )
    }

    /// What could not be seen, sorted: of the tree, of each file's text, and of its names.
    pub(super) fn all_notes(&self, input: &Input<'_>, references: &[FileReferences]) -> Vec<Note> {
        let mut notes = self.notes.clone();
        let mut noted = FxHashSet::default();
        let files = self.instances.iter().filter(|instance| instance.expansion.is_none());
        for instance in files.filter(|instance| noted.insert(instance.file)) {
            let source = input.sources.file(instance.file);
            notes.extend(instance.facts.problems.iter().map(|problem| Note {
                kind: "syntax-error",
                path: source.path.clone(),
                at: Some(source.line_column(problem.offset)),
                detail: format!("not read as Rust: {}", problem.message),
            }));
        }
        notes.extend(self.documentation_notes(input));
        for file in references {
            let source = input.sources.file(file.file);
            notes.extend(file.unresolved.iter().map(|unresolved| {
                let name = self.symbols.text(unresolved.name);
                let (kind, detail) = match unresolved.made_in {
                    Some(module) => {
                        let module = &self.module(module).path;
                        (
                            "generated-name",
                            format!("`{name}` is made by a macro in {module}: its uses count for that module"),
                        )
                    }
                    None => ("unresolved-name", format!("`{name}` was not found in any scope")),
                };
                Note { kind, path: source.path.clone(), at: Some(source.line_column(unresolved.offset)), detail }
            }));
        }
        notes.sort();
        notes.dedup();
        notes
    }
}
