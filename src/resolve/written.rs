//! Every path as it is written, name by name, for who writes it anew: also those that stay within one module.
//!
//! In: a resolution that can still be asked.  Out: [`Written`] paths with what each name means and how it came to mean that.
//! Not here: what is written instead (`patch`).

use rayon::prelude::*;

use super::imports::{self, Imports};
use super::patch::Names;
use super::scope::{Binding, ImportId, Wanted};
use super::trails::Trails;
use super::tree::Instance;
use super::walk::{Hop, World};
use super::{Def, ItemId, ModuleId, ModuleKind, Resolution, Sym, Visibility, references};
use crate::facts::{self, FROM_BODY, ImportKind, PathRole, PathRoot, PathSource};
use crate::source::{FileId, Span};
use crate::workspace::cfg::Activity;

/// Globs of globs are followed this far.
const MAX_GLOBS: usize = 64;

/// A path, or a leaf of a `use` tree.
#[derive(Clone, Debug)]
pub struct Written {
    pub file: FileId,
    /// The module or block that it stands in.
    pub scope: ModuleId,
    pub owner: Option<ItemId>,
    pub root: PathRoot,
    pub source: PathSource,
    pub activity: Activity,
    pub span: Span,
    pub names: Vec<Name>,
    pub form: Form,
}

/// What kind of path it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Path(PathRole),
    /// A leaf of the `use` item at `item`; `brings` is what it is called here.
    Use {
        item: Span,
        brings: Option<Sym>,
        glob: bool,
        visibility: Visibility,
    },
}

/// One name of a path.
#[derive(Clone, Debug)]
pub struct Name {
    pub sym: Sym,
    /// `None` for one that the body of a macro wrote.
    pub start: Option<u32>,
    /// `None` if nobody knows.
    pub def: Option<Def>,
    /// Other meanings of the last name of an import.
    pub also: Vec<Def>,
    /// The module or block in which it was looked up; `None` for crates, variants and macros by the order of the text.
    pub module: Option<ModuleId>,
    pub by: By,
    pub visibility: Visibility,
}

/// What brings a name where it is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Declaration,
    /// A `use` of this file and place.
    Import(FileId, u32),
    /// A glob there; in the end the module declares it.
    Glob(ModuleId),
    /// A glob there; in the end an import of that module has it, at this file and place.
    GlobOfImport(ModuleId, FileId, u32),
    /// Crates, variants, macros by the order of the text, and what nobody knows.
    Elsewhere,
}

impl Resolution {
    /// Every path of every file; what is the same in two crates stands there twice.
    pub fn written(&mut self) -> Vec<Written> {
        let tree = self.take_tree();
        let names = std::mem::take(self.names());
        let written = {
            let Names { externs, scopes, imports, trails, .. } = &names;
            let of = |index: usize| {
                let world = World::new(&tree, externs, scopes);
                Reader { world, imports, trails, instance: &tree.instances[index] }.all(index)
            };
            (0..tree.instances.len()).into_par_iter().flat_map_iter(of).collect()
        };
        self.put_tree(tree, names);
        written
    }
}

struct Reader<'a> {
    world: World<'a>,
    imports: &'a Imports,
    trails: &'a Trails,
    instance: &'a Instance,
}

