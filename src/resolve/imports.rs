//! `use` and `extern crate`, to a fixed point over all crates at once.
//!
//! In: the tree and scopes that hold the declared items.  Out: scopes that also hold what imports and globs bring, and
//! the list of imports.  A worklist: an import waits for the names it looked up; giving a name a meaning wakes those
//! that wait for it.  Globs pass new names on at once.  `outward`: where imports lead that leave the workspace.
//! Not here: facades, references.

pub(super) mod outward;

use std::collections::VecDeque;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

use super::collect::Named;
use super::externs::Externs;
use super::scope::{Binding, Glob, ImportId, Namespace, Scopes, Wanted};
use super::tree::Tree;
use super::walk::{Hops, Prefix, Query, World};
use super::{CrateId, Def, ExternalId, ModuleId, ModuleKind, Sym, Visibility};
use crate::facts::{ImportKind, PathRoot};
use crate::source::FileId;
use crate::workspace::cfg::Activity;

/// An import that changes its mind this often is left as it is: only contradictory code gets here.
const MAX_ATTEMPTS: u8 = 32;

#[derive(Debug)]
pub(super) struct Import {
    pub(super) krate: CrateId,
    pub(super) scope: ModuleId,
    pub(super) root: PathRoot,
    pub(super) segments: SmallVec<[Sym; 4]>,
    pub(super) kind: ImportKind,
    /// What it brings: its alias, else its last name.
    pub(super) name: Option<Sym>,
    pub(super) visibility: Visibility,
    pub(super) activity: Activity,
    pub(super) file: FileId,
    pub(super) offset: u32,
}

impl Import {
    pub(super) fn query(&self, id: ImportId) -> Query<'_> {
        Query {
            krate: self.krate,
            scope: self.scope,
            root: self.root,
            segments: &self.segments,
            activity: self.activity,
            import: Some(id),
            file: self.file,
            offset: self.offset,
        }
    }

    /// The path is resolved whole in the types namespace, and brings its last meaning (or its names) from there.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self.kind, ImportKind::Glob | ImportKind::SelfOnly { .. }) || self.segments.is_empty()
    }
}

/// All imports; those of one instance follow each other.
#[derive(Debug, Default)]
pub(super) struct Imports {
    pub(super) all: Vec<Import>,
    /// Per instance: its first import.
    pub(super) first: Vec<u32>,
}

impl Imports {
    pub(super) fn get(&self, id: ImportId) -> &Import {
        &self.all[id.0 as usize]
    }
}

/// Resolves all imports that are not resolved yet, and again those that waited for `named`.
pub(super) fn resolve(
    tree: &Tree,
    externs: &Externs,
    scopes: &mut Scopes,
    imports: &mut Imports,
    worklist: &mut Worklist,
    named: &[Named],
) {
    list(tree, imports);
    let new: Vec<ImportId> = (worklist.queued.len()..imports.all.len()).map(|id| ImportId(id as u32)).collect();
    worklist.queued.resize(imports.all.len(), false);
    worklist.attempts = vec![0; imports.all.len()];
    let mut solver = Solver { tree, externs, scopes, imports, worklist };
    solver.first(&new);
    for (scope, name, namespace) in named {
        solver.changed(*scope, *name, *namespace);
    }
    solver.run();
}

/// Adds the imports of instances that are not listed yet.
fn list(tree: &Tree, imports: &mut Imports) {
    for instance in &tree.instances[imports.first.len()..] {
        imports.first.push(imports.all.len() as u32);
        for import in &instance.facts.imports {
            let scope = instance.scope(import.scope);
            let name = match import.kind {
                ImportKind::Single { name } | ImportKind::SelfOnly { name } => Some(name),
                ImportKind::ExternCrate { name, .. } => name,
                ImportKind::Glob | ImportKind::Unnamed => None,
            };
            imports.all.push(Import {
                krate: instance.krate,
                scope,
                root: import.root,
                segments: instance.segments(import.segments).collect(),
                kind: import.kind,
                name: name.map(|name| instance.name(name)),
                visibility: tree.visibility(instance, scope, import.visibility),
                activity: instance.activity(import.cfg),
                file: instance.file,
                offset: instance.span(import.span).start,
            });
        }
    }
}

