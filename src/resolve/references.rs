//! Every path of every file: what it means, and how it got there.
//!
//! In: final scopes, import trails, facts.  Out: references between modules, file by file, in parallel; and notes on
//! names that no scope holds.  Not here: edges.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::asked::Asked;
use super::externals::Ways;
use super::generated::{self, modules::Made};
use super::imports::{self, Imports};
use super::prelude;
use super::scope::{ImportId, Namespace};
use super::trails::{self, Lead, Trails};
use super::tree::Instance;
use super::walk::{Hop, Prefix, Query, World};
use super::{
    Certainty, Def, ExternalId, ExternalUse, ExternalWay, FileReferences, ModuleId, ModuleKind, Passage, Reference,
    ReferenceKind, Step, Sym, Trail, Unresolved, Visibility,
};
use crate::facts::{self, ImportKind, ItemKind, PathRole, PathRoot, PathSource};
use crate::workspace::cfg::Activity;

/// `parts`: the instances of each file; `before`: all references of a file, by its number, where they are known already.
pub(super) fn all(
    world: &World<'_>,
    imports: &Imports,
    trails: &Trails,
    parts: &[Vec<usize>],
    before: &(dyn Fn(usize) -> Option<FileReferences> + Sync),
) -> Vec<(FileReferences, Origin)> {
    let World { tree, externs, scopes, listens, .. } = *world;
    let find = |(number, parts): (usize, &Vec<usize>)| match before(number) {
        Some(file) => (file, Origin::Before),
        None => (of_file(&World::new(tree, externs, scopes).listening(listens), imports, trails, parts), Origin::Paths),
    };
    parts.par_iter().enumerate().map(find).collect()
}

/// Where the references of a file are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// An earlier resolution: they are complete.
    Before,
    /// Its paths; what only types show is not among them yet.
    Paths,
}

/// The references of one file, given as its own instance and those of its macro calls.
pub(super) fn of_file(world: &World<'_>, imports: &Imports, trails: &Trails, parts: &[usize]) -> FileReferences {
    let asked = Asked::default();
    let world = &World { asked: world.listens.then_some(&asked), ..*world };
    let instance = &world.tree.instances[parts[0]];
    let mut reader = Reader::new(world, imports, trails, instance);
    for index in parts {
        reader.instance = &world.tree.instances[*index];
        reader.imports(*index);
        reader.paths();
    }
    let unresolved = reader.unresolved();
    let Reader { output: references, kept: trails, externals, passages, ways, made, .. } = reader;
    let asked = asked.take();
    FileReferences { file: instance.file, references, trails, externals, passages, ways, unresolved, made, asked }
}

/// The names of one path, as far as they mean something.
pub(super) fn hops_of(
    world: &World<'_>,
    imports: &Imports,
    trails: &Trails,
    instance: &Instance,
    path: &facts::Path,
) -> Vec<Hop> {
    let reader = Reader::new(world, imports, trails, instance);
    let key = reader.key(path);
    let query = reader.query(&key, path);
    match reader.hops(&query, &key) {
        Ok((_, hops)) => hops,
        Err(_) => world.prefix(&query, false, &mut |_, _| {}).1.to_vec(),
    }
}

/// Paths that are alike in one scope mean the same.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    scope: ModuleId,
    root: PathRoot,
    segments: SmallVec<[Sym; 4]>,
    role: RoleClass,
    activity: Activity,
}

/// A name that was not found, and the module it was looked up in if that is a named one.
struct Missing {
    name: Option<Sym>,
    module: Option<ModuleId>,
}

/// Roles that are looked up alike.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum RoleClass {
    Type,
    Value,
    /// A bare identifier in a pattern.
    Name,
    GenericArgument,
    Macro,
}

impl RoleClass {
    fn of(role: PathRole) -> Self {
        match role {
            PathRole::Type | PathRole::ImplType | PathRole::ImplTrait | PathRole::Visibility | PathRole::Doc => {
                Self::Type
            }
            PathRole::Value | PathRole::Call | PathRole::Pattern => Self::Value,
            PathRole::PatternName => Self::Name,
            PathRole::GenericArgument => Self::GenericArgument,
            PathRole::Macro | PathRole::Derive | PathRole::Attribute => Self::Macro,
        }
    }

