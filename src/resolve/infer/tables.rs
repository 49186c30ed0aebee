//! Which methods there are: of types, of traits, by name.
//!
//! In: the items of all files, and what their `impl`s are for.  Out: [`Tables`], built once.  Not here: choosing among
//! them.

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::super::asked::Question;
use super::super::imports::Imports;
use super::super::scope::Namespace;
use super::super::trails::Trails;
use super::super::walk::World;
use super::super::{Def, ItemId, ModuleId, Sym};
use super::arena::Kind;
use super::standard::Standard;
use super::{Inferer, Shared};
use crate::facts::{ImportKind, ItemKind, TypeId};

/// Where the facts about an item's types are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    pub(super) instance: u32,
    /// One more than the index of its signature; zero if it has none.
    pub(super) signature: u32,
    pub(super) generics: (u32, u32),
    pub(super) fields: (u32, u32),
    /// One more than the index of its `impl` header.
    pub(super) header: u32,
    pub(super) meaning: TypeId,
}

/// Enters what an instance says of its items.
pub(super) fn enter_shapes(shapes: &mut [Shape], world: &World<'_>, index: usize) {
    let instance = &world.tree.instances[index];
    let first = instance.first_item as usize;
    let shapes = &mut shapes[first..first + instance.facts.items.len()];
    shapes.fill(Shape { instance: index as u32, ..Shape::default() });
    let typing = &instance.facts.typing;
    for (at, signature) in typing.signatures.iter().enumerate() {
        shapes[signature.item.0 as usize].signature = at as u32 + 1;
    }
    for (at, header) in typing.impls.iter().enumerate() {
        shapes[header.item.0 as usize].header = at as u32 + 1;
    }
    for (item, meaning) in &typing.meanings {
        shapes[item.0 as usize].meaning = *meaning;
    }
    let extend = |range: &mut (u32, u32), at: usize| {
        if range.1 == 0 {
            range.0 = at as u32;
        }
        range.1 = at as u32 + 1;
    };
    for (at, generic) in typing.generics.iter().enumerate() {
        extend(&mut shapes[generic.item.0 as usize].generics, at);
    }
    for (at, field) in typing.fields.iter().enumerate() {
        extend(&mut shapes[field.owner.0 as usize].fields, at);
    }
}

/// What an `impl` of a trait is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Subject {
    Item(ItemId),
    Standard(Standard),
    External(Sym),
}