/// What an import's path means in one namespace.
pub(super) struct Meaning {
    pub(super) namespace: Namespace,
    pub(super) def: Def,
    /// The names on the way.
    pub(super) hops: Hops,
    /// When the import brings it.
    pub(super) activity: Activity,
}

/// What an import's path means in each namespace.
pub(super) fn meanings(
    world: &World<'_>,
    import: &Import,
    id: ImportId,
    seen: &mut dyn FnMut(ModuleId, Sym),
) -> SmallVec<[Meaning; 3]> {
    let activity = import.activity;
    let meaning = |namespace, def, hops| Meaning { namespace, def, hops, activity };
    if let ImportKind::ExternCrate { .. } = import.kind {
        let def = match import.segments.first() {
            Some(name) => {
                let known = world.externs[import.krate.0 as usize].get(*name, import.activity);
                known.unwrap_or(Def::External(ExternalId::UNKNOWN))
            }
            None => Def::Module(world.tree.krate(import.krate).root),
        };
        return smallvec![meaning(Namespace::Types, def, Hops::new())];
    }
    let query = import.query(id);
    let (prefix, hops) = world.prefix(&query, import.is_whole(), seen);
    let mut found: SmallVec<[Meaning; 3]> = SmallVec::new();
    if let (false, Some(last)) = (import.is_whole(), import.segments.last()) {
        for namespace in Namespace::ALL {
            if let Some(hop) = world.step(&query, prefix, *last, namespace, seen) {
                let mut hops = hops.clone();
                hops.push(hop);
                found.push(meaning(namespace, hop.binding.def, hops));
            }
        }
    }
    // Of a name that stands for several things, an import takes those that it may use; one that may use none of them
    // is no program, and what was meant is shown.
    let last = |meaning: &Meaning| meaning.hops.last().map(|hop| hop.binding);
    let is_usable =
        |meaning: &Meaning| last(meaning).is_none_or(|it| world.tree.is_visible(it.visibility, import.scope));
    if found.iter().any(is_usable) {
        found.retain(|meaning| is_usable(meaning));
    }
    // So it is with what is built: a trait always, the derive of its name with a feature alone.
    let built = |meaning: &Meaning| last(meaning).map_or(activity, |it| activity.and(it.activity));
    if found.iter().any(|meaning| built(meaning) == activity) {
        for meaning in &mut found {
            meaning.activity = built(meaning);
        }
    }
    if found.is_empty() {
        // Of a function of a trait (N21) the trait is what can be shown.
        let whole = match prefix {
            Prefix::In(module) if import.is_whole() => Some(Def::Module(module)),
            Prefix::Within(item) => Some(Def::Item(item)),
            Prefix::Generated(module) => Some(Def::Generated(module)),
            Prefix::Outside(krate) => Some(Def::External(krate)),
            _ => None,
        };
        found.extend(whole.map(|def| meaning(Namespace::Types, def, hops)));
    }
    found
}

/// What one import finds in the scopes as they are.
struct Look {
    /// Every name that was looked up, once.
    seen: SmallVec<[(ModuleId, Sym); 6]>,
    found: SmallVec<[Lead; 3]>,
}

/// What an import brings in one namespace.
#[derive(Clone, Copy)]
struct Lead {
    namespace: Namespace,
    def: Def,
    activity: Activity,
    /// How far away it is declared.
    distance: u16,
}

/// A glob import, seen from the module that it reads.
#[derive(Clone, Copy)]
struct GlobReader {
    import: ImportId,
    scope: ModuleId,
}

impl Worklist {
    /// Nothing is left to do.
    pub(super) fn of_resolved(imports: usize) -> Self {
        Self { queued: vec![false; imports], ..Self::default() }
    }
}

/// Which imports are to be looked at, and what they wait for.
#[derive(Default)]
pub(super) struct Worklist {
    queue: VecDeque<ImportId>,
    queued: Vec<bool>,
    attempts: Vec<u8>,
    waiting: FxHashMap<(ModuleId, Sym), SmallVec<[ImportId; 4]>>,
    globs: FxHashMap<ModuleId, Vec<GlobReader>>,
    /// The module that each glob reads.
    sources: FxHashMap<ImportId, ModuleId>,
}

struct Solver<'a> {
    tree: &'a Tree,
    externs: &'a Externs,
    scopes: &'a mut Scopes,
    imports: &'a Imports,
    worklist: &'a mut Worklist,
}

