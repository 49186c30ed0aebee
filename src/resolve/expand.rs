//! Macro calls of the workspace's own `macro_rules!`, expanded until nothing is left to expand.
//!
//! In: the tree of what files say, and what each crate can name; rules of other crates' macros, if they are known.  Out: the tree with one more instance per call, scopes
//! and imports that hold what those declare, and notes on calls that could not be expanded.
//!
//! Calls among items come first, because they may define modules, imports and other macros.  A call whose name means
//! nothing (yet) waits; when nothing else moves, its arguments are read as what they look like, as those of other
//! crates' macros are.  Calls in bodies define nothing that another body could see, and come last.
//! `alike`: which calls have the same result.
//!
//! Not here: matching and transcribing (`facts`), derives and other procedural macros, which would have to be run.

mod alike;

use std::sync::Arc;

use alike::{Alike, locals};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::collect::{self, Named};
use super::expansions::{self as kept, Told, Written};
use super::externs::{self, Externs};
use super::generated;
use super::grow::{self, Grower, Read};
use super::imports::{self, Imports, Worklist};
use super::outside::{MacroNumber, Surfaces};
use super::prelude;
use super::scope::{Mentions, Namespace, Scopes};
use super::seek::Pending;
use super::tree::{Expansion, Tree};
use super::walk::{Prefix, Query, World};
use super::well_known;
use super::{Def, Input, ItemId, ModuleId, ModuleKind, Sym};
use crate::facts::{
    self, Entries, FILE_SCOPE, FileFacts, MacroCall, MacroPosition, MacroReading, PathRoot, Rules, TokenList,
};
use crate::source::Note;
use crate::workspace::Edition;

/// The compiler's own limit (`recursion_limit`).
const MAX_DEPTH: u8 = 128;
/// More calls than this are macros that do not end.
const MAX_CALLS: usize = 1 << 20;

/// What name resolution goes on with.
pub(super) struct Expanded {
    pub(super) externs: Externs,
    pub(super) scopes: Scopes,
    pub(super) imports: Imports,
    pub(super) macros: Macros,
}

/// The macros that can be expanded.
#[derive(Debug, Default)]
pub(super) struct Macros {
    /// Where each is defined: its instance, and its place among the definitions there.
    definitions: FxHashMap<ItemId, (usize, usize)>,
    /// Names under which one may be called.
    names: FxHashSet<Sym>,
    rules: FxHashMap<ItemId, Option<Arc<Rules>>>,
    /// Modules in which a call among items was not expanded: it may have made anything.
    pub(super) opaque: FxHashSet<ModuleId>,
    /// Those calls.
    opaque_calls: Vec<Call>,
}

impl Macros {
    pub(super) fn is_defined(&self, item: ItemId) -> bool {
        self.definitions.contains_key(&item)
    }

    /// The rules of a macro; `None` if they are broken.
    pub(super) fn rules(&mut self, input: &Input<'_>, tree: &Tree, item: ItemId) -> Option<Arc<Rules>> {
        if let Some(known) = self.rules.get(&item) {
            return known.clone();
        }
        let (index, place) = self.definitions[&item];
        let instance = &tree.instances[index];
        let definition = &instance.facts.macro_defs[place];
        let edition = tree.krate(instance.krate).edition;
        let list = match &instance.expansion {
            Some(expansion) => expansion.tokens.part(definition.tokens.start..definition.tokens.end),
            None => {
                let text = &input.sources.file(instance.file).text;
                let body = definition.body.start as usize..definition.body.end as usize;
                TokenList::new(text.get(body).unwrap_or_default(), edition)
            }
        };
        let rules = Rules::new(list, edition, definition.local_inner_macros).map(Arc::new);
        self.rules.insert(item, rules.clone());
        rules
    }
}

/// How far macros are expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// Calls among items alone: what others can see.
    Items,
    Everything,
}

