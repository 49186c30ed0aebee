//! Which function a name means after a type: inherent ones first, then those of traits, then what the type
//! dereferences to.
//!
//! In: a type and a name.  Out: one function, or none: never a choice among several.  Not here: types of values.

use smallvec::SmallVec;

use super::super::asked::Question;
use super::super::{ItemId, ModuleId, ModuleKind, Sym};
use super::arena::{Kind, List, Parameter, Ty, UNKNOWN};
use super::meaning::Substitution;
use super::standard::Standard;
use super::tables::Subject;
use super::{Inferer, MAX_DEPTH};
use crate::facts::{ItemKind, Signature};
use crate::workspace::cfg::Activity;

/// Pointers to pointers beyond this are not followed.
pub(super) const MAX_STEPS: usize = 8;

/// A function that was found, and what it was found on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) function: ItemId,
    pub(super) self_type: Ty,
}

/// What one type says about a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Found(Hit),
    /// Several functions, or one that is not of the workspace.
    Stop,
    /// Ask what the type dereferences to.
    Next,
}

impl Inferer<'_> {
    /// The function that a method call on a type means.
    pub(super) fn method(&mut self, receiver: Ty, name: Sym, scope: ModuleId) -> Option<Hit> {
        let mut at = receiver;
        for _ in 0..MAX_STEPS {
            match self.ask(at, name, scope) {
                // `S::f` without `self` is no method.
                Answer::Found(hit) if self.signature(hit.function).is_some_and(|(_, it)| it.method) => {
                    return Some(hit);
                }
                Answer::Stop => return None,
                Answer::Found(_) | Answer::Next => {}
            }
            at = self.deref(at)?;
        }
        None
    }

    /// What exactly this type says.
    pub(super) fn ask(&mut self, ty: Ty, name: Sym, scope: ModuleId) -> Answer {
        match self.arena.kind(ty) {
            Kind::Item(item, _) if self.item_kind(item) != ItemKind::Trait => {
                self.hear(Question::Member(item, name));
                if let Some(inherent) = self.shared.tables.inherent.get(&(item, name))
                    && let Some(answer) = self.inherent(ty, inherent, scope)
                {
                    return answer;
                }
                self.implemented(Subject::Item(item), ty, name, scope)
            }
            Kind::Standard(standard, _) => {
                if self.shared.names.method(standard, name).is_some() {
                    return Answer::Stop;
                }
                match self.implemented(Subject::Standard(standard), ty, name, scope) {
                    Answer::Next if standard != Standard::Pointer => Answer::Stop,
                    answer => answer,
                }
            }
            Kind::External(external, _) => match self.implemented(Subject::External(external), ty, name, scope) {
                Answer::Next => Answer::Stop,
                answer => answer,
            },
            Kind::Parameter(_) | Kind::Bounds(_) | Kind::Item(..) => {
                let mut found: SmallVec<[ItemId; 2]> = SmallVec::new();
                for bound in self.bounds_of(ty) {
                    if let Kind::Item(trait_, _) = self.arena.kind(bound) {
                        self.in_trait(trait_, name, 0, &mut found);
                    }
                }
                if found.is_empty() {
                    return self.by_blanket(ty, name, scope);
                }
                self.only(found, ty, scope)
            }
            _ => Answer::Stop,
        }
    }

    /// Functions of inherent `impl`s: alternatives under `cfg`, or for other arguments of the type.
    fn inherent(&mut self, ty: Ty, functions: &[ItemId], scope: ModuleId) -> Option<Answer> {
        let tree = self.shared.world.tree;
        let from = tree.enclosing_module(scope);
        let visible = |item: &ItemId| tree.is_visible(tree.item(*item).visibility, from);
        let mut fitting: SmallVec<[ItemId; 2]> = functions.iter().copied().filter(visible).collect();
        // What cannot be seen does not hide what can.
        if fitting.is_empty() {
            return None;
        }
        if fitting.len() > 1 {
            let built = |item: &ItemId| tree.item(*item).activity != Activity::Inactive;
            if fitting.iter().any(built) {
                fitting.retain(|item| built(item));
            }
        }
        if fitting.len() > 1 {
            fitting.retain(|item| self.parent(*item).is_some_and(|around| self.fits(around, ty)));
        }
        let Some(first) = fitting.first().copied() else { return Some(Answer::Stop) };
        let module = tree.module_of_item(first);
        if fitting.iter().all(|item| tree.module_of_item(*item) == module) {
            return Some(Answer::Found(Hit { function: first, self_type: ty }));
        }
        Some(Answer::Stop)
    }

    /// The first argument is a generic parameter.
    pub(super) fn is_parameter(&self, arguments: List) -> bool {
        matches!(self.arena.kind(self.arena.argument(arguments, 0)), Kind::Parameter(_))
    }

    /// Whether an `impl` may be for this type.
    fn fits(&mut self, implementation: ItemId, ty: Ty) -> bool {
        let pattern = self.self_type(implementation, &[]);
        self.may_be(pattern, ty, 0)
    }

    fn may_be(&self, pattern: Ty, ty: Ty, depth: usize) -> bool {
        if depth > MAX_STEPS {
            return true;
        }
        let all = |a: List, b: List| {
            self.arena.list(a).iter().zip(self.arena.list(b)).all(|(a, b)| self.may_be(*a, *b, depth + 1))
        };
        match (self.arena.kind(pattern), self.arena.kind(ty)) {
            (Kind::Unknown | Kind::Parameter(_) | Kind::Bounds(_), _) | (_, Kind::Unknown | Kind::Parameter(_)) => true,
            (Kind::Item(a, left), Kind::Item(b, right)) => a == b && all(left, right),
            (Kind::Standard(a, left), Kind::Standard(b, right)) => a == b && all(left, right),
            (Kind::External(a, left), Kind::External(b, right)) => a == b && all(left, right),
            (Kind::Tuple(left), Kind::Tuple(right)) => all(left, right),
            (Kind::Function(_), Kind::Function(_)) => true,
            _ => false,
        }
    }

    /// Functions of traits that are implemented for a type.
    fn implemented(&mut self, subject: Subject, ty: Ty, name: Sym, scope: ModuleId) -> Answer {
        let mut found: SmallVec<[ItemId; 2]> = SmallVec::new();
        let mut external = false;
        self.hear(subject.question());
        let tables = &self.shared.tables;
        let impls = tables.impls.get(&subject).map_or(&[][..], Vec::as_slice);
        for implementation in impls {
            match implementation.trait_ {
                Some(trait_) => {
                    self.hear(Question::Member(trait_, name));
                    let Some(function) = tables.of_trait.get(&(trait_, name)) else { continue };
                    if !found.contains(function) && self.fits(implementation.item, ty) {
                        found.push(*function);
                    }
                }
                None => external |= self.has_function(implementation.item, name),
            }
        }
        if external {
            return Answer::Stop;
        }
        found.retain(|function| self.is_trait_in_scope(*function, scope));
        if found.is_empty() { self.by_blanket(ty, name, scope) } else { self.only(found, ty, scope) }
    }

    /// An `impl` contains a function of this name.
    fn has_function(&self, implementation: ItemId, name: Sym) -> bool {
        self.hear(Question::Member(implementation, name));
        self.shared.tables.in_impl.contains(&(implementation, name))
    }

    /// Functions of traits that are implemented for all types that fulfil some bounds.
    fn by_blanket(&mut self, ty: Ty, name: Sym, scope: ModuleId) -> Answer {
        let tables = &self.shared.tables;
        self.hear(Question::Blanket(name));
        let Some(candidates) = tables.of_blanket.get(&name) else { return Answer::Next };
        let found: SmallVec<[ItemId; 2]> =
            candidates.iter().copied().filter(|function| self.is_trait_in_scope(*function, scope)).collect();
        if found.is_empty() { Answer::Next } else { self.only(found, ty, scope) }
    }

    /// The one function of several traits that can be meant.
    fn only(&self, mut found: SmallVec<[ItemId; 2]>, self_type: Ty, scope: ModuleId) -> Answer {
        if found.len() > 1 {
            found.retain(|function| self.is_trait_in_scope(*function, scope));
        }
        match found[..] {
            [function] => Answer::Found(Hit { function, self_type }),
            _ => Answer::Stop,
        }
    }

    fn in_trait(&mut self, trait_: ItemId, name: Sym, depth: usize, found: &mut SmallVec<[ItemId; 2]>) {
        self.hear(Question::Member(trait_, name));
        if let Some(function) = self.shared.tables.of_trait.get(&(trait_, name)) {
            if !found.contains(function) {
                found.push(*function);
            }
            return;
        }
        if depth > MAX_STEPS {
            return;
        }
        for supertrait in self.supertraits(trait_) {
            self.in_trait(supertrait, name, depth + 1, found);
        }
    }

    fn supertraits(&mut self, trait_: ItemId) -> SmallVec<[ItemId; 4]> {
        let mut bounds = SmallVec::<[ItemId; 4]>::new();
        let of_self = self.arena.push(Kind::Parameter(Parameter { item: trait_, name: None }));
        for bound in self.bounds_of(of_self) {
            if let Kind::Item(item, _) = self.arena.kind(bound)
                && item != trait_
            {
                bounds.push(item);
            }
        }
        bounds
    }

    /// Whether the trait of a function can be called from a scope.
    pub(super) fn is_trait_in_scope(&self, function: ItemId, scope: ModuleId) -> bool {
        let tree = self.shared.world.tree;
        let Some(trait_) = tree.item(function).parent else { return false };
        let around = std::iter::successors(Some(scope), |scope| match tree.module(*scope) {
            module if module.kind == ModuleKind::Block => module.parent,
            _ => None,
        });
        around.into_iter().any(|scope| {
            self.hear(Question::Traits(scope));
            self.shared.tables.traits_in.contains(&(scope, trait_))
        })
    }

    /// What a type dereferences to.
    pub(super) fn deref(&mut self, ty: Ty) -> Option<Ty> {
        match self.arena.kind(ty) {
            Kind::Standard(Standard::Pointer, arguments) => Some(self.arena.argument(arguments, 0)),
            Kind::Item(item, _) => {
                self.hear(Question::Impls(item));
                let implementation = *self.shared.tables.targets.get(&item)?;
                let target = self.shared.names.target?;
                self.hear(Question::Member(implementation, target));
                let associated = *self.shared.tables.associated.get(&(implementation, target))?;
                let shape = self.shape(associated);
                let given = self.given_by_impl(implementation, ty);
                Some(self.lower(shape.instance as usize, shape.meaning, &given))
            }
            Kind::Parameter(_) | Kind::Bounds(_) => {
                let (deref, target) = (self.shared.names.deref?, self.shared.names.target?);
                self.bounds_of(ty).into_iter().find_map(|bound| match self.arena.kind(bound) {
                    Kind::External(name, arguments) if name == deref => self.bound_to(arguments, target),
                    _ => None,
                })
            }
            _ => None,
        }
    }

    /// What the parameters of an `impl` stand for where it is used for a type.
    pub(super) fn given_by_impl(&mut self, implementation: ItemId, ty: Ty) -> Substitution {
        let mut given = Substitution::new();
        if self.item_kind(implementation) == ItemKind::Trait {
            given.push((Parameter { item: implementation, name: None }, ty));
            return given;
        }
        let pattern = self.self_type(implementation, &[]);
        self.unify(pattern, ty, &mut given, 0);
        given
    }

    /// Finds what the parameters in a pattern stand for.
    pub(super) fn unify(&self, pattern: Ty, ty: Ty, given: &mut Substitution, depth: usize) {
        if depth > MAX_STEPS || ty == UNKNOWN {
            return;
        }
        match (self.arena.kind(pattern), self.arena.kind(ty)) {
            (Kind::Parameter(parameter), _) if !given.iter().any(|(known, _)| *known == parameter) => {
                given.push((parameter, ty));
            }
            (Kind::Item(a, left), Kind::Item(b, right)) if a == b => self.unify_lists(left, right, given, depth),
            (Kind::Standard(a, left), Kind::Standard(b, right)) if a == b => {
                self.unify_lists(left, right, given, depth);
            }
            // A reference is passed where a pointer's contents are asked for.
            (_, Kind::Standard(Standard::Pointer, inner)) => {
                self.unify(pattern, self.arena.argument(inner, 0), given, depth + 1);
            }
            (Kind::External(a, left), Kind::External(b, right)) if a == b => {
                self.unify_lists(left, right, given, depth);
            }
            (Kind::Tuple(left), Kind::Tuple(right)) => self.unify_lists(left, right, given, depth),
            _ => {}
        }
    }

    fn unify_lists(&self, left: List, right: List, given: &mut Substitution, depth: usize) {
        for (a, b) in self.arena.list(left).iter().zip(self.arena.list(right)) {
            self.unify(*a, *b, given, depth + 1);
        }
    }

    /// The signature of a function, and the instance it stands in.
    pub(super) fn signature(&self, function: ItemId) -> Option<(usize, Signature)> {
        let shape = self.shape(function);
        let typing = &self.facts(shape.instance as usize).typing;
        let signature = typing.signatures.get((shape.signature as usize).checked_sub(1)?)?;
        Some((shape.instance as usize, *signature))
    }

    /// The function that `T::name` means.
    pub(super) fn associated_function(&mut self, ty: Ty, name: Sym, scope: ModuleId) -> Option<Hit> {
        if self.depth > MAX_DEPTH {
            return None;
        }
        match self.ask(ty, name, scope) {
            Answer::Found(hit) => Some(hit),
            _ => None,
        }
    }
}