impl Solver<'_> {
    /// Looks at new imports in parallel.  What the first of them bring wakes those that looked too early.
    fn first(&mut self, new: &[ImportId]) {
        let this = &*self;
        let looks: Vec<Look> = new.par_iter().map(|id| this.look(*id)).collect();
        for (id, look) in new.iter().zip(&looks) {
            for key in &look.seen {
                self.worklist.waiting.entry(*key).or_default().push(*id);
            }
        }
        for (id, look) in new.iter().zip(looks) {
            self.take(*id, look.found);
        }
    }

    fn run(&mut self) {
        while let Some(id) = self.worklist.queue.pop_front() {
            self.worklist.queued[id.0 as usize] = false;
            let attempts = &mut self.worklist.attempts[id.0 as usize];
            *attempts += 1;
            if *attempts <= MAX_ATTEMPTS {
                self.attempt(id);
            }
        }
    }

    fn attempt(&mut self, id: ImportId) {
        let look = self.look(id);
        for key in look.seen {
            let waiting = self.worklist.waiting.entry(key).or_default();
            if !waiting.contains(&id) {
                waiting.push(id);
            }
        }
        self.take(id, look.found);
    }

    fn look(&self, id: ImportId) -> Look {
        let import = self.imports.get(id);
        let world = World::new(self.tree, self.externs, self.scopes);
        let mut seen = SmallVec::new();
        let lead = |meaning: Meaning| {
            let distance = meaning.hops.last().map_or(0, |hop| hop.binding.distance);
            Lead { namespace: meaning.namespace, def: meaning.def, activity: meaning.activity, distance }
        };
        let meanings = meanings(&world, import, id, &mut |module, name| seen.push((module, name)));
        let mut found: SmallVec<[Lead; 3]> = meanings.into_iter().map(lead).collect();
        seen.sort_unstable();
        seen.dedup();
        // What is imported from outside may be anything: a type, a function, a macro.
        let is_crate = matches!(import.kind, ImportKind::ExternCrate { .. });
        if let ([lead @ Lead { namespace: Namespace::Types, def: Def::External(_), .. }], false, false) =
            (&found[..], import.is_whole(), is_crate)
        {
            let lead = *lead;
            found = Namespace::ALL.map(|namespace| Lead { namespace, distance: 0, ..lead }).into();
        }
        Look { seen, found }
    }

    fn take(&mut self, id: ImportId, found: SmallVec<[Lead; 3]>) {
        let import = self.imports.get(id);
        match import.kind {
            ImportKind::Glob => found.into_iter().for_each(|lead| self.open_glob(id, lead.def)),
            _ => {
                let Some(name) = import.name else { return };
                for lead in found {
                    self.bind(id, name, Lead { distance: lead.distance.saturating_add(1), ..lead });
                }
            }
        }
    }

    /// Gives a name in the import's scope its meaning, or a better one than before.
    fn bind(&mut self, id: ImportId, name: Sym, lead: Lead) {
        let Lead { namespace, def, activity, distance } = lead;
        let import = self.imports.get(id);
        let binding = Binding { def, visibility: import.visibility, activity, import: Some(id), distance };
        let slot = self.scopes.slot_mut(import.scope, name, namespace);
        match slot.declared.iter_mut().find(|existing| existing.import == Some(id)) {
            Some(existing) if existing.def == def && existing.activity == activity && existing.distance <= distance => {
                return;
            }
            Some(existing) => *existing = binding,
            None => slot.declared.push(binding),
        }
        self.changed(import.scope, name, namespace);
    }

    /// From here on, what the glob's source shows is passed on to its scope.
    fn open_glob(&mut self, id: ImportId, source: Def) {
        let import = self.imports.get(id);
        let reader = GlobReader { import: id, scope: import.scope };
        match source {
            Def::Module(module) if module != import.scope => {
                let readers = self.worklist.globs.entry(module).or_default();
                if readers.iter().any(|known| known.import == id) {
                    return;
                }
                readers.push(reader);
                // What a generated module holds is not known, like what a crate outside holds.
                let known = self.tree.module(module).kind != ModuleKind::Generated;
                let glob = Glob { source: known.then_some(module), visibility: import.visibility };
                self.scopes.add_glob(import.scope, glob);
                self.worklist.sources.insert(id, module);
                for (name, namespace) in self.scopes.names_of(module) {
                    self.pass_on(module, name, namespace, reader);
                }
            }
            Def::Module(_) => {}
            Def::Item(item) => {
                for (name, variant) in self.scopes.variants.get(&item).cloned().unwrap_or_default() {
                    let binding = Binding {
                        def: Def::Item(variant),
                        visibility: import.visibility,
                        activity: import.activity,
                        import: Some(id),
                        distance: 1,
                    };
                    self.add_globbed(import.scope, name, Namespace::Types, binding);
                    self.add_globbed(import.scope, name, Namespace::Values, binding);
                }
            }
            Def::Generated(_) => {}
            Def::External(_) => {
                let world = World::new(self.tree, self.externs, self.scopes);
                let (names, is_all) = outward::glob(&world, self.imports, id).unwrap_or_default();
                if !is_all {
                    let glob = Glob { source: None, visibility: import.visibility };
                    self.scopes.add_glob(import.scope, glob);
                }
                let (visibility, activity) = (import.visibility, import.activity);
                let binding = Binding { def: source, visibility, activity, import: Some(id), distance: 1 };
                for (name, namespace) in names {
                    self.add_globbed(import.scope, name, namespace, binding);
                }
            }
        }
    }

    /// A name of a scope has a new meaning: wakes who waits, and tells the globs that read the scope.
    fn changed(&mut self, scope: ModuleId, name: Sym, namespace: Namespace) {
        let Worklist { queue, queued, waiting, .. } = &mut *self.worklist;
        for id in waiting.get(&(scope, name)).into_iter().flatten() {
            if !std::mem::replace(&mut queued[id.0 as usize], true) {
                queue.push_back(*id);
            }
        }
        // Passing on opens no glob.
        for index in 0..self.worklist.globs.get(&scope).map_or(0, Vec::len) {
            self.pass_on(scope, name, namespace, self.worklist.globs[&scope][index]);
        }
    }

    fn pass_on(&mut self, source: ModuleId, name: Sym, namespace: Namespace, reader: GlobReader) {
        let import = self.imports.get(reader.import);
        let from = self.tree.enclosing_module(reader.scope);
        let wanted = Wanted { activity: import.activity, from, not_by: Some(reader.import) };
        let Some(found) = self.scopes.find(self.tree, source, name, namespace, &wanted) else { return };
        if !self.tree.is_visible(found.visibility, from) {
            return;
        }
        let binding = Binding {
            def: found.def,
            visibility: narrower(self.tree, found.visibility, import.visibility),
            activity: found.activity.and(import.activity),
            import: Some(reader.import),
            distance: found.distance.saturating_add(1),
        };
        self.add_globbed(reader.scope, name, namespace, binding);
    }

    /// Same meaning from two globs: one binding, with the larger visibility and the shorter way.
    fn add_globbed(&mut self, scope: ModuleId, name: Sym, namespace: Namespace, binding: Binding) {
        let tree = self.tree;
        let sources = &self.worklist.sources;
        let source = |binding: &Binding| {
            let source = binding.import.and_then(|import| sources.get(&import).copied());
            source.map_or("", |module| tree.module(module).path.as_str())
        };
        let slot = self.scopes.slot_mut(scope, name, namespace);
        if let Some(same) = slot.globbed.iter_mut().find(|existing| existing.def == binding.def) {
            let wider = narrower(tree, same.visibility, binding.visibility) != binding.visibility;
            let sooner = binding.activity < same.activity;
            // Of equally short ways one is taken by name, so that the order of the text does not matter.
            let shorter = (binding.distance, source(&binding)) < (same.distance, source(same));
            if !wider && !sooner && !shorter {
                return;
            }
            same.visibility = if wider { binding.visibility } else { same.visibility };
            same.activity = same.activity.min(binding.activity);
            if shorter {
                (same.import, same.distance) = (binding.import, binding.distance);
            }
        } else if let Some(other) = slot.globbed.iter_mut().find(|existing| existing.import == binding.import) {
            *other = binding;
        } else {
            slot.globbed.push(binding);
        }
        self.changed(scope, name, namespace);
    }
}

/// The visibility that both allow.
fn narrower(tree: &Tree, a: Visibility, b: Visibility) -> Visibility {
    match (a, b) {
        (Visibility::Public, other) | (other, Visibility::Public) => other,
        (Visibility::Within(inner), Visibility::Within(_)) if tree.is_visible(b, inner) => a,
        _ => b,
    }
}