    /// The namespaces of the last name, in the order they are tried.
    fn namespaces(self) -> &'static [Namespace] {
        match self {
            Self::Type => &[Namespace::Types],
            Self::Value => &[Namespace::Values, Namespace::Types],
            Self::Name => &[Namespace::Values],
            Self::GenericArgument => &[Namespace::Types, Namespace::Values],
            Self::Macro => &[Namespace::Macros],
        }
    }

    /// The namespace of a name that nothing declares; a macro or a name in a pattern may be anything.
    fn generated(self) -> Option<Namespace> {
        match self {
            Self::Type | Self::GenericArgument => Some(Namespace::Types),
            Self::Value => Some(Namespace::Values),
            Self::Name | Self::Macro => None,
        }
    }
}

/// What a path means to whoever counts dependencies.
#[derive(Clone, Copy)]
enum Meaning {
    /// Something in the same module, the standard library, or nothing.
    Nothing,
    /// Another module of the workspace, with its trail.
    Inside(Def, u32),
    /// Outside the workspace: the way of a third-party crate, and the trail if another module leads there.
    Outside { way: Option<u32>, passage: Option<(ExternalId, u32)> },
}

struct Reader<'a> {
    world: &'a World<'a>,
    imports: &'a Imports,
    trails: &'a Trails,
    instance: &'a Instance,
    memo: FxHashMap<Key, Meaning>,
    output: Vec<Reference>,
    kept: Vec<Trail>,
    externals: Vec<ExternalUse>,
    passages: Vec<Passage>,
    ways: Vec<ExternalWay>,
    /// Per name that nothing declares: its first place, and the module that it counts for.
    missing: FxHashMap<Sym, (u32, Option<ModuleId>)>,
    /// Modules that must exist.
    made: Vec<Made>,
}

impl<'a> Reader<'a> {
    fn new(world: &'a World<'a>, imports: &'a Imports, trails: &'a Trails, instance: &'a Instance) -> Self {
        Self {
            world,
            imports,
            trails,
            instance,
            memo: FxHashMap::default(),
            output: Vec::new(),
            kept: Vec::new(),
            externals: Vec::new(),
            passages: Vec::new(),
            ways: Vec::new(),
            missing: FxHashMap::default(),
            made: Vec::new(),
        }
    }

    fn key(&self, path: &facts::Path) -> Key {
        Key {
            scope: self.instance.scope(path.scope),
            root: path.root,
            segments: self.instance.segments(path.segments).collect(),
            role: RoleClass::of(path.role),
            activity: self.instance.activity(path.cfg),
        }
    }

