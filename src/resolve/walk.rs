//! From a written path to what it means, name by name.
//!
//! In: a path and where it stands; scopes, filled or still filling.  Out: one [`Hop`] per name.  Not here: what the
//! hops mean for facades and routes.

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::asked::{Asked, Question};
use super::externs::Externs;
use super::outside::outside_crate;
use super::scope::{Binding, Glob, ImportId, Namespace, Scopes, Wanted};
use super::tree::Tree;
use super::{CrateId, Def, ExternalId, ItemId, ModuleId, ModuleKind, Sym, Visibility};
use crate::facts::{ItemKind, PathRoot};
use crate::source::FileId;
use crate::workspace::cfg::Activity;
use crate::workspace::{Edition, TargetKind};

/// All that path resolution looks at.
#[derive(Clone, Copy)]
pub(super) struct World<'a> {
    pub(super) tree: &'a Tree,
    pub(super) externs: &'a Externs,
    pub(super) scopes: &'a Scopes,
    /// Hears what was looked up.
    pub(super) asked: Option<&'a Asked>,
    /// Questions are heard, file by file.
    pub(super) listens: bool,
}

/// A path and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Query<'a> {
    pub(super) krate: CrateId,
    /// The module or block around it.
    pub(super) scope: ModuleId,
    pub(super) root: PathRoot,
    pub(super) segments: &'a [Sym],
    pub(super) activity: Activity,
    /// The import whose path this is.
    pub(super) import: Option<ImportId>,
    /// For the order of textual macros.
    pub(super) file: FileId,
    pub(super) offset: u32,
}

/// One name of a path, found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hop {
    /// The module it was looked up in; `None` for the extern prelude, an enum, or a textual macro.
    pub(super) module: Option<ModuleId>,
    pub(super) name: Sym,
    pub(super) namespace: Namespace,
    pub(super) binding: Binding,
}

pub(super) type Hops = SmallVec<[Hop; 4]>;

/// Where the names before the last one lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefix {
    /// The last name is the only one, and is looked up from the inside out.
    Lexical,
    In(ModuleId),
    /// The last name is looked up among the crates that can be named.
    Crates,
    /// A crate root of edition 2015: first the module, then the crates.
    InOrCrates(ModuleId),
    /// A type or trait: the rest is type-relative.
    Within(ItemId),
    /// What a macro makes in a module: the rest is not known.
    Generated(ModuleId),
    Outside(ExternalId),
    Missing,
}

impl<'a> World<'a> {
    pub(super) fn new(tree: &'a Tree, externs: &'a Externs, scopes: &'a Scopes) -> Self {
        Self { tree, externs, scopes, asked: None, listens: false }
    }

    /// Whether questions are kept for a later resolution.
    pub(super) fn listening(self, listens: bool) -> Self {
        Self { listens, ..self }
    }

    pub(super) fn hear(&self, question: Question) {
        if let Some(asked) = self.asked {
            asked.hear(question);
        }
    }

