//! Files whose texts changed, but not what they declare: only their own references are resolved again.
//!
//! In: a resolution, and the new facts of some files.  Out: the resolution with those files' places and references
//! replaced, equal to a fresh one; or nothing, if other files may be concerned.  Not here: whether the facts declare the
//! same (`facts`), and the model.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::expand::{self, Expanded, Macros};
use super::externs::Externs;
use super::grow::{self, Grower};
use super::imports::Imports;
use super::infer::{self, Known};
use super::scope::Scopes;
use super::trails::Trails;
use super::tree::{Instance, NOWHERE, Tree};
use super::walk::World;
use super::{Export, FileReferences, Input, ItemId, ModuleId, ModuleKind, Resolution, Sym, references};
use crate::facts::{self, ItemDetails, MacroReading, Version, declare_the_same};
use crate::source::{FileId, Note, Span};
use crate::workspace::cfg::Activity;

/// What a resolution needs again after an edit: the parts of its tree that nothing else reads.
#[derive(Debug, Default)]
pub(super) struct Kept {
    pub(super) instances: Vec<Instance>,
    pub(super) declared: FxHashMap<ItemId, ModuleId>,
    pub(super) macro_use: FxHashSet<ModuleId>,
    pub(super) notes: Vec<Note>,
    pub(super) children: FxHashMap<(ModuleId, Sym), ModuleId>,
    pub(super) names: Names,
    /// What its files asked is known.
    pub(super) listened: bool,
}

/// What every name means.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) externs: Externs,
    pub(super) scopes: Scopes,
    pub(super) imports: Imports,
    pub(super) trails: Trails,
    pub(super) macros: Macros,
    pub(super) known: Known,
}

impl Resolution {
    pub(super) fn new(
        tree: Tree,
        input: &Input<'_>,
        references: Vec<FileReferences>,
        exports: Vec<Export>,
        names: Names,
    ) -> Self {
        let mut reached: Vec<FileId> = tree.instances.iter().map(|instance| instance.file).collect();
        reached.sort_unstable();
        reached.dedup();
        let inline_children = tree.inline_children();
        let notes = tree.all_notes(input, &references);
        let Tree { symbols, crates, modules, items, instances, declared, macro_use, notes: own_notes, children } = tree;
        let kept =
            Kept { instances, declared, macro_use, notes: own_notes, children, names, listened: input.listens() };
        Self {
            symbols,
            crates,
            modules,
            inline_children,
            items,
            exports,
            references,
            reached,
            notes,
            taken_over: 0,
            kept,
        }
    }

    /// Gives up what only [`Self::patched`] needs: the facts of all files, most of all.
    #[must_use]
    pub fn finished(self) -> Self {
        let Self { kept, .. } = self;
        // The facts are most of the memory in use: giving it back takes a while.
        kept.instances.into_par_iter().for_each(drop);
        Self { kept: Kept::default(), ..self }
    }

    /// Whether a new text of `file` (already in `input`) declares what the one before did: `old`.
    pub fn may_patch(&self, input: &Input<'_>, file: FileId, old: &str) -> bool {
        let path = &input.sources.file(file).path;
        // What an index says of the file is of its old text.
        if input.index.is_some() || self.kept.notes.iter().any(|note| note.path == *path) {
            return false;
        }
        self.roots(file).iter().all(|root| {
            let instance = &self.kept.instances[*root];
            let new = (input.facts)(instance.file, self.crates[instance.krate.0 as usize].edition);
            let text = &input.sources.file(instance.file).text;
            declare_the_same(Version { facts: &instance.facts, text: old }, Version { facts: &new, text })
        })
    }

    /// The instances of a file itself.
    fn roots(&self, file: FileId) -> Vec<usize> {
        indices(&self.kept.instances, |instance| instance.file == file && instance.expansion.is_none())
    }

