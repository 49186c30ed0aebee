//! Finds what is the same: crates, modules by their paths, files by theirs, and in a file all by its place if nothing in it
//! is different, else by name.
//!
//! In: two states.  Out: [`Same`].  Any choice would do as long as no two are one and what is chosen is equal: a poor one
//! only has more resolved again.

use std::collections::VecDeque;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::super::imports::Import;
use super::super::scope::ImportId;
use super::super::tree::{Expansion, Instance};
use super::super::{CrateId, ItemId, ModuleId, ModuleKind, Sym, Visibility};
use super::{Same, State, Twins};
use crate::facts::{ImportKind, ItemKind, PathRoot, Version, declare_the_same};
use crate::source::FileId;
use crate::workspace::cfg::Activity;

impl Same {
    /// `None` if there are other crates.
    pub(in super::super) fn new(old: State<'_>, new: State<'_>) -> Option<Self> {
        let crates = old.tree.crates.iter().zip(&new.tree.crates);
        let is_same = |(old, new): (&super::super::Crate, &super::super::Crate)| {
            (old.package, old.target, &old.label) == (new.package, new.target, &new.label)
                && (old.kind, old.edition) == (new.kind, new.edition)
        };
        if old.tree.crates.len() != new.tree.crates.len() || !crates.into_iter().all(is_same) {
            return None;
        }
        let mut matcher = Matcher { old, new, same: Self::default() };
        matcher.symbols();
        matcher.files();
        matcher.modules();
        matcher.parts();
        matcher.trails();
        Some(matcher.same)
    }
}

pub(super) struct Matcher<'a> {
    pub(super) old: State<'a>,
    pub(super) new: State<'a>,
    pub(super) same: Same,
}

/// What tells items of a scope apart.
#[derive(PartialEq, Eq, Hash)]
struct ItemKey {
    scope: ModuleId,
    parent: Option<ItemId>,
    kind: ItemKind,
    name: Option<Sym>,
    header: Option<(Option<Sym>, Option<Sym>)>,
}

/// All of an import but its place.
#[derive(PartialEq, Eq, Hash)]
struct ImportKey {
    krate: CrateId,
    scope: ModuleId,
    root: PathRoot,
    segments: Vec<Sym>,
    kind: (u8, bool),
    name: Option<Sym>,
    visibility: Visibility,
    activity: Activity,
}