/// The worklist knows what each import waits for.
pub(super) fn all<'i>(
    input: &'i Input<'i>,
    grower: &mut Grower<'i>,
    tree: &mut Tree,
    externs: Externs,
    extent: Extent,
) -> (Expanded, Worklist) {
    let mut scopes = Scopes::default();
    scopes.outside =
        input.outside.map(|outside| Surfaces::new(outside, &externs::third_party(input.workspace), &mut tree.symbols));
    let mut expander = Expander {
        input,
        grower,
        tree,
        externs,
        scopes,
        imports: Imports::default(),
        worklist: Worklist::default(),
        entered: 0,
        macros: Macros::default(),
        memo: FxHashMap::default(),
        interned: FxHashMap::default(),
    };
    expander.enter();
    let with_bodies = extent == Extent::Everything;
    for bodies in [false, true].into_iter().filter(|bodies| with_bodies || !bodies) {
        let calls = expander.calls(0, bodies, expander.tree.instances.len());
        expander.run(calls, bodies);
    }
    expander.scopes.mentions = expander.mentions();
    let Expander { tree, externs, mut scopes, mut imports, mut worklist, macros, .. } = expander;
    generated::declare(tree, &externs, &mut scopes, &mut imports, &mut worklist);
    (Expanded { externs, scopes, imports, macros }, worklist)
}

/// Expands the calls in the bodies of instances whose calls among items are expanded already.
pub(super) fn bodies<'i>(
    input: &'i Input<'i>,
    grower: &mut Grower<'i>,
    tree: &mut Tree,
    expanded: Expanded,
    instances: &[usize],
) -> Expanded {
    let Expanded { externs, scopes, imports, macros } = expanded;
    let entered = tree.instances.len();
    let worklist = Worklist::of_resolved(imports.all.len());
    let (memo, interned) = (FxHashMap::default(), FxHashMap::default());
    let mut expander =
        Expander { input, grower, tree, externs, scopes, imports, worklist, entered, macros, memo, interned };
    let calls = instances.iter().flat_map(|instance| expander.calls_of(*instance, true, entered)).collect();
    expander.run(calls, true);
    let Expander { externs, scopes, imports, macros, .. } = expander;
    Expanded { externs, scopes, imports, macros }
}

/// A macro call: its instance, and its place among the calls there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Call {
    instance: usize,
    index: u32,
}

/// Whose rules a call is expanded by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum By {
    Item(ItemId),
    /// A macro of another crate whose sources are at hand.
    Outside(MacroNumber),
}

/// What the name of a macro means.
enum Meaning {
    Rules(By),
    /// It cannot be expanded: a procedural macro, or one of another crate.
    Foreign,
    Unknown,
}

/// Where the result of a call comes from.
enum Plan {
    /// From an earlier resolution.
    Kept(kept::Result),
    /// From a call that is alike, expanded before.
    Known,
    /// From this job; by what it is kept for later resolutions.
    Job(usize, Option<(Told, Option<Written>, Vec<Arc<FileFacts>>)>),
}

/// What has to be done for one or several calls.
struct Job {
    rules: Option<Arc<Rules>>,
    arguments: TokenList,
    krate: u32,
    position: MacroPosition,
    edition: Edition,
}

/// What a call gives; `None` if it cannot be expanded.
type Outcome = Option<(FileFacts, TokenList)>;

/// A kept result, with its names interned.
type Known = Option<(Read, Arc<TokenList>)>;

struct Expander<'e, 'i> {
    input: &'i Input<'i>,
    grower: &'e mut Grower<'i>,
    tree: &'e mut Tree,
    externs: Externs,
    scopes: Scopes,
    imports: Imports,
    worklist: Worklist,
    /// Instances whose declarations are in the scopes.
    entered: usize,
    macros: Macros,
    memo: FxHashMap<Alike<'i>, Known>,
    /// The names of results from earlier resolutions, by where the facts lie in memory.
    interned: FxHashMap<usize, Arc<[Sym]>>,
}