    /// Takes new texts of `files` (already in `input`) over, each of which [`Self::may_patch`].  `None` if macros in their
    /// bodies declare something else than before: then all has to be resolved again, and this value is of no use.
    #[must_use]
    pub fn patched(mut self, input: &Input<'_>, files: &[FileId]) -> Option<Self> {
        let roots: Vec<usize> = files.iter().flat_map(|file| self.roots(*file)).collect();
        let places = parts_before(&self, &roots);
        let mut tree = self.take_tree();
        let names = std::mem::take(&mut self.kept.names);
        let Names { externs, scopes, imports, trails, macros, mut known } = names;
        let mut expanded = Expanded { externs, scopes, imports, macros };
        let before = (tree.items.len(), tree.modules.len(), tree.notes.len());
        for root in &roots {
            replace(input, &mut tree, &mut expanded, *root)?;
        }
        let mut grower = Grower::new(input);
        expanded = expand::bodies(input, &mut grower, &mut tree, expanded, &roots);
        if before != (tree.items.len(), tree.modules.len(), tree.notes.len()) {
            return None;
        }
        let Expanded { externs, scopes, imports, macros } = expanded;
        let world = World::new(&tree, &externs, &scopes).listening(input.listens());
        let mut parts: Vec<Vec<usize>> = roots.iter().map(|root| vec![*root]).collect();
        let place: FxHashMap<usize, usize> = roots.iter().enumerate().map(|(place, root)| (*root, place)).collect();
        for (index, instance) in tree.instances.iter().enumerate() {
            if let Some(place) = instance.expansion.as_ref().and_then(|expansion| place.get(&expansion.root)) {
                parts[*place].push(index);
            }
        }
        known.renew(&world, parts.iter().flatten());
        for (parts, place) in parts.iter().zip(places) {
            if uses_generated_modules(&tree, &self.references[place]) {
                return None;
            }
            self.references[place] = references::of_file(&world, &imports, &trails, parts);
            // Which modules macros make is told by all files together.
            if !self.references[place].made.is_empty() || uses_generated_modules(&tree, &self.references[place]) {
                return None;
            }
            infer::add_to(&world, &imports, &known, parts, &mut self.references[place]);
        }
        self.notes = tree.all_notes(input, &self.references);
        self.inline_children = tree.inline_children();
        let names = Names { externs, scopes, imports, trails, macros, known };
        self.put_tree(tree, names);
        Some(self)
    }

    pub(super) fn take_tree(&mut self) -> Tree {
        use std::mem::take;
        Tree {
            symbols: take(&mut self.symbols),
            crates: take(&mut self.crates),
            modules: take(&mut self.modules),
            items: take(&mut self.items),
            instances: take(&mut self.kept.instances),
            declared: take(&mut self.kept.declared),
            macro_use: take(&mut self.kept.macro_use),
            notes: take(&mut self.kept.notes),
            children: take(&mut self.kept.children),
        }
    }

    pub(super) fn names(&mut self) -> &mut Names {
        &mut self.kept.names
    }

    pub(super) fn put_tree(&mut self, tree: Tree, names: Names) {
        let Tree { symbols, crates, modules, items, instances, declared, macro_use, notes, children } = tree;
        (self.symbols, self.crates, self.modules, self.items) = (symbols, crates, modules, items);
        self.kept = Kept { instances, declared, macro_use, notes, children, names, listened: self.kept.listened };
    }
}

fn uses_generated_modules(tree: &Tree, file: &FileReferences) -> bool {
    let is_generated = |module: &ModuleId| tree.module(*module).kind == ModuleKind::Generated;
    file.trails.iter().any(|trail| trail.named.iter().any(is_generated))
}

fn indices(instances: &[Instance], wanted: impl Fn(&Instance) -> bool) -> Vec<usize> {
    instances.iter().enumerate().filter(|(_, instance)| wanted(instance)).map(|(index, _)| index).collect()
}

/// Where the references of each root are: they stand in the order of their instances.
fn parts_before(resolution: &Resolution, roots: &[usize]) -> Vec<usize> {
    let files = indices(&resolution.kept.instances, |instance| instance.expansion.is_none());
    roots.iter().map(|root| files.partition_point(|file| file < root)).collect()
}

