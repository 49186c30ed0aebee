//! Which function a method call means, and which `impl` holds an associated function: what paths alone do not say.
//!
//! In: final scopes, and what files say about types ([`crate::facts::Typing`]).  Out: references marked as inferred.
//! A light inference: declared types, constructors, results of functions, fields, patterns, closures given to known
//! methods.  Where more than one function can be meant, there is no reference.  Not here: operators, macros' results.
//!
//! `arena`: types as numbers; `tables`: which methods there are; `meaning`: written types; `methods`: which one is
//! meant; `values`, `parts`, `calls`: types of values; `standard`, `templates`: what the standard library gives.

mod arena;
mod calls;
mod changed;
mod meaning;
mod methods;
mod parts;
mod standard;
mod tables;
mod templates;
#[cfg(test)]
mod tests;
mod values;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::asked::Asked;
use super::imports::Imports;
use super::references::Origin;
use super::trails::Trails;
use super::tree::Instance;
use super::walk::World;
use super::{Certainty, Def, FileReferences, ItemId, ModuleId, Reference, ReferenceKind, Trail};
use crate::facts::{Entries, ItemKind, Member, MemberBase, PathRole};
use arena::{Arena, Parameter, Ty};
use meaning::Meaning;
use methods::Hit;
use standard::Names;
use tables::{Shape, Tables};

/// Types and values that lead to each other are followed this far.
const MAX_DEPTH: u32 = 96;

/// What is written in one file leads to no more types than this; the rest is unknown.
const MAX_TYPES: usize = 1 << 20;

/// What is asked of every file's types, whichever file asks.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Per item.
    shapes: Vec<Shape>,
    names: Names,
    tables: Tables,
}

impl Known {
    pub(super) fn new(world: &World<'_>, imports: &Imports, trails: &Trails) -> Self {
        let mut known = Self { names: Names::new(&world.tree.symbols), ..Self::default() };
        known.shapes = vec![Shape::default(); world.tree.items.len()];
        for index in 0..world.tree.instances.len() {
            tables::enter_shapes(&mut known.shapes, world, index);
        }
        known.tables = tables::build(&known.shared(world, imports), imports, trails);
        known
    }

    /// The facts of these instances are new, but declare the same.
    pub(super) fn renew<'a>(&mut self, world: &World<'_>, instances: impl Iterator<Item = &'a usize>) {
        self.names = Names::new(&world.tree.symbols);
        for index in instances {
            tables::enter_shapes(&mut self.shapes, world, *index);
        }
    }

    fn shared<'a>(&'a self, world: &'a World<'a>, imports: &'a Imports) -> Shared<'a> {
        Shared { world, imports, shapes: &self.shapes, names: &self.names, tables: &self.tables }
    }
}

/// What all files share.
struct Shared<'a> {
    world: &'a World<'a>,
    imports: &'a Imports,
    shapes: &'a [Shape],
    names: &'a Names,
    tables: &'a Tables,
}

/// Adds the references that only types show to those of every file; `parts`: the instances of each.
pub(super) fn add(
    world: &World<'_>,
    imports: &Imports,
    known: &Known,
    parts: &[Vec<usize>],
    files: &mut [(FileReferences, Origin)],
) {
    let World { tree, externs, scopes, listens, .. } = *world;
    let files = files.par_iter_mut().zip(parts);
    files.filter(|((_, origin), _)| *origin == Origin::Paths).for_each(|((file, _), parts)| {
        add_to(&World::new(tree, externs, scopes).listening(listens), imports, known, parts, file);
    });
}

/// The same for one file, given as its own instance and those of its macro calls.
pub(super) fn add_to(world: &World<'_>, imports: &Imports, known: &Known, parts: &[usize], file: &mut FileReferences) {
    let asked = Asked::default();
    let world = World { asked: world.listens.then_some(&asked), ..*world };
    let shared = known.shared(&world, imports);
    // All that is inferred was reached by no path.
    let trail = file.trails.len() as u32;
    for index in parts {
        let mut inferer = Inferer::new(&shared, *index);
        inferer.members();
        inferer.associated_paths();
        file.references.extend(inferer.output.into_iter().map(|reference| Reference { trail, ..reference }));
    }
    file.trails.push(Trail::default());
    file.asked.extend(asked.take());
}