impl Subject {
    /// Which `impl`s there are for it.
    pub(super) fn question(self) -> Question {
        match self {
            Self::Item(item) => Question::Impls(item),
            Self::Standard(standard) => Question::ImplsOfStandard(standard as u8),
            Self::External(name) => Question::ImplsOfExternal(name),
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct TraitImpl {
    pub(super) item: ItemId,
    /// `None` for a trait of another crate.
    pub(super) trait_: Option<ItemId>,
}

#[derive(Debug, Default)]
pub(super) struct Tables {
    /// Inherent functions by type and name.
    pub(super) inherent: FxHashMap<(ItemId, Sym), SmallVec<[ItemId; 1]>>,
    pub(super) impls: FxHashMap<Subject, Vec<TraitImpl>>,
    /// The functions of traits.
    pub(super) of_trait: FxHashMap<(ItemId, Sym), ItemId>,
    /// The associated types of traits and of `impl`s.
    pub(super) associated: FxHashMap<(ItemId, Sym), ItemId>,
    /// What stands in `impl`s, by name.
    pub(super) in_impl: FxHashSet<(ItemId, Sym)>,
    /// What `impl`s of `Deref` lead to.
    pub(super) targets: FxHashMap<ItemId, ItemId>,
    /// The functions of traits that are implemented for every type that fulfils some bounds, by name.
    pub(super) of_blanket: FxHashMap<Sym, SmallVec<[ItemId; 1]>>,
    /// Which traits the names of a scope bring.
    pub(super) traits_in: FxHashSet<(ModuleId, ItemId)>,
}

pub(super) fn build(shared: &Shared<'_>, imports: &Imports, trails: &Trails) -> Tables {
    let (world, names) = (shared.world, shared.names);
    let mut tables = Tables::default();
    let mut inherent: FxHashMap<ItemId, ItemId> = FxHashMap::default();
    let mut blanket: FxHashSet<ItemId> = FxHashSet::default();
    let mut inferer = Inferer::new(shared, 0);
    for (index, instance) in world.tree.instances.iter().enumerate() {
        for header in &instance.facts.typing.impls {
            let item = instance.item(header.item);
            let self_type = inferer.lower(index, header.self_type, &[]);
            let subject = match inferer.arena.kind(self_type) {
                Kind::Item(item, _) => Some(Subject::Item(item)),
                // `impl<T: Tr> Tr for Box<T>` does what `T` does.
                Kind::Standard(Standard::Pointer, inner) if inferer.is_parameter(inner) => None,
                Kind::Standard(standard, _) => Some(Subject::Standard(standard)),
                Kind::External(name, _) => Some(Subject::External(name)),
                Kind::Bounds(bounds) => match inferer.arena.list(bounds).first().map(|it| inferer.arena.kind(*it)) {
                    Some(Kind::Item(item, _)) => Some(Subject::Item(item)),
                    _ => None,
                },
                _ => None,
            };
            let for_all = matches!(inferer.arena.kind(self_type), Kind::Parameter(_));
            let details = &instance.facts.item(header.item).details;
            let of_trait = matches!(details, crate::facts::ItemDetails::Impl(facts) if facts.trait_.is_some());
            let trait_type = inferer.lower(index, header.trait_, &[]);
            let trait_ = match inferer.arena.kind(trait_type) {
                Kind::Item(item, _) => Some(item),
                _ => None,
            };
            if of_trait {
                if let Some(subject) = subject {
                    tables.impls.entry(subject).or_default().push(TraitImpl { item, trait_ });
                } else if for_all {
                    blanket.extend(trait_);
                }
                let written = world.tree.item(item).header.and_then(|(_, trait_)| trait_);
                if let (Some(Subject::Item(subject)), true) = (subject, written.is_some() && written == names.deref) {
                    tables.targets.insert(subject, item);
                }
            } else if let Some(Subject::Item(subject)) = subject {
                inherent.insert(item, subject);
            }
        }
    }
    for (index, item) in world.tree.items.iter().enumerate() {
        let id = ItemId(index as u32);
        let (Some(name), Some(parent)) = (item.name, item.parent) else { continue };
        let in_trait = world.tree.item(parent).kind == ItemKind::Trait;
        match item.kind {
            ItemKind::AssocType => {
                tables.associated.insert((parent, name), id);
            }
            ItemKind::Method if in_trait => {
                tables.of_trait.insert((parent, name), id);
                if blanket.contains(&parent) {
                    tables.of_blanket.entry(name).or_default().push(id);
                }
            }
            ItemKind::Method => {
                if let Some(subject) = inherent.get(&parent) {
                    tables.inherent.entry((*subject, name)).or_default().push(id);
                }
            }
            _ => {}
        }
    }
    for instance in &world.tree.instances {
        for item in &instance.facts.items {
            let (Some(name), Some(parent)) = (item.name, item.parent) else { continue };
            if instance.facts.item(parent).kind == ItemKind::Impl {
                tables.in_impl.insert((instance.item(parent), instance.name(name)));
            }
        }
    }
    tables.traits_in = traits_in(world, imports, trails);
    tables
}

/// The traits that each scope's names and unnamed imports bring.
fn traits_in(world: &World<'_>, imports: &Imports, trails: &Trails) -> FxHashSet<(ModuleId, ItemId)> {
    let mut found = FxHashSet::default();
    for index in 0..world.tree.modules.len() as u32 {
        let module = ModuleId(index);
        for def in world.scopes.meanings(module, Namespace::Types) {
            if let Def::Item(item) = def
                && world.tree.item(item).kind == ItemKind::Trait
            {
                found.insert((module, item));
            }
        }
    }
    for (import, trail) in imports.all.iter().zip(trails) {
        if import.kind != ImportKind::Unnamed {
            continue;
        }
        for lead in &trail.found {
            if let Def::Item(item) = lead.def {
                found.insert((import.scope, item));
            }
        }
    }
    found
}
