//! Modules that only a macro can have made: their names stand before `::` in code that compiles, and nothing declares
//! them (`include_proto!`, derives that write a module beside their type).
//!
//! In: final scopes, and a path of which a name before the last one was not found.  Out: [`Made`], and a tree with such
//! modules in it.  What they hold is not known: their names are generated ones.  Not here: names that end a path.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::asked::Question;
use super::super::collect::Named;
use super::super::externs::Externs;
use super::super::imports::{self, Imports, Worklist};
use super::super::prelude;
use super::super::scope::{Binding, Namespace, Scopes};
use super::super::tree::Tree;
use super::super::walk::{Hop, Prefix, Query, World};
use super::super::{Def, Module, ModuleId, ModuleKind, Sym, Visibility};
use super::{binding, maker, reached};
use crate::facts::ItemKind;
use crate::source::{Note, SourceTree};
use crate::workspace::cfg::Activity;

/// Imports that bring what an import brings are followed this far.
const MAX_IMPORTS: usize = 16;

/// A module that must exist: the one around it, and its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in super::super) struct Made {
    pub(in super::super) parent: ModuleId,
    pub(in super::super) name: Sym,
}

/// The module that the first name without a meaning must be, `hops` being those before it.
pub(in super::super) fn wanted(
    world: &World<'_>,
    imports: &Imports,
    query: &Query<'_>,
    hops: &[Hop],
    whole: bool,
) -> Option<Made> {
    if query.activity == Activity::Inactive {
        return None;
    }
    let before_last = |count: usize| count < query.segments.len() || whole && count == query.segments.len();
    // The last name found is one that a macro makes, and more follows: it is a module.
    if let Some(hop) = hops.last()
        && let Def::Generated(_) = hop.binding.def
    {
        let made = before_last(hops.len()).then(|| origin(world, imports, hop)).flatten();
        return made.filter(|made| is_module_name(world, made.name));
    }
    if !before_last(hops.len() + 1) {
        return None;
    }
    let name = query.segments[hops.len()];
    let from = world.tree.enclosing_module(query.scope);
    if !is_module_name(world, name) {
        return None;
    }
    let parent = match reached(world, query, hops) {
        Prefix::Lexical => match beside_its_type(world, from, name) {
            Some(module) => module,
            None => maker(world, query, Prefix::Lexical, name, &FxHashSet::default())?,
        },
        within => maker(world, query, within, name, &FxHashSet::default())?,
    };
    Some(Made { parent, name })
}

/// By the conventions that the compiler warns about, types have capitals and modules have none.
pub(super) fn is_module_name(world: &World<'_>, name: Sym) -> bool {
    let text = world.tree.symbols.text(name);
    text.starts_with(|first: char| first.is_lowercase())
        && !text.contains(char::is_uppercase)
        && !prelude::PRIMITIVES.contains(&text)
}

/// Where a generated name that imports brought here is made, and how it is called there.
fn origin(world: &World<'_>, imports: &Imports, hop: &Hop) -> Option<Made> {
    let mut hop = *hop;
    for _ in 0..MAX_IMPORTS {
        let Some(id) = hop.binding.import else {
            let Def::Generated(parent) = hop.binding.def else { return None };
            return Some(Made { parent, name: hop.name });
        };
        let import = imports.get(id);
        let meanings = imports::meanings(world, import, id, &mut |_, _| {});
        let hops = meanings.into_iter().find(|meaning| meaning.def == hop.binding.def)?.hops;
        let last = hops.last()?;
        if import.is_whole() {
            // A glob: the name is the same in the module that it reads.
            let Def::Module(source) = last.binding.def else { return None };
            world.hear(Question::Name(source, hop.name));
            let slot = world.scopes.slot(source, hop.name, Namespace::Types)?;
            let binding = slot.declared.iter().chain(&slot.globbed).find(|it| it.def == hop.binding.def)?;
            hop = Hop { module: Some(source), binding: *binding, ..hop };
        } else {
            hop = *last;
        }
    }
    None
}

/// The module around, or one that it imports whole, if it has a type of this name in other letters: a derive writes
/// `mod get_user` beside `struct GetUser`.
fn beside_its_type(world: &World<'_>, from: ModuleId, name: Sym) -> Option<ModuleId> {
    let globs = world.globs_seen(from, from).filter_map(|glob| glob.source);
    std::iter::once(from).chain(globs).find(|module| {
        world.hear(Question::Types(*module));
        world.scopes.meanings(*module, Namespace::Types).any(|def| match def {
            Def::Item(item) => {
                let item = world.tree.item(item);
                let is_type = matches!(item.kind, ItemKind::Struct | ItemKind::Enum | ItemKind::Trait);
                let text = |sym| letters(world.tree.symbols.text(sym));
                is_type && item.scope == *module && item.name.is_some_and(|it| text(it).eq(text(name)))
            }
            _ => false,
        })
    })
}

fn letters(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars().filter(|c| *c != '_').flat_map(char::to_lowercase)
}

/// Puts modules into the tree, and resolves the imports that waited for their names.
pub(in super::super) fn add(
    tree: &mut Tree,
    sources: &SourceTree,
    externs: &Externs,
    scopes: &mut Scopes,
    imports: &mut Imports,
    worklist: &mut Worklist,
    mut made: Vec<Made>,
) {
    made.sort_unstable();
    made.dedup();
    let mut named: Vec<Named> = Vec::new();
    let mut added: FxHashMap<Made, ModuleId> = FxHashMap::default();
    for made in made {
        let id = ModuleId(tree.modules.len() as u32);
        let (module, note) = generated(tree, sources, made);
        tree.modules.push(module);
        tree.notes.extend(note);
        tree.children.insert((made.parent, made.name), id);
        added.insert(made, id);
        named.extend(Namespace::ALL.map(|namespace| (made.parent, made.name, namespace)));
    }
    scopes.grow(tree.modules.len());
    for (parent, name, namespace) in &named {
        let declared = &mut scopes.slot_mut(*parent, *name, *namespace).declared;
        declared.retain(|binding| !(binding.import.is_none() && matches!(binding.def, Def::Generated(_))));
        if *namespace == Namespace::Types {
            let module = added[&Made { parent: *parent, name: *name }];
            declared.push(Binding { def: Def::Module(module), ..binding(module) });
        }
    }
    imports::resolve(tree, externs, scopes, imports, worklist, &named);
    super::declare(tree, externs, scopes, imports, worklist);
}

fn generated(tree: &Tree, sources: &SourceTree, made: Made) -> (Module, Option<Note>) {
    let parent = tree.module(made.parent);
    let name = tree.symbols.text(made.name);
    let module = Module {
        kind: ModuleKind::Generated,
        krate: parent.krate,
        parent: Some(made.parent),
        name: made.name,
        path: format!("{}::{name}", parent.path),
        visibility: Visibility::Public,
        activity: parent.activity,
        fragments: Vec::new(),
        declared: None,
    };
    let note = parent.fragments.first().map(|part| Note {
        kind: "generated-name",
        path: sources.file(part.file).path.clone(),
        at: None,
        detail: format!("`{name}` is a module that a macro makes in {}: what it holds is not known", parent.path),
    });
    (module, note)
}