    /// The globs of a module that bring names to someone who looks from `from`.
    pub(super) fn globs_seen(&self, module: ModuleId, from: ModuleId) -> impl Iterator<Item = &'a Glob> {
        self.hear(Question::Globs(module));
        self.scopes.globs_seen(self.tree, module, from)
    }

    /// Scopes, and what globs bring names from into them, maybe one behind the other, to someone who looks from `from`.
    pub(super) fn through_globs(&self, scopes: Vec<ModuleId>, from: ModuleId) -> impl Iterator<Item = ModuleId> {
        let (mut left, mut seen) = (scopes, FxHashSet::default());
        std::iter::from_fn(move || {
            while let Some(scope) = left.pop() {
                if seen.insert(scope) {
                    left.extend(self.globs_seen(scope, from).filter_map(|glob| glob.source));
                    return Some(scope);
                }
            }
            None
        })
    }

    /// Whether globs bring names from outside the workspace into a module, seen from another one.
    pub(super) fn is_open(&self, module: ModuleId, from: ModuleId) -> bool {
        self.through_globs(vec![module], from).any(|scope| self.is_outward(scope, from))
    }

    /// Whether one of its own globs does.
    pub(super) fn is_outward(&self, scope: ModuleId, from: ModuleId) -> bool {
        self.globs_seen(scope, from).any(|glob| glob.source.is_none())
    }

    /// Resolves all names but the last (`whole`: all of them).  `seen` hears of each name looked up in a scope.
    pub(super) fn prefix(&self, query: &Query<'_>, whole: bool, seen: &mut dyn FnMut(ModuleId, Sym)) -> (Prefix, Hops) {
        let mut hops = Hops::new();
        let mut at = self.start(query);
        let count = if whole { query.segments.len() } else { query.segments.len().saturating_sub(1) };
        for name in &query.segments[..count] {
            let Some(hop) = self.step(query, at, *name, Namespace::Types, seen) else { return (Prefix::Missing, hops) };
            hops.push(hop);
            at = match hop.binding.def {
                Def::Module(module) => Prefix::In(module),
                Def::External(krate) => return (Prefix::Outside(krate), hops),
                Def::Item(item) => Prefix::Within(item),
                Def::Generated(module) => return (Prefix::Generated(module), hops),
            };
            // What follows a type that is no enum, or a variant, is type-relative.
            if let Prefix::Within(item) = at
                && self.tree.item(item).kind != ItemKind::Enum
            {
                break;
            }
        }
        (at, hops)
    }

    /// Where the first name is looked up.
    pub(super) fn start(&self, query: &Query<'_>) -> Prefix {
        let krate = self.tree.krate(query.krate);
        let here = self.tree.enclosing_module(query.scope);
        match query.root {
            PathRoot::Crate => Prefix::In(krate.root),
            // What a foreign macro's body names is its own business.
            PathRoot::DollarCrate(number) if outside_crate(number).is_some() => Prefix::Outside(ExternalId::UNKNOWN),
            PathRoot::DollarCrate(number) => Prefix::In(self.tree.crates.get(number as usize).unwrap_or(krate).root),
            PathRoot::Super(n) => {
                (0..n).try_fold(here, |module, _| self.tree.module(module).parent).map_or(Prefix::Missing, Prefix::In)
            }
            PathRoot::Global if krate.edition == Edition::E2015 => Prefix::InOrCrates(krate.root),
            PathRoot::Global => Prefix::Crates,
            PathRoot::Plain if krate.edition == Edition::E2015 && query.import.is_some() => {
                Prefix::InOrCrates(krate.root)
            }
            PathRoot::Plain => Prefix::Lexical,
        }
    }

    /// Looks one name up.
    pub(super) fn step(
        &self,
        query: &Query<'_>,
        at: Prefix,
        name: Sym,
        namespace: Namespace,
        seen: &mut dyn FnMut(ModuleId, Sym),
    ) -> Option<Hop> {
        let hop = |module, binding| Hop { module, name, namespace, binding };
        match at {
            Prefix::Lexical => self.lexical(query, name, namespace, seen),
            Prefix::In(module) => {
                seen(module, name);
                let binding = self.find(query, module, name, namespace);
                binding.or_else(|| self.generated_macro(query, module, namespace)).map(|it| hop(Some(module), it))
            }
            Prefix::Crates => self.named_crate(query, name, namespace),
            Prefix::InOrCrates(module) => {
                seen(module, name);
                self.find(query, module, name, namespace)
                    .map(|binding| hop(Some(module), binding))
                    .or_else(|| self.named_crate(query, name, namespace))
            }
            Prefix::Within(item) => {
                let variants = self.scopes.variants.get(&item)?;
                let variant = variants.iter().find(|(variant, _)| *variant == name)?.1;
                Some(hop(None, self.plain(Def::Item(variant))))
            }
            Prefix::Outside(_) | Prefix::Generated(_) | Prefix::Missing => None,
        }
    }

    /// A crate of procedural macros shows nothing else: what is not declared there is a macro that a macro defines.
    fn generated_macro(&self, query: &Query<'_>, module: ModuleId, namespace: Namespace) -> Option<Binding> {
        let krate = self.tree.module(module).krate;
        let data = self.tree.krate(krate);
        let outside = krate != query.krate && data.kind == TargetKind::ProcMacro && data.root == module;
        (outside && namespace == Namespace::Macros).then(|| self.plain(Def::Module(module)))
    }

    fn find(&self, query: &Query<'_>, module: ModuleId, name: Sym, namespace: Namespace) -> Option<Binding> {
        self.hear(Question::Name(module, name));
        self.scopes.find(self.tree, module, name, namespace, &self.wanted(query))
    }

    fn wanted(&self, query: &Query<'_>) -> Wanted {
        let from = self.tree.enclosing_module(query.scope);
        Wanted { activity: query.activity, from, not_by: query.import }
    }

    fn plain(&self, def: Def) -> Binding {
        Binding { def, visibility: Visibility::Public, activity: Activity::Active, import: None, distance: 0 }
    }

    fn named_crate(&self, query: &Query<'_>, name: Sym, namespace: Namespace) -> Option<Hop> {
        if namespace != Namespace::Types {
            return None;
        }
        let def = self.externs[query.krate.0 as usize].get(name, query.activity)?;
        Some(Hop { module: None, name, namespace, binding: self.plain(def) })
    }

    /// From the innermost block outwards to the module, then the crates; macros follow the order of the text first.
    fn lexical(
        &self,
        query: &Query<'_>,
        name: Sym,
        namespace: Namespace,
        seen: &mut dyn FnMut(ModuleId, Sym),
    ) -> Option<Hop> {
        if namespace == Namespace::Macros
            && let Some(item) = self.textual_macro(query, name)
        {
            return Some(Hop { module: None, name, namespace, binding: self.plain(Def::Item(item)) });
        }
        let around = std::iter::successors(Some(query.scope), |scope| match self.tree.module(*scope) {
            module if module.kind == ModuleKind::Block => module.parent,
            _ => None,
        });
        let wanted = self.wanted(query);
        for scope in around.clone() {
            seen(scope, name);
            self.hear(Question::Name(scope, name));
            if let Some(binding) = self.scopes.find_built(self.tree, scope, name, namespace, &wanted) {
                return Some(Hop { module: Some(scope), name, namespace, binding });
            }
        }
        if namespace == Namespace::Macros {
            let crates = &self.externs[query.krate.0 as usize].macro_use;
            let mut found = crates.iter().filter_map(|root| {
                self.hear(Question::Name(*root, name));
                let binding = self.scopes.find_built(self.tree, *root, name, namespace, &wanted)?;
                Some(Hop { module: Some(*root), name, namespace, binding })
            });
            if let Some(hop) = found.next() {
                return Some(hop);
            }
        }
        // A name that is left out by `cfg` hides no crate of the same name.
        self.named_crate(query, name, namespace).or_else(|| {
            around.into_iter().find_map(|scope| {
                let binding = self.scopes.find(self.tree, scope, name, namespace, &wanted)?;
                Some(Hop { module: Some(scope), name, namespace, binding })
            })
        })
    }

    /// `macro_rules!` in the text before, also around the modules around, up to where each of them is declared (G7).
    fn textual_macro(&self, query: &Query<'_>, name: Sym) -> Option<ItemId> {
        self.hear(Question::Textual(name));
        let (mut file, mut offset) = (query.file, query.offset);
        let mut around = Some(query.scope);
        while let Some(scope) = around {
            let module = self.tree.module(scope);
            if let Some(macros) = self.scopes.textual_macros.get(&(scope, name)) {
                let before = macros.iter().rev().filter(|it| it.file == file && it.after <= offset);
                // A module of several files has no order that is known here.
                let elsewhere = macros.iter().rev().filter(|it| it.file != file);
                let mut found = before.chain(elsewhere).map(|it| it.item).peekable();
                let first = found.peek().copied();
                let built = |item: &ItemId| self.tree.item(*item).activity <= query.activity;
                if let Some(item) = found.find(built).or(first) {
                    return Some(item);
                }
            }
            if let (ModuleKind::Named, Some((declared_in, span))) = (module.kind, module.declared) {
                (file, offset) = (declared_in, span.start);
            }
            around = module.parent;
        }
        None
    }

    /// The module that defines a meaning; `None` outside the workspace.
    pub(super) fn module_of(&self, def: Def) -> Option<ModuleId> {
        match def {
            Def::Module(module) | Def::Generated(module) => Some(module),
            Def::Item(item) => Some(self.tree.module_of_item(item)),
            Def::External(_) => None,
        }
    }
}