/// Puts new facts in the place of those of one file, and moves what its macro calls among items declared.
/// `None` if a macro call in a body declared something.
fn replace(input: &Input<'_>, tree: &mut Tree, expanded: &mut Expanded, root: usize) -> Option<()> {
    let (file, edition) = (tree.instances[root].file, tree.krate(tree.instances[root].krate).edition);
    let (facts, names) = grow::interned(tree, (input.facts)(file, edition));
    let old = std::sync::Arc::clone(&tree.instances[root].facts);
    let mut moved = Moved::new(&old, &facts);
    let options = &input.cfg[tree.krate(tree.instances[root].krate).package.0 as usize];
    let around = tree.instances[root].activity(facts::CfgId::default());
    let cfg: Vec<Activity> = facts.cfgs.iter().map(|expr| around.and(options.activity(expr))).collect();
    let instance = &mut tree.instances[root];
    (instance.facts, instance.names, instance.cfg, instance.replaced) = (facts, names, cfg, Vec::new());
    let text_end = input.sources.file(file).text.len() as u32;
    for index in indices(&tree.instances, |it| it.expansion.as_ref().is_some_and(|it| it.root == root)) {
        let instance = &mut tree.instances[index];
        let Some(expansion) = &mut instance.expansion else { continue };
        match moved.calls.get(&expansion.call) {
            Some((call, base)) => {
                let (call, base) = (*call, *base);
                let spans = |instance: &Instance| -> Vec<Span> {
                    let items = instance.facts.items.iter().filter(|it| matches!(it.details, ItemDetails::Module(_)));
                    items.flat_map(|item| [instance.span(item.span), instance.span(item.name_span)]).collect()
                };
                let before = spans(instance);
                if let Some(expansion) = &mut instance.expansion {
                    (expansion.call, expansion.base) = (call, base);
                }
                moved.spans.extend(before.into_iter().zip(spans(instance)));
            }
            None if instance.facts.items.is_empty()
                && instance.facts.imports.is_empty()
                && instance.facts.macro_defs.is_empty() =>
            {
                expansion.root = NOWHERE;
            }
            None => return None,
        }
    }
    move_items(tree, root);
    for module in &mut tree.modules {
        if let Some((declared_in, span)) = &mut module.declared
            && *declared_in == file
        {
            *span = moved.spans.get(span).copied().unwrap_or(*span);
        }
        for fragment in module.fragments.iter_mut().filter(|fragment| fragment.file == file) {
            fragment.span = match fragment.inline {
                true => moved.spans.get(&fragment.span).copied().unwrap_or(fragment.span),
                false => Span::new(0, text_end),
            };
        }
    }
    let first = expanded.imports.first[root] as usize;
    let instance = &tree.instances[root];
    for (import, fact) in expanded.imports.all[first..].iter_mut().zip(&instance.facts.imports) {
        import.offset = fact.span.start;
    }
    expanded.scopes.move_textual(file, &moved.offsets);
    Some(())
}

/// Items of a file and of the macro calls among its items get their new places.
fn move_items(tree: &mut Tree, root: usize) {
    for index in std::iter::once(root)
        .chain(indices(&tree.instances, |it| it.expansion.as_ref().is_some_and(|it| it.root == root)))
    {
        let instance = &tree.instances[index];
        let first = instance.first_item as usize;
        for (item, fact) in tree.items[first..].iter_mut().zip(&instance.facts.items) {
            (item.span, item.name_span) = (instance.span(fact.span), instance.span(fact.name_span));
        }
    }
}

/// Where the declarations of a file went.
struct Moved {
    spans: FxHashMap<Span, Span>,
    /// After which a textual macro can be called.
    offsets: FxHashMap<u32, u32>,
    /// By the name of a call among items: its new place, and that of its arguments.
    calls: FxHashMap<Span, (Span, u32)>,
}

impl Moved {
    fn new(old: &facts::FileFacts, new: &facts::FileFacts) -> Self {
        let mut moved =
            Self { spans: FxHashMap::default(), offsets: FxHashMap::default(), calls: FxHashMap::default() };
        for (a, b) in old.items.iter().zip(&new.items) {
            moved.spans.insert(a.span, b.span);
            moved.spans.insert(a.name_span, b.name_span);
            moved.offsets.insert(a.span.end, b.span.end);
            if matches!(a.details, ItemDetails::Module(_)) {
                moved.offsets.insert(a.name_span.end, b.name_span.end);
            }
        }
        let calls = |facts: &facts::FileFacts| facts::declaring_calls(facts);
        for (a, b) in calls(old).iter().zip(calls(new)) {
            if a.reading != MacroReading::Deferred {
                continue;
            }
            let (from, to) = (old.paths[a.path as usize].span, new.paths[b.path as usize].span);
            moved.calls.insert(from, (to, b.arguments.start));
            moved.offsets.insert(from.start, to.start);
        }
        moved
    }
}