    fn query<'k>(&self, key: &'k Key, path: &facts::Path) -> Query<'k> {
        Query {
            krate: self.instance.krate,
            scope: key.scope,
            root: key.root,
            segments: &key.segments,
            activity: key.activity,
            import: None,
            file: self.instance.file,
            offset: self.instance.span(path.span).start,
        }
    }

    fn imports(&mut self, index: usize) {
        let first = self.imports.first[index];
        for place in 0..self.instance.facts.imports.len() as u32 {
            let id = ImportId(first + place);
            let import = self.imports.get(id);
            let fact = &self.instance.facts.imports[place as usize];
            // `extern crate` declares a dependency, as Cargo.toml does: the paths through it are the references.  Macros
            // that it brings stand in no path.
            let from = self.world.tree.enclosing_module(import.scope);
            if let ImportKind::ExternCrate { macro_use, .. } = import.kind {
                if macro_use {
                    self.import_outside(id, fact, from, ReferenceKind::Use);
                }
                continue;
            }
            let kind = match import.visibility {
                Visibility::Within(module) if module == from => ReferenceKind::Use,
                _ if import.kind == ImportKind::Unnamed && fact.visibility == facts::Visibility::Private => {
                    ReferenceKind::Use
                }
                _ => ReferenceKind::Reexport,
            };
            self.import_outside(id, fact, from, kind);
            let (source, activity) = (PathSource::Written, import.activity);
            let (span, owner) = (self.instance.span(fact.span), self.instance.owner(fact.owner));
            let found = &self.trails[id.0 as usize].found;
            if found.is_empty()
                && let Some(trail) = self.open_passage(&import.query(id))
            {
                let krate = ExternalId::UNKNOWN;
                self.passages.push(Passage { from, krate, kind, source, activity, span, owner, trail });
            }
            if found.iter().all(|lead| matches!(lead.def, Def::Generated(_))) {
                let whole = import.is_whole();
                let (_, hops) = self.world.prefix(&import.query(id), whole, &mut |_, _| {});
                self.made.extend(generated::modules::wanted(self.world, self.imports, &import.query(id), &hops, whole));
            }
            let mut seen: SmallVec<[Def; 3]> = SmallVec::new();
            for Lead { def, activity, trail, .. } in &self.trails[id.0 as usize].found {
                if seen.contains(def) || self.world.module_of(*def).is_none_or(|to| to == from) {
                    continue;
                }
                seen.push(*def);
                let offset = self.instance.span(fact.span).start;
                self.note_generated(import.segments.iter().copied(), import.segments.len(), *def, offset);
                self.kept.push(trail.clone());
                self.output.push(Reference {
                    from,
                    to: *def,
                    kind,
                    source: PathSource::Written,
                    certainty: Certainty::Resolved,
                    activity: *activity,
                    shown: false,
                    span: self.instance.span(fact.span),
                    owner: self.instance.owner(fact.owner),
                    trail: self.kept.len() as u32 - 1,
                });
            }
        }
    }

    /// An import that leads outside.
    fn import_outside(&mut self, id: ImportId, fact: &facts::Import, from: ModuleId, kind: ReferenceKind) {
        if !self.trails[id.0 as usize].found.iter().any(|lead| matches!(lead.def, Def::External(_))) {
            return;
        }
        let import = self.imports.get(id);
        let meanings = imports::meanings(self.world, import, id, &mut |_, _| {});
        let Some(imports::Meaning { def, hops, activity, .. }) =
            meanings.into_iter().find(|meaning| matches!(meaning.def, Def::External(_)))
        else {
            return;
        };
        let way = self.way(from, def, &hops, &import.segments[hops.len().max(1)..]);
        let (source, span, owner) =
            (PathSource::Written, self.instance.span(fact.span), self.instance.owner(fact.owner));
        if let Some(way) = way {
            self.externals.push(ExternalUse { from, kind, source, activity, shown: false, span, owner, way });
        }
        if let Some(trail) = self.passage(from, import.scope, &hops)
            && let Def::External(krate) = def
        {
            self.passages.push(Passage { from, krate, kind, source, activity, span, owner, trail });
        }
    }

    /// Keeps the way of a path that left the workspace at its last hop; `rest` are the names after that one.
    fn way(&mut self, from: ModuleId, def: Def, hops: &[Hop], rest: &[Sym]) -> Option<u32> {
        let ways = Ways { world: self.world, imports: self.imports, trails: self.trails };
        let way = ways.way(from, def, hops, rest)?;
        self.ways.push(way);
        Some(self.ways.len() as u32 - 1)
    }

    fn paths(&mut self) {
        let facts = Arc::clone(&self.instance.facts);
        let instance = self.instance;
        let paths = facts.paths.iter().enumerate().filter(|(index, _)| !instance.is_replaced(*index as u32));
        for (_, path) in paths {
            let key = self.key(path);
            let scope = key.scope;
            // A textual macro depends on the place of its call.
            let textual = key.role == RoleClass::Macro
                && key.segments.last().is_some_and(|name| self.world.scopes.textual_names.contains(name));
            let found = if textual {
                self.resolve(&key, path)
            } else if let Some(known) = self.memo.get(&key) {
                *known
            } else {
                let found = self.resolve(&key, path);
                self.memo.insert(key.clone(), found);
                found
            };
            let from = self.world.tree.enclosing_module(scope);
            let (kind, source, activity, shown) = (kind_of(path.role), path.source, key.activity, path.shown);
            let (span, owner) = (self.instance.span(path.span), self.instance.owner(path.owner));
            match found {
                Meaning::Nothing => {}
                Meaning::Inside(to, trail) => {
                    let certainty = Certainty::Resolved;
                    self.output.push(Reference {
                        from,
                        to,
                        kind,
                        source,
                        certainty,
                        activity,
                        shown,
                        span,
                        owner,
                        trail,
                    });
                }
                // A link in a comment needs no crate.
                Meaning::Outside { .. } if kind == ReferenceKind::Doc => {}
                Meaning::Outside { way, passage } => {
                    if let Some(way) = way {
                        self.externals.push(ExternalUse { from, kind, source, activity, shown, span, owner, way });
                    }
                    if let Some((krate, trail)) = passage {
                        self.passages.push(Passage { from, krate, kind, source, activity, span, owner, trail });
                    }
                }
            }
        }
    }

    fn resolve(&mut self, key: &Key, path: &facts::Path) -> Meaning {
        let query = self.query(key, path);
        let (def, hops) = match self.hops(&query, key) {
            Ok(found) => found,
            Err(missing) => {
                self.want_module(&query, key, path);
                self.note_missing(&query, key, path, missing);
                let passage = if path.source == PathSource::Written { self.open_passage(&query) } else { None };
                return Meaning::Outside { way: None, passage: passage.map(|trail| (ExternalId::UNKNOWN, trail)) };
            }
        };
        if matches!(def, Def::Generated(_)) {
            self.want_module(&query, key, path);
        }
        self.note_generated(key.segments.iter().copied(), hops.len(), def, query.offset);
        let from = self.world.tree.enclosing_module(key.scope);
        let Some(to) = self.world.module_of(def) else { return self.outside(from, key, def, &hops) };
        if to == from {
            return Meaning::Nothing;
        }
        let known = |id: ImportId| Some(&self.trails[id.0 as usize]);
        let trail = trails::trail(self.world, self.imports, &known, key.scope, &hops);
        self.kept.push(trail);
        Meaning::Inside(def, self.kept.len() as u32 - 1)
    }

    /// A name before the last one may have to be a module that a macro makes.
    fn want_module(&mut self, query: &Query<'_>, key: &Key, path: &facts::Path) {
        if path.source == PathSource::Written && key.role.generated().is_some() && key.segments.len() > 1 {
            let (_, hops) = self.world.prefix(query, false, &mut |_, _| {});
            self.made.extend(generated::modules::wanted(self.world, self.imports, query, &hops, false));
        }
    }

    fn outside(&mut self, from: ModuleId, key: &Key, def: Def, hops: &[Hop]) -> Meaning {
        match self.way(from, def, hops, &key.segments[hops.len()..]) {
            // A crate's bare name in code is not the crate: a variable that a macro makes, most often.
            Some(way) if self.ways[way as usize].path.is_empty() => Meaning::Nothing,
            way => {
                let trail = self.passage(from, key.scope, hops);
                let krate = if let Def::External(krate) = def { krate } else { ExternalId::UNKNOWN };
                Meaning::Outside { way, passage: trail.map(|trail| (krate, trail)) }
            }
        }
    }

    /// The trail of a path with a name that another module does not declare, if globs bring that module names from outside.
    fn open_passage(&mut self, query: &Query<'_>) -> Option<u32> {
        let from = self.world.tree.enclosing_module(query.scope);
        let (_, hops) = self.world.prefix(query, false, &mut |_, _| {});
        let name = *query.segments.get(hops.len())?;
        let Prefix::In(module) = generated::reached(self.world, query, &hops) else { return None };
        let module = self.world.tree.enclosing_module(module);
        if module == from || !self.world.is_open(module, from) {
            return None;
        }
        let known = |id: ImportId| Some(&self.trails[id.0 as usize]);
        let mut trail = trails::trail(self.world, self.imports, &known, query.scope, &hops);
        trail.route.push(Step { module, name, def: Def::External(ExternalId::UNKNOWN) });
        self.kept.push(trail);
        Some(self.kept.len() as u32 - 1)
    }

    /// The trail of a path that leaves the workspace, if that happens in another module.
    fn passage(&mut self, from: ModuleId, scope: ModuleId, hops: &[Hop]) -> Option<u32> {
        let known = |id: ImportId| Some(&self.trails[id.0 as usize]);
        let trail = trails::trail(self.world, self.imports, &known, scope, hops);
        trail.route.iter().any(|step| step.module != from).then(|| {
            self.kept.push(trail);
            self.kept.len() as u32 - 1
        })
    }

    /// The meaning and the names on the way to it, or the scope and the name that was not found there.
    fn hops(&self, query: &Query<'_>, key: &Key) -> Result<(Def, Vec<Hop>), Missing> {
        let mut ignore = |_: ModuleId, _: Sym| {};
        let (prefix, hops) = self.world.prefix(query, false, &mut ignore);
        let mut hops = hops.to_vec();
        match (prefix, key.segments.last()) {
            (Prefix::Outside(krate), _) => return Ok((Def::External(krate), hops)),
            // `crate`, `self` or `super` alone.
            (Prefix::In(module), None) => return Ok((Def::Module(module), hops)),
            (_, None) => return Err(Missing { name: None, module: None }),
            (_, Some(last)) if hops.len() + 1 == key.segments.len() => {
                for namespace in key.role.namespaces() {
                    let Some(hop) = self.world.step(query, prefix, *last, *namespace, &mut ignore) else { continue };
                    if self.fits(key, *namespace, *last, hop.binding.def) {
                        hops.push(hop);
                        return Ok((hop.binding.def, hops));
                    }
                }
            }
            _ => {}
        }
        if let Some(namespace) = key.role.generated()
            && let Some(hop) = generated::hop(self.world, query, &hops, namespace)
        {
            hops.push(hop);
            return Ok((hop.binding.def, hops));
        }
        match prefix {
            // A prefix that is a type ends the path: what follows is type-relative.
            Prefix::Within(item) => Ok((Def::Item(item), hops)),
            Prefix::Generated(module) => Ok((Def::Generated(module), hops)),
            _ => {
                let module = hops.last().and_then(|hop| match hop.binding.def {
                    Def::Module(module) => Some(module),
                    _ => None,
                });
                Err(Missing { name: key.segments.get(hops.len()).copied(), module })
            }
        }
    }

    /// Counts a name that no scope holds, unless it may well come from outside the workspace.
    fn note_missing(&mut self, query: &Query<'_>, key: &Key, path: &facts::Path, missing: Missing) {
        let Some(name) = missing.name else { return };
        let tree = self.world.tree;
        let guessed = matches!(key.role, RoleClass::Name | RoleClass::Macro) || path.source != PathSource::Written;
        if guessed || key.activity == Activity::Inactive {
            return;
        }
        let from = tree.enclosing_module(query.scope);
        let open = |module: ModuleId| self.world.is_open(module, from);
        let from_outside = match missing.module {
            Some(module) => open(module),
            None => {
                let text = tree.symbols.text(name);
                let known = key.role.namespaces().iter().any(|namespace| prelude::knows(text, *namespace));
                let around = std::iter::successors(Some(query.scope), |scope| match tree.module(*scope) {
                    module if module.kind == ModuleKind::Block => module.parent,
                    _ => None,
                });
                known || around.into_iter().any(open)
            }
        };
        if !from_outside {
            self.missing.entry(name).or_insert((path.span.start, None));
        }
    }

    /// Notes a name that only a macro can have made.
    fn note_generated(&mut self, segments: impl Iterator<Item = Sym>, hops: usize, def: Def, offset: u32) {
        if let (Def::Generated(module), Some(name)) = (def, segments.take(hops).last()) {
            self.missing.entry(name).or_insert((offset, Some(module)));
        }
    }

    fn unresolved(&mut self) -> Vec<Unresolved> {
        let missing = std::mem::take(&mut self.missing);
        let mut unresolved: Vec<Unresolved> =
            missing.into_iter().map(|(name, (offset, made_in))| Unresolved { name, offset, made_in }).collect();
        unresolved.sort_by_key(|unresolved| (unresolved.offset, unresolved.name));
        unresolved
    }

    /// Whether a meaning can be meant in this role.
    fn fits(&self, key: &Key, namespace: Namespace, name: Sym, def: Def) -> bool {
        let tree = self.world.tree;
        match (key.role, def) {
            // A primitive type of one segment is not the module of the same name (N9).
            (RoleClass::Type | RoleClass::GenericArgument, Def::Module(module)) => {
                let bare = key.root == PathRoot::Plain && key.segments.len() == 1;
                let is_module = tree.module(module).kind != ModuleKind::Block;
                !(is_module && bare && prelude::PRIMITIVES.contains(&tree.symbols.text(name)))
            }
            // Of what a bare identifier can mean in a pattern, functions are no part.
            (RoleClass::Name, Def::Item(item)) => match tree.item(item).kind {
                ItemKind::Const | ItemKind::Static => true,
                ItemKind::Struct | ItemKind::Variant => tree.item(item).constructor,
                _ => false,
            },
            (RoleClass::Name, _) => false,
            // A value is never a module; a path that ends at one was a type's.
            (RoleClass::Value, Def::Module(_)) => namespace == Namespace::Types && key.segments.len() > 1,
            _ => true,
        }
    }
}

fn kind_of(role: PathRole) -> ReferenceKind {
    match role {
        PathRole::Type | PathRole::GenericArgument => ReferenceKind::Type,
        PathRole::Value => ReferenceKind::Value,
        PathRole::Call => ReferenceKind::Call,
        PathRole::Pattern | PathRole::PatternName => ReferenceKind::Pattern,
        PathRole::ImplType | PathRole::ImplTrait => ReferenceKind::Impl,
        PathRole::Macro => ReferenceKind::Macro,
        PathRole::Derive => ReferenceKind::Derive,
        PathRole::Attribute => ReferenceKind::Attribute,
        PathRole::Visibility => ReferenceKind::Visibility,
        PathRole::Doc => ReferenceKind::Doc,
    }
}