/// Infers in one file.
struct Inferer<'a> {
    shared: &'a Shared<'a>,
    instance: usize,
    arena: Arena,
    /// Per value: its type, once it was asked for.
    values: Vec<Option<Ty>>,
    /// By instance and path.
    meanings: FxHashMap<(u32, u32), Meaning>,
    /// The function whose `where` clauses count beside those of what is around it.
    asking: Option<ItemId>,
    depth: u32,
    /// Parameters whose bounds are being read.
    bounding: SmallVec<[Parameter; 4]>,
    output: Vec<Reference>,
}

impl<'a> Inferer<'a> {
    fn new(shared: &'a Shared<'a>, instance: usize) -> Self {
        let typing = &shared.world.tree.instances[instance].facts.typing;
        Self {
            shared,
            instance,
            arena: Arena::default(),
            values: vec![None; typing.values.len()],
            meanings: FxHashMap::default(),
            asking: None,
            depth: 0,
            bounding: SmallVec::new(),
            output: Vec::new(),
        }
    }

    fn here(&self) -> &'a Instance {
        &self.shared.world.tree.instances[self.instance]
    }

    /// Method calls, and paths that begin with `Self`, a parameter or `<A as Tr>`.
    fn members(&mut self) {
        let instance = self.here();
        for member in &instance.facts.typing.members {
            let name = instance.name(member.name);
            let scope = instance.scope(member.scope);
            self.asking = instance.owner(member.owner);
            let (hit, kind) = match member.base {
                MemberBase::Value(value) => {
                    let receiver = self.value(value);
                    (self.method(receiver, name, scope), ReferenceKind::Method)
                }
                MemberBase::Type(base) => {
                    let base = self.lower(self.instance, base, &[]);
                    (self.associated_function(base, name, scope), ReferenceKind::Call)
                }
            };
            let Some(Hit { function, .. }) = hit else { continue };
            self.refer(function, kind, scope, member);
        }
    }

    fn refer(&mut self, function: ItemId, kind: ReferenceKind, scope: ModuleId, member: &Member) {
        let (tree, instance) = (self.shared.world.tree, self.here());
        let from = tree.enclosing_module(scope);
        if tree.item(function).kind != ItemKind::Method
            || tree.module_of_item(function) == from
            || !tree.is_visible(tree.item(function).visibility, from)
        {
            return;
        }
        self.output.push(Reference {
            from,
            to: Def::Item(function),
            kind,
            source: member.source,
            certainty: Certainty::Inferred,
            activity: instance.activity(member.cfg),
            shown: false,
            span: instance.span(member.span),
            owner: instance.owner(member.owner),
            trail: 0,
        });
    }

    /// `S::f`: the path leads to the module of `S`; `f` may stand in an `impl` elsewhere.
    fn associated_paths(&mut self) {
        let instance = self.here();
        for (index, path) in instance.facts.paths.iter().enumerate() {
            let kind = match path.role {
                PathRole::Call => ReferenceKind::Call,
                PathRole::Value => ReferenceKind::Value,
                _ => continue,
            };
            if path.segments.end - path.segments.start < 2 || instance.is_replaced(index as u32) {
                continue;
            }
            let Meaning::Member(item, name) = self.meaning(self.instance, index as u32, false) else { continue };
            let scope = instance.scope(path.scope);
            let base = self.of_item(item, arena::List::default());
            let Some(hit) = self.associated_function(base, name, scope) else { continue };
            // The path itself leads there already.
            let tree = self.shared.world.tree;
            if tree.module_of_item(hit.function) == tree.module_of_item(item) {
                continue;
            }
            let member = Member {
                base: MemberBase::Type(crate::facts::UNKNOWN_TYPE),
                name: crate::facts::NameId(0),
                span: path.span,
                arguments: Entries::default(),
                types: Entries::default(),
                scope: path.scope,
                owner: path.owner,
                cfg: path.cfg,
                source: path.source,
            };
            self.refer(hit.function, kind, scope, &member);
        }
    }
}