impl<'i> Expander<'_, 'i> {
    /// Takes new instances into the scopes, and resolves the imports that they bring or complete.
    fn enter(&mut self) {
        let from = self.entered;
        externs::add_extern_crates(self.tree, &mut self.externs, from);
        let named: Vec<Named> = collect::enter(self.tree, &mut self.scopes, from);
        let imported = self.imports.all.len();
        imports::resolve(
            self.tree,
            &self.externs,
            &mut self.scopes,
            &mut self.imports,
            &mut self.worklist,
            if from == 0 { &[] } else { &named },
        );
        let before = self.macros.names.len();
        for index in from..self.tree.instances.len() {
            let instance = &self.tree.instances[index];
            for (place, definition) in instance.facts.macro_defs.iter().enumerate() {
                let item = instance.item(definition.item);
                self.macros.definitions.insert(item, (index, place));
                self.macros.names.extend(self.tree.item(item).name);
            }
        }
        // Other names of macros; those of names that were not known before, everywhere.
        let first = if self.macros.names.len() > before { 0 } else { imported };
        for import in &self.imports.all[first..] {
            if import.segments.last().is_some_and(|last| self.macros.names.contains(last)) {
                self.macros.names.extend(import.name);
            }
        }
        self.entered = self.tree.instances.len();
    }

    /// Expands the calls among items, or all others too.
    fn run(&mut self, calls: Vec<Call>, bodies: bool) {
        let first_new = self.tree.instances.len();
        let (mut open, mut count) = (calls, 0);
        loop {
            let seen = self.tree.instances.len();
            let (mut ready, mut waiting) = (Vec::new(), Vec::new());
            for call in std::mem::take(&mut open) {
                let fact = self.fact(call);
                match self.meaning(call) {
                    Meaning::Rules(by) => ready.push((call, Some(by))),
                    Meaning::Foreign if fact.reading == MacroReading::Deferred => ready.push((call, None)),
                    Meaning::Unknown if fact.reading == MacroReading::Deferred => waiting.push(call),
                    Meaning::Foreign | Meaning::Unknown => {}
                }
            }
            if ready.is_empty() {
                ready = std::mem::take(&mut waiting).into_iter().map(|call| (call, None)).collect();
            }
            count += ready.len();
            if ready.is_empty() || count > MAX_CALLS {
                return;
            }
            self.expand(ready, true);
            open = waiting;
            open.extend(self.calls(seen, bodies, first_new));
        }
    }

    /// The calls of instances from one on that are to be expanded.  Calls among items of the instances before
    /// `first_new` were, before any in bodies.
    fn calls(&self, from: usize, bodies: bool, first_new: usize) -> Vec<Call> {
        (from..self.tree.instances.len()).flat_map(|instance| self.calls_of(instance, bodies, first_new)).collect()
    }

    fn calls_of(&self, instance: usize, bodies: bool, first_new: usize) -> Vec<Call> {
        let data = &self.tree.instances[instance];
        let wanted = |call: &MacroCall| {
            if call.reading == MacroReading::Deferred {
                return !bodies || instance >= first_new;
            }
            let path = data.facts.paths[call.path as usize];
            bodies && data.segments(path.segments).last().is_some_and(|name| self.macros.names.contains(&name))
        };
        let calls = data.facts.macro_calls.iter().enumerate().filter(|(_, call)| wanted(call));
        calls.map(|(index, _)| Call { instance, index: index as u32 }).collect()
    }

    fn fact(&self, call: Call) -> MacroCall {
        self.tree.instances[call.instance].facts.macro_calls[call.index as usize]
    }

    fn meaning(&self, call: Call) -> Meaning {
        let instance = &self.tree.instances[call.instance];
        let path = &instance.facts.paths[self.fact(call).path as usize];
        let segments: Vec<Sym> = instance.segments(path.segments).collect();
        let Some(last) = segments.last().copied() else { return Meaning::Unknown };
        let query = Query {
            krate: instance.krate,
            scope: instance.scope(path.scope),
            root: path.root,
            segments: &segments,
            activity: instance.activity(path.cfg),
            import: None,
            file: instance.file,
            offset: instance.span(path.span).start,
        };
        if !self.macros.names.contains(&last) {
            let known = segments.len() > 1 || prelude::knows(self.tree.symbols.text(last), Namespace::Macros);
            return self.outside(call, &query).unwrap_or(if known { Meaning::Foreign } else { Meaning::Unknown });
        }
        if let Some(item) = self.defined_beside(call, &query) {
            return Meaning::Rules(By::Item(item));
        }
        let world = World::new(self.tree, &self.externs, &self.scopes);
        let mut ignore = |_: ModuleId, _: Sym| {};
        let (prefix, _) = world.prefix(&query, false, &mut ignore);
        if matches!(prefix, Prefix::Outside(_)) {
            return self.outside(call, &query).unwrap_or(Meaning::Foreign);
        }
        match world.step(&query, prefix, last, Namespace::Macros, &mut ignore).map(|hop| hop.binding.def) {
            Some(Def::Item(item)) if self.macros.is_defined(item) => Meaning::Rules(By::Item(item)),
            Some(_) => self.outside(call, &query).unwrap_or(Meaning::Foreign),
            None => self.outside(call, &query).unwrap_or(Meaning::Unknown),
        }
    }

    /// A macro that the same result defines before the call: all that the results of one written call define stands at that
    /// call, and what is nearest there is not known by its place.
    fn defined_beside(&self, call: Call, query: &Query<'_>) -> Option<ItemId> {
        let instance = &self.tree.instances[call.instance];
        let [name] = *query.segments else { return None };
        if instance.expansion.is_none() || query.root != PathRoot::Plain {
            return None;
        }
        let start = self.fact(call).tokens.start;
        let before = instance.facts.macro_defs.iter().filter(|it| it.textual && it.tokens.start < start);
        let mut items = before.map(|definition| instance.item(definition.item)).filter(|item| {
            let item = self.tree.item(*item);
            item.name == Some(name) && item.scope == query.scope
        });
        items.next_back()
    }

    /// A macro of another crate, called where it can declare something.  What is known of some by name is enough.
    fn outside(&self, call: Call, query: &Query<'_>) -> Option<Meaning> {
        self.scopes.outside.as_ref()?;
        let fact = self.fact(call);
        let among_items = matches!(fact.position, MacroPosition::Item | MacroPosition::Associated { .. });
        let name = self.tree.symbols.text(*query.segments.last()?);
        if !among_items || fact.reading != MacroReading::Deferred || well_known::rules(name).is_some() {
            return None;
        }
        let world = World::new(self.tree, &self.externs, &self.scopes);
        let found = imports::outward::macro_of(&world, &self.imports, query)?;
        Some(Meaning::Rules(By::Outside(found)))
    }

    /// Expands calls in parallel, and enters their results one after another.
    fn expand(&mut self, calls: Vec<(Call, Option<By>)>, well_known: bool) {
        let mut jobs: Vec<Job> = Vec::new();
        let mut alike: FxHashMap<Alike<'i>, usize> = FxHashMap::default();
        let mut plans: Vec<(Call, bool, Option<Alike<'i>>, Plan)> = Vec::with_capacity(calls.len());
        for (call, by) in calls {
            if by.is_none() {
                self.note_opaque(call);
            }
            let told = self.told(call, by, well_known);
            let kept = told.as_ref().and_then(|told| self.input.expansions?.result(told));
            if let Some(result) = kept {
                plans.push((call, by.is_some(), None, Plan::Kept(result)));
                continue;
            }
            let told = told.map(|told| (told, self.written(call, &told), self.facts_of(call, by)));
            let kept = told
                .as_ref()
                .and_then(|(told, written, facts)| self.input.expansions?.result_of(written.as_ref()?, *told, facts));
            if let Some(result) = kept {
                plans.push((call, by.is_some(), None, Plan::Kept(result)));
                continue;
            }
            // Without rules, what a call means depends on its name too.
            let key = if by.is_some() { self.alike(call, by) } else { None };
            let known = key.as_ref().is_some_and(|key| self.memo.contains_key(key));
            let plan = match key.as_ref().and_then(|key| alike.get(key)) {
                _ if known => Plan::Known,
                Some(job) => Plan::Job(*job, told),
                None => {
                    jobs.push(self.job(call, by, well_known));
                    alike.extend(key.clone().map(|key| (key, jobs.len() - 1)));
                    Plan::Job(jobs.len() - 1, told)
                }
            };
            plans.push((call, by.is_some(), key, plan));
        }
        let outcomes: Vec<Outcome> = jobs.par_iter().map(run).collect();
        let mut done: Vec<Known> = Vec::with_capacity(outcomes.len());
        for outcome in outcomes {
            done.push(outcome.map(|(facts, tokens)| (grow::interned(self.tree, Arc::new(facts)), Arc::new(tokens))));
        }
        let mut failed = Vec::new();
        for (call, own, key, plan) in plans {
            let known: Known = match &plan {
                Plan::Kept(result) => result.as_ref().map(|(facts, tokens)| (self.interned(facts), Arc::clone(tokens))),
                Plan::Job(job, _) => done[*job].clone(),
                Plan::Known => key.as_ref().and_then(|key| self.memo.get(key).cloned()).flatten(),
            };
            match known {
                Some((read, tokens)) => self.enter_result(call, read, tokens),
                None => {
                    if own {
                        self.note_failure(call);
                    }
                    if self.fact(call).reading == MacroReading::Deferred {
                        failed.push((call, None));
                    }
                }
            }
            if let Plan::Job(job, told) = plan {
                if let (Some(kept), Some((told, written, of_facts))) = (self.input.expansions, told) {
                    let result = done[job].as_ref().map(|((facts, _), tokens)| (Arc::clone(facts), Arc::clone(tokens)));
                    kept.keep(told, written, of_facts, result);
                }
                if let Some(key) = key {
                    self.memo.insert(key, done[job].clone());
                }
            }
        }
        if failed.is_empty() {
            self.enter();
        } else {
            self.expand(failed, false);
        }
    }

    /// A kept result that is the same value stays the same until this resolution ends.
    fn interned(&mut self, facts: &Arc<FileFacts>) -> Read {
        let names = self.interned.entry(Arc::as_ptr(facts).addr());
        let names = names.or_insert_with(|| grow::interned(self.tree, Arc::clone(facts)).1);
        (Arc::clone(facts), Arc::clone(names))
    }

    fn note_opaque(&mut self, call: Call) {
        let instance = &self.tree.instances[call.instance];
        let fact = &instance.facts.macro_calls[call.index as usize];
        if fact.position == MacroPosition::Item {
            let scope = instance.scope(instance.facts.paths[fact.path as usize].scope);
            self.macros.opaque.insert(scope);
            self.macros.opaque_calls.push(call);
        }
    }

    fn job(&mut self, call: Call, by: Option<By>, well_known: bool) -> Job {
        let (rules, krate) = match by {
            Some(By::Item(item)) => {
                let krate = self.tree.module(self.tree.item(item).scope).krate.0;
                (self.macros.rules(self.input, self.tree, item), krate)
            }
            Some(By::Outside(number)) => {
                let found = self.scopes.outside.as_ref().map(|outside| outside.rules(number));
                found.map_or((None, 0), |(rules, krate)| (Some(rules), krate))
            }
            None if well_known => (self.well_known(call), 0),
            None => (None, 0),
        };
        let instance = &self.tree.instances[call.instance];
        let fact = self.fact(call);
        let edition = self.tree.krate(instance.krate).edition;
        let arguments = self.arguments(call).with_locals(locals(instance, &fact));
        // Rules that are broken leave the arguments.
        Job { rules, arguments, krate, position: fact.position, edition }
    }

    fn arguments(&self, call: Call) -> TokenList {
        let instance = &self.tree.instances[call.instance];
        let fact = self.fact(call);
        match &instance.expansion {
            Some(expansion) => expansion.tokens.part(fact.tokens.start..fact.tokens.end),
            None => {
                let text = &self.input.sources.file(instance.file).text;
                let place = fact.arguments.start as usize..fact.arguments.end as usize;
                TokenList::new(text.get(place).unwrap_or_default(), self.tree.krate(instance.krate).edition)
            }
        }
    }

    /// The names in the arguments of calls among items that were not expanded, as far as any code has them.
    fn mentions(&self) -> Mentions {
        let mut mentions = Mentions::default();
        for call in &self.macros.opaque_calls {
            let instance = &self.tree.instances[call.instance];
            let scope = instance.scope(instance.facts.paths[self.fact(*call).path as usize].scope);
            let arguments = self.arguments(*call);
            mentions.extend(arguments.names().filter_map(|name| Some((scope, self.tree.symbols.get(name)?))));
        }
        mentions
    }

    fn well_known(&self, call: Call) -> Option<Arc<Rules>> {
        let instance = &self.tree.instances[call.instance];
        let path = &instance.facts.paths[self.fact(call).path as usize];
        well_known::rules(self.tree.symbols.text(instance.segments(path.segments).last()?))
    }

    fn enter_result(&mut self, call: Call, read: Read, tokens: Arc<TokenList>) {
        let fact = self.fact(call);
        let instance = &self.tree.instances[call.instance];
        let path = instance.facts.paths[fact.path as usize];
        let (krate, file, activity) = (instance.krate, instance.file, instance.activity(path.cfg));
        let (outer_call, base, depth, root) = match &instance.expansion {
            Some(outer) => (outer.call, outer.base, outer.depth + 1, outer.root),
            None => (path.span, fact.arguments.start, 0, call.instance),
        };
        // An argument of a call that is expanded already stands in its result.
        if instance.is_replaced(fact.path)
            || depth > MAX_DEPTH
            || (fact.items.start < fact.items.end && fact.reading != MacroReading::Deferred)
        {
            // Items in the arguments of a call in a body are kept as they were read.
            return;
        }
        let owner = instance.owner(path.owner);
        let place = grow::place_in(instance, path.scope);
        let mut module = instance.scope(path.scope);
        let declares = read.0.items.iter().any(|item| item.scope == FILE_SCOPE)
            || read.0.imports.iter().any(|import| import.scope == FILE_SCOPE);
        let body = matches!(fact.position, MacroPosition::Statement | MacroPosition::Expression);
        if body && declares && self.tree.module(module).kind != ModuleKind::Block {
            module = grow::add_block(self.tree, krate, module);
        }
        let at = Pending { module, krate, file, place, activity, parent: Some(call.instance) };
        let expansion = Expansion { tokens, root, call: outer_call, base, owner, depth };
        self.grower.expansion(self.tree, at, read, expansion);
        let replaced = &mut self.tree.instances[call.instance].replaced;
        if fact.paths.start < fact.paths.end {
            let at = replaced.partition_point(|range| range.start < fact.paths.start);
            replaced.insert(at, Entries { start: fact.paths.start, end: fact.paths.end });
        }
    }

    fn note_failure(&mut self, call: Call) {
        let instance = &self.tree.instances[call.instance];
        let path = &instance.facts.paths[self.fact(call).path as usize];
        let name = instance.segments(path.segments).last();
        let source = self.input.sources.file(instance.file);
        self.tree.notes.push(Note {
            kind: "macro-not-expanded",
            path: source.path.clone(),
            at: Some(source.line_column(instance.span(path.span).start)),
            detail: format!(
                "no rule of `{}!` fits this call, or its result is too long: its arguments are read as they stand",
                name.map_or("", |name| self.tree.symbols.text(name))
            ),
        });
    }
}

fn run(job: &Job) -> Outcome {
    let Job { rules, arguments, krate, position, edition } = job;
    match rules {
        Some(rules) => {
            let result = facts::expand(rules, arguments, *krate)?;
            Some((facts::read_expansion(&result, *position, *edition), result))
        }
        None => {
            let (facts, _) = facts::read_arguments(arguments, *position, *edition);
            Some((facts, arguments.clone()))
        }
    }
}