impl Matcher<'_> {
    fn symbols(&mut self) {
        let (old, new) = (&self.old.tree.symbols, &self.new.tree.symbols);
        let mut twins = Twins::new(old.len(), new.len());
        // Most follow what they followed before.
        let mut next = 0;
        for (number, text) in old.texts().enumerate() {
            let follows = (next as usize) < new.len() && new.text(Sym(next)) == text;
            let found = if follows { Some(Sym(next)) } else { new.get(text) };
            if let Some(found) = found {
                twins.pair(number as u32, found.0);
                next = found.0 + 1;
            }
        }
        self.same.symbols = twins;
    }

    fn files(&mut self) {
        let (old, new) = (self.old.sources, self.new.sources);
        let new_id = |id: FileId| {
            let path = &old.file(id).path;
            let has_it = (id.0 as usize) < new.ids().len() && new.file(id).path == *path;
            if has_it { Some(id) } else { new.find(path) }
        };
        self.same.files = old.ids().map(new_id).collect();
    }

    fn modules(&mut self) {
        let (old, new) = (&self.old.tree.modules, &self.new.tree.modules);
        self.same.modules = Twins::new(old.len(), new.len());
        let mut by_path: FxHashMap<(CrateId, &str), u32> = FxHashMap::default();
        for (number, module) in new.iter().enumerate().filter(|(_, module)| module.kind != ModuleKind::Block) {
            by_path.insert((module.krate, &module.path), number as u32);
        }
        for (number, module) in old.iter().enumerate().filter(|(_, module)| module.kind != ModuleKind::Block) {
            let Some(found) = by_path.get(&(module.krate, &*module.path)) else { continue };
            self.pair_modules(ModuleId(number as u32), ModuleId(*found));
        }
    }

    /// False if they are not the same.
    fn pair_modules(&mut self, old: ModuleId, new: ModuleId) -> bool {
        if let Some(known) = self.same.module(old) {
            return known == new;
        }
        let (a, b) = (self.old.tree.module(old), self.new.tree.module(new));
        let parents = match (a.parent, b.parent) {
            (None, None) => true,
            (Some(a), Some(b)) => self.same.module(a) == Some(b),
            _ => false,
        };
        let declared_in = match (a.declared, b.declared) {
            (None, None) => true,
            (Some((a, _)), Some((b, _))) => self.same.file(a) == Some(b),
            _ => false,
        };
        parents
            && declared_in
            && (a.kind, a.krate, a.activity) == (b.kind, b.krate, b.activity)
            && self.same.symbol(a.name) == Some(b.name)
            && self.same.visibility(a.visibility) == Some(b.visibility)
            && self.same.modules.pair(old.0, new.0)
    }

    fn parts(&mut self) {
        self.same.items = Twins::new(self.old.tree.items.len(), self.new.tree.items.len());
        self.same.imports = Twins::new(self.old.imports.all.len(), self.new.imports.all.len());
        self.same.shaped = vec![false; self.old.tree.items.len()];
        self.same.parts = vec![None; self.new.parts.len()];
        let mut by_file: FxHashMap<(CrateId, FileId), VecDeque<usize>> = FxHashMap::default();
        for (number, part) in self.new.parts.iter().enumerate() {
            let root = &self.new.tree.instances[part[0]];
            by_file.entry((root.krate, root.file)).or_default().push_back(number);
        }
        for (number, part) in self.old.parts.iter().enumerate() {
            let root = &self.old.tree.instances[part[0]];
            let file = self.same.file(root.file);
            let found = file.and_then(|file| by_file.get_mut(&(root.krate, file))?.pop_front());
            let Some(found) = found else {
                self.same.reordered.insert(root.file);
                continue;
            };
            let twin = &self.new.parts[found];
            if part.len() == twin.len() && part.iter().zip(twin).all(|(old, new)| self.pair_instances(*old, *new, true))
            {
                self.same.parts[found] = Some(number);
            } else {
                self.edited(part, twin);
            }
        }
    }

    /// A file with another text, or with other macros.
    fn edited(&mut self, old: &[usize], new: &[usize]) {
        let (a, b) = (&self.old.tree.instances[old[0]], &self.new.tree.instances[new[0]]);
        let version = |state: &State<'_>, instance: &Instance| Arc::clone(&state.sources.file(instance.file).text);
        let (before, after) = (version(&self.old, a), version(&self.new, b));
        let declares_the_same = Arc::ptr_eq(&a.facts, &b.facts)
            || declare_the_same(Version { facts: &a.facts, text: &before }, Version { facts: &b.facts, text: &after });
        if !declares_the_same {
            self.same.reordered.insert(a.file);
        }
        if !declares_the_same || !self.pair_instances(old[0], new[0], false) {
            self.by_name(&old[..1], &new[..1]);
        }
        let mut left: VecDeque<usize> = new[1..].iter().copied().collect();
        let (mut old_rest, mut new_rest) = (Vec::new(), Vec::new());
        for old in &old[1..] {
            let facts = &self.old.tree.instances[*old].facts;
            match left.iter().position(|new| self.new.tree.instances[*new].facts == *facts) {
                Some(at) if self.pair_instances(*old, left[at], false) => {
                    // Those that were passed over have no twin.
                    new_rest.extend(left.drain(..=at).take(at));
                }
                _ => old_rest.push(*old),
            }
        }
        new_rest.extend(left);
        self.by_name(&old_rest, &new_rest);
        self.enums(old);
    }

    /// Takes two instances with facts that declare the same for one.  `whole`: everything else in them is the same, too.
    fn pair_instances(&mut self, old: usize, new: usize, whole: bool) -> bool {
        let (a, b) = (&self.old.tree.instances[old], &self.new.tree.instances[new]);
        if whole && !(Arc::ptr_eq(&a.facts, &b.facts) && a.replaced == b.replaced && self.stand_alike(a, b)) {
            return false;
        }
        if a.krate != b.krate || a.scopes.len() != b.scopes.len() || a.cfg != b.cfg {
            return false;
        }
        let owners = |a: &Expansion, b: &Expansion| match (a.owner, b.owner) {
            (None, None) => true,
            (Some(a), Some(b)) => self.same.item(a) == Some(b),
            _ => false,
        };
        let stand_in_one = match (&a.expansion, &b.expansion) {
            (None, None) => true,
            (Some(a), Some(b)) => owners(a, b),
            _ => false,
        };
        let scopes = a.scopes.iter().zip(&b.scopes);
        if !stand_in_one || !scopes.into_iter().all(|(old, new)| self.pair_modules(*old, *new)) {
            return false;
        }
        let count = a.facts.items.len() as u32;
        if count as usize != b.facts.items.len() || a.facts.imports.len() != b.facts.imports.len() {
            return false;
        }
        for at in 0..count {
            self.pair_items(ItemId(a.first_item + at), ItemId(b.first_item + at));
        }
        let (first, other) = (self.old.imports.first[old], self.new.imports.first[new]);
        for at in 0..a.facts.imports.len() as u32 {
            let twin = self.new.imports.get(ImportId(other + at));
            if self.import_key(self.old.imports.get(ImportId(first + at))).is_some_and(|key| key == key_of(twin)) {
                self.same.imports.pair(first + at, other + at);
            }
        }
        self.same.shaped[a.first_item as usize..(a.first_item + count) as usize].fill(true);
        true
    }

    /// In the same place of the same file.
    fn stand_alike(&self, a: &Instance, b: &Instance) -> bool {
        let place = |instance: &Instance| {
            let expansion = instance.expansion.as_ref();
            expansion.map(|it| (it.call, it.base, it.depth))
        };
        self.same.file(a.file) == Some(b.file) && place(a) == place(b)
    }

    fn pair_items(&mut self, old: ItemId, new: ItemId) -> bool {
        let (a, b) = (self.old.tree.item(old), self.new.tree.item(new));
        self.item_key(old).is_some_and(|key| key == item_key_of(self.new, new))
            && (a.activity, a.constructor) == (b.activity, b.constructor)
            && self.same.visibility(a.visibility) == Some(b.visibility)
            && self.same.items.pair(old.0, new.0)
    }

    /// What the key of an old item would be now.
    fn item_key(&self, old: ItemId) -> Option<ItemKey> {
        let item = self.old.tree.item(old);
        let symbol = |name: Option<Sym>| match name {
            Some(name) => self.same.symbol(name).map(Some),
            None => Some(None),
        };
        let parent = match item.parent {
            Some(parent) => Some(self.same.item(parent)?),
            None => None,
        };
        let header = match item.header {
            Some((of, trait_)) => Some((symbol(of)?, symbol(trait_)?)),
            None => None,
        };
        Some(ItemKey {
            scope: self.same.module(item.scope)?,
            parent,
            kind: item.kind,
            name: symbol(item.name)?,
            header,
        })
    }

    fn import_key(&self, old: &Import) -> Option<ImportKey> {
        let name = match old.name {
            Some(name) => Some(self.same.symbol(name)?),
            None => None,
        };
        Some(ImportKey {
            krate: old.krate,
            scope: self.same.module(old.scope)?,
            root: old.root,
            segments: old.segments.iter().map(|name| self.same.symbol(*name)).collect::<Option<_>>()?,
            kind: kind(old.kind),
            name,
            visibility: self.same.visibility(old.visibility)?,
            activity: old.activity,
        })
    }

    /// What instances that are not the same declare all the same.
    fn by_name(&mut self, old: &[usize], new: &[usize]) {
        let (mut items, mut imports) = (FxHashMap::default(), FxHashMap::default());
        for number in new {
            let instance = &self.new.tree.instances[*number];
            for id in (0..instance.facts.items.len() as u32).map(|at| ItemId(instance.first_item + at)) {
                items.entry(item_key_of(self.new, id)).or_insert_with(VecDeque::new).push_back(id);
            }
            let first = self.new.imports.first[*number];
            for id in (0..instance.facts.imports.len() as u32).map(|at| ImportId(first + at)) {
                let key = key_of(self.new.imports.get(id));
                imports.entry(key).or_insert_with(VecDeque::new).push_back(id);
            }
        }
        let mut pairs = Vec::new();
        for number in old {
            let instance = &self.old.tree.instances[*number];
            for id in (0..instance.facts.items.len() as u32).map(|at| ItemId(instance.first_item + at)) {
                let found = self.item_key(id).and_then(|key| items.get_mut(&key)?.pop_front());
                if let Some(found) = found.filter(|found| self.pair_items(id, *found)) {
                    pairs.push((id, found));
                }
            }
            let first = self.old.imports.first[*number];
            for id in (0..instance.facts.imports.len() as u32).map(|at| ImportId(first + at)) {
                let key = self.import_key(self.old.imports.get(id));
                let found = key.and_then(|key| imports.get_mut(&key)?.pop_front());
                found.map(|found| self.same.imports.pair(id.0, found.0));
            }
        }
        self.shapes(old, new, &pairs);
    }

    /// An enum with other variants is another one.
    fn enums(&mut self, old: &[usize]) {
        for number in old {
            let instance = &self.old.tree.instances[*number];
            for id in (0..instance.facts.items.len() as u32).map(|at| ItemId(instance.first_item + at)) {
                let Some(twin) = self.same.item(id).filter(|_| self.old.tree.item(id).kind == ItemKind::Enum) else {
                    continue;
                };
                let before = self.old.scopes.variants.get(&id).map_or(&[][..], Vec::as_slice);
                let after = self.new.scopes.variants.get(&twin).map_or(&[][..], Vec::as_slice);
                let is_same = |(old, new): (&(Sym, ItemId), &(Sym, ItemId))| self.same.item(old.1) == Some(new.1);
                if before.len() != after.len() || !before.iter().zip(after).all(is_same) {
                    self.same.items.part(id.0);
                    for (_, variant) in before {
                        self.same.items.part(variant.0);
                    }
                }
            }
        }
    }

    /// An import that leads elsewhere, or on another way, is another one; and a file with such an import is not the same.
    fn trails(&mut self) {
        for old in 0..self.old.imports.all.len() as u32 {
            if let Some(new) = self.same.imports.forth(old)
                && !self.same.is_import_trail(&self.old.trails[old as usize], &self.new.trails[new as usize])
            {
                self.same.imports.part(old);
            }
        }
        for part in &mut self.same.parts {
            let Some(old) = *part else { continue };
            let imports = &self.same.imports;
            let is_whole = self.old.parts[old].iter().all(|instance| {
                let first = self.old.imports.first[*instance];
                let count = self.old.tree.instances[*instance].facts.imports.len() as u32;
                (first..first + count).all(|import| imports.forth(import).is_some())
            });
            if !is_whole {
                *part = None;
            }
        }
    }
}

fn item_key_of(state: State<'_>, id: ItemId) -> ItemKey {
    let item = state.tree.item(id);
    ItemKey { scope: item.scope, parent: item.parent, kind: item.kind, name: item.name, header: item.header }
}

fn key_of(import: &Import) -> ImportKey {
    ImportKey {
        krate: import.krate,
        scope: import.scope,
        root: import.root,
        segments: import.segments.to_vec(),
        kind: kind(import.kind),
        name: import.name,
        visibility: import.visibility,
        activity: import.activity,
    }
}

/// The kind without the names, which are numbers of a file.
fn kind(kind: ImportKind) -> (u8, bool) {
    match kind {
        ImportKind::Single { .. } => (0, false),
        ImportKind::SelfOnly { .. } => (1, false),
        ImportKind::Unnamed => (2, false),
        ImportKind::Glob => (3, false),
        ImportKind::ExternCrate { macro_use, .. } => (4, macro_use),
    }
}