impl Reader<'_> {
    fn all(&self, index: usize) -> Vec<Written> {
        let facts = &self.instance.facts;
        let first = self.imports.first[index];
        let imports = facts.imports.iter().enumerate();
        let mut all: Vec<Written> =
            imports.filter_map(|(place, import)| self.import(ImportId(first + place as u32), import)).collect();
        let paths = facts.paths.iter().enumerate().filter(|(index, _)| !self.instance.is_replaced(*index as u32));
        all.extend(paths.map(|(_, path)| self.path(path)));
        all
    }

    fn import(&self, id: ImportId, fact: &facts::Import) -> Option<Written> {
        if matches!(fact.kind, ImportKind::ExternCrate { .. }) {
            return None;
        }
        let import = self.imports.get(id);
        let meanings = imports::meanings(&self.world, import, id, &mut |_, _| {});
        let hops = meanings.first().map(|meaning| meaning.hops.to_vec()).unwrap_or_default();
        let mut names = self.names(fact.segments, &hops, import.scope, Some(id));
        if let Some(last) = names.last_mut() {
            for def in meanings.iter().map(|meaning| meaning.def) {
                if last.def.is_some() && last.def != Some(def) && !last.also.contains(&def) {
                    last.also.push(def);
                }
            }
        }
        Some(Written {
            file: self.instance.file,
            scope: import.scope,
            owner: self.instance.owner(fact.owner),
            root: fact.root,
            source: self.source(PathSource::Written),
            activity: import.activity,
            span: self.instance.span(fact.span),
            names,
            form: Form::Use {
                item: self.instance.span(fact.item_span),
                brings: import.name,
                glob: import.kind == ImportKind::Glob,
                visibility: import.visibility,
            },
        })
    }

    fn path(&self, path: &facts::Path) -> Written {
        let scope = self.instance.scope(path.scope);
        let hops = references::hops_of(&self.world, self.imports, self.trails, self.instance, path);
        Written {
            file: self.instance.file,
            scope,
            owner: self.instance.owner(path.owner),
            root: path.root,
            source: self.source(path.source),
            activity: self.instance.activity(path.cfg),
            span: self.instance.span(path.span),
            names: self.names(path.segments, &hops, scope, None),
            form: Form::Path(path.role),
        }
    }

    /// What an expansion declares stands in no text.
    fn source(&self, written: PathSource) -> PathSource {
        match self.instance.expansion {
            Some(_) if written == PathSource::Written => PathSource::MacroBody,
            _ => written,
        }
    }

    fn names(&self, range: facts::SegmentRange, hops: &[Hop], scope: ModuleId, not_by: Option<ImportId>) -> Vec<Name> {
        let segments = self.instance.facts.segments(range);
        let name = |(index, segment): (usize, &facts::Segment)| {
            let span = Span::new(segment.start, segment.start);
            let start = (segment.start != FROM_BODY).then(|| self.instance.span(span).start);
            let sym = self.instance.name(segment.name);
            let Some(hop) = hops.get(index) else {
                let (by, visibility) = (By::Elsewhere, Visibility::Public);
                // What stands behind the name of a crate outside lies outside, too.
                let outside = hops.last().map(|hop| hop.binding.def).filter(|def| matches!(def, Def::External(_)));
                return Name { sym, start, def: outside, also: Vec::new(), module: None, by, visibility };
            };
            let (by, visibility) = self.by(hop, scope, not_by);
            Name { sym, start, def: Some(hop.binding.def), also: Vec::new(), module: hop.module, by, visibility }
        };
        segments.iter().enumerate().map(name).collect()
    }

    /// What brings a name, and from where that can be used.
    fn by(&self, hop: &Hop, scope: ModuleId, not_by: Option<ImportId>) -> (By, Visibility) {
        let elsewhere = (By::Elsewhere, hop.binding.visibility);
        let (Some(mut module), mut binding) = (hop.module, hop.binding) else { return elsewhere };
        let from = self.world.tree.enclosing_module(scope);
        let mut is_globbed = false;
        for _ in 0..MAX_GLOBS {
            let Some(id) = binding.import else {
                return (if is_globbed { By::Glob(module) } else { By::Declaration }, binding.visibility);
            };
            let import = self.imports.get(id);
            if import.kind != ImportKind::Glob {
                let by = match is_globbed {
                    true => By::GlobOfImport(module, import.file, import.offset),
                    false => By::Import(import.file, import.offset),
                };
                return (by, binding.visibility);
            }
            is_globbed = true;
            let wanted = Wanted { activity: import.activity, from, not_by };
            let source = imports::meanings(&self.world, import, id, &mut |_, _| {});
            let Some(Def::Module(source)) = source.first().map(|meaning| meaning.def) else { return elsewhere };
            let next: Option<Binding> =
                self.world.scopes.find(self.world.tree, source, hop.name, hop.namespace, &wanted);
            let Some(next) = next else { return elsewhere };
            (module, binding) = (source, next);
        }
        elsewhere
    }
}

impl Resolution {
    /// Whether a scope is a block of a function and no module.
    pub fn is_block(&self, scope: ModuleId) -> bool {
        self.module(scope).kind == ModuleKind::Block
    }
}
